# SPDX-License-Identifier: Apache-2.0
"""The live page: how long it takes until one who listens hears of a change, at the server that made
it and at another one; what listeners take; and that one who does not read holds nobody up."""

import random
import time

import pytest

from support.live import Listener, Listeners, percentile
from support.receivers import wait_until
from support.server import Server
from support.stores import stub
from vigie.v1 import portfolio_service_pb2 as messages

LATENCY_SECONDS = 0.25
LISTENERS = 200
LISTENERS_BYTES = 20 << 20


def change(channel, note: object) -> float:
    """Something happens; when it was kept."""
    stub(channel).ChangePortfolio(
        messages.ChangePortfolioRequest(portfolio="p", note=str(note)), timeout=20)
    return time.monotonic()


def waits(channel, listener: Listener, count: int, chance: random.Random) -> list[float]:
    """How long it took until each change was heard of. What is told with another counts, too."""
    found = []
    for number in range(count):
        time.sleep(chance.uniform(0.02, 0.3))
        began, heard = time.monotonic(), len(listener.news)
        change(channel, number)
        wait_until(lambda: len(listener.news) > heard)
        found.append(listener.news[heard] - began)
    return found


@pytest.mark.alone
def test_a_change_is_heard_of_at_once(certificates, store):
    chance = random.Random(5)
    with Server(certificates, "--store", store, "--web", "on") as one, \
            Server(certificates, "--store", store, "--web", "on") as other, \
            one.channel() as channel, Listeners() as listeners:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        near, far = listeners.add(one, "p") + listeners.add(other, "p")
        found = {"near": waits(channel, near, 100, chance)}
        if store.startswith("postgresql"):
            found["far"] = waits(channel, far, 100, chance)
        for name, seconds in found.items():
            told = {share: f"{percentile(seconds, share) * 1_000:.0f} ms" for share in (0.5, 0.99)}
            print(name, told)
            assert percentile(seconds, 0.99) < LATENCY_SECONDS, (name, sorted(seconds)[-5:])
        # Servers that share a file look each second.
        wait_until(lambda: len(far.news) > 0)


@pytest.mark.alone
def test_many_listen_in_little_memory(certificates, tmp_path):
    with Server(certificates, "--store", str(tmp_path / "store.sqlite"), "--web", "on",
                "--connections-per-address", "1000") as server, \
            server.channel() as channel, Listeners() as listeners:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        # What the first few bring along is the server's own.
        listeners.add(server, "p", 5)
        change(channel, "first")
        before = server.settled_bytes()
        all_ = listeners.add(server, "p", LISTENERS)
        heard = [len(each.news) for each in all_]
        for number in range(20):
            change(channel, number)
            time.sleep(0.05)
        wait_until(lambda: all(len(each.news) > count for each, count in zip(all_, heard)))
        taken = server.settled_bytes() - before
        print(f"{taken / LISTENERS / 1024:.0f} KiB for each who listens")
        assert taken < LISTENERS_BYTES, taken


@pytest.mark.alone
def test_who_does_not_read_holds_nobody_up(certificates, tmp_path):
    with Server(certificates, "--store", str(tmp_path / "store.sqlite"), "--web", "on",
                "--connections-per-address", "1000") as server, \
            server.channel() as channel, Listeners() as listeners:
        stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        # They never read a byte.
        slow = [Listener(server, "p", buffer_bytes=2_048) for _ in range(50)]
        quick = listeners.add(server, "p")[0]
        before = server.settled_bytes()
        seconds = waits(channel, quick, 30, random.Random(6))
        for number in range(400):
            change(channel, number)
        seconds += waits(channel, quick, 30, random.Random(7))
        assert percentile(seconds, 0.95) < LATENCY_SECONDS, sorted(seconds)[-5:]
        assert server.settled_bytes() - before < LISTENERS_BYTES
        for each in slow:
            each.socket.close()
