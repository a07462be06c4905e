#!/usr/bin/env python3
"""unreached.py JSON LCOV LINES REGIONS: of two exports of llvm-cov, prints how much of every file was reached, and all
regions that were not; fails where less than so many percent of the lines or of the regions were. What a template makes of
its lines is counted together: a region is reached where it is in any instantiation."""
import json
import os
import sys
from collections import defaultdict
from pathlib import Path

CODE_REGION = 0


def regions(export):
    """How often each region was reached, by its file and beginning."""
    counts = defaultdict(int)
    for function in export["functions"]:
        for *place, count, file, _, kind in function["regions"]:
            if kind == CODE_REGION:
                # Where a region ends depends on what `if constexpr` discards in an instantiation.
                counts[function["filenames"][file], *place[:2]] += count
    return counts


def lines(lcov):
    counts = {}
    for row in lcov.splitlines():
        if row.startswith("SF:"):
            file = row[3:]
        elif row.startswith("DA:"):
            line, count = map(int, row[3:].split(",")[:2])
            counts[file, line] = count
    return counts


def share(counts):
    reached = sum(count != 0 for count in counts)
    return f"{reached:5} of {len(counts):5}, {100 * reached / len(counts):6.2f} %", 100 * reached / len(counts)


export = json.loads(Path(sys.argv[1]).read_text())["data"][0]
files = sorted(file["filename"] for file in export["files"])
by_region = {place: count for place, count in regions(export).items() if place[0] in files}
by_line = lines(Path(sys.argv[2]).read_text())
for file in files:
    counts = [[count for place, count in all.items() if place[0] == file] for all in (by_line, by_region)]
    print(f"{os.path.relpath(file):45} lines {share(counts[0])[0]}   regions {share(counts[1])[0]}")
for (file, line, column), count in sorted(by_region.items()):
    if count == 0:
        text = Path(file).read_text().splitlines()[line - 1]
        print(f"{os.path.relpath(file)}:{line}:{column}: {text[column - 1:].strip()}")
failed = False
for kind, counts, least in (("lines", by_line, sys.argv[3]), ("regions", by_region, sys.argv[4])):
    text, percent = share(list(counts.values()))
    print(f"{kind}: {text}, at least {least} % wanted")
    failed = failed or percent < float(least)
sys.exit(failed)
