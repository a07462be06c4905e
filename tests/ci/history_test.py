#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""history_test.py MTASTS: tries lint.sh on git histories in which the id changed with the policy, and on others."""
import os
import shutil
import unittest

from repository import CI, POLICY, RECORD, Repository, policy, record


class Linted(Repository):
    def lint(self, *arguments, texts=("--policy", POLICY, "--record", RECORD), **options):
        return self.run_here(CI / "lint.sh", *texts, *arguments, **options)

    def assert_says(self, outcome, status, *words, never=()):
        said = outcome.stdout + outcome.stderr
        self.assertEqual(outcome.returncode, status, said)
        for word in words:
            self.assertIn(word, said)
        for word in ("unbound variable", "fatal:", *never):
            self.assertNotIn(word, said)


class Histories(Linted):
    """RFC 8461 3.1: a changed policy needs a new id."""

    def test_the_first_commit_has_nothing_before_it(self):
        self.commit(policy=policy(), record=record(1))
        self.assert_says(self.lint(), 0, "no policy was published before")
        self.assert_says(self.lint("--base", "0" * 40), 0, "no policy was published before")

    def test_before_the_first_commit_nothing_was_published(self):
        self.write(POLICY, policy())
        self.write(RECORD, record(1))
        self.assert_says(self.lint("--base", "HEAD"), 0, "no policy was published before")

    def test_policy_and_id_may_change_together(self):
        before = self.commit(policy=policy(), record=record(1))
        self.commit(policy=policy("mx2"), record=record(2))
        self.assert_says(self.lint(), 0, f"held against {before[:7]} of ", never=["change-id"])

    def test_a_changed_policy_with_the_same_id_is_an_error(self):
        before = self.commit(policy=policy(), record=record(1))
        self.commit(policy=policy("mx2"))
        said = f"{POLICY}:1:1: error: ", "[change-id-same]", "RFC 8461 3.1"
        self.assert_says(self.lint(), 1, *said)
        self.assert_says(self.lint("--base", before), 1, *said)
        self.assert_says(self.lint("--base", "0" * 40), 1, *said)
        self.assert_says(self.lint("--format", "github"), 1, f"::error file={POLICY},line=1,col=1,title=change-id-same::")
        self.assert_says(self.lint("--fail-on", "never"), 0, *said)

    def test_only_the_id_changes(self):
        self.commit(policy=policy(), record=record(1))
        self.commit(record=record(2))
        self.assert_says(self.lint(), 0, "note: ", "[change-id-only]")

    def test_nothing_changes(self):
        self.commit(policy=policy(), record=record(1))
        self.commit()
        self.assert_says(self.lint(), 0, never=["[change-"])

    def test_what_is_not_committed_yet(self):
        self.commit(policy=policy(), record=record(1))
        self.write(POLICY, policy("mx2"))
        self.assert_says(self.lint("--base", "HEAD"), 1, "[change-id-same]")
        self.write(RECORD, record(2))
        self.assert_says(self.lint("--base", "HEAD"), 0, never=["[change-"])

    def test_an_id_of_long_ago_stands_beside_another_policy(self):
        first = self.commit(policy=policy(), record=record(1))
        self.commit(policy=policy("mx2"), record=record(2))
        self.commit()
        self.commit(policy=policy("mx3"), record=record(1))
        self.assert_says(self.lint(), 1, "[change-id-same]", f"held against {first[:7]} of ")

    def test_policy_and_id_of_long_ago_come_back(self):
        self.commit(policy=policy(), record=record(1))
        self.commit(policy=policy("mx2"), record=record(2))
        self.commit(policy=policy(), record=record(1))
        self.assert_says(self.lint(), 0, never=["change-id"])

    def test_a_push_of_several_commits_is_one_publication(self):
        before = self.commit(policy=policy(), record=record(1))
        self.commit(policy=policy("mx2"))
        self.commit(record=record(2))
        self.assert_says(self.lint("--base", before), 0, never=["change-id"])

    def test_a_merge_is_held_against_its_first_parent(self):
        for name, changes, status in (("good", {"record": record(2)}, 0), ("bad", {}, 1)):
            with self.subTest(name):
                self.git("checkout", "--quiet", "--orphan", f"main-{name}")
                before = self.commit(policy=policy(), record=record(1))
                self.git("checkout", "--quiet", "-b", f"topic-{name}")
                self.commit(policy=policy("mx2"))
                self.commit(**changes)
                self.git("checkout", "--quiet", f"main-{name}")
                self.write("README", "of the domain")
                self.commit()
                self.git("merge", "--quiet", "--no-ff", "--message=merge", f"topic-{name}")
                self.assert_says(self.lint(), status, f"held against {before[:7]} of ")

    def test_an_id_that_a_merge_published(self):
        self.commit(policy=policy(), record=record(1))
        self.git("checkout", "--quiet", "-b", "topic")
        self.commit(policy=policy("mx2"), record=record(2))
        self.git("checkout", "--quiet", "main")
        self.commit(tlsrpt="v=TLSRPTv1; rua=mailto:a@example.com\n")
        self.git("merge", "--quiet", "--no-ff", "--message=merge", "topic")
        merge = self.git("rev-parse", "HEAD")
        self.commit(policy=policy("mx3"), record=record(3))
        self.commit(policy=policy("mx4"), record=record(2))
        self.assert_says(self.lint(), 1, "[change-id-same]", f"held against {merge[:7]} of ")

    def test_a_record_that_was_of_no_use(self):
        """RFC 8461 3.1: it announced nothing, but the policy beside it counts."""
        for useless in ("\n", "v=STSv1; id=1;\nv=STSv1; id=1;\n", "id=1\n", "mode: none\nmax_age: 1\n"):
            with self.subTest(useless):
                self.commit(policy=policy(mode="enforce"), record=useless)
                self.commit(policy=policy("mx2"), record=record(1))
                self.assert_says(self.lint(), 0, "[change-mx-dropped]", never=["change-id"])

    def test_a_policy_that_is_gone(self):
        """RFC 8461 8.3: a policy is withdrawn by mode none, not by its absence."""
        self.commit(policy=policy(), record=record(1))
        (self.folder / POLICY).unlink()
        self.commit()
        self.assert_says(self.lint(), 2, POLICY)

    def test_a_policy_that_broke(self):
        self.commit(policy=policy(mode="enforce"), record=record(1))
        self.commit(policy=policy(mode="Enforce"), record=record(2))
        self.assert_says(self.lint(), 1, "[change-enforce-unusable]", "[policy-mode-case]")

    def test_below_the_top(self):
        self.commit(policy=policy(), record=record(1))
        self.commit(policy=policy("mx2"))
        texts = "--policy", "mta-sts.txt", "--record", "../_mta-sts.txt"
        self.assert_says(self.lint(texts=texts, folder=self.folder / ".well-known"), 1, "[change-id-same]")

    def test_other_texts_are_linted_too(self):
        self.commit(policy=policy(), record=record(1), tlsrpt="v=TLSRPTv1\n")
        self.assert_says(self.lint("--tlsrpt", "_smtp._tls.txt"), 1, "_smtp._tls.txt:1:")
        self.assert_says(self.lint("--mx", "mx9.example.com"), 0, "[cover-host-missing-testing]")

    def test_without_a_record(self):
        self.commit(policy=policy(), record=record(1))
        self.commit(policy=policy("mx2"))
        self.assert_says(self.lint(texts=("--policy", POLICY)), 0, "without --record nothing is said of the id")


