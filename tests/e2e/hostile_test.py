# SPDX-License-Identifier: BSL-1.0
"""Slow and hostile clients of the socketmap: nobody waits for them, and memory stays bounded.

    hostile_test.py PROGRAM
"""
import os
import random
import resource
import socket
import sys
import threading
import time

import domains
from lab import Lab, enter_namespaces, wait_for
from socketmap import Daemon

MIB = 1 << 20
CONNECTIONS = 256
#: The slowest answer that a good client may see on a busy machine, in seconds.
LONGEST_WAIT = 1.0


class GoodClient:
    """Asks continuously, and remembers the longest wait."""

    def __init__(self, daemon):
        self.daemon, self.longest, self.answers, self.going_on = daemon, 0.0, 0, True
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        client = self.daemon.client(20)
        while self.going_on:
            began = time.monotonic()
            try:
                assert client.ask("good.example").startswith("OK secure")
            except ConnectionError:
                # The connection that was idle for longest may be closed; Postfix reconnects, too.
                client = self.daemon.client(20)
                continue
            self.longest = max(self.longest, time.monotonic() - began)
            self.answers += 1
            time.sleep(0.005)

    def end(self):
        self.going_on = False
        self.thread.join()
        return self.longest, self.answers


def refused(daemon, octets, status="PERM"):
    """Whether a request is refused and its connection closed."""
    client = daemon.client(20)
    client.send(octets)
    answer = client.receive()
    assert answer.startswith(status), (octets[:40], answer)
    try:
        assert client.socket.recv(100) == b"", octets[:40]
    except ConnectionResetError:
        pass  # closed with unread octets


def check_malformed(daemon):
    for octets in [b"1000000000:", b"99999999999999999999999999999999:", b"1025:", b"-1:x,", b"+5:hello,", b" 5:hello,",
                   b"05:hello,", b":,", b"x", b"3:abc;", b"5;hello,", b"\x00", b"\xff" * 2000, b"0x5:hello,", b"5 :hello,"]:
        refused(daemon, octets)
    client = daemon.client()
    for octets, wanted in [(b"0:,", "PERM"), (b"7:postfix,", "PERM"), (b"8:postfix ,", "NOTFOUND "),
                           (b"10:postfix \x00\n,", "NOTFOUND "), (b"11:postfix {}},", "NOTFOUND "),
                           (b"8: a.b.c.d,", "NOTFOUND "), (b"20:postfix good.example,", "OK secure")]:
        client.send(octets)
        answer = client.receive()
        assert answer.startswith(wanted), (octets, answer)
    # Several requests at once, and one octet at a time.
    client.send(b"20:postfix good.example," * 20)
    for _ in range(20):
        assert client.receive().startswith("OK secure")
    for i in range(24):
        client.send(b"20:postfix good.example,"[i:i + 1])
    assert client.receive().startswith("OK secure")
    chance = random.Random(8460)
    for _ in range(300):
        client = daemon.client(20)
        try:
            client.send(bytes(chance.choice(b"0123456789:, apostfix.\xff\x00") for _ in range(chance.randrange(1, 60))))
        except OSError:
            pass
        client.close()


def check_flood(daemon):
    """Half netstrings, silence, and answers that are never read, on more connections than the limit."""
    before = daemon.memory()
    good = GoodClient(daemon)
    flood = []
    for i in range(4 * CONNECTIONS):
        one = socket.socket(socket.AF_UNIX)
        one.settimeout(10)
        one.connect(str(daemon.socket))
        flood.append(one)
        try:
            if i % 3 == 0:
                one.sendall(b"1000:half a request")
            elif i % 3 == 1:
                one.setblocking(False)
                one.send(b"20:postfix good.example," * 40000)
        except OSError:
            pass
    time.sleep(1)
    longest, answers = good.end()
    grown = daemon.memory() - before
    assert longest < LONGEST_WAIT and answers > 20, f"a good client waited {longest:.3f} s, {answers} answers"
    assert grown < 16 * MIB, f"{grown} octets more"
    print(f"flood of {len(flood)} connections: longest wait {longest * 1000:.0f} ms, {answers} answers, "
          f"{grown / MIB:.1f} MiB more", flush=True)
    # Clients that stopped in the middle of a request are disconnected.
    half = socket.socket(socket.AF_UNIX)
    half.settimeout(60)
    half.connect(str(daemon.socket))
    half.sendall(b"20:postfix good")
    began = time.monotonic()
    # Ten seconds after it was accepted, which on a busy machine is later than it connected.
    assert half.recv(100) == b"" and time.monotonic() - began > 8
    for one in flood:
        one.close()


def check_long_answers(daemon):
    """As many requests for long answers as fit into one buffer, from clients that read none of the answers."""
    wait_for("a long answer", 10, lambda: len(daemon.ask("long.example")) > 30000)
    before = daemon.memory()
    greedy = [daemon.client(20) for _ in range(64)]
    for client in greedy:
        client.send(b"20:postfix long.example," * 40)
    good = GoodClient(daemon)
    time.sleep(1)
    longest, answers = good.end()
    grown = daemon.memory() - before
    assert grown < 24 * MIB, f"{grown} octets more"
    assert longest < LONGEST_WAIT and answers > 20, f"a good client waited {longest:.3f} s, {answers} answers"
    for _ in range(40):
        assert greedy[0].receive().startswith("OK secure match=mx0.long.example:")
    for client in greedy:
        client.close()
    print(f"{len(greedy)} clients that ask for 40 long answers each: {grown / MIB:.1f} MiB more", flush=True)


def check_many_domains(daemon):
    """Names that do not exist: a setting limits what is remembered about them."""
    client = daemon.client(30)
    for i in range(100):
        assert client.ask(f"n{i}.example") == "NOTFOUND "
    before = daemon.memory()
    for i in range(1000):
        assert client.ask(f"n{i}.example") == "NOTFOUND "
    grown = daemon.memory() - before
    assert grown < 8 * MIB, f"{grown} octets more"
    print(f"1000 names without policy: {grown / MIB:.1f} MiB more", flush=True)


def main():
    enter_namespaces()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    lab = Lab()
    try:
        domains.make_lab(lab)
        daemon = Daemon(lab, os.path.abspath(sys.argv[1]), connections=CONNECTIONS, answers=500, log_level="error",
                        recheck=300)
        daemon.start()
        wait_for("a first answer", 10, lambda: daemon.ask("good.example").startswith("OK secure"))
        check_malformed(daemon)
        check_flood(daemon)
        check_long_answers(daemon)
        check_many_domains(daemon)
        assert daemon.process.poll() is None, daemon.log()
    finally:
        lab.close()


if __name__ == "__main__":
    main()
