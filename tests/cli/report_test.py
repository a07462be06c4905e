#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""report_test.py MTASTS: tries `mtasts report`: what counts, the output formats, summaries of summaries."""
import csv
import gzip
import io
import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv.pop(1))


def policy(domain="example.com", kind="sts", successful=10, failed=2, failures=()):
    return {"policy": {"policy-type": kind, "policy-string": ["version: STSv1"], "policy-domain": domain,
                       "mx-host": ["*.example.com"]},
            "summary": {"total-successful-session-count": successful, "total-failure-session-count": failed},
            "failure-details": list(failures)}


def failure(count=2, result="certificate-expired", **others):
    return {"result-type": result, "sending-mta-ip": "192.0.2.1", "receiving-mx-hostname": "MX1.example.com",
            "failed-session-count": count, **others}


def report(*policies, name="1", day="2024-03-09", contact="tls@reporter.example", organization="Reporter"):
    return json.dumps({"organization-name": organization, "contact-info": contact, "report-id": name,
                       "date-range": {"start-datetime": f"{day}T00:00:00Z", "end-datetime": f"{day}T23:59:59Z"},
                       "policies": policies}).encode()


ONE = report(policy(failures=[failure()]))
OTHER = report(policy(successful=1, failed=0), policy("other.example", "tlsa", 5, 0), name="2", day="2024-03-10")


def summary(*lines, form=2):
    """A summary as written by a program that knows the origin of its reports."""
    text = "".join(line + "\n" for line in (f"mtasts summary {form}", *lines))
    digest = 0xCBF29CE484222325
    for octet in text.encode():
        digest = (digest ^ octet) * 0x100000001B3 % 2 ** 64
    return f"{text}end\t{sum(line.startswith('report') for line in lines)}\t{digest}\n".encode()


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def file(self, name, octets):
        Path(self.path(name)).write_bytes(octets)
        return self.path(name)

    def report(self, *arguments, wanted=0, stdin=b""):
        outcome = subprocess.run([PROGRAM, "report", *arguments], input=stdin, capture_output=True, timeout=60, check=False)
        self.assertEqual(outcome.returncode, wanted, outcome)
        return outcome

    def json(self, *arguments, **options):
        return json.loads(self.report("--format", "json", *arguments, **options).stdout)

    def csv(self, *arguments, **options):
        text = self.report("--format", "csv", *arguments, **options).stdout.decode()
        return list(csv.DictReader(io.StringIO(text, newline="")))


