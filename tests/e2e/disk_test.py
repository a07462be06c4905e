# SPDX-License-Identifier: BSL-1.0
"""A full disk: the daemon starts, answers from what it can read and what it has fetched, and stores policies
again once there is room.

    disk_test.py PROGRAM
"""
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time

import domains
from lab import laboratory, run_check, wait_for
from socketmap import Daemon, metrics

METRICS = "127.0.0.1:9461"


def secure(domain):
    return f"OK secure match=mx.{domain} servername=hostname"


def equal(found, wanted, what):
    assert found == wanted, f"{what}: {found!r}, not {wanted!r}"


def fill(directory):
    try:
        with open(directory / "filler", "wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
    except OSError:
        pass


def check_full(lab, daemon, disk, how):
    """Kills the daemon and starts it on a full disk."""
    daemon.start()
    equal(daemon.ask("good.example"), secure("good.example"), "with room")
    daemon.stop(how)
    fill(disk)
    # Only kept policies can answer.
    lab.change_dns(r"^(_mta-sts|mta-sts)\.good ")
    daemon.start()
    equal(daemon.ask("good.example"), secure("good.example"), "a kept policy, on a full disk")
    fresh = "cached.example" if how == signal.SIGTERM else "update.example"
    equal(daemon.ask(fresh), secure(fresh), "a new policy, on a full disk")
    (disk / "filler").unlink()
    # It is kept when it is next fetched.
    began = time.monotonic()
    wait_for("the database", 20, lambda: keeps(lab, daemon, fresh))
    print(f"after {how.name}: kept again after {time.monotonic() - began:.1f} s", flush=True)
    daemon.stop()
    lab.change_dns(add=domains.resource_records("good"))


def keeps(lab, daemon, domain):
    """A policy with a new id is fetched, and is on disk if it can be."""
    name = domain.removesuffix(".example")
    lab.change_dns(rf"^_mta-sts\.{name} ", [f'_mta-sts.{name} TXT "v=STSv1; id={int(time.time())};"'])
    daemon.ask(domain)
    time.sleep(1.5)
    return dumped(daemon, domain)


def dumped(daemon, domain):
    return f"domain={domain} " in daemon.run("dump").stdout


def mount(disk, how):
    subprocess.run(["mount", "-o", "remount," + how, disk], check=True)


def empty(disk):
    for file in disk.iterdir():
        file.unlink()


def check_no_database(lab, daemon, disk):
    """Nothing is on disk yet, nor can it be written."""
    mount(disk, "ro")
    daemon.start()
    equal(daemon.ask("wild.example"), "OK secure match=.wild.example:mx.good.example servername=hostname",
          "without a database")
    daemon.stop()


def check_reload(lab, daemon, disk):
    """RFC 8461 5.1: a policy that could not be written survives a reload, though its record is gone."""
    daemon.start().stop()
    mount(disk, "ro")
    daemon.start()
    equal(daemon.ask("fallback.example"), secure("fallback.example"), "fetched on a read-only disk")
    lab.change_dns(r"^(_mta-sts|mta-sts)\.fallback ")
    daemon.process.send_signal(signal.SIGHUP)
    wait_for("the reload", 10, lambda: "event=reloaded" in daemon.log())
    for _ in range(3):
        equal(daemon.ask("fallback.example"), secure("fallback.example"), "after a reload")
        time.sleep(1.2)
    daemon.stop()


def check_room_again(lab, daemon, disk):
    """A policy that could not be written is written once there is room, without a newer one."""
    daemon.start().stop()
    mount(disk, "ro")
    daemon.start()
    equal(daemon.ask("override.example"), secure("override.example"), "fetched on a read-only disk")
    time.sleep(1.2)
    assert not dumped(daemon, "override.example")
    mount(disk, "rw")

    def written():
        equal(daemon.ask("override.example"), secure("override.example"), "with room")
        time.sleep(0.5)
        return dumped(daemon, "override.example")

    wait_for("the policy on disk", 30, written)
    daemon.stop()
    lab.change_dns(r"^(_mta-sts|mta-sts)\.override ")
    daemon.start()
    equal(daemon.ask("override.example"), secure("override.example"), "after a restart, without DNS")
    daemon.stop()


def check_due(lab, daemon, disk):
    """A policy that stays due, because its refresh cannot be stored, is not fetched over and over."""
    daemon.start()
    equal(daemon.ask("good.example"), secure("good.example"), "with room")
    daemon.stop()
    with contextlib.closing(sqlite3.connect(disk / "policies.sqlite")) as database:
        database.execute("UPDATE policy SET refresh_seen = 1")
        database.commit()
    mount(disk, "ro")
    before = lab.fetches("good.example")
    daemon.start()
    wait_for("a refresh", 10, lambda: lab.fetches("good.example") > before)
    time.sleep(8)
    fetched = lab.fetches("good.example") - before
    assert fetched <= 2, f"{fetched} fetches"
    daemon.stop()


def check_no_room(lab, daemon, disk):
    """With room for one name of a registrable domain, the second is protected too, but not kept, and that is logged."""
    daemon.configure(names=1, metrics="inet:" + METRICS)
    daemon.start()
    for i in range(2):
        equal(daemon.ask(f"d{i}.mass.example"), f"OK secure match=mx{i}.mass.example servername=hostname", f"name {i}")
    assert dumped(daemon, "d0.mass.example") and not dumped(daemon, "d1.mass.example")
    assert "event=no-room" in daemon.log()
    assert metrics(METRICS)["mtasts_policies_not_kept_total"] >= 1
    # It applies, though its record is gone.
    lab.change_dns(r"^(_mta-sts|mta-sts|\*)\.mass |^\*\.mass ")
    daemon.process.send_signal(signal.SIGHUP)
    time.sleep(1)
    for _ in range(2):
        equal(daemon.ask("d1.mass.example"), "OK secure match=mx1.mass.example servername=hostname", "without DNS")
        time.sleep(1.2)
    daemon.stop()


def main():
    with laboratory() as lab:
        domains.make_lab(lab, mass=2)
        disk = lab.root / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=True)
        try:
            for check, more in [(check_full, [signal.SIGTERM]), (check_full, [signal.SIGKILL]), (check_no_database, []),
                                (check_reload, []), (check_room_again, []), (check_due, []), (check_no_room, [])]:
                mount(disk, "rw")
                empty(disk)
                daemon = Daemon(lab, os.path.abspath(sys.argv[1]), f"daemon-{check.__name__}",
                                database=disk / "policies.sqlite", dane="ignore")
                run_check(check, lab, daemon, disk, *more)
        finally:
            subprocess.run(["umount", "--lazy", disk], check=False)


if __name__ == "__main__":
    main()
