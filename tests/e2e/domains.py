# SPDX-License-Identifier: BSL-1.0
"""The policy domains of the lab, and the certificates and servers behind them."""
import socket
import ssl
import subprocess
import threading
import time

from lab import BAD_HOSTS, HOSTILE_HOST, MX_HOSTS, POLICY_HOST

POLICY = "version: STSv1\r\nmode: enforce\r\nmx: mx.{0}\r\nmax_age: 86400\r\n"

#: In a signed zone: MX hosts by their TLSA record (right, wrong or none) and their certificate's fault. The TLSA
#: lookup for "lost" fails.
SIGNED = {"dane": [("right", "selfsigned")], "danebad": [("wrong", "good")],
          "partly": [("right", "selfsigned"), (None, "good")], "plain": [(None, "good")], "lost": [(None, "good")]}
#: Domains whose policy host does what the name says.
HTTP_FAULTS = {
    "redirect": "return 301 https://mta-sts.good.example/.well-known/mta-sts.txt;",
    "notfound": "return 404;",
    "created": "location / { return 201 'version: STSv1\\nmode: enforce\\nmx: mx.created.example\\nmax_age: 86400\\n'; }",
    "html": "types { text/html txt; }",
}
HOSTILE = ["slow", "endless", "endlessheader", "hangup", "chunks"]


def resource_records(domain, address=POLICY_HOST, mx_address=MX_HOSTS["good"], mx=None, record="v=STSv1; id=1;"):
    """MX, _mta-sts and mta-sts of a domain below example."""
    name = domain.removesuffix(".example")
    lines = [f"{name} MX 10 {mx or 'mx.' + name}", f"mta-sts.{name} A {address}"]
    if mx is None:
        lines.append(f"mx.{name} A {mx_address}")
    if record is not None:
        lines.append(f'_mta-sts.{name} TXT "{record}"')
    return lines


