# SPDX-License-Identifier: Apache-2.0
"""Kills a server while events go out by webhook, and counts what arrives.

Usage: webhook_kills.py [--kills 200] [--events 5000] [--postgresql]

Prints what was lost, which must be nothing, and what came twice.
"""

import argparse
import random
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    import support.stubs  # noqa: F401  Makes vigie.v1 importable.

import grpc

from support.certificates import Certificates
from support.receivers import Receiver, delivery_settings
from support.server import Server
from support.stores import stub
from vigie.v1 import delivery_pb2 as values
from vigie.v1 import delivery_service_pb2 as delivery
from vigie.v1 import delivery_service_pb2_grpc
from vigie.v1 import portfolio_service_pb2 as messages


@dataclass
class Found:
    """What came of it."""

    event_count: int
    missing: list[str]
    unexpected: list[str]
    repeated: int
    counted_repeats: int
    seconds: float


def listed(channel: grpc.Channel, endpoint: int) -> list[values.Delivery]:
    """All messages to an endpoint."""
    service = delivery_service_pb2_grpc.DeliveryServiceStub(channel)
    found, token = [], ""
    while True:
        page = service.ListDeliveries(delivery.ListDeliveriesRequest(
            id=endpoint, page_size=1_000, page_token=token))
        found += page.deliveries
        token = page.next_page_token
        if not token:
            return found


def happen(server: Server, count: int) -> None:
    """Has things happen until the server is gone, or so many did."""
    with server.channel() as channel:
        for number in range(count):
            try:
                stub(channel).ChangePortfolio(
                    messages.ChangePortfolioRequest(portfolio="p", note=str(number)), timeout=20)
            except grpc.RpcError:
                return


def run(start, receiver: Receiver, kills: int, events: int, seed: int = 1) -> Found:
    """Kills servers that `start` makes, and waits until the last one has sent all."""
    begin, chance = time.monotonic(), random.Random(seed)
    server = start()
    with server.channel() as channel:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        made = delivery_service_pb2_grpc.DeliveryServiceStub(channel).CreateEndpoint(
            delivery.CreateEndpointRequest(portfolio="p", url=receiver.url()))
    for kill in range(kills):
        burst = threading.Thread(target=happen, args=(server, -(-events // kills)))
        burst.start()
        # Before, in the middle of and after what is sent of it.
        time.sleep(chance.uniform(0.05, 1.0))
        burst.join()
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        server = start()
    with server, server.channel() as channel:
        while True:
            missed = events - len(listed(channel, made.endpoint.id))
            if missed > 0:
                # Killed before the call was taken.
                happen(server, missed)
            found = listed(channel, made.endpoint.id)
            if len(found) >= events and all(
                    each.state == values.DELIVERY_STATE_DELIVERED for each in found):
                break
            time.sleep(0.5)
        wanted = {each.identifier for each in found}
        numbers = {each.first_event for each in found}
        came = [headers["webhook-id"] for headers, _ in receiver.at("/")]
        told = {int(each["data"]["event"]) for each in receiver.events()}
        # Events of the portfolio follow one another: what is between two of them is one, too.
        gaps = set(range(min(numbers), max(numbers) + 1)) - told
        return Found(
            event_count=len(found),
            missing=sorted(wanted - set(came)) + sorted(map(str, gaps)),
            unexpected=sorted(set(came) - wanted),
            repeated=len(came) - len(set(came)),
            counted_repeats=sum(each.repeats for each in found),
            seconds=time.monotonic() - begin)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--events", type=int, default=5_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--postgresql", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        certificates = Certificates.make(directory)
        store, database = str(directory / "store.sqlite"), None
        if chosen.postgresql:
            from support.stores import PostgreSQL, postgresql_programs
            database = PostgreSQL(postgresql_programs(), directory / "server")
            store = database.uri
        settings = delivery_settings(directory, certificates)
        with Receiver(certificates) as receiver:
            found = run(lambda: Server(certificates, "--store", store, *settings), receiver,
                        chosen.kills, chosen.events, chosen.seed)
        if database:
            database.stop()
    print(found)
    return 1 if found.missing or found.unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
