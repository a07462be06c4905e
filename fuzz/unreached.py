#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""unreached.py JSON LCOV LINES REGIONS: from two exports of llvm-cov, prints how much of every file was reached, and
all regions that were not; fails if less than LINES percent of the lines or REGIONS percent of the regions were. The
instantiations of a template count together: a region is reached if it is in any of them."""
import json
import os
import sys
from collections import defaultdict
from pathlib import Path

CODE_REGION = 0

# Functions that only constant expressions call, before a program runs: how their first lines begin.
AT_COMPILE_TIME = {
    # The grammars are constants, built from these.
    "grammar/ip_address.hpp": ["constexpr auto h16_colon", "constexpr auto up_to_h16"],
    "grammar/octet_class.hpp": ["constexpr void add", "constexpr octet_range", "constexpr octet_set set",
                                "constexpr explicit octet_literal", "constexpr octet_choice",
                                "constexpr repetition", "constexpr explicit repeat", "constexpr repeat"],
    "grammar/rule.hpp": ["constexpr std::string_view view", "constexpr auto rule", "constexpr auto announce",
                         "constexpr octet_set set", "constexpr explicit", "constexpr literal lit",
                         "constexpr octet_literal lit", "constexpr any_case_literal any_case",
                         "constexpr octet_range octet"],
    "grammar/scan.hpp": ["constexpr auto scanned"],
    # So are the tables of names, with their hashes.
    "text/name_table.hpp": ["constexpr bool fits"],
    "model/tlsrpt_schema.hpp": ["for_each_tlsrpt_member"],
    "parse/report/fast_path.hpp": ["auto const by_size", "constexpr std::size_t longest", "constexpr std::size_t after",
                                   "static constexpr std::uint64_t octet", "constexpr bool fits"],
    # The replacement on machines without SIMD is compiled and never called.
    "text/simd.hpp": ["explicit octet_block(char const*) {}",
                      "[[gnu::always_inline]] std::uint64_t not_plain() const { return 1; }",
                      "[[gnu::always_inline]] std::uint64_t not_blank() const { return 1; }",
                      "[[gnu::always_inline]] std::uint64_t not_space() const { return 1; }",
                      "[[gnu::always_inline]] std::uint64_t not_uri_plain() const { return 1; }",
                      "[[gnu::always_inline]] std::uint64_t not_hex() const { return 1; }",
                      "static std::size_t first(std::uint64_t) { return 0; }"],
}


def lines_at_compile_time(export):
    """(file, line) of all lines of these functions. A function that was called after all is counted."""
    uncounted = set()
    for function in export["functions"]:
        first, _, last, *_ = function["regions"][0]
        file = function["filenames"][0]
        beginnings = AT_COMPILE_TIME.get(file.partition("/include/mtasts/")[2])
        if beginnings and function["count"] == 0:
            text = Path(file).read_text().splitlines()[first - 1].strip()
            if text.startswith(tuple(beginnings)):
                uncounted.update((file, line) for line in range(first, last + 1))
    return uncounted


def regions(export):
    """How often each region was reached, by its file and start."""
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
    percent = 100 * reached / len(counts) if counts else 100
    return f"{reached:5} of {len(counts):5}, {percent:6.2f} %", percent


export = json.loads(Path(sys.argv[1]).read_text())["data"][0]
files = sorted(file["filename"] for file in export["files"])
uncounted = lines_at_compile_time(export)
by_region = {place: count for place, count in regions(export).items()
             if place[0] in files and (count or place[:2] not in uncounted)}
by_line = {place: count for place, count in lines(Path(sys.argv[2]).read_text()).items() if count or place not in uncounted}
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
