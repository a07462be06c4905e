#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""cli_test.py MTASTS: tries the program: exit statuses, the JSON document, files and texts, --fix."""
import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv.pop(1))
GOOD = b"version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 1209600\r\n"
WARNED = GOOD.replace(b"1209600", b"300")
BROKEN = GOOD.replace(b"enforce", b"Enforce")
REPORT = {"organization-name": "A", "contact-info": "a@a.example", "report-id": "1", "policies": [],
          "date-range": {"start-datetime": "2026-08-31T00:00:00Z", "end-datetime": "2026-08-31T23:59:59Z"}}


def run(*arguments, stdin=b"", **environment):
    return subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, timeout=60, check=False,
                          env={**os.environ, **environment})


def lint_json(*arguments, **options):
    outcome = run("lint", "--format", "json", *arguments, **options)
    return json.loads(outcome.stdout)["results"]


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, octets):
        path = os.path.join(self.folder.name, name)
        Path(path).write_bytes(octets)
        return path

    def status(self, wanted, *arguments, **options):
        outcome = run(*arguments, **options)
        self.assertEqual(outcome.returncode, wanted, outcome)
        if wanted == 2:
            self.assertEqual(outcome.stderr.count(b"\n"), 1, outcome.stderr)
        return outcome


class ExitStatus(Folder):
    def test_exit_status_follows_the_severity(self):
        good, warned, broken = (self.file(n, t) for n, t in (("g", GOOD), ("w", WARNED), ("b", BROKEN)))
        self.status(0, "lint", good)
        self.status(0, "lint", warned)
        self.status(1, "lint", "--fail-on", "warning", warned)
        self.status(1, "lint", broken)
        self.status(0, "lint", "--fail-on", "never", broken)
        self.status(1, "lint", good, broken)

    def test_bad_usage_and_unreadable_input_end_with_2(self):
        for arguments in ([], ["nonsense"], ["lint"], ["lint", "--kind", "x", "-"], ["lint", "--format", "x", "-"],
                          ["lint", os.path.join(self.folder.name, "absent")], ["lint", self.folder.name],
                          ["lint", "--nonsense"], ["match", "a"], ["explain", "no-such-code"], ["grammar", "x"],
                          ["lint", "--kind", "sts-rrset", "--text", "{}"], ["lint", "--kind", "sts-rrset", "--text", "["],
                          ["lint", "--kind", "sts-rrset", "--text", "[1]"], ["write", "sts-policy"],
                          ["lint", "--text", "v=STSv1; id=1", "--mx", "a.example"], ["lint", "-", "-"],
                          ["lint", "--mx", "", "--text", "version: STSv1\nmode: none\nmax_age: 1"],
                          ["lint", "--fix", "--text", "x", "-"], ["lint", "--fix", "--text", "{}"], ["lint", "--fix", "--kind", "sts-rrset", "--text", "[]"],
                          ["write", "sts-record", "--zone", "a b"], ["lint", "--text", "a", "--text", "b"]):
            with self.subTest(arguments):
                self.status(2, *arguments)

    def test_control_characters_of_arguments_are_not_printed(self):
        outcome = self.status(2, "lint", "a\x1b[2J")
        self.assertNotIn(b"\x1b", outcome.stderr)


