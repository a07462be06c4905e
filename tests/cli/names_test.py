#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""names_test.py PROGRAM...: the names of all options, arguments and commands are valid in every version of CLI11.

CLI11 2.1 (Debian 12) accepts a name with a blank; CLI11 2.4 (Debian 13) throws on it at any command line. So this reads
the names from the help, where a name that an older version accepted is seen, too."""
import re
import subprocess
import sys
import unittest

# A program that is not built has no name.
PROGRAMS = [program for program in sys.argv[1:] if program]
del sys.argv[1:]
NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")
OPTION = re.compile(r"-[A-Za-z]|--[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")


def sections(text):
    """The lines of a help by its headings, such as "positionals"."""
    found, heading = {}, None
    for line in text.splitlines():
        if re.fullmatch(r"[A-Za-z ]+:", line):
            heading = line[:-1].lower()
        elif heading and re.match(r"  \S", line):
            found.setdefault(heading, []).append(line[2:])
    return found


def faults(text, commands):
    """What is wrong with the names in the help of these commands."""
    found = sections(text)
    # A line begins with an argument, before its type. The usage has only the names: one with a blank looks like two.
    arguments = [line.split()[0] for line in found.get("positionals", [])]
    usage = re.search(r"(?m)^Usage: (.*)$", text)[1].split()[1 + len(commands):]
    in_usage = [word.strip("[].") for word in usage if word.strip("[]") not in ("OPTIONS", "SUBCOMMAND", "SUBCOMMANDS")]
    wrong = [] if arguments == in_usage else [f"the arguments {arguments} are {in_usage} in the usage"]
    wrong += [name for name in [*in_usage, *(line.split()[0] for line in found.get("subcommands", []))]
              if not NAME.fullmatch(name)]
    for line in found.get("options", []):
        # CLI11 2.1 puts the default right after a name without a type.
        names = re.match(r"[^\s=]+(?:, [^\s=]+)*", line)[0]
        wrong += [name for name in re.split(r",\s*", names) if not OPTION.fullmatch(name)]
    return wrong


def helps(program, *commands):
    """The help of the program and of all its commands, with the arguments that show it."""
    outcome = subprocess.run([program, *commands, "--help"], capture_output=True, text=True, timeout=60, check=False)
    if outcome.returncode != 0:
        raise AssertionError(f"{program} {' '.join(commands)} --help: {outcome}")
    yield commands, outcome.stdout
    for line in sections(outcome.stdout).get("subcommands", []):
        yield from helps(program, *commands, line.split()[0])


class Names(unittest.TestCase):
    def test_names_of_all_commands_are_valid(self):
        self.assertTrue(PROGRAMS)
        for program in PROGRAMS:
            seen = dict(helps(program))
            self.assertGreater(len(seen), 3)
            for commands, text in seen.items():
                with self.subTest(program=program, commands=commands):
                    self.assertEqual(faults(text, commands), [])

    def test_invalid_names_are_found(self):
        help_of = "About\nUsage: p c [OPTIONS] {}\n\nPositionals:\n  {} TEXT ...  About\n\nOptions:\n  {} TEXT  About\n"
        for usage, argument, option, good in (
                ("[FILE...]", "FILE", "-h,--help", True), ("FILE", "FILE", "--max-age", True),
                ("[PATTERN HOST...]", "PATTERN HOST", "--help", False), ("A B", "A B", "--help", False),
                ("[FILE:2...]", "FILE:2", "--help", False), ("-FILE", "-FILE", "--help", False),
                ("FILE", "FILE", "--max_age!", False), ("FILE", "FILE", "-h,--he:lp", False)):
            with self.subTest(usage=usage, option=option):
                self.assertEqual(faults(help_of.format(usage, argument, option), ("c",)) == [], good)


if __name__ == "__main__":
    unittest.main()
