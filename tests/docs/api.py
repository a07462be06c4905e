#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""api.py names    prints every public name in the compiler's index
api.py check    fails if docs/api.md and the index differ, or a name has no docstring or no compiled example
api.py update   brings the sentences of docs/api.md up to date; names are added and removed by hand

Public names are those in namespace mtasts itself or in mtasts::literals. Exits with 77 if there is no libclang for
Python."""
import re
import sys
from pathlib import Path

import docs

try:
    from clang import cindex
    from clang.cindex import CursorKind
except ImportError:
    cindex = None

ROOT = docs.ROOT
INCLUDE = ROOT / "include"
PAGE = docs.DOCS / "api.md"
#: Opt-in headers have their own names, for a test framework or zlib; compiled.hpp declares names of other headers.
HEADERS = [h for h in docs.HEADERS if "testing" not in h.parts and h.name not in ("compiled.hpp", "gzip.hpp", "mtasts.hpp")]
INCLUDES = "".join(f"#include <{h.relative_to(INCLUDE)}>\n" for h in HEADERS)
PUBLIC = [("mtasts",), ("mtasts", "literals")]
#: The limit on public names, so that a person can survey them.
MOST_NAMES = 230
ROW = re.compile(r"^\| `(\S+)` \| `(\S+)` \| (.*) \|$", re.M)


def has_index():
    try:
        return cindex is not None and cindex.conf.lib is not None
    except cindex.LibclangError:
        return False


def index(text):
    return cindex.Index.create().parse("unit.cpp", args=["-std=c++20", f"-I{INCLUDE}", "-DFMT_HEADER_ONLY", "-ferror-limit=0"],
                                       unsaved_files=[("unit.cpp", text)])


def is_ours(cursor):
    return cursor.location.file is not None and Path(cursor.location.file.name).is_relative_to(INCLUDE)


def public_names():
    """name -> (header, docstring); of several declarations, the first with a docstring."""
    unit = index(INCLUDES)
    errors = [str(d) for d in unit.diagnostics if d.severity >= cindex.Diagnostic.Error]
    if errors:
        sys.exit("\n".join(errors))
    names = {}

    def visit(cursor, path):
        for child in cursor.get_children():
            if child.kind == CursorKind.NAMESPACE and is_ours(child):
                visit(child, (*path, child.spelling))
            elif child.semantic_parent.kind != CursorKind.NAMESPACE:
                continue  # a member defined outside of its class
            elif path in PUBLIC and is_ours(child) and re.fullmatch(r'\w+|operator"".*', child.spelling):
                name = child.spelling.removeprefix("operator")
                header = Path(child.location.file.name).relative_to(INCLUDE / "mtasts").as_posix()
                if not names.get(name, ("", ""))[1]:
                    names[name] = header, child.raw_comment or names.get(name, ("", ""))[1]

    visit(unit.cursor, ())
    return names


def sentence(docstring):
    """The first sentence."""
    text = " ".join(re.sub(r"^\s*///? ?", "", line) for line in docstring.splitlines())
    text = text.partition("Example:")[0]
    return re.split(r"(?<=[.:])\s+(?=[A-Z`\"])", text.strip())[0].rstrip(":. ").replace("|", "\\|")


def with_example():
    """Every word of the examples that are compiled."""
    texts = [code for _, _, code in docs.examples()] + [code for _, code in docs.snippets()]
    texts += [path.read_text() for path in (ROOT / "examples").rglob("*.?pp")]
    return set(re.findall(r"\w+", " ".join(texts)))


def ambiguous(names):
    """The names that are ambiguous beside those of namespace std."""
    uses = "\n".join(f"void use_{i}() {{ {name}; }}" for i, name in enumerate(sorted(names)) if name.isidentifier())
    unit = index(f"#include <bits/stdc++.h>\n{INCLUDES}using namespace std;\nusing namespace mtasts;\n{uses}")
    return sorted({d.spelling for d in unit.diagnostics if "ambiguous" in d.spelling})


def faults(names):
    rows = {name: (header, said) for name, header, said in ROW.findall(PAGE.read_text())}
    examples = with_example()
    for name, (header, docstring) in sorted(names.items()):
        if name not in rows:
            yield f"{header}: {name} is public and not in docs/api.md: name it there, or put it into mtasts::detail"
        elif rows[name] != (header, sentence(docstring)):
            yield f"docs/api.md has another header or sentence for {name}: run api.py update"
        if not sentence(docstring):
            yield f"{header}: {name} has no sentence that says what it is"
        if name.strip('"') not in examples:
            yield f"{header}: {name} is in no example"
    for name in rows.keys() - names.keys():
        yield f"docs/api.md names {name}, which is not public"
    if len(names) > MOST_NAMES:
        yield f"{len(names)} public names are more than {MOST_NAMES}"
    yield from ambiguous(names)


def main():
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    if command not in ("names", "check", "update"):
        sys.exit(__doc__)
    if not has_index():
        print("SKIPPED: there is no libclang for Python here (Debian package python3-clang)")
        sys.exit(77)
    names = public_names()
    if command == "names":
        print(*sorted(names), sep="\n")
    elif command == "update":
        said = {name: (header, sentence(docstring)) for name, (header, docstring) in names.items()}
        PAGE.write_text(ROW.sub(lambda row: "| `{}` | `{}` | {} |".format(row[1], *said.get(row[1], row.groups()[1:])),
                                PAGE.read_text()))
    else:
        found = list(faults(names))
        print(*found, f"{len(names)} public names, {len(found)} faults", sep="\n")
        sys.exit(bool(found))


if __name__ == "__main__":
    main()
