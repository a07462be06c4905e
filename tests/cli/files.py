# SPDX-License-Identifier: BSL-1.0
"""Shared by the tests that replace files: runs the program, as root or not, in a directory compared before and after.
Tests that need root are reported as skipped for others; root runs the rest once more as an ordinary user."""
import atexit
import contextlib
import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = os.geteuid() == 0
NOBODY, NOGROUP = 65534, 65534
GOOD = b"version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 1209600\r\n"
BROKEN = GOOD.replace(b"enforce", b"Enforce")
REPORT = json.dumps({
    "organization-name": "A", "contact-info": "a@a.example", "report-id": "1", "policies": [],
    "date-range": {"start-datetime": "2026-08-31T00:00:00Z", "end-datetime": "2026-08-31T23:59:59Z"}}).encode()
OTHER = REPORT.replace(b'"report-id": "1"', b'"report-id": "2"')


def where_anybody_can_reach_it(*paths):
    """Copies of files in a separate directory."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    os.chmod(folder, 0o755)
    for path in paths:
        os.chmod(shutil.copy(path, folder), 0o755)
    return [os.path.join(folder, os.path.basename(path)) for path in paths]


PROGRAM, = where_anybody_can_reach_it(sys.argv[1])


def run(*arguments, stdin=b"", **options):
    return subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, timeout=60, check=False, **options)


def as_nobody(*arguments, **options):
    return run(*arguments, user=NOBODY, group=NOGROUP, extra_groups=[], **options)


def summary_of(*reports):
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, str(number)) for number in range(len(reports))]
        for name, octets in zip(names, reports):
            Path(name).write_bytes(octets)
        return run("report", "--format", "summary", *names).stdout


def needs_root(test):
    return unittest.skipUnless(ROOT, "only root may give files away")(test)


def needs_mounts(test):
    possible = ROOT and subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0
    return unittest.skipUnless(possible, "only root may mount, and not in every container")(test)


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        os.chmod(self.folder, 0o755)

    def path(self, name):
        return os.path.join(self.folder, name)

    def file(self, name, octets, mode=0o644):
        path = Path(self.path(name))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(octets)
        os.chmod(path, mode)
        return str(path)

    def set_attribute(self, path, name, value):
        try:
            os.setxattr(path, name, value)
        except OSError as error:
            if error.errno in (errno.ENOTSUP, errno.EPERM):
                self.skipTest(f"no attribute {name} can be given to {path}: {error.strerror}")
            raise

    def seen(self):
        """Every file below the directory, with its owner and contents."""
        found = {}
        for folder, _, names in os.walk(self.folder):
            for path in (os.path.join(folder, name) for name in names):
                status = os.lstat(path)
                found[path] = (status.st_ino, status.st_mode, status.st_uid, status.st_gid, status.st_nlink,
                               Path(path).read_bytes() if stat.S_ISREG(status.st_mode) else None)
        return found

    @contextlib.contextmanager
    def nothing_changes(self):
        before = self.seen()
        yield
        self.assertEqual(self.seen(), before)

    def refused(self, outcome, *words, status=2):
        self.assertEqual((outcome.returncode, outcome.stderr.count(b"\n")), (status, 1), outcome)
        for word in words:
            self.assertIn(word.encode(), outcome.stderr)

    def fixed(self, path):
        outcome = run("lint", "--fix", path)
        self.assertEqual((outcome.returncode, Path(path).read_bytes()), (0, GOOD), outcome)
        return os.stat(path)


def ordinary_python():
    """An interpreter that an ordinary user may run; the current one may be in root's home."""
    for python in (sys.executable, "/usr/bin/python3"):
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            subprocess.run([python, "-c", "import unittest, ctypes"], user=NOBODY, group=NOGROUP, extra_groups=[], cwd="/",
                           check=True)
            return python
    return None


def main():
    """Runs the tests of the script; its first argument was the program."""
    script = Path(sys.argv[0]).resolve()
    del sys.argv[1]
    outcome = unittest.main(exit=False).result
    for test, reason in outcome.skipped:
        print(f"{script.name}: SKIPPED {test}: {reason}", file=sys.stderr)
    good = outcome.wasSuccessful()
    if ROOT and good:
        good = again_as_nobody(script)
    sys.exit(0 if good else 1)


def again_as_nobody(script):
    python = ordinary_python()
    if python is None:
        print(f"{script.name}: SKIPPED once more as an ordinary user, who can run no Python here", file=sys.stderr)
        return True
    print(f"{script.name}: once more as an ordinary user", file=sys.stderr, flush=True)
    copies = where_anybody_can_reach_it(script, *(script.parent / name for name in ("files.py", "syscall_filter.py")))
    return subprocess.run([python, copies[0], PROGRAM, *sys.argv[1:]], cwd="/", user=NOBODY, group=NOGROUP, extra_groups=[],
                          timeout=600, check=False).returncode == 0
