# SPDX-License-Identifier: Apache-2.0
"""A way to a server that breaks when it is told to: bytes pass, until the connections are cut."""

import socket
import threading

from support.server import free_port


class CuttingProxy:
    """Passes bytes on to a port of loopback. A context manager."""

    def __init__(self, port: int) -> None:
        self._server_port = port
        self.port = free_port()
        self.address = f"localhost:{self.port}"
        self.connection_count = 0
        self.passed_bytes = 0
        # Cuts all connections when so many bytes went to the server; None for never.
        self.cut_after: int | None = None
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "CuttingProxy":
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """Breaks all connections."""
        sockets, self._sockets = self._sockets, []
        for each in sockets:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                return
            self.connection_count += 1
            self._sockets += [client, server]
            for source, target, counts in [(client, server, True), (server, client, False)]:
                threading.Thread(
                    target=self._pass, args=(source, target, counts), daemon=True
                ).start()

    def _pass(self, source: socket.socket, target: socket.socket, counts: bool) -> None:
        try:
            while data := source.recv(65_536):
                target.sendall(data)
                if counts:
                    self.passed_bytes += len(data)
                    if self.cut_after is not None and self.passed_bytes > self.cut_after:
                        self.cut_after = None
                        self.cut()
        except OSError:
            pass
        for each in (source, target):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
