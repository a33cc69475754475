# SPDX-License-Identifier: Apache-2.0
"""Faults of the machine: a disk that is full, a clock that is set."""

import contextlib
import ctypes
import os
import subprocess
import time
from pathlib import Path
from typing import Iterator

import pytest

FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")


class SmallDisk:
    """A file system of its own with so many bytes."""

    def __init__(self, place: Path, mebibytes: int) -> None:
        self.place, self.filler = place, place / "filler"
        place.mkdir(mode=0o755)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=755", "tmpfs", place],
            capture_output=True, text=True)
        if done.returncode != 0:
            pytest.skip(f"this machine gives tests no file system: {done.stderr.strip()}")

    def fill(self, left: int = 0) -> None:
        """Leaves so many bytes."""
        with self.filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                # Ends short and then fails, when there is no room for more.
                file.write(bytes(1 << 16))
        if left:
            os.truncate(self.filler, max(0, self.filler.stat().st_size - left))

    def clear(self) -> None:
        """Makes room again."""
        self.filler.unlink()

    def remove(self) -> None:
        """Takes it away."""
        subprocess.run(["umount", "-l", self.place], check=True)


@contextlib.contextmanager
def small_disk(place: Path, mebibytes: int) -> Iterator[SmallDisk]:
    """A small disk while it is needed."""
    disk = SmallDisk(place, mebibytes)
    try:
        yield disk
    finally:
        disk.remove()


class Clock:
    """The time of day that programs see which are started with `environment`; clocks that nobody
    sets go on as they do."""

    def __init__(self, directory: Path) -> None:
        if not FAKETIME.exists():
            pytest.skip("Debian's faketime is not on this machine")
        self.file = directory / "clock"
        self.set(0)
        # What processes share of it. Otherwise the library makes it and tells of it by a variable,
        # which moves the environment, from whose place a program in Swift finds its arguments.
        name = f"vigie_clock_{os.getpid()}_{time.monotonic_ns()}"
        libc = ctypes.CDLL(None, use_errno=True)
        libc.sem_open.restype = ctypes.c_void_p
        assert libc.sem_open(f"/{name}".encode(), os.O_CREAT, 0o600, 1)
        self.shared = [Path(f"/dev/shm/{name}"), Path(f"/dev/shm/sem.{name}")]
        with self.shared[0].open("wb") as file:
            file.truncate(4_096)
        self.environment = {
            "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_SHARED": f"/{name} /{name}",
        }

    def set(self, seconds: int) -> None:
        """Sets it by so many seconds from the right time."""
        part = self.file.with_suffix(".new")
        part.write_text(f"{seconds:+d}\n")
        part.rename(self.file)

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Programs that are started see it."""
        before = {name: os.environ.get(name) for name in self.environment}
        os.environ.update(self.environment)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
            for path in self.shared:
                path.unlink()
