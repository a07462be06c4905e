# SPDX-License-Identifier: BSL-1.0
"""With forged MX records, no spelling of a domain makes Postfix bypass its policy, and ordinary mail goes out.

    names_test.py PROGRAM
"""
import os
import smtplib
import subprocess
import sys

import domains
from lab import laboratory, run_check
from mail_test import expect, start_postfix
from socketmap import Daemon

#: By UTS #46, what each class of code points can make of two names.
CACHED = {
    "ascii": "cached.example",
    "upper case": "CACHED.Example",
    "ideographic full stop": "cached\u3002example",
    "full-width full stop": "cached\uff0eexample",
    "half-width full stop": "cached\uff61example",
    "full-width letter": "\uff43ached.example",
    "full-width capital": "\uff23ached.example",
    "circled letter": "\u24d2ached.example",
    "mathematical letter": "\U0001d41cached.example",
    "script letter": "cach\u212fd.example",
    "ignored: soft hyphen": "cach\u00aded.example",
    "ignored: zero-width space": "cach\u200bed.example",
    "ignored: word joiner": "cach\u2060ed.example",
    "ignored: variation selector": "cach\ufe0fed.example",
    "ignored, in the top-level domain": "cached.ex\u00adample",
    "several": "\uff23\u00adached\uff61\uff45xample",
}
BUECHER = {
    "a-label": "xn--bcher-kva.example",
    "u-label": "b\u00fccher.example",
    "u-label in capitals": "B\u00dcCHER.example",
    "not composed": "bu\u0308cher.example",
    "not composed, in capitals": "BU\u0308CHER.example",
    "full-width letters": "\uff42\u00fccher\u3002example",
}
#: Names for which Postfix has no A-labels, or those of another domain.
OTHERS = {
    "disallowed": "cached\u202e.example",
    "a mark first": "\u0301cached.example",
    "deviation: joiner": "cached\u200d.example",
    "an empty label": "cached\u3002\u3002example",
    "a final ideographic full stop": "cached.example\u3002",
    "replacement character": "cached\ufffd.example",
}


def check_ordinary(mail):
    """No honest mail is deferred, to a name, a relay, an address, or below a parent without policy."""
    expect(mail, [(f"plain-{i}", domain, "sent") for i, domain in enumerate(
        ["cached.example", "b\u00fccher.example", "good.example", "none-good.example", "plain.example",
         "sub.plain.example", "relayed.example", "literal.example", "by-domain.example"])])


def check_spellings(mail):
    """By Postfix's log, mail is deferred because of the policy, however the name is written."""
    for form, names in [("c", CACHED), ("b", BUECHER)]:
        expect(mail, [(f"{form}{i}", domain, "deferred") for i, domain in enumerate(names.values())])


def check_others(mail):
    for i, (about, domain) in enumerate(OTHERS.items()):
        try:
            mail.send(f"other{i}", domain)
        except smtplib.SMTPException:
            continue  # refused when sent
        fate = mail.fate(f"other{i}")
        assert fate[1] != "sent", f"{about}: {fate[0]}"


def check_answers(lab, daemon):
    for about, domain in {**CACHED, **BUECHER}.items():
        policy = "cached" if domain in CACHED.values() else "xn--bcher-kva"
        wanted = f"OK secure match=mx.{policy}.example servername=hostname"
        assert daemon.ask(domain) == wanted, (about, daemon.ask(domain))
        for form in [f"{domain}:25", f"[{domain}]:587"]:
            assert daemon.ask(form) == wanted, (form, daemon.ask(form))
    waits = "TEMP the next-hop has no A-labels"
    for destination in ["cached\u202e.example", "[cached\u202e.example]:25", b"\xff.example", "cached.example\u3002"]:
        assert daemon.ask(destination) == waits, (destination, daemon.ask(destination))
    for destination in ["", ".", ".cached.example", ".example", ".b\u00fccher.example", ".cached\u3002example", "relay",
                        "relay:587", "[relay]:587", "[localhost]:10025", "_x.example", "a_b.example", "ab--cd.example",
                        "/var/spool/lmtp", "private/lmtp", "/srv/b\u00fccher/lmtp", "192.0.2.1", "[192.0.2.1]:25",
                        "[IPv6:2001:db8::1]", "[::1]:10024"]:
        assert daemon.ask(destination) == "NOTFOUND ", (destination, daemon.ask(destination))
    # With dns-failure = "temp", a single-label relay still gets its mail while DNS fails.
    lab.nsd.terminate()
    lab.nsd.wait()
    daemon.restart(dns_failure="temp")
    assert daemon.ask("unheard.example").startswith("TEMP "), daemon.ask("unheard.example")
    assert daemon.ask("[relay]:587") == "NOTFOUND ", daemon.ask("[relay]:587")


def check_idna2003(lab, daemon, mail):
    """UTS #46 4: with enable_idna2003_compatibility = yes, a Postfix built with an ICU older than 76 delivers mail for
    "fa\u00df" to "fass". Whichever of the two it takes, the daemon answers for the same."""
    readings = {"fass": "othername.mx.example", "xn--fa-hia": "expired.mx.example"}
    daemon.restart(override=[f"{name}.example mx mx.{name}.example" for name in readings],
                   idna2003_compatibility="true")
    etc = lab.root / "sender/etc"
    subprocess.run(["postconf", "-c", etc, "-e", "enable_idna2003_compatibility = yes"], check=True)
    subprocess.run(["postfix", "-c", etc, "reload"], check=True, capture_output=True)
    expect(mail, [("sharp-s", "fa\u00df.example", "deferred"), ("sharp-s-free", "gro\u00df.example", "sent")])
    fate = mail.fate("sharp-s")[0]
    [taken] = [name for name, host in readings.items() if f"relay={host}[" in fate]
    assert daemon.ask("fa\u00df.example") == f"OK secure match=mx.{taken}.example servername=hostname", (taken, fate)
    daemon.restart(override=None, idna2003_compatibility=None)


def main():
    with laboratory() as lab:
        # Bad certificates, and a domain without policy, in both readings of "\u00df".
        lab.records += ["fass MX 10 othername.mx", "xn--fa-hia MX 10 expired.mx",
                        "gross MX 10 good.mx", "xn--gro-7ka MX 10 good.mx"]
        # A domain without policy, and relays for mail to others.
        lab.records += ["plain MX 10 good.mx", "sub.plain MX 10 good.mx"]
        domains.make_lab(lab)
        daemon = Daemon(lab, os.path.abspath(sys.argv[1]), fetch_time_limit=4).start()
        mail = start_postfix(lab, {
            "transport_maps": "inline:{{relayed.example=smtp:[good.mx.example]:25},"
                              "{literal.example=smtp:[10.99.1.1]:25},{by-domain.example=smtp:plain.example}}"})
        check_ordinary(mail)
        lab.change_dns(r"^(cached|xn--bcher-kva) MX ",
                       ["cached MX 10 othername.mx", "xn--bcher-kva MX 10 othername.mx"])
        for check, arguments in [(check_spellings, [mail]), (check_others, [mail]),
                                 (check_idna2003, [lab, daemon, mail]), (check_answers, [lab, daemon])]:
            run_check(check, *arguments)


if __name__ == "__main__":
    main()
