# SPDX-License-Identifier: Apache-2.0
"""Connections whose frames are damaged, and how they end."""

import socket
import struct
import time
from random import Random

from random_frames import connection, says_goodbye
from support.damage import damaged
from support.damaged_headers import TRACE
from support.http2_frames import (
    ACK, END_HEADERS, GOAWAY, HEADERS, PING, PREFACE, block, data, frame, setting, window)
from support.many_streams import SECONDS, Target
from support.raw_http2 import framed

# For which a server is given time before it is taken to wait for the rest of a frame.
PATIENCE_SECONDS = 0.15
# More than the rest of any frame: of zeros, which by themselves are DATA on stream 0.
FILLER = bytes(1 << 16)


def calls(chance: Random, authorization: bytes) -> list[bytes]:
    """The frames of some good calls."""
    frames = [setting(), window(0, 1 << 20)]
    for stream in range(1, 2 * chance.randrange(1, 5), 2):
        fields = [("content-type", "application/grpc"), ("te", "trailers"),
                  ("authorization", authorization.decode()), ("traceparent", TRACE.decode())]
        head = block(*fields, path="/vigie.v1.ModelService/ListModels", method="POST")
        frames += [frame(HEADERS, END_HEADERS, stream, head), data(stream, framed(b""))]
    return frames


def frames_of(chance: Random, authorization: bytes) -> bytes:
    """What is sent on a connection."""
    how = chance.random()
    if how < 0.3:
        return PREFACE + setting() + connection(chance)
    frames = calls(chance, authorization)
    if how < 0.6:
        return damaged(PREFACE + b"".join(frames), chance, frames[-1])
    at = chance.randrange(len(frames))
    if how < 0.8:
        # A frame whose head is right, and whose content is not.
        head, content = frames[at][:9], damaged(frames[at][9:], chance, frames[-2])
        frames[at] = frame(head[3], head[4], int.from_bytes(head[5:]), content)
    else:
        frames[at] = damaged(frames[at][:9], chance)[:9].ljust(9, b"\0") + frames[at][9:]
    return PREFACE + b"".join(frames)


def _goodbye(received: bytes) -> str | None:
    """The last GOAWAY among frames, if there is one."""
    told = None
    while len(received) >= 9:
        length = int.from_bytes(received[:3])
        if received[3] == GOAWAY and len(received) >= 9 + length:
            code, text = struct.unpack_from(">I", received, 13)[0], received[17:9 + length]
            told = f"GOAWAY {code}: {text.decode('utf-8', 'replace')}"
        received = received[9 + length:]
    return told


def ending(target: Target, sent: bytes) -> str:
    """Sends frames, and gives how the server took them: with an answer to a PING behind them, or
    with a GOAWAY; at the latest when what it may wait for has come."""
    ping, received, is_filled = b"damaged?", b"", False
    with target.tls_socket() as peer:
        peer.settimeout(PATIENCE_SECONDS)
        ends = time.monotonic() + SECONDS
        try:
            peer.sendall(sent + frame(PING, payload=ping))
        except OSError:
            pass
        while time.monotonic() < ends:
            try:
                more = peer.recv(1 << 16)
            except TimeoutError:
                if not is_filled:
                    is_filled = True
                    _send(peer, FILLER)
                continue
            except OSError:
                more = b""
            received += more
            if frame(PING, ACK, 0, ping) in received:
                return "answered"
            if not more:
                told = _goodbye(received)
                if told is None and _may_say_goodbye(sent):
                    return "ended as it wished"
                return told or "ended without a word"
    return f"SILENT: neither an answer nor an end in {SECONDS} s"


def _send(peer: socket.socket, sent: bytes) -> None:
    try:
        peer.sendall(sent)
    except OSError:
        pass


def _may_say_goodbye(sent: bytes) -> bool:
    return sent.startswith(PREFACE) and says_goodbye(sent[len(PREFACE):])
