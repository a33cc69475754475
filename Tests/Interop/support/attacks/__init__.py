# SPDX-License-Identifier: Apache-2.0
"""Attacks on a server by one client, each a generator that says how much it has done."""

import importlib
import pkgutil
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Callable, Iterator

from support.certificates import Certificates
from support.limits import LIMITS
from support.server import Endpoint

# Attackers come from another address than the good client.
SOURCE = "127.0.0.2"
# A proxy that the server knows.
PROXY_SOURCE = "127.0.0.9"
# What a server may grow by at any work: pools of its threads, an allocator's noise.
WORK_BYTES = 64 << 20


class Target(Endpoint):
    """A server as its attackers know it. Unlike it, they can be told of it in another process."""

    def __init__(self, port: int, certificates: Certificates, process_id: int, page_port: int,
                 model: str, columns: list[str], companies: Path) -> None:
        super().__init__(port, certificates)
        self.process_id = process_id
        self.page_port = page_port
        self.model, self.columns = model, columns
        # A file with the facts of companies, as the header and the batch of BatchAssess.
        self.companies = companies

    def tls_socket(self, source: str = SOURCE, **how: object):
        """A TLS connection from the attackers' address."""
        return super().tls_socket(source, **how)


# Each step tells how many things were done: frames, calls, connections.
Steps = Iterator[int]


@dataclass(frozen=True)
class Attack:
    """An attack."""

    name: str
    group: str
    run: Callable[[Target], Steps]
    # How much the server may grow meanwhile.
    budget_bytes: int
    # Whether others can connect meanwhile.
    leaves_room: bool = True
    # Time to be calm in again; with `stays` while the attacker is still there.
    calm_seconds: float = 30
    stays: bool = False


ATTACKS: dict[str, Attack] = {}


def attack(
    budget: Callable[[SimpleNamespace], int] = lambda _: 0, name: str = "", **options: object
):
    """Adds a function to the attacks. `budget` is what limits allow beside `WORK_BYTES`."""

    def add(run: Callable[[Target], Steps]) -> Callable[[Target], Steps]:
        called = name or run.__name__.replace("_", "-")
        assert called not in ATTACKS, called
        ATTACKS[called] = Attack(
            called, run.__module__.rpartition(".")[2], run, budget(LIMITS) + WORK_BYTES, **options)
        return run

    return add


def load() -> dict[str, Attack]:
    """All attacks, in groups."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return ATTACKS
