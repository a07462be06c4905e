#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""fix_test.py MTASTS: --fix writes only usable texts that are certainly a policy or a record, and either all files or
none."""
import fcntl
import os
import re
import shutil
import subprocess
from pathlib import Path

import files
from files import BROKEN, GOOD, NOBODY, NOGROUP, PROGRAM, ROOT, Folder, as_nobody, needs_mounts, run

HOPELESS = BROKEN.replace(b"max_age: 1209600", b"max_age: soon")
POLICY_IN = {
    "nginx.conf": b"server {\n  location = /.well-known/mta-sts.txt {\n    return 200 \"version: STSv1\nmode: Enforce\n"
                  b"mx: mail.example.com\nmax_age: 604800\n\";\n  }\n}\n",
    "config.yaml": b"apiVersion: v1\nkind: ConfigMap\ndata:\n  mta-sts.txt: |\n    version: STSv1\n    mode: Enforce\n"
                   b"    mx: mail.example.com\n    max_age: 604800\n",
    "values.yaml": b"# mail\nreplicas : 2\nversion: STSv1\nmode: Enforce\nmx: mail.example.com\nmax_age: 604800\n",
    "publish.sh": b"#!/bin/sh\n# makes the policy\ncat >mta-sts.txt <<EOF\nversion: STSv1\nmode: Enforce\n"
                  b"mx: mail.example.com\nmax_age: 604800\nEOF\n",
    "example.com.zone": b"$TTL 3600\n@ IN SOA ns.example.com. a.example.com. 1 2 3 4 5\n@ IN MX 10 mail\n"
                        b"_mta-sts IN TXT \"v=STSv1; id=1\"\n",
    "records.zone": b"_mta-sts IN TXT \"v=STSv1; \" \"id=1\"\n_smtp._tls IN TXT \"v=TLSRPTv1; rua=mailto:a@b.example\"\n",
    "README.md": b"# MTA-STS \n\nOurs: \n\n    version: STSv1\n",
    "words": b"mail.example.com. \n",
}


class Several(Folder):
    """Either all files are corrected, or none."""

    def test_all_files_are_corrected(self):
        paths = [self.file(f"{n}/p", BROKEN) for n in range(5)] + [self.file("good", GOOD)]
        before = os.stat(paths[-1]).st_ino
        self.assertEqual(run("lint", "--fix", *paths).returncode, 0)
        self.assertEqual([Path(path).read_bytes() for path in paths], [GOOD] * 6)
        self.assertEqual(os.stat(paths[-1]).st_ino, before)

    def test_none_if_one_would_not_be_usable(self):
        for paths in ((self.file("a", BROKEN), self.file("b", HOPELESS)), (self.path("b"), self.path("a"))):
            with self.nothing_changes():
                outcome = run("lint", "--fix", *paths)
                self.assertEqual(outcome.returncode, 1, outcome)
                for words in (b"not corrected", b"b would not be usable", b"no file was corrected"):
                    self.assertIn(words, outcome.stderr)

    def test_a_contradiction_is_reported(self):
        path = self.file("a", BROKEN.replace(b"\r\n", b"\r\nmode : none\r\n", 1))
        with self.nothing_changes():
            self.refused(run("lint", "--fix", path), "it contradicts itself", status=1)

    def test_none_if_one_does_not_show_its_kind(self):
        for name, octets in POLICY_IN.items():
            paths = self.file("a", BROKEN), self.file(name, octets)
            for order in (paths, paths[::-1]):
                with self.subTest(name), self.nothing_changes():
                    self.assertIn(run("lint", "--fix", *order).returncode, (1, 2))
            os.unlink(self.path(name))

    def test_only_the_missing_kind_is_reported(self):
        for paths in (("a", "b"), ("b", "a")):
            self.file("a", HOPELESS)
            self.file("b", POLICY_IN["nginx.conf"])
            with self.nothing_changes():
                self.refused(run("lint", "--fix", *map(self.path, paths)), "its kind is not evident; give it by --kind")

    def test_none_if_one_cannot_be_replaced(self):
        for n in range(3):
            with self.subTest(n):
                paths = [self.file(f"{n}/{name}", BROKEN) for name in "abc"]
                os.link(paths[n], paths[n] + "~")
                with self.nothing_changes():
                    self.refused(run("lint", "--fix", *paths), "hard links")

    def test_none_if_a_temporary_file_cannot_be_created(self):
        paths = [self.file(f"{name}/p", BROKEN, 0o666) for name in "abc"]
        for path in paths:
            if ROOT:
                os.chown(path, NOBODY, NOGROUP)
                os.chown(os.path.dirname(path), NOBODY, NOGROUP)
        os.chmod(self.path("c"), 0o555)
        self.addCleanup(os.chmod, self.path("c"), 0o755)
        with self.nothing_changes():
            self.refused((as_nobody if ROOT else run)("lint", "--fix", *paths), "Permission denied")

    @needs_mounts
    def test_none_if_one_is_a_mount_point(self):
        paths = [self.file(f"{name}/p", BROKEN) for name in "abc"]
        # A rename cannot replace a mount point.
        script = 'mount --bind "$2/b/p" "$2/b/p" && exec "$1" lint --fix "$2/a/p" "$2/b/p" "$2/c/p"'
        with self.nothing_changes():
            outcome = subprocess.run(["unshare", "--mount", "sh", "-c", script, "sh", PROGRAM, self.folder],
                                     capture_output=True, timeout=60, check=False)
            self.refused(outcome, f"cannot write {paths[1]}: it is a mount point")

    def half_way(self, *before):
        """A run that cannot rename the second file of three, because another program holds its directory."""
        paths = [self.file(f"{name}/p", BROKEN) for name in "abc"]
        folder = os.open(self.path("b"), os.O_RDONLY | os.O_DIRECTORY)
        self.addCleanup(os.close, folder)
        fcntl.flock(folder, fcntl.LOCK_EX)
        # LeakSanitizer cannot run under strace.
        environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"} if before else None
        outcome = subprocess.run([*before, PROGRAM, "lint", "--fix", *paths], capture_output=True, timeout=60, check=False,
                                 env=environment)
        self.refused(outcome, "b/p: another program is replacing files in its directory",
                     f"already replaced: {paths[0]};", f"not replaced: {paths[1]}, {paths[2]}")
        self.assertEqual([Path(path).read_bytes() for path in paths], [GOOD, BROKEN, BROKEN])
        self.assertEqual([os.listdir(self.path(name)) for name in "abc"], [["p"]] * 3)

    def test_a_rename_that_fails_half_way_is_reported(self):
        self.half_way()

    def test_what_was_renamed_is_synced_whatever_fails_later(self):
        if shutil.which("strace") is None:
            self.skipTest("strace is not installed")
        log = self.path("log")
        self.half_way("strace", "-y", "-e", "trace=renameat,fsync", "-o", log)
        calls = Path(log).read_text()
        self.assertEqual(re.findall(r"^fsync\(\d+<(.*)>\)", calls[calls.index("renameat"):], re.M), [self.path("a")], calls)


class Kinds(Folder):
    """Only what is certainly a policy or a record is changed, and only into something usable."""

    def test_other_files_are_left_as_they_are(self):
        for name, octets in POLICY_IN.items():
            path = self.file(name, octets)
            for kind in ([], ["--kind", "sts-record"], ["--kind", "tlsrpt-record"], ["--lenient"], ["--skip-malformed-mx"],
                         ["--format", "json"], ["--fail-on", "never"]):
                with self.subTest(name=name, kind=kind), self.nothing_changes():
                    self.assertIn(run("lint", "--fix", *kind, path).returncode, (1, 2))

    def test_a_text_whose_kind_is_given_is_written_if_usable(self):
        for name in ("nginx.conf", "publish.sh", "example.com.zone", "README.md", "config.yaml"):
            path = self.file(name, POLICY_IN[name])
            for arguments in (["--kind", "sts-policy", path], ["--policy", path]):
                with self.subTest(arguments), self.nothing_changes():
                    self.refused(run("lint", "--fix", *arguments), "would not be usable afterwards", status=1)

    def test_a_text_that_does_not_show_its_kind_is_corrected_if_the_kind_is_given(self):
        path = self.file("p", b"owner: me\r\n" + BROKEN)
        with self.nothing_changes():
            self.refused(run("lint", "--fix", path), "--kind")
        for arguments in (["--kind", "sts-policy", path], ["--policy", path]):
            self.file("p", b"owner: me\r\n" + BROKEN)
            self.assertEqual(run("lint", "--fix", *arguments).returncode, 0)
            self.assertEqual(Path(path).read_bytes(), b"owner: me\r\n" + GOOD)

    def test_a_file_may_be_named_like_the_standard_input(self):
        path = self.file("<stdin>", BROKEN)
        outcome = run("lint", "--fix", "<stdin>", cwd=self.folder)
        self.assertEqual((outcome.returncode, Path(path).read_bytes()), (0, GOOD), outcome)
        self.assertNotIn(GOOD, outcome.stdout)

    def test_standard_input_follows_the_same_rules(self):
        self.refused(run("lint", "--fix", "-", stdin=POLICY_IN["nginx.conf"]), "--kind")
        outcome = run("lint", "--fix", "-", stdin=HOPELESS)
        self.assertEqual((outcome.returncode, outcome.stdout), (1, HOPELESS))
        self.assertIn(b"not corrected: <stdin> would not be usable afterwards\n", outcome.stderr)


files.main()
