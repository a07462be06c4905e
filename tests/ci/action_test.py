#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""action_test.py MTASTS: runs the steps of the GitHub Action like a runner: with the environment that the action
declares, in the shell that it names. Without the Python module yaml this test is skipped."""
import json
import re
import unittest

from repository import POLICY, RECORD, ROOT, Repository, policy, record, skip

try:
    import yaml
except ImportError:
    skip("there is no Python module yaml here (Debian package python3-yaml)")

FOLDER = ROOT / ".github/actions/lint"
ACTION = yaml.safe_load((FOLDER / "action.yml").read_text())


class Action(Repository):
    def run_action(self, event, **inputs):
        """Status and output of the steps that run a command, and the outputs of the step "lint"."""
        inputs = {name: about["default"] for name, about in ACTION["inputs"].items()} | {
            name.replace("_", "-"): value for name, value in inputs.items()}

        def value(expression):
            context, *way = expression.group(1).split(".")
            found = {"inputs": inputs, "github": {"event": event}}[context]
            for name in way:
                found = found.get(name, "") if isinstance(found, dict) else ""
            return found

        said, output = "", self.scratch / "output"
        output.write_text("")
        for step in ACTION["runs"]["steps"]:
            if "run" not in step:
                continue
            # An expression in a script would let an input run commands; it belongs in the environment.
            self.assertNotIn("${{", step["run"])
            env = {name: re.sub(r"\$\{\{ ([\w.-]+) \}\}", value, text) for name, text in step.get("env", {}).items()}
            script = self.scratch / "step.sh"
            script.write_text(step["run"])
            outcome = self.run_here("bash", "--noprofile", "--norc", "-eo", "pipefail", script, **env,
                                    GITHUB_ACTION_PATH=str(FOLDER), GITHUB_OUTPUT=str(output), RUNNER_TEMP=str(self.scratch))
            said += outcome.stdout + outcome.stderr
            if outcome.returncode:
                break
        return outcome.returncode, said, dict(line.split("=", 1) for line in output.read_text().splitlines())

    def rules(self, outputs):
        """The rules of all results but notes, each of which must have a place in one of the files."""
        with open(outputs["sarif"], encoding="utf-8") as file:
            log = json.load(file)
        self.assertEqual(log["version"], "2.1.0")
        for result in log["runs"][0]["results"]:
            place = result["locations"][0]["physicalLocation"]
            self.assertIn(place["artifactLocation"]["uri"], (POLICY, RECORD, "_smtp._tls.txt"))
            self.assertGreaterEqual(place["region"]["startLine"], 1)
        return [result["ruleId"] for result in log["runs"][0]["results"] if result["level"] != "note"]

    def test_a_push_is_compared_with_the_branch_before(self):
        """RFC 8461 3.1: a push is compared with what the branch had before it."""
        first = self.commit(policy=policy(), record=record(1))
        status, said, outputs = self.run_action({"before": "0" * 40}, record=RECORD)
        self.assertEqual((status, self.rules(outputs)), (0, []), said)
        self.commit(policy=policy("mx2"))
        status, said, outputs = self.run_action({"before": first}, record=RECORD)
        self.assertEqual((status, self.rules(outputs)), (1, ["change-id-same"]), said)
        self.assertIn(f"::error file={POLICY},line=1,col=1,title=change-id-same::", said)
        self.commit(record=record(2))
        status, said, outputs = self.run_action({"before": first}, record=RECORD)
        self.assertEqual((status, self.rules(outputs)), (0, []), said)

    def test_a_pull_request_is_compared_with_its_merge_base(self):
        """A pull request is compared with its merge base, whatever the target branch published since."""
        self.commit(policy=policy(), record=record(1))
        self.git("checkout", "--quiet", "-b", "topic")
        self.commit(policy=policy("mx2"), record=record(2))
        self.git("checkout", "--quiet", "main")
        target = self.commit(policy=policy("mx3"), record=record(3))
        self.git("checkout", "--quiet", "topic")
        event = {"pull_request": {"base": {"sha": target}}}
        self.assertEqual(self.run_action(event, record=RECORD)[0], 0)
        self.commit(policy=policy("mx4"), record=record(1))
        status, said, outputs = self.run_action(event, record=RECORD)
        self.assertEqual((status, self.rules(outputs)), (1, ["change-id-same"]), said)

    def test_all_inputs_are_used(self):
        self.commit(policy=policy(), record="v=STSv1; id=-\n", tlsrpt="v=TLSRPTv1\n")
        inputs = {"record": RECORD, "tlsrpt_record": "_smtp._tls.txt", "mx": "mx1.example.com  mx2.example.com"}
        status, said, outputs = self.run_action({}, **inputs)
        rules = self.rules(outputs)
        self.assertEqual(status, 1, said)
        self.assertIn("cover-host-missing-testing", rules)
        self.assertIn("record-id-characters", rules)
        self.assertIn("::error file=_smtp._tls.txt,line=1,", said)
        self.assertEqual(self.run_action({}, **inputs, fail_on="never")[0], 0)

    def test_an_unknown_base_or_missing_file_ends_with_2(self):
        self.commit(policy=policy(), record=record(1))
        status, said, outputs = self.run_action({"before": "12" * 20}, record=RECORD)
        self.assertEqual((status, outputs), (2, {}), said)
        self.assertEqual(self.run_action({}, policy="absent.txt")[0], 2)

    def test_inputs_run_no_commands(self):
        self.commit(policy=policy())
        for hostile in ("$(touch owned)", "; touch owned", "`touch owned`", "--help"):
            for name in ("policy", "record", "mx", "tlsrpt_record", "fail_on"):
                self.run_action({}, **{name: hostile})
        self.assertFalse((self.folder / "owned").exists())

    def test_readme_names_existing_hooks_and_inputs(self):
        hooks, workflow = map(yaml.safe_load, re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(), re.S))
        there = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
        self.assertEqual([hook["id"] for hook in hooks["repos"][0]["hooks"]], list(there))
        self.assertEqual(hooks["repos"][0]["hooks"][-1]["args"], there["mtasts-id"]["args"])
        self.assertLessEqual(set(workflow["steps"][1]["with"]), set(ACTION["inputs"]))
        self.assertTrue(workflow["steps"][1]["uses"].split("@")[0].endswith(str(FOLDER.relative_to(ROOT))))

    def test_the_sarif_file_is_uploaded_even_after_a_failure(self):
        upload, = [step for step in ACTION["runs"]["steps"] if "uses" in step]
        self.assertEqual(upload["with"]["sarif_file"], ACTION["outputs"]["sarif"]["value"])
        self.assertIn("always()", upload["if"])


unittest.main()