class Texts(Folder):
    def test_every_kind_is_linted(self):
        for kind, usable, unusable in (
                ("sts-record", "v=STSv1; id=1", "v=STSv1"),
                ("sts-policy", "version: STSv1\nmode: none\nmax_age: 1", ""),
                ("sts-rrset", '[["v=STSv1; i", "d=1"], ["x"]]', "[]"),
                ("tlsrpt-record", "v=TLSRPTv1; rua=mailto:a@b.example", "v=TLSRPTv1;"),
                ("tlsrpt-rrset", '[["v=TLSRPTv1; rua=mailto:a@b.example"]]', '[["x"],["y"]]'),
                ("tlsrpt-uri", "mailto:a@b.example", ""),
                ("mx-pattern", "*.example.com", "*"),
                ("ip-address", "2001:db8::1", "256.0.0.1"),
                ("report-filename", "a.example!b.example!0!86399.json", "report.json"),
                ("tlsrpt-report", json.dumps(REPORT), "{}"),
                ("report-subject", "Report Domain: b.example Submitter: a.example Report-ID: <1@a.example>", "-")):
            with self.subTest(kind):
                self.status(0, "lint", "--kind", kind, "--text", usable)
                self.status(1, "lint", "--kind", kind, f"--text={unusable}")
                result = lint_json("--kind", kind, "--text", usable)[0]
                self.assertEqual((result["kind"], result["usable"]), (kind, True))
                self.assertIsNotNone(result["value"])
                result = lint_json("--kind", kind, f"--text={unusable}")[0]
                self.assertEqual((result["usable"], result["value"]), (False, None))

    def test_a_text_may_be_empty_or_begin_with_a_dash(self):
        for text in ("", "-", "--help", "-x.example", "[]"):
            with self.subTest(text):
                for arguments in (["--text", text], [f"--text={text}"]):
                    result = lint_json("--kind", "mx-pattern", *arguments)[0]
                    self.assertEqual((result["input"], result["usable"]), ("<text>", False))

    def test_kind_is_recognised_by_the_text(self):
        for kind, text in (("sts-record", "v=STSv1; id=1"), ("sts-policy", "version: STSv1\nmode: none\nmax_age: 1\n"),
                           ("tlsrpt-record", "v=TLSRPTv1; rua=mailto:a@b.example"), ("sts-rrset", '[["v=STSv1; id=1"]]'),
                           ("tlsrpt-rrset", '[["v=TLSRPTv1; rua=mailto:a@b.example"]]'), ("mx-pattern", "*.example.com"),
                           ("tlsrpt-uri", "https://c.example/"), ("ip-address", "192.0.2.1"), ("ip-address", "::1"),
                           ("report-filename", "a.example!b.example!0!86399.json"), ("tlsrpt-report", " {}"),
                           ("tlsrpt-report", "\ufeff\n{}"), ("sts-record", '"v=STSv1; id=1"')):
            with self.subTest(text):
                self.assertEqual(lint_json("--text", text)[0]["kind"], kind)

    def test_one_final_line_end_is_not_part_of_the_text(self):
        for end, usable in ((b"", True), (b"\n", True), (b"\r\n", True), (b"\n\n", False), (b"\r", False), (b"\r\n\n", False)):
            with self.subTest(end):
                record = self.file("r", b"v=STSv1; id=1" + end)
                self.assertEqual(lint_json("--kind", "sts-record", record)[0]["usable"], usable)
        self.assertFalse(lint_json("--kind", "sts-record", "--text", "v=STSv1; id=1\n")[0]["usable"])
        policy = self.file("p", GOOD + b"\n")
        self.assertFalse(lint_json(policy)[0]["usable"])

    def test_octets_that_are_not_utf8_leave_the_json_valid(self):
        path = os.fsencode(self.folder.name) + b"/\xff.txt"
        with open(path, "wb") as out:
            out.write(GOOD + b"x: \xff\n")
        outcome = run("lint", "--format", "json", path)
        result = json.loads(outcome.stdout)["results"][0]
        self.assertTrue(result["input"].endswith("\\xFF.txt"))
        self.assertFalse(result["usable"])

    def test_a_text_above_the_limit_is_refused(self):
        big = GOOD + b"x: " + b"a" * (65536 - len(GOOD) - 3)
        self.assertTrue(lint_json(self.file("p", big))[0]["usable"])
        over = lint_json(self.file("p", big + b"a"))[0]
        self.assertEqual([f["code"] for f in over["findings"]], ["text-too-large"])
        huge = lint_json("--kind", "sts-policy", "-", stdin=b"a" * 10_000_000)[0]
        self.assertEqual([f["code"] for f in huge["findings"]], ["text-too-large"])

    def test_files_and_the_standard_input_are_linted_together(self):
        results = lint_json(self.file("a", GOOD), "-", stdin=BROKEN)
        self.assertEqual([r["usable"] for r in results], [True, False])
        self.assertEqual(results[1]["input"], "<stdin>")

    def test_options_accept_blank_lines_and_malformed_mx(self):
        policy = self.file("p", b"\xef\xbb\xbf" + GOOD + b"\n")
        self.status(1, "lint", policy)
        self.status(0, "lint", "--lenient", policy)
        mx = self.file("m", GOOD + b"mx: a_b.example\r\n")
        self.status(1, "lint", mx)
        self.status(0, "lint", "--skip-malformed-mx", mx)


