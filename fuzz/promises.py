#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""promises.py table   brings the table of README.md up to date
promises.py check   fails if the table is not what the harnesses open with, a harness is too long or has no
                    promise, a promise has no planted fault, or a planted fault no longer applies"""
import re
import sys
from pathlib import Path

FUZZ = Path(__file__).resolve().parent
README = FUZZ / "README.md"
TABLE = re.compile(r"(?<=<!-- promises -->\n).*?(?=<!-- end -->)", re.S)
LONGEST = 61  # with the line that names the licence


def harnesses():
    return sorted(path for path in FUZZ.glob("*.cpp") if path.stem != "main")


def opening_of(path):
    """The comment that a file opens with, below its licence."""
    return re.match(r"(?:// SPDX-.*\n)?((?:///.*\n)*)", path.read_text())[1]


def promises_of(harness):
    """(number, text) of each promise; some harnesses name a header that has their promises."""
    opening = opening_of(harness)
    elsewhere = re.search(r"promises of (\w+\.hpp)\.", opening)
    if elsewhere:
        opening = opening_of(FUZZ / elsewhere[1])
    words = " ".join(line.removeprefix("///").strip() for line in opening.splitlines())
    parts = re.split(r"(?:^| )(\d+)\. ", words)
    return [(int(number), text.rstrip(";.")) for number, text in zip(parts[1::2], parts[2::2])]


def table():
    rows = ["| harness | | promise |", "|---|---|---|"]
    rows += [f"| `{path.stem}` | {number} | {text} |" for path in harnesses() for number, text in promises_of(path)]
    return "\n".join(rows) + "\n"


def misplaced(patch):
    """The files that do not have the lines that a patch changes."""
    for part in re.split(r"^--- a/.*\n\+\+\+ b/", patch.read_text(), flags=re.M)[1:]:
        name, *hunks = re.split(r"\n?^@@.*\n", part, flags=re.M)
        for hunk in hunks:
            before = "\n".join(line[1:] for line in hunk.splitlines() if not line.startswith("+"))
            if before not in (FUZZ.parent / name).read_text():
                yield name


def faults():
    if TABLE.search(README.read_text())[0] != table():
        yield "README.md: the table is not what the harnesses open with; run promises.py table"
    planted = {path.name.partition("-")[0] for path in FUZZ.glob("planted/*.patch")}
    for path in harnesses():
        numbers = [number for number, _ in promises_of(path)]
        if numbers != list(range(1, len(numbers) + 1)) or not numbers:
            yield f"{path.name}: its promises are not numbered from 1"
        if len(path.read_text().splitlines()) > LONGEST:
            yield f"{path.name}: more than {LONGEST} lines"
        for number in numbers:
            if f"{path.stem}.{number}" not in planted:
                yield f"{path.name}: no fault is planted against promise {number}"
            planted.discard(f"{path.stem}.{number}")
    for name in sorted(planted):
        yield f"planted/{name}-*.patch: there is no such promise"
    for patch in sorted(FUZZ.glob("planted/*.patch")):
        yield from (f"{patch.name}: does not apply to {name}" for name in misplaced(patch))


if sys.argv[1:] == ["table"]:
    README.write_text(TABLE.sub(lambda _: table(), README.read_text()))
elif sys.argv[1:] == ["check"]:
    found = list(faults())
    print("\n".join(found) or f"{len(table().splitlines()) - 2} promises of {len(harnesses())} harnesses")
    sys.exit(bool(found))
else:
    sys.exit(__doc__)
