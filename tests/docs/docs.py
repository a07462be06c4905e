#!/usr/bin/env python3
"""docs.py examples OUT   writes a program with every example of the public headers
docs.py snippets DIR   writes every C++ snippet of README.md as a program of its own
docs.py tables         brings the tables of README.md up to date
docs.py run MTASTS     runs the commands of README.md's section about the program
docs.py check MTASTS   fails if a table, the diagnosis shown in README.md, or the tests of a clause are missing"""
import gzip
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
HEADERS = sorted((ROOT / "include").rglob("*.hpp"))
CLAUSE = re.compile(r"RFC (\d{4}) (\d+(?:\.\d+)*)")

# What the examples take for granted.
PREAMBLE = '''#pragma GCC diagnostic ignored "-Wunused-but-set-variable"
#pragma GCC diagnostic ignored "-Wunused-variable"
#include <cstdio>
#include <iostream>
#include <mtasts.hpp>
#include <mtasts/grammar/mailto.hpp>

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

# What the commands of README.md take for granted.
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
        sys.exit(f"{len(calls)} examples can be read of {meant}")
    Path(out).write_text(PREAMBLE + "\n".join(functions) + "\nint main() { return " + " || ".join(calls) + "; }\n")


def snippets():
    return re.findall(r"```cpp\n(.*?)```", README.read_text(), re.S)


def write_snippets(folder):
    for number, code in enumerate(snippets(), 1):
        Path(folder, f"snippet_{number}.cpp").write_text(code)


def run_commands(program):
    """Each command must succeed and say something."""
    section = README.read_text().split("\n## The program\n")[1].split("\n## ")[0]
    commands = re.search(r"```sh\n(.*?)```", section, re.S)[1].splitlines()
    if not commands:
        sys.exit("README.md shows no command")
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
    """(slug, weight, clause, message) of every row of the table of meanings."""
    table = (ROOT / "include/mtasts/finding/findings.def").read_text()
    rows = re.findall(r'^FINDING\((\w+),\s*(\w+),\s*"([^"]+)",\s*"((?:[^"\\]|\\.)*)"', table, re.MULTILINE)
    return [(name.replace("_", "-"), weight, clause, message.replace('\\"', '"')) for name, weight, clause, message in rows]


def findings_table():
    words = {"unusable": "error, not usable", "faulty": "error", "doubtful": "warning", "remark": "note"}
    lines = ["| finding | severity | clause | what it says |", "|---|---|---|---|"]
    for slug, weight, clause, message in meanings():
        message = re.sub(r"\{\w+\}", "…", message).replace("|", "\\|")
        lines.append(f"| `{slug}` | {words[weight]} | {clause} | {message} |")
    return "\n".join(lines)


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
    lines = ["| clause | headers | tests |", "|---|---|---|"]
    for clause in sorted(set(headers) & set(tests)):
        names = [sorted(p.relative_to(ROOT / base).as_posix() for p in found[clause] if p.name != "findings.def")
                 for base, found in (("include/mtasts", headers), ("tests", tests))]
        if all(names):
            lines.append("| " + " | ".join([clause_text(clause)] + [", ".join(f"`{n}`" for n in part) for part in names]) + " |")
    return "\n".join(lines)


def readme_with_tables():
    text = README.read_text()
    for name, table in (("members", members_table()), ("findings", findings_table()), ("conformance", conformance_table())):
        text = re.sub(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", lambda m: m[1] + table + "\n" + m[2], text, flags=re.S)
    return text


def untested_clauses():
    """The clauses that findings cite and no test names."""
    tested = tests_by_clause()
    cited = {(int(n), tuple(map(int, s.split(".")))) for _, _, clause, _ in meanings() for n, s in CLAUSE.findall(clause)}
    return sorted(clause_text(c) for c in cited if c not in tested)


def check(program):
    faults = []
    if readme_with_tables() != README.read_text():
        faults.append("the tables of README.md are out of date: python3 tests/docs/docs.py tables")
    policy, shown = re.findall(r"```text\n(.*?)```", README.read_text(), re.S)[:2]
    said = subprocess.run([program, "lint", "-"], input=policy, capture_output=True, text=True, check=False).stdout
    if said.replace("<stdin>", "mta-sts.txt") != shown:
        faults.append("README.md shows another diagnosis than the program's:\n" + said)
    faults += [f"no test names {clause}, which a finding cites" for clause in untested_clauses()]
    sys.exit("\n".join(faults) or 0)


commands = {"examples": write_examples, "snippets": write_snippets, "run": run_commands,
            "check": check, "tables": lambda: README.write_text(readme_with_tables())}
commands[sys.argv[1]](*sys.argv[2:])
