# SPDX-License-Identifier: BSL-1.0
"""SIGKILL at random points under load: the database stays intact, and no policy that was answered is forgotten.

    kill_test.py PROGRAM [KILLS]
"""
import os
import random
import signal
import sqlite3
import sys
import threading
import time

import domains
from lab import Lab, enter_namespaces
from socketmap import Daemon

CLIENTS = 4


class Load:
    """Clients that ask for known and new domains until the daemon is gone, and note the answers."""

    def __init__(self, daemon, domains_, known):
        self.daemon, self.domains, self.known = daemon, domains_, known
        self.wrong = []
        self.threads = [threading.Thread(target=self.run, args=[random.Random(i)]) for i in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def run(self, chance):
        try:
            client = self.daemon.client(10)
            while True:
                domain = chance.choice(self.domains)
                answer = client.ask(domain)
                wanted = f"OK secure match=mx{domain[1:]} servername=hostname"
                if answer == wanted:
                    self.known.add(domain)
                else:
                    self.wrong.append((domain, answer))
        except OSError:
            pass

    def join(self):
        for thread in self.threads:
            thread.join()


def check_database(path, known):
    """Reads the database as the daemon will: with the WAL that the killed process left."""
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the database is damaged"
        kept = {domain for (domain,) in database.execute("SELECT domain FROM policy WHERE mode = 'enforce'")}
    forgotten = known - kept
    assert not forgotten, f"forgotten: {sorted(forgotten)}"


def main():
    enter_namespaces()
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    chance = random.Random(8461)
    lab = Lab()
    try:
        domains.make_lab(lab, mass=2 * kills)
        # Each round has domains that were never asked for: the daemon writes while it is killed.
        daemon = Daemon(lab, os.path.abspath(sys.argv[1]), log_level="error", dane="ignore")
        known = set()
        began = time.monotonic()
        for round_ in range(kills):
            daemon.start()
            # All domains so far, and a few that were never asked for.
            named = [f"d{i}.mass.example" for i in range(2 * (round_ + 1))]
            sample = chance.sample(sorted(known), min(len(known), 5))
            for domain in sample:
                assert daemon.ask(domain).startswith("OK secure"), f"{domain} was forgotten"
            load = Load(daemon, named[-6:] + sample, known)
            time.sleep(chance.uniform(0.0, 0.15))
            daemon.process.send_signal(signal.SIGKILL)
            daemon.process.wait()
            load.join()
            assert not load.wrong, load.wrong
            check_database(daemon.directory / "policies.sqlite", known)
        # Without DNS and HTTPS only kept policies can answer.
        lab.nsd.kill()
        lab.nginx.kill()
        daemon.start()
        for domain in sorted(known):
            assert daemon.ask(domain).startswith("OK secure"), f"{domain} was forgotten"
        assert len(known) > kills / 4, f"too little load: {len(known)} domains"
        print(f"{kills} kills in {time.monotonic() - began:.0f} s, {len(known)} policies answered, none forgotten")
    finally:
        lab.close()


if __name__ == "__main__":
    main()
