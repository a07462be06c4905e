#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks what headers include: a layer includes only itself and those before it, only what reads texts reaches a
grammar and with it Boost, and mtasts.hpp reaches everything but what single_include/generate.py names beside it."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"
sys.path.insert(0, str(ROOT / "single_include"))
from generate import BESIDE, UMBRELLA  # noqa: E402

# A header includes its own layer and those before it. The linter asks decide/ which host a pattern matches.
LAYERS = ["finding", "text", "model", "name", "grammar", "grammar/reading", "parse/json", "parse/report", "parse", "write",
          "decide", "lint", "report/receive", "report/send", "whole", "render", "opt-in", "umbrella"]
# parse/ has the parsers that parse/report/ needs, and the one that needs it.
ALSO = {("parse/json", "parse"), ("parse/report", "parse")}
# Headers outside of the folders; those not named here may use the whole library.
ALONE = {"mtasts.hpp": "umbrella", "mtasts/report.hpp": "umbrella", "mtasts/compiled.hpp": "opt-in", "mtasts/gzip.hpp": "opt-in",
         "mtasts/owned.hpp": "finding", "mtasts/requirements.hpp": "finding", "mtasts/version.hpp": "finding"}
# What may include a grammar, and what may reach one: X3 costs about a second of compile time.
MAY_INCLUDE_GRAMMAR = {"grammar", "grammar/reading", "parse", "parse/json", "parse/report", "umbrella"}
MAY_REACH_GRAMMAR = MAY_INCLUDE_GRAMMAR | {"whole", "opt-in"}
# Headers that need no C++20, or that say what is needed.
STANDS_ALONE = {"mtasts/requirements.hpp", "mtasts/version.hpp"}
MAY_REACH_GRAMMAR_ALONE = {"mtasts/decide/policy_finder.hpp"}


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
            yield f"{header} is in no known layer"
            continue
        if not includes(header) and header not in STANDS_ALONE:
            yield f"{header} includes no other header, not even requirements.hpp"
        for included in includes(header):
            there = layer(included)
            if LAYERS.index(there) > LAYERS.index(here) and (here, there) not in ALSO:
                yield f"{header} includes {included}, which is of a later layer"
            elif there.startswith("grammar") and here not in MAY_INCLUDE_GRAMMAR:
                yield f"{header} includes {included}, but grammars are for parse/ alone"
        grammar = next((each for each in sorted(reached(header, set())) if layer(each).startswith("grammar")), None)
        if grammar and here not in MAY_REACH_GRAMMAR and header not in MAY_REACH_GRAMMAR_ALONE:
            yield f"{header} reaches {grammar}, and with it Boost"
    core = reached(UMBRELLA, set())
    for header in core:
        if header in BESIDE or layer(header).startswith("report/"):
            yield f"{UMBRELLA} reaches {header}, which few need"
    for header in headers - core.union(*(reached(beside, set()) for beside in BESIDE)):
        if layer(header) != "opt-in":
            yield f"no umbrella reaches {header}"


def main():
    headers = {path.relative_to(INCLUDE).as_posix() for path in INCLUDE.rglob("*.hpp")}
    found = sorted(faults(headers))
    print(*found, f"{len(headers)} headers, {len(found)} faults", sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
