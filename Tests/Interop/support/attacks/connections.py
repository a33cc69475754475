# SPDX-License-Identifier: Apache-2.0
"""Connections: silent, many, without descriptors, of peers that are gone; readers of metrics."""

import ctypes
import os
import resource
import socket
import struct
import time

from support.attacks import SOURCE, Steps, Target, attack
from support.attacks.content import small_request
from support.attacks.raw import (
    OPENING, SCORE_ROWS, WATCH, Raw, call, hold, message, plain_socket)
from support.limits import LIMITS

IDLE_BYTES = 64 << 10
SILENT = 10_050
# A filter of a socket that lets nothing through (BPF_RET | BPF_K, 0), and how it is set.
NOTHING = struct.pack("HBBI", 6, 0, 0, 0)
SO_ATTACH_FILTER = 26


def connected(target: Target, count: int, source: str = SOURCE) -> Steps:
    """Opens so many plain connections; the list of them is what the generator returns."""
    held = []
    for number in range(count):
        held.append(plain_socket(target, source))
        if number % 50 == 49:
            yield 50
    return [each for each in held if each is not None]


def drip(sockets: list[socket.socket], content: bytes) -> Steps:
    """Sends a byte to each now and then."""
    at = 0
    while True:
        for each in sockets:
            try:
                each.send(content[at:at + 1])
            except OSError:
                pass
        at = (at + 1) % len(content)
        yield len(sockets)
        time.sleep(0.1)


@attack(lambda it: it.addressHandshakesMax * IDLE_BYTES)
def silent_connections(target: Target) -> Steps:
    """10,050 of one address that say nothing."""
    held = yield from connected(target, SILENT)
    yield from hold(*held)


@attack(lambda it: it.addressConnectionsMax * IDLE_BYTES)
def connections_that_say_nothing_after_their_handshake(target: Target) -> Steps:
    """900 of them."""
    raws = []
    for _ in range(900):
        raws.append(Raw(target, b""))
        yield 1
    yield from hold(*raws)


@attack(lambda it: it.addressConnectionsMax * IDLE_BYTES)
def connections_as_many_as_there_may_be(target: Target) -> Steps:
    """1,050, each with a call made and nothing more."""
    raws = []
    for _ in range(1_050):
        raws.append(Raw(target, OPENING + call(1, SCORE_ROWS, message(small_request(target)))))
        yield 1
    yield from hold(*raws)


@attack(leaves_room=False)
def descriptors_that_run_out(target: Target) -> Steps:
    """The server may open ten more; 60 connections want them."""
    used = len(os.listdir(f"/proc/{target.process_id}/fd"))
    _, hard = resource.prlimit(target.process_id, resource.RLIMIT_NOFILE)
    resource.prlimit(target.process_id, resource.RLIMIT_NOFILE, (used + 10, hard))
    while True:
        held = yield from connected(target, 100)
        for _ in range(20):
            time.sleep(0.1)
            yield 0
        for each in held:
            each.close()


@attack(lambda it: it.connections * IDLE_BYTES)
def readers_of_metrics_that_are_slow(target: Target) -> Steps:
    """200 connections to the page of metrics: those that ask and do not read, and those that ask
    byte by byte."""
    held = []
    for number in range(200):
        try:
            each = socket.create_connection(("127.0.0.1", target.page_port), timeout=5)
            each.setblocking(False)
            if number % 2:
                each.send(b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n" * 500)
            held.append(each)
        except OSError:
            pass
        yield 1
    yield from drip(held[::2], b"GET /metrics HTTP/1.1\r\nX: " + b"y" * 1_000)


def vanish(raw: Raw) -> None:
    """Lets nothing reach a socket any more, not even for an acknowledgement."""
    code = ctypes.create_string_buffer(NOTHING)
    program = struct.pack("HL", 1, ctypes.addressof(code))
    raw.socket.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)


@attack(lambda it: 300 * IDLE_BYTES, stays=True,
        calm_seconds=LIMITS.keepaliveSeconds + 2 * LIMITS.keepaliveTimeoutSeconds)
def peers_that_vanish(target: Target) -> Steps:
    """Answers on their way, watches, and connections between two calls: the peer of each is gone
    without a word. The server must find out by itself."""
    asked = call(1, SCORE_ROWS, message(small_request(target)))
    raws = [Raw(target, OPENING + each)
            for each in (b"", call(1, WATCH, message(b"")), asked) for _ in range(100)]
    time.sleep(1)
    for number, raw in enumerate(raws):
        raw.receive()
        vanish(raw)
        if number >= 200:
            raw.send(call(3, SCORE_ROWS, message(small_request(target))))
    yield len(raws)
    while True:
        time.sleep(0.1)
        yield 0
