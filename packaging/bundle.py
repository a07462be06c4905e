#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""bundle.py ARCHIVE COMPILER DIR...: archives the single header with every header of Boost and fmt that it includes,
found by the compiler, also in these directories, and with the licences. The same headers always give the same octets."""
import gzip
import re
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What chooses other headers: the standard, and what a project may do without.
MODES = ((), ("-std=c++2b",), ("-fno-exceptions", "-fno-rtti"), ("-DNDEBUG", "-O2"), ("-UNDEBUG", "-funsigned-char"))


def needed(compiler, dirs):
    """{name below the archive's include/: path} of the headers of Boost and fmt."""
    found = {}
    for mode in MODES:
        command = [compiler, "-std=c++20", "-DFMT_HEADER_ONLY", *mode, *(f"-idirafter{d}" for d in dirs),
                   "-M", "-x", "c++", ROOT / "single_include/mtasts.hpp"]
        rule = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for path in re.split(r"(?<!\\)\s+", rule.replace("\\\n", " ")):
            path = path.replace("\\ ", " ")
            below = re.search(r"^(.*/)((?:boost|fmt)/.*)$", path)
            if below:
                found[below[2]] = Path(path)
    # Boost's description of compilers and platforms: the archive is for others too.
    config = next(p for name, p in found.items() if name == "boost/config.hpp").parent
    found.update({p.relative_to(config.parent).as_posix(): p for p in (config / "config").rglob("*.hpp")})
    return found


def contents(compiler, dirs):
    """{name in the archive: octets}."""
    headers = {f"include/{name}": path.read_bytes() for name, path in needed(compiler, dirs).items()}
    single = (ROOT / "single_include/mtasts.hpp").read_text()
    of_fmt = re.match(r"/\*(.*?)\*/", headers["include/fmt/format.h"].decode(), re.S)
    if not of_fmt or "Permission is hereby granted" not in of_fmt[1]:
        sys.exit("bundle.py: fmt/format.h does not begin with its licence")
    return headers | {
        "include/mtasts.hpp": single.replace("#pragma once\n", "#pragma once\n#ifndef FMT_HEADER_ONLY\n"
                                             "#define FMT_HEADER_ONLY\n#endif\n", 1).encode(),
        "LICENSE": (ROOT / "LICENSE").read_bytes(),  # of mtasts and of Boost
        "LICENSE.fmt": of_fmt[1].strip().encode() + b"\n"}


def main(archive, compiler, *dirs):
    name = Path(archive).name.removesuffix(".tar.gz")
    plain = BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for member, octets in sorted(contents(compiler, dirs).items()):
            entry = tarfile.TarInfo(f"{name}/{member}")
            entry.size = len(octets)
            tar.addfile(entry, BytesIO(octets))
    Path(archive).write_bytes(gzip.compress(plain.getvalue(), mtime=0))


main(*sys.argv[1:])
