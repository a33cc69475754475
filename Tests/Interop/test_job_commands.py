# SPDX-License-Identifier: Apache-2.0
"""`vigie score --job` goes on where it was, whoever is killed; `vigie jobs`; what a server takes of
jobs at a time."""

import csv
import io
import json
import re
import subprocess
import time

import grpc
import pytest

from support.access import refused
from support.jobs import JobStream, calm, fetched, listed, stub, tables
from support.server import Server, program
from test_metrics import Metered, one
from vigie.v1 import job_service_pb2 as messages

# connectionJobStreams, connectionJobFetches and jobStreamBlocks
STREAMS, FETCHES, STREAM_BLOCKS = 16, 4, 32


@pytest.fixture
def model(models):
    return models["first-small"]


def rows_scored(server: Metered) -> int:
    return int(one(server.metrics(), "vigie_rows_scored_total"))


def test_streams_and_fetches_at_a_time(certificates, models_directory, model, tmp_path):
    blocks = tables(model, 1)
    with Server(certificates, "--models", str(models_directory), "--store",
                str(tmp_path / "s.sqlite")) as server, server.channel() as channel:
        # A window of none: each waits for its first block.
        open_streams = [
            JobStream(channel, model, blocks, f"j{place}", window=0) for place in range(STREAMS)]
        code, reason, words = refused(
            lambda: JobStream(channel, model, blocks, "more", window=0))
        assert (code, reason) == ("UNAVAILABLE", "OVERLOADED")
        assert "connectionJobStreams" in words
        for stream in open_streams:
            stream.room.release()
            assert len(list(stream)) == 1
        assert len(list(JobStream(channel, model, blocks, "more"))) == 1
        assert sorted(listed(channel)) == sorted(
            ["more", *(f"j{place}" for place in range(STREAMS))])
        # Answers that nobody takes: a fetch holds its place until it is over.
        large = [model.rows(60_000, seed) for seed in range(40)]
        assert len(list(JobStream(channel, model, large, "large"))) == 40
        calls = [stub(channel).FetchJob(messages.FetchJobRequest(id="large"))
                 for _ in range(FETCHES)]
        for call in calls:
            assert next(call).job.job.block_count == 40
        code, reason, words = refused(fetched, channel, "large")
        assert (code, reason) == ("UNAVAILABLE", "OVERLOADED")
        assert "connectionJobFetches" in words
        for call in calls:
            call.cancel()
        until = time.monotonic() + 60
        while True:
            try:
                assert len(fetched(channel, "large")[1]) == 40
                break
            except grpc.RpcError:
                assert time.monotonic() < until
                time.sleep(0.1)


def test_a_client_may_send_far_ahead(certificates, models_directory, model, tmp_path):
    """More blocks than a stream takes at a time wait in the network."""
    blocks = tables(model, 8 * STREAM_BLOCKS)
    with Server(certificates, "--models", str(models_directory), "--store",
                str(tmp_path / "s.sqlite")) as server, server.channel() as channel:
        stream = JobStream(channel, model, blocks, window=len(blocks))
        assert list(stream) == calm(channel, model, blocks)


def write(path, names: list[str], rows: int) -> str:
    """A table of companies."""
    with path.open("w") as file:
        print("id", *names, sep=",", file=file)
        for row in range(rows):
            print(f"c{row}", *((row * 37 % 1_001 + place) / 7 for place, _ in enumerate(names)),
                  sep=",", file=file)
    return str(path)


class Restarted(Metered):
    """A server that is killed, and comes back at the same address."""

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def start_again(self) -> None:
        self.process = subprocess.Popen(
            self.process.args, stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True)
        self.wait_until(self._serves)


BLOCKS = 1_200


def awaited(server: Server, job: str, known: int) -> int:
    """The blocks of a job, when it has more than so many."""
    until = time.monotonic() + 120
    with server.channel() as channel:
        while True:
            found = listed(channel)
            count = found[job].block_count if job in found else 0
            if count > known:
                return count
            assert time.monotonic() < until
            time.sleep(0.005)


def told(text: str) -> str:
    """What a command says, without what groups digits."""
    return re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d)", "", text).strip()


def test_a_command_goes_on_where_it_was(certificates, models_directory, store, model, tmp_path):
    path = write(tmp_path / "rows.csv", model.features, 10 * BLOCKS)
    with Restarted(certificates, "--models", str(models_directory), "--store", store) as server:
        def vigie(*arguments: object) -> subprocess.CompletedProcess:
            return subprocess.run(
                [program("vigie"), *map(str, arguments), "--server", server.address, "--ca-cert",
                 str(certificates.ca)], capture_output=True, text=True, timeout=300)

        def score(name: str, *more: object) -> list[str]:
            return ["score", path, "--model", model.name, "--block-rows", "10", "-O",
                    str(tmp_path / name), "--reasons", "2", *map(str, more)]

        calm_run = vigie(*score("calm.csv"))
        assert calm_run.returncode == 0, calm_run.stderr
        # The server is killed while the command runs, which goes on by itself.
        running = subprocess.Popen(
            [program("vigie"), *score("killed.csv", "--job", "one"), "--server", server.address,
             "--ca-cert", str(certificates.ca)], stderr=subprocess.PIPE, text=True)
        known = kills = 0
        while kills < 3 and (known := awaited(server, "one", known)) < BLOCKS:
            server.kill()
            server.start_again()
            kills += 1
        assert running.wait(300) == 0, running.stderr.read()
        assert kills > 0
        assert (tmp_path / "killed.csv").read_text() == (tmp_path / "calm.csv").read_text()
        assert told(running.stderr.read()).endswith("job one: 0 of 1200 blocks came from the store")
        # The command itself is killed, and the same command goes on.
        running = subprocess.Popen(
            [program("vigie"), *score("again.csv", "--job", "two"), "--server", server.address,
             "--ca-cert", str(certificates.ca)], stderr=subprocess.DEVNULL)
        awaited(server, "two", 0)
        running.kill()
        running.wait()
        time.sleep(0.5)
        with server.channel() as channel:
            known = listed(channel)["two"].block_count
        scored = rows_scored(server)
        again = vigie(*score("again.csv", "--job", "two"))
        assert told(again.stderr).endswith(f"job two: {known} of 1200 blocks came from the store")
        assert rows_scored(server) - scored == 10 * (BLOCKS - known)
        assert (tmp_path / "again.csv").read_text() == (tmp_path / "calm.csv").read_text()
        # Another option is another header.
        other = vigie(*score("other.csv", "--job", "two", "--raw-score"))
        assert other.returncode != 0 and "the header asks for something else" in other.stderr
        jobs = json.loads(vigie("jobs", "list", "-o", "json").stdout)
        assert {job["job"]: job["block_count"] for job in jobs} == {"one": BLOCKS, "two": BLOCKS}
        assert "one" in vigie("jobs", "list").stdout
        fetch = vigie("jobs", "fetch", "two")
        lines = list(csv.DictReader(io.StringIO(fetch.stdout)))
        expected = list(csv.DictReader((tmp_path / "calm.csv").open()))
        for name in ("outcome", "probability", "score", "risk_class", "percentile"):
            assert [line[name] for line in lines] == [line[name] for line in expected]
        assert [line["row"] for line in lines] == [str(1 + row) for row in range(10 * BLOCKS)]
        assert lines[0]["reasons"].split("=")[0] == expected[0]["reason_1"]
        assert vigie("jobs", "forget", "two").returncode == 0
        gone = vigie("jobs", "fetch", "two")
        assert gone.returncode != 0 and "no job" in gone.stderr
