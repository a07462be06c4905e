# SPDX-License-Identifier: BSL-1.0
"""What the commands say to a user who has only the README and --help.

    words_test.py PROGRAM
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))


class Words(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name).resolve()
        self.database = self.path / "policies.sqlite"
        self.good = [f'socket = "unix:{self.path}/socket"', f'database = "{self.database}"', 'trust-anchor = ""',
                     'resolver = "127.0.0.1@1"', 'dns-time-limit = 1']
        self.write(self.good)

    def write(self, lines):
        (self.path / "conf").write_text("".join(line + "\n" for line in lines))

    def run_with(self, *arguments, status, program=PROGRAM):
        """Run in the directory of the settings file, which is named by a relative path."""
        outcome = subprocess.run([program, "--config", "conf", *arguments], cwd=self.path, stdin=subprocess.DEVNULL,
                                 capture_output=True, timeout=60, check=False, text=True)
        self.assertEqual(outcome.returncode, status, outcome)
        return outcome

    def run_daemon_once(self):
        """A daemon makes the database."""
        with subprocess.Popen([PROGRAM, "--config", self.path / "conf"], stderr=subprocess.PIPE, text=True) as daemon:
            while "event=ready" not in daemon.stderr.readline():
                self.assertIsNone(daemon.poll())
            daemon.terminate()
            daemon.stderr.read()

    def test_faults_are_sorted_with_one_on_each_line(self):
        self.write(["refresh = 1d", "socket = unix:/nowhere/socket", "recheck 5", 'override = "a.example maybe"'])
        faults = ['conf:1: refresh: "1d" is not a whole number; write seconds, such as 86400',
                  "conf:2: socket: /nowhere does not exist; create it: mkdir -p /nowhere",
                  'conf:3: recheck: "=" is missing; write: recheck = 5',
                  'conf:4: override: "a.example maybe": off, strict or mx and patterns must follow the domain']
        options = ["--database", "a.sqlite", "--trust-anchor", ""]
        lines = self.run_with("--check-config", *options, status=2).stderr.splitlines()
        self.assertEqual(lines, [*(f"mtasts-socketmap: {fault}" for fault in faults),
                                 "mtasts-socketmap: a running daemon keeps its previous settings"])
        afresh = self.run_with("query", "--afresh", "example.com", *options, status=2)
        self.assertEqual(afresh.stderr.splitlines(), lines[:-1])

    def test_a_fault_on_the_command_line_names_the_option(self):
        rows = [("--refresh=1d", '--refresh: "1d" is not a whole number; write seconds, such as 86400'),
                ("--answers=many", '--answers: "many" is not a whole number'),
                ("--answers=0", "--answers: 0 is not between 1 and 10000000"),
                ("--dane=leav", '--dane: "leav" is not one of ignore|leave|only'),
                ("--override=a.example maybe",
                 '--override: "a.example maybe": off, strict or mx and patterns must follow the domain')]
        for option, fault in rows:
            with self.subTest(option):
                self.assertEqual(self.run_with("--check-config", option, status=2).stderr,
                                 f"mtasts-socketmap: {fault}\n")

    def test_a_missing_settings_file_is_reported_with_the_command_that_creates_it(self):
        (self.path / "conf").unlink()
        self.assertIn(f"mtasts-socketmap: conf does not exist; create it: touch {self.path}/conf\n",
                      self.run_with("--check-config", status=2).stderr)

    def test_dump_and_purge_need_only_the_setting_database(self):
        self.run_daemon_once()
        self.write(["frob = 1", "refresh = 1d", "ca-file = /nowhere", 'override = "off.example off"', *self.good])
        dump = self.run_with("dump", status=0)
        self.assertEqual((dump.stdout, dump.stderr), ("", f"mtasts-socketmap: no policies in {self.database}\n"))
        purge = self.run_with("purge", "off.example", status=0)
        self.assertEqual(purge.stdout,
                         "0 policies forgotten\noff.example has an override, off: no policy is looked up\n")
        # The default might be another database than was meant.
        self.write([f"databse = {self.database}", "frob = 1"])
        fault = 'mtasts-socketmap: conf:1: databse: no such setting; did you mean "database"?\n'
        for command in [["dump"], ["purge", "--all"]]:
            self.assertEqual(self.run_with(*command, status=2).stderr, fault)
            self.run_with(*command, "--database", self.database, status=0)

    def test_a_missing_database_is_reported(self):
        for command in [["dump"], ["purge", "--all"]]:
            self.assertEqual(self.run_with(*command, status=2).stderr, f"mtasts-socketmap: {self.database} does not "
                             "exist; the daemon creates it when it starts\n")

    def test_without_a_daemon_a_query_says_how_to_start_one(self):
        self.assertEqual(self.run_with("query", "example.com", status=2).stderr,
                         f"mtasts-socketmap: no daemon answers at unix:{self.path}/socket: No such file or directory; "
                         "start it: systemctl enable --now mtasts-socketmap.socket, or without systemd: "
                         f"{PROGRAM} --config {self.path}/conf\n")

    def test_exit_statuses_are_in_the_help(self):
        self.assertIn("Exit status: 0 for OK, 1 for NOTFOUND, 2 for TEMP, PERM,",
                      self.run_with("query", "--help", status=0).stdout)

    def test_query_afresh_says_why_the_answer_is_notfound(self):
        self.write([*self.good, 'override = "off.example off"'])
        rows = [("192.0.2.1", "the destination is not a policy domain"), ("off.example", "an override says off"),
                ("example.com", "DNS does not say whether there is an MTA-STS record")]
        for destination, why in rows:
            with self.subTest(destination):
                outcome = self.run_with("query", "--afresh", destination, status=1)
                self.assertEqual(outcome.stdout, "NOTFOUND \n")
                self.assertIn(f'level=debug event=not-found destination={destination} why="{why}', outcome.stderr)

    def test_commands_of_doctor_work_in_any_directory(self):
        report = self.run_with("doctor", "--offline", "--postfix-config=etc", "--database=no/a b.sqlite",
                               "--socket=unix:a", "--tlsrpt", status=1).stdout
        self.assertIn(f"    fix: sudo {PROGRAM} --config {self.path}/conf --socket=unix:{self.path}/a "
                      f"'--database={self.path}/no/a b.sqlite' --tlsrpt=true doctor --postfix-config={self.path}/etc, "
                      "on the machine of Postfix\n", report)
        self.assertIn(f"    fix: fix {self.path}/conf, then systemctl restart mtasts-socketmap\n", report)
        copy = shutil.copy(PROGRAM, self.path / "another name")
        self.run_daemon_once()
        self.database.chmod(0o644)
        report = self.run_with("doctor", "--offline", "--database=policies.sqlite", program=copy, status=1).stdout
        self.assertIn(f"    fix: chmod 600 {self.database}\n", report)
        self.assertIn(f"    fix: '{copy}' --config {self.path}/conf --database={self.database} doctor\n", report)


unittest.main()
