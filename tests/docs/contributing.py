#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Follows the steps of CONTRIBUTING.md: every file, folder and command that they name exists, and every existing
finding, rule and kind is in each of the places where the steps put a new one."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text()


def steps(title):
    """The five steps of a section."""
    section = GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    found = re.split(r"^\d\. ", section, flags=re.M)[1:]
    return found if len(found) == 5 else sys.exit(f"{title} has {len(found)} steps")


def read(*places):
    """The text of files, and of all sources below folders."""
    paths = [path for place in places for path in ([ROOT / place] if (ROOT / place).is_file() else (ROOT / place).rglob("*"))]
    return "\n".join(path.read_text(errors="replace") for path in paths
                     if path.suffix in (".hpp", ".def", ".cpp", ".py", ".cmake", ".md", ".abnf", ".tsv"))


def missing(title, names, places):
    """Names that are not where the steps put them. `places`: (folders and files, pattern whose group is a name there)."""
    text = " ".join(steps(title))
    for where, pattern in places:
        for place in where:
            if f"`{place}`" not in text and place not in ELSEWHERE:
                yield f"the steps of \"{title}\" do not name {place}"
        there = {name.lower() for name in re.findall(pattern, read(*where), re.M)}
        yield from (f"{title}: {name} is not in {' or '.join(where)}" for name in names if name.lower() not in there)


#: A few findings are reported in other places than new ones: when something is written, and about files.
ELSEWHERE = ("include/mtasts/build.hpp", "include/mtasts/gzip.hpp", "include/mtasts/write/", "examples/cli/")

#: Rules for forms that the RFCs describe in prose.
NOT_OF_AN_RFC = {"plain-uri", "tlsa-record", "plain-tlsa-record"}


def named_paths():
    """A code span, or a word of a command, that looks like a path."""
    for span in re.findall(r"`([^`\n]+)`", GUIDE) + re.findall(r"^(?:\S+=\S+ )*((?:bash|python3) \S+)", GUIDE, re.M):
        for word in span.removeprefix("bash ").removeprefix("python3 ").split(" ")[:1]:
            if re.fullmatch(r"[\w.-]+/[\w./-]*", word):
                yield word


def faults():
    paths = set(named_paths())
    yield from (f"{path} does not exist" for path in sorted(paths) if not (ROOT / path).exists())
    if len(paths) < 20:
        yield f"CONTRIBUTING.md names only {len(paths)} paths"

    codes = re.findall(r"^FINDING\((\w+),", read("include/mtasts/finding/findings.def"), re.M)
    reported = ["include/mtasts/parse/", "include/mtasts/lint/", *ELSEWHERE]
    yield from missing("Add a finding", codes, [
        (reported, r"\w+")])
    ways = set(re.findall(r"fix::(\w+)", read("include/mtasts/finding/findings.def")))
    yield from missing("Add a finding", sorted(ways), [
        (["include/mtasts/finding/meaning.hpp"], r"^    (\w+),$"), (["include/mtasts/lint/fix.hpp"], r"fix::(\w+)")])
    slugs = [code.replace("_", "-") for code in codes]
    yield from missing("Add a finding", slugs, [(["docs/findings.md"], r"^\| `([\w-]+)` \|")])
    # A test names the code in C++, or the slug if only the program reports it.
    tested = set(re.findall(r"[\w-]+", read("tests/")))
    yield from (f"Add a finding: {code} is in no test" for code, slug in zip(codes, slugs) if not tested & {code, slug})

    grammars = read("include/mtasts/grammar/")
    rules = set(re.findall(r"(?:rule|announce)<\"([\w-]+)\">", grammars)) - NOT_OF_AN_RFC
    yield from missing("Add a rule", sorted(rules), [(["tests/data/abnf/", "tests/data/abnf/departures.tsv"], r"^([\w-]+)(?:\s*=|\t)")])

    kinds = re.findall(r"^DOCUMENT(?:_JSON)?\((\w+),", read("include/mtasts/model/documents.def"), re.M)
    yield from missing("Add a kind of document", kinds, [
        (["include/mtasts/parse/"], r"\bparse_(\w+)\("), (["include/mtasts/check.hpp"], r"\bcheck_(\w+)\("),
        (["include/mtasts/render/json.hpp"], r"\bjson_value\((\w+) const&"),
        (["examples/cli/kinds.cpp"], r"document::(\w+)"),
        (["tests/parse/"], r"\bparse_(\w+)"), (["fuzz/said.hpp"], r"\bparse_(\w+)\("),
        (["docs/library.md"], r"`parse_(\w+)`")])
    if min(map(len, (codes, kinds))) < 5:
        yield "no findings or no kinds were found"


found = list(faults())
print(*found, sep="\n")
sys.exit(bool(found))
