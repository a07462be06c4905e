# SPDX-License-Identifier: BSL-1.0
"""The units under a real systemd, in a container with an overlay of this machine's files: a typo stops no mail.

    systemd_test.py PROGRAM
"""
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
UNITS = pathlib.Path(__file__).resolve().parent / "../../examples/postfix/systemd"
SERVICE, SOCKET = "mtasts-socketmap.service", "mtasts-socketmap.socket"
PATH = "/var/spool/postfix/mtasts-socketmap/socket"
CONFIG = pathlib.Path("/etc/mtasts-socketmap.conf")
PROGRAM = pathlib.Path("/usr/local/bin/mtasts-socketmap")
GOOD_TEXT = 'trust-anchor = ""\nresolver = "127.0.0.1"\noverride = "fixed.example mx mx.fixed.example"\n'
GOOD = "OK secure match=mx.fixed.example servername=hostname"
NO_SETTINGS = "TEMP mtasts-socketmap has no good settings: see its log"


# --- Inside -----------------------------------------------------------------------------------------------------------

def systemctl(*arguments):
    return subprocess.run(["systemctl", *arguments], capture_output=True, text=True, timeout=60)


def show(unit, name):
    return systemctl("show", "--property", name, "--value", unit).stdout.strip()


def ask(destination="fixed.example", limit=30):
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(limit)
        client.connect(PATH)
        request = b"postfix " + destination.encode()
        client.sendall(b"%d:%s," % (len(request), request))
        return client.recv(4096).decode().partition(":")[2].removesuffix(",")


def equal(found, wanted, what):
    assert found == wanted, f"{what}: {found!r}, not {wanted!r}"


def is_up(what):
    equal(show(SOCKET, "ActiveState"), "active", what + ": the socket")
    assert show(SERVICE, "ActiveState") in ("active", "activating"), what + ": " + show(SERVICE, "ActiveState")


def scenario():
    CONFIG.write_text(GOOD_TEXT)
    equal(systemctl("enable", "--now", SOCKET).returncode, 0, "enable --now")
    equal(ask(), GOOD, "the first request starts the daemon")
    equal(show(SERVICE, "StatusText"), "Answering, on the settings of the file", "STATUS=")
    first = show(SERVICE, "MainPID")

    CONFIG.write_text(GOOD_TEXT + "frob = 1\n")
    fault = f"{CONFIG}:4: frob: no such setting"
    assert systemctl("reload", SERVICE).returncode != 0, "a reload with bad settings"
    journal = subprocess.run(["journalctl", "--unit", SERVICE], capture_output=True, text=True).stdout
    assert fault in journal, journal
    equal((show(SERVICE, "MainPID"), ask()), (first, GOOD), "a reload with bad settings")

    equal(systemctl("restart", SERVICE).returncode, 0, "a restart with bad settings")
    status = show(SERVICE, "StatusText")
    assert fault in status and "last good" in status, status
    equal(ask(), GOOD, "on the last good settings")
    for _ in range(12):
        systemctl("restart", SERVICE)
    equal(ask(), GOOD, "after many restarts")
    is_up("many restarts")

    systemctl("stop", SERVICE)
    kept = pathlib.Path("/var/lib/private/mtasts-socketmap/policies.sqlite.settings")
    equal(kept.stat().st_mode & 0o777, 0o600, "the mode of the kept settings")
    kept.unlink()
    equal(ask(), NO_SETTINGS, "bad settings and none kept")
    for _ in range(12):
        equal(ask("example.com"), NO_SETTINGS, "bad settings and none kept")
    is_up("no settings")
    assert "Every answer is TEMP" in show(SERVICE, "StatusText")

    CONFIG.write_text(GOOD_TEXT)
    equal(systemctl("reload", SERVICE).returncode, 0, "a reload with fixed settings")
    end = time.monotonic() + 10
    while ask() != GOOD and time.monotonic() < end:
        time.sleep(0.2)
    equal(ask(), GOOD, "fixed")
    equal(show(SERVICE, "StatusText"), "Answering, on the settings of the file", "fixed")

    # A daemon that cannot even be started, far more often than systemd's default limits allow.
    away = PROGRAM.with_suffix(".away")
    PROGRAM.rename(away)
    shutil.copy("/bin/false", PROGRAM)
    systemctl("kill", "--signal=KILL", SERVICE)
    for _ in range(30):
        try:
            ask(limit=0.3)
        except (TimeoutError, ConnectionError, BlockingIOError) as error:
            assert not isinstance(error, ConnectionRefusedError), "connection refused"
    equal(show(SOCKET, "ActiveState"), "active", "a program that ends at once: the socket")
    shutil.copy(away, PROGRAM.with_suffix(".new"))
    PROGRAM.with_suffix(".new").rename(PROGRAM)
    equal(ask(), GOOD, "the program is back, and answers without being started")