class Output(Folder):
    def test_the_json_document_has_finding_and_value(self):
        finding = lint_json(self.file("p", WARNED))[0]["findings"][0]
        self.assertEqual({k: finding[k] for k in ("code", "severity", "clause", "offset", "length", "line", "column", "fix")},
                         {"code": "policy-max-age-short", "severity": "warning", "clause": "RFC 8461 3.2", "offset": 62,
                          "length": 3, "line": 4, "column": 10, "fix": None})
        self.assertEqual(lint_json("--text", "v=TLSRPTv1; rua=mailto:a@b.example; x=y")[0]["value"],
                         {"rua": ["mailto:a@b.example"], "extensions": [{"name": "x", "value": "y"}]})
        self.assertEqual(lint_json("--text", "v=STSv1; id=1")[0]["value"], {"id": "1", "extensions": []})

    def test_sarif_and_github_annotations_have_the_finding(self):
        broken = self.file("b", BROKEN)
        log = json.loads(self.status(1, "lint", "--format", "sarif", broken).stdout)
        self.assertEqual(log["runs"][0]["results"][0]["ruleId"], "policy-mode-case")
        self.assertTrue(self.status(1, "lint", "--format", "github", broken).stdout.startswith(b"::error file="))

    def test_no_colour_without_a_terminal(self):
        self.assertNotIn(b"\x1b", self.status(1, "lint", self.file("b", BROKEN)).stdout)

    def test_colour_on_a_terminal_unless_no_color_is_set(self):
        broken = self.file("b", BROKEN)
        for environment, coloured in (({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)):
            parent, child = os.openpty()
            environ = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
            with subprocess.Popen([PROGRAM, "lint", broken], stdout=child, env={**environ, **environment}) as process:
                process.wait(timeout=60)
                shown = os.read(parent, 65536)
            os.close(child)
            os.close(parent)
            self.assertEqual(b"\x1b[" in shown, coloured, shown)


class Cross(Folder):
    def codes(self, *arguments):
        return {f["code"] for r in lint_json(*arguments) for f in r["findings"]}

    def test_record_policy_and_mx_hosts_are_compared(self):
        policy, record = self.file("p", GOOD), self.file("r", b"v=STSv1; id=1\n")
        self.assertEqual(self.codes(policy, "--record", record, "--mx", "mail.example.com"), set())
        self.assertEqual(self.codes(policy, "--mx", "mail.example.com", "--mx", "b.example."), {"cover-host-missing"})
        self.assertEqual(self.codes("--mx", "mail.example.com", policy), set())
        self.assertEqual(self.codes(policy, "--mx", "b.example"), {"cover-host-missing", "cover-pattern-unused"})
        self.assertIn("pair-record-unusable", self.codes(policy, "--record", self.file("x", b"v=STSv1\n")))
        self.assertIn("pair-policy-unusable", self.codes("--policy", self.file("y", BROKEN), "--record", record))

    def test_files_given_without_an_option_are_not_compared(self):
        one, other = self.file("p", GOOD), self.file("q", GOOD)
        self.assertNotIn("pair-record-unusable", self.codes(one, other, self.file("x", b"v=STSv1\n")))

    def test_before_and_after_are_compared(self):
        before, record = self.file("p", GOOD), self.file("r", b"v=STSv1; id=1\n")
        after = self.file("q", GOOD.replace(b"enforce", b"testing"))
        self.assertTrue({"change-id-same", "change-enforce-dropped"} <=
                        self.codes(after, "--record", record, "--before", before, "--before", record))


class Fix(Folder):
    def test_a_corrected_file_replaces_the_old_one_with_its_mode(self):
        path = self.file("mta-sts.txt", BROKEN)
        os.chmod(path, 0o640)
        link = os.path.join(self.folder.name, "link")
        os.symlink(path, link)
        self.status(0, "lint", "--fix", link)
        self.assertEqual(Path(path).read_bytes(), GOOD)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o640)
        self.assertTrue(os.path.islink(link))
        self.assertEqual(sorted(os.listdir(self.folder.name)), ["link", "mta-sts.txt"])

    def test_a_record_keeps_its_line_end(self):
        path = self.file("r", b"v=STSv1 id=1\r\n")
        self.status(0, "lint", "--fix", "--kind", "sts-record", path)
        self.assertEqual(Path(path).read_bytes(), b"v=STSv1; id=1\r\n")

    def test_usable_and_uncorrectable_files_are_left_alone(self):
        for octets in (GOOD, b"<html>\n", b"\x00\xff"):
            path = self.file("p", octets)
            before = os.stat(path).st_ino
            run("lint", "--fix", "--kind", "sts-policy", path)
            self.assertEqual((Path(path).read_bytes(), os.stat(path).st_ino), (octets, before))

    def test_no_file_is_corrected_if_one_cannot_be(self):
        broken, rrset = self.file("b", BROKEN), self.file("r.json", b'[["v=STSv1; id=1"]]')
        self.status(2, "lint", "--fix", broken, rrset)
        self.assertEqual(Path(broken).read_bytes(), BROKEN)

    def test_a_corrected_text_is_printed(self):
        outcome = self.status(0, "lint", "--fix", "-", stdin=BROKEN)
        self.assertEqual(outcome.stdout, GOOD)
        self.assertEqual(self.status(0, "lint", "--fix", "--text", "v=STSv1 id=1").stdout, b"v=STSv1; id=1\n")