class NothingCanBeTold(Linted):
    """Status 2 and the reason, never 0."""

    def test_a_shallow_clone(self):
        self.commit(policy=policy(), record=record(1))
        self.commit(policy=policy("mx2"), record=record(2))
        clone = self.scratch / "clone"
        self.git("clone", "--quiet", "--depth=1", f"file://{self.folder}", clone)
        self.assert_says(self.lint(folder=clone), 2, "this clone is shallow", "fetch-depth: 0")

    def test_an_unknown_base(self):
        self.commit(policy=policy(), record=record(1))
        for base in ("12" * 20, "no-such-branch", "--help"):
            self.assert_says(self.lint("--base", base), 2, f"no commit {base}")

    def test_no_repository(self):
        outcome = self.lint(folder=self.scratch)
        self.assertEqual(outcome.returncode, 2)
        self.assertIn("this is no git repository", outcome.stderr)

    def test_no_program(self):
        """A copy of the scripts, so that what this checkout has built stays out of it; and a CMake that fails."""
        self.commit(policy=policy(), record=record(1))
        scripts, tools = self.scratch / "packaging/ci", self.scratch / "tools"
        shutil.copytree(CI, scripts)
        tools.mkdir()
        (tools / "cmake").write_text("#!/bin/sh\necho no compiler\nexit 1\n")
        (tools / "cmake").chmod(0o755)
        outcome = self.run_here(scripts / "lint.sh", "--policy", POLICY, "--record", RECORD, MTASTS_PROGRAM="",
                                PATH=f"{tools}:{os.environ['PATH']}")
        self.assert_says(outcome, 2, "no compiler", "it was not built; it needs CMake")
        self.assert_says(self.lint(MTASTS_PROGRAM="/no/such/program"), 2, "there is no program /no/such/program")

    def test_bad_usage(self):
        self.commit(policy=policy(), record=record(1))
        self.assert_says(self.lint(texts=()), 2, "--policy is missing")
        self.assert_says(self.lint(texts=("--policy",)), 2, "--policy takes a value")
        self.assert_says(self.lint(texts=("--policy", self.folder / POLICY)), 2, "below the current directory")
        self.assert_says(self.lint("--no-such-option"), 2)


unittest.main()
