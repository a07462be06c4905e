#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""save_test.py MTASTS: report --save overwrites no report and no other file, and loses no summary."""
import json
import os
import stat
import subprocess
from pathlib import Path

import files
from files import GOOD, OTHER, REPORT, Folder, run, summary_of


def result(domain):
    return {"policy": {"policy-type": "no-policy-found", "policy-domain": domain},
            "summary": {"total-successful-session-count": 1, "total-failure-session-count": 0}}


# Its identity comes before its policies.
REPORT_OF_TWO = json.dumps({
    "organization-name": "A", "contact-info": "a@a.example", "report-id": "4",
    "date-range": {"start-datetime": "2026-08-31T00:00:00Z", "end-datetime": "2026-08-31T23:59:59Z"},
    "policies": [result("a.example"), result("b.example")]}).encode()


class Save(Folder):
    """Nothing is saved if any input is unusable, and only a summary or an empty file is replaced."""

    def setUp(self):
        super().setUp()
        self.one, self.other = self.file("1.json", REPORT), self.file("2.json", OTHER)
        self.state = self.file("s", summary_of(REPORT), 0o640)

    def test_reports_are_added_to_a_saved_summary(self):
        outcome = run("report", "--add", self.state, "--save", self.state, self.other)
        self.assertEqual((outcome.returncode, Path(self.state).read_bytes()), (0, summary_of(REPORT, OTHER)), outcome)
        self.assertEqual(stat.S_IMODE(os.stat(self.state).st_mode), 0o640)

    def test_a_new_file_has_the_permissions_of_any_new_file(self):
        for mask, mode in ((0o022, 0o644), (0o077, 0o600), (0o002, 0o664)):
            path = self.path(f"{mask}")
            self.assertEqual(run("report", "--save", path, self.one, umask=mask).returncode, 0)
            self.assertEqual((Path(path).read_bytes(), stat.S_IMODE(os.stat(path).st_mode)), (summary_of(REPORT), mode))
        self.assertEqual(run("report", "--save", "new", self.one, cwd=self.folder).returncode, 0)
        self.assertEqual(Path(self.path("new")).read_bytes(), summary_of(REPORT))

    def test_an_empty_file_is_filled(self):
        path = self.file("e", b"", 0o600)
        self.assertEqual(run("report", "--save", path, self.one).returncode, 0)
        self.assertEqual((Path(path).read_bytes(), stat.S_IMODE(os.stat(path).st_mode)), (summary_of(REPORT), 0o600))

    def test_a_file_name_of_maximal_length(self):
        path = self.path("n" * 255)
        self.assertEqual(run("report", "--save", path, self.one).returncode, 0)
        self.assertEqual(Path(path).read_bytes(), summary_of(REPORT))

    def test_a_summary_that_cannot_be_read_is_not_overwritten(self):
        whole = summary_of(REPORT)
        newer = whole.replace(b"summary 2", b"summary 3")
        self.assertNotEqual(newer, whole)
        for octets in (whole[:-2], whole[:10], whole + b"\n", newer, b"\0" * 100, b"\n"):
            path = self.file("d", octets)
            for arguments in (["--add", path, "--save", path, self.other], ["--save", path, self.other],
                              ["--save", path, "--add", self.state]):
                with self.subTest(octets=octets, arguments=arguments), self.nothing_changes():
                    self.refused(run("report", *arguments), "neither empty nor a summary")

    def test_add_refuses_an_empty_file(self):
        path = self.file("e", b"")
        with self.nothing_changes():
            outcome = run("report", "--add", path, "--save", path, self.other)
            self.assertEqual((outcome.returncode, outcome.stderr.count(b"nothing saved")), (1, 1), outcome)

    def test_nothing_is_saved_if_any_input_is_unusable(self):
        bad, cut = self.file("bad.json", b"{"), self.file("cut", summary_of(OTHER)[:-2])
        for inputs, status in ((["--add", self.state, self.other, bad], 1), ([bad], 1), (["--add", cut, self.one], 1),
                               (["--add", self.state, "--add", cut], 1), ([self.one, self.state], 1),
                               (["--add", self.one], 1), ([self.one, self.path("absent")], 2),
                               ([self.one, "--add", self.path("absent")], 2), ([self.one, self.folder], 2)):
            for target in (self.state, self.path("new")):
                with self.subTest(inputs=inputs, target=target), self.nothing_changes():
                    outcome = run("report", "--save", target, *inputs)
                    self.assertEqual(outcome.returncode, status, outcome)
                    if status == 1:
                        self.assertIn(b"mtasts: nothing saved in " + target.encode(), outcome.stderr)

    def test_nothing_is_saved_if_a_report_is_truncated(self):
        cut = self.file("cut.json", REPORT_OF_TWO[:REPORT_OF_TWO.index(b'"policy-domain": "b.example"')])
        whole = self.file("whole.json", REPORT_OF_TWO)
        for inputs in ([cut], [self.one, cut], [cut, whole], [whole, cut], ["--add", self.state, cut]):
            for target in (self.state, self.path("new")):
                with self.subTest(inputs=inputs, target=target), self.nothing_changes():
                    outcome = run("report", "--save", target, *inputs)
                    self.assertEqual((outcome.returncode, outcome.stderr.count(b"not read to its end")), (1, 1), outcome)
                    self.assertIn(b"mtasts: nothing saved in " + target.encode(), outcome.stderr)
        # A report that is unusable only in part is read to its end.
        count = b'"total-failure-session-count": '
        odd = self.file("odd.json", REPORT_OF_TWO.replace(count + b"0", count + b'"?"'))
        self.assertEqual(run("report", "--save", self.path("new"), odd).returncode, 0)

    def test_each_of_several_concurrent_runs_is_saved_or_refused(self):
        reports = OTHER, OTHER.replace(b'"2"', b'"3"')
        added = [self.file(f"{number}.json", report) for number, report in enumerate(reports)]
        for number in range(60):
            target = self.file("state", summary_of(REPORT))
            runs = [subprocess.Popen([files.PROGRAM, "report", "--add", target, "--save", target, report],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for report in added]
            told = [process.communicate(timeout=60)[1] for process in runs]
            saved = sum(process.returncode == 0 for process in runs)
            self.assertEqual(Path(target).read_bytes().count(b"\nreport\t"), 1 + saved, (number, told))
            self.assertGreater(saved, 0, told)

    def test_a_report_is_never_replaced(self):
        os.symlink(self.one, self.path("link"))
        os.link(self.other, self.path("hard"))
        for target in (self.one, self.other, self.path("link"), self.path("hard")):
            for inputs in ([self.one], [self.other], [self.one, self.other], ["--add", self.state]):
                with self.subTest(target=target, inputs=inputs), self.nothing_changes():
                    self.refused(run("report", "--save", target, *inputs), "neither empty nor a summary")

    def test_anything_else_is_never_replaced(self):
        for octets in (GOOD, b"x", b"mtasts summary 1\n", b" ", REPORT):
            path = self.file("x", octets)
            with self.subTest(octets), self.nothing_changes():
                self.refused(run("report", "--save", path, self.one), "neither empty nor a summary")

    def test_a_summary_with_several_hard_links_is_refused(self):
        os.link(self.state, self.path("s2"))
        for added in (self.state, self.path("s2")):
            with self.nothing_changes():
                self.refused(run("report", "--add", added, "--save", self.state, self.other), "hard links")

    def test_a_link_to_a_summary_stays(self):
        os.symlink("s", self.path("link"))
        outcome = run("report", "--add", self.state, "--save", self.path("link"), self.other)
        self.assertEqual((outcome.returncode, Path(self.state).read_bytes()), (0, summary_of(REPORT, OTHER)), outcome)
        self.assertTrue(os.path.islink(self.path("link")))


files.main()
