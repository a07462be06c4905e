# SPDX-License-Identifier: BSL-1.0
"""DANE while DNS fails: what the daemon cannot look up is unknown, never "no DANE" (RFC 7672 2.1.2).

    dane_test.py PROGRAM
"""
import contextlib
import itertools
import os
import sqlite3
import sys
import threading

import domains
import mail_test
from dns_proxy import DnsProxy, drop, forge, servfail, without_dnssec, without_edns
from lab import MX_HOSTS, NAME_SERVER, RESOLVER, laboratory, run_check, wait_for
from socketmap import Daemon, metrics

#: A domain with DANE whose TLSA record does not match, a signed one without DANE, and an insecure one, with the answers
#: while all lookups succeed.
DOMAINS = {"danebad.signed": "NOTFOUND ", "plain.signed": "OK secure match=.plain.signed servername=hostname",
           "good.example": "OK secure match=mx.good.example servername=hostname"}
MX_NAMES = {"danebad.signed": "mx0.danebad.signed", "plain.signed": "mx0.plain.signed", "good.example": "mx.good.example"}
TYPES = ["MX", "A", "AAAA", "TLSA"]
#: Forged answers, which DNSSEC can detect.
FORGED = {"MX": forge("MX", 10, "good.mx.example"), "A": forge("A", MX_HOSTS["good"]), "AAAA": forge(None),
          "TLSA": forge(None)}
#: Concurrent threads: daemons wait more than they work.
AT_ONCE = 5


def subsets(items):
    return [each for size in range(len(items) + 1) for each in itertools.combinations(items, size)]


def question(domain, type_):
    host = MX_NAMES[domain]
    return {"MX": domain, "A": host, "AAAA": host, "TLSA": "_25._tcp." + host}[type_]


def is_known(domain, act, lost):
    """RFC 7672 2.1.2, 2.2: whether the remaining answers show that the domain has DANE, or that it has none."""
    if not domain.endswith(".signed"):
        # Without DNSSEC a forgery cannot be detected: the policy says which hosts are right.
        return act is FORGED or "MX" not in lost
    if "MX" in lost:
        return False
    return "TLSA" not in lost and not {"A", "AAAA"} <= set(lost)


