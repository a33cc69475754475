# SPDX-License-Identifier: Apache-2.0
"""Calls that are many, that never end, or that nobody waits for."""

import time

from support.attacks import Steps, Target, attack
from support.attacks.content import first_of_stream, small_request
from support.attacks.raw import (
    HEALTH, OPENING, SCORE_ROWS, STREAM_SCORE_ROWS, WATCH, WIDE, Raw, call, flood_of_calls, hold,
    message)
from support.http2_frames import (
    DATA, END_HEADERS, END_STREAM, HEADERS, PING, block, frame, reset, setting)

STREAMS = 256


def opened(target: Target, connections: int, made, opening: bytes = WIDE) -> Steps:
    """Connections with as many calls as there may be, all kept."""
    raws = []
    for _ in range(connections):
        raw = Raw(target, opening + b"".join(made(1 + 2 * number) for number in range(STREAMS)))
        raws.append(raw)
        yield STREAMS
    yield from hold(*raws)


@attack(lambda it: 20 * STREAMS * (8 << 10))
def health_watches(target: Target) -> Steps:
    """5,120 of them."""
    return opened(target, 20, lambda stream: call(stream, WATCH, message(b"")))


@attack(lambda it: 20 * STREAMS * (8 << 10))
def idle_streams_of_rows(target: Target) -> Steps:
    """5,120 streams whose header was accepted, and whose rows do not come."""
    header = message(first_of_stream(target))
    return opened(
        target, 20, lambda stream: call(stream, STREAM_SCORE_ROWS, header, end=False))


@attack()
def watches_that_come_and_go(target: Target) -> Steps:
    """Watches that are cancelled at once."""
    return flood_of_calls(target, lambda stream: call(stream, WATCH, message(b"")) + reset(stream))


@attack(lambda it: it.assemblyBytesMax)
def requests_without_end(target: Target) -> Steps:
    """Unary calls whose message has come and whose end does not, and headers alone."""
    whole = message(small_request(target))

    def made(stream: int) -> bytes:
        return call(stream, (SCORE_ROWS, HEALTH)[stream // 2 % 2], whole, end=False)

    return opened(target, 20, made)


@attack(lambda it: it.assemblyBytesMax)
def requests_that_drip(target: Target) -> Steps:
    """Messages of a megabyte that come byte by byte, in 2,560 calls."""
    begun = message(bytes(1 << 20))[:5]
    opening = WIDE + b"".join(
        call(1 + 2 * n, (SCORE_ROWS, STREAM_SCORE_ROWS)[n % 2], begun, end=False)
        for n in range(STREAMS))
    drops = b"".join(frame(DATA, 0, 1 + 2 * n, b"x") for n in range(STREAMS))
    raws = [Raw(target, opening) for _ in range(10)]
    while True:
        for raw in raws:
            raw.send(drops)
            yield STREAMS
        time.sleep(0.1)


@attack()
def streams_that_are_abandoned(target: Target) -> Steps:
    """Streams that are opened, fed and given up, on one connection after the other."""
    begun = message(first_of_stream(target))

    def made(stream: int) -> bytes:
        return call(stream, STREAM_SCORE_ROWS, begun, end=False) + reset(stream)

    return flood_of_calls(target, made)


@attack()
def deadlines_of_a_nanosecond(target: Target) -> Steps:
    """Calls that are over before they are there."""
    whole = message(small_request(target))
    return flood_of_calls(
        target, lambda it: call(it, SCORE_ROWS, whole, more=(("grpc-timeout", "1n"),)))


@attack()
def deadlines_of_a_millisecond(target: Target) -> Steps:
    """Calls that are over while they are worked on."""
    rows = message(small_request(target, 60))
    return flood_of_calls(
        target, lambda it: call(it, SCORE_ROWS, rows, more=(("grpc-timeout", "1m"),)))


@attack()
def methods_that_are_none(target: Target) -> Steps:
    """Each with a name of its own, in the log of calls and among the metrics."""
    return flood_of_calls(
        target, lambda it: call(it, f"/vigie.v1.Service{it}/Method{it}" + "x" * 200, message(b"")))


@attack()
def pages_of_health(target: Target) -> Steps:
    """GET /healthz without end."""
    page = block()

    return flood_of_calls(
        target, lambda it: frame(HEADERS, END_STREAM | END_HEADERS, it, page))


@attack()
def small_calls_as_many_as_fit(target: Target) -> Steps:
    """Nothing wrong with any of them; the client never looks at the answers."""
    whole = message(small_request(target))
    return flood_of_calls(target, lambda stream: call(stream, SCORE_ROWS, whole))


@attack(lambda it: it.answerBytesMax)
def small_answers_that_nobody_reads(target: Target) -> Steps:
    """The same, and what comes is left in the socket."""
    whole = message(small_request(target))
    return flood_of_calls(target, lambda stream: call(stream, SCORE_ROWS, whole), reads=False)


@attack()
def answers_to_pings_that_nobody_reads(target: Target) -> Steps:
    """Calls that keep the connection in favour, and PINGs and SETTINGS whose answers wait."""
    begun = frame(PING, payload=b"12345678") * 20 + setting() * 5

    def made(stream: int) -> bytes:
        return begun + call(stream, HEALTH, message(b""))

    return flood_of_calls(target, made, reads=False, opening=OPENING)
