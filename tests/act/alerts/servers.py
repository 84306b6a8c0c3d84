"""Servers of one's own on this machine, with real sockets: one that takes e-mail, one that takes webhooks."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from tempfile import mkdtemp
from threading import Thread
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Letter(NamedTuple):
    """An e-mail that arrived."""

    to: str
    mail: EmailMessage


@dataclass
class Post:
    """A server for e-mail, and what it took.

    Attributes:
        port: Where it listens.
        letters: What it took.
        refuse: Addresses that it does not know.
        users: Who signed in: name and password.
        encrypted: Whether each letter came over TLS.
    """

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    refuse: set[str] = field(default_factory=set)
    users: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)


class _Server(ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    post: Post
    tls: str


class _Session(StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.secure = self.server.tls == "tls"
        if self.secure:
            self._encrypt()
        self._say(220, "ready")
        while line := self.rfile.readline():
            word, _space, rest = line.decode().strip().partition(" ")
            if not getattr(self, f"on_{word.lower()}", self.on_other)(rest):
                return

    def on_ehlo(self, _rest: str) -> bool:
        more = ["250-STARTTLS"] if self.server.tls == "starttls" and not self.secure else []
        self.wfile.write("\r\n".join(["250-here", *more, "250-AUTH PLAIN", "250 8BITMIME", ""]).encode())
        return True

    def on_starttls(self, _rest: str) -> bool:
        self._say(220, "go ahead")
        self._encrypt()
        return True

    def on_auth(self, rest: str) -> bool:
        _nobody, user, password = base64.b64decode(rest.split()[1]).decode().split("\0")
        self.server.post.users.append(f"{user}:{password}")
        return self._say(*((235, "welcome") if password == "right" else (535, "wrong password")))

    def on_mail(self, _rest: str) -> bool:
        return self._say(250, "ok")

    def on_rcpt(self, rest: str) -> bool:
        self.to = rest.partition("<")[2].partition(">")[0]
        return self._say(*((550, "nobody of that name") if self.to in self.server.post.refuse else (250, "ok")))

    def on_data(self, _rest: str) -> bool:
        self._say(354, "go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail = message_from_bytes(b"".join(lines), policy=default)
        self.server.post.letters.append(Letter(self.to, mail))
        self.server.post.encrypted.append(self.secure)
        return self._say(250, "taken")

    def on_quit(self, _rest: str) -> bool:
        self._say(221, "bye")
        return False

    def on_other(self, _rest: str) -> bool:
        return self._say(250, "ok")

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def _say(self, code: int, words: str) -> bool:
        self.wfile.write(f"{code} {words}\r\n".encode())
        return True

    def _encrypt(self) -> None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate())
        self.request = context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
        self.secure = True


@contextmanager
def post_office(tls: str = "none") -> Iterator[Post]:
    """A server that takes e-mail: `none`, `starttls`, `tls`."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.post, server.tls = Post(server.server_address[1]), tls
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.post
        server.shutdown()


class Request(NamedTuple):
    """What a webhook was sent."""

    path: str
    head: dict[str, str]
    body: bytes


@dataclass
class Hook:
    """A server for webhooks.

    Attributes:
        url: Its address.
        requests: What it was sent.
        answers: The statuses that it gives, one after the other, the last one for ever.
    """

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    answers: list[int] = field(default_factory=lambda: [204])


@contextmanager
def listener() -> Iterator[Hook]:
    """A server that takes webhooks."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.requests.append(Request(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(hook.answers.pop(0) if len(hook.answers) > 1 else hook.answers[0])
            self.send_header("Location", f"{hook.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        hook.url = f"http://127.0.0.1:{server.server_address[1]}/in"
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield hook
        server.shutdown()


@cache
def certificate() -> Path:
    """A certificate of this machine's, with its key, that nobody else has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = Path(mkdtemp(prefix="latido-certificate-")) / "both.pem"
    path.write_bytes(private + made.public_bytes(pem))
    return path


def trusting() -> ssl.SSLContext:
    """Somebody who believes that certificate."""
    return ssl.create_default_context(cafile=str(certificate()))
