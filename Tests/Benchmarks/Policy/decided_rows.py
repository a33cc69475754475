#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows a second over TLS that are scored, and that are scored and decided on: by the clock, and by
the server's processor time.

Usage: decided_rows.py VIGIED [--against VIGIED] [--model M.txt] [--rounds 5] [--seconds 2]

Starts each VIGIED, with one thread and both example policies, and sends blocks of 4,096 made-up
companies that were encoded before: to StreamScoreRows, and to StreamDecideRows with what it answers
unless asked (outcome, class, limit, days, action, role), with the rule of each table, and with what
tables say by themselves (class and days). All are measured in turn, round after round; told are
medians, and how each stands to the scores alone. The client decodes nothing. --model measures a
LightGBM model of 64 features as well, such as the M of ../Engine/models.py. The program `vigie`
stands beside VIGIED, which makes the policies hold.
"""

import argparse
import contextlib
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
for place in ("../../Interop", "../EndToEnd"):
    sys.path.insert(0, str(HERE / place))

import support.stubs  # noqa: E402, F401
from support import server as servers  # noqa: E402
from support.certificates import Certificates  # noqa: E402
from support.decided_rows import DAY, Rows, api  # noqa: E402
from support.decisions import NAMES, shelve  # noqa: E402
from vigie.v1 import model_service_pb2, model_service_pb2_grpc  # noqa: E402

ROWS = 4_096
TICKS = os.sysconf("SC_CLK_TCK")
ASKED = {
    "decided": [], "and the rule of each table": [*range(1, 4), 10, 11, 12, 15],
    "class and days alone": [2, 10],
}


def processor_seconds(process: int) -> float:
    """What a process has computed."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def lines(items: int, model: str) -> dict[str, tuple[str, bytes, bytes]]:
    """What is measured: path, header and block, by name."""
    made = {}
    for policy in NAMES:
        rows = Rows(policy, items, ROWS, seed=1)
        block = rows.block()
        if not made:
            header = api.StreamScoreRowsRequest(
                header=api.ScoreHeader(model=model, as_of_date=DAY))
            made["scored"] = (
                "/vigie.v1.ScoringService/StreamScoreRows", header.SerializeToString(),
                api.StreamScoreRowsRequest(block=block.rows).SerializeToString())
        for name, outputs in ASKED.items():
            header = rows.header(model=model, outputs=outputs, score_outputs=[])
            made[f"{policy}, {name}"] = (
                "/vigie.v1.DecisionService/StreamDecideRows",
                api.StreamDecideRowsRequest(header=header).SerializeToString(),
                api.StreamDecideRowsRequest(block=block).SerializeToString())
    return made


def measure(
    server: servers.Server, seconds: float, path: str, header: bytes, message: bytes
) -> tuple[float, float]:
    """Nanoseconds of a row: by the clock, and of the server's processor."""
    def requests():
        yield header
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            yield message

    with server.channel() as channel:
        call = channel.stream_stream(path)(requests())
        next(call)
        next(call)
        began, computed = time.monotonic(), processor_seconds(server.process.pid)
        count = ROWS * sum(1 for _ in call)
        wall = time.monotonic() - began
        computed = processor_seconds(server.process.pid) - computed
    return wall / count * 1e9, computed / count * 1e9


def start(program: Path, place: Path, model: str | None) -> servers.Server:
    """A server with the policies, and with a model if one is given."""
    os.environ["VIGIE_BUILD_DIRECTORY"] = str(program.parent)
    arguments = ["--threads", "1", "--policies", str(shelve(place / "policies", *NAMES))]
    if model:
        import end_to_end
        (place / "models/m").mkdir(parents=True)
        end_to_end.write_bundle(model, place / "models/m")
        arguments += ["--models", str(place / "models")]
    return servers.Server(Certificates.make(place), *arguments)


def told(times: list[tuple[float, float]]) -> str:
    wall, computed = (statistics.median(each) for each in zip(*times))
    return f"{1e9 / wall:11,.0f} rows/s {computed:7.0f} ns of the processor a row"


def run(programs: list[Path], model: str | None, rounds: int, seconds: float) -> None:
    """Measures a model with each program."""
    with contextlib.ExitStack() as stack:
        running = []
        for program in programs:
            place = Path(tempfile.mkdtemp(prefix="vigie-decided-"))
            running.append(stack.enter_context(start(program, place, model)))
        with running[0].channel() as channel:
            stub = model_service_pb2_grpc.ModelServiceStub(channel)
            about = stub.DescribeModel(model_service_pb2.DescribeModelRequest()).model
        asked = lines(len(about.inputs), "")
        times: dict[tuple[str, int], list] = {}
        for _ in range(rounds):
            for name, line in asked.items():
                for place, server in enumerate(running):
                    times.setdefault((name, place), []).append(measure(server, seconds, *line))
        print(f"\n{about.summary.name}, {len(about.inputs)} columns")
        for place, program in enumerate(programs):
            plain = [statistics.median(each) for each in zip(*times["scored", place])]
            print(program)
            for name in asked:
                mine = [statistics.median(each) for each in zip(*times[name, place])]
                ahead = f"{mine[0] / plain[0]:5.2f} {mine[1] / plain[1]:5.2f} of scored alone"
                print(f"  {name:52} {told(times[name, place])}  {ahead}")


def main() -> None:
    """Measures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vigied", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    programs = [each.resolve() for each in (options.vigied, options.against) if each]
    for model in (None, options.model) if options.model else (None,):
        run(programs, model, options.rounds, options.seconds)


if __name__ == "__main__":
    main()
