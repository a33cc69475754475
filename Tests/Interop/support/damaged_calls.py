# SPDX-License-Identifier: Apache-2.0
"""Makes damaged calls of seed and number."""

from random import Random
from typing import NamedTuple

from support.damage import bomb, damaged, damaged_body, misframed, packed
from support.damaged_headers import damaged_fields, good_fields
from support.good_calls import Call
from support.http2_frames import literal
from support.many_streams import Request, Target
from support.raw_http2 import framed

# Calls that follow from one number together with the seed.
BATCH = 100
# Calls whose answers tell of errors in parts of the request.
TELLING = ("/ModelStreamInfer", "/BatchAssess")


class Setup(NamedTuple):
    """What is known of the server."""

    port: int
    ca: str
    page_port: int
    token: str
    # A JWT.
    claims: str
    calls: list[Call]

    @property
    def target(self) -> Target:
        return Target(self.port, self.ca)


class Message(NamedTuple):
    """A call that is sent."""

    kind: str
    call: Call
    block: bytes
    body: bytes
    encoding: bytes | None = None
    # Of damaged headers, with what they showed before.
    fields: list[tuple[bytes, bytes]] | None = None
    authorization: bytes = b""

    @property
    def request(self) -> Request:
        """What is sent."""
        return Request.of(self.block, self.body, self.call.path.endswith(TELLING))


class Maker:
    """Makes what numbers stand for."""

    def __init__(self, setup: Setup, seed: int) -> None:
        self.setup, self.seed = setup, seed
        self.authorization = b"Bearer " + setup.token.encode()
        self.claims = b"Bearer " + setup.claims.encode()
        self.blocks: dict[tuple[str, bytes | None], bytes] = {}
        self.packed: dict[tuple[bytes, bytes, int], bytes] = {}

    def block(self, call: Call, encoding: bytes | None = None) -> bytes:
        """The header block of a good call."""
        key = (call.path, encoding)
        if key not in self.blocks:
            self.blocks[key] = b"".join(
                literal(*each) for each in good_fields(call, self.authorization, encoding))
        return self.blocks[key]

    def batch(self, number: int) -> list[Message]:
        """The messages from BATCH times a number on."""
        chance = Random(self.seed * 1_000_000_007 + number)
        return [self.message(chance) for _ in range(BATCH)]

    def message(self, chance: Random) -> Message:
        """Any damaged message."""
        random, calls = chance.random, self.setup.calls
        # Papers are few at a time, and cost more than all others.
        call = calls[int(random() * len(calls))]
        if call.path.endswith("/ReadPapers") and random() < 0.9:
            call = calls[0]
        kind = random()
        if kind < 0.6:
            return self.plain(call, chance)
        if kind < 0.8:
            return self.gzip(call, chance)
        authorization = self.authorization if random() < 0.7 else self.claims
        fields = damaged_fields(good_fields(call, authorization), chance)
        body = b"".join(map(framed, call.messages))
        return Message("headers", call, b"".join(literal(*each) for each in fields), body,
                       fields=fields, authorization=authorization)

    def plain(self, call: Call, chance: Random) -> Message:
        """Damage to protobuf, or to the prefix of gRPC."""
        if chance.random() < 0.12:
            return Message("prefixes", call, self.block(call), misframed(call.messages, chance))
        calls = self.setup.calls
        other = calls[int(chance.random() * len(calls))].messages[-1]
        body = damaged_body(call.messages, chance, other)
        return Message("protobuf", call, self.block(call), body)

    def gzip(self, call: Call, chance: Random) -> Message:
        """Damage to what is compressed, or compressed damage."""
        random = chance.random
        encoding = b"deflate" if random() < 0.2 else b"gzip"
        level, how = (0, 1, 9)[int(random() * 3)], random()
        if how < 0.2:
            at = int(random() * len(call.messages))
            messages = [packed(damaged(each, chance) if place == at else each, encoding, 1)
                        for place, each in enumerate(call.messages)]
            body = b"".join(framed(each, flags=1) for each in messages)
        elif how < 0.20002:
            body = framed(bomb(), flags=1)
        else:
            messages = [self._packed(each, encoding, level) for each in call.messages]
            if how < 0.9:
                body = damaged_body(messages, chance, messages[0], flags=1)
            elif how < 0.95:
                # Of the other kind, twice, or not at all.
                flags = int(random() * 3)
                body = b"".join(framed(each, flags=flags) for each in messages)
                encoding = (b"deflate", b"gzip", b"identity", b"br")[int(random() * 4)]
            else:
                messages[-1] += (messages[-1], b"\0", b"\x1f\x8b")[int(random() * 3)]
                body = b"".join(framed(each, flags=1) for each in messages)
        return Message("gzip", call, self.block(call, encoding), body, encoding)

    def _packed(self, message: bytes, encoding: bytes, level: int) -> bytes:
        key = (message, encoding, level)
        if key not in self.packed:
            self.packed[key] = packed(message, encoding, level)
        return self.packed[key]
