#!/usr/bin/env python3
"""That cost grows with the size of a text and not with its kind: counts instructions, not time.

    .ci/work.py ARTCLEAN [NAME...]

Each hard input is cleaned at two sizes under valgrind, the second twice the first. Less what the program
needs to start, the second may take 2.2 times the instructions of the first. The sizes lie within a page of
damage (32 KiB), where every step sees the whole; what is cheap there is tried on several pages, too."""
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

MOST = 2.2
WITHIN_A_PAGE = 12_000
# Web pages are parsed up to a depth, at a cost that grows with its square, and refused beyond it: those of twice this
# size are.
HALF_TOO_DEEP = 24_000
SEVERAL_PAGES = 600_000
# Instructions a byte from which several pages would take minutes to count.
COSTLY = 500
ROUNDS = 5
# Characters of noise, less than the smaller size has.
NOISE = 4_000


def misread(text, charset="cp1252"):
    """UTF-8 read as a single-byte charset, with what that leaves undefined as controls."""
    def char(byte):
        try:
            return bytes([byte]).decode(charset)
        except UnicodeDecodeError:
            return chr(byte)
    return "".join(char(byte) for byte in text.encode())


def deep(text):
    for _ in range(ROUNDS):
        text = misread(text)
    return text


def fill(piece):
    """A text of the size asked for, of copies of a piece."""
    return lambda size: piece * (size // len(piece.encode()) + 1)


def noise(alphabet):
    """Characters by chance, the same again and again: by chance, too, more of them can make a charset likely
    that was not, and its cost is then another one, if no steeper."""
    choose = random.Random(7).choice
    return fill("".join(choose(alphabet) for _ in range(NOISE)))


HARD = {
    "one line of letters": fill("a"),
    "one line of words": fill("the river rose again "),
    "one line of hanzi": fill("\u6cb3\u6c34"),
    "damaged sequences in one line": fill("\u00e2\u20ac\u2122"),
    "damaged words in one line": fill("We don\u00e2\u20ac\u2122t know caf\u00c3\u00a9s. "),
    "one damaged word without end": fill("a\u00c3\u0160b"),
    "letters of Latin-2 that decode": fill("\u0102\u0142\u0139\u017a"),
    "damage through GBK in one line": fill("it\u9225\u6a9a "),
    "damage in a word without end": fill("\u3072\u7e3ab"),
    "one stretch of half-width kana": fill("\uff7f\uff7c\uff9d"),
    "damage through three charsets": fill("\u201d\u00f0\u009f\u0094\u00a5,\u2564\u00c4"),
    "only lead bytes": fill("\u00c3"),
    "only lead bytes of three": fill("\u00e2"),
    "only lead bytes of four, Thai": fill("\u0e50"),
    "only continuation bytes": fill("\u0080"),
    "only U+FFFD": fill("\ufffd"),
    "question marks": fill("n???t "),
    "alternating scripts": fill("a\u0431\u0e01\u05d0\u0627\u4e2d\uac00"),
    "noise of Latin-1": noise([chr(c) for c in range(0xA0, 0x100)]),
    "noise of UTF-8 read as Cyrillic": noise(misread("".join(map(chr, range(0xA0, 0x800))), "cp1251")),
    "escapes": fill("&acirc;&#128;&amp;trade; \\u00e2 %C3%A2 "),
    "percent escapes cut short": fill("%E2"),
    "percent escapes": fill("%E2%80%99"),
    "damage in percent escapes": fill("%C3%A2%E2%82%AC%E2%84%A2"),
    "damage in references": fill("&acirc;&euro;&trade;"),
    "damage in \\u escapes": fill("\\u00e2\\u20ac\\u2122"),
    "bytes as escapes": fill("\\xe2\\x80\\x99"),
    "bytes as escapes in words": fill("the ferry\\xe2\\x80\\x99s last trip "),
    "bytes as escapes in a literal": fill(" b'\\xc3\\xa9"),
    "ampersands": fill("&amp;"),
    "Also Read on every line": fill("Also Read: The river rose again\n"),
    "a label on every line": fill("Also Read:\n"),
    "short lines": fill("a\n"),
    "blank lines": fill("\n"),
    "lines of spaces": fill("   \n"),
    "spaces in one line": fill(" "),
    "combining marks": fill("\u0301\u0323"),
    "deeply repeated mojibake": fill(deep("\u201d ")),
    "words misread twice with losses": fill("We don\u00c3\u00a2\u00e2\u00ac\u00e2\u00a2t know caf\u00c3\u00c2\u00a9s. "),
    "a word misread twice, without end": fill("\u00c3\u00a2\u00c2\u00c2"),
    "what all letters leave, misread twice": fill("\u00c3\u00c2"),
    "legacy charset read as another": fill("\u00cf\u00f0\u00e8\u00e2\u00e5\u00f2 "),
    "English, legacy charset read as another": fill("It\u00c6s the singer\u00c6s Bj\u00f7rk. "),
    "signs that ate spaces": fill("don\u9225\u6a9b know \u9225?and "),
    "marks for two bytes": fill("don?\uc173 know,??she "),
    "marks beside hangul": fill("?\uc173"),
    "words in another charset in code": fill("a(\"\u00cf\u00f0\u00e8\u00e2\u00e5\u00f2\"); "),
    "first bytes without the copyright sign": fill("cr\u00c3ation "),
    "lines of damage": fill("\u00c3\u00a9t\u00c3\u00a9 \u00e2\u20ac\u201c\n"),
}

# Texts in other charsets than UTF-8.
CHARSETS = {
    "text in UTF-16": "utf-16",
    "text in KOI8-U": "koi8-u",
    "text in Shift_JIS": "shift_jis",
}
HARD_BYTES = {
    "text in UTF-16": fill("The river rose again.\n"),
    "text in KOI8-U": fill("\u0420\u0456\u043a\u0430 \u0437\u043d\u043e\u0432\u0443 \u043f\u0456\u0434\u043d\u044f\u043b\u0430\u0441\u044f.\n"),
    "text in Shift_JIS": fill("\u5ddd\u306f\u307e\u305f\u5897\u6c34\u3057\u305f\u3002\n"),
}

# Web pages, which are refused.
HARD_PAGES = {
    "elements in one another": fill("<div>"),
    "elements in one another, ends of others": fill("<div></b>"),
    "attributes of one tag": lambda size: f"<p{fill(' a')(size)}>",
}


def instructions(command, text, work, charset="utf-8"):
    """Instructions that a run takes on a text from standard input."""
    path, counts = work / "text", work / "counts"
    path.write_text(text, encoding=charset, newline="")
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", *command]
    with open(path, "rb") as source:
        run = subprocess.run(valgrind, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if run.returncode not in (0, 1) and "web page" not in run.stderr.decode("utf-8", "replace"):
        sys.exit(run.stderr.decode("utf-8", "replace"))
    return int(re.search(r"^(?:summary|totals): (\d+)", counts.read_text(), re.M)[1])


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if shutil.which("valgrind") is None:
        sys.exit("valgrind is needed to count instructions: install it, and run again")
    hard = HARD | HARD_BYTES | HARD_PAGES
    names = sys.argv[2:] or list(hard)
    failed = 0
    os.environ["RAYON_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        start = instructions([sys.argv[1], "--from", "text"], "", work)
        for name in names:
            command = [sys.argv[1], "--from", "html" if name in HARD_PAGES else "text"]
            for size in (HALF_TOO_DEEP if name in HARD_PAGES else WITHIN_A_PAGE, SEVERAL_PAGES):
                one, two = (instructions(command, hard[name](n), work, CHARSETS.get(name, "utf-8")) - start
                            for n in (size, 2 * size))
                ratio = two / max(one, 1)
                failed += ratio > MOST
                verdict = "ok" if ratio <= MOST else "FAILED"
                print(f"{verdict:7} {name}, {size // 1000} KB: {one / size:.0f} instructions a byte,"
                      f" doubled {ratio:.2f} times", flush=True)
                if one / size > COSTLY:
                    break
    print(f"{failed} failed")
    sys.exit(failed > 0)


main()
