#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Fails where a source file does not name its licence on its first line, or on the second below "#!"."""
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {".hpp", ".def", ".cpp", ".py", ".sh", ".cmake", ".bazel", ".yml", ".yaml", ".build", ".service", ".socket", ".conf"}
NAMES = {"CMakeLists.txt", "Dockerfile", "run"}
#: Built, or made by single_include/generate.py, or data.
LEFT_OUT = re.compile(r"build(-.*)?|\.git|\.cache|\.vscode|\.idea|__pycache__|fuzz/regressions|tests/data|single_include/mtasts\.hpp")
LICENCE = "SPDX-License-Identifier: BSL-1.0"


def sources(root):
    for folder, folders, names in os.walk(root):
        def kept(name):
            return not LEFT_OUT.fullmatch(Path(folder, name).relative_to(root).as_posix()) and name != "__pycache__"
        folders[:] = sorted(filter(kept, folders))
        yield from (Path(folder, name) for name in sorted(filter(kept, names))
                    if Path(name).suffix in SOURCES or name in NAMES)


def names_licence(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    first = lines[1:] if lines and lines[0].startswith("#!") else lines
    return bool(first) and first[0] in (f"// {LICENCE}", f"# {LICENCE}")


def main():
    seen = list(sources(ROOT))
    found = [path.relative_to(ROOT).as_posix() for path in seen if not names_licence(path)]
    print(*(f"{name} does not name its licence" for name in found), f"{len(seen)} source files", sep="\n")
    sys.exit(bool(found) or len(seen) < 100)


if __name__ == "__main__":
    main()
