#!/usr/bin/env python3
"""Acceptance on real data. usage: acceptance.py BINARY SHARED

Runs the release binary on the seeds and the benchmarks of SHARED and exits with 1 if a figure falls
below what is required here. The figures reached are printed, so that a fall is seen before it fails."""
import pathlib
import subprocess
import sys

binary, shared = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
failed = []


def require(claim, holds):
    print(("ok      " if holds else "FAILED  ") + claim, flush=True)
    if not holds:
        failed.append(claim)


def clean(data, *args):
    return subprocess.run([binary, *args], input=data, stdout=subprocess.PIPE, check=False).stdout


def seeds():
    for gold in sorted((shared / "seeds").glob("*.gold.txt")):
        damaged = gold.with_name(gold.name.replace(".gold.txt", ".txt"))
        require(f"{damaged.name} becomes its gold", clean(damaged.read_bytes()) == gold.read_bytes())


def sound_text_stays():
    for path in sorted((shared / "bench" / "text").glob("*.txt")):
        text = path.read_bytes()
        require(f"{path.name}: no repair", clean(text, "--only", "repair", "--from", "text") == text)


def pages():
    """F1 of the articles taken out of web pages, by the benchmark's own scorer."""
    least = 0.963
    bench = shared / "bench"
    command = [sys.executable, bench / "boilerplate_score.py", bench / "html_dev.jsonl.gz"]
    scored = subprocess.run([*command, "--cmd", f"{binary} --from jsonl"], stdout=subprocess.PIPE, text=True, check=True)
    reached = float(scored.stdout.splitlines()[1].split("|")[1].split()[2])
    require(f"html_dev.jsonl.gz: F1 {reached:.3f}, {least} needed", reached >= least)


seeds()
sound_text_stays()
pages()
print(f"{len(failed)} failed")
sys.exit(bool(failed))
