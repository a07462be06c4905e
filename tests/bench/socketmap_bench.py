# SPDX-License-Identifier: BSL-1.0
"""The socketmap daemon beside Debian's postfix-mta-sts-resolver: 10,000 cached policies, 64 connections, one client.

    socketmap_bench.py PROGRAM LOAD [SECONDS [ROUNDS]]

All have the same policies, look nothing up while they are measured (grace and recheck are a day) and log errors only.
The peer runs with uvloop; first as Debian configures it, with its cache in SQLite, like ours; then with its cache in
memory, which it loses when it ends. Needs root, for the DNS server of the warm-up.
CPU is the time that the kernel accounts to the daemon; the queries per second of one whole core follow from it.
"""
import os
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
import domains
from lab import Lab, enter_namespaces, wait_for
from socketmap import Client, Daemon

DOMAINS, CONNECTIONS = 10000, 64
PEER = r"""
import sys
sys.argv = ["mta-sts-daemon", "-v", "error", "-c", sys.argv[1]]
from postfix_mta_sts_resolver import daemon, internal_cache
from postfix_mta_sts_resolver.base_cache import CacheEntry
async def setup(self):
    for domain, policy in policies():
        await self.set(domain, policy)
internal_cache.InternalLRUCache.setup = setup
def policies():
    import time
    for i in range(%d):
        body = {"version": "STSv1", "mode": "enforce", "mx": ["mx%%d.mass.example" %% i], "max_age": 86400}
        yield "d%%d.mass.example" %% i, CacheEntry(time.time(), "1", body)
if "%s" == "sqlite":
    import asyncio
    from postfix_mta_sts_resolver import sqlite_cache
    async def fill():
        cache = sqlite_cache.SqliteCache("%s")
        await cache.setup()
        for domain, policy in policies():
            await cache.set(domain, policy)
        await cache.teardown()
    asyncio.new_event_loop().run_until_complete(fill())
daemon.main()
"""


def start_peer(lab, kind):
    """Returns its socket and its process."""
    socket, database = lab.root / f"{kind}.sock", lab.root / f"{kind}.db"
    options = f"filename: {database}" if kind == "sqlite" else f"cache_size: {DOMAINS}"
    config = lab.write(f"{kind}.yml", f"path: {socket}\nmode: 0666\ncache_grace: 86400\n"
                       f"cache:\n  type: {kind}\n  options:\n    {options}\n")
    script = lab.write(f"{kind}.py", PEER % (DOMAINS, kind, database))
    peer = lab.start(kind, "/usr/bin/python3", script, config)
    wait_for("the peer", 120, socket.exists)
    return socket, peer.pid


def fill(path):
    """Writes the policies that the daemon would have fetched."""
    now = int(time.time())
    with sqlite3.connect(path) as database:
        for i in range(DOMAINS):
            text = f"version: STSv1\r\nmode: enforce\r\nmx: mx{i}.mass.example\r\nmax_age: 86400\r\n"
            database.execute("INSERT OR REPLACE INTO policy (domain, owner, id, mode, max_age, fetched_wall, fetched_seen,"
                             " text, refresh_seen, used_seen) SELECT ?, 'mass.example', '1', 'enforce', 86400, ?, seen, ?,"
                             " seen + 80000, seen FROM seen_time", [f"d{i}.mass.example", now, text])


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid, kind):
    """MiB: VmRSS, all that is resident; RssAnon, without shared files and libraries."""
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1024


def measure(load, socket, pid, seconds):
    before, began = cpu_seconds(pid), time.monotonic()
    result = subprocess.run([load, socket, str(CONNECTIONS), str(seconds), str(DOMAINS)], capture_output=True, text=True,
                            check=True)
    took = time.monotonic() - began
    rate, p50, p99, others = map(float, result.stdout.split())
    assert others == 0, f"{others} answers were not OK secure"
    cpu = cpu_seconds(pid) - before
    return {"queries/s": rate, "p50 us": p50, "p99 us": p99, "CPU %": 100 * cpu / took,
            "queries/CPU s": rate * seconds / cpu, "resident MiB": memory(pid, "VmRSS"),
            "own MiB": memory(pid, "RssAnon")}


def main():
    enter_namespaces()
    program, load = (os.path.abspath(each) for each in sys.argv[1:3])
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 3
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    lab = Lab()
    try:
        domains.make_lab(lab, mass=1)
        ours = Daemon(lab, program, dane="ignore", recheck=86400, log_level="error").start()
        ours.stop()
        fill(ours.directory / "policies.sqlite")
        ours.start()
        daemons = {"mtasts-socketmap": (ours.socket, ours.process.pid),
                   "peer, SQLite (Debian's)": start_peer(lab, "sqlite"),
                   "peer, in memory": start_peer(lab, "internal")}
        for socket, _ in daemons.values():
            client = Client(socket)
            for i in range(DOMAINS):
                assert client.ask(f"d{i}.mass.example").startswith("OK secure match=mx"), (socket, i)
        time.sleep(1)
        results = {name: [] for name in daemons}
        for _ in range(rounds):
            for name, (socket, pid) in daemons.items():
                results[name].append(measure(load, socket, pid, seconds))
        medians = {name: {key: statistics.median(each[key] for each in rows) for key in rows[0]}
                   for name, rows in results.items()}
        columns = list(next(iter(medians.values())))
        print(f"{'median of ' + str(rounds):26}" + "".join(f"{each:>15}" for each in columns))
        for name, values in medians.items():
            print(f"{name:26}" + "".join(f"{values[each]:15.1f}" for each in columns))
        mine = medians.pop("mtasts-socketmap")
        for name, theirs in medians.items():
            print(f"against {name}: queries/s x {mine['queries/s'] / theirs['queries/s']:.1f}, a core's queries x "
                  f"{mine['queries/CPU s'] / theirs['queries/CPU s']:.1f}, resident memory x {mine['resident MiB'] / theirs['resident MiB']:.2f}, "
                  f"its own x {mine['own MiB'] / theirs['own MiB']:.2f}")
    finally:
        lab.close()


if __name__ == "__main__":
    main()