class Bench:
    """A daemon with its own forwarder."""
    count = itertools.count(30)
    lock = threading.Lock()

    def __init__(self, lab, program, upstream=RESOLVER, **settings):
        with Bench.lock:
            number = next(Bench.count)
        self.proxy = DnsProxy(f"10.99.0.{number}", upstream).start()
        settings = {"resolver": self.proxy.address, "dns_time_limit": 1, "log_level": "debug", **settings}
        self.daemon = Daemon(lab, program, name=settings.pop("name", f"bench{number}"), **settings)

    def attack(self, lost, act, names=tuple(DOMAINS)):
        for domain, type_ in itertools.product(names, lost):
            self.proxy.rule(question(domain, type_), type_, act[type_] if isinstance(act, dict) else act)

    def ask_all(self, names=tuple(DOMAINS)):
        """Concurrently, so that the waits overlap."""
        answers = {}
        threads = [threading.Thread(target=lambda each=each: answers.update({each: self.daemon.ask(each)})) for each in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def expect(self, wanted, what):
        answers = self.ask_all(tuple(wanted))
        assert answers == wanted, f"{what}: {answers}, not {wanted}\n{self.daemon.log()[-4000:]}"


def in_threads(jobs):
    """Runs all of them concurrently and raises the first failure."""
    failures, waiting = [], list(jobs)

    def work():
        while waiting and not failures:
            try:
                waiting.pop(0)()
            except BaseException as failure:
                failures.append(failure)

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def check_lost(lab, program, kind, act, lost):
    """Some queries are dropped, refused or forged: for new domains, and for remembered ones."""
    what = f"{kind} {' '.join(lost) or 'nothing'}"
    bench = Bench(lab, program)
    bench.attack(lost, act)
    bench.daemon.start()
    bench.expect({each: DOMAINS[each] if is_known(each, act, lost) else "OK dane-only" for each in DOMAINS}, what + ", new")
    bench.daemon.stop()
    bench.proxy.rules.clear()
    bench.daemon.start()
    bench.expect(DOMAINS, "after " + what)
    bench.daemon.stop()
    bench.attack(lost, act)
    bench.daemon.start()
    # Mail to domains proved to have no DANE is not affected; that to others goes by DANE alone.
    bench.expect({each: "OK dane-only" if each == "danebad.signed" and not is_known(each, act, lost) else wanted
                  for each, wanted in DOMAINS.items()}, what + ", remembered")
    bench.daemon.stop()


def check_all_lost(lab, program):
    kinds = [("dropped:", drop), ("refused:", servfail), ("forged:", FORGED)]
    cases = [(*kind, lost) for kind in kinds for lost in subsets(TYPES)]
    in_threads([lambda case=case: check_lost(lab, program, *case) for case in cases])


def check_names(lab, program):
    """RFC 5321 5.1, RFC 7672 2.2.2: a domain without MX records, and MX hosts that are aliases."""
    known = {"implicit.signed": "NOTFOUND ", "alias.signed": "NOTFOUND ", "aliasout.signed": "NOTFOUND ",
             "aliasnone.signed": "OK secure match=.aliasnone.signed servername=hostname"}
    lost = {"_25._tcp.implicit.signed": "implicit.signed", "_25._tcp.mx0.danebad.signed": "alias.signed",
            "_25._tcp.mx.aliasout.signed": "aliasout.signed", "_25._tcp.mx0.plain.signed": "aliasnone.signed"}
    bench = Bench(lab, program)
    bench.daemon.start()
    bench.expect(known, "names")
    for name in lost:
        bench.proxy.rule(name, "TLSA", servfail)
    bench.daemon.stop()
    bench.daemon.run("purge", "--all")
    bench.daemon.start()
    bench.expect({domain: "OK dane-only" for domain in lost.values()}, "names without TLSA records")
    bench.daemon.stop()


def check_recovery(lab, program):
    """An answer given while DNS failed is looked up again soon, not at the next recheck in an hour."""
    bench = Bench(lab, program, recheck=3600)
    bench.attack(["MX"], drop)
    # One host that certainly has DANE, and one that is unknown.
    bench.proxy.rule("_25._tcp.mx1.both.signed", "TLSA", drop)
    known = {**DOMAINS, "both.signed": "NOTFOUND "}
    bench.daemon.start()
    bench.expect({each: "OK dane-only" for each in known}, "before the recovery")
    bench.proxy.rules.clear()
    for each, wanted in known.items():
        bench.daemon.ask_until(each, wanted, 90)
    bench.daemon.stop()


def check_age(lab, program):
    """A proof that there is no DANE counts for a day, but not if it is from the future; a proof of DANE does not
    expire."""
    bench = Bench(lab, program)
    bench.daemon.start()
    bench.expect(DOMAINS, "young")
    bench.daemon.stop()
    bench.attack(TYPES, servfail)
    young = {**DOMAINS, "danebad.signed": "OK dane-only"}
    for seconds, wanted in [(-80000, young), (-6401, {each: "OK dane-only" for each in DOMAINS}), (86400, young),
                            (100000, {each: "OK dane-only" for each in DOMAINS})]:
        with contextlib.closing(sqlite3.connect(bench.daemon.directory / "policies.sqlite")) as database, database:
            assert database.execute("UPDATE dane SET seen = seen + ?", [seconds]).rowcount == 3
        bench.daemon.start()
        bench.expect(wanted, f"proofs {seconds} seconds older")
        bench.daemon.stop()


def check_mail(lab, program, mail):
    """Postfix has working DNS: mail never goes to a host whose TLSA record does not match."""
    bench = Bench(lab, program, name="daemon")
    cases = {"mx": ["MX"], "tlsa": ["A", "AAAA", "TLSA"], "all": TYPES}
    for case, lost in cases.items():
        for act in [drop, FORGED]:
            bench.proxy.rules.clear()
            bench.attack(lost, act, ["danebad.signed"])
            bench.daemon.start()
            kind = "forged" if act is FORGED else "dropped"
            mail_test.expect(mail, [(f"{kind}-{case}", "danebad.signed", "deferred")])
            bench.daemon.stop()
            bench.daemon.run("purge", "--all")
    # Mail that must go out: to hosts whose TLSA records match, and to domains known before to have no DANE.
    bench.proxy.rules.clear()
    bench.daemon.start()
    bench.expect(DOMAINS, "before")
    bench.daemon.stop()
    bench.proxy.rule("dane.signed", "MX", drop)
    bench.attack(TYPES, drop)
    bench.daemon.start()
    mail_test.expect(mail, [("dane-dropped", "dane.signed", "sent"), ("plain-dropped", "plain.signed", "sent"),
                            ("good-dropped", "good.example", "sent"), ("known-dropped", "danebad.signed", "deferred")])
    # The same while MX records are forged for Postfix.
    lab.change_dns(r"^good MX ", ["good MX 10 othername.mx"])
    mail_test.expect(mail, [("good-forged", "good.example", "deferred")])
    lab.change_dns(r"^good MX ", ["good MX 10 mx.good"])
    # Signatures are stripped from the start: domains known to have DANE keep it, and other mail goes out.
    bench.daemon.stop()
    bench.proxy.rules.clear()
    bench.proxy.rule(None, None, without_dnssec)
    bench.daemon.start()
    wait_for("DNSSEC to be missed", 60, lambda: "effect=\"DANE is not applied where" in bench.daemon.log())
    mail_test.expect(mail, [("known-stripped", "danebad.signed", "deferred"), ("plain-stripped", "plain.signed", "sent"),
                            ("good-stripped", "good.example", "sent")])
    bench.daemon.stop()


def check_resolver(lab, program, kind, rule):
    """A resolver that does not pass DNSSEC on: it is logged, MTA-STS still works, and known DANE is not turned off."""
    address = f"127.0.0.1:{next(Bench.count) + 9400}"
    bench = Bench(lab, program, metrics="inet:" + address, dns_failure="temp")
    attack = lambda: bench.proxy.rule(*rule)
    attack()
    bench.daemon.start()
    # Once it answers, it also serves metrics.
    bench.daemon.ask("192.0.2.1")
    wait_for(kind + ": DNSSEC to be missed", 90, lambda: metrics(address)["mtasts_dnssec_missing"] == 1)
    assert "event=dnssec-missing zone=signed " in bench.daemon.log(), kind
    # Without DNSSEC, a policy is applied, and no policy is still none.
    secure = {**DOMAINS, "danebad.signed": "OK secure match=.danebad.signed servername=hostname"}
    for each, wanted in {**secure, "absent.example": "NOTFOUND "}.items():
        bench.daemon.ask_until(each, wanted, 60)
    if kind == "strips":
        # One validated answer ends it, without a restart.
        bench.proxy.rules.clear()
        wait_for(kind + ": DNSSEC to be back", 150, lambda: metrics(address)["mtasts_dnssec_working"] == 1)
        for each, wanted in DOMAINS.items():
            bench.daemon.ask_until(each, wanted, 60)
        # From then on its absence is an attack.
        attack()
    else:
        bench.daemon.stop()
        bench.proxy.rules.clear()
        bench.daemon.start()
        bench.expect(DOMAINS, kind + ": with DNSSEC")
        bench.daemon.stop()
        attack()
        bench.daemon.start()
        bench.daemon.ask("192.0.2.1")
        wait_for(kind + ": DNSSEC to be missed again", 90, lambda: metrics(address)["mtasts_dnssec_missing"] == 1)
    bench.daemon.ask_until("danebad.signed", "OK dane-only", 60)
    for each in ["plain.signed", "good.example"]:
        bench.daemon.ask_until(each, DOMAINS[each], 60)
    # Only the operator can turn it off.
    bench.daemon.restart(dnssec="off")
    for each, wanted in {**secure, "absent.example": "NOTFOUND "}.items():
        bench.daemon.ask_until(each, wanted, 60)
    assert "event=dnssec-off" in bench.daemon.log()
    bench.daemon.stop()


def check_waits(lab, program):
    """Tests that wait for caches and pauses, run concurrently."""
    kinds = {"strips": (None, None, without_dnssec), "knows no EDNS": (None, None, without_edns),
             "has no DNSKEY": (None, "DNSKEY", servfail), "is silent about DNSKEY": (None, "DNSKEY", drop)}
    in_threads([*(lambda each=each: check_resolver(lab, program, *each) for each in kinds.items()),
                lambda: check_recovery(lab, program)])


def check_forwarder(lab, program):
    """A resolver that passes signatures on without validating is enough: the daemon validates."""
    bench = Bench(lab, program, upstream=NAME_SERVER)
    bench.daemon.start()
    bench.expect(DOMAINS, "a resolver that does not validate")
    assert "event=dnssec-missing" not in bench.daemon.log()
    bench.daemon.stop()


def make_lab(lab):
    for name in ["implicit", "alias", "aliasout", "aliasnone"]:
        domains.SIGNED[name] = []
    domains.SIGNED["both"] = [("right", "selfsigned")] * 2
    domains.make_lab(lab)
    wrong = "TLSA 3 1 1 " + "00" * 32
    lab.publish("implicit.signed", "enforce", "implicit.signed")
    domains.sign_dane(lab, further=[
        f"implicit A {MX_HOSTS['good']}", "_25._tcp.implicit " + wrong,
        "alias MX 10 mx.alias", "mx.alias CNAME mx0.danebad",
        "aliasout MX 10 mx.aliasout", "mx.aliasout CNAME good.mx.example.", "_25._tcp.mx.aliasout " + wrong,
        "aliasnone MX 10 mx.aliasnone", "mx.aliasnone CNAME mx0.plain"])
    lab.change_dns()


def main():
    program = os.path.abspath(sys.argv[1])
    with laboratory() as lab:
        make_lab(lab)
        mail = mail_test.start_postfix(lab)
        for check, arguments in [(check_mail, [mail]), (check_names, []), (check_age, []), (check_forwarder, []),
                                 (check_all_lost, []), (check_waits, [])]:
            run_check(check, lab, program, *arguments)


if __name__ == "__main__":
    main()
