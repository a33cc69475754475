# SPDX-License-Identifier: Apache-2.0
"""Those who listen to /v1/live, many of them on one thread: as browsers that show a page do."""

import selectors
import socket
import ssl
import threading
import time

from support.server import Server

REQUEST = ("GET /v1/live?portfolio={name} HTTP/1.1\r\nhost: localhost\r\n"
           "accept: text/event-stream\r\n\r\n")


class Listener:
    """One who listens, with a connection of his own."""

    def __init__(self, server: Server, name: str, buffer_bytes: int = 0) -> None:
        plain = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        if buffer_bytes:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)
        context = ssl.create_default_context(cafile=str(server.certificates.ca))
        context.set_alpn_protocols(["http/1.1"])
        self.socket = context.wrap_socket(plain, server_hostname="localhost")
        self.socket.sendall(REQUEST.format(name=name).encode())
        self.text = b""
        self.has_begun = self.is_over = False
        # When news came, by the clock that nobody sets.
        self.news: list[float] = []

    def read(self) -> None:
        """Takes what has come."""
        try:
            while data := self.socket.recv(65_536):
                self.take(data)
            self.is_over = True
        except ssl.SSLWantReadError:
            pass
        except OSError:
            self.is_over = True

    def take(self, data: bytes) -> None:
        """Counts what is told; the end of a word may come later."""
        now = time.monotonic()
        *lines, self.text = (self.text + data).split(b"\n")
        for line in lines:
            if line == b"event: begin":
                self.has_begun = True
            elif line == b"event: news":
                self.news.append(now)


class Listeners:
    """Many who listen, read by one thread."""

    def __init__(self) -> None:
        self.selector = selectors.DefaultSelector()
        self.all: list[Listener] = []
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self.read, daemon=True)

    def __enter__(self) -> "Listeners":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self.thread.join()
        for listener in self.all:
            listener.socket.close()

    def add(self, server: Server, name: str, count: int = 1) -> list[Listener]:
        """So many more; returns when all of them have begun."""
        added = []
        for _ in range(count):
            listener = Listener(server, name)
            listener.socket.setblocking(False)
            added.append(listener)
            self.selector.register(listener.socket, selectors.EVENT_READ, listener)
        self.all += added
        until = time.monotonic() + 60
        while not all(each.has_begun for each in added):
            assert time.monotonic() < until, [each.text for each in added if not each.has_begun][:3]
            time.sleep(0.01)
        return added

    def read(self) -> None:
        """Reads until the end."""
        while not self.ending.is_set():
            for key, _ in self.selector.select(0.2):
                key.data.read()
                if key.data.is_over:
                    self.selector.unregister(key.data.socket)


def percentile(values: list[float], share: float) -> float:
    """A value that so many of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
