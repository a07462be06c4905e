#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""lint_report_test.py MTASTS: tries the program on files of TLS-RPT reports: plain and gzip, valid and damaged."""
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv.pop(1))
REPORT = {
    "organization-name": "Example Mail",
    "date-range": {"start-datetime": "2026-08-31T00:00:00Z", "end-datetime": "2026-08-31T23:59:59Z"},
    "contact-info": "tls@sender.example",
    "report-id": "2026-08-31_example.com",
    "policies": [{
        "policy": {"policy-type": "sts", "policy-string": ["version: STSv1", "mode: testing"],
                   "policy-domain": "example.com", "mx-host": ["mx.example.com"]},
        "summary": {"total-successful-session-count": 5, "total-failure-session-count": 2},
        "failure-details": [{"result-type": "certificate-expired", "sending-mta-ip": "192.0.2.7",
                             "receiving-mx-hostname": "mx.example.com", "failed-session-count": 2}]}]}
TEXT = json.dumps(REPORT).encode()
NAME = "sender.example!example.com!1788134400!1788220799"
ZEROS = b"\0" * (1 << 20)
# Reports of others may be beside the repository.
OTHERS = Path(__file__).resolve().parents[3] / "shared/corpus/reports"


# A program built with AddressSanitizer reserves terabytes of address space, which therefore cannot be limited.
SANITIZED = b"__asan_init" in Path(PROGRAM).read_bytes()


def run(*arguments, stdin=b"", memory=None):
    def limit():
        if memory and not SANITIZED:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    return subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, timeout=60, check=False, preexec_fn=limit)


def members(*parts):
    return b"".join(gzip.compress(part) for part in parts)


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, octets):
        path = os.path.join(self.folder.name, name)
        Path(path).write_bytes(octets)
        return path

    def results(self, name, octets, *arguments):
        outcome = run("lint", "--format", "json", *arguments, self.file(name, octets))
        self.assertIn(outcome.returncode, (0, 1), outcome)
        return json.loads(outcome.stdout)["results"]

    def codes(self, name, octets, *arguments):
        """Usable or not, and the codes about the report and about the file's name."""
        first, *others = self.results(name, octets, *arguments)
        self.assertEqual(first["kind"], "tlsrpt-report")
        self.assertLessEqual({r["kind"] for r in others}, {"report-filename"})
        return first["usable"], [[f["code"] for f in r["findings"]] for r in [first, *others]]


