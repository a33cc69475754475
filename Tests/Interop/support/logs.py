# SPDX-License-Identifier: Apache-2.0
"""What processes have written into a file that they were given as their output."""

import os
import subprocess
import time
from typing import BinaryIO

LOG_SECONDS = 60


def written(file: BinaryIO) -> str:
    """All of it. The place where the processes go on writing is this file's own too: whoever
    moves it, to read, has them write over what they had written."""
    size = os.fstat(file.fileno()).st_size
    return os.pread(file.fileno(), size, 0).decode("utf-8", "replace")


class Logging:
    """A process that writes its log into a file, by a thread of its own: what it tells of an
    answer may come behind the answer."""

    process: subprocess.Popen
    _log: BinaryIO

    def log(self) -> str:
        """What the process, and those that took its place, have written."""
        return written(self._log)

    def await_log(self, *texts: str, count: int = 1) -> None:
        """Waits until the log has each of the texts so many times."""
        ends = time.monotonic() + LOG_SECONDS
        while missing := [each for each in texts if self.log().count(each) < count]:
            has_ended = count == 1 and self.process.poll() is not None
            # What it wrote last is there by now, if it ever comes.
            has_ended = has_ended and any(self.log().count(each) < count for each in texts)
            assert time.monotonic() < ends and not has_ended, f"{missing} are not in {self.log()}"
            time.sleep(0.02)
