# SPDX-License-Identifier: Apache-2.0
"""Carries an attack out in a process of its own, and says what it did to the server."""

import multiprocessing
import os
import resource
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from support.attacks import Attack, Target, load
from support.probes import Probes
from support.server import Server

SLOWER_MILLISECONDS = 50
KEPT_BYTES = 32 << 20
STOP_SECONDS = 60
# Attackers are elsewhere: they are not to take the processors from the good client.
NICENESS = 10

# Loaded once, for all processes that are made of this one.
ATTACKS = load()


def carry_out(name: str, target: Target, control: Connection) -> None:
    """Attacks until it is told to stop; tells when it has begun, and then how much was done."""
    done, fault = 0, ""
    os.nice(NICENESS)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    try:
        steps = ATTACKS[name].run(target)
        done = next(steps)
        control.send(None)
        while not control.poll():
            done += next(steps)
    except Exception:  # Whatever it is, it is told.
        fault = traceback.format_exc()
    control.send((done, fault))
    # All is held until the process is ended.
    while True:
        time.sleep(STOP_SECONDS)


class Attacker:
    """A process that attacks. A context manager: leaving it ends the process."""

    # Modules are loaded once, and processes made of that.
    context = multiprocessing.get_context("forkserver")

    def __init__(self, name: str, target: Target) -> None:
        self._control, other = self.context.Pipe()
        self._process = self.context.Process(target=carry_out, args=(name, target, other))
        self._process.start()
        other.close()

    def __enter__(self) -> "Attacker":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()

    def attack(self, seconds: float) -> tuple[int, str]:
        """Lets it attack for so long once it has begun, and gives how much it did. What it holds
        it holds until the process is ended."""
        told = self._await_word()
        if told is None:
            time.sleep(seconds)
            self._control.send(None)
            told = self._await_word()
        return told

    def _await_word(self) -> tuple[int, str] | None:
        try:
            if self._control.poll(STOP_SECONDS):
                return self._control.recv()
            return 0, f"nothing was heard of the attacker for {STOP_SECONDS} s"
        except EOFError:
            return 0, "the attacker has ended"


@dataclass
class State:
    """A server at a time."""

    resident_bytes: int = 0
    descriptors: int = 0
    # The longest of 99 of 100 calls of the good client.
    milliseconds: float = 0

    @staticmethod
    def idle(server: Server, probes: Probes, seconds: float) -> "State":
        """Nothing is wanted for so long but what the good client asks."""
        probes.take()
        time.sleep(seconds)
        probes.take()
        return State(server.settled_bytes(), server.descriptors(), probes.p99)

    def await_again(self, server: Server, seconds: float) -> float:
        """Waits for so long at most until the server holds no more; gives how long it took."""
        began = time.monotonic()
        while time.monotonic() < began + seconds and (
                server.resident_bytes() > self.resident_bytes + KEPT_BYTES
                or server.descriptors() > self.descriptors):
            time.sleep(0.2)
        return time.monotonic() - began


@dataclass
class Result:
    """What an attack did."""

    attack: Attack
    done: int
    # What went wrong with the attack, or with the server.
    fault: str
    calls: int
    lost: list[str]
    newcomer_milliseconds: float
    before: State
    after: State
    peak_bytes: int = 0
    calm_seconds: float = 0

    @property
    def faults(self) -> list[str]:
        """What must not be."""
        grown = self.peak_bytes - self.before.resident_bytes
        checks = [
            (bool(self.fault), self.fault), (not self.done, "nothing was done"),
            (bool(self.lost), f"lost, the first: {(self.lost or [''])[0][:200]}"),
            (self.after.milliseconds > self.before.milliseconds + SLOWER_MILLISECONDS, "slower"),
            (grown > self.attack.budget_bytes, f"grew {grown >> 20} MiB"),
            (self.after.resident_bytes > self.before.resident_bytes + KEPT_BYTES, "keeps memory"),
            (self.after.descriptors > self.before.descriptors, "keeps descriptors"),
        ]
        return [told for is_so, told in checks if is_so]


class Peak:
    """The greatest memory of a server since this was made."""

    def __init__(self, server: Server) -> None:
        self._path = Path(f"/proc/{server.process.pid}")
        (self._path / "clear_refs").write_text("5")

    @property
    def resident_bytes(self) -> int:
        """In bytes."""
        lines = (self._path / "status").read_text().splitlines()
        return next(int(each.split()[1]) << 10 for each in lines if each.startswith("VmHWM:"))


def measure(
    attack: Attack, server: Server, target: Target, probes: Probes, before: State, seconds: float
) -> Result:
    """Carries an attack out on a server that the good client calls all the while."""
    process = server.process.pid
    limits = resource.prlimit(process, resource.RLIMIT_NOFILE)
    peak = Peak(server)
    probes.take()
    with Attacker(attack.name, target) as attacker:
        done, fault = attacker.attack(seconds)
        probes.take()
        lost = probes.lost + (probes.lost_newcomers if attack.leaves_room else [])
        newcomer = max(probes.newcomer_milliseconds, default=0)
        result = Result(attack, done, fault, len(probes.milliseconds), lost, newcomer, before,
                        State(milliseconds=probes.p99))
        if server.process.poll() is not None:
            result.fault = f"vigied ended with {server.process.returncode}: {server.log()[-2_000:]}"
            return result
        # Before those are closed that have no peer any more.
        if attack.stays:
            with probes.resting():
                await_calm(result, server)
    resource.prlimit(process, resource.RLIMIT_NOFILE, limits)
    if not attack.stays:
        await_calm(result, server)
    result.peak_bytes = peak.resident_bytes
    return result


def await_calm(result: Result, server: Server) -> None:
    """Waits until the server holds no more than before, and tells what it holds then."""
    result.calm_seconds = result.before.await_again(server, result.attack.calm_seconds)
    result.after.resident_bytes = server.resident_bytes()
    result.after.descriptors = server.descriptors()
