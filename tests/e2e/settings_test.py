# SPDX-License-Identifier: BSL-1.0
"""Starts and reloads with bad settings, files at the path of the socket, and `doctor` on a misconfigured machine.

    settings_test.py PROGRAM
"""
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time

import domains
from lab import RESOLVER, laboratory, run_check, wait_for
from socketmap import Client, Daemon, metrics

METRICS = "127.0.0.1:9462"
GOOD = "OK secure match=mx.good.example servername=hostname"
NO_SETTINGS = "TEMP mtasts-socketmap has no good settings: see its log"


def equal(found, wanted, what):
    assert found == wanted, f"{what}: {found!r}, not {wanted!r}"


class ServiceManager:
    """The other end of $NOTIFY_SOCKET."""

    def __init__(self, directory):
        self.path = str(directory / "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.settimeout(10)
        os.environ["NOTIFY_SOCKET"] = self.path

    def next(self):
        return self.socket.recv(65536).decode()

    def ready_with(self):
        """The status sent before READY=1."""
        status, ready = self.next(), self.next()
        equal(ready, "READY=1", "the message to systemd")
        return status.removeprefix("STATUS=")


def add_fault(daemon, line):
    """Adds a line to the settings; returns its position as the daemon reports it."""
    daemon.configure()
    with open(daemon.config, "a") as file:
        file.write(line + "\n")
    return f"{daemon.config}:{len(pathlib.Path(daemon.config).read_text().splitlines())}: "


def state(daemon):
    return daemon.client().ask_map("mtasts-socketmap-status", "settings")


def gauges(wanted):
    names = ["refused", "last_good", "none"]
    return {name: metrics(METRICS)["mtasts_settings_" + name] for name in names} == dict(zip(names, wanted))


def check_last_good(lab, daemon, manager):
    """A typo: reloads keep the current settings, starts use the last good ones, and both are reported everywhere."""
    daemon.start()
    equal(manager.ready_with(), "Answering, on the settings of the file", "a good start")
    equal(daemon.ask("good.example"), GOOD, "good settings")
    kept = daemon.directory / "policies.sqlite.settings"
    equal(kept.read_text(), pathlib.Path(daemon.config).read_text(), "the settings kept")
    equal(stat.S_IMODE(kept.stat().st_mode), 0o600, "their mode")
    assert gauges([0, 0, 0])
    place = add_fault(daemon, "frob = 1")
    fault = place + "frob: no such setting; --help lists them"
    result = daemon.run("--check-config")
    equal((result.returncode, result.stderr.splitlines()),
          (2, [f"mtasts-socketmap: {fault}", "mtasts-socketmap: a running daemon keeps its previous settings"]),
          "--check-config")
    daemon.process.send_signal(signal.SIGHUP)
    equal(manager.next(), f"STATUS=Answering, on the previous settings. Refused: {fault}", "a bad reload")
    equal(daemon.ask("good.example"), GOOD, "after a bad reload")
    equal(state(daemon), "OK settings=file refused=yes", "after a bad reload")
    assert f'event=reload-refused reason="{fault}" running-on="the previous settings"' in daemon.log()
    assert gauges([1, 0, 0])
    assert "frob" not in kept.read_text()
    # The next start, and a crash.
    for how in [signal.SIGTERM, signal.SIGKILL]:
        daemon.stop(how)
        daemon.start()
        equal(manager.ready_with(), f"Answering, on the last good settings. Refused: {fault}", "a bad start")
        equal(daemon.ask("good.example"), GOOD, "on the last good settings")
        equal(state(daemon), "OK settings=last-good refused=yes", "a bad start")
        assert f'event=last-good-settings reason="{fault}"' in daemon.log() and gauges([1, 1, 0])
        assert "frob" not in kept.read_text()
    daemon.process.send_signal(signal.SIGHUP)
    equal(manager.next(), f"STATUS=Answering, on the last good settings. Refused: {fault}", "a bad reload after that")
    assert f'event=reload-refused reason="{fault}" running-on="the last good settings"' in daemon.log()
    # Fixed, and applied without a restart.
    daemon.configure(override=["fixed.example mx mx.fixed.example"])
    daemon.process.send_signal(signal.SIGHUP)
    equal(manager.next(), "STATUS=Answering, on the settings of the file", "the fixed settings")
    equal(daemon.ask("fixed.example"), "OK secure match=mx.fixed.example servername=hostname", "the fixed settings")
    equal(kept.read_text(), pathlib.Path(daemon.config).read_text(), "the settings kept")
    assert gauges([0, 0, 0])
    # Settings that need a restart are untried, and are not stored.
    daemon.configure(answers=5)
    daemon.process.send_signal(signal.SIGHUP)
    equal(manager.next(), "STATUS=Answering, on the settings of the file, but a restart is needed for: answers",
          "a restart")
    assert 'event=restart-needed settings=answers' in daemon.log() and "answers" not in kept.read_text()
    daemon.configure(answers=None, override=None)
    daemon.stop()


def check_none(lab, daemon, manager):
    """Without usable settings every answer is TEMP, never "connection refused", until there are some."""
    kept = daemon.directory / "policies.sqlite.settings"
    foreign = daemon.directory / "foreign.sqlite"
    with contextlib.closing(sqlite3.connect(foreign)) as database:
        database.execute("CREATE TABLE a (b)")
    before = foreign.read_bytes()
    damaged = lab.write(f"{daemon.name}/damaged.sqlite", "no database, whatever its name" * 100)

    def bad_file():
        daemon.configure()
        os.unlink(daemon.config)
        os.mkdir(daemon.config)
        daemon.options = ["--socket", f"unix:{daemon.socket}", "--database", daemon.directory / "policies.sqlite"]

    cases = [("an unknown setting", lambda: add_fault(daemon, "frob = 1"), "no such setting"),
             ("a bad value", lambda: add_fault(daemon, "refresh = 1d"), "is not a whole number"),
             ("a setting twice", lambda: add_fault(daemon, "recheck = 7"), "recheck: set before, in line"),
             ("half a list", lambda: add_fault(daemon, 'override = ["a.example off"'), "the list has no end"),
             ("no file", bad_file, "cannot be read: Is a directory"),
             ("no trust anchor", lambda: daemon.configure(trust_anchor="/nowhere.key"), "/nowhere.key does not exist"),
             ("a file without trust anchors", lambda: daemon.configure(trust_anchor="/etc/passwd"),
              "trust-anchor: /etc/passwd holds something other than DNSSEC trust anchors"),
             ("no unbound.conf", lambda: daemon.configure(unbound_config="/etc/passwd"),
              "unbound-config: /etc/passwd is not an unbound.conf"),
             ("a resolver without an address", lambda: daemon.configure(resolver="no-address"), "no-address"),
             ("a database of another program", lambda: daemon.configure(database=foreign), "of another program"),
             ("a file that is no database", lambda: daemon.configure(database=damaged), "not a database")]
    good = dict(daemon.settings)
    for what, break_it, reason in cases:
        kept.unlink(missing_ok=True)
        break_it()
        daemon.start()
        status = manager.ready_with()
        assert status.startswith("Every answer is TEMP: ") and reason in status, (what, status)
        assert "event=no-settings" in daemon.log() and reason in daemon.log(), what
        for destination in ["good.example", "absent.example", "192.0.2.1", ""]:
            equal(daemon.ask(destination), NO_SETTINGS, what)
        equal(state(daemon), "OK settings=none refused=yes", what)
        daemon.process.send_signal(signal.SIGHUP)
        assert manager.next().startswith("STATUS=Every answer is TEMP: "), what
        if pathlib.Path(daemon.config).is_dir():
            os.rmdir(daemon.config)
        daemon.settings, daemon.options = dict(good), []
        daemon.configure()
        daemon.process.send_signal(signal.SIGHUP)
        equal(manager.next(), "STATUS=Answering, on the settings of the file", what)
        equal(daemon.ask("good.example"), GOOD, what + ", fixed")
        daemon.stop()
    equal(foreign.read_bytes(), before, "the database of another program")
    equal(damaged.read_text(), "no database, whatever its name" * 100, "the file that is no database")
    # Fixed, and applied without a signal: the daemon tries the settings every few seconds.
    kept.unlink()
    add_fault(daemon, "frob = 1")
    daemon.start()
    manager.ready_with()
    daemon.configure()
    daemon.ask_until("good.example", GOOD)
    manager.next()
    daemon.stop()
    # The last good settings do not help if the database is damaged.
    daemon.configure(database=damaged)
    daemon.start()
    assert manager.ready_with().startswith("Every answer is TEMP: ")
    daemon.stop()
    daemon.settings = dict(good)
    daemon.configure()


class ByDefault(Daemon):
    """Without --config: the settings file may be missing."""

    def command(self, *arguments):
        return [self.program, *map(str, [*self.options, *arguments])]


def check_gone(lab, program, manager):
    """If there were settings before, a missing file does not mean the defaults; an empty file does."""
    etc = lab.root / "etc"
    shutil.copytree("/etc", etc, symlinks=True)
    subprocess.run(["mount", "--bind", etc, "/etc"], check=True)
    file = pathlib.Path("/etc/mtasts-socketmap.conf")
    daemon = ByDefault(lab, program, "by-default", override=["fixed.example mx mx.fixed.example"])
    fixed = "OK secure match=mx.fixed.example servername=hostname"
    daemon.options = ["--database", daemon.directory / "policies.sqlite"]
    try:
        file.write_text(daemon.config.read_text())
        daemon.start()
        equal(manager.ready_with(), "Answering, on the settings of the file", "a good start")
        equal(daemon.ask("fixed.example"), fixed, "good settings")
        file.unlink()
        gone = f"{file}: is gone, and there were settings in it; for the defaults, put an empty file there"
        daemon.process.send_signal(signal.SIGHUP)
        equal(manager.next(), f"STATUS=Answering, on the previous settings. Refused: {gone}", "a reload without a file")
        equal(daemon.ask("fixed.example"), fixed, "after a reload without a file")
        daemon.stop()
        # The socket, too, is that of the last good settings.
        daemon.start()
        equal(manager.ready_with(), f"Answering, on the last good settings. Refused: {gone}", "a start without a file")
        equal(daemon.ask("fixed.example"), fixed, "on the last good settings")
        daemon.stop()
        file.write_text("")
        daemon.options += ["--socket", f"unix:{daemon.socket}", "--trust-anchor", lab.anchor, "--resolver", RESOLVER]
        for what in ["an empty file", "no file, and no settings before"]:
            daemon.start()
            equal(manager.ready_with(), "Answering, on the settings of the file", what)
            equal(daemon.ask("fixed.example"), "NOTFOUND ", what)
            daemon.stop()
            file.unlink(missing_ok=True)
    finally:
        subprocess.run(["umount", "--lazy", "/etc"], check=True)


def check_metrics_port(daemon, manager):
    """Mail does not wait for metrics."""
    with socket.create_server(("127.0.0.1", 9462)):
        daemon.start()
        manager.ready_with()
        equal(daemon.ask("good.example"), GOOD, "with the port of metrics in use")
        assert "event=metrics-unavailable" in daemon.log()
    daemon.stop()


def check_socket_path(lab, daemon):
    """Only a socket that nobody listens on is removed."""
    precious = lab.write(f"{daemon.name}/precious", "precious")
    link = daemon.directory / "link"
    link.symlink_to(precious)
    for path in [precious, link, daemon.directory]:
        for arguments in [[], ["--check-config"]]:
            result = daemon.run("--socket", f"unix:{path}", *arguments)
            equal(result.returncode, 2, f"{path} {arguments}")
            assert "not a socket" in result.stderr, result
    assert precious.read_text() == "precious" and link.is_symlink() and daemon.directory.is_dir()
    # A second daemon does not take over a socket in use, even with good settings.
    daemon.start()
    second = daemon.run("--database", daemon.directory / "second.sqlite")
    assert second.returncode == 2 and "another process answers there" in second.stderr, second
    equal(daemon.run("--check-config").returncode, 0, "--check-config beside a running daemon")
    equal(daemon.ask("good.example"), GOOD, "the first daemon")
    # A socket that was left behind is replaced.
    daemon.stop(signal.SIGKILL)
    assert daemon.socket.is_socket()
    daemon.start()
    daemon.stop()


def check_activation(lab, daemon, manager):
    """With a socket from systemd, Postfix gets an answer even if the setting `socket` is bad."""
    path = daemon.directory / "activated"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(8)
    (daemon.directory / "policies.sqlite.settings").unlink(missing_ok=True)
    place = add_fault(daemon, "frob = 1")
    script = 'exec 3<&%d; LISTEN_PID=$$ LISTEN_FDS=1 STATE_DIRECTORY=%s exec "$@"' % (listener.fileno(),
                                                                                      daemon.directory)
    process = lab.start("activated", "sh", "-c", script, "sh", *daemon.command(), pass_fds=[listener.fileno()])
    assert place in manager.ready_with()
    client = Client(path)
    equal(client.ask("good.example"), NO_SETTINGS, "bad settings from the start")
    daemon.configure()
    process.send_signal(signal.SIGHUP)
    manager.next()
    equal(client.ask("good.example"), GOOD, "fixed, on the same connection")
    process.terminate()
    equal(process.wait(10), 0, "its end")


class Machine:
    """A Postfix, a daemon in its chroot, and `doctor` for both."""

    def __init__(self, lab, daemon):
        self.lab, self.daemon = lab, daemon
        self.etc, self.queue = lab.root / "sick/etc", lab.root / "sick/queue"
        self.etc.mkdir()
        self.main = {"compatibility_level": "3.6", "queue_directory": self.queue, "smtp_tls_security_level": "dane",
                     "smtp_dns_support_level": "dnssec", "smtp_tls_CAfile": lab.root / "ca/ca.pem",
                     "smtp_tls_policy_maps": "socketmap:unix:mtasts-socketmap/socket:postfix"}
        self.postfix()

    def postfix(self, chroot="y", **changed):
        parameters = {**self.main, **changed}
        (self.etc / "main.cf").write_text("".join(f"{name} = {value}\n" for name, value in parameters.items()))
        (self.etc / "master.cf").write_text(f"smtp unix - - {chroot} - - smtp\n")

    def doctor(self, *arguments, program=None, **options):
        given = {"postfix-config": self.etc, "signed-name": "signed", "https-host": "mta-sts.good.example",
                 **{name.replace("_", "-"): value for name, value in options.items()}}
        command = self.daemon.command("doctor", *(f"--{name}={value}" for name, value in given.items()), *arguments)
        return subprocess.run([program or command[0], *command[1:]], capture_output=True, text=True, timeout=60)

    def expect(self, what, wanted, remedy, *arguments, status=1, **options):
        result = self.doctor(*arguments, **options)
        equal(result.returncode, status, f"{what}: {result.stdout}{result.stderr}")
        lines = result.stdout.splitlines()
        found = [i for i, line in enumerate(lines) if wanted in line]
        assert found and remedy in lines[found[0] + 1], f"{what}: {result.stdout}"
        first = next(line for line in lines if line.startswith("    fix: "))
        equal(lines[0].split(": ", 1)[1], first.split(": ", 1)[1], f"{what}: the first line")


def check_doctor(lab, machine):
    daemon = machine.daemon
    machine.expect("before the start", "ERROR: there is no socket", "systemctl enable --now mtasts-socketmap.socket")
    daemon.start()
    database = daemon.directory / "policies.sqlite"
    wait_for("the database", 10, database.exists)
    database.chmod(0o600)
    good = machine.doctor()
    # Whether the clock of this machine is synchronised does not depend on the lab.
    bad = [line for line in good.stdout.splitlines() if line.startswith(("ERROR", "COULD NOT", "WARNING"))]
    assert good.returncode == 0 and all("the clock is not synchronised" in line for line in bad), good.stdout
    assert good.stdout.startswith("Nothing is wrong"), good.stdout

    set_postfix = f"postconf -c {machine.etc} -e "

    def with_postfix(what, wanted, remedy, status=1, **changed):
        machine.postfix(**changed)
        machine.expect(what, wanted, remedy, status=status)
        machine.postfix()

    with_postfix("no map", "ERROR: Postfix does not ask this daemon",
                 set_postfix + "smtp_tls_policy_maps=socketmap:unix:mtasts-socketmap/socket:postfix",
                 smtp_tls_policy_maps="")
    with_postfix("another map", "ERROR: Postfix does not ask this daemon", "'smtp_tls_policy_maps=hash:/a, socketmap:",
                 smtp_tls_policy_maps="hash:/a")
    with_postfix("level may", "ERROR: dane = \"leave\" leaves domains with DANE",
                 set_postfix + "smtp_tls_security_level=dane", smtp_tls_security_level="may")
    with_postfix("no DNSSEC", "ERROR: smtp_dns_support_level is", set_postfix + "smtp_dns_support_level=dnssec",
                 smtp_dns_support_level="enabled")
    with_postfix("no CAfile", "ERROR: Postfix has no trust anchors", set_postfix + "smtp_tls_CAfile=",
                 smtp_tls_CAfile="")
    with_postfix("an empty CAfile", "ERROR: Postfix finds no trust anchors in /dev/null",
                 set_postfix + "smtp_tls_CAfile=", smtp_tls_CAfile="/dev/null")
    with_postfix("IDNA 2003", "ERROR: Postfix has enable_idna2003_compatibility = yes", "idna2003-compatibility = true",
                 enable_idna2003_compatibility="yes")
    machine.expect("no postconf", "COULD NOT TELL: how Postfix is configured",
                   f"sudo {daemon.program} --config {daemon.config} doctor --postfix-config=/nowhere",
                   postfix_config="/nowhere")
    # Outside of the chroot no permission helps; a missing map is reported all the same.
    outside = Daemon(lab, daemon.program, "outside").start()
    machine.postfix(smtp_tls_policy_maps="")
    elsewhere = ["--socket", f"unix:{outside.socket}"]
    machine.expect("a socket outside of the chroot", "ERROR: Postfix is chrooted to its queue directory",
                   f'socket = "unix:{machine.queue}/mtasts-socketmap/socket"', *elsewhere)
    machine.expect("no map either", "ERROR: Postfix does not ask this daemon: smtp_tls_policy_maps is not set",
                   f"postconf -c {machine.etc} -e smtp_tls_policy_maps=", *elsewhere)
    assert "does not reach" not in machine.doctor(*elsewhere).stdout
    machine.postfix()
    outside.stop()
    # A socket that Postfix's user may not connect to.
    daemon.socket.chmod(0o600)
    machine.expect("the socket's mode", "ERROR: Postfix's user does not reach the socket: Permission denied",
                   f"chmod 666 {daemon.socket}")
    daemon.socket.chmod(0o666)
    # A resolver that validates nothing, and none at all.
    machine.expect("no validation", f"ERROR: the resolver {RESOLVER} does not validate", "apt-get install -y unbound",
                   signed_name="example")
    resolv = pathlib.Path("/etc/resolv.conf")
    before = resolv.read_text()
    resolv.write_text("nameserver 127.0.0.9\n")
    machine.expect("no resolver", "ERROR: the resolver 127.0.0.9 does not answer", "systemctl restart unbound")
    resolv.write_text(before)
    # Outgoing HTTPS.
    machine.expect("a closed port", "ERROR: no HTTPS to mx.good.example", "port 443", https_host="mx.good.example")
    machine.expect("another certificate", "ERROR: no HTTPS to mta-sts.cert-selfsigned.example", "port 443",
                   https_host="mta-sts.cert-selfsigned.example")
    machine.expect("no trust anchors", "ERROR: no trust anchors for HTTPS in /dev/null", "ca-file", "--ca-file",
                   "/dev/null")
    machine.expect("offline", "WARNING: neither DNS nor port 443 was checked", f"--config {daemon.config} doctor --",
                   "--offline", status=0)
    # A clock earlier than the installation of the program.
    later = daemon.directory / "installed-later"
    shutil.copy(daemon.program, later)
    os.utime(later, (time.time() + 100 * 86400,) * 2)
    machine.expect("the clock", "ERROR: the clock is wrong", "timedatectl set-ntp true", program=later)
    # The database.
    database.chmod(0o644)
    machine.expect("the database's mode", "WARNING: others may read the database", f"chmod 600 {database}", status=0)
    database.chmod(0o600)
    foreign = lab.write("sick/foreign.sqlite", "no database" * 100)
    machine.expect("another file", "ERROR: the database cannot be read", f"mv {foreign} {foreign}.damaged",
                   "--database", foreign)
    # Settings.
    place = add_fault(daemon, "frob = 1")
    machine.expect("a typo", f"ERROR: settings: {place}frob: no such setting", f"fix {daemon.config}")
    daemon.process.send_signal(signal.SIGHUP)
    wait_for("the refusal", 10, lambda: "reload-refused" in daemon.log())
    machine.expect("a bad reload", "ERROR: the last reload was refused", "fix the settings")
    daemon.stop()
    daemon.start()
    machine.expect("a bad start", "ERROR: the daemon runs on the last good settings", "fix the settings")
    daemon.configure()
    machine.expect("fixed, not reloaded", "ERROR: the daemon runs on the last good settings",
                   "systemctl reload mtasts-socketmap")
    daemon.stop()
    (daemon.directory / "policies.sqlite.settings").unlink()
    add_fault(daemon, "frob = 1")
    daemon.start()
    machine.expect("no settings", "ERROR: the daemon has no good settings", "fix the settings")
    daemon.stop(signal.SIGKILL)
    daemon.configure()
    machine.expect("nobody", "ERROR: no daemon answers", "systemctl restart mtasts-socketmap")
    # The same checks at startup.
    os.environ["MAIL_CONFIG"] = str(machine.etc)
    machine.postfix(smtp_tls_security_level="may")
    daemon.start()
    wait_for("a warning", 10,
             lambda: 'level=error event=postfix-settings problem="dane = \\"leave\\" leaves' in daemon.log())
    daemon.stop()
    resolv.write_text("nameserver 127.0.0.9\n")
    os.environ["MAIL_CONFIG"] = "/nowhere"
    daemon.start()
    wait_for("a warning of the resolver", 20,
             lambda: 'event=postfix-resolver problem="the resolver 127.0.0.9 does not answer: ' in daemon.log())
    wait_for("what is unknown", 10,
             lambda: 'event=postfix-settings unknown="how Postfix is configured' in daemon.log())
    daemon.stop()
    resolv.write_text(before)


def main():
    with laboratory() as lab:
        domains.make_lab(lab)
        # sd_notify(3) for all but the machine that `doctor` examines.
        daemon = Daemon(lab, os.path.abspath(sys.argv[1]), fetch_time_limit=4, metrics="inet:" + METRICS)
        manager = ServiceManager(daemon.directory)
        for check, arguments in [(check_last_good, [lab, daemon, manager]), (check_none, [lab, daemon, manager]),
                                 (check_gone, [lab, daemon.program, manager]),
                                 (check_metrics_port, [daemon, manager]), (check_activation, [lab, daemon, manager])]:
            run_check(check, *arguments)
        del os.environ["NOTIFY_SOCKET"]
        (lab.root / "sick/queue").mkdir(parents=True)
        sick = Daemon(lab, daemon.program, "sick/queue/mtasts-socketmap", fetch_time_limit=4)
        for check, arguments in [(check_socket_path, [lab, daemon]), (check_doctor, [lab, Machine(lab, sick)])]:
            run_check(check, *arguments)


if __name__ == "__main__":
    main()