class Counting(Folder):
    def test_sessions_and_failures_are_added_up(self):
        found = self.json(self.file("a.json", ONE), self.file("b.json.gz", gzip.compress(OTHER)))
        key = {"origin": "unknown", "day": "2024-03-09", "reporter": "reporter.example", "organization": "Reporter",
               "policy_domain": "example.com", "policy_type": "sts"}
        counts = {"successful": 10, "successful_unknown": 0, "failed": 2, "failed_unknown": 0, "overflowed": False}
        self.assertEqual(found["sessions"][0], {**key, **counts})
        self.assertEqual(len(found["sessions"]), 3)
        self.assertEqual(found["failures"], [{**key, "result_type": "certificate-expired", "mx_host": "mx1.example.com",
                                              "sending_ip": "192.0.2.1", "sessions": 2, "sessions_unknown": 0,
                                              "overflowed": False}])
        self.assertEqual((found["reports"], found["duplicates"]), (2, 0))
        self.assertEqual(found["origins"], [{"origin": "unknown", "reports": 2}])

    def test_a_report_counts_once(self):
        """RFC 8460 5.3"""
        one, copy = self.file("a.json", ONE), self.file("b.json", ONE)
        found = self.json(one, copy, "-", stdin=ONE)
        self.assertEqual((found["reports"], found["duplicates"], found["contradicted"]), (1, 2, 0))
        self.assertEqual(found["sessions"][0]["successful"], 10)

    def test_of_copies_that_differ_the_fuller_counts(self):
        """RFC 8460 5.3"""
        cut = self.file("cut.json", report(policy()))
        for files in ([cut, self.file("a.json", ONE)], [self.path("a.json"), cut]):
            found = self.json(*files)
            self.assertEqual((found["contradicted"], len(found["failures"])), (1, 1))

    def test_policies_and_failures_are_not_multiplied(self):
        """RFC 8460 4.4"""
        details = [failure(1), failure(2, "validation-failure"), failure(3, "starttls-not-supported")]
        found = self.json("-", stdin=report(policy(failures=details), policy(kind="tlsa")))
        self.assertEqual((len(found["sessions"]), len(found["failures"])), (2, 3))
        self.assertEqual([row["successful"] for row in found["sessions"]], [10, 10])

    def test_other_domains_are_left_out_and_counted(self):
        """RFC 8460 4.4: anybody may report about any domain"""
        files = [self.file("a.json", ONE), self.file("b.json", OTHER), self.file("c.json", report(policy("third.example"), name="3"))]
        found = self.json("--domain", "EXAMPLE.com.", *files)
        self.assertEqual({row["policy_domain"] for row in found["sessions"]}, {"example.com"})
        self.assertEqual((len(found["failures"]), found["other_domains"]), (1, 2))
        self.assertEqual(self.json("--domain", "example.com", "--domain", "other.example", *files)["other_domains"], 1)
        self.assertEqual(self.json("--domain", "absent.example", *files)["other_domains"], 3)
        self.assertIn(b"\n2 other policy domains left out\n", self.report("--domain", "example.com", *files).stdout)

    def test_missing_values_are_null(self):
        """RFC 8460 4.4: an invalid time is not a day of 1970, and a missing count is not zero"""
        text = json.loads(ONE)
        text["date-range"]["start-datetime"] = "yesterday"
        text["contact-info"] = None
        del text["policies"][0]["summary"]["total-failure-session-count"]
        found = self.json("-", stdin=json.dumps(text).encode())
        row = found["sessions"][0]
        self.assertEqual((row["day"], row["reporter"], row["failed"], row["failed_unknown"]), (None, "reporter", 0, 1))
        self.assertEqual((found["reports"], found["usable_in_part"], found["not_usable"]), (1, 1, 0))

    def test_a_report_without_policies_is_counted(self):
        """RFC 8460 4.4"""
        self.assertEqual(self.report("-", stdin=report()).stdout, b"1 report, 0 duplicates left out\norigin of all: unknown (files)\n1 report has no policies\n")


class Unusable(Folder):
    def test_an_unusable_report_is_named_with_reason_and_place(self):
        """RFC 8259 2"""
        bad = self.file("bad.json", b'{\n  "organization-name": oops}')
        outcome = self.report("--format", "json", bad, self.file("a.json", ONE), wanted=1)
        self.assertRegex(outcome.stderr.decode(), r"^\S*/bad\.json:2:24: not usable: [^\n]+\n$")
        found = json.loads(outcome.stdout)
        self.assertEqual((found["reports"], found["not_usable"]), (1, 1))

    def test_damaged_gzip_data_is_not_usable(self):
        """RFC 1952 2.3"""
        compressed = gzip.compress(ONE)
        for octets in (compressed[:-9], compressed[:-8] + b"\0" + compressed[-7:], b"PK\3\4" + bytes(100), b""):
            outcome = self.report("-", stdin=octets, wanted=1)
            self.assertIn(b"<stdin>:1:1: not usable: ", outcome.stderr)

    def test_bad_usage_ends_with_2(self):
        one = self.file("a.json", ONE)
        for arguments in ([], [self.path("absent")], [self.folder.name], ["--format", "xml", one], ["--nonsense", one],
                          ["--save", self.path("no/such/folder"), one], ["-", "-"], ["--add", "-", "-"], ["--domain", "a", "--format", "summary", one]):
            with self.subTest(arguments):
                outcome = self.report(*arguments, wanted=2)
                self.assertEqual((outcome.stdout, outcome.stderr.count(b"\n")), (b"", 1))