class OtherCommands(Folder):
    def test_match_says_whether_a_host_is_covered(self):
        policy = self.file("p", GOOD)
        for wanted, arguments in ((0, ["*.example.com", "mail.example.com."]), (1, ["*.example.com", "a.b.example.com"]),
                                  (1, ["*.example.com", ""]), (1, ["mx*.example.com", "mx1.example.com"]),
                                  (0, ["--policy", policy, "MAIL.example.com"]), (1, ["--policy", policy, "b.example"]),
                                  (1, ["--policy", policy, "mail.example.com", "b.example"]),
                                  (1, ["--policy", self.file("b", BROKEN), "mail.example.com"]),
                                  (0, ["mx.xn--bcher-kva.example", "mx.b\u00fccher.example"])):
            with self.subTest(arguments):
                self.status(wanted, "match", *arguments)

    def test_write_prints_policies_and_records(self):
        policy = self.status(0, "write", "sts-policy", "--mode", "enforce", "--mx", "mail.example.com", "--max-age", "1209600")
        self.assertEqual(policy.stdout, GOOD)
        path = self.file("p", GOOD)
        one = self.status(0, "write", "sts-record", "--policy", path, "--zone", "example.com").stdout
        self.assertRegex(one, rb'^_mta-sts\.example\.com\. IN TXT "v=STSv1; id=[0-9a-f]{32};"\n$')
        self.assertEqual(self.status(0, "write", "sts-record", "--policy", path, "--zone", "example.com").stdout, one)
        self.assertRegex(self.status(0, "write", "sts-record").stdout, rb"^v=STSv1; id=[0-9]{14}Z;\n$")
        self.assertEqual(self.status(0, "write", "tlsrpt-record", "--rua", "a,b@c.example").stdout,
                         b"v=TLSRPTv1; rua=mailto:a%2Cb@c.example;\n")

    def test_write_refuses_what_the_rfc_forbids(self):
        for arguments in (["sts-policy", "--mode", "enforce"], ["sts-policy", "--mode", "none", "--max-age", "31557601"],
                          ["sts-policy", "--mode", "enforce", "--mx", "*"], ["sts-record", "--id", "2016-08-31"],
                          ["tlsrpt-record", "--rua", "http://c.example/"], ["sts-record", "--id", ""]):
            with self.subTest(arguments):
                self.assertEqual(self.status(1, "write", *arguments).stdout, b"")

    def test_explain_grammar_and_senders_print_text(self):
        self.assertIn(b"RFC 8461 3.2", self.status(0, "explain", "policy-max-age-short").stdout)
        self.assertGreater(self.status(0, "explain").stdout.count(b"\n"), 150)
        self.assertIn(b'sts-id = %s"id=" 1*32(ALPHA / DIGIT)\n', self.status(0, "grammar", "sts-record").stdout)
        double = self.file("p", GOOD + b"mode: none\r\n")
        self.assertRegex(self.status(0, "senders", double).stdout, rb"mailauth +\S.*last")


unittest.main()
