# SPDX-License-Identifier: Apache-2.0
"""h2load with so many calls a second, and the times of its calls minute by minute."""

import os
import re
import subprocess
import threading
from pathlib import Path

import numpy as np

HEADERS = ["-H", "content-type: application/grpc", "-H", "te: trailers"]
GOOD = b"\t200\t"
CHUNK_BYTES = 1 << 20


def command(url: str, body: Path, token: str, clients: int, outstanding: int) -> list[str]:
    """h2load with connections that have so many calls under way each."""
    return ["h2load", "-t1", f"-c{clients}", f"-m{outstanding}", "-d", str(body), *HEADERS,
            "-H", f"authorization: Bearer {token}", url]


def peak_per_second(told: list[str], seconds: int) -> float:
    """Calls a second if none waits for its turn."""
    done = subprocess.run([*told, "-D", str(seconds), "--warm-up-time", "2"], check=True,
                          capture_output=True, text=True).stdout
    found = re.search(r"finished in [\d.]+s, ([\d.]+) req/s", done)
    assert found and " 0 failed, 0 errored" in done, done
    return float(found[1])


class Load:
    """Calls at a rate, for so many seconds. `minutes` has the milliseconds of each minute's calls
    at the median, p99, p99.9 and the longest."""

    def __init__(self, told: list[str], per_second: float, seconds: int, pipe: Path) -> None:
        clients = int(next(each for each in told if each.startswith("-c"))[2:])
        os.mkfifo(pipe)
        self.calls, self.failed, self.minutes = 0, 0, []
        self._reader = threading.Thread(target=self._read, args=(pipe,))
        self._reader.start()
        self.process = subprocess.Popen(
            [*told, "-D", str(seconds), "--rps", f"{per_second / clients:.1f}",
             "--log-file", str(pipe)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def finish(self) -> str:
        """Waits for the end and gives h2load's own word."""
        told, _ = self.process.communicate()
        self._reader.join()
        return "; ".join(re.findall(r"^(?:finished|requests|status codes).*$", told, re.M))

    def _read(self, pipe: Path) -> None:
        began, taken, rest = None, [], b""
        with open(pipe, "rb", buffering=0) as log:
            while chunk := log.read(CHUNK_BYTES):
                lines, end, rest = (rest + chunk).rpartition(b"\n")
                good = lines.count(GOOD)
                self.calls += good
                self.failed += (lines + end).count(b"\n") - good
                numbers = np.fromstring(lines.replace(GOOD, b"\t").decode(), np.int64, sep=" ")
                pairs = numbers[:len(numbers) & ~1].reshape(-1, 2)
                if len(pairs) == 0:
                    continue
                began = began or int(pairs[0, 0])
                taken.append(pairs[:, 1])
                if pairs[-1, 0] >= began + 60_000_000 * (len(self.minutes) + 1):
                    self._end_minute(taken)
                    taken = []

    def _end_minute(self, taken: list[np.ndarray]) -> None:
        values = np.concatenate(taken) / 1_000
        self.minutes.append([*np.percentile(values, [50, 99, 99.9]), values.max()])
