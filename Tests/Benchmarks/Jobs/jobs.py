# SPDX-License-Identifier: Apache-2.0
"""Measures streams of rows with a job against streams without: processor time of the server, time
that passes, bytes in the store. Both in turn, on one server of a store of its own.

Usage: jobs.py [--blocks 200] [--rows 4096] [--repeat 3] [--store POSTGRESQL-URI] [--reasons 0]

The programs are those of VIGIE_BUILD_DIRECTORY, or of the package manager's debug build.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Interop"))
import support.stubs  # noqa: F401, E402  Makes vigie.v1 importable.

import numpy as np  # noqa: E402
from support.certificates import Certificates  # noqa: E402
from support.server import Server  # noqa: E402
from vigie.v1 import job_service_pb2 as jobs, job_service_pb2_grpc  # noqa: E402
from vigie.v1 import model_service_pb2 as models, model_service_pb2_grpc  # noqa: E402
from vigie.v1 import scoring_service_pb2 as rows, scoring_service_pb2_grpc  # noqa: E402


def seconds(server: Server) -> float:
    """What the server has worked so far."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stream(channel, blocks, reasons: int, job: str | None) -> None:
    """Sends all blocks, and reads all answers."""
    named = {"job": rows.JobReference(id=job)} if job else {}

    def requests():
        yield rows.StreamScoreRowsRequest(header=rows.ScoreHeader(reason_count=reasons, **named))
        yield from blocks

    stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
    for _ in stub.StreamScoreRows(requests()):
        pass


def main() -> None:
    options = argparse.ArgumentParser()
    for name, value in (("blocks", 200), ("rows", 4_096), ("repeat", 3), ("reasons", 0)):
        options.add_argument(f"--{name}", type=int, default=value)
    options.add_argument("--store", default="")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        place = given.store or f"{directory}/store.sqlite"
        certificates = Certificates.make(Path(directory))
        with Server(certificates, "--store", place) as server, server.channel() as channel:
            described = model_service_pb2_grpc.ModelServiceStub(channel).DescribeModel(
                models.DescribeModelRequest())
            chance = np.random.default_rng(1)
            blocks = [
                rows.StreamScoreRowsRequest(block=rows.RowBlock(
                    row_count=given.rows,
                    float_values=chance.integers(1, 10**6, given.rows * len(
                        described.model.inputs)).astype(np.float32)))
                for _ in range(given.blocks)]
            stream(channel, blocks, given.reasons, None)
            count = given.blocks * given.rows
            for turn in range(given.repeat):
                for job, word in ((None, "without a job"), (f"j{turn}", "with a new job"),
                                  (f"j{turn}", "with a job that was answered")):
                    begun, worked = time.monotonic(), seconds(server)
                    stream(channel, blocks, given.reasons, job)
                    passed, worked = time.monotonic() - begun, seconds(server) - worked
                    print(f"{word:30} {worked / count * 1e9:8.0f} ns of work a row, "
                          f"{count / passed / 1e6:6.2f} million rows/s")
            kept = job_service_pb2_grpc.JobServiceStub(channel).ListJobs(jobs.ListJobsRequest())
            print(f"{kept.jobs[0].byte_count / count:.1f} bytes a row in the store; load "
                  f"{os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
