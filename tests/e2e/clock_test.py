# SPDX-License-Identifier: BSL-1.0
"""Clocks that jump: a policy ages by seen time, and no wall clock ends its protection.

    clock_test.py PROGRAM

RFC 8461 3.3, 5.1. A file adds offsets to the clocks of the daemon, so that no test waits.
"""
import os
import sys
import time

import domains
from lab import laboratory, run_check, wait_for
from socketmap import Daemon

DAY = 86400
WEEK = 7 * DAY


def secure(domain):
    return f"OK secure match=mx.{domain} servername=hostname"


def equal(found, wanted, what):
    assert found == wanted, f"{what}: {found!r}, not {wanted!r}"


def kept(daemon):
    return {line.split()[0].removeprefix("domain=") for line in daemon.run("dump").stdout.splitlines()}


def step(daemon, **clock):
    """Sets the wall clock of a running daemon, which reads its clocks every second."""
    former = daemon.log().count("event=clock-set")
    daemon.set_clock(**clock)
    wait_for("a clock to be noticed", 10, lambda: daemon.log().count("event=clock-set") > former)


def check_start_ahead(lab, daemon):
    """A start with the clock 30 days ahead, or behind, deletes nothing, whether the machine was down or not."""
    for domain in ["good.example", "cached.example", "update.example"]:
        equal(daemon.ask(domain), secure(domain), "at first")
    lab.change_dns(r"^(_mta-sts|mta-sts)\.(good|cached) ")
    for name, clock in {"ahead": dict(wall=30 * DAY), "behind": dict(wall=-30 * DAY), "right": {},
                        "ahead after a reboot": dict(wall=60 * DAY, boot_id="two")}.items():
        daemon.stop()
        fetched = lab.fetches("update.example")
        daemon.set_clock(**clock)
        daemon.start()
        equal(daemon.ask("good.example"), secure("good.example"), name)
        time.sleep(1.5)
        assert {"good.example", "cached.example", "update.example"} <= kept(daemon), (name, kept(daemon))
    # A policy that is expired by the clock is fetched again before it is used, and holds for a day if that fails.
    equal(daemon.ask("update.example"), secure("update.example"), "a policy that can be fetched again")
    assert lab.fetches("update.example") > fetched
    for boot, wanted in [(DAY - 100, secure("good.example")), (DAY + 100, "NOTFOUND ")]:
        daemon.set_clock(wall=60 * DAY + boot, boot=boot, boot_id="two")
        wait_for(f"{wanted} after {boot} s", 10, lambda: daemon.ask("good.example") == wanted)
    assert "good.example" in kept(daemon)
    # When the clock is right again, the policy applies again.
    step(daemon, wall=DAY + 100, boot=DAY + 100, boot_id="two")
    equal(daemon.ask("good.example"), secure("good.example"), "with the clock corrected")
    # It expires by seen time, whatever the clock says.
    daemon.set_clock(wall=100, boot=WEEK + 100, boot_id="two")
    wait_for("the end", 10, lambda: daemon.ask("good.example") == "NOTFOUND ")


def check_fetched_ahead(lab, daemon):
    """A policy fetched with the clock ahead is fetched again once the clock is right, and lasts no more than a week."""
    daemon.stop()
    daemon.set_clock(wall=900 * DAY, boot_id="three")
    daemon.start()
    equal(daemon.ask("beside.example"), secure("beside.example"), "with the clock ahead")
    first = lab.fetches("beside.example")
    daemon.set_clock(boot_id="three")
    wait_for("a refresh", 10, lambda: lab.fetches("beside.example") > first)
    # If it cannot be fetched again, it expires after a week of seen time.
    step(daemon, wall=900 * DAY, boot_id="three")
    lab.change_dns(r"^(_mta-sts|mta-sts)\.beside ")
    daemon.stop()
    daemon.set_clock(boot_id="four")
    daemon.start()
    equal(daemon.ask("beside.example"), secure("beside.example"), "from the future")
    daemon.set_clock(wall=WEEK + 100, boot=WEEK + 100, boot_id="four")
    wait_for("the end", 10, lambda: daemon.ask("beside.example") == "NOTFOUND ")


def check_glitches(lab, daemon):
    """A clock that goes back and forth while the daemon runs."""
    daemon.stop()
    daemon.set_clock(boot_id="five")
    daemon.start()
    equal(daemon.ask("braces.example"), secure("braces.example"), "before the glitches")
    lab.change_dns(r"^(_mta-sts|mta-sts)\.braces ")
    for wall in [-3 * DAY, 0, 30 * DAY, 0, -20000 * DAY, 5000 * DAY, 0]:
        step(daemon, wall=wall, boot_id="five")
        equal(daemon.ask("braces.example"), secure("braces.example"), f"with the clock at {wall}")
    # Time while the daemon is down but the machine is up is seen time.
    daemon.stop()
    daemon.set_clock(boot=WEEK + 100, boot_id="five")
    daemon.start()
    equal(daemon.ask("braces.example"), "NOTFOUND ", "after a week")


def used_on(daemon, domain):
    """The day on which mail last used the policy, as `dump` says."""
    line = next(line for line in daemon.run("dump").stdout.splitlines() if line.startswith(f"domain={domain} "))
    return line.partition(" used=")[2].partition("T")[0]


def check_use(lab, daemon):
    """Mail that is answered from disk after a restart counts as use: such a policy is not the first to be evicted."""
    daemon.stop()
    daemon.set_clock(boot_id="six")
    daemon.start()
    equal(daemon.ask("fallback.example"), secure("fallback.example"), "at first")
    first = used_on(daemon, "fallback.example")
    lab.change_dns(r"^(_mta-sts|mta-sts)\.fallback ")
    daemon.stop()
    daemon.set_clock(wall=2 * DAY, boot=2 * DAY, boot_id="six")
    daemon.start()
    equal(daemon.ask("fallback.example"), secure("fallback.example"), "from disk")
    wait_for("the later day", 10, lambda: used_on(daemon, "fallback.example") > first)


def main():
    with laboratory() as lab:
        domains.make_lab(lab)
        for domain in ["good", "cached", "update", "beside", "braces", "fallback"]:
            lab.publish(f"{domain}.example", "enforce", f"mx.{domain}.example", max_age=WEEK)
        daemon = Daemon(lab, os.path.abspath(sys.argv[1]), dane="ignore")
        daemon.set_clock()
        daemon.start()
        for check in [check_start_ahead, check_fetched_ahead, check_glitches, check_use]:
            run_check(check, lab, daemon)


if __name__ == "__main__":
    main()
