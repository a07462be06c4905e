#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""refused.py SOURCE COMPILER...: passes if the compiler refuses the source, and its output has the text of the line
`// expect: ...` at the top. A line `// flags: ...` below has options for the compiler; then its output must be
short."""
import re
import subprocess
import sys
from pathlib import Path

source, *compiler = sys.argv[1:]
text = Path(source).read_text(encoding="utf-8")
announced = re.match(r"(?:// SPDX-.*\n)?// expect: (.+)", text)
flags = re.findall(r"^// flags: (.+)", text, re.MULTILINE)
if not announced:
    sys.exit(f"{source} does not begin with '// expect: ...'")
outcome = subprocess.run([*compiler, *" ".join(flags).split(), source], capture_output=True, text=True)
if outcome.returncode == 0:
    sys.exit(f"{source} compiles")
if announced[1] not in outcome.stderr:
    sys.exit(f"the compiler does not say '{announced[1]}' but:\n{outcome.stderr[:4000]}")
if flags and len(outcome.stderr.splitlines()) > 30:
    sys.exit(f"the compiler prints {len(outcome.stderr.splitlines())} lines")
