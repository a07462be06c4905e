# SPDX-License-Identifier: BSL-1.0
"""Mail from one Postfix to another, with the daemon in between: delivered, or deferred.

    mail_test.py PROGRAM
"""
import os
import re
import smtplib
import sys
from email.message import EmailMessage

import domains
from lab import MX_HOSTS, laboratory, run_check, wait_for
from socketmap import Daemon

SUBMISSION = 2525
#: Why Postfix defers mail because of a policy.
REFUSED = re.compile(r"Server certificate not (verified|trusted)|TLS is required, but was not offered|"
                     r"client TLS configuration problem")


class Mail:
    """Sends mail and reads its fate in Postfix's log."""

    def __init__(self, lab, sender):
        self.lab, self.log = lab, sender / "log"

    def send(self, case, domain):
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "sender@here.example", f"{case}@{domain}", case
        message.set_content("Hello")
        with smtplib.SMTP("127.0.0.1", SUBMISSION, timeout=30) as client:
            options = [] if domain.isascii() else ["SMTPUTF8"]
            client.send_message(message, "sender@here.example", [f"{case}@{domain}"], options)

    def fate(self, case):
        """The first line of the log about the mail's fate."""
        pattern = re.compile(r"to=<" + re.escape(case) + r"@[^ ]*>.* status=(\w+) .*")
        def found():
            for line in self.log.read_text().splitlines():
                if match := pattern.search(line):
                    return match
        return wait_for("the fate of " + case, 60, found)


def expect(mail, rows):
    """Sends all mails, then checks the fate of each."""
    for case, domain, _ in rows:
        mail.send(case, domain)
    for case, domain, wanted in rows:
        fate = mail.fate(case)
        assert fate[1] == wanted, f"{domain}: {wanted} was expected: {fate[0]}"
        assert wanted != "deferred" or REFUSED.search(fate[0]), f"{domain}: deferred for another reason: {fate[0]}"


def modes_by_faults():
    """RFC 8461 5: under enforce only a good MX host gets mail; under testing and none, all of them do."""
    rows = []
    for mode in ["enforce", "testing", "none"]:
        for fault in [*MX_HOSTS, "notlisted"]:
            delivered = mode != "enforce" or fault == "good"
            rows.append((f"case-{mode}-{fault}", f"{mode}-{fault}.example", "sent" if delivered else "deferred"))
    return rows


def check_first_mail(lab, mail):
    rows = modes_by_faults()
    rows += [("idn-a", "xn--bcher-kva.example", "sent"), ("idn-u", "b\u00fccher.example", "sent"),
             ("wild", "wild.example", "sent"), ("cached", "cached.example", "sent"),
             # RFC 7505: a domain that takes no mail, whatever its policy says.
             ("nullmx", "nullmx.example", "bounced"),
             # RFC 5321 5.1: without MX record the domain is its own host.
             ("lonely", "lonely.example", "sent"),
             # RFC 8461 2: DANE authenticates a certificate that no CA signed, and refuses one that a CA did.
             ("dane", "dane.signed", "sent"), ("danebad", "danebad.signed", "deferred"),
             ("partly", "partly.signed", "sent"), ("plain", "plain.signed", "sent"),
             ("addresses", "addresses.example", "deferred")]
    expect(mail, rows)
    text = mail.log.read_text()
    for domain in ["mx.enforce-good.example", "mx.xn--bcher-kva.example", "mx0.dane.signed"]:
        assert re.search(r"Verified TLS connection established to " + re.escape(domain), text), domain


def check_attack(lab, daemon, mail):
    """RFC 8461 10.2, 3.3: after the policy was kept, neither DNS nor HTTPS can remove it; then MX records are
    forged."""
    lab.change_dns(r"^(_mta-sts\.cached|cached MX|mta-sts\.cached) ", ["cached MX 10 othername.mx"])
    assert daemon.ask("cached.example").startswith("OK secure match=mx.cached.example ")
    expect(mail, [("attacked", "cached.example", "deferred")])
    # The same without a policy: the forged host gets the mail.
    daemon.run("purge", "cached.example")
    daemon.ask_until("cached.example", "NOTFOUND")
    expect(mail, [("unprotected", "cached.example", "sent")])


def check_update(lab, daemon, mail):
    """RFC 8461 5: a moved MX still gets mail: the new id brings the new policy."""
    expect(mail, [("update-before", "update.example", "sent")])
    lab.publish("update.example", "enforce", "good.mx.example")
    lab.change_dns(r"^(_mta-sts\.update|update MX) ", ['_mta-sts.update TXT "v=STSv1; id=2;"', "update MX 10 selfsigned.mx"])
    daemon.ask_until("update.example", "OK secure match=good.mx.example ")
    expect(mail, [("update-bad", "update.example", "deferred")])
    lab.publish("update.example", "none")
    lab.change_dns(r"^_mta-sts\.update ", ['_mta-sts.update TXT "v=STSv1; id=3;"'])
    daemon.ask_until("update.example", "NOTFOUND")
    expect(mail, [("update-none", "update.example", "sent")])


def check_expiry(lab, daemon, mail):
    """RFC 8461 3.2: max_age is an hour; with a clock an hour ahead the policy has ended."""
    expect(mail, [("expiry-before", "expiring.example", "sent")])
    lab.change_dns(r"^(_mta-sts\.expiring|expiring MX) ", ["expiring MX 10 selfsigned.mx"])
    expect(mail, [("expiry-within", "expiring.example", "deferred")])
    daemon.set_clock(wall=3700, boot=3700)
    daemon.restart()
    expect(mail, [("expiry-after", "expiring.example", "sent")])


def start_postfix(lab, more={}):
    services = ""
    for fault, address in MX_HOSTS.items():
        certificate = lab.root / f"certs/mx-{'good' if fault == 'stripped' else fault}.pem"
        level = "none" if fault == "stripped" else "may"
        services += (f"{address}:25 inet n - n - - smtpd\n -o smtpd_tls_chain_files={certificate}\n"
                     f" -o smtpd_tls_security_level={level}\n")
    lab.start_postfix("receiver", {"default_transport": "discard"},
                      services)
    sender = lab.start_postfix("sender", {
        "inet_interfaces": "127.0.0.1", "dnssec_probe": "", "smtp_tls_security_level": "dane",
        "smtp_dns_support_level": "dnssec",
        "smtp_tls_policy_maps": f"socketmap:unix:{lab.root}/daemon/socket:postfix",
        "smtp_tls_CAfile": lab.root / "ca/ca.pem", "smtp_tls_loglevel": "1", "smtp_bind_address": "10.99.1.1",
        "smtp_destination_concurrency_failed_cohort_limit": "100", **more,
    }, f"127.0.0.1:{SUBMISSION} inet n - n - - smtpd\n")
    return Mail(lab, sender)


def main():
    with laboratory() as lab:
        domains.make_lab(lab)
        daemon = Daemon(lab, os.path.abspath(sys.argv[1]), fetch_time_limit=4).start()
        mail = start_postfix(lab)
        for check, arguments in [(check_first_mail, [lab, mail]), (check_attack, [lab, daemon, mail]),
                                 (check_update, [lab, daemon, mail]), (check_expiry, [lab, daemon, mail])]:
            run_check(check, *arguments)


if __name__ == "__main__":
    main()
