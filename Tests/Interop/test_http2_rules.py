# SPDX-License-Identifier: Apache-2.0
"""HTTP/2 to the letter: each rule of support/http2_rule_list.py, over TLS against a real vigied."""

import struct
import time

import pytest

from support.http2_frames import (
    DATA, END_HEADERS, GOAWAY, HEADERS, REFUSED_STREAM, RST_STREAM, SETTINGS, Peer, block, data,
    frame, headers, setting, window)
from support.http2_rule_list import INITIAL_WINDOW, RULES
from support.http2_rules import STREAM, streaming
from support.server import Server

# What the server tells of itself (SETTINGS_MAX_CONCURRENT_STREAMS).
STREAMS_MAX = 256
PAGE = b"serving\n"


# All that is sent in one TLS record, and a few bytes in each.
WHOLE = [pytest.param(rule, None, id=str(rule)) for rule in RULES]
IN_PIECES = [pytest.param(rule, 5, id=f"{rule}, in pieces") for rule in RULES if rule.pieces]


@pytest.mark.parametrize("rule, piece", WHOLE + IN_PIECES)
def test_rule(server, rule, piece):
    with Peer(server, piece, preface=rule.preface, first=rule.first) as peer:
        together = b""
        for step in rule.steps:
            if isinstance(step, bytes):
                together += step
                continue
            peer.send(together)
            together = b""
            step(peer)
        peer.send(together)
        rule.expected(peer)


def told_settings(peer: Peer) -> dict[int, int]:
    found = peer.read(lambda it: it.kind == SETTINGS and it.flags == 0)
    assert found
    return dict(struct.iter_unpack(">HI", found.payload))


def test_one_stream_too_many_is_refused_and_its_neighbours_live(server):
    with Peer(server) as peer:
        assert told_settings(peer)[3] == STREAMS_MAX
        streams = range(1, 2 * STREAMS_MAX, 2)
        peer.send(setting((INITIAL_WINDOW, 0)) + b"".join(headers(each) for each in streams))
        extra = 2 * STREAMS_MAX + 1
        # Those that are refused, with a body or without, and one after the other.
        peer.send(headers(extra) + streaming(extra + 2) + data(extra + 2, b"late"))
        for each in (extra, extra + 2):
            refused = peer.read(lambda it: it.kind == RST_STREAM)
            assert refused and (refused.stream, refused.code) == (each, REFUSED_STREAM)
        peer.send(b"".join(window(each, 100) for each in streams))
        done = set()
        while len(done) < STREAMS_MAX:
            found = peer.read(lambda it: it.ends_stream)
            assert found and found.kind == DATA, found
            done.add(found.stream)
        # There is room again.
        peer.send(headers(extra + 4) + window(extra + 4, 100))
        assert peer.read(lambda it: it.stream == extra + 4 and it.kind == DATA)
        assert not [each for each in peer.received if each.kind == GOAWAY]


def test_a_reader_may_open_windows_for_what_it_reads(server):
    """Two windows a frame, as some libraries do, and answers in small frames."""
    with Peer(server, first=setting((INITIAL_WINDOW, 4))) as peer:
        for stream in range(1, 1_200, 2):
            peer.send(headers(stream))
            for _ in range(2):
                found = peer.read(lambda it: it.kind in (DATA, GOAWAY))
                assert found and found.kind == DATA
                peer.send(window(stream, 4) + window(0, 4))
        assert peer.answer_to_ping()


def test_streams_that_are_opened_and_given_up_are_no_flood(server):
    with Peer(server) as peer:
        for start in range(1, 1_600, 400):
            streams = range(start, start + 400, 2)
            peer.send(b"".join(streaming(each) for each in streams))
            assert peer.answer_to_ping()
            peer.send(b"".join(frame(RST_STREAM, 0, each, bytes([0, 0, 0, 8])) for each in streams))
        assert peer.answer_to_ping()
        assert not [each for each in peer.received if each.kind == GOAWAY]


def test_streams_that_are_given_up_again_and_again_are_told_why(server):
    with Peer(server) as peer:
        # At once, and more than are allowed in all seconds of a slow machine.
        streams = range(1, 4 * 4 * 2 * STREAMS_MAX, 2)
        peer.send(b"".join(
            streaming(each) + frame(RST_STREAM, 0, each, bytes([0, 0, 0, 8])) for each in streams))
        found = peer.read(lambda it: it.kind == GOAWAY)
        assert found and b"given up" in found.payload
    assert server.is_serving()


def test_streams_that_are_reset_when_they_are_over_are_no_flood(server):
    """As curl does, with each."""
    with Peer(server) as peer:
        for stream in range(1, 3_000, 2):
            peer.send(headers(stream))
            assert peer.read(lambda it: it.kind == DATA and it.ends_stream)
            peer.send(frame(RST_STREAM, 0, stream, bytes([0, 0, 0, 8])))
        assert peer.answer_to_ping()


def test_some_nothing_each_second_is_not_minded(certificates):
    with Server(certificates) as server, Peer(server) as peer:
        peer.send(frame(0x42) * 80)
        assert peer.answer_to_ping()
        # Long enough to make some forty of them good.
        time.sleep(4.5)
        peer.send(frame(0x42) * 50)
        assert peer.answer_to_ping()
        assert not [each for each in peer.received if each.kind == GOAWAY]


def test_who_is_sent_away_has_time_to_read_why(certificates):
    """What it still sends is let go for lastWordsMilliseconds: a system that closes a connection
    with bytes unread takes back what is on its way to the other end."""
    with Server(certificates) as server, Peer(server) as peer:
        peer.send(frame(0x42) * 150)
        for _ in range(20):
            peer.send(frame(0x42, payload=bytes(16_384)) * 4)
            time.sleep(0.02)
        assert peer.read(lambda it: it.kind == GOAWAY)
        assert peer.read(lambda _: False) is None
        with pytest.raises(OSError):
            ends = time.monotonic() + 20
            while time.monotonic() < ends:
                peer.socket.sendall(frame(0x42))
                time.sleep(0.1)


def test_health_by_http(certificates):
    with Server(certificates) as server, Peer(server) as peer:
        peer.send(headers(1))
        answer = peer.read(lambda it: it.kind == HEADERS)
        assert answer
        fields = peer.fields(answer)
        assert (fields[":status"], fields["content-length"]) == ("200", str(len(PAGE)))
        body = peer.read(lambda it: it.kind == DATA)
        assert body and body.payload == PAGE and body.ends_stream
        # A stream that stays keeps the connection for a while, in which the server is leaving.
        peer.send(frame(HEADERS, END_HEADERS, 3, block(
            ("content-type", "application/grpc"), path=STREAM, method="POST")))
        assert peer.answer_to_ping()
        peer.send(frame(HEADERS, END_HEADERS, 5, block()))
        assert peer.answer_to_ping()
        server.terminate()
        assert peer.read(lambda it: it.kind == GOAWAY)
        peer.send(frame(DATA, 1, 5))
        answer = peer.read(lambda it: it.kind == HEADERS and it.stream == 5)
        assert answer and peer.fields(answer)[":status"] == "503"
        body = peer.read(lambda it: it.kind == DATA)
        assert body and body.payload == b"not serving\n"
        peer.send(frame(RST_STREAM, 0, 3, bytes([0, 0, 0, 8])))
        assert peer.read(lambda _: False) is None
        assert server.wait() == 0
