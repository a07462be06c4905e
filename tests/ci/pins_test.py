#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""pins_test.py: workflows, packages and examples pin what they fetch by hash or digest, and no address is made up. The
owner of a tag or branch can move it, and a made-up address may belong to somebody."""
import os
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Directories and files that something is built from, or that are copied into other repositories.
PLACES = [".ci", ".clusterfuzzlite", ".github", ".gitlab-ci.yml", ".pre-commit-config.yaml", ".pre-commit-hooks.yaml",
          "CMakeLists.txt", "README.md", "CONTRIBUTING.md", "cmake", "docs", "examples", "fuzz/README.md",
          "fuzz/CMakeLists.txt", "fuzz/oss-fuzz", "fuzz/planted.sh", "packaging", "tests/distros", "tests/run.sh"]

HASH = r"[0-9a-f]{40}"
#: RFC 2606 and RFC 6761 reserve these names; similar names on a forge may belong to somebody.
MADE_UP = re.compile(r"(?i)\b(?:[\w-]+\.)*example\.(?:com|net|org)\b|\.(?:example|invalid|test)\b"
                     r"|(?:github|gitlab|bitbucket|codeberg)\.\w+[/:](?:example|your|my|user|owner|org|foo)\b"
                     r"|^(?:example|your[\w-]*|my[\w-]*|user(?:name)?|foo)/")
#: What fetches code: its address is the group.
FETCHES = [re.compile(pattern) for pattern in (
    r"\bgit\s+clone\s+(?:-\S+\s+(?:\d+\s+)?)*[\"']?(\S+?)[\"']?(?:\s|$)", r"^\s*-?\s*repo:\s*[\"']?(\S+?)[\"']?\s*$",
    r"^\s*main_repo:\s*[\"']?(\S+?)[\"']?\s*$", r"\bGIT_REPOSITORY\s+[\"']?([^\s\"')]+)", r"\bURL\s+[\"']?(https?:[^\s\"')]+)",
    r"^\s*(?:url|git)\s*=\s*[\"']([^\"']+)", r"\b(?:curl|wget)\b.*?(https?://\S+)", r"^\s*-?\s*uses:\s*[\"']?([^\s\"'@]+)@")]


def faults(line):
    """What a line fetches without a hash, or from a made-up address."""
    found = []
    used = re.match(r"\s*-?\s*uses:\s*(\S+)(.*)", line)
    # Placeholders that the reader fills in.
    if used and not used[1].startswith(("./", "docker://")) and not re.fullmatch(r"OWNER/\S+@COMMIT", used[1]):
        if not re.search(f"@{HASH}$", used[1]):
            found.append("an action without a commit")
        elif not re.match(r"\s+#\s*\S", used[2]):
            found.append("a commit without its version beside it")
    image = re.match(r"(?i)\s*from\s+(?:--\S+\s+)*(\S+)(?:\s+as\s+\S+)?\s*$|\s*-?\s*(?:image|container):\s*(\S+)\s*$", line)
    name = image and (image[1] or image[2])
    if name and name != "scratch" and not re.fullmatch(r"\$\{?[A-Z_]+\}?", name) and \
            not re.search(r"@sha256:[0-9a-f]{64}$", name):
        found.append("an image without a digest")
    if "docker://" in line and not re.search(r"docker://\S+@sha256:[0-9a-f]{64}\b", line):
        found.append("an image without a digest")
    for pattern in FETCHES:
        fetched = pattern.search(line)
        if fetched and MADE_UP.search(fetched[1]):
            found.append(f"a made-up address: {fetched[1]}")
    return found


def files():
    for place in map(ROOT.joinpath, PLACES):
        if place.is_file():
            yield place
        for folder, _, names in os.walk(place):
            # Policies and reports of examples are full of example.com; a C++ source begins no line with "from".
            yield from (Path(folder, name) for name in names if not name.endswith((".json", ".cpp", ".hpp", ".pyc", ".gz")))


class Pins(unittest.TestCase):
    def test_every_file_pins_what_it_fetches(self):
        seen = 0
        for path in files():
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                seen += "uses:" in line
                with self.subTest(file=str(path.relative_to(ROOT)), line=number):
                    self.assertEqual(faults(line), [], line)
        self.assertGreater(seen, 4)

    def test_unpinned_and_made_up_addresses_are_found(self):
        commit, digest = "12" * 20, "@sha256:" + "12" * 32
        for line in (f"- uses: actions/checkout@{commit} # v4.3.1", "  uses: ./.github/actions/lint",
                     "- uses: OWNER/mtasts/.github/actions/lint@COMMIT", f"FROM debian{digest}", "FROM ${BASE_BUILDER}",
                     f"FROM debian{digest} AS build", f"image: debian{digest}", 'git clone --depth 1 "$REPOSITORY" $SRC/a',
                     "- repo: REPOSITORY", "mx: mail.example.com", "from pathlib import Path", f"uses: docker://a{digest} # 1"):
            with self.subTest(line=line):
                self.assertEqual(faults(line), [])
        for line in ("- uses: actions/checkout@v4", "- uses: actions/checkout@main", f"- uses: actions/checkout@{commit}",
                     "- uses: actions/checkout", "FROM gcr.io/a/b:ubuntu-24-04", "FROM debian AS build", "  image: debian:12",
                     "container: debian", "uses: docker://alpine:3", "RUN git clone --depth 1 https://example.org/a.git $SRC/a",
                     'main_repo: "https://example.org/mtasts.git"', "- repo: https://git.example.com/mtasts",
                     "    GIT_REPOSITORY https://github.com/example/mtasts.git", "git clone git@github.com:your-org/mtasts",
                     f"- uses: example/mtasts/.github/actions/lint@{commit} # v1.2.3", "curl -O https://a.example/x.tar.gz",
                     '  url = "https://mtasts.example/mtasts.tar.gz"'):
            with self.subTest(line=line):
                self.assertNotEqual(faults(line), [])


if __name__ == "__main__":
    unittest.main()
