#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""mail_test.py WRITE_MAIL: reads mails with reports back with Python's own parser (RFC 8460 5.3, RFC 6522 3)."""
import email
import email.policy
import email.utils
import gzip
import subprocess
import sys
import unittest

PROGRAM = sys.argv.pop(1)


def run(*arguments, octets=b""):
    return subprocess.run([PROGRAM, *arguments], input=octets, capture_output=True, check=True).stdout


class Mails(unittest.TestCase):
    def mail(self, name, compress=True):
        """The mail, its text as it was sent, and the octets of the report in it."""
        json = run("json", name)
        octets = gzip.compress(json) if compress else json
        raw = run("mail", name, octets=octets)
        message = email.message_from_bytes(raw, policy=email.policy.default)
        for part in message.walk():
            self.assertEqual(part.defects, [])
            for header in part.values():
                self.assertEqual(list(getattr(header, "defects", [])), [])
        self.check_lines(raw)
        self.check_parts(message, octets, compress)
        return message, raw

    def check_lines(self, raw):
        """RFC 5322 2.1.1, 2.3: lines end with CRLF and nothing else, and none is too long."""
        self.assertTrue(raw.endswith(b"\r\n"))
        self.assertNotIn(b"\r", raw.replace(b"\r\n", b""))
        self.assertNotIn(b"\n", raw.replace(b"\r\n", b""))
        self.assertTrue(raw.isascii())
        self.assertLessEqual(max(map(len, raw.split(b"\r\n"))), 998)

    def check_parts(self, message, octets, compress):
        """RFC 8460 5.3, RFC 6522 3: a text for people comes first, then the report."""
        self.assertEqual(message.get_content_type(), "multipart/report")
        self.assertEqual(message.get_param("report-type"), "tlsrpt")
        text, report = message.iter_parts()
        self.assertEqual(text.get_content_type(), "text/plain")
        self.assertEqual(report.get_content_type(), "application/tlsrpt+" + ("gzip" if compress else "json"))
        self.assertEqual(report["content-transfer-encoding"], "base64")
        self.assertEqual(report.get_payload(decode=True), octets)
        self.assertTrue(report.get_filename().endswith(".json.gz" if compress else ".json"))
        self.assertNotIn("\n", report.get_filename())

    def test_fields(self):
        """RFC 8460 5.1, 5.3, RFC 5322 3.6, RFC 8689 3: an ordinary mail has all required fields."""
        message, raw = self.mail("plain")
        self.assertLessEqual(max(map(len, raw.split(b"\r\n\r\n")[0].split(b"\r\n"))), 78)
        self.assertEqual(message["from"], "tls@company-x.example")
        self.assertEqual(message["to"], "reports@example.net")
        self.assertEqual(message["subject"], "Report Domain: xn--bcher-kva.example Submitter: company-x.example "
                                             "Report-ID: <2016-04-01.xn--bcher-kva.example@company-x.example>")
        self.assertEqual(message["tls-report-domain"], "xn--bcher-kva.example")
        self.assertEqual(message["tls-report-submitter"], "company-x.example")
        self.assertEqual(message["tls-required"], "No")
        self.assertEqual(message["mime-version"], "1.0")
        self.assertEqual(message["date"], "Sat, 02 Apr 2016 09:00:00 +0000")
        self.assertRegex(message["message-id"], r"^<[0-9a-f]{32}@company-x\.example>$")
        _, report = message.iter_parts()
        self.assertEqual(report.get_filename(), "company-x.example!xn--bcher-kva.example!1459468800!1459555199!"
                                                "20160401xnbcherkvaexamplecompanyxexample.json.gz")
        self.assertEqual(len(set(map(str.lower, message.keys()))), len(message.keys()))

    def test_again(self):
        """RFC 8460 5.3: a second try is the same mail; to another address it is another message."""
        self.assertEqual(self.mail("plain")[1], self.mail("plain")[1])
        self.assertNotEqual(self.mail("plain")[0]["message-id"], self.mail("quoted")[0]["message-id"])

    def test_json(self):
        """RFC 8460 5.3: a report without gzip arrives unchanged."""
        self.mail("plain", compress=False)

    def test_quoted(self):
        """RFC 5322 3.4.1: an address that needs quotation marks has them."""
        message, _ = self.mail("quoted")
        (address,) = message["to"].addresses
        self.assertEqual((address.username, address.domain), ('a,"b\\ c', "example.net"))

    def test_long_names(self):
        """RFC 5322 2.1.1, RFC 2231 3: names of maximal length are neither truncated nor folded."""
        message, _ = self.mail("long")
        domain = message["tls-report-domain"]
        self.assertEqual(len(domain), 253)
        self.assertIn(domain, message["subject"])
        _, report = message.iter_parts()
        self.assertTrue(report.get_filename().startswith(f"{domain}!{domain}!1459468800!"))

    def test_text(self):
        """RFC 2045 6: a text that is not ASCII arrives as it is."""
        message, _ = self.mail("text")
        text, _ = message.iter_parts()
        # RFC 2046 4.1.1: inside base64, lines end with CRLF.
        self.assertEqual(text.get_content(), "Grüße\r\nfrom a text that is not ASCII\r\n")
        self.assertIsNone(message["tls-required"])

    def test_boundary(self):
        """RFC 2046 5.1.1: a text cannot end its own part."""
        message, _ = self.mail("boundary")
        text, _ = message.iter_parts()
        self.assertTrue(text.get_content().endswith("--\r\nmore\r\n"))


if __name__ == "__main__":
    unittest.main()