class Containers(Folder):
    """RFC 8460 5.1, RFC 1952 2.3, RFC 8259 9: gzip data is decompressed within bounds, and checked."""

    def test_plain_and_gzip_are_read(self):
        for name, octets in ((f"{NAME}.json", TEXT), (f"{NAME}.json.gz", members(TEXT)), ("a.JSON", TEXT),
                             ("report", members(TEXT)), ("a.gz", members(TEXT[:7], b"", TEXT[7:]))):
            with self.subTest(name):
                self.assertEqual(self.codes(name, octets), (True, [[]]))
        for octets in (TEXT, members(TEXT)):
            outcome = run("lint", "-", stdin=octets)
            self.assertEqual((outcome.returncode, outcome.stdout.count(b"\n")), (0, 1), outcome)

    def test_the_value_is_the_report(self):
        self.assertEqual(self.results("a.json", TEXT)[0]["value"], REPORT)
        self.assertEqual(self.results("a.json.gz", members(TEXT))[0]["value"], REPORT)

    def test_every_prefix_of_gzip_data_is_truncated(self):
        whole = members(TEXT)
        for length in range(2, len(whole), 7):
            with self.subTest(length):
                self.assertEqual(self.codes("a.gz", whole[:length]), (False, [["gzip-truncated"]]))
        self.assertEqual(self.codes("a.gz", whole + whole[:-1]), (False, [["gzip-truncated"]]))

    @unittest.skipUnless(OTHERS.is_dir(), "no reports of others beside the repository")
    def test_reports_of_others_have_the_expected_findings(self):
        verdicts = {"tlsrpt-digest-006-minimal.json.gz": (False, ["report-member-missing", "report-policies-empty"]),
                    "tlsrpt-digest-007-badgzip.json.gz": (False, ["gzip-corrupt"]),
                    "tlsrpt-digest-008-notjson.json.gz": (False, ["json-literal"])}
        self.assertEqual(sorted(path.name for path in OTHERS.glob("*.gz")), sorted(verdicts))
        for name, (usable, codes) in verdicts.items():
            with self.subTest(name):
                self.assertEqual(self.codes(name, (OTHERS / name).read_bytes()), (usable, [codes]))

    def test_damaged_gzip_data_is_refused(self):
        whole = members(TEXT)
        damaged = {"method": whole[:2] + b"\7" + whole[3:],
                  "reserved flag": whole[:3] + b"\x80" + whole[4:],
                  "data": whole[:40] + b"\xff\xff\xff\xff" + whole[44:],
                  "CRC-32": whole[:-8] + bytes([whole[-8] ^ 1]) + whole[-7:],
                  "ISIZE": whole[:-1] + bytes([whole[-1] ^ 1]),
                  "second member": whole + whole[:-1] + b"\xff"}
        for what, octets in damaged.items():
            with self.subTest(what):
                self.assertEqual(self.codes("a.gz", octets), (False, [["gzip-corrupt"]]))

    def test_octets_after_gzip_data_are_reported(self):
        for rest in (b"\0", b"\n", b"\x1f", b"{}", TEXT):
            with self.subTest(rest):
                self.assertEqual(self.codes("a.gz", members(TEXT) + rest), (True, [["gzip-trailing"]]))

    def test_other_formats_are_named(self):
        for octets, name in ((b"PK\3\4", "zip"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"BZh9", "bzip2"), (b"\xfd7zXZ\0", "xz"),
                             (b"\x78\x9c", "zlib"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"H4sIAAAA", "base64")):
            with self.subTest(name):
                finding, = self.results("a.json.gz", octets + b"....")[0]["findings"]
                self.assertEqual(finding["code"], "gzip-other-format")
                self.assertIn(name, finding["message"])

    def test_decompression_bombs_are_refused_in_bounded_memory(self):
        noise = "".join(random.Random(1).choices("abcdefghijklmnop", k=1 << 20)).encode()
        for what, octets in (("ratio", members(ZEROS * 30)), ("ratio over members", members(*[ZEROS] * 30)),
                             ("size", b"".join([members(noise)] * 33)), ("stored", members(noise) * 80)):
            with self.subTest(what):
                path = self.file("a.json.gz", octets)
                outcome = run("lint", "--format", "json", path, memory=256 << 20)
                result, = json.loads(outcome.stdout)["results"]
                self.assertEqual([f["code"] for f in result["findings"]], ["gzip-large"])
                self.assertFalse(result["usable"])

    def test_a_small_text_may_compress_well(self):
        self.assertEqual(self.codes("a.json.gz", members(TEXT + b" " * 900_000)), (True, [[]]))

    def test_a_plain_text_above_the_limit_is_not_read(self):
        usable, codes = self.codes("a.json", TEXT + b" " * (32 << 20))
        self.assertEqual((usable, codes), (False, [["text-too-large"]]))
        self.assertEqual(self.codes("a.json", TEXT + b" " * ((32 << 20) - len(TEXT))), (True, [[]]))


class FileNames(Folder):
    """RFC 8460 5.1, RFC 8460 5.6: the file name is compared with the report, which counts."""

    def test_differences_from_the_report_are_reported(self):
        for name, wanted in ((f"{NAME}!001.json", []), ("report.json", []), ("a!b.json", []),
                             (f"Example Mail!{NAME.split('!', 1)[1]}.json", ["report-name-sender"]),
                             (f"{NAME.replace('example.com', 'example.net')}.json", ["report-name-domain"]),
                             (f"{NAME[:-3]}800.json", ["report-name-time"])):
            with self.subTest(name):
                usable, codes = self.codes(name, TEXT)
                self.assertEqual((usable, codes), (True, [[], wanted] if wanted else [[]]))

    def test_an_extension_that_contradicts_the_compression_is_reported(self):
        self.assertEqual(self.codes("a.json", members(TEXT)), (True, [[], ["report-name-compression"]]))
        self.assertEqual(self.codes("a.json.gz", TEXT), (True, [[], ["report-name-compression"]]))

    def test_the_name_is_shown_as_a_separate_input(self):
        path = self.file("x y!y!1!2.json", TEXT)
        shown = run("lint", path).stdout.decode()
        self.assertIn(f"{path} (file name):1:5: warning: the file name has the policy domain \"y\"", shown)
        self.assertIn(f"{path} (file name): report-filename usable, 0 errors, ", shown)
        self.assertEqual(run("lint", "--fail-on", "warning", path).returncode, 1)
        self.assertEqual(run("lint", path).returncode, 0)


