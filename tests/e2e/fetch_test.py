# SPDX-License-Identifier: BSL-1.0
"""A truncated response is not used as a policy, and silent hosts do not delay others.

    fetch_test.py PROGRAM
"""
import os
import resource
import shutil
import socket
import subprocess
import sys
import threading
import time

import cutting
from lab import BAD_HOSTS, POLICY_HOST, laboratory, run_check
from socketmap import Daemon

SILENT_HOST = "10.99.0.17"
NAMES = 1000
GOOD = ["good", "better", "best"]


def make_lab(lab):
    for address in [cutting.ADDRESS, SILENT_HOST]:
        subprocess.run(["ip", "address", "add", address + "/32", "dev", "lo"], check=True)
    lab.make_authority()
    domains = [*cutting.cases(), *GOOD]
    lab.certificate("policy", [f"mta-sts.{each}.example" for each in domains])
    for each in domains:
        address = POLICY_HOST if each in GOOD else cutting.ADDRESS
        lab.records += [f'_mta-sts.{each} TXT "v=STSv1; id=1;"', f"mta-sts.{each} A {address}"]
    for each in GOOD:
        lab.publish(f"{each}.example", "enforce", f"mx.{each}.example")
    # A wildcard zone: all of its names have a record, and the same silent policy host.
    lab.records += ['*.wild TXT "v=STSv1; id=1;"', f"*.wild A {SILENT_HOST}"]
    lab.write_zone()
    lab.anchor = lab.sign_zone("signed.", [])
    lab.start_dns({"example.": "example.zone", "signed.": "signed.signed"}, lab.anchor)
    for fault in BAD_HOSTS:
        shutil.copy(lab.root / "certs/policy.pem", lab.root / f"certs/policy-{fault}.pem")
    lab.start_nginx({})
    cutting.start(lab.root / "certs/policy.pem")
    # Once its backlog is full, the kernel drops connection attempts.
    silent = socket.create_server((SILENT_HOST, 443), backlog=1)
    full = [socket.socket() for _ in range(4)]
    for each in full:
        each.setblocking(False)
        each.connect_ex((SILENT_HOST, 443))
    return [silent, *full]


def check_cut_answers(daemon):
    """RFC 9112 6.3, 8, 9.8: a response that may be truncated is discarded."""
    answers = {}

    def ask(case):
        answers[case] = daemon.ask(case + ".example")

    threads = [threading.Thread(target=ask, args=[case]) for case in cutting.cases()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wrong = []
    for case, whole in cutting.cases().items():
        wanted = f"OK secure match=mx.{case}.example servername=hostname" if whole else "NOTFOUND "
        if answers.get(case) != wanted:
            wrong.append(f"{case}: {answers.get(case)!r}, not {wanted!r}")
    assert not wrong, "\n".join(wrong)
    print(f"{len(answers)} ways to end an answer", flush=True)


def wait_beside(daemon, good, names):
    """How long mail to a good domain waits beside mail to all these names."""
    clients = []
    for name in names:
        client = daemon.client()
        request = b"postfix " + name.encode()
        client.send(b"%d:%s," % (len(request), request))
        clients.append(client)
    time.sleep(2)
    began = time.monotonic()
    answer = daemon.ask(good + ".example")
    waited = time.monotonic() - began
    assert answer == f"OK secure match=mx.{good}.example servername=hostname", answer
    for client in clients:
        client.close()
    return waited


def check_silent_hosts(daemon):
    """Mail to a domain does not wait for the silent policy hosts or silent name servers of others."""
    alone = wait_beside(daemon, "good", [])
    beside = wait_beside(daemon, "better", [f"n{i}.wild.example" for i in range(NAMES)])
    silent_dns = wait_beside(daemon, "best", [f"n{i}.silent.example" for i in range(NAMES)])
    print(f"a first lookup: {alone:.2f} s alone, {beside:.2f} s beside {NAMES} names of a silent policy host, "
          f"{silent_dns:.2f} s beside {NAMES} names of silent name servers", flush=True)
    # Not a test of speed: queued after the others, it would wait for a connection time-out of each.
    assert beside < 5 and silent_dns < 5


def check_recheck(lab, daemon):
    """A newer policy is taken beside mail to many names of silent name servers."""
    kept = "OK secure match=mx.good.example servername=hostname"
    assert daemon.ask("good.example") == kept
    clients = []
    for i in range(300):
        clients.append(daemon.client())
        request = b"postfix again%d.silent.example" % i
        clients[-1].send(b"%d:%s," % (len(request), request))
    lab.publish("good.example", "enforce", "mx2.good.example")
    lab.change_dns(r"^_mta-sts\.good ", ['_mta-sts.good TXT "v=STSv1; id=2;"'])
    # Queued after the others it would take minutes.
    daemon.ask_until("good.example", "OK secure match=mx2.good.example ", 30)
    for client in clients:
        client.close()


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with laboratory() as lab:
        held = make_lab(lab)
        daemon = Daemon(lab, os.path.abspath(sys.argv[1]), fetch_time_limit=20, dns_time_limit=10, log_level="notice",
                        connections=4 * NAMES)
        daemon.start()
        for check, arguments in [(check_cut_answers, [daemon]), (check_silent_hosts, [daemon]),
                                 (check_recheck, [lab, daemon])]:
            run_check(check, *arguments)
        del held


if __name__ == "__main__":
    main()
