#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""schema_test.py MTASTS: the JSON Schema agrees with the reader about which reports are usable, formats aside."""
import copy
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

try:
    import jsonschema
except ImportError:
    print("schema_test.py: SKIPPED, because there is no Python module jsonschema (Debian: python3-jsonschema)")
    sys.exit(77)

PROGRAM = os.path.abspath(sys.argv.pop(1))
GOOD = {
    "organization-name": "Example Mail",
    "date-range": {"start-datetime": "2026-08-31T00:00:00Z", "end-datetime": "2026-08-31T23:59:59Z"},
    "contact-info": "tls@sender.example",
    "report-id": "2026-08-31_example.com",
    "policies": [{
        "policy": {"policy-type": "sts", "policy-string": ["version: STSv1", "mode: testing"],
                   "policy-domain": "example.com", "mx-host": ["mx.example.com"]},
        "summary": {"total-successful-session-count": 5, "total-failure-session-count": 2},
        "failure-details": [{"result-type": "validation-failure", "sending-mta-ip": "192.0.2.7",
                             "receiving-mx-hostname": "mx.example.com", "receiving-mx-helo": "mx",
                             "receiving-ip": "2001:db8::1", "failed-session-count": 2,
                             "additional-information": "https://a.example/", "failure-reason-code": "x"}]}]}
ABSENT = object()
VALUES = [ABSENT, None, True, 0, 7, -1, 1.0, 1.5, 9007199254740991, "", "7", "sts", "tlsa", "STS", "no-policy-found",
          "example.com", "b\u00fccher.example", "a@b.example", "2026-08-31T00:00:00Z", "192.0.2.1", [], ["a.example"], [7],
          [None], [[]], [{}], {}, {"x": 1}]
# Errors that only a format, or no schema, can express.
FORMATS = ("time-", "ip-", "report-contact-", "report-domain-syntax", "report-range-backwards")


def paths(value, here=()):
    """The places of all values below, also of those in arrays."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield here + (key,)
        yield from paths(child, here + (key,))


def changed(path, value):
    report = copy.deepcopy(GOOD)
    place = report
    for key in path[:-1]:
        place = place[key]
    if value is ABSENT:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return report


def has_null_string(report):
    """Whether an array of strings has null: the reader warns, the schema forbids it."""
    try:
        policy = report["policies"][0]["policy"]
    except (KeyError, IndexError, TypeError):
        return False
    arrays = [policy.get(name) for name in ("policy-string", "mx-host")] if isinstance(policy, dict) else []
    return any(isinstance(array, list) and None in array for array in arrays)


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        outcome = subprocess.run([PROGRAM, "schema"], capture_output=True, timeout=60, check=True)
        cls.schema = json.loads(outcome.stdout)

    def verdicts(self, reports):
        """Of each report, whether the reader finds it usable, and the errors."""
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for number, report in enumerate(reports):
                files.append(os.path.join(folder, str(number)))
                Path(files[-1]).write_text(json.dumps(report), encoding="utf-8")
            outcome = subprocess.run([PROGRAM, "lint", "--kind", "tlsrpt-report", "--format", "json", *files],
                                     capture_output=True, timeout=300, check=False)
        return [(r["usable"], {f["code"] for f in r["findings"] if f["severity"] == "error"})
                for r in json.loads(outcome.stdout)["results"]]

    def test_the_schema_is_valid(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_the_schema_agrees_with_the_reader(self):
        validator = jsonschema.Draft202012Validator(self.schema)
        cases = [((), GOOD)] + [(path, changed(path, value)) for path in paths(GOOD) for value in VALUES]
        compared = {True: 0, False: 0}
        for (path, report), (usable, errors) in zip(cases, self.verdicts([report for _, report in cases])):
            if errors and all(error.startswith(FORMATS) for error in errors):
                continue
            if has_null_string(report):
                self.assertFalse(validator.is_valid(report))
                continue
            compared[usable] += 1
            with self.subTest(path=path, report=json.dumps(report)):
                self.assertEqual(validator.is_valid(report), usable, errors)
        self.assertGreater(min(compared.values()), 100)

    def test_a_validator_may_assert_the_formats(self):
        asserting = jsonschema.Draft202012Validator(self.schema, format_checker=jsonschema.FormatChecker())
        self.assertTrue(asserting.is_valid(GOOD))
        failure = ("policies", 0, "failure-details", 0)
        for path, value in ((failure + ("sending-mta-ip",), "192.0.2.256"), (("contact-info",), "nobody")):
            with self.subTest(path):
                self.assertFalse(asserting.is_valid(changed(path, value)))

    def test_counts_above_the_greatest_exact_one_are_refused(self):
        validator = jsonschema.Draft202012Validator(self.schema)
        path = ("policies", 0, "summary", "total-successful-session-count")
        self.assertTrue(validator.is_valid(changed(path, 2**53 - 1)))
        self.assertFalse(validator.is_valid(changed(path, 2**53)))


unittest.main()
