# SPDX-License-Identifier: BSL-1.0
"""A command that cannot write its standard output ends with exit status 2, and says so.

    output_test.py PROGRAM
"""
import os
import pathlib
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))
COMMANDS = ["query", "dump", "purge", "doctor"]


def netstring(text):
    return b"%d:%s," % (len(text), text)


class StandardOutput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.listener = socket.socket(socket.AF_UNIX)
        cls.listener.bind(str(cls.path / "socket"))
        cls.listener.listen(8)
        threading.Thread(target=cls.answer, daemon=True).start()
        (cls.path / "conf").write_text(f'socket = "unix:{cls.path}/socket"\ndatabase = "{cls.path}/policies.sqlite"\n'
                                       'trust-anchor = ""\nresolver = "127.0.0.1@1"\ndns-time-limit = 1\n')
        cls.common = ["--config", str(cls.path / "conf")]
        # A daemon makes the database.
        with subprocess.Popen([PROGRAM, *cls.common, "--socket", f"unix:{cls.path}/second"], stderr=subprocess.PIPE,
                              text=True) as daemon:
            while "event=ready" not in daemon.stderr.readline():
                assert daemon.poll() is None
            daemon.terminate()
            daemon.stderr.read()
        with sqlite3.connect(cls.path / "policies.sqlite") as database:
            names = [row[1] for row in database.execute("PRAGMA table_info(policy)")]
            row = {"domain": "a.example", "owner": "a.example", "id": "1", "mode": "enforce", "max_age": 86400,
                   "fetched_wall": 1, "fetched_seen": 1, "refresh_seen": 2, "used_seen": 1,
                   "text": "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 86400\n"}
            database.execute(f"INSERT INTO policy VALUES ({','.join('?' * len(names))})",
                             [row.get(name) for name in names])

    @classmethod
    def tearDownClass(cls):
        cls.listener.close()
        cls.folder.cleanup()

    @classmethod
    def answer(cls):
        """Answers like the daemon."""
        while True:
            try:
                client, _ = cls.listener.accept()
            except OSError:
                return
            with client:
                client.recv(4096)
                client.sendall(netstring(b"OK secure match=a.example"))

    def printed(self):
        """Everything the program prints when nothing fails, except help."""
        return [*([command, "--help"] for command in COMMANDS), ["--help"], ["--version"],
                [*self.common, "--check-config"], [*self.common, "query", "a.example"], [*self.common, "dump"],
                [*self.common, "dump", "--texts"], [*self.common, "query", "--afresh", "[192.0.2.1]"],
                [*self.common, "doctor", "--offline"], [*self.common, "purge", "b.example"]]

    def run_with(self, arguments, **options):
        return subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60,
                              check=False, **options)

    def refused(self, outcome, why):
        self.assertEqual(outcome.returncode, 2, outcome)
        self.assertIn(b"mtasts-socketmap: cannot write the standard output: " + why + b"\n", outcome.stderr)

    def test_every_command_is_tried(self):
        shown = self.run_with(["--help"], stdout=subprocess.PIPE).stdout.decode()
        found = re.findall(r"^  ([a-z]+)  ", shown.partition("Subcommands:")[2], re.M)
        self.assertEqual(sorted(found), sorted(COMMANDS))

    def test_a_pipe_gets_everything(self):
        for arguments in self.printed():
            with self.subTest(arguments):
                outcome = self.run_with(arguments, stdout=subprocess.PIPE)
                self.assertIn(outcome.returncode, (0, 1), outcome)
                self.assertTrue(outcome.stdout, outcome)

    def test_a_full_device_ends_with_2(self):
        for arguments in self.printed():
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                self.refused(self.run_with(arguments, stdout=full), b"No space left on device")

    def test_a_closed_output_ends_with_2(self):
        for arguments in self.printed():
            with self.subTest(arguments):
                self.refused(self.run_with(arguments, preexec_fn=lambda: os.close(1)), b"Bad file descriptor")


unittest.main()
