# SPDX-License-Identifier: BSL-1.0
"""The daemon under test and a client of it."""
import os
import signal
import socket
import struct
import subprocess
import time
import urllib.request

from lab import RESOLVER, wait_for


class Client:
    """One connection, as Postfix uses it."""

    def __init__(self, path, time_limit=90):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(time_limit)
        self.socket.connect(str(path))
        self.rest = b""

    def send(self, octets):
        self.socket.sendall(octets)

    def receive(self):
        while True:
            length, colon, text = self.rest.partition(b":")
            if colon and len(text) > int(length):
                assert text[int(length):int(length) + 1] == b",", self.rest
                self.rest = text[int(length) + 1:]
                return text[:int(length)].decode()
            more = self.socket.recv(65536)
            if not more:
                raise ConnectionError("closed by the daemon")
            self.rest += more

    def ask(self, destination):
        return self.ask_map("postfix", destination)

    def ask_map(self, name, key):
        request = name.encode() + b" " + (key.encode() if isinstance(key, str) else key)
        self.send(b"%d:%s," % (len(request), request))
        return self.receive()

    def close(self):
        self.socket.close()


class Daemon:
    def __init__(self, lab, program, name="daemon", **settings):
        self.lab, self.program, self.name = lab, program, name
        self.directory = lab.root / name
        self.directory.mkdir(exist_ok=True)
        self.socket = self.directory / "socket"
        self.settings = {"socket": f"unix:{self.socket}", "database": self.directory / "policies.sqlite",
                         "resolver": RESOLVER, "trust-anchor": lab.anchor, "ca-file": lab.root / "ca/ca.pem",
                         "allow-private-addresses": "true", "recheck": 1, "dns-time-limit": 2, "log-level": "debug"}
        self.options = []
        self.configure(**settings)
        self.process = None

    def configure(self, **settings):
        self.settings.update({key.replace("_", "-"): value for key, value in settings.items()})
        lines = []
        for key, value in self.settings.items():
            if isinstance(value, list):
                lines.append(f"{key} = [" + ", ".join(f'"{each}"' for each in value) + "]")
            elif value is not None:
                lines.append(f'{key} = "{value}"')
        self.config = self.lab.write(f"{self.name}/daemon.conf", "\n".join(lines) + "\n")

    def command(self, *arguments):
        return [self.program, "--config", str(self.config), *map(str, [*self.options, *arguments])]

    def run(self, *arguments):
        return subprocess.run(self.command(*arguments), capture_output=True, text=True, timeout=100)

    def start(self):
        self.process = self.lab.start(self.name + "-log", *self.command())
        wait_for("the daemon", 10, self.answers)
        return self

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError("the daemon ended: " + self.log()[-2000:])
        try:
            client = self.client()
        except OSError:
            return False
        # A process that a killed daemon was starting may hold its socket for a moment longer.
        listening, _, _ = struct.unpack("iII", client.socket.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        client.close()
        return listening == self.process.pid

    def client(self, time_limit=90):
        return Client(self.socket, time_limit)

    def ask(self, destination):
        client = self.client()
        try:
            return client.ask(destination)
        finally:
            client.close()

    def ask_until(self, destination, wanted, seconds=10):
        """Asks until the answer is the wanted one: what the daemon finds in the background counts from the next
        question on."""
        return wait_for(f"{destination}: {wanted}, not {self.ask(destination)}", seconds,
                        lambda: self.ask(destination).startswith(wanted) or time.sleep(0.2))

    def stop(self, how=signal.SIGTERM, seconds=10):
        self.process.send_signal(how)
        self.process.wait(seconds)

    def restart(self, **settings):
        self.stop()
        self.configure(**settings)
        return self.start()

    def set_clock(self, wall=0, boot=0, boot_id=""):
        """Advances the clocks by this many seconds, also while the daemon runs; another id is another boot. The first
        call takes effect at the next start."""
        partial = self.lab.write(f"{self.name}/clock.new", f"{wall} {boot} {boot_id}\n")
        self.configure(test_clock=partial.replace(self.directory / "clock"))

    def log(self):
        return (self.lab.root / (self.name + "-log.out")).read_text()

    def memory(self):
        """Resident octets."""
        with open(f"/proc/{self.process.pid}/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def metrics(address):
    with urllib.request.urlopen(f"http://{address}/metrics", timeout=5) as response:
        lines = response.read().decode().splitlines()
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if not line.startswith("#")}
