#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""declared.py DIRECTORY: compares what mtasts/compiled.hpp declares with what stands in those headers that DIRECTORY has
in its place, and names each function that is on one side only. Exits with 77 where there is no libclang for Python."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests/docs"))
import api  # noqa: E402

#: Declared for each of the types that the template takes.
FOR_EACH_TYPE = {"one_line(const coded<Kind> &)", "one_line(const Object &)"}
OF_ONE_TYPE = re.compile(r"one_line\(const (coded<\w+>|tlsrpt_(applied_policy|date_range|failure|policy_result|report|"
                         r"session_counts)) &\)")


def signature(cursor):
    """As in "write_sts_policy(const sts_policy &)". A copy is as good as a reference to a constant."""
    types = []
    for parameter in cursor.get_children():
        if parameter.kind == api.CursorKind.PARM_DECL:
            spelling = parameter.type.spelling.replace("mtasts::", "").replace("compiled::", "")
            types.append(spelling if spelling.endswith("&") or "std::" in spelling else f"const {spelling} &")
    return f"{cursor.spelling}({', '.join(types)})"


def declarations(headers, namespace):
    """signature, or name of what is no function -> header, of all that stands in the headers themselves."""
    unit = api.index("".join(f"#include <mtasts/{header}.hpp>\n" for header in headers if header != "model/documents"))
    errors = [str(d) for d in unit.diagnostics if d.severity >= api.cindex.Diagnostic.Error]
    if errors:
        sys.exit("\n".join(errors))
    found = {}

    def visit(cursor, path):
        for child in cursor.get_children():
            if not api.is_ours(child):
                continue
            header = Path(child.location.file.name).relative_to(api.INCLUDE / "mtasts").with_suffix("").as_posix()
            if child.kind == api.CursorKind.NAMESPACE:
                visit(child, (*path, child.spelling))
            elif path == namespace and header in headers and child.spelling:
                is_function = child.kind in (api.CursorKind.FUNCTION_DECL, api.CursorKind.FUNCTION_TEMPLATE)
                found[signature(child) if is_function else child.spelling] = header

    visit(unit.cursor, ())
    return found


def main():
    if not api.has_index():
        print("SKIPPED: there is no libclang for Python here (Debian package python3-clang)")
        sys.exit(77)
    directory = Path(sys.argv[1])
    headers = [path.relative_to(directory / "mtasts").with_suffix("").as_posix() for path in directory.rglob("*.hpp")]
    there = declarations(headers, ("mtasts",))
    # What is declared for every kind of document stands where the rows are.
    declared = declarations(["compiled", "model/documents"], ("mtasts", "compiled"))
    faults = [f"{header}.hpp has {each}, which compiled.hpp does not declare" for each, header in there.items()
              if each not in declared and each not in FOR_EACH_TYPE]
    faults += [f"compiled.hpp declares {each}, which is in no header of mtasts-compiled.cmake" for each in declared
               if each not in there and not OF_ONE_TYPE.fullmatch(each)]
    print(*sorted(faults), f"{len(there)} declarations, {len(faults)} faults", sep="\n")
    sys.exit(bool(faults) or len(there) < 50)


if __name__ == "__main__":
    main()
