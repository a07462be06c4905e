#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""pre_commit_test.py MTASTS: tests the hooks with pre-commit, offline; without it this test is skipped."""
import os
import shutil
import unittest

from repository import POLICY, RECORD, ROOT, Repository, policy, record, skip

PRE_COMMIT = shutil.which("pre-commit") or skip("there is no pre-commit here (PyPI package pre-commit)")
CONFIG = """repos:
- repo: file://{0}
  rev: {1}
  hooks: [{{id: mtasts-policy}}, {{id: mtasts-record}}, {{id: mtasts-tlsrpt-record}}, {{id: mtasts-id}}]
"""


class Hooks(Repository):
    def setUp(self):
        super().setUp()
        # As pre-commit sees this repository: a clone of a commit.
        here, self.folder = self.folder, self.scratch / "hooks"
        for name in (".pre-commit-hooks.yaml", "packaging/ci"):
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, self.folder / name)
        self.git("init", "--quiet")
        hooks, self.folder = self.commit(), here
        self.write(".pre-commit-config.yaml", CONFIG.format(self.scratch / "hooks", hooks))

    def commit_with_hooks(self, **texts):
        """Whether the hooks let the commit pass, and what they said."""
        for name, text in texts.items():
            self.write({"policy": POLICY, "record": RECORD, "tlsrpt": "_smtp._tls.example.com.txt"}[name], text)
        self.git("add", "--all")
        if not os.path.exists(self.folder / ".git/hooks/pre-commit"):
            outcome = self.pre_commit("install")
            self.assertEqual(outcome.returncode, 0, outcome)
        outcome = self.run_here("git", "commit", "--message=change", PRE_COMMIT_HOME=str(self.scratch / "home"))
        return outcome.returncode == 0, outcome.stdout + outcome.stderr

    def pre_commit(self, *arguments):
        return self.run_here(PRE_COMMIT, *arguments, PRE_COMMIT_HOME=str(self.scratch / "home"))

    def test_the_manifest_is_valid(self):
        outcome = self.pre_commit("validate-manifest", ROOT / ".pre-commit-hooks.yaml")
        self.assertEqual(outcome.returncode, 0, outcome)

    def test_faulty_policies_and_records_are_not_committed(self):
        """RFC 8461 3.1, 3.2, RFC 8460 3: what is faulty is not committed."""
        steps = [({"policy": policy(), "record": record(1), "tlsrpt": "v=TLSRPTv1; rua=mailto:a@example.com\n"}, True, ""),
                 ({"policy": policy("mx2")}, False, "[change-id-same]"),
                 ({"record": record(2)}, True, ""),
                 ({"policy": policy("mx3", mode="Testing"), "record": record(3)}, False, "[policy-mode-case]"),
                 ({"policy": policy("mx3"), "record": "v=STSv1; id=-\n"}, False, "[record-id-characters]"),
                 ({"record": record(1)}, False, "[change-id-same]"),
                 ({"record": record(3), "tlsrpt": "v=TLSRPTv1\n"}, False, "_smtp._tls.example.com.txt:1:"),
                 ({"tlsrpt": "v=TLSRPTv1; rua=https://example.com/tls\n"}, True, "")]
        for number, (texts, passes, said) in enumerate(steps):
            with self.subTest(number):
                outcome = self.commit_with_hooks(**texts)
                self.assertEqual(outcome[0], passes, outcome[1])
                self.assertIn(said, outcome[1])

    def test_files_of_other_names_are_left_alone(self):
        self.write("mta-sts.txt.md", "no policy\n")
        self.write("x_mta-sts.txt", "no record\n")
        passes, said = self.commit_with_hooks()
        self.assertTrue(passes, said)
        self.assertEqual(said.count("(no files to check)Skipped"), 4, said)


unittest.main()
