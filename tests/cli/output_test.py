#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""output_test.py MTASTS: a failure to write to standard output gives exit status 2, and the program writes only through
the two units for that."""
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv.pop(1))
SOURCES = Path(__file__).resolve().parents[2] / "examples/cli"
POLICY = b"version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 1209600\r\n"
RECORD = "v=STSv1; id=1"
SUMMARY = ["report", "--format", "summary", "-"]
REPORT = (b'{"organization-name":"A","contact-info":"a@a.example","report-id":"1","policies":[],"date-range":'
          b'{"start-datetime":"2026-08-31T00:00:00Z","end-datetime":"2026-08-31T23:59:59Z"}}')
COMMANDS = ["lint", "match", "write", "report", "senders", "explain", "grammar", "schema"]
# Everything the program prints when all is well: the arguments and the standard input.
PRINTED = [(["--help"], b""), (["--version"], b""), *(([command, "--help"], b"") for command in COMMANDS),
           *((["write", what, "--help"], b"") for what in ("sts-policy", "sts-record", "tlsrpt-record")),
           (["explain"], b""), (["explain", "policy-mx-missing"], b""), (["schema"], b""), (["grammar", "sts-policy"], b""),
           (["senders", "-"], POLICY), (["match", "*.example.com", "mail.example.com"], b""),
           (["match", "*.example.com", "mail.example"], b""),
           (["write", "sts-policy", "--mode", "none"], b""), (["write", "sts-record", "--zone", "example.com"], b""),
           (["write", "tlsrpt-record", "--rua", "a@b.example"], b""), (SUMMARY, REPORT),
           *((["report", "--format", form, "-"], REPORT) for form in ("table", "json", "csv")),
           *((["lint", "--format", form, "--text", "v=STSv1; id=-"], b"") for form in ("human", "json", "sarif", "github")),
           (["lint", "--fix", "--text", "v=STSv1 id=1"], b""), (["lint", "--fix", "-"], POLICY)]


def run(arguments, stdin, **options):
    return subprocess.run([PROGRAM, *arguments], input=stdin, stderr=subprocess.PIPE, timeout=60, check=False, **options)


class StandardOutput(unittest.TestCase):
    def refused(self, outcome, why):
        self.assertEqual(outcome.returncode, 2, outcome)
        self.assertIn(b"mtasts: cannot write the standard output: " + why + b"\n", outcome.stderr)

    def test_every_command_is_tried(self):
        shown = run(["--help"], b"", stdout=subprocess.PIPE).stdout.decode()
        self.assertEqual(sorted(re.findall(r"^  ([a-z]+)  ", shown.partition("Subcommands:")[2], re.M)), sorted(COMMANDS))

    def test_a_pipe_gets_everything(self):
        for arguments, stdin in PRINTED:
            with self.subTest(arguments):
                outcome = run(arguments, stdin, stdout=subprocess.PIPE)
                self.assertIn(outcome.returncode, (0, 1), outcome)
                self.assertTrue(outcome.stdout, outcome)

    def test_a_full_device_ends_with_2(self):
        for arguments, stdin in PRINTED:
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                self.refused(run(arguments, stdin, stdout=full), b"No space left on device")

    def test_a_closed_output_ends_with_2(self):
        for arguments, stdin in PRINTED:
            with self.subTest(arguments):
                self.refused(run(arguments, stdin, preexec_fn=lambda: os.close(1)), b"Bad file descriptor")

    def test_no_file_takes_the_place_of_a_closed_output(self):
        with tempfile.TemporaryDirectory() as folder:
            for closed in ([1], [1, 2], [0, 1, 2]):
                with self.subTest(closed):
                    path = Path(folder, "mta-sts.txt")
                    path.write_bytes(POLICY.replace(b"enforce", b"Enforce"))
                    outcome = run(["lint", "--fix", str(path)], None, preexec_fn=lambda: [os.close(n) for n in closed])
                    self.assertEqual((outcome.returncode, path.read_bytes()), (2, POLICY))
            self.assertEqual(os.listdir(folder), ["mta-sts.txt"])

    def test_a_closed_input_does_not_count_as_empty(self):
        outcome = run(["lint", "-"], None, stdout=subprocess.PIPE, preexec_fn=lambda: os.close(0))
        self.assertEqual((outcome.returncode, outcome.stdout), (2, b""))


class TwoWays(unittest.TestCase):
    """Files are replaced by replace_file.cpp and standard output is written by output.cpp; nothing else writes."""

    FILES = re.compile(r"\b(w?o?fstream|freopen|fdopen|tmpfile|mkstemps?|mkostemps?|creat|open|openat|p?write|writev|send|sendfile|"
                       r"rename|renameat2?|unlink|unlinkat|link|linkat|symlink|truncate|ftruncate|remove|remove_all|"
                       r"copy_file|resize_file|create_director\w+|f?chmod|fchmodat|f?chown|fchownat|[fl]?setxattr|"
                       r"[fl]?removexattr|utimensat|futimens|system|popen|exec\w+|posix_spawn\w*)\s*[({]|\bofstream\b", re.A)
    OUTPUT = re.compile(r"\b(stdout|cout|puts|putchar|vprintf|printf)\b|\bprint\s*\(\s*(?!stderr\b)", re.A)
    FOPEN = re.compile(r"\bf(?:re)?open(?:64)?\s*\((?![^()]*\([^()]*\)[^()]*, \"rb\"\))", re.A)

    def units(self, pattern, texts=None):
        """The units in which a pattern is found, ignoring comments."""
        texts = texts or {path.name: path.read_text(encoding="utf-8") for path in SOURCES.glob("*.[ch]pp")}
        return {name for name, text in texts.items() if pattern.search(re.sub(r"//.*", "", text))}

    def test_the_patterns_find_calls_that_write(self):
        for line in ("std::ofstream out(name);", "::open(path, O_WRONLY)", "::write(1, text, size)", "std::filesystem::rename(a, b);",
                     "std::remove(name);", "::mkstemp(name)", "std::fstream(name)"):
            self.assertEqual(self.units(self.FILES, {line: line}), {line})
        for line in ("fmt::print(\"{}\", a);", "std::printf(a);", "std::cout << a;", "fmt::print(stdout, a);", "std::puts(a)"):
            self.assertEqual(self.units(self.OUTPUT, {line: line}), {line})
        self.assertEqual(self.units(self.OUTPUT, {"a": "fmt::print(stderr, a); // stdout"}), set())
        for mode, found in (("rb", set()), ("wb", {"a"}), ("r+", {"a"}), ("ab", {"a"})):
            self.assertEqual(self.units(self.FOPEN, {"a": f'std::fopen(name.c_str(), "{mode}")'}), found)

    def test_only_replace_file_writes_files(self):
        self.assertEqual(self.units(self.FILES), {"replace_file.cpp", "file_attributes.cpp"})
        self.assertEqual(self.units(self.FOPEN), set())

    def test_only_output_writes_the_standard_output(self):
        self.assertEqual(self.units(self.OUTPUT), {"output.cpp"})


unittest.main()
