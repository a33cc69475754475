# SPDX-License-Identifier: Apache-2.0
"""Streams with a job, as a client without any library sends them."""

import random
import threading
from typing import Iterator

import grpc
import numpy as np

from support.bundles import TestModel
from support.tables import block, header
from vigie.v1 import job_service_pb2 as messages, job_service_pb2_grpc
from vigie.v1 import scoring_service_pb2 as pb, scoring_service_pb2_grpc


def stub(channel: grpc.Channel) -> job_service_pb2_grpc.JobServiceStub:
    """The service."""
    return job_service_pb2_grpc.JobServiceStub(channel)


def tables(model: TestModel, count: int, rows: int = 30) -> list[np.ndarray]:
    """Blocks of different sizes."""
    return [model.rows(1 + (rows * 7 * (1 + index)) % (2 * rows), index) for index in range(count)]


def calm(channel: grpc.Channel, model: TestModel, blocks: list[np.ndarray]) -> list[bytes]:
    """The answers to blocks in a stream without a job."""
    def requests():
        yield pb.StreamScoreRowsRequest(header=header(model, as_of_date="2026-03-01"))
        yield from (pb.StreamScoreRowsRequest(block=block(each)) for each in blocks)

    stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
    return [encoded(answer.block) for answer in list(stub.StreamScoreRows(requests()))[1:]]


def encoded(block: pb.ScoreBlock) -> bytes:
    """A message as bytes, which are the same where its fields are."""
    return block.SerializeToString(deterministic=True)


class JobStream:
    """One stream with a job, never more than some blocks ahead of its answers."""

    def __init__(self, channel: grpc.Channel, model: TestModel, blocks: list[np.ndarray],
                 job: str = "nightly", first: int = 0, window: int = 8,
                 first_answer: bool = True, metadata: tuple = (), **fields: object) -> None:
        self.blocks, self.first = blocks, first
        self.room = threading.Semaphore(window)
        fields = {"as_of_date": "2026-03-01", **fields}
        self.header = header(
            model, job=pb.JobReference(id=job, first_block=first), **fields)
        scoring = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        self.sent = first
        self.is_over = False
        self.call = scoring.StreamScoreRows(self.requests(), timeout=300, metadata=metadata)
        if first_answer:
            answer = next(self.call)
            assert answer.WhichOneof("message") == "model"
            self.stored, self.model = answer.stored_block_count, answer.model

    def requests(self) -> Iterator[pb.StreamScoreRowsRequest]:
        """The messages."""
        yield pb.StreamScoreRowsRequest(header=self.header)
        for each in self.blocks[self.first:]:
            while not self.room.acquire(timeout=0.2):
                if self.is_over:
                    return
            self.sent += 1
            yield pb.StreamScoreRowsRequest(block=block(each))

    def __iter__(self) -> Iterator[bytes]:
        """The answers."""
        try:
            for answer in self.call:
                self.room.release()
                yield encoded(answer.block)
        finally:
            self.is_over = True
            self.call.cancel()


def fetched(channel: grpc.Channel, job: str = "nightly", first: int = 0, **call) -> tuple:
    """A job and what was answered to it."""
    answers = list(stub(channel).FetchJob(
        messages.FetchJobRequest(id=job, first_block=first), timeout=120, **call))
    kind = {"block": "block", "assessed_block": "assessed_block"}
    return answers[0].job, [
        getattr(each, kind[each.WhichOneof("message")]).SerializeToString(deterministic=True)
        for each in answers[1:]]


def listed(channel: grpc.Channel, **call) -> dict[str, messages.Job]:
    """The caller's jobs by name."""
    answer = stub(channel).ListJobs(messages.ListJobsRequest(), timeout=60, **call)
    return {job.id: job for job in answer.jobs}


class Killer:
    """Servers of one store, any of which is killed while a stream runs on it."""

    def __init__(self, start, count: int, seed: int) -> None:
        self.start, self.chance = start, random.Random(seed)
        self.servers = [start() for _ in range(count)]

    def __enter__(self) -> "Killer":
        return self

    def __exit__(self, *_: object) -> None:
        for server in self.servers:
            server.stop()

    def kill(self, place: int) -> None:
        """Kills one, and starts it again."""
        self.servers[place].process.kill()
        self.servers[place].process.wait()
        self.servers[place] = self.start()
