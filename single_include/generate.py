#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes single_include/mtasts.hpp: the headers named below, with every header of the project inlined where it is first
included. The same headers always give the same octets.

    generate.py          writes the file
    generate.py --check  fails if the file is not what would be written
"""
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
INCLUDE = HERE.parent / "include"
OUTPUT = HERE / "mtasts.hpp"
# The umbrella and what it leaves out: all but testing/, gzip.hpp and compiled.hpp.
UMBRELLA = "mtasts.hpp"
BESIDE = ["mtasts/grammar/reading/abnf.hpp", "mtasts/grammar/reading/generate.hpp", "mtasts/write/json_schema.hpp",
          "mtasts/report.hpp"]

PREFACE = """\
// mtasts in one header, made by single_include/generate.py from include/: edit there, not here.
// SPDX-License-Identifier: BSL-1.0
#pragma once
"""


def inlined(header, seen):
    """The lines of a header, with the project's headers in place of their #include lines."""
    # A table of rows is included wherever it is read anew.
    if not header.endswith(".def"):
        seen.add(header)
    depth = 0  # of #if: what is included under a condition is not there for those who come later
    for line in (INCLUDE / header).read_text(encoding="utf-8").splitlines():
        depth += line.startswith("#if") - line.startswith("#endif")
        include = re.match(r"#include <([^>]+)>", line)
        if line == "#pragma once" or line.startswith("// SPDX-") or include and include[1] in seen:
            continue
        if include and include[1].startswith("mtasts/"):
            yield from marked(include[1], seen)
        else:
            yield line
            if include and depth == 0:
                seen.add(include[1])


def marked(header, seen):
    yield f"// #include <{header}>"
    yield from inlined(header, seen)


def main():
    seen = set()
    lines = [*inlined(UMBRELLA, seen), *(line for header in BESIDE for line in marked(header, seen))]
    text = PREFACE + "\n".join(lines)
    fresh = (re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n").encode()
    if sys.argv[1:] == ["--check"]:
        if OUTPUT.read_bytes() != fresh:
            sys.exit(f"{OUTPUT} is stale: run {Path(__file__).name}")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        OUTPUT.write_bytes(fresh)


if __name__ == "__main__":
    main()
