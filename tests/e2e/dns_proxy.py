# SPDX-License-Identifier: BSL-1.0
"""A DNS forwarder between the daemon and its resolver that attacks queries by name and type, by rules that can change.

    proxy = DnsProxy("10.99.0.30", RESOLVER).start()
    proxy.rule("dane.signed", "MX", drop)
    proxy.rule(None, "DNSKEY", servfail)
    proxy.rule(None, None, without_dnssec)
    proxy.rules.clear()
"""
import socket
import socketserver
import struct
import subprocess
import threading
import time

TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "MX": 15, "TXT": 16, "AAAA": 28, "DS": 43, "RRSIG": 46, "DNSKEY": 48,
         "TLSA": 52}
NAMES = {number: name for name, number in TYPES.items()}
RESPONSE, AUTHENTIC, CHECKING_DISABLED = 0x8000, 0x0020, 0x0010
FORMAT_ERROR, SERVER_FAILURE = 1, 2
OPT, DNSSEC_OK = 41, 0x8000
TIME_LIMIT = 5


class Question:
    """A query: its name in lower case without final dot, its type, and the octets of the message."""

    def __init__(self, octets, proxy):
        self.octets, self.proxy = octets, proxy
        labels, at = [], 12
        while octets[at]:
            labels.append(octets[at + 1:at + 1 + octets[at]].decode("latin-1").lower())
            at += 1 + octets[at]
        self.name, self.end = ".".join(labels), at + 5
        number = struct.unpack_from("!H", octets, at + 1)[0]
        self.type = NAMES.get(number, str(number))

    def option(self):
        """The offset of the OPT record (RFC 6891), the only record of a query; None without one."""
        additional = struct.unpack_from("!H", self.octets, 10)[0]
        return self.end if additional and struct.unpack_from("!H", self.octets, self.end + 1)[0] == OPT else None

    def answer(self, code=0, records=()):
        """A response with only these records, each a type and its data in wire format."""
        flags = struct.unpack_from("!H", self.octets, 2)[0] & 0x0110 | RESPONSE | 0x0080 | code
        text = self.octets[:2] + struct.pack("!HHHHH", flags, 1, len(records), 0, 0) + self.octets[12:self.end]
        for type_, data in records:
            text += struct.pack("!HHHIH", 0xC00C, TYPES[type_], 1, 1, len(data)) + data
        return text


def wire_name(name):
    labels = [label.encode() for label in name.rstrip(".").split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def wire_data(type_, *values):
    """The data of a record: an address, a name, or a preference and a name."""
    if type_ == "MX":
        return struct.pack("!H", values[0]) + wire_name(values[1])
    if type_ == "CNAME":
        return wire_name(values[0])
    if type_ == "TXT":
        return bytes([len(values[0])]) + values[0].encode()
    return socket.inet_pton(socket.AF_INET6 if type_ == "AAAA" else socket.AF_INET, values[0])


# What a rule does to a query; None means no answer.

def drop(question):
    return None


def servfail(question):
    return question.answer(SERVER_FAILURE)


def delay(seconds):
    def act(question):
        time.sleep(seconds)
        return question.proxy.forward(question.octets)
    return act


def forge(type_, *values):
    """Answers with one record of the attacker's choice, or with none: forge(None)."""
    return lambda question: question.answer(records=[(type_, wire_data(type_, *values))] if type_ else [])


def without_dnssec(question):
    """A forwarder that does not know DNSSEC: it never asks for signatures, so that none are passed on."""
    octets = bytearray(question.octets)
    struct.pack_into("!H", octets, 2, struct.unpack_from("!H", octets, 2)[0] & ~AUTHENTIC | CHECKING_DISABLED)
    if (option := question.option()) is not None:
        struct.pack_into("!H", octets, option + 7, struct.unpack_from("!H", octets, option + 7)[0] & ~DNSSEC_OK)
    answer = bytearray(question.proxy.forward(bytes(octets)))
    struct.pack_into("!H", answer, 2, struct.unpack_from("!H", answer, 2)[0] & ~AUTHENTIC)
    return bytes(answer)


def without_edns(question):
    """RFC 6891 7: a server from before EDNS, which answers FORMERR to queries with EDNS."""
    return question.answer(FORMAT_ERROR) if question.option() is not None else question.proxy.forward(question.octets)


class DnsProxy:
    """The first rule that matches a query is applied; a query without a match is forwarded. `asked` has the (name,
    type) of each query."""

    def __init__(self, address, upstream):
        self.address, self.upstream, self.rules, self.asked = address, upstream, [], []

    def rule(self, name, type_, act):
        """A name or type of None matches any."""
        self.rules.append((name, type_, act))

    def start(self):
        subprocess.run(["ip", "address", "add", self.address + "/32", "dev", "lo"], check=True)
        proxy = self

        class Datagram(socketserver.BaseRequestHandler):
            def handle(self):
                octets, out = self.request
                if answer := proxy.answer_to(octets):
                    # RFC 6891 6.2.5: a response too long for a datagram is truncated, and queried again by TCP.
                    limit = 1232
                    if len(answer) > limit:
                        question = Question(octets, proxy)
                        answer = answer[:2] + bytes([answer[2] | 0x02, answer[3]]) + b"\0\1\0\0\0\0\0\0" + \
                            octets[12:question.end]
                    out.sendto(answer, self.client_address)

        class Stream(socketserver.BaseRequestHandler):
            def handle(self):
                self.request.settimeout(TIME_LIMIT)
                try:
                    while octets := receive_message(self.request):
                        if not (answer := proxy.answer_to(octets)):
                            return
                        self.request.sendall(struct.pack("!H", len(answer)) + answer)
                except OSError:
                    pass

        for kind, handler in [(socketserver.ThreadingUDPServer, Datagram), (socketserver.ThreadingTCPServer, Stream)]:
            kind.daemon_threads = kind.allow_reuse_address = True
            server = kind((self.address, 53), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
        return self

    def answer_to(self, octets):
        question = Question(octets, self)
        self.asked.append((question.name, question.type))
        act = next((act for name, type_, act in list(self.rules)
                    if name in (None, question.name) and type_ in (None, question.type)), None)
        try:
            return act(question) if act else self.forward(octets)
        except OSError:
            return None

    def forward(self, octets):
        """By TCP, so that nothing is truncated here."""
        with socket.create_connection((self.upstream, 53), TIME_LIMIT) as stream:
            stream.sendall(struct.pack("!H", len(octets)) + octets)
            return receive_message(stream)


def receive_message(stream):
    """A message preceded by its length; empty at the end of the stream."""
    head = receive_exactly(stream, 2)
    return receive_exactly(stream, struct.unpack("!H", head)[0]) if head else b""


def receive_exactly(stream, count):
    octets = b""
    while len(octets) < count:
        more = stream.recv(count - len(octets))
        if not more:
            return b""
        octets += more
    return octets
