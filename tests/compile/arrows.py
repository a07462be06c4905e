#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks what headers include: arrows point one way, only parse/ needs a grammar, and mtasts.hpp reaches everything."""
import re
import sys
from pathlib import Path

INCLUDE = Path(__file__).resolve().parents[2] / "include"

# A header includes its own layer and those before it. The linter asks decide/ which host a pattern matches.
LAYERS = ["findings", "model", "grammar", "grammar/reading", "parse", "write", "decide", "lint", "merge", "report",
          "whole", "render", "opt-in", "umbrella"]
# Headers that stand in no folder; what is not named here puts the whole library to use.
ALONE = {"mtasts.hpp": "umbrella", "mtasts/code.hpp": "findings", "mtasts/meaning.hpp": "findings",
         "mtasts/diagnostic.hpp": "findings", "mtasts/version.hpp": "findings", "mtasts/compiled.hpp": "opt-in"}
MAY_INCLUDE_GRAMMAR = {"grammar", "grammar/reading", "parse", "umbrella"}


def layer(header):
    folder = header.removeprefix("mtasts/").rpartition("/")[0]
    folder = "opt-in" if folder == "testing" else folder
    return ALONE.get(header) or folder or "whole"


def includes(header):
    return re.findall(r"^#include <(mtasts/[^>]+)>", (INCLUDE / header).read_text(encoding="utf-8"), re.MULTILINE)


def reached(header, seen):
    """The header and all it includes, directly or not."""
    if header not in seen:
        seen.add(header)
        for included in includes(header):
            reached(included, seen)
    return seen


def faults(headers):
    for header in headers:
        here = layer(header)
        if here not in LAYERS:
            yield f"{header} stands in no known layer"
            continue
        for included in includes(header):
            there = layer(included)
            if LAYERS.index(there) > LAYERS.index(here):
                yield f"{header} includes {included}, which is of a later layer"
            elif there.startswith("grammar") and here not in MAY_INCLUDE_GRAMMAR:
                yield f"{header} includes {included}, but grammars are for parse/ alone"
    for header in headers - reached("mtasts.hpp", set()):
        if layer(header) != "opt-in":
            yield f"mtasts.hpp does not reach {header}"


def main():
    headers = {path.relative_to(INCLUDE).as_posix() for path in INCLUDE.rglob("*.hpp")}
    found = sorted(faults(headers))
    print(*found, f"{len(headers)} headers, {len(found)} faults", sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
