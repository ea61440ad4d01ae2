#!/usr/bin/env python3
"""CPU time of `artclean --check` beside `rg --count-matches` over the same tree.

    benches/check/run.py ARTCLEAN [TREE] [--runs N]

Checking a large tree of sound source code should be bound by reading it. ripgrep, looking for the three
most common beginnings of mojibake, is what people use instead. TREE is the sources of cargo's registry
unless named. The runs take turns, the medians are compared; the goal is a ratio of 1.5 or less.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

PATTERN = "â€|Ã|โ€"
GOAL = 1.5


def cpu_seconds(command):
    with open(os.devnull, "w") as null:
        process = subprocess.Popen(command, stdout=null, stderr=null)
        _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("artclean")
    cargo = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
    parser.add_argument("tree", nargs="?", default=cargo / "registry" / "src")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    if shutil.which("rg") is None:
        sys.exit("ripgrep is not installed: nothing to compare with")
    commands = {
        "rg": ["rg", "--count-matches", PATTERN, str(arguments.tree)],
        "artclean": [arguments.artclean, "--check", "--no-config", "--quiet", "--format", "concise", str(arguments.tree)],
    }
    # Whoever reads the tree first pays for bringing it into memory: that is neither's cost.
    for command in commands.values():
        cpu_seconds(command)
    times = {name: [] for name in commands}
    for _ in range(arguments.runs):
        for name, command in commands.items():
            times[name].append(cpu_seconds(command))
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    ratio = medians["artclean"] / medians["rg"]
    print(f"check of {arguments.tree}: rg {medians['rg']:.2f} s, artclean {medians['artclean']:.2f} s of CPU time")
    print(f"ratio {ratio:.2f} (goal {GOAL} or less)")


if __name__ == "__main__":
    main()
