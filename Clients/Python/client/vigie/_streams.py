# SPDX-License-Identifier: Apache-2.0
"""One stream of blocks: sent ahead of the answers, within a window, and again where it broke."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Any, Iterator

import grpc

from ._calls import Calls, Metadata, pushback
from ._errors import VigieError, from_call, make

#: Blocks that may be under way: bounds the memory of a stream.
WINDOW = 16
#: Seconds that a stream may pass without an answer while one is due.
IDLE_SECONDS = 30.0


class _Feed:
    """What gRPC takes the requests of one attempt from, on a thread of its own."""

    def __init__(self, stream: "BlockStream", first: int) -> None:
        self._stream = stream
        #: The block that the attempt begins with.
        self.first = first
        self._sent = -1
        self.is_over = False

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> bytes:
        self._sent += 1
        if self._sent == 0:
            return self._stream.header
        return self._stream.block(self, self.first + self._sent - 1)


class BlockStream:
    """Sends blocks as they are asked for, and gives the answers in their order.

    The first answer of each attempt is what the server says once. An attempt that finds the server
    unavailable is followed by one that sends the blocks that were not answered.
    """

    def __init__(
        self, calls: Calls, path: str, header: bytes, blocks: Iterator[bytes],
        metadata: Metadata | None, channel: int = 0,
    ) -> None:
        self.header = header
        self._calls = calls
        self._path = path
        self._metadata = metadata
        self._channel = channel
        self._source = blocks
        self._source_error: BaseException | None = None
        self._source_ended = False
        # Blocks that were taken from the source and are not answered, oldest first.
        self._pending: deque[bytes] = deque()
        self._answered = 0
        # Since when the reader waits for an answer that is due.
        self._waiting_since: float | None = None
        self._begun = False
        self._is_idle = False
        self._changed = threading.Condition()
        # Taking from the source is for one thread at a time, and not while the state is held.
        self._taking = threading.Lock()

    def block(self, feed: _Feed, index: int) -> bytes:
        """The block `index` of the stream, for an attempt that goes on."""
        with self._taking:
            with self._changed:
                while True:
                    if feed.is_over:
                        raise StopIteration
                    if 0 <= index - self._answered < len(self._pending):
                        return self._pending[index - self._answered]
                    if self._source_ended:
                        raise StopIteration
                    if len(self._pending) < WINDOW:
                        break
                    self._changed.wait()
            return self._take()

    def _take(self) -> bytes:
        try:
            block = next(self._source)
        except StopIteration:
            self._source_ended = True
            raise
        except BaseException as error:
            # Raised where the answers are read: that thread is the caller's.
            self._source_error = error
            self._source_ended = True
            raise StopIteration from None
        with self._changed:
            if not self._pending and self._waiting_since is not None:
                self._waiting_since = time.monotonic()
            self._pending.append(block)
        return block

    def answers(self) -> Iterator[tuple[bool, bytes]]:
        """The answers, each with whether it is the first of an attempt."""
        failures = 0
        while True:
            self._calls.check_open()
            before = self._answered
            try:
                yield from self._attempt(failures)
                return
            except grpc.RpcError as error:
                if self._source_error is not None:
                    raise self._source_error
                failures = failures + 1 if self._answered == before else 1
                if self._is_idle:
                    raise make(
                        "DEADLINE_EXCEEDED", f"No answer for {IDLE_SECONDS:.0f} s."
                    ) from None
                failure = from_call(error)
                delay = self._calls.retry.delay(failures, failure, pushback(error))
                if delay is None:
                    raise failure from None
            time.sleep(delay)

    def _attempt(self, failures: int) -> Iterator[tuple[bool, bytes]]:
        feed = _Feed(self, self._answered)
        headers = self._calls.headers(self._metadata, failures)
        self._begun = False
        call = self._calls.channels[self._channel].stream_stream(self._path)(feed, metadata=headers)
        ended = threading.Event()
        threading.Thread(target=self._watch, args=(call, ended), daemon=True).start()
        try:
            while (answer := self._next(call)) is not None:
                is_first, self._begun = not self._begun, True
                if not is_first:
                    self._count_answer()
                yield is_first, answer
            if self._source_error is not None:
                raise self._source_error
            if not self._begun or self._pending or not self._source_ended:
                raise _bad_response("The stream ended before all blocks were answered.")
        finally:
            ended.set()
            with self._changed:
                feed.is_over = True
                self._changed.notify_all()
            call.cancel()

    def _next(self, call: Any) -> bytes | None:
        with self._changed:
            self._waiting_since = time.monotonic()
        try:
            answer: bytes | None = next(call, None)
            return answer
        finally:
            self._waiting_since = None

    def _count_answer(self) -> None:
        with self._changed:
            if not self._pending:
                raise _bad_response("The server answered more blocks than were sent.")
            self._pending.popleft()
            self._answered += 1
            self._changed.notify_all()

    def _watch(self, call: Any, ended: threading.Event) -> None:
        """Ends a call that owes an answer for too long."""
        while not ended.wait(IDLE_SECONDS / 30):
            with self._changed:
                since = self._waiting_since
                is_due = bool(self._pending) or not self._begun
                if is_due and since is not None and time.monotonic() - since > IDLE_SECONDS:
                    self._is_idle = True
            if self._is_idle:
                call.cancel()


def _bad_response(message: str) -> VigieError:
    return make("INTERNAL", message, reason="BAD_RESPONSE")
