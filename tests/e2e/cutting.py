# SPDX-License-Identifier: BSL-1.0
"""A policy host that truncates its responses in every way that HTTP over TLS allows."""
import socket
import ssl
import struct
import threading

ADDRESS = "10.99.0.16"
#: Truncated at this octet, a response is still a usable policy, with another max_age.
CUT_AFTER = "max_age: 8"


def policy(host):
    return f"version: STSv1\nmode: enforce\nmx: mx.{host.removeprefix('mta-sts.')}\nmax_age: 86400\n"


def cases():
    """Domain names that say what the host does, and whether the response is complete (RFC 9112 6.3, 8, 9.8)."""
    rows = {}
    for version in ["http10", "http11"]:
        # Only the end of the connection ends the body, and only close_notify proves that end.
        rows |= {f"{version}-nolength-whole-notify": True, f"{version}-nolength-whole-hangup": False,
                 f"{version}-nolength-cut-hangup": False, f"{version}-nolength-cut-reset": False}
        rows |= {f"{version}-length-whole-{end}": True for end in ["notify", "hangup"]}
        rows |= {f"{version}-length-cut-{end}": False for end in ["notify", "hangup", "reset"]}
        rows |= {f"{version}-chunked-{cut}-{end}": False for cut in ["cut", "nolast", "nofinal"]
                 for end in ["notify", "hangup"]}
        rows |= {f"{version}-head-cut-{end}": False for end in ["notify", "hangup"]}
    rows |= {f"http11-chunked-whole-{end}": True for end in ["notify", "hangup"]}
    rows |= {"http2-length-whole-hangup": True, "http2-nolength-whole-hangup": True}
    rows |= {f"http2-{frame}-cut-{end}": False for frame in ["length", "nolength"]
             for end in ["notify", "hangup", "reset", "short"]}
    # "short": the stream ends properly, but holds less than its length says (RFC 9113 8.1.1). Without one it is whole.
    rows.pop("http2-nolength-cut-short")
    return rows


def answer_1(version, frame, cut, host):
    """The octets of a response in HTTP/1."""
    body = policy(host)
    part = body if cut in ["whole", "nolast", "nofinal"] else body[:body.index(CUT_AFTER) + len(CUT_AFTER)]
    head = f"HTTP/{version[4]}.{version[5]} 200 OK\r\nContent-Type: text/plain\r\n"
    if frame == "head":
        return head.encode()
    if frame == "length":
        return f"{head}Content-Length: {len(body)}\r\n\r\n{part}".encode()
    if frame == "chunked":
        whole = f"{len(body):x}\r\n{part}"
        ends = {"whole": "\r\n0\r\n\r\n", "nofinal": "\r\n0\r\n", "nolast": "\r\n", "cut": ""}
        return f"{head}Transfer-Encoding: chunked\r\n\r\n{whole}{ends[cut]}".encode()
    return f"{head}\r\n{part}".encode()


def frame_2(kind, flags, payload, stream=1):
    """RFC 9113 4.1"""
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def answer_2(frame, cut, end, host):
    """The frames of a response in HTTP/2 (RFC 9113 6): SETTINGS, HEADERS (RFC 7541 6.1, 6.2.2), DATA."""
    body = policy(host).encode()
    part = body if cut == "whole" else body[:body.index(CUT_AFTER.encode()) + len(CUT_AFTER)]
    fields = b"\x88\x0f\x10\x0atext/plain"
    if frame == "length":
        length = str(len(body)).encode()
        fields += b"\x0f\x0d" + bytes([len(length)]) + length
    settings, acknowledged, end_headers, end_stream = frame_2(4, 0, b"", 0), frame_2(4, 1, b"", 0), 4, 1
    last = end_stream if cut == "whole" or end == "short" else 0
    frames = settings + acknowledged + frame_2(1, end_headers, fields) + frame_2(0, last, part)
    return frames + (frame_2(3, 0, struct.pack(">I", 2)) if end == "reset" else b"")


def serve(stream, host):
    version, frame, cut, end = host.split(".")[1].split("-")
    request = b""
    while (b"\r\n\r\n" if version != "http2" else b"mta-sts") not in request:
        octets = stream.recv(4096)
        if not octets:
            return
        request += octets
        # The request of HTTP/2 is compressed: its HEADERS frame is what follows the preface and SETTINGS.
        if version == "http2" and has_headers(request):
            break
    stream.sendall(answer_2(frame, cut, end, host) if version == "http2" else answer_1(version, frame, cut, host))
    if end == "notify":
        stream.unwrap()
    elif end == "reset":
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    # Without unwrap() there is no close_notify.


def has_headers(octets):
    """Whether there is a complete HEADERS frame after the client's preface."""
    rest = octets[24:]
    while len(rest) >= 9:
        length = int.from_bytes(rest[:3], "big")
        if rest[3] == 1:
            return len(rest) >= 9 + length
        rest = rest[9 + length:]
    return False


def start(certificate):
    """Serves in threads of this process."""
    contexts = {}
    for protocol in ["h2", "http/1.1"]:
        contexts[protocol] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        contexts[protocol].load_cert_chain(certificate)
        contexts[protocol].set_alpn_protocols([protocol])

    def choose(connection, name, _):
        connection.asked_for = name
        if name and ".http2-" in name:
            connection.context = contexts["h2"]

    contexts["http/1.1"].sni_callback = choose
    listener = socket.create_server((ADDRESS, 443), backlog=64)

    def handle(connection):
        connection.settimeout(5)
        try:
            with contexts["http/1.1"].wrap_socket(connection, server_side=True) as stream:
                serve(stream, stream.asked_for)
        except OSError:
            pass  # the client has gone

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=handle, args=[connection], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
