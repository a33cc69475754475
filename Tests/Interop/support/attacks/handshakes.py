# SPDX-License-Identifier: Apache-2.0
"""Handshakes: half open, slow, many, wrong, repeated; what proxies say before them."""

import contextlib
import os
import shutil
import subprocess
import time

from support.attacks import PROXY_SOURCE, SOURCE, Steps, Target, attack
from support.attacks.connections import IDLE_BYTES, connected, drip
from support.attacks.content import small_request
from support.attacks.raw import HEALTH, OPENING, SCORE_ROWS, Raw, call, message, plain_socket
from support.handshakes import SIGNATURE, client_hello, proxy_header

HALF_OPEN_BYTES = 24 << 10
TOOLS = 4


@attack(lambda it: it.addressHandshakesMax * HALF_OPEN_BYTES)
def handshakes_that_stay_half_open(target: Target) -> Steps:
    """1,000 that begin and do not go on."""
    hello = client_hello(target.tls_context)
    while True:
        held = yield from connected(target, 1_000)
        for each in held:
            each.setblocking(False)
            try:
                each.send(hello)
            except OSError:
                pass
        yield len(held)
        # They are cut in ten seconds; others take their places.
        for _ in range(110):
            time.sleep(0.1)
            yield 0
        for each in held:
            each.close()


@attack(lambda it: it.addressHandshakesMax * HALF_OPEN_BYTES)
def handshakes_that_drip(target: Target) -> Steps:
    """900 whose first message comes byte by byte."""
    held = yield from connected(target, 900)
    yield from drip(held, client_hello(target.tls_context))


@attack(lambda it: it.addressConnectionsMax * IDLE_BYTES)
def handshakes_one_after_the_other(target: Target) -> Steps:
    """Connections that are made and left at once."""
    while True:
        raw = Raw(target, b"")
        raw.close()
        yield 1


@attack()
def handshakes_that_are_none(target: Target) -> Steps:
    """Plain text, other protocols and rubbish, each refused and told."""
    rubbish = [b"GET / HTTP/1.1\r\n\r\n", OPENING, bytes(400), b"\x16\x03\x01\xff\xff" + bytes(300),
               client_hello(target.tls_context)[:100] + b"\xff" * 400, SIGNATURE]
    while True:
        for each in rubbish:
            plain = plain_socket(target)
            if plain is not None:
                try:
                    plain.sendall(each)
                    plain.settimeout(0.05)
                    plain.recv(1_000)
                except OSError:
                    pass
                plain.close()
            yield 1


@attack()
def records_of_a_byte(target: Target) -> Steps:
    """Calls of which each byte comes in a record of TLS by itself."""
    whole = message(small_request(target))
    while True:
        raw = Raw(target, OPENING)
        stream = 1
        while not raw.is_over:
            for byte in call(stream, SCORE_ROWS, whole):
                raw.send(bytes([byte]))
            stream += 2
            yield 1
        raw.close()


@attack(lambda it: it.addressHandshakesMax * HALF_OPEN_BYTES)
def headers_of_proxies_that_drip(target: Target) -> Steps:
    """900 connections of a proxy that is known, whose first words come byte by byte."""
    held = yield from connected(target, 900, PROXY_SOURCE)
    yield from drip(held, proxy_header("192.0.2.1", more=b"\x04" + bytes(2_000)))


@attack(lambda it: it.handshakesMax * HALF_OPEN_BYTES)
def proxies_with_very_many_clients(target: Target) -> Steps:
    """A proxy that is known says for each connection that it is for another client."""
    number = 0
    while True:
        first = proxy_header(f"198.18.{number // 250 % 250}.{number % 250}")
        raw = Raw(target, OPENING + call(1, HEALTH, message(b"")), source=PROXY_SOURCE, first=first)
        raw.close()
        number += 1
        yield 1


def asked(target: Target, letter: bytes, *options: str) -> Steps:
    """Clients of OpenSSL that are told the same letter again and again."""
    tool = shutil.which("openssl")
    assert tool, "there is no openssl"
    command = [tool, "s_client", "-connect", target.address, "-bind", SOURCE, "-alpn", "h2",
               "-CAfile", str(target.certificates.ca), *options]
    clients: list[subprocess.Popen] = []
    try:
        while True:
            clients = [each for each in clients if each.poll() is None]
            while len(clients) < TOOLS:
                clients.append(subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL, bufsize=0))
                os.set_blocking(clients[-1].stdin.fileno(), False)
            for each in clients:
                with contextlib.suppress(OSError):
                    yield bool(each.stdin.write(letter + b"\n"))
            time.sleep(0.001)
    finally:
        for each in clients:
            each.kill()


@attack(name="updates-of-keys")
def key_updates(target: Target) -> Steps:
    """TLS 1.3: new keys, for which the server has to answer with new keys of its own."""
    return asked(target, b"K", "-tls1_3")


@attack(name="renegotiations")
def renegotiations(target: Target) -> Steps:
    """TLS 1.2: another handshake on the same connection (CVE-2011-1473)."""
    return asked(target, b"R", "-tls1_2")
