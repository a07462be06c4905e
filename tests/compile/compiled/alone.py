#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""alone.py DIRECTORY COMPILER...: every public header compiles alone where DIRECTORY comes first, in which
mtasts/compiled.hpp stands for some of them. Those that reach none of these are what they are without it."""
import re
import subprocess
import sys
from pathlib import Path

INCLUDE = Path(__file__).resolve().parents[3] / "include"
directory, compiler = Path(sys.argv[1]), sys.argv[2:]
replaced = {path.relative_to(directory).as_posix() for path in directory.rglob("*.hpp")}


def reaches_replaced(header, seen):
    if header in replaced:
        return True
    seen.add(header)
    included = re.findall(r"^#include <(mtasts/[^>]+)>", (INCLUDE / header).read_text(encoding="utf-8"), re.MULTILINE)
    return any(reaches_replaced(each, seen) for each in included if each not in seen)


headers = {path.relative_to(INCLUDE).as_posix() for path in INCLUDE.rglob("*.hpp")}
unknown = replaced - headers
tried = sorted(header for header in headers - replaced if reaches_replaced(header, set()))
failed = []
for header in [*sorted(replaced)[:1], *tried]:
    command = [*compiler, f"-I{directory}", f"-I{INCLUDE}", "-fsyntax-only", "-x", "c++", "-include", header, "/dev/null"]
    outcome = subprocess.run(command, capture_output=True, text=True)
    if outcome.returncode != 0:
        failed.append(f"{header}: {next((line for line in outcome.stderr.splitlines() if 'error' in line), outcome.stderr)}")
print(*failed, *(f"there is no {header}" for header in sorted(unknown)), f"{len(tried)} headers, {len(failed)} faults", sep="\n")
sys.exit(bool(failed or unknown) or len(tried) < 10)
