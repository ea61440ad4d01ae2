"""Speed beside everyday tools, as ratios of CPU time. usage: run.py [--rounds 9] [--megabytes 64] [FOLDER]

Builds the release binary, makes the inputs in FOLDER (a temporary one unless named), runs artclean and
each other program in turn, and prints a Markdown table. A ratio is the other's CPU time (user and system,
median over the rounds) divided by artclean's: above 1, artclean is the faster."""
import argparse
import importlib.util
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BINARY = ROOT / "target" / "release" / "artclean"
PYTHON_TOOL = "import sys, {0}; sys.stdout.write({0}.fix_text(sys.stdin.read()))"


def measure(command, stdin, stdout):
    """CPU seconds and peak memory in MiB of one run."""
    with open(stdin, "rb") as source, open(stdout, "wb") as sink:
        child = subprocess.Popen(command, stdin=source, stdout=sink, stderr=subprocess.DEVNULL, cwd=HERE)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def in_turn(ours, theirs, rounds):
    """Medians of our and their CPU time, and our peak memory; one round to warm up."""
    figures = [(measure(*ours), measure(*theirs)) for _ in range(rounds + 1)][1:]
    cpu = [statistics.median(pair[side][0] for pair in figures) for side in (0, 1)]
    return cpu[0], cpu[1], max(pair[0][1] for pair in figures)


def folder_in_turn(source, work, rounds):
    """The same over a folder of files, copied anew each time."""
    ours, theirs = [], []
    for _ in range(rounds):
        for command, times in (([BINARY, "-q", "-o", work / "out", source], ours), (["cp", "-r", source, work / "out"], theirs)):
            times.append(measure(command, os.devnull, os.devnull)[0])
            shutil.rmtree(work / "out")
    return statistics.median(ours), statistics.median(theirs)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--megabytes", type=float, default=64)
    options = parser.parse_args()
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    # In memory where that can be had: files of 4 KB are about the cleaner and the kernel, not the disk.
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=memory) as temporary:
        work = pathlib.Path(temporary)
        inputs = options.folder or work / "in"
        if not (inputs / "many").exists():
            subprocess.run([sys.executable, HERE / "inputs.py", inputs, str(options.megabytes)], check=True)
        table(inputs, work, options.rounds)


def table(inputs, work, rounds):
    print("| input | against | CPU ratio | artclean, MB/s | peak memory, MiB |")
    print("|---|---|---|---|---|")

    def row(name, tool, command, stdout=os.devnull, args=(), least=1):
        ours = ([BINARY, *args], inputs / name, stdout if stdout == os.devnull else work / "ours")
        theirs = (command, inputs / name, stdout if stdout == os.devnull else work / "theirs")
        cpu, other, memory = in_turn(ours, theirs, max(least, rounds))
        rate = (inputs / name).stat().st_size / 1e6 / cpu
        print(f"| {name} | {tool} | {other / cpu:.2f} | {rate:.0f} | {memory:.1f} |", flush=True)

    for name in ("a.txt", "b.txt", "c.txt", "e.txt"):
        row(name, "`cat`, to a file", ["cat"], stdout="file", args=["--from", "text"])
    for name in ("a.txt", "b.txt", "c.txt"):
        row(name, "`iconv -f utf-8 -t utf-8`", ["iconv", "-f", "utf-8", "-t", "utf-8"], args=["--from", "text"])
    row("b.txt", "`wc -m`", ["wc", "-m"], args=["--from", "text"])
    if shutil.which("jq"):
        row("d.jsonl", "`jq -c .`", ["jq", "-c", "."], args=["--from", "jsonl"])
    ours, theirs = folder_in_turn(inputs / "many", work, rounds)
    print(f"| 20,000 files of 4 KB | `cp -r` | {theirs / ours:.2f} | {20_000 * 4.1 / 1e3 / ours:.0f} | |")
    small = work / "small.txt"
    with open(inputs / "b.txt", "rb") as file:
        small.write_bytes(file.read(1_000_000))
    for tool in ("ftfy", "plsfix"):
        if importlib.util.find_spec(tool):
            command = [sys.executable, "-c", PYTHON_TOOL.format(tool)]
            cpu = in_turn(([BINARY, "--from", "text"], inputs / "b.txt", os.devnull), (command, small, os.devnull), 3)
            factor = (inputs / "b.txt").stat().st_size / small.stat().st_size
            print(f"| b.txt | {tool}, on its first megabyte | {cpu[1] * factor / cpu[0]:.0f} | | |")
    (work / "empty").touch()
    times = []
    for _ in range(50):
        start = time.perf_counter()
        measure([BINARY], work / "empty", os.devnull)
        times.append((time.perf_counter() - start) * 1000)
    print(f"\nAn empty pipe takes {statistics.median(times):.1f} ms from start to finish.")


if __name__ == "__main__":
    main()