class Forms(Folder):
    def test_the_table_has_sessions_and_failures(self):
        outcome = self.report(self.file("a.json", ONE), self.file("b.json", OTHER), self.file("c.json", ONE))
        self.assertEqual(outcome.stdout.decode(), """\
2 reports, 1 duplicate left out
origin of all: unknown (files)

Sessions
day         reporter          organization  policy domain  policy type  successful  failed  failure rate
2024-03-09  reporter.example  Reporter      example.com    sts                  10       2        16.7 %
2024-03-10  reporter.example  Reporter      example.com    sts                   1       0         0.0 %
2024-03-10  reporter.example  Reporter      other.example  tlsa                  5       0         0.0 %

Failures
day         reporter          policy domain  policy type  result type          MX host          sending IP  sessions
2024-03-09  reporter.example  example.com    sts          certificate-expired  mx1.example.com  192.0.2.1          2
""")

    def test_a_rate_is_never_rounded_to_none_or_all(self):
        for successful, failed, shown in ((0, 0, "-"), (0, 1, "100.0 %"), (1, 0, "0.0 %"), (10 ** 6, 1, "<0.1 %"),
                                          (1, 10 ** 6, ">99.9 %"), (1, 1, "50.0 %"), (None, 1, "-")):
            table = self.report("-", stdin=report(policy(successful=successful, failed=failed))).stdout.decode()
            self.assertTrue(table.endswith(f"  {shown}\n"), table)

    def test_json_clamps_a_sum_above_the_greatest_count_and_csv_does_not(self):
        """RFC 7493 2.2"""
        files = [self.file(str(n), report(policy(successful=2 ** 53 - 1), name=str(n))) for n in range(2)]
        row = self.json(*files)["sessions"][0]
        self.assertEqual((row["successful"], row["overflowed"]), (2 ** 53 - 1, True))
        self.assertEqual(self.csv(*files)[0]["successful"], str(2 ** 54 - 2))

    def test_csv_has_a_row_for_each_sum(self):
        outcome = self.report("--format", "csv", self.file("a.json", ONE))
        self.assertEqual(outcome.stderr, b"1 report, 0 duplicates left out\norigin of all: unknown (files)\n")
        self.assertEqual(outcome.stdout.count(b"\r\n"), 3)
        self.assertEqual(outcome.stdout.count(b"\n"), 3)
        sessions, failures = self.csv(self.path("a.json"))
        self.assertEqual((sessions["kind"], sessions["successful"], sessions["failed"], sessions["failures"]), ("sessions", "10", "2", ""))
        self.assertEqual((failures["kind"], failures["successful"], failures["failed"], failures["failures"]), ("failures", "", "", "2"))
        self.assertEqual(failures["mx_host"], "mx1.example.com")
        self.assertNotIn(None, sessions)
        self.assertNotIn(None, failures)

    def test_hostile_strings_are_harmless_in_every_format(self):
        for word in ("=1+1", "+1", "-1", "@a", "\uff1d1", "\t=1", "\r=1", "a;=1", "a;;@b", 'a;"=1', "a,b", 'a"b', "a\nb", "\x1b[2J", "\u202ea", "\U000e0041", "\0", "\ud800",
                     "x" * 2000, "</script>", "#", "\\", "'"):
            with self.subTest(word):
                text = report(policy(failures=[failure(result=word, **{"receiving-mx-hostname": word})]), organization=word,
                              name=word, contact=word)
                files = self.file("a.json", text)
                for form in ("table", "json", "csv", "summary"):
                    shown = subprocess.run([PROGRAM, "report", "--format", form, files], capture_output=True, check=False, timeout=60).stdout
                    self.assertFalse({c for c in shown.decode() if not c.isprintable()} - set("\r\n" + "\t" * (form == "summary")))
                for row in self.csv(files) if word not in ("\ud800", "\0") else []:
                    # Some spreadsheets end cells at semicolons, even inside quotation marks.
                    for part in row["organization"].split(";"):
                        self.assertNotIn(part.lstrip('"')[:1], ("=", "+", "-", "@", "\t", "\r"))
                    self.assertEqual(row["policy_domain"], "example.com")


