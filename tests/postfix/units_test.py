# SPDX-License-Identifier: BSL-1.0
"""What the unit files make systemd do for the daemon.

    units_test.py
"""
import configparser
import pathlib
import unittest

UNITS = pathlib.Path(__file__).resolve().parents[2] / "examples/postfix/systemd"


def unit(name):
    # Some settings are repeated, and names are not in lower case.
    parser = configparser.RawConfigParser(strict=False, delimiters="=", comment_prefixes="#")
    parser.optionxform = str
    parser.read_string((UNITS / name).read_text(encoding="utf-8"))
    return parser


class Units(unittest.TestCase):
    def test_the_service_starts_after_time_sync_but_does_not_require_it(self):
        start = unit("mtasts-socketmap.service")["Unit"]
        self.assertIn("time-sync.target", start["After"].split())
        for wanted in ("Wants", "Requires", "BindsTo"):
            self.assertNotIn("time-sync.target", start.get(wanted, "").split())

    def test_systemd_restarts_both_units_without_limit(self):
        self.assertEqual(unit("mtasts-socketmap.service")["Unit"]["StartLimitIntervalSec"], "0")
        self.assertEqual(unit("mtasts-socketmap.service")["Service"]["Restart"], "on-failure")
        self.assertEqual(unit("mtasts-socketmap.socket")["Socket"]["TriggerLimitIntervalSec"], "0")

    def test_the_boot_id_is_passed_as_proc_is_hidden(self):
        service = unit("mtasts-socketmap.service")["Service"]
        self.assertEqual(service["ProcSubset"], "pid")
        self.assertIn("MTASTS_BOOT_ID=%b", service["Environment"].split())
        self.assertIn("MTASTS_BOOT_ID", (UNITS.parent / "clock.cpp").read_text(encoding="utf-8"))


unittest.main()
