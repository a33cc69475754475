# SPDX-License-Identifier: Apache-2.0
"""Makes damaged calls and connections of seed and number, sends them and counts how they end."""

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from support.damage import (
    Unacceptable, bomb, check_acceptable, damaged, damaged_body, misframed, packed, tells_of_error)
from support.damaged_connections import ending, frames_of
from support.damaged_headers import can_be_right, damaged_fields, good_fields
from support.good_calls import Call
from support.http2_frames import literal
from support.many_streams import End, Streams, Target
from support.raw_http2 import framed

# Calls that are sent together.
BATCH = 100
BATCHES_OF_CONNECTION = 100
FAULTS_MAX = 50
TEXTS_MAX = 2_000
SUSPICIOUS = {2, 13, 14, 15}
ACCEPTED = "OK, which others accept, too"


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


@dataclass
class Report:
    """How what was sent has ended."""

    outcomes: Counter = field(default_factory=Counter)
    # Texts without numbers and names: how often, and the first that got it.
    texts: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0

    def add(self, other: "Report") -> None:
        """Adds the counts of another."""
        self.outcomes += other.outcomes
        self.faults += other.faults[:FAULTS_MAX]
        for (outcome, text), (count, number) in other.texts.items():
            self.tell(outcome, text, number, count)

    @property
    def count(self) -> int:
        """How much was sent."""
        return sum(self.outcomes.values())

    def tell(self, outcome: str, text: str, number: str, count: int = 1) -> None:
        """Counts a text."""
        text = re.sub(r"\d+", "N", re.sub(r"\"[^\"]*\"|'[^']*'", '"…"', text))[:200]
        known, first = self.texts.get((outcome, text), (0, number))
        if known or len(self.texts) < TEXTS_MAX:
            self.texts[outcome, text] = (known + count, first)


class Maker:
    """Makes and sends what numbers stand for."""

    def __init__(self, setup: Setup, seed: int) -> None:
        self.setup, self.seed = setup, seed
        self.authorization = b"Bearer " + setup.token.encode()
        self.claims = b"Bearer " + setup.claims.encode()
        self.blocks: dict[tuple[str, bytes | None], bytes] = {}
        self.packed: dict[tuple[bytes, bytes, int], bytes] = {}
        self.streams: Streams | None = None
        self.batches = 0

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

    def send(self, messages: list[tuple[int, Message]], report: Report) -> None:
        """Sends messages, and counts their ends. What is cut with others is sent again in halves,
        until it is known whose fault the cut was."""
        if self.streams is None or self.streams.end or self.batches >= BATCHES_OF_CONNECTION:
            if self.streams is not None:
                self.streams.close()
            self.streams, self.batches = Streams(self.setup.target), 0
        self.batches += 1
        try:
            ends = self.streams.call([(each.block, each.body) for _, each in messages])
        except AssertionError as error:
            report.faults.append(f"among {messages[0][0]} and {len(messages)} more: {error}")
            self.streams.end = "broken"
            return
        left = []
        for place, ((number, message), end) in enumerate(zip(messages, ends)):
            if end is None:
                left.append((number, message))
            else:
                answer = self.streams.bodies.get(place, b"")
                self.count(number, message, end, answer, report)
        if not left:
            return
        why = self.streams.end or ""
        if len(messages) > 1:
            middle = (len(left) + 1) // 2
            self.send(left[:middle], report)
            if left[middle:]:
                self.send(left[middle:], report)
            return
        number, message = left[0]
        outcome = why.split(":")[0]
        report.outcomes[message.kind, outcome] += 1
        report.tell(outcome, why, str(number))
        if not re.match(r"GOAWAY [0-9]+: .", why):
            report.faults.append(f"{number} ({message.kind}): {why}")

    def count(
        self, number: int, message: Message, end: End, answer: bytes, report: Report
    ) -> None:
        """Counts an end, and looks at it more closely where it says OK or something strange."""
        name = end.name
        if end.status == 0:
            name = self.judge_accepted(number, message, answer, report)
        elif end.status in SUSPICIOUS or end.status is not None and number % 64 == 0:
            report.tell(name, end.text, str(number))
        report.outcomes[message.kind, name] += 1

    def judge_accepted(self, number: int, message: Message, answer: bytes, report: Report) -> str:
        """Holds a request that was taken against what others take; gives what it came to."""
        try:
            if message.fields is not None:
                if not can_be_right(message.fields, message.authorization, message.body):
                    raise Unacceptable(f"headers {message.fields}")
            else:
                check_acceptable(message.call, message.body, message.encoding)
            return ACCEPTED
        except Unacceptable as error:
            if tells_of_error(message.call, answer):
                return "OK with an error of a part in the answer"
            report.tell("OK that others refuse", f"{message.call.path}: {error}", str(number))
            if len(report.faults) < FAULTS_MAX:
                report.faults.append(f"{number} ({message.kind} of {message.call.path}): "
                                     f"OK, which others refuse: {error}")
            return "OK that others refuse"

    def replay(self, number: str) -> str:
        """Sends what one number stands for, and tells what came."""
        if number.startswith("f"):
            sent = frames_of(Random(self.seed * 1_000_003 + int(number[1:])), self.authorization)
            return f"{sent!r}\n{ending(self.setup.target, sent)}"
        message = self.batch(int(number) // BATCH)[int(number) % BATCH]
        streams = Streams(self.setup.target)
        end = streams.call([(message.block, message.body)])[0]
        told = streams.end if end is None else end.name
        text = end.text if end is not None and end.block else ""
        return (f"{message.kind} of {message.call.path}\nfields {message.fields}\n"
                f"encoding {message.encoding}\nbody {message.body!r}\n{told}: {text}")


_makers: dict[tuple[int, int], Maker] = {}


def _maker(setup: Setup, seed: int) -> Maker:
    """The maker of this process."""
    if (setup.port, seed) not in _makers:
        _makers[setup.port, seed] = Maker(setup, seed)
    return _makers[setup.port, seed]


def run_batches(setup: Setup, seed: int, first: int, count: int) -> Report:
    """Sends messages from a number on."""
    maker, report, began = _maker(setup, seed), Report(), time.monotonic()
    for number in range(first, first + count, BATCH):
        maker.send(list(enumerate(maker.batch(number // BATCH), number)), report)
    report.seconds = time.monotonic() - began
    return report


def run_frames(setup: Setup, seed: int, first: int, count: int) -> Report:
    """Makes connections with damaged frames from a number on."""
    maker, report = _maker(setup, seed), Report()
    for number in range(first, first + count):
        sent = frames_of(Random(seed * 1_000_003 + number), maker.authorization)
        end = ending(setup.target, sent)
        outcome = end.split(":")[0]
        report.outcomes["frames", outcome] += 1
        if outcome.startswith("GOAWAY"):
            report.tell(outcome, end, f"f{number}")
        if outcome.startswith(("SILENT", "ended without")) or re.fullmatch(r"GOAWAY \d+: *", end):
            report.faults.append(f"f{number}: {end}")
    return report
