#!/usr/bin/env python3
"""That memory stays flat whatever the text: peaks of runs on real text that is damaged throughout.

    .ci/memory.py ARTCLEAN SHARED

Each language of SHARED/bench/text is read as windows-1252 and again as ISO-8859-1, of which the second loses the bytes
80-9F: nothing has to be kept for more readings. What is mapped from the program's file counts, too."""
import os
import pathlib
import sys
import tempfile

MOST_KIB = 16 << 10
CHARACTERS = 24_000
# What is left of a byte that the second reading does not have.
LOSSES = {"dropped": "", "U+FFFD": "\ufffd", "question marks": "?"}


def misread(text, gaps):
    """UTF-8 read as windows-1252, or as ISO-8859-1, what that leaves undefined as controls."""
    return "".join(bytes([byte]).decode("cp1252" if gaps else "latin-1", "replace").replace("\ufffd", chr(byte))
                   for byte in text.encode())


def damaged(text, loss):
    twice = misread(misread(text, True), False)
    return twice.translate({control: loss for control in range(0x80, 0xA0)})


def peak(artclean, path):
    """KiB that a run takes at most."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(path, os.O_RDONLY), 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execv(artclean, [artclean])
    _, status, used = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"{path}: the run failed")
    return used.ru_maxrss


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    artclean, shared = sys.argv[1:]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "text"
        for source in sorted(pathlib.Path(shared, "bench", "text").glob("*.txt")):
            text = source.read_text(encoding="utf-8")[:CHARACTERS]
            for name, loss in LOSSES.items():
                path.write_text(damaged(text, loss), encoding="utf-8", newline="")
                kib = peak(artclean, path)
                failed += kib > MOST_KIB
                verdict = "ok" if kib <= MOST_KIB else "FAILED"
                print(f"{verdict:7} {source.stem}, misread twice, {name}: {kib / 1024:.1f} MiB", flush=True)
    print(f"{failed} failed")
    sys.exit(failed > 0)


main()
