# SPDX-License-Identifier: Apache-2.0
"""Frames of every kind in every state, right and wrong, at random: the server must answer, or end
the connection with a reason, and go on serving. What was sent follows from the seed alone.

    VIGIE_BUILD_DIRECTORY=.build/debug \\
        .venv/bin/python Tests/Interop/random_frames.py [SEED [COUNT]]
"""

import random
import struct
import sys
import tempfile
import time
from pathlib import Path

import support.stubs  # noqa: F401  Makes the stubs importable that the server's client needs.
from support.certificates import Certificates
from support.http2_frames import GOAWAY, Peer, block, frame, literal
from support.http2_rules import STREAM
from support.server import Server

FRAMES_MAX = 40
PATHS = ["/healthz", "/", STREAM, "/vigie.v1.ScoringService/ScoreRows",
         "/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch"]


def payload(chance: random.Random, kind: int) -> bytes:
    """What a frame of a kind has, or nearly."""
    fields = [("content-type", "application/grpc"), ("te", "trailers")]
    right = {
        0: lambda: struct.pack(">BI", chance.choice([0, 0, 1, 2]), chance.choice([0, 1, 9, 2**31])),
        1: lambda: block(*fields[:chance.randrange(3)], path=chance.choice(PATHS),
                         method=chance.choice(["GET", "POST", "HEAD"])),
        2: lambda: struct.pack(">IB", chance.randrange(12), 5),
        3: lambda: struct.pack(">I", chance.randrange(14)),
        4: lambda: b"".join(struct.pack(">HI", chance.randrange(10), chance.choice(
            [0, 1, 16_384, 65_535, 2**31 - 1])) for _ in range(chance.randrange(3))),
        5: lambda: struct.pack(">I", chance.randrange(12)) + block(),
        6: lambda: chance.randbytes(8),
        7: lambda: struct.pack(">II", chance.randrange(9), 0) + b"bye",
        8: lambda: struct.pack(">I", chance.choice([0, 1, 1_000, 2**31 - 1])),
        9: lambda: literal("x-more", "1"),
    }
    if chance.random() < 0.06 or kind not in right:
        return chance.randbytes(chance.randrange(20))
    return right[kind]()


def connection(chance: random.Random) -> bytes:
    """The frames of one connection."""
    sent, highest = b"", 1
    for _ in range(chance.randrange(1, FRAMES_MAX)):
        kind = chance.choices(range(12), [9, 9, 2, 3, 2, 0.2, 2, 0.3, 3, 0.5, 1, 1])[0]
        stream = chance.choice([0, 1, 3, highest, highest, highest + 2, chance.randrange(12)])
        if kind in (4, 6, 7) and chance.random() < 0.95:
            stream = 0
        if kind == 1 and chance.random() < 0.7:
            stream = highest = highest + 2
        flags = chance.choice([0, 1, 4, 5, 5, 4, chance.randrange(256)])
        if kind in (4, 6) and chance.random() < 0.9:
            flags = 0
        sent += frame(kind, flags, stream, payload(chance, kind))
    return sent


def says_goodbye(sent: bytes) -> bool:
    """Whether GOAWAY is among frames."""
    while len(sent) >= 9:
        if sent[3] == GOAWAY:
            return True
        sent = sent[9 + int.from_bytes(sent[:3]):]
    return False


def try_one(server: Server, chance: random.Random) -> str:
    """How a connection went."""
    with Peer(server, chance.choice([None, 1, 7])) as peer:
        sent = connection(chance)
        peer.send(sent)
        if peer.answer_to_ping():
            return "answered"
        last = [each for each in peer.received if each.kind == GOAWAY]
        if not last:
            return "ended as it wished" if says_goodbye(sent) else "ended without a word"
        return f"ended with {last[-1].code}" + ("" if len(last[-1].payload) > 8 else ", no text")


def main() -> int:
    """Gives whether some connection ended without a reason."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else int(time.time())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    found: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as directory:
        with Server(Certificates.make(Path(directory))) as server:
            for number in range(count):
                outcome = try_one(server, random.Random(seed * 1_000_003 + number))
                if "no text" in outcome or "without" in outcome:
                    print(f"connection {number} of seed {seed}: {outcome}")
                found[outcome] = found.get(outcome, 0) + 1
            assert server.is_serving()
    for outcome, times in sorted(found.items()):
        print(f"{times:6} {outcome}")
    return any("no text" in each or "without" in each for each in found)


if __name__ == "__main__":
    sys.exit(main())
