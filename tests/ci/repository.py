# SPDX-License-Identifier: BSL-1.0
"""A git repository that holds a policy and its record, for the tests of this folder."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CI = ROOT / "packaging/ci"
PROGRAM = os.path.abspath(sys.argv.pop(1))
POLICY, RECORD = ".well-known/mta-sts.txt", "_mta-sts.txt"
# Without the configuration of the user, and without the variables of a git that runs the tests.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_", "PRE_COMMIT"))}
ENVIRONMENT |= {"MTASTS_PROGRAM": PROGRAM, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com",
                "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com"}


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(77)


shutil.which("git") or skip("there is no git here (Debian package git)")


def policy(mx="mx1", mode="testing"):
    return f"version: STSv1\nmode: {mode}\nmx: {mx}.example.com\nmax_age: 1209600\n"


def record(number):
    return f"v=STSv1; id={number};\n"


class Repository(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.scratch = Path(folder.name)
        self.folder = self.scratch / "policies"
        self.folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def run_here(self, *command, folder=None, **more):
        return subprocess.run([str(part) for part in command], cwd=folder or self.folder, env=ENVIRONMENT | more,
                              capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL)

    def git(self, *arguments):
        outcome = self.run_here("git", *arguments)
        self.assertEqual(outcome.returncode, 0, outcome)
        return outcome.stdout.strip()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def commit(self, **texts):
        """Commits policy=, record= and tlsrpt=; returns the commit."""
        for name, text in texts.items():
            self.write({"policy": POLICY, "record": RECORD, "tlsrpt": "_smtp._tls.txt"}[name], text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=change")
        return self.git("rev-parse", "HEAD")