class Names(Folder):
    def test_the_file_name_gives_the_domain_that_the_report_lacks(self):
        """RFC 8460 5.1"""
        nothing = policy(kind="no-policy-found")
        del nothing["policy"]["policy-domain"], nothing["policy"]["policy-string"], nothing["policy"]["mx-host"]
        text = report(nothing)
        for name, domain in (("reporter.example!example.org!1709942400!1710028799.json", "example.org"), ("a.json", "")):
            row, = self.csv(self.file(name, text))
            self.assertEqual(row["policy_domain"], domain)


class Summaries(Folder):
    def test_summaries_of_parts_add_up_to_the_whole(self):
        """RFC 8460 5.3: a copy is left out across summaries, too"""
        one, other = self.file("a.json", ONE), self.file("b.json", OTHER)
        self.report("--save", self.path("first"), one)
        self.report("--save", self.path("second"), other, one)
        whole = self.report("--format", "summary", one, other).stdout
        self.assertEqual(self.report("--format", "summary", "--add", self.path("second"), "--add", self.path("first")).stdout, whole)
        self.assertEqual(self.report("--format", "summary", "--add", "-", one, stdin=whole).stdout, whole)
        self.assertEqual(self.json("--add", self.path("first"), "--add", self.path("second"))["duplicates"], 1)
        self.report("--save", self.path("first"), "--add", self.path("first"), "--add", self.path("second"))
        self.assertEqual(Path(self.path("first")).read_bytes(), whole)

    def test_a_summary_given_as_a_report_is_refused(self):
        """What strangers send is never taken for one's own summary."""
        whole = self.report("--format", "summary", self.file("a.json", ONE)).stdout
        outcome = self.report("--format", "json", "-", stdin=whole, wanted=1)
        self.assertEqual(json.loads(outcome.stdout)["reports"], 0)

    def test_a_report_truncated_before_its_id_is_not_counted_beside_the_whole(self):
        """RFC 8460 5.3: duplicates are dropped"""
        text = json.loads(report(policy()))
        policies_first = json.dumps({"policies": text.pop("policies"), **text}).encode()
        beginning = policies_first[:policies_first.index(b'"contact-info"')]
        whole, cut = self.file("a.json", policies_first), self.file("b.json", beginning)
        outcome = self.report("--format", "json", whole, cut, wanted=1)
        self.assertEqual(json.loads(outcome.stdout)["reports"], 1)

    def test_a_damaged_summary_is_not_used(self):
        whole = self.report("--format", "summary", self.file("a.json", ONE)).stdout
        for damaged in (whole[:-2], whole.replace(b"\t10\t", b"\t11\t"), whole + b"\n", whole + whole):
            outcome = self.report("--format", "json", "--add", "-", self.path("a.json"), stdin=damaged, wanted=1)
            self.assertRegex(outcome.stderr, rb"^-:[0-9]+: not usable: [^\n]+\n$")
            self.assertEqual(json.loads(outcome.stdout)["reports"], 1)

    def test_a_report_truncated_before_its_range_is_not_counted_beside_the_whole(self):
        """RFC 8460 4.1: the same report-id with another date-range is another report"""
        text = json.loads(report(policy()))
        text["date-range"] = text.pop("date-range")
        range_last = json.dumps(text).encode()
        whole = self.file("a.json", range_last)
        cut = self.file("b.json", range_last[:range_last.index(b'"end-datetime"')])
        outcome = self.report("--format", "json", whole, cut, wanted=1)
        self.assertEqual(json.loads(outcome.stdout)["reports"], 1)

    def test_a_report_id_used_for_another_day_is_another_report(self):
        """RFC 8460 4.1: the same report-id with another date-range is another report"""
        files = [self.file(day, report(policy(), day=day)) for day in ("2024-03-09", "2024-03-10")]
        found = self.json(*files)
        self.assertEqual((found["reports"], found["duplicates"], found["contradicted"]), (2, 0, 0))
        self.assertEqual([row["day"] for row in found["sessions"]], ["2024-03-09", "2024-03-10"])

    def test_origins_are_shown_separately(self):
        """RFC 8460 3: what is not signed by its reporter changes nothing that is"""
        signed = self.file("signed", summary(
            "report\tsigned\treporter.example\t1\t0\t1709942400\t1710028799\t0\tReporter",
            "session\texample.com\tsts\t7\t0\t1\t0"))
        found = self.json(self.file("a.json", ONE), "--add", signed)
        self.assertEqual((found["reports"], found["duplicates"], found["contradicted"]), (2, 0, 0))
        self.assertEqual(found["origins"], [{"origin": "unknown", "reports": 1}, {"origin": "signed", "reports": 1}])
        self.assertEqual([(row["origin"], row["successful"]) for row in found["sessions"]], [("unknown", 10), ("signed", 7)])
        self.assertEqual([row["origin"] for row in self.csv(self.path("a.json"), "--add", signed)], ["unknown", "signed", "unknown"])
        self.assertEqual(self.report(self.path("a.json"), "--add", signed).stdout.decode(), """\
2 reports, 0 duplicates left out
unknown (files): 1 report
signed by the reporter: 1 report

Sessions
origin   day         reporter          organization  policy domain  policy type  successful  failed  failure rate
unknown  2024-03-09  reporter.example  Reporter      example.com    sts                  10       2        16.7 %
signed   2024-03-09  reporter.example  Reporter      example.com    sts                   7       1        12.5 %

Failures
origin   day         reporter          policy domain  policy type  result type          MX host          sending IP  sessions
unknown  2024-03-09  reporter.example  example.com    sts          certificate-expired  mx1.example.com  192.0.2.1          2
""")
        self.assertIn(b"\norigin of all: signed by the reporter\n", self.report("--add", signed).stdout)

    def test_a_summary_in_format_1_is_read(self):
        """RFC 8460 5.3: a copy of a report in it is not counted"""
        old = self.file("old", summary("report\treporter.example\t1\t0\t0\tReporter\t19791",
                                       "session\texample.com\tsts\t10\t0\t2\t0",
                                       "failure\texample.com\tsts\tcertificate-expired\tmx1.example.com\t192.0.2.1\t2\t0", form=1))
        alone = self.report("--format", "csv", self.file("a.json", ONE)).stdout
        self.assertEqual(self.report("--format", "csv", "--add", old).stdout, alone)
        both = self.json("--add", old, self.path("a.json"))
        self.assertEqual((both["reports"], both["duplicates"]), (1, 1))

    def test_a_summary_of_a_newer_version_is_refused(self):
        outcome = self.report("--add", "-", wanted=1, stdin=summary(form=3))
        self.assertEqual(outcome.stderr, b"-:1: not usable: this summary was written by a newer version\n")

    def test_only_regular_files_are_replaced(self):
        os.mkfifo(self.path("pipe"))
        self.report("--save", self.path("pipe"), "-", stdin=ONE, wanted=2)
        self.assertEqual((os.listdir(self.folder.name), stat.S_ISFIFO(os.stat(self.path("pipe")).st_mode)), (["pipe"], True))

    def test_nothing_is_left_behind_if_nothing_could_be_saved(self):
        # A name that no file can have.
        self.report("--save", self.path("n" * 256), "-", stdin=ONE, wanted=2)
        self.assertEqual(os.listdir(self.folder.name), [])


unittest.main()
