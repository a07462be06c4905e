#!/usr/bin/env python3
"""unreached.py EXPORT LINES REGIONS: lists the regions that no function reached in an export of llvm-cov; fails where
less than so many percent of the lines or of the regions were reached."""
import json
import os
import sys
from collections import defaultdict
from pathlib import Path

CODE_REGION = 0

export = json.loads(Path(sys.argv[1]).read_text())["data"][0]
wanted = {file["filename"] for file in export["files"]}
counts = defaultdict(int)
for function in export["functions"]:
    for *place, count, file, _, kind in function["regions"]:
        if kind == CODE_REGION and function["filenames"][file] in wanted:
            # Where a region ends depends on what `if constexpr` discards in an instantiation.
            counts[function["filenames"][file], *place[:2]] += count

for (name, line, column), count in sorted(counts.items()):
    if count == 0:
        print(f"{os.path.relpath(name)}:{line}:{column}: {Path(name).read_text().splitlines()[line - 1][column - 1:]}")

failed = False
for kind, least in (("lines", float(sys.argv[2])), ("regions", float(sys.argv[3]))):
    summary = export["totals"][kind]
    print(f"{kind}: {summary['covered']} of {summary['count']}, {summary['percent']:.2f} %, at least {least} % wanted")
    failed = failed or summary["percent"] < least
sys.exit(failed)