class Findings(Folder):
    """RFC 8460 4.4, RFC 8259 2: findings about a report, in every format."""

    FAULTY = TEXT.replace(b'"failed-session-count": 2', b'"failed-session-count": "2"')

    def test_findings_have_json_pointers(self):
        finding, = self.results("a.json", self.FAULTY)[0]["findings"]
        self.assertEqual((finding["code"], finding["pointer"]),
                         ("report-count-quoted", "/policies/0/failure-details/0/failed-session-count"))
        self.assertIn(b" = at /policies/0/failure-details/0/failed-session-count\n",
                      run("lint", self.file("a.json", self.FAULTY)).stdout)
        first, second = self.results("a.json.gz", members(self.FAULTY) + b"x")[0]["findings"]
        self.assertEqual((first["code"], first["pointer"]), ("gzip-trailing", ""))
        self.assertEqual((second["code"], second["pointer"]), (finding["code"], finding["pointer"]))

    def test_findings_name_known_quirks_of_senders(self):
        damaged = TEXT.replace(b"T00:00:00Z", b"T00:00:00").replace(b": 5", b": -5")
        path = self.file("Example!example.com!1788134400!1788220799.json", damaged)
        first, second, third = [f for r in json.loads(run("lint", "--format", "json", path).stdout)["results"]
                                for f in r["findings"]]
        self.assertEqual((first["code"], first["quirk"]["name"]), ("time-zone-missing", "zoneless-time"))
        self.assertIn("Microsoft", first["quirk"]["seen_from"])
        self.assertEqual((second["code"], second["quirk"]), ("report-count-negative", None))
        self.assertEqual((third["code"], third["quirk"]["name"]), ("report-name-sender", "file-named-otherwise"))
        self.assertIn(b" = seen from Microsoft", run("lint", path).stdout)

    def test_other_texts_have_no_pointers(self):
        for kind, octets in (("sts-record", b"v=STSv1; id=-"), ("ip-address", b"")):
            finding = self.results("a", octets, "--kind", kind)[0]["findings"][0]
            self.assertFalse({"pointer", "quirk"} & set(finding))

    def test_sarif_and_github_have_the_pointer(self):
        path = self.file("a.json.gz", members(self.FAULTY))
        log = json.loads(run("lint", "--format", "sarif", path).stdout)
        self.assertEqual([r["ruleId"] for r in log["runs"][0]["results"]], ["report-count-quoted"])
        self.assertRegex(run("lint", "--format", "github", path).stdout, rb"^::error file=\S+,line=1,col=\d+,title=report-")
        result = log["runs"][0]["results"][0]
        self.assertTrue(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].startswith("/"), result)
        self.assertRegex(run("lint", "--format", "github", path).stdout, rb"at /\S+\n")
        self.assertEqual(run("lint", path).returncode, 1)

    def test_kind_is_recognised_by_name_and_content(self):
        for name, octets in (("a.json", b""), ("a.json.gz", b""), ("a.json", b"[1]"), ("a.json", b"[[["), ("x", b"{"), ("x", b"\xef\xbb\xbf{}"),
                             ("x", b"\x1f\x8b")):
            with self.subTest((name, octets)):
                self.assertEqual(self.codes(name, octets)[0], False)
        self.assertEqual(self.results("rrset.json", b'[["v=STSv1; id=1"]]')[0]["kind"], "sts-rrset")

    def test_reports_are_not_corrected(self):
        path = self.file("a.json", self.FAULTY)
        outcome = run("lint", "--fix", path)
        self.assertEqual((outcome.returncode, outcome.stderr.count(b"\n")), (2, 1), outcome)
        self.assertEqual(Path(path).read_bytes(), self.FAULTY)

    def test_control_characters_of_a_report_are_escaped(self):
        hostile = dict(REPORT, **{"organization-name": "\x1b[2J\u202e\x9b\U000e0041", "report-id": 7, "x\x1b[2J": 1})
        path = self.file("a\x1b!b!c!d.json", json.dumps(hostile, ensure_ascii=False).encode())
        for form in ("human", "json", "sarif", "github"):
            shown = run("lint", "--format", form, path).stdout.decode()
            self.assertFalse(set(shown) & set("\x1b\u202e\x9b\U000e0041"), shown)
            if form in ("json", "sarif"):
                json.loads(shown)


unittest.main()
