# SPDX-License-Identifier: Apache-2.0
"""Sends damaged calls, several times each and every time in another order, and damaged connections;
counts how they end."""

import functools
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Callable, NamedTuple

from support.damage import Unacceptable, check_acceptable, tells_of_error
from support.damaged_calls import BATCH, Maker, Message, Setup
from support.damaged_connections import ending, frames_of
from support.damaged_headers import can_be_right
from support.many_streams import End, Request, Streams

BATCHES_OF_CONNECTION = 100
# Connections with damaged frames at a time, most of which wait for what the server will not say.
CONNECTIONS_AT_ONCE = 8
FAULTS_MAX = 50
TEXTS_MAX = 2_000
SUSPICIOUS = {2, 13, 14, 15}
ACCEPTED = "OK, which others accept, too"


@functools.lru_cache(10_000)
def general(text: str) -> str:
    """A text without numbers and names."""
    return re.sub(r"\d+", "N", re.sub(r"\"[^\"]*\"|'[^']*'", '"…"', text))[:200]


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
        text = general(text)
        known, first = self.texts.get((outcome, text), (0, number))
        if known or len(self.texts) < TEXTS_MAX:
            self.texts[outcome, text] = (known + count, first)


class Prepared(NamedTuple):
    """A message that is sent several times."""

    number: int
    message: Message
    request: Request


