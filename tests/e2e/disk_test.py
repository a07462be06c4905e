"""A full disk: the daemon starts, answers from what it can read, and stores policies again once there is room.

    disk_test.py PROGRAM
"""
import os
import signal
import subprocess
import sys
import time

import domains
from lab import Lab, enter_namespaces, wait_for
from socketmap import Daemon

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
    (disk / "filler").unlink(missing_ok=True)
    daemon.start()
    equal(daemon.ask("good.example"), secure("good.example"), "with room")
    daemon.stop(how)
    fill(disk)
    # Only what is kept can answer.
    lab.change_dns(r"^(_mta-sts|mta-sts)\.good ")
    daemon.start()
    equal(daemon.ask("good.example"), secure("good.example"), "what is kept, on a full disk")
    fresh = "cached.example" if how == signal.SIGTERM else "update.example"
    equal(daemon.ask(fresh), secure(fresh), "what is new, on a full disk")
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
    return f"domain={domain} " in daemon.run("dump").stdout


def main():
    enter_namespaces()
    lab = Lab()
    try:
        domains.make_lab(lab)
        disk = lab.root / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=True)
        daemon = Daemon(lab, os.path.abspath(sys.argv[1]), database=disk / "policies.sqlite", dane="ignore")
        for how in [signal.SIGTERM, signal.SIGKILL]:
            check_full(lab, daemon, disk, how)
        # Nothing is there yet, nor can it be made.
        for file in disk.iterdir():
            file.unlink()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        daemon.start()
        equal(daemon.ask("wild.example"), "OK secure match=.wild.example:mx.good.example servername=hostname",
              "without a database")
        daemon.stop()
        print("a disk for reading alone: fine")
    except BaseException:
        if os.environ.get("MTASTS_LAB_LOG"):
            subprocess.run(f"tail -n 60 {lab.root}/*.out >&2", shell=True)
        raise
    finally:
        subprocess.run(["umount", lab.root / "disk"], check=False)
        lab.close()


if __name__ == "__main__":
    main()
