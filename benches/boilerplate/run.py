"""What other pipelines' line rules do on the same pages, beside artclean: fills README's table.

usage: run.py CASES.jsonl[.gz] [--artclean COMMAND]

CASES holds {"id", "extractor", "text", "gold"} lines. For each extractor: F1 of 4-word shingles
against gold (means over documents), before, and the change by each cleaner. C4's and RefinedWeb's
rules are written here from their papers (Raffel et al. 2020, section 2.2; Penedo et al. 2023,
section G.2); only their rules for lines are used, not those that drop whole documents."""

import argparse
import collections
import gzip
import json
import pathlib
import re
import shlex
import statistics
import subprocess

WORD = re.compile(r"\w+", re.UNICODE)
C4_ENDS = (".", "!", "?", '"')
UNICODE_ENDS = tuple(".!?\"'”’»…。！？」』।۔؟።)")
COUNTER = re.compile(r"^\W*\d+(\.\d+)?[km]?\s+(likes?|shares?|comments?|retweets?|reposts?|quotes?|views?)\W*$", re.I)
LINE_START = re.compile(r"^(sign-in|sign in|sign up|subscribe|share|follow)\b", re.I)
LINE_END = re.compile(r"(read more|continue reading|see more)\W*$", re.I)
LINE_ITEM = re.compile(r"items? in (your )?cart", re.I)


def c4(text, ends=C4_ENDS):
    """Keeps lines of five words and more that end in punctuation and do not mention JavaScript."""

    def keep(line):
        return line.endswith(ends) and len(line.split()) >= 5 and "javascript" not in line.lower()

    return "\n".join(line for line in map(str.strip, text.split("\n")) if keep(line))


def c4_unicode(text):
    """The same with the sentence ends of other scripts."""
    return c4(text, UNICODE_ENDS)


def refinedweb(text):
    """Drops lines in capitals, of numbers, counters, of one word, and short ones with a prompt."""

    def keep(line):
        letters = [c for c in line if c.isalpha()]
        capitals = sum(c.isupper() for c in letters)
        if letters and capitals > 0.5 * len(letters):
            return False
        if not letters or COUNTER.match(line) or len(line.split()) == 1:
            return False
        short = len(line.split()) <= 10
        return not (short and (LINE_START.search(line) or LINE_END.search(line) or LINE_ITEM.search(line)))

    return "\n".join(line for line in map(str.strip, text.split("\n")) if keep(line))


def artclean(texts, command):
    """All texts through one run of artclean."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    out = subprocess.run(shlex.split(command), input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line)["text"] for line in out.decode().splitlines()]


def shingles(text, n=4):
    words = WORD.findall(text)
    return collections.Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1))) if words else collections.Counter()


def f1(pairs):
    precisions, recalls = [], []
    for gold, got in pairs:
        common = sum((gold & got).values())
        if got:
            precisions.append(common / sum(got.values()))
        if gold:
            recalls.append(common / sum(gold.values()))
    precision, recall = statistics.mean(precisions), statistics.mean(recalls)
    return 2 * precision * recall / (precision + recall), recall


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases")
    binary = pathlib.Path(__file__).resolve().parents[2] / "target" / "release" / "artclean"
    parser.add_argument("--artclean", default=f"{binary} --from jsonl --only boilerplate", help="the command to compare")
    arguments = parser.parse_args()
    opener = gzip.open if arguments.cases.endswith(".gz") else open
    with opener(arguments.cases, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [row["text"] for row in rows]
    cleaned = {
        "C4": [c4(text) for text in texts],
        "C4, all scripts": [c4_unicode(text) for text in texts],
        "RefinedWeb": [refinedweb(text) for text in texts],
        "artclean": artclean(texts, arguments.artclean),
    }
    print("| extractor | F1 before | " + " | ".join(f"{name}: ΔF1 (Δ recall)" for name in cleaned) + " |")
    print("|---" * (len(cleaned) + 2) + "|")
    for extractor in sorted({row["extractor"] for row in rows}):
        at = [i for i, row in enumerate(rows) if row["extractor"] == extractor]
        gold = [shingles(rows[i]["gold"]) for i in at]
        before, recall_before = f1([(g, shingles(texts[i])) for g, i in zip(gold, at)])
        cells = []
        for name in cleaned:
            after, recall = f1([(g, shingles(cleaned[name][i])) for g, i in zip(gold, at)])
            cells.append(f"{after - before:+.3f} ({recall - recall_before:+.3f})")
        print(f"| {extractor} | {before:.3f} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