def inside():
    try:
        scenario()
        result = "fine"
    except BaseException as error:
        log = subprocess.run(["journalctl", "--no-pager", "--unit", "mtasts-socketmap*"], capture_output=True,
                             text=True)
        result = f"{type(error).__name__}: {error}\n{log.stdout[-6000:]}"
    pathlib.Path("/result").write_text(result)


# --- Outside ----------------------------------------------------------------------------------------------------------

def skip(why):
    print("SKIPPED:", why)
    sys.exit(SKIPPED)


def verify(program, root):
    """systemd-analyze verify: no unknown setting, no missing program."""
    for unit in [SERVICE, SOCKET]:
        text = (UNITS / unit).read_text().replace(str(PROGRAM), program)
        (root / unit).write_text(text)
    result = subprocess.run(["systemd-analyze", "verify", "--man=no", root / SERVICE, root / SOCKET],
                            capture_output=True, text=True)
    ours = [line for line in result.stderr.splitlines() if "mtasts-socketmap" in line]
    assert result.returncode == 0 and not ours, result.stderr


def boot(program, place):
    """An overlay of this machine's files, with the units, that is thrown away."""
    root = place / "root"
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256m,mode=755", "tmpfs", place], check=True)
    for name in ["root", "upper", "work"]:
        (place / name).mkdir()
    try:
        options = f"lowerdir=/,upperdir={place}/upper,workdir={place}/work"
        if subprocess.run(["mount", "-t", "overlay", "-o", options, "overlay", root], capture_output=True).returncode:
            skip("an overlay cannot be mounted here")
        shutil.copy(program, root / str(PROGRAM)[1:])
        for unit in [SERVICE, SOCKET]:
            shutil.copy(UNITS / unit, root / "etc/systemd/system")
        (root / "var/spool/postfix").mkdir(exist_ok=True)
        (root / "etc/machine-id").write_text("")
        shutil.copy(__file__, root / "scenario.py")
        (root / "etc/systemd/system/scenario.service").write_text(f"""[Unit]
After=basic.target
Wants=basic.target
SuccessAction=poweroff-force
FailureAction=poweroff-force
[Service]
Type=oneshot
TimeoutStartSec=240
StandardOutput=file:/output
StandardError=file:/output
ExecStartPre=/bin/touch /booted
ExecStart={sys.executable} /scenario.py --inside
""")
        command = ["systemd-nspawn", "--quiet", "--directory", root, "--private-network", "--register=no", "--keep-unit",
                   "--link-journal=no", "--machine", f"mtasts-{os.getpid()}", "--console=pipe", "--boot",
                   "systemd.unit=scenario.service"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
        if not (root / "booted").exists():
            skip(f"systemd does not boot in a container here: {(done.stdout + done.stderr)[-500:]!r}")
        result = root / "result"
        return result.read_text() if result.exists() else (root / "output").read_text()
    finally:
        subprocess.run(["umount", "--lazy", root], capture_output=True)
        subprocess.run(["umount", "--lazy", place], capture_output=True)


def main():
    if sys.argv[1] == "--inside":
        return inside()
    program = os.path.abspath(sys.argv[1])
    missing = [each for each in ["systemd-analyze", "systemd-nspawn"] if shutil.which(each) is None]
    if missing:
        skip("not installed: " + ", ".join(missing))
    with tempfile.TemporaryDirectory(prefix="mtasts-systemd.") as place:
        units = pathlib.Path(place) / "units"
        units.mkdir()
        verify(program, units)
        print("systemd-analyze verify: fine", flush=True)
        if os.geteuid() != 0:
            skip("only root can start a container")
        layer = pathlib.Path(place) / "layer"
        layer.mkdir()
        result = boot(program, layer)
    assert result == "fine", result
    print("in a container: fine")


if __name__ == "__main__":
    main()