def hostile_server(lab):
    """HTTPS that drips, never ends, or hangs up, by the name that is asked for; in threads of this process."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(lab.root / "certs/policy.pem")
    listener = socket.create_server((HOSTILE_HOST, 443), backlog=64)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"

    def serve(connection):
        try:
            with context.wrap_socket(connection, server_side=True) as stream:
                host = next(line for line in stream.recv(4096).split(b"\r\n") if line.lower().startswith(b"host:"))
                if b"slow" in host:
                    stream.sendall(head + b"\r\nversion: STSv1\nmode: enforce\nmx: mx.slow.example\nmax_age: 86400\n")
                    for _ in range(600):
                        stream.sendall(b"x-a: b\n")
                        time.sleep(0.1)
                elif b"endlessheader" in host:
                    stream.sendall(head)
                    while True:
                        stream.sendall(b"X-More: " + b"x" * 1000 + b"\r\n")
                elif b"endless" in host:
                    stream.sendall(head + b"\r\nversion: STSv1\n")
                    while True:
                        stream.sendall(b"x-more: " + b"x" * 10000 + b"\n")
                elif b"chunks" in host:
                    stream.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n7fffffff\r\nversion: STSv1\n")
                    time.sleep(0.2)
        except (OSError, StopIteration):
            pass

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=[connection], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def make_lab(lab, mass=0):
    """Everything but Postfix. `mass` further domains d0.mass.example, d1... have the same records."""
    lab.make_authority()
    plain = ["good", "wild", "update", "cached", "expiring", "fallback", "nomx", "many", "beside", "invalid", "strict",
             "testing", "none", "override", "xn--bcher-kva", "nullmx", "servfail", "silent", "refresh", "braces",
             "addresses", "big", "exact", "long", "lonely", "oldcert", *HTTP_FAULTS, *HOSTILE]
    mail = [f"{mode}-{fault}" for mode in ["enforce", "testing", "none"] for fault in [*MX_HOSTS, "notlisted"]]
    fetched = [f"{each}.example" for each in [*plain, *mail]] + [f"d{i}.mass.example" for i in range(mass)]
    fetched += [name + ".signed" for name in SIGNED]
    lab.certificate("policy", ["mta-sts." + each for each in fetched])
    faulty = {fault: f"mta-sts.cert-{fault}.example" for fault in BAD_HOSTS}
    lab.certificate("policy-othername", ["mta-sts.good.example"])
    lab.certificate("policy-expired", [faulty["expired"]], expired=True)
    lab.certificate("policy-selfsigned", [faulty["selfsigned"]], self_signed=True)
    lab.certificate("policy-cnonly", [], common_name=faulty["cnonly"])

    for each in plain:
        if each not in ["servfail", "silent"]:
            lab.records += resource_records(each, HOSTILE_HOST if each in HOSTILE else POLICY_HOST)
            lab.publish(f"{each}.example", "enforce", f"mx.{each}.example")
    for fault, address in BAD_HOSTS.items():
        lab.records += resource_records("cert-" + fault, address)
        lab.publish(f"cert-{fault}.example", "enforce", f"mx.cert-{fault}.example")
    for each in mail:
        mode, fault = each.split("-")
        lab.records += resource_records(each, mx_address=MX_HOSTS.get(fault, MX_HOSTS["good"]))
        lab.publish(f"{each}.example", mode, "mx.elsewhere.example" if fault == "notlisted" else f"mx.{each}.example")
    if mass:
        lab.records += ['*.mass TXT "v=STSv1; id=1;"', f"*.mass A {POLICY_HOST}", "*.mass MX 10 mx.good"]
        for i in range(mass):
            lab.publish(f"d{i}.mass.example", "enforce", f"mx{i}.mass.example")

    lab.publish("wild.example", "enforce", "*.wild.example", "MX.Good.Example")
    lab.publish("expiring.example", "enforce", "mx.expiring.example", max_age=3600)
    lab.publish("refresh.example", "enforce", "mx.refresh.example", max_age=6000)
    lab.publish("nomx.example", "enforce", text="version: STSv1\nmode: enforce\nmax_age: 86400\n")
    lab.publish("addresses.example", "enforce", "192.0.2.1", "10.0.0.1")
    lab.publish("strict.example", "testing", "mx.strict.example")
    lab.publish("testing.example", "testing", "mx.testing.example")
    lab.publish("none.example", "none")
    braces = POLICY.format("braces.example") + "x-evil: } policy_type=dane {\r\nx-good: fine\r\n"
    lab.publish("braces.example", "enforce", text=braces)
    filler = "x-filler: " + "x" * 1000 + "\n"
    exact = POLICY.format("exact.example")
    lab.publish("exact.example", "enforce", text=exact + "x-e: " + "e" * (65536 - len(exact) - 6) + "\n")
    lab.publish("long.example", "enforce", *(f"mx{i}.long.example" for i in range(2000)))
    lab.publish("big.example", "enforce", text=POLICY.format("big.example") + filler * 65)
    lab.records = [r for r in lab.records if not r.startswith("nullmx MX")] + ["nullmx MX 0 ."]
    lab.records = [r for r in lab.records if not r.startswith("lonely MX")] + [f"lonely A {MX_HOSTS['good']}"]
    lab.publish("lonely.example", "enforce", "lonely.example")
    lab.records += ['_mta-sts.many TXT "v=STSv1; id=2;"', '_mta-sts.beside TXT "v=spf1 -all"']
    lab.records = [r for r in lab.records if not r.startswith("_mta-sts.invalid")] + ['_mta-sts.invalid TXT "v=STSv1; id=a-b;"']
    for fault, address in MX_HOSTS.items():
        lab.records.append(f"{fault}.mx A {address}")

    hosts = [f"mx.{each}.example" for each in [*plain, *mail]] + ["lonely.example"]
    hosts += [f"mx{i}.{name}.signed" for name in SIGNED for i in range(2)]
    lab.certificate("mx-good", hosts)
    lab.certificate("mx-othername", ["mx.of-somebody-else.example"])
    lab.certificate("mx-expired", hosts, expired=True)
    lab.certificate("mx-selfsigned", hosts, self_signed=True)
    lab.write_zone()
    lab.anchor = sign_dane(lab)
    lab.start_dns({"example.": "example.zone", "signed.": "signed.signed"}, lab.anchor)
    lab.start_nginx({f"{name}.example": rest for name, rest in HTTP_FAULTS.items()})
    hostile_server(lab)


def tlsa(lab, certificate):
    """3 1 1: the digest of the public key."""
    path = lab.root / f"certs/{certificate}.crt"
    command = f"openssl x509 -in {path} -pubkey -noout | openssl pkey -pubin -outform DER | openssl dgst -sha256 -r"
    return "3 1 1 " + subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout.split()[0]


def sign_dane(lab, signed=SIGNED, further=()):
    """The zone "signed.": domains whose certificate only DANE authenticates, whose DANE fails, or covers some hosts."""
    data = {"right": tlsa(lab, "mx-selfsigned"), "wrong": "3 1 1 " + "00" * 32}
    records = list(further)
    for name, hosts in signed.items():
        lab.publish(f"{name}.signed", "enforce", f"*.{name}.signed")
        records += [f'_mta-sts.{name} TXT "v=STSv1; id=1;"', f"mta-sts.{name} A {POLICY_HOST}"]
        for i, (record, fault) in enumerate(hosts):
            records += [f"{name} MX {10 + i} mx{i}.{name}", f"mx{i}.{name} A {MX_HOSTS[fault]}"]
            records += [f"_25._tcp.mx{i}.{name} TLSA {data[record]}"] if record else []
    return lab.sign_zone("signed.", records)
