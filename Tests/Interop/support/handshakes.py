# SPDX-License-Identifier: Apache-2.0
"""The first bytes of connections: of TLS, and what proxies say before it."""

import contextlib
import socket
import ssl
import struct

# With which a header of the PROXY protocol, version 2, begins.
SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"


def client_hello(context: ssl.SSLContext) -> bytes:
    """The first message of a handshake."""
    read, written = ssl.MemoryBIO(), ssl.MemoryBIO()
    with contextlib.suppress(ssl.SSLWantReadError):
        context.wrap_bio(read, written, server_hostname="localhost").do_handshake()
    return written.read()


def proxy_header(
    source: str, *, command: int = 0x21, family: int = 0x11, more: bytes = b""
) -> bytes:
    """A header of the PROXY protocol, version 2."""
    addresses = socket.inet_aton(source) + socket.inet_aton("127.0.0.1") + struct.pack(
        ">HH", 40_000, 7443)
    rest = addresses + more
    return SIGNATURE + struct.pack(">BBH", command, family, len(rest)) + rest
