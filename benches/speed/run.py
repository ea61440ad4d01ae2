"""Speed beside everyday tools, as ratios of CPU time. usage: run.py [--rounds 9] [--megabytes 64] [FOLDER]

Builds the release binary, makes the inputs in FOLDER (a temporary one unless named), runs artclean and
each other program in turn, and prints a Markdown table. A ratio is the other's CPU time (user and system)
divided by artclean's right before it, the median over the rounds, so that a machine whose speed drifts does not
speak for either: above 1, artclean is the faster. The ratio of the kernel's part is what would be left if
artclean's own work took no time: what reading, writing and renaming allow."""
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
    """CPU seconds of one run, in all and in the kernel."""
    with open(stdin, "rb") as source, open(stdout, "wb") as sink:
        child = subprocess.Popen(command, stdin=source, stdout=sink, stderr=subprocess.DEVNULL, cwd=HERE)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_stime


def peak(command, stdin):
    """Peak memory in MiB of one run, by GNU time: asked of a child, Python answers with its own size at least."""
    time_tool = shutil.which("time")
    if not time_tool:
        return ""
    with open(stdin, "rb") as source:
        run = subprocess.run([time_tool, "-f", "%M", *command], stdin=source, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, check=False, cwd=HERE)
    return f"{int(run.stderr.split()[-1]) / 1024:.1f}"


def in_turn(ours, theirs, rounds):
    """The medians of our and their runs in turn; one round to warm up."""
    return medians([(measure(*ours), measure(*theirs)) for _ in range(rounds + 1)][1:])


def folder_in_turn(source, work, rounds):
    """The same over a folder of files, copied anew each time."""
    figures = []
    for _ in range(rounds):
        pair = []
        for command in ([BINARY, "-q", "-o", work / "out", source], ["cp", "-r", source, work / "out"]):
            pair.append(measure(command, os.devnull, os.devnull))
            shutil.rmtree(work / "out")
        figures.append(pair)
    return medians(figures)


def medians(figures):
    """Of pairs of measurements: our CPU time, theirs by ours, and theirs by ours in the kernel."""
    def median(of):
        return statistics.median(of(ours, theirs) for ours, theirs in figures)
    return [median(lambda ours, theirs: ours[0]), median(lambda ours, theirs: theirs[0] / ours[0]),
            median(lambda ours, theirs: theirs[0] / ours[1] if ours[1] else 0)]


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
        if not (inputs / "j.txt").exists():
            subprocess.run([sys.executable, HERE / "inputs.py", inputs, str(options.megabytes)], check=True)
        table(inputs, work, options.rounds)


def megabytes(size, cpu):
    """Megabytes a second, with a decimal where there are few."""
    rate = size / 1e6 / cpu
    return f"{rate:.1f}" if rate < 10 else f"{rate:.0f}"


def table(inputs, work, rounds):
    print("| input | against | CPU ratio | ratio of the kernel's part | artclean, MB/s | peak memory, MiB |")
    print("|---|---|---|---|---|---|")

    def show(name, tool, size, cpu, ratio, bound, memory=""):
        bound = f"{bound:.2f}" if bound else ""
        print(f"| {name} | {tool} | {ratio:.2f} | {bound} | {megabytes(size, cpu)} | {memory} |", flush=True)

    def row(name, tool, command, stdout=os.devnull, args=()):
        ours = ([BINARY, *args], inputs / name, stdout if stdout == os.devnull else work / "ours")
        theirs = (command, inputs / name, stdout if stdout == os.devnull else work / "theirs")
        figures = in_turn(ours, theirs, rounds)
        show(name, tool, (inputs / name).stat().st_size, *figures, peak(ours[0], inputs / name))

    for name in ("a.txt", "b.txt", "c.txt", "e.txt"):
        row(name, "`cat`, to a file", ["cat"], stdout="file", args=["--from", "text"])
    for name in ("a.txt", "b.txt", "c.txt"):
        row(name, "`iconv -f utf-8 -t utf-8`", ["iconv", "-f", "utf-8", "-t", "utf-8"], args=["--from", "text"])
    for name, charset in (("h.txt", "koi8-r"), ("i.txt", "gbk"), ("j.txt", "utf-16")):
        row(name, f"`iconv -f {charset} -t utf-8`", ["iconv", "-f", charset, "-t", "utf-8"], args=["--from", "text"])
    row("b.txt", "`wc -m`", ["wc", "-m"], args=["--from", "text"])
    if shutil.which("jq"):
        row("d.jsonl", "`jq -c .`", ["jq", "-c", "."], args=["--from", "jsonl"])
    show("20,000 files of 4 KB", "`cp -r`", 20_000 * 4.1e3, *folder_in_turn(inputs / "many", work, rounds))
    for name in ("f.txt", "g.txt"):
        cpu = statistics.median(measure([BINARY], inputs / name, os.devnull)[0] for _ in range(3))
        rate = megabytes((inputs / name).stat().st_size, cpu)
        print(f"| {name} | | | | {rate} | {peak([BINARY], inputs / name)} |", flush=True)
    small = work / "small.txt"
    with open(inputs / "b.txt", "rb") as file:
        small.write_bytes(file.read(1_000_000))
    for tool in ("ftfy", "plsfix"):
        if importlib.util.find_spec(tool):
            command = [sys.executable, "-c", PYTHON_TOOL.format(tool)]
            ours = ([BINARY, "--from", "text"], inputs / "b.txt", os.devnull)
            ratio = in_turn(ours, (command, small, os.devnull), 3)[1]
            factor = (inputs / "b.txt").stat().st_size / small.stat().st_size
            print(f"| b.txt | {tool}, on its first megabyte | {ratio * factor:.0f} | | | |")
    (work / "empty").touch()
    times = []
    for _ in range(50):
        start = time.perf_counter()
        measure([BINARY], work / "empty", os.devnull)
        times.append((time.perf_counter() - start) * 1000)
    print(f"\nAn empty pipe takes {statistics.median(times):.1f} ms from start to finish.")


if __name__ == "__main__":
    main()
