# SPDX-License-Identifier: Apache-2.0
"""Portfolios that are watched, and runs with made-up scores over them."""

import queue
import subprocess
import threading

import grpc

from support.server import program
from support.stores import stub as portfolio_stub
from vigie.v1 import alert_service_pb2 as messages
from vigie.v1 import alert_service_pb2_grpc
from vigie.v1 import portfolio_pb2 as portfolio
from vigie.v1 import portfolio_service_pb2 as portfolio_messages


def stub(channel: grpc.Channel) -> alert_service_pb2_grpc.AlertServiceStub:
    """The service."""
    return alert_service_pb2_grpc.AlertServiceStub(channel)


def own(name: str) -> portfolio.CompanyIdentifier:
    """A company by what the user calls it."""
    return portfolio.CompanyIdentifier(own=name)


def fill(channel: grpc.Channel, name: str, companies: list[str], **call) -> None:
    """Makes a portfolio of companies."""
    service = portfolio_stub(channel)
    service.CreatePortfolio(portfolio_messages.CreatePortfolioRequest(name=name), **call)
    service.PutCompanies(portfolio_messages.PutCompaniesRequest(portfolio=name, companies=[
        portfolio.FollowedCompany(company=own(each), name=f"Name of {each}")
        for each in companies]), **call)


def run(store: str, day: str, **scores: int | None) -> None:
    """A run as of a day that finds scores."""
    found = [f"{name}={'-' if score is None else score}" for name, score in scores.items()]
    done = subprocess.run(
        [program("alert-runs"), store, day, *found], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


class Watch:
    """A call of WatchAlerts, read by a thread of its own."""

    def __init__(self, service, request: messages.WatchAlertsRequest, **call) -> None:
        self.call = service.WatchAlerts(request, **call)
        self.updates: queue.Queue = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self) -> None:
        """Reads until the end, which is the last update."""
        try:
            for update in self.call:
                self.updates.put(update)
        except grpc.RpcError as error:
            self.updates.put(error)

    def next(self, seconds: float = 10) -> messages.WatchAlertsResponse:
        """The next update."""
        update = self.updates.get(timeout=seconds)
        if isinstance(update, grpc.RpcError):
            raise update
        return update

    def news(self, count: int, seconds: float = 10) -> list[str]:
        """Updates that tell something, in words."""
        told = []
        while len(told) < count:
            update = self.next(seconds)
            told += [f"{update.company.own} {each.rule} {each.change}" for each in update.events]
            self.cursor = update.cursor
        return told