class Sender:
    """Sends what numbers stand for."""

    def __init__(self, setup: Setup, seed: int) -> None:
        self.target, self.seed, self.maker = setup.target, seed, Maker(setup, seed)
        self.streams: Streams | None = None
        self.batches = 0
        # Of the messages that are sent now: what others say of those that were taken, None where
        # they would take them, too; and those that cut their connection.
        self.verdicts: dict[int, str | None] = {}
        self.cutters: set[int] = set()
        # Whose faults are told.
        self.told: set[int] = set()

    def rounds(
        self, first: int, count: int, rounds: int, report: Report, is_stopped: Callable[[], bool]
    ) -> None:
        """Sends messages from a number on, so many times; those that cut a connection alone, once
        that is known of them."""
        self.verdicts, self.cutters = {}, set()
        prepared = [
            Prepared(number, message, message.request)
            for start in range(first, first + count, BATCH)
            for number, message in enumerate(self.maker.batch(start // BATCH), start)]
        for turn in range(rounds):
            if turn > 0:
                Random(f"{self.seed} {first} {turn}").shuffle(prepared)
            alone = [each for each in prepared if each.number in self.cutters]
            others = [each for each in prepared if each.number not in self.cutters]
            batches = [others[at:at + BATCH] for at in range(0, len(others), BATCH)]
            for batch in batches + [[each] for each in alone]:
                if is_stopped():
                    return
                self.send(batch, report)

    def send(self, messages: list[Prepared], report: Report) -> None:
        """Sends messages, and counts their ends. What is cut with others is sent again in halves,
        until it is known whose fault the cut was."""
        if self.streams is None or self.streams.end or self.batches >= BATCHES_OF_CONNECTION:
            if self.streams is not None:
                self.streams.close()
            self.streams, self.batches = Streams(self.target), 0
        self.batches += 1
        try:
            ends = self.streams.call([each.request for each in messages])
        except AssertionError as error:
            report.faults.append(f"among {messages[0].number} and {len(messages)} more: {error}")
            self.streams.end = "broken"
            return
        left = []
        for place, (each, end) in enumerate(zip(messages, ends)):
            if end is None:
                left.append(each)
            else:
                self.count(each, end, self.streams.bodies.get(place, b""), report)
        if not left:
            return
        if len(messages) > 1:
            middle = (len(left) + 1) // 2
            self.send(left[:middle], report)
            if left[middle:]:
                self.send(left[middle:], report)
            return
        number, message, _ = left[0]
        self.cutters.add(number)
        why = self.streams.end or ""
        outcome = why.split(":")[0]
        report.outcomes[message.kind, outcome] += 1
        report.tell(outcome, why, str(number))
        if not re.match(r"GOAWAY [0-9]+: .", why):
            report.faults.append(f"{number} ({message.kind}): {why}")

    def count(self, sent: Prepared, end: End, answer: bytes, report: Report) -> None:
        """Counts an end, and looks at it more closely where it says OK or something strange."""
        name = end.name
        if end.status == 0:
            name = self.judge_accepted(sent.number, sent.message, answer, report)
        elif end.status in SUSPICIOUS or end.status is not None and sent.number % 64 == 0:
            report.tell(name, end.text, str(sent.number))
        report.outcomes[sent.message.kind, name] += 1

    def judge_accepted(self, number: int, message: Message, answer: bytes, report: Report) -> str:
        """Holds a request that was taken against what others take; gives what it came to."""
        if number not in self.verdicts:
            self.verdicts[number] = verdict(message)
        error = self.verdicts[number]
        if error is None:
            return ACCEPTED
        if tells_of_error(message.call, answer):
            return "OK with an error of a part in the answer"
        report.tell("OK that others refuse", f"{message.call.path}: {error}", str(number))
        if number not in self.told and len(report.faults) < FAULTS_MAX:
            self.told.add(number)
            report.faults.append(f"{number} ({message.kind} of {message.call.path}): "
                                 f"OK, which others refuse: {error}")
        return "OK that others refuse"

    def replay(self, number: str) -> str:
        """Sends what one number stands for, and tells what came."""
        if number.startswith("f"):
            sent = frames_of(
                Random(self.seed * 1_000_003 + int(number[1:])), self.maker.authorization)
            return f"{sent!r}\n{ending(self.target, sent)}"
        message = self.maker.batch(int(number) // BATCH)[int(number) % BATCH]
        streams = Streams(self.target)
        end = streams.call([message.request])[0]
        told = streams.end if end is None else end.name
        text = end.text if end is not None and end.block else ""
        return (f"{message.kind} of {message.call.path}\nfields {message.fields}\n"
                f"encoding {message.encoding}\nbody {message.body!r}\n{told}: {text}")

    def frames(self, number: int, report: Report) -> None:
        """Makes a connection with damaged frames."""
        sent = frames_of(Random(self.seed * 1_000_003 + number), self.maker.authorization)
        end = ending(self.target, sent)
        outcome = end.split(":")[0]
        report.outcomes["frames", outcome] += 1
        if outcome.startswith("GOAWAY"):
            report.tell(outcome, end, f"f{number}")
        if outcome.startswith(("SILENT", "ended without")) or re.fullmatch(r"GOAWAY \d+: *", end):
            report.faults.append(f"f{number}: {end}")


def verdict(message: Message) -> str | None:
    """Why others refuse a request; None if they take it."""
    if message.fields is not None:
        is_right = can_be_right(message.fields, message.authorization, message.body)
        return None if is_right else f"headers {message.fields}"
    try:
        check_acceptable(message.call, message.body, message.encoding)
    except Unacceptable as error:
        return str(error)
    return None


_senders: dict[tuple[int, int], Sender] = {}
_stop = None


def begin(stop: object) -> None:
    """Tells a worker how it hears that it should end."""
    global _stop
    _stop = stop


def _is_stopped() -> bool:
    return _stop is not None and _stop.is_set()


def _sender(setup: Setup, seed: int) -> Sender:
    """The sender of this process."""
    if (setup.port, seed) not in _senders:
        _senders[setup.port, seed] = Sender(setup, seed)
    return _senders[setup.port, seed]


def run_rounds(setup: Setup, seed: int, first: int, count: int, rounds: int) -> Report:
    """Sends messages from a number on, so many times."""
    report = Report()
    _sender(setup, seed).rounds(first, count, rounds, report, _is_stopped)
    return report


def run_frames(setup: Setup, seed: int, first: int, count: int, _: int) -> Report:
    """Makes connections with damaged frames from a number on."""
    sender = _sender(setup, seed)

    def make(number: int) -> Report:
        one = Report()
        if not _is_stopped():
            sender.frames(number, one)
        return one

    report = Report()
    with ThreadPoolExecutor(CONNECTIONS_AT_ONCE) as threads:
        for one in threads.map(make, range(first, first + count)):
            report.add(one)
    return report
