# SPDX-License-Identifier: BSL-1.0
"""The daemon with real DNS and HTTPS: which policies it finds and keeps, and what it answers.

    policy_test.py PROGRAM
"""
import os
import signal
import sys
import threading
import time

import domains
from lab import BAD_HOSTS, laboratory, run_check, wait_for
from socketmap import Client, Daemon, metrics

METRICS = "127.0.0.1:9461"


def secure(*patterns):
    return f"OK secure match={':'.join(patterns)} servername=hostname"


def equal(found, wanted, what):
    assert found == wanted, f"{what}: {found!r}, not {wanted!r}"


def check_answers(daemon):
    """RFC 8461 3 and 5: the answer for each destination."""
    rows = [
        ("good.example", secure("mx.good.example")),
        ("GOOD.example.", secure("mx.good.example")),
        ("good.example:25", secure("mx.good.example")),
        ("[good.example]:587", secure("mx.good.example")),
        # "*" becomes the form of Postfix, in lower case.
        ("wild.example", secure(".wild.example", "mx.good.example")),
        ("testing.example", "NOTFOUND "),
        ("none.example", "NOTFOUND "),
        # Overrides.
        ("strict.example", secure("mx.strict.example")),
        ("override.example", secure("mx.fixed.example", ".fixed.example")),
        ("fallback.example", "NOTFOUND "),
        # RFC 8461 3.4: no policy of a parent, none for addresses.
        ("sub.good.example", "NOTFOUND "), (".good.example", "NOTFOUND "), (".example", "NOTFOUND "),
        ("[192.0.2.1]", "NOTFOUND "), ("[IPv6:2001:db8::1]:25", "NOTFOUND "), ("192.0.2.1", "NOTFOUND "),
        ("", "NOTFOUND "), ("localhost", "NOTFOUND "), ("a b.example", "NOTFOUND "), ("x" * 300, "NOTFOUND "),
        ("absent.example", "NOTFOUND "), ("_mta-sts.good.example", "NOTFOUND "),
        # RFC 8461 3.1: exactly one valid record.
        ("many.example", "NOTFOUND "), ("invalid.example", "NOTFOUND "),
        ("beside.example", secure("mx.beside.example")),
        # RFC 8461 3.2: a policy of mode enforce without mx is unusable; no text escapes the braces of an attribute.
        ("nomx.example", "NOTFOUND "),
        ("addresses.example", "TEMP the MTA-STS policy names no host that could be an MX"),
        ("braces.example", secure("mx.braces.example")),
        # RFC 8461 4.1: U-labels and A-labels are the same name.
        ("xn--bcher-kva.example", secure("mx.xn--bcher-kva.example")),
        ("b\u00fccher.example", secure("mx.xn--bcher-kva.example")),
        ("nullmx.example", secure("mx.nullmx.example")), ("lonely.example", secure("lonely.example")),
        # RFC 8461 3.3: 200 alone, no redirect, text/plain, 64 KiB.
        ("redirect.example", "NOTFOUND "), ("notfound.example", "NOTFOUND "), ("created.example", "NOTFOUND "),
        ("html.example", "NOTFOUND "), ("big.example", "NOTFOUND "), ("exact.example", secure("mx.exact.example")),
        ("endless.example", "NOTFOUND "), ("endlessheader.example", "NOTFOUND "), ("hangup.example", "NOTFOUND "),
        ("chunks.example", "NOTFOUND "), ("slow.example", "NOTFOUND "),
        # RFC 8461 3.3: no policy where DNS fails and none is kept.
        ("servfail.example", "NOTFOUND "), ("silent.example", "NOTFOUND "),
        # RFC 8461 2: DANE first; where it protects some hosts only, nothing may be left out.
        ("dane.signed", "NOTFOUND "), ("danebad.signed", "NOTFOUND "), ("partly.signed", "OK dane-only"),
        ("plain.signed", secure(".plain.signed")), ("lost.signed", "OK dane-only"),
    ]
    # RFC 8461 3.3: the policy host's certificate is trusted, unexpired, and has the name as DNS-ID.
    rows += [(f"cert-{fault}.example", "NOTFOUND ") for fault in BAD_HOSTS]
    answers = {}

    def ask(destination):
        answers[destination] = daemon.ask(destination)

    threads = [threading.Thread(target=ask, args=[destination]) for destination, _ in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for destination, wanted in rows:
        equal(answers.get(destination), wanted, repr(destination))
    # Every time limit was used, and none was exceeded.
    log = daemon.log()
    for fault in ["othername", "expired", "selfsigned", "cnonly"]:
        assert f"domain=cert-{fault}.example why=host-untrusted" in log, fault
    for domain, reason in {"big": "longer than 65536", "endless": "longer than 65536",
                           "endlessheader": "header is longer", "redirect": "status 301", "created": "status 201",
                           "html": "text/html", "slow": "imed out"}.items():
        lines = [line for line in log.splitlines() if f"domain={domain}.example " in line and "fetch-failed" in line]
        assert lines and reason in lines[0], (domain, lines)


def check_life(lab, daemon):
    """RFC 8461 3.3, 5.1, 10.2: the life of a kept policy."""
    equal(daemon.ask("cached.example"), secure("mx.cached.example"), "cached")
    equal(daemon.ask("update.example"), secure("mx.update.example"), "update")
    equal(daemon.ask("expiring.example"), secure("mx.expiring.example"), "expiring")
    # One id is fetched once, however many ask.
    threads = [threading.Thread(target=daemon.ask, args=["refresh.example"]) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first = lab.fetches("refresh.example")
    assert first == 1, first
    # A new id means a new policy; the former applies until the new one is fetched.
    lab.publish("update.example", "enforce", "mx.new.example")
    lab.publish("none.example", "enforce", "mx.none.example")
    lab.change_dns(r"^_mta-sts\.(update|none) ", ['_mta-sts.update TXT "v=STSv1; id=2;"', '_mta-sts.none TXT "v=STSv1; id=2;"'])
    daemon.ask_until("update.example", secure("mx.new.example"))
    daemon.ask_until("none.example", secure("mx.none.example"))
    lab.publish("none.example", "none")
    lab.change_dns(r"^_mta-sts\.none ", ['_mta-sts.none TXT "v=STSv1; id=3;"'])
    daemon.ask_until("none.example", "NOTFOUND")
    # The attacker removes the record, then breaks HTTPS: the kept policy still applies.
    lab.change_dns(r"^_mta-sts\.cached ")
    for _ in range(3):
        equal(daemon.ask("cached.example"), secure("mx.cached.example"), "without record")
        time.sleep(0.5)
    lab.change_dns(add=['_mta-sts.cached TXT "v=STSv1; id=2;"'])
    lab.publish("cached.example", "enforce", text="no policy")
    for _ in range(3):
        equal(daemon.ask("cached.example"), secure("mx.cached.example"), "broken policy")
        time.sleep(0.5)
    # RFC 8461 3.3: one try for an id, then a retry delay of five minutes.
    equal(lab.fetches("cached.example"), 2, "fetches of cached.example")
    wait_for("an alert", 5, lambda: "event=refresh-failed domain=cached.example why=policy-invalid" in daemon.log())
    # RFC 8461 2: a domain left to DANE is protected by its policy again when DANE is gone, from the first mail on.
    domains.sign_dane(lab, {**domains.SIGNED, "danebad": [(None, "good")]})
    lab.change_dns()
    equal(daemon.ask("danebad.signed"), secure(".danebad.signed"), "without DANE")
    # A restart forgets nothing, with neither DNS nor HTTPS.
    lab.change_dns(r"^(_mta-sts|mta-sts)\.(update|expiring|good) ")
    daemon.restart()
    for domain in ["cached", "expiring", "good"]:
        equal(daemon.ask(f"{domain}.example"), secure(f"mx.{domain}.example"), "after a restart")
    equal(daemon.ask("update.example"), secure("mx.new.example"), "after a restart")
    # Until max_age is over, by a clock that is an hour ahead; the other policies hold for a day.
    daemon.set_clock(wall=3500, boot=3500)
    daemon.restart()
    equal(daemon.ask("expiring.example"), secure("mx.expiring.example"), "just before its end")
    # Refreshed once half of max_age is over, without mail and without a new id.
    wait_for("a refresh", 15, lambda: lab.fetches("refresh.example") > first)
    time.sleep(2)
    equal(lab.fetches("refresh.example"), first + 1, "refreshes")
    daemon.set_clock(wall=3700, boot=3700)
    daemon.restart()
    equal(daemon.ask("expiring.example"), "NOTFOUND ", "after its end")
    equal(daemon.ask("good.example"), secure("mx.good.example"), "before its end")
    daemon.set_clock(wall=-86400)
    daemon.restart()
    equal(daemon.ask("good.example"), secure("mx.good.example"), "with a clock that went back")
    daemon.set_clock()
    daemon.restart()


def check_commands(daemon):
    equal(daemon.run("query", "good.example").stdout, secure("mx.good.example") + "\n", "query")
    equal(daemon.run("query", "good.example").returncode, 0, "query's status")
    equal(daemon.run("query", "absent.example").returncode, 1, "query's status for NOTFOUND")
    afresh = daemon.run("query", "--afresh", "wild.example")
    assert secure(".wild.example", "mx.good.example") in afresh.stdout and "why=fetched" in afresh.stderr, afresh
    for domain, why in [("testing.example", "the policy's mode is testing"),
                        ("none.example", "the policy's mode is none"),
                        ("absent.example", "there is no MTA-STS record"),
                        ("dane.signed", "all MX hosts have DANE, which is left to Postfix's own level")]:
        afresh = daemon.run("query", "--afresh", domain)
        equal((afresh.returncode, afresh.stdout), (1, "NOTFOUND \n"), domain)
        assert f'event=not-found destination={domain} why="{why}' in afresh.stderr, afresh
    afresh = daemon.run("query", "--afresh", "servfail.example", "--dns-time-limit", "30")
    assert 'event=dns-failed domain=servfail.example reason=SERVFAIL' in afresh.stderr, afresh
    dump = daemon.run("dump", "--texts").stdout
    assert "domain=good.example mode=enforce id=1 " in dump and "    mx: mx.good.example\n" in dump, dump
    # The running daemon looks up a purged policy again: here the record is gone.
    equal(daemon.run("purge", "good.example").stdout, "1 policy forgotten\n", "purge")
    daemon.ask_until("good.example", "NOTFOUND")
    assert "domain=good.example" not in daemon.run("dump").stdout
    for arguments in [["purge"], ["purge", "a.example", "--all"], ["query"], ["--dane", "maybe"], ["frobnicate"]]:
        assert daemon.run(*arguments).returncode not in (0, 1) or arguments == ["frobnicate"], arguments
    equal(daemon.run("--check-config").returncode, 0, "--check-config")
    for setting in [{"socket": "tcp:1"}, {"override": ["good.example maybe"]},
                    {"override": ["good.example off", "good.example strict"]}, {"socket_mode": "9"}, {"recheck": -1},
                    {"database": "/nowhere/at/all.sqlite"}, {"ca_file": "/nowhere.pem"}, {"metrics": "inet:x"},
                    {"no_such_setting": 1}]:
        name = next(iter(setting)).replace("_", "-")
        former = daemon.settings.get(name)
        daemon.configure(**setting)
        result = daemon.run("--check-config")
        assert result.returncode != 0 and result.stderr, (setting, result)
        daemon.configure(**{name: former})
    daemon.configure()


def check_signals(lab, daemon):
    """SIGHUP reloads settings, and keeps the former ones if they are bad; after SIGTERM, waiting mail is still
    answered."""
    daemon.configure(override=["absent.example mx mx.absent.example"])
    daemon.process.send_signal(signal.SIGHUP)
    daemon.ask_until("absent.example", secure("mx.absent.example"))
    daemon.configure(override=["bad"])
    daemon.process.send_signal(signal.SIGHUP)
    wait_for("a refusal", 5, lambda: "reload-refused" in daemon.log())
    equal(daemon.ask("absent.example"), secure("mx.absent.example"), "after a bad reload")
    daemon.configure(override=None)
    idle, busy = daemon.client(), daemon.client()
    busy.send(b"22:postfix silent.example,")
    time.sleep(0.3)
    daemon.process.send_signal(signal.SIGTERM)
    equal(busy.receive(), "NOTFOUND ", "an answer while draining")
    daemon.process.wait(10)
    equal(daemon.process.returncode, 0, "the status at the end")
    try:
        idle.ask("good.example")
        raise AssertionError("an idle client was kept")
    except OSError:
        pass
    # DNS failures defer mail, if the setting says so.
    daemon.configure(dns_failure="temp")
    daemon.start()
    equal(daemon.ask("silent.example"), "TEMP DNS does not say whether there is an MTA-STS policy", "dns-failure = temp")
    equal(daemon.ask("wild.example"), secure(".wild.example", "mx.good.example"), "a kept policy")
    # Postfix >= 3.10 is sent what its reports need.
    daemon.restart(tlsrpt="true", dane="only")
    equal(daemon.ask("braces.example"),
          secure("mx.braces.example") + " policy_type=sts policy_domain=braces.example policy_ttl=86400"
          " mx_host_pattern=mx.braces.example { policy_string = version: STSv1 } { policy_string = mode: enforce }"
          " { policy_string = mx: mx.braces.example } { policy_string = max_age: 86400 } { policy_string = x-good: fine }",
          "TLSRPT attributes")
    equal(daemon.ask("dane.signed"), "OK dane-only", "dane = only")
    # Policy hosts at addresses that are not public are refused.
    daemon.restart(allow_private_addresses="false", tlsrpt="false", dane="leave")
    equal(daemon.ask("testing.example"), "NOTFOUND ", "a policy that is kept")
    daemon.run("purge", "--all")
    wait_for("the purge", 5, lambda: "database-changed" in daemon.log())
    equal(daemon.ask("braces.example"), "NOTFOUND ", "a private address")
    assert "event=address-refused domain=braces.example host=mta-sts.braces.example address=10.99.0.10" in daemon.log()
    values = metrics(METRICS)
    assert values["mtasts_addresses_refused_total"] >= 1 and values['mtasts_answers_total{kind="notfound"}'] >= 2, values
    daemon.stop()
    check_activation(lab, daemon)


def check_activation(lab, daemon):
    """systemd's protocol: the listening socket is descriptor 3."""
    import socket
    path = daemon.directory / "activated"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(8)
    waiting = Client(path)
    script = 'exec 3<&%d; LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"' % listener.fileno()
    process = lab.start("activated", "sh", "-c", script, "sh", *daemon.command("--socket", f"unix:{daemon.directory}/unused"),
                        pass_fds=[listener.fileno()])
    equal(waiting.ask("absent.example"), "NOTFOUND ", "through an activated socket")
    process.terminate()
    equal(process.wait(10), 0, "its end")


def main():
    program = os.path.abspath(sys.argv[1])
    with laboratory() as lab:
        domains.make_lab(lab)
        daemon = Daemon(lab, program, metrics="inet:" + METRICS, fetch_time_limit=4,
                        override=["strict.example strict", "fallback.example off",
                                  "override.example mx mx.fixed.example *.fixed.example"])
        daemon.start()
        for check, arguments in [(check_answers, [daemon]), (check_life, [lab, daemon]), (check_commands, [daemon]),
                                 (check_signals, [lab, daemon])]:
            run_check(check, *arguments)


if __name__ == "__main__":
    main()
