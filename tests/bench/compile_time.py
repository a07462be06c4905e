# SPDX-License-Identifier: BSL-1.0
"""Prints seconds of CPU time in user mode (median of several runs) and peak memory of g++ -fsyntax-only and the like,
for units that include one header: see compile_time.sh."""
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

INCLUDE = Path("include")
RUNS = int(os.environ.get("RUNS", "3"))
COMPILERS = os.environ.get("CXXS", "g++ clang++").split()
X3 = "boost/spirit/home/x3.hpp"
SMALL = ["string", "vector", "string_view"]
BESIDE = [SMALL, ["regex"], [X3], ["nlohmann/json.hpp"], ["fmt/format.h"]]


def measured(compiler, includes):
    """Seconds and MiB of a unit with these includes; None if one of them is missing."""
    unit = "".join(f"#include <{header}>\n" for header in includes)
    seconds, memory = [], 0
    for _ in range(RUNS):
        command = [compiler, "-std=c++20", f"-I{INCLUDE}", "-DFMT_HEADER_ONLY", "-fsyntax-only", "-x", "c++", "-"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdin.write(unit.encode())
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        if status != 0:
            return None
        seconds.append(usage.ru_utime)
        memory = max(memory, usage.ru_maxrss)
    return statistics.median(seconds), memory / 1024


def reached(header, seen):
    """The library's headers that a header includes, and the standard headers that these include."""
    if header not in seen:
        seen.add(header)
        path = INCLUDE / header
        if path.exists():
            for included in re.findall(r"^#include <([^>]+)>", path.read_text(encoding="utf-8"), re.MULTILINE):
                reached(included, seen)
    return seen


def standard_headers(header):
    return sorted(h for h in reached(header, set()) if re.fullmatch(r"[a-z_]+", h) and h != "format")


def main():
    headers = sys.argv[1:] or sorted(p.relative_to(INCLUDE).as_posix() for p in INCLUDE.rglob("*.hpp")
                                     if "testing" not in p.parts)
    for compiler in COMPILERS:
        print(f"\n{compiler} -fsyntax-only, median of {RUNS}")
        print(f"{'unit that includes':42} {'seconds':>8} {'MiB':>6} {'beyond std':>11} {'beyond X3':>10}")
        x3 = measured(compiler, [X3])
        for includes in BESIDE:
            cost = measured(compiler, includes)
            print(f"{', '.join(includes):42} " + (f"{cost[0]:8.2f} {cost[1]:6.0f}" if cost else "not here"))
        for header in headers:
            cost = measured(compiler, [header])
            if cost is None:
                sys.exit(f"{compiler} does not compile <{header}>")
            line = f"{header:42} {cost[0]:8.2f} {cost[1]:6.0f}"
            standard = measured(compiler, SMALL if header == "mtasts/compiled.hpp" else standard_headers(header))
            if any(h.startswith("boost/") for h in reached(header, set())):
                line += f" {'':11} {cost[0] - x3[0]:10.2f}"
            else:
                line += f" {cost[0] - standard[0]:11.2f}"
            print(line, flush=True)


if __name__ == "__main__":
    main()
