#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""docs.py examples OUT   writes a program with every example of the public headers
docs.py snippets DIR   writes every C++ snippet of the pages (README.md, CONTRIBUTING.md, docs/) as a program of its own
docs.py tables         brings the generated tables of docs/ up to date
docs.py run MTASTS     runs the commands of docs/program.md
docs.py pages          fails if a table is out of date, README.md is too long, a finding or name does not exist, an
                       excerpt is not in the example, or no test names a clause that a finding cites
docs.py check MTASTS   fails if the diagnosis in README.md is not what the program prints
docs.py options PROGRAM PAGE...   fails if the pages leave out a command or an option of the program"""
import gzip
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
PAGES = [README, ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
LONGEST_README = 12_000  # octets: it is read in one sitting
HEADERS = sorted((ROOT / "include").rglob("*.hpp"))
CLAUSE = re.compile(r"RFC (\d{4}) (\d+(?:\.\d+)*)")

# What the examples assume.
PREAMBLE = '''#pragma GCC diagnostic ignored "-Wunused-but-set-variable"
#pragma GCC diagnostic ignored "-Wunused-variable"
#include <cstdio>
#include <iostream>
#include <mtasts.hpp>
#include <mtasts/grammar/mailto.hpp>
#include <mtasts/grammar/reading/abnf.hpp>
#include <mtasts/grammar/reading/generate.hpp>
#include <mtasts/gzip.hpp>
#include <mtasts/report.hpp>
#include <mtasts/write/json_schema.hpp>

using namespace mtasts::literals;
using namespace mtasts;

#define CHECK(...) \\
    if (!(__VA_ARGS__)) return std::puts("false: " #__VA_ARGS__), 1
'''
SETTING = '''    std::string const body = "version: STSv1\\nmode: enforce\\nmx: *.example.com\\nmax_age: 604800 \\n";
    std::string_view const text = body;
    auto policy = check_sts_policy(text);
    auto record = check_sts_record("v=STSv1; id=1");
    auto tlsrpt = check_tlsrpt_record("v=TLSRPTv1; rua=mailto:a@example.com");
    auto const f = *policy.find(code::policy_trailing_space);
    auto const judged = judgement{"mta-sts.txt", "sts-policy", text, true, "", &policy.findings};
    findings found;
    std::vector<std::string_view> const hosts{"mail.example.com"};
    (void)record, (void)tlsrpt, (void)f, (void)judged, (void)hosts;
'''

# What the commands of docs/program.md assume.
REPORT = (ROOT / "examples/quickstart/good/report.json").read_text()
FILES = {"mta-sts.txt": "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 1209600\n",
         "old.txt": "version: STSv1\nmode: testing\nmx: mail.example.com\nmax_age: 1209600\n",
         "record.txt": "v=STSv1; id=20160831085700Z;\n",
         "a.example!b.example!1775001600!1775087999.json.gz": REPORT,
         "reports/one.json.gz": REPORT}


def examples():
    """(header, line number, code) of every `Example:` in the headers."""
    for header in HEADERS:
        comment = ""
        for number, line in enumerate(header.read_text().splitlines(), 1):
            part = re.match(r"\s*/// ?(.*)", line)
            comment = comment + " " + part[1] if part else ""
            done = re.search(r"Example: `([^`]+)`", comment)
            if done:
                yield header.relative_to(ROOT), number, done[1]
                comment = ""


def write_examples(out):
    functions, calls = [], []
    for header, number, code in examples():
        name = "example_" + re.sub(r"\W", "_", f"{header.stem}_{number}")
        if re.search(r" == |^!|publishable|has_value", code) and not code.startswith(("static_assert", "for")):
            code = f"CHECK({code.rstrip(';')});"
        elif not code.endswith((";", "}")):
            code = f"(void)({code});"
        functions.append(f"// {header}:{number}\nint {name}() {{\n{SETTING}    {code}\n    return 0;\n}}\n")
        calls.append(f"{name}()")
    meant = sum(header.read_text().count("Example:") for header in HEADERS)
    if len(calls) != meant or meant == 0:
        sys.exit(f"only {len(calls)} of {meant} examples can be read")
    Path(out).write_text(PREAMBLE + "\n".join(functions) + "\nint main() { return " + " || ".join(calls) + "; }\n")


def snippets():
    """(name, code) of every C++ snippet."""
    for page in PAGES:
        for number, code in enumerate(re.findall(r"```cpp\n(.*?)```", page.read_text(), re.S), 1):
            yield f"{page.stem}-{number}", code


def is_program(code):
    return "int main(" in code


def write_snippets(folder):
    """A snippet that is not a program is an excerpt of one: see `pages`."""
    programs = {f"{name}.cpp": code for name, code in snippets() if is_program(code)}
    if not programs:
        sys.exit("no page shows a program")
    Path(folder).mkdir(exist_ok=True)
    for old in Path(folder).glob("*.cpp"):
        if old.name not in programs:
            old.unlink()
    for name, code in programs.items():
        path = Path(folder, name)
        if not path.exists() or path.read_text() != code:
            path.write_text(code)


def run_commands(program):
    """Each command must succeed and print something."""
    commands = re.search(r"```sh\n(.*?)```", (DOCS / "program.md").read_text(), re.S)[1].splitlines()
    if not commands:
        sys.exit("docs/program.md shows no command")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        Path(folder, "mtasts").symlink_to(Path(program).resolve())
        env = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}
        for command in commands:
            done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True, check=False)
            if done.returncode != 0 or not done.stdout:
                sys.exit(f"$ {command}\n{done.stdout}{done.stderr}exit status {done.returncode}")


def meanings():
    """(section, slug, weight, clause, message) of every row of the table of findings."""
    table = (ROOT / "include/mtasts/finding/findings.def").read_text()
    row = r'^FINDING\((\w+),\s*(\w+),\s*"([^"]+)",\s*"((?:[^"\\]|\\.)*)"'
    for section in re.split(r"^// ", table.partition("clang-format off\n")[2], flags=re.M)[1:]:
        for name, weight, clause, message in re.findall(row, section, re.M):
            yield section.partition("\n")[0], name.replace("_", "-"), weight, clause, message.replace('\\"', '"')


def findings_table():
    words = {"unusable": "error, not usable", "faulty": "error", "doubtful": "warning", "remark": "note"}
    lines, current = [], None
    for section, slug, weight, clause, message in meanings():
        if section != current:
            current = section
            lines += ["", f"## {section}", "", "| finding | severity | clause | what it says |", "|---|---|---|---|"]
        message = re.sub(r"\{\w+\}", "…", message).replace("|", "\\|")
        lines.append(f"| `{slug}` | {words[weight]} | {clause} | {message} |")
    return "\n".join(lines) + "\n"


def members_table():
    """The members of a report, from the table that reader, writer and JSON Schema use."""
    schema = (ROOT / "include/mtasts/model/tlsrpt_schema.hpp").read_text()
    member = re.compile(r'tlsrpt_member\{\s*"([^"]+)",\s*value_form::(\w+),\s*&(\w+)::\w+,\s*when::(\w+),\s*when::(\w+),'
                        r'\s*cost::\w+,\s*"([^"]+)",\s*"([^"]+)"')
    inside = {f: f"`{n}`" for f, n in re.findall(r"object_name<(\w+)> =\s*tlsrpt_member_of<&\w+::(\w+)>", schema)}
    names = {field: name for name, field in re.findall(r'\{\s*"([^"]+)",\s*value_form::\w+,\s*&\w+::(\w+)', schema)}
    lines = ["| in | member | what it is | required | expected | clause | meaning |", "|---|---|---|---|---|---|---|"]
    for name, form, owner, required, expected, clause, about in member.findall(schema):
        place = names.get(inside.get(owner, "").strip("`"), "the report")
        words = [word.replace("_", " ").replace("never", "") for word in (form, required, expected)]
        lines.append(f"| {place} | `{name}` | {words[0]} | {words[1]} | {words[2]} | {clause} | {about} |")
    return "\n".join(lines)


def citations(paths):
    cited = {}
    for path in paths:
        for number, section in CLAUSE.findall(path.read_text(errors="replace")):
            cited.setdefault((int(number), tuple(map(int, section.split(".")))), set()).add(path)
        # "RFC 8461 3.1, 3.2": the sections that follow a comma.
        for number, rest in re.findall(r"RFC (\d{4}) \d[\d.]*((?:, \d[\d.]*\d|, \d)+)", path.read_text(errors="replace")):
            for section in re.findall(r"\d[\d.]*\d|\d", rest):
                cited.setdefault((int(number), tuple(map(int, section.split(".")))), set()).add(path)
    return cited


def tests_by_clause():
    return citations(p for p in (ROOT / "tests").rglob("*_test.*") if p.suffix in (".cpp", ".py"))


def clause_text(clause):
    return f"RFC {clause[0]} {'.'.join(map(str, clause[1]))}"


def conformance_table():
    headers, tests = citations(HEADERS), tests_by_clause()
    lines, rfc = [], None
    for clause in sorted(set(headers) & set(tests)):
        names = [sorted(p.relative_to(ROOT / base).as_posix() for p in found[clause] if p.name != "findings.def")
                 for base, found in (("include/mtasts", headers), ("tests", tests))]
        if all(names):
            if clause[0] != rfc:
                rfc = clause[0]
                lines += ["", f"### RFC {rfc}", "", "| section | headers | tests |", "|---|---|---|"]
            section = ".".join(map(str, clause[1]))
            lines.append(f"| {section} | " + " | ".join(", ".join(f"`{n}`" for n in part) for part in names) + " |")
    return "\n".join(lines) + "\n"


def departures_table():
    """The productions that are written differently than in the RFC, from the list that the test of the grammars uses."""
    _, *rows = (line.split("\t") for line in (ROOT / "tests/data/abnf/departures.tsv").read_text().splitlines())
    lines = ["| production | in the RFC | here | why |", "|---|---|---|---|"]
    for name, theirs, ours, why in rows:
        theirs, ours = ("none" if abnf == "-" else f"`{abnf}`" for abnf in (theirs, ours))
        lines.append(f"| `{name}` | {theirs} | {ours} | {why} |")
    return "\n".join(lines)


TABLES = {"findings.md": ("findings", findings_table), "conformance.md": ("conformance", conformance_table),
          "reports.md": ("members", members_table), "grammar.md": ("departures", departures_table)}


def with_table(page):
    name, table = TABLES[page]
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, _, rest = (DOCS / page).read_text().partition(begin)
    _, found, after = rest.partition(end)
    return before + begin + table() + "\n" + end + after if found else sys.exit(f"docs/{page} has no place for its table")


def write_tables():
    for page in TABLES:
        (DOCS / page).write_text(with_table(page))


def untested_clauses():
    """The clauses that a finding cites and no test names."""
    tested = tests_by_clause()
    cited = {(int(n), tuple(map(int, s.split(".")))) for _, _, _, clause, _ in meanings() for n, s in CLAUSE.findall(clause)}
    return sorted(clause_text(c) for c in cited if c not in tested)


def unknown_findings():
    """The slugs in the last column of the table of readings that no finding has."""
    rows = re.findall(r"^\|.*\|([^|]+)\|$", (DOCS / "conformance.md").read_text().split("\n## ")[1], re.M)
    named = {slug for cell in rows for slug in re.findall(r"`([^`]+)`", cell)}
    return sorted(named - {slug for _, slug, *_ in meanings()}) if named else ["no finding is named"]


def unknown_names():
    """Names with an underscore in the text of the pages that are in no source; parse_x and the like stand for many."""
    sources = (path for top in ("include", "examples", "tests", "packaging") for path in (ROOT / top).rglob("*")
               if path.suffix in (".hpp", ".cpp", ".txt", ".cmake"))
    known = {name for path in sources for name in re.findall(r"\w+", path.read_text(errors="replace"))}
    for page in PAGES:
        named = set(re.findall(r"`([a-z]+(?:_[a-z0-9]+)+)`", page.read_text()))
        yield from (f"{page.name}: there is no {name}" for name in sorted(named - known) if not name.endswith("_x"))


def check_pages():
    faults = [f"the table of docs/{page} is out of date: python3 tests/docs/docs.py tables"
              for page in TABLES if with_table(page) != (DOCS / page).read_text()]
    if README.stat().st_size > LONGEST_README:
        faults.append(f"README.md has more than {LONGEST_README} octets")
    example = (ROOT / "examples/unit_test/policy_test.cpp").read_text()
    faults += [f"{name} is neither a program nor in examples/unit_test/policy_test.cpp"
               for name, code in snippets() if not is_program(code) and code not in example]
    faults += unknown_names()
    faults += [f"docs/conformance.md: there is no finding {slug}" for slug in unknown_findings()]
    faults += [f"no test names {clause}, which a finding cites" for clause in untested_clauses()]
    sys.exit("\n".join(faults) or 0)


def check_diagnosis(program):
    policy, shown = re.findall(r"```text\n(.*?)```", README.read_text(), re.S)[:2]
    said = subprocess.run([program, "lint", "-"], input=policy, capture_output=True, text=True, check=False).stdout
    if said.replace("<stdin>", "mta-sts.txt") != shown:
        sys.exit("the diagnosis in README.md is not what the program prints:\n" + said)


def helps(program, *command):
    """(command, help text) of a program and of all its commands."""
    text = subprocess.run([program, *command, "--help"], capture_output=True, text=True, check=True).stdout
    yield command, text
    listed = re.split(r"\nsubcommands:\s*?\n", text, flags=re.I)[1:]
    for line in re.findall(r"^  (\S+)  ", "".join(listed), re.M):
        yield from helps(program, *command, line)


def check_options(program, *pages):
    """An option may also be named as a setting, `NAME = VALUE`."""
    text = "\n".join((ROOT / page).read_text() for page in pages)
    faults = []
    for command, said in helps(program):
        words = " ".join([Path(program).name, *command])
        if words not in text:
            faults.append(f"{pages[0]} leaves out {words}")
        options = re.findall(r"^  (?:-\w,)?(--[a-z0-9-]+)", said, re.M)
        faults += [f"{pages[0]} leaves out {option} of {words}" for option in options
                   if not re.search(rf"{option}(?![\w-])|^[# ]*{option[2:]} *=", text, re.M)]
    sys.exit("\n".join(faults) or 0)


if __name__ == "__main__":
    commands = {"examples": write_examples, "snippets": write_snippets, "run": run_commands, "tables": write_tables,
                "pages": check_pages, "check": check_diagnosis, "options": check_options}
    commands[sys.argv[1]](*sys.argv[2:])
