# SPDX-License-Identifier: Apache-2.0
"""Receivers of webhooks, good and bad, and a relay of mail."""

import contextlib
import email
import email.policy
import json
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Callable, Iterator

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from support.certificates import Certificates

# Time that a test waits for what should come at once.
WAIT_SECONDS = 60


def wait_until(is_so: Callable[[], bool], seconds: float = WAIT_SECONDS) -> None:
    """Waits until something is so."""
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "it did not come to that"
        time.sleep(0.02)


class Receiver:
    """An HTTPS server that keeps what is posted, and answers by the path.

    `/status/NUMBER` answers with that; `/later/SECONDS` 503 with Retry-After; `/redirect` points to
    `/elsewhere`; `/hang` does not answer; `/slow` sends a head without end; `/endless` a body
    without end; `/chain` says 103 without end; anything else 200.
    """

    def __init__(self, certificates: Certificates, is_plain: bool = False) -> None:
        self.posts: list[tuple[str, dict, bytes, float]] = []
        self.lock = threading.Lock()
        self.ending = threading.Event()
        self.answers: Callable[[str], int] | None = None
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                with receiver.lock:
                    receiver.posts.append(
                        (self.path, dict(self.headers.items()), body, time.time()))
                with contextlib.suppress(OSError):
                    receiver.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        class Listener(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_: object) -> None:
                pass

        self.server = Listener(("127.0.0.1", 0), Handler)
        if not is_plain:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificates.server, certificates.server_key)
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.server.server_address[1]
        self.scheme = "http" if is_plain else "https"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self) -> "Receiver":
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self.server.shutdown()
        self.server.server_close()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """An address of it."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answers, as the path says."""
        words = handler.path.strip("/").split("/")
        head = b"HTTP/1.1 200 OK\r\n"
        match words[0]:
            case "status" | "later" | "redirect":
                handler.send_response({"later": 503, "redirect": 307}.get(words[0])
                                      or int(words[1]))
                if words[0] == "later":
                    handler.send_header("Retry-After", words[1])
                if words[0] == "redirect":
                    handler.send_header("Location", self.url("/elsewhere"))
                handler.send_header("Content-Length", "0")
                handler.end_headers()
            case "hang":
                self.ending.wait(60)
            case "slow":
                self.drip(handler, head, b"X-Header: " + b"x" * 1_000 + b"\r\n", 0.001)
            case "chain":
                self.drip(handler, b"", b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n", 0.001)
            case "endless":
                self.drip(handler, head + b"\r\n", b"x" * 1_000, 0.001)
            case _:
                handler.send_response(self.answers(handler.path) if self.answers else 200)
                handler.send_header("Content-Length", "2")
                handler.end_headers()
                handler.wfile.write(b"ok")

    def drip(self, handler, first: bytes, part: bytes, seconds: float) -> None:
        """Sends a part again and again."""
        handler.close_connection = True
        handler.wfile.write(first)
        while not self.ending.wait(seconds):
            handler.wfile.write(part)

    def at(self, path: str) -> list[tuple[dict, bytes]]:
        """What was posted to a path."""
        with self.lock:
            return [(headers, body) for at, headers, body, _ in self.posts if at == path]

    def events(self, path: str = "/") -> list[dict]:
        """The bodies of what was posted to a path."""
        return [json.loads(body) for _, body in self.at(path)]


class MailSink:
    """A relay that takes mail after STARTTLS and a login, and keeps it."""

    def __init__(self, certificates: Certificates, has_tls: bool = True) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.refused: set[str] = set()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates.server, certificates.server_key)
        sink = self

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options) -> str:
                if address in sink.refused:
                    return "550 5.1.1 no such user"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope) -> str:
                sink.mails.append(
                    (envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
                return "250 OK"

        def authenticate(server, session, envelope, mechanism, data) -> AuthResult:
            is_right = (data.login, data.password) == (b"vigie", b"s3cret word")
            return AuthResult(success=is_right, handled=False)

        class Sink(Controller):
            def factory(self) -> SMTP:
                tls = {"tls_context": context, "require_starttls": True,
                       "auth_required": True, "authenticator": authenticate} if has_tls else {}
                return SMTP(self.handler, **tls)

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.controller = Sink(Handler(), hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def __enter__(self) -> "MailSink":
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop()

    def messages(self) -> list[email.message.EmailMessage]:
        """What came, read."""
        return [email.message_from_bytes(content, policy=email.policy.default)
                for _, _, content in self.mails]


def delivery_settings(directory: Path, certificates: Certificates) -> list[str]:
    """The settings by which a server calls receivers of loopback."""
    key = directory / "delivery.key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n")
    return ["--delivery-key", str(key), "--delivery-networks", "127.0.0.0/8,::1",
            "--delivery-ca", str(certificates.ca)]


def mail_settings(directory: Path, sink: MailSink) -> list[str]:
    """The settings by which it hands mail to a sink."""
    password = directory / "smtp-password"
    password.touch(mode=0o600)
    password.write_text("s3cret word\n")
    return ["--smtp", f"smtp://localhost:{sink.port}", "--smtp-from", "vigie@example.com",
            "--smtp-user", "vigie", "--smtp-password", str(password)]


@contextlib.contextmanager
def receiving(certificates: Certificates) -> Iterator[Receiver]:
    """A receiver while it is needed."""
    with Receiver(certificates) as receiver:
        yield receiver
