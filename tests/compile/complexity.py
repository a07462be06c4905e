#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""No function of the library has a cyclomatic complexity over 15, as counted by lizard, except those listed here with a
reason; and every function listed needs to be."""
import csv
import shutil
import subprocess
import sys
from pathlib import Path

INCLUDE = Path(__file__).resolve().parents[2] / "include"
GREATEST = 15

ONE_BRANCH_PER_NODE = "one branch for each kind of grammar node, each of a line or two"
ALLOWED = {
    "mtasts::grammar::walker::operator ( )": ONE_BRANCH_PER_NODE,
    "mtasts::detail::json_path::step": "one case for each token of JSON",
    "mtasts::detail::json_reader::read_string_slow": "one loop over everything in a string, with its state",
    "mtasts::detail::json_reader::skip_value": "a loop and a stack, because nothing may recurse over hostile text",
    "mtasts::detail::json_schema_writer::describe": "one branch for each type of member",
    "mtasts::detail::punycode::decode": "as RFC 3492 6.2 writes it",
    "mtasts::detail::punycode::encode": "as RFC 3492 6.3 writes it",
    "mtasts::detail::take_groups": "one pass over an address; reports hold one for each failure",
}


def main():
    lizard = shutil.which("lizard")
    if lizard is None:
        print("skipped: there is no lizard here (Python package lizard)")
        sys.exit(77)
    table = subprocess.run([lizard, "--csv", "-l", "cpp", INCLUDE], check=True, capture_output=True, text=True).stdout
    functions = [(row[7], int(row[1])) for row in csv.reader(table.splitlines())]
    complex_ones = {name: complexity for name, complexity in functions if complexity > GREATEST}
    faults = [f"{name} has a complexity of {complex_ones[name]}" for name in complex_ones.keys() - ALLOWED.keys()]
    faults += [f"{name} is listed, but its complexity is not over {GREATEST}" for name in ALLOWED.keys() - complex_ones.keys()]
    print(*sorted(faults), f"{len(functions)} functions, {len(faults)} faults", sep="\n")
    sys.exit(bool(faults) or not functions)


if __name__ == "__main__":
    main()
