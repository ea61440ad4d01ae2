"""Text out of translated programs: python3 unpack.py chromium LOCALES OUT, mozilla EXTENSIONS OUT, or
libreoffice RESOURCE HELP OUT.

Chromium's .pak files (BSD licence) hold a table of (id, offset) and the strings; LibreOffice's (MPL 2.0) are
gettext .mo files and HTML help; Firefox's (MPL 2.0) are archives of Fluent, property and entity files. One file
of unique lines a language is written.
"""
import gettext
import glob
import gzip
import html
import os
import re
import struct
import sys
import zipfile

import brotli


def pak_strings(path):
    raw = open(path, "rb").read()
    version, encoding = struct.unpack_from("<IB", raw)
    count = struct.unpack_from("<H", raw, 8)[0]
    offsets = [struct.unpack_from("<HI", raw, 12 + 6 * i)[1] for i in range(count + 1)]
    for a, b in zip(offsets, offsets[1:]):
        piece = raw[a:b]
        if piece[:2] == b"\x1f\x8b":
            piece = gzip.decompress(piece)
        elif piece[:2] == b"\x1e\x9b":
            piece = brotli.decompress(piece[8:])
        yield piece.decode("utf-16-le" if encoding == 2 else "utf-8", "ignore")


def plain(markup):
    markup = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", markup)
    return html.unescape(re.sub(r"<[^>]+>", "\n", markup))


def messages(path):
    """The messages of a language pack, without keys, variants' names and what is put in."""
    archive = zipfile.ZipFile(path)
    for name in archive.namelist():
        text = archive.read(name).decode("utf-8", "ignore") if name.endswith((".ftl", ".properties", ".dtd")) else ""
        text = re.sub(r"(?m)^\s*(#|//).*$|<!--(?s:.*?)-->", "", text)
        if name.endswith(".dtd"):
            text = "\n".join(re.findall(r"<!ENTITY\s+\S+\s+[\"']([^\"']*)", text))
        elif name.endswith(".properties"):
            text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text).replace("\\n", " ")
        text = re.sub(r"(?m)^\s*[-.\w]+\s*=", "", text)
        text = re.sub(r"(?m)^\s*\*?\[\w+\]", "", text)
        yield plain(re.sub(r"\{[^{}]*\}|%[\d$.]*\w|\$\{?\w+\}?|&\w+;", " ", text))


def write(folder, name, texts):
    lines = {line.strip(): None for text in texts for line in text.splitlines() if not line.isascii()}
    open(os.path.join(folder, name + ".txt"), "w", encoding="utf-8").write("\n".join(lines))


def main():
    kind, folder, *more = sys.argv[1:]
    os.makedirs(more[-1], exist_ok=True)
    if kind == "chromium":
        for path in glob.glob(os.path.join(folder, "*.pak")):
            if "_" not in os.path.basename(path):  # the others repeat it in another gender
                write(more[-1], os.path.basename(path)[:-4], map(plain, pak_strings(path)))
        return
    if kind == "mozilla":
        for path in glob.glob(os.path.join(folder, "langpack-*.xpi")):
            write(more[-1], os.path.basename(path).split("@")[0].removeprefix("langpack-"), messages(path))
        return
    for language in os.listdir(folder):
        texts = []
        for path in glob.glob(os.path.join(folder, language, "**", "*.mo"), recursive=True):
            catalog = gettext.GNUTranslations(open(path, "rb"))._catalog
            texts.extend(v for v in catalog.values() if isinstance(v, str))
        for path in glob.glob(os.path.join(more[0], language.replace("_", "-"), "**", "*.html"), recursive=True):
            texts.append(plain(open(path, encoding="utf-8").read()))
        write(more[-1], language, texts)


main()
