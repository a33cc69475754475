# SPDX-License-Identifier: Apache-2.0
"""Two servers on one database, any of which is killed at any time, and those who use them."""

import contextlib
import random
import signal
import subprocess
import threading
import time
from typing import Callable

import grpc

from support.server import Server
from support.stores import PostgreSQL, stub
from vigie.v1 import (
    alert_service_pb2 as alerts, alert_service_pb2_grpc, portfolio_facts_pb2 as facts_messages,
    portfolio_pb2 as portfolio, portfolio_runs_pb2 as runs,
)

# Time after which what should be done by now is taken for lost.
PATIENCE_SECONDS = 900
CALL_SECONDS = 30
# What a caller is told while somebody is gone; anything else is a defect.
PASSING = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED}


class Stage:
    """Servers that `start` makes, and the database that they share, if it can be killed."""

    def __init__(self, start: Callable[[], Server], count: int, database: PostgreSQL | None,
                 seed: int) -> None:
        self.start, self.database = start, database
        self.chance = random.Random(seed)
        self.lock = threading.Lock()
        self.servers = [start() for _ in range(count)]
        self.killed = {"server": 0, "database": 0}
        self.over = threading.Event()
        # Whether nobody asks for more, so that there comes an end.
        self.is_settling = False

    def __enter__(self) -> "Stage":
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for server in self.servers:
            server.stop()

    def server(self) -> Server:
        """One of those that run now."""
        with self.lock:
            return self.chance.choice(self.servers)

    def call(self, body: Callable[[grpc.Channel], object]) -> object:
        """Calls until somebody answers, as a client does that has to know."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            with self.server().channel() as channel:
                try:
                    return body(channel)
                except grpc.RpcError as error:
                    if error.code() not in PASSING or time.monotonic() > until:
                        raise
            time.sleep(0.05)

    def kill(self) -> None:
        """Kills somebody, and starts him again."""
        place = self.chance.randrange(len(self.servers) + (self.database is not None))
        if place == len(self.servers):
            self.killed["database"] += 1
            self.database.stop(signal.SIGKILL)
            # Gone for long enough to be missed.
            time.sleep(self.chance.uniform(0, 0.5))
            return self.database.start()
        self.killed["server"] += 1
        self.servers[place].process.kill()
        self.servers[place].process.wait()
        server = self.start()
        with self.lock:
            self.servers[place] = server

    def settle(self, tables) -> None:
        """Waits until all that came was looked at."""
        until, self.is_settling = time.monotonic() + PATIENCE_SECONDS, True
        waiting: object = "nothing was answered"
        while True:
            with contextlib.suppress(subprocess.CalledProcessError):
                waiting = tables.rows(
                    "select (select count(*) from run where state = 'open'), "
                    "(select f.value - s.value from counter f, counter s "
                    "where f.name = 'fact' and s.name = 'seen_fact')")
                if waiting == [("0", "0")]:
                    self.is_settling = False
                    return
            assert time.monotonic() < until, waiting
            time.sleep(0.5)


def record(stage: Stage, known, template, names: list[str], mode=facts_messages.FACT_MODE_REPLACE):
    """Brings what is known of some companies, once and for all, however often it is sent."""
    told = type(template)()
    told.CopyFrom(template)
    # What is of a company with a number only.
    for name in ("siren", "register_entries", "events"):
        told.ClearField(name)
    request = facts_messages.RecordFactsRequest(
        portfolio="p", line_names=known.line_names, source="a feed", mode=mode,
        companies=[facts_messages.RecordedCompany(
            company=portfolio.CompanyIdentifier(own=name), facts=told) for name in names])
    return stage.call(lambda channel: stub(channel).RecordFacts(request, timeout=CALL_SECONDS))


class Follower:
    """Follows the stream from its beginning or a cursor; comes back wherever it is cut off."""

    def __init__(self, stage: Stage, cursor: str = "") -> None:
        self.stage, self.cursor = stage, cursor
        self.told: list[tuple[str, str]] = []
        self.returns = 0
        self.failure: Exception | None = None
        self.ending = threading.Event()
        self.call: grpc.Call | None = None
        self.thread = threading.Thread(target=self.follow, daemon=True)
        self.thread.start()

    def follow(self) -> None:
        """Reads until the stage is over."""
        while not self.is_over() and self.failure is None:
            with self.stage.server().channel() as channel:
                self.read(alert_service_pb2_grpc.AlertServiceStub(channel))
            self.returns += 1
            time.sleep(0.05)

    def read(self, service) -> None:
        """Reads until it is cut off."""
        request = alerts.WatchAlertsRequest(
            portfolio="p", cursor=self.cursor, from_beginning=not self.cursor)
        try:
            self.call = service.WatchAlerts(request, timeout=60)
            for update in self.call:
                self.told += [(update.cursor, each.key) for each in update.events]
                self.cursor = update.cursor
        except grpc.RpcError as error:
            if error.code() not in PASSING and not self.is_over():
                self.failure = error

    def is_over(self) -> bool:
        """Whether nobody wants to hear more."""
        return self.ending.is_set() or self.stage.over.is_set()

    def end(self) -> None:
        """Stops to follow."""
        self.ending.set()
        if self.call:
            self.call.cancel()

    def await_count(self, count: int) -> list[str]:
        """The keys of what was told, when so much was."""
        until = time.monotonic() + PATIENCE_SECONDS
        while len(self.told) < count and self.failure is None:
            assert time.monotonic() < until, (len(self.told), count)
            time.sleep(0.1)
        if self.failure:
            raise self.failure
        return [key for _, key in self.told]


def ask_for_runs(stage: Stage, every_seconds: float) -> threading.Thread:
    """Asks for runs over all companies now and then, whether they are wanted or not."""
    def work() -> None:
        while not stage.over.wait(every_seconds):
            if stage.is_settling:
                continue
            with contextlib.suppress(grpc.RpcError), stage.server().channel() as channel:
                stub(channel).StartRun(runs.StartRunRequest(portfolio="p"), timeout=CALL_SECONDS)
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread
