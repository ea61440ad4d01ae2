#!/usr/bin/env python3
"""Fills a table of the README from the command that makes it. usage: readme.py repair|boilerplate|speed [ARGUMENT...]

A table stands between `<!-- NAME -->` and `<!-- /NAME -->`; what the benchmark NAME prints takes its place. Further
arguments go to the benchmark."""
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
README = HERE.parent / "README.md"

name, arguments = sys.argv[1], sys.argv[2:]
# A build of some time ago would fill the table with figures of then.
subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=HERE.parent, check=True)
command = [sys.executable, HERE / name / "run.py", *arguments]
printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
text, count = re.subn(f"(?s)(<!-- {name} -->\n).*?(<!-- /{name} -->)", lambda m: m[1] + printed + m[2],
                      README.read_text(encoding="utf-8"))
if count != 1:
    sys.exit(f"README.md has no place for {name}")
README.write_text(text, encoding="utf-8")
