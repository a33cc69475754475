# SPDX-License-Identifier: Apache-2.0
"""Streams with a job: answered blocks are not scored again, whoever is killed, and their answers
are there for whoever asked, and nobody else."""

import math
import threading
import time

import grpc
import pytest

from support.access import refused
from support.jobs import JobStream, Killer, calm, fetched, listed, stub, tables
from support.server import Server
from support.tables import block, header
from test_metrics import Metered, one
from vigie.v1 import assessment_rows_pb2 as assess_rows, assessment_service_pb2_grpc
from vigie.v1 import job_service_pb2 as messages
from vigie.v1 import scoring_service_pb2 as pb, scoring_service_pb2_grpc

DAY = 86_400


@pytest.fixture
def model(models):
    return models["first-small"]


@pytest.fixture
def start(certificates, models_directory, store):
    """Makes servers with a store and a page of metrics."""
    return lambda *more: Metered(
        certificates, "--models", str(models_directory), "--store", store, *more)


def rows_scored(server: Metered) -> int:
    return int(one(server.metrics(), "vigie_rows_scored_total"))


def repeated(server: Metered) -> int:
    return int(one(server.metrics(), "vigie_job_blocks_repeated_total"))


def test_blocks_are_scored_once_and_answers_are_there_again(start, model):
    blocks = tables(model, 40)
    with start() as server, start() as other, server.channel() as channel:
        expected = calm(channel, model, blocks)
        before = rows_scored(server)
        stream = JobStream(channel, model, blocks)
        assert stream.stored == 0
        assert list(stream) == expected
        assert rows_scored(server) - before == sum(map(len, blocks))
        # All of it again, from another server on the same store.
        with other.channel() as elsewhere:
            again = JobStream(elsewhere, model, blocks)
            assert again.stored == 40 and again.model == stream.model
            assert list(again) == expected
            assert rows_scored(other) == 0 and repeated(other) == 40
            # And without the rows; from a block on, and from the end.
            job, answers = fetched(elsewhere)
            assert answers == expected and job.model == stream.model
            assert fetched(elsewhere, first=33)[1] == expected[33:]
            assert fetched(elsewhere, first=40)[1] == []
            listing = listed(elsewhere)["nightly"]
            assert (listing.block_count, listing.row_count) == (40, sum(map(len, blocks)))
            assert listing.kind == messages.JOB_KIND_SCORES
            assert listing.models == f"{model.name}@{stream.model.version}"
            assert listing.as_of_date == "2026-03-01" and 0 < listing.byte_count
            assert DAY - 300 <= listing.kept_seconds <= DAY
            stub(elsewhere).ForgetJob(messages.ForgetJobRequest(id="nightly"))
            assert listed(elsewhere) == {}
        assert refused(fetched, channel)[:2] == ("NOT_FOUND", "UNKNOWN_JOB")
        assert JobStream(channel, model, blocks).stored == 0


def test_each_block_is_answered_before_the_next_is_sent(start, model):
    blocks = tables(model, 12)
    with start() as server, server.channel() as channel:
        assert list(JobStream(channel, model, blocks, window=1)) == calm(channel, model, blocks)


def test_large_blocks_go_the_way_of_threads(start, model):
    blocks = [model.rows(40_000, seed) for seed in range(5)] + tables(model, 3)
    with start() as server, server.channel() as channel:
        expected = calm(channel, model, blocks)
        assert list(JobStream(channel, model, blocks)) == expected
        assert list(JobStream(channel, model, blocks)) == expected
        assert fetched(channel)[1] == expected


def test_servers_are_killed_and_no_answered_block_is_scored_again(start, model):
    blocks = tables(model, 600)
    before = [sum(map(len, blocks[:index])) for index in range(len(blocks) + 1)]
    with Killer(start, 2, seed=5) as killer:
        with killer.servers[0].channel() as channel:
            expected = calm(channel, model, blocks)
        killer.kill(0)
        answers: list[bytes] = []
        kills = 0
        while len(answers) < len(blocks):
            place = killer.chance.randrange(2)
            server = killer.servers[place]
            scored, known = rows_scored(server), repeated(server)
            # From where it was, or all anew, as a client does that has lost the answers.
            first = killer.chance.choice([len(answers), 0])
            with server.channel() as channel:
                stream = JobStream(channel, model, blocks, first=first, window=6)
                # What was answered is there, whoever was killed.
                assert stream.stored >= len(answers)
                end = max(stream.stored, first) + killer.chance.randrange(1, 30)
                got: list[bytes] = []
                is_killed = kills < 22
                for answer in stream:
                    got.append(answer)
                    if is_killed and first + len(got) == end:
                        # None of those that were there was scored.
                        assert rows_scored(server) - scored <= \
                            before[stream.sent] - before[stream.stored]
                        assert repeated(server) - known >= stream.stored - first
                        break
            assert got == expected[first:first + len(got)]
            answers[first:] = got if first + len(got) > len(answers) else answers[first:]
            if is_killed:
                killer.kill(place)
                kills += 1
        assert kills >= 22 and answers == expected
        assert rows_scored(server) - scored == before[-1] - before[stream.stored]
        with killer.servers[0].channel() as channel:
            assert fetched(channel)[1] == expected


def test_two_streams_at_once(start, model):
    blocks = tables(model, 300)
    with start() as server, start() as other:
        with server.channel() as channel:
            expected = calm(channel, model, blocks)
        found: dict[int, list[bytes]] = {}

        def work(place: int) -> None:
            with [server, other][place % 2].channel() as channel:
                found[place] = list(JobStream(channel, model, blocks))

        threads = [threading.Thread(target=work, args=(place,)) for place in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [found[place] for place in range(4)] == [expected] * 4
        with other.channel() as channel:
            assert fetched(channel)[1] == expected


def test_what_does_not_fit_the_job_is_refused(start, model, models):
    blocks = tables(model, 6)
    with start() as server, server.channel() as channel:
        assert len(list(JobStream(channel, model, blocks))) == 6

        def reason(**fields) -> tuple[str, str]:
            name = fields.pop("model", model)
            some = fields.pop("blocks", blocks)
            return refused(lambda: list(JobStream(channel, name, some, **fields)))[:2]

        other = ("FAILED_PRECONDITION", "JOB_OTHER_HEADER")
        assert reason(model=models["second-large"]) == other
        assert reason(outputs=[pb.SCORE_OUTPUT_SCORE]) == other
        assert reason(reason_count=1) == other
        assert reason(columns=model.features[::-1]) == other
        assert reason(as_of_date="2026-03-02") == other
        changed = blocks[:4] + [blocks[4] + 1] + blocks[5:]
        stream = JobStream(channel, model, changed)
        got = []
        assert refused(lambda: got.extend(iter(stream)))[:2] == \
            ("FAILED_PRECONDITION", "JOB_BLOCK_CHANGED")
        got = []
        with pytest.raises(grpc.RpcError):
            for answer in JobStream(channel, model, changed):
                got.append(answer)
        assert got == calm(channel, model, blocks)[:4]
        for first in (7, -1, 2**62, -2**63, 2**63 - 1):
            assert reason(first=first) == ("OUT_OF_RANGE", "JOB_GAP")
            assert refused(fetched, channel, first=first)[:2] == ("OUT_OF_RANGE", "JOB_GAP")
        for name in ("", "a b", "a\u200bb", "nightly\u202e", "x" * 129, "a/b", "né"):
            assert reason(job=name) == ("INVALID_ARGUMENT", "BAD_JOB_ID")
            assert refused(fetched, channel, name)[:2] == ("NOT_FOUND", "UNKNOWN_JOB")
        # A block that cannot be scored ends the stream behind the answers before it.
        bad = [*map(block, tables(model, 3)), pb.RowBlock(row_count=5, float_values=[1])]
        first = header(model, as_of_date="2026-03-01", job=pb.JobReference(id="bad"))
        requests = [pb.StreamScoreRowsRequest(header=first)] + [
            pb.StreamScoreRowsRequest(block=each) for each in bad]
        scoring = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        got = []
        with pytest.raises(grpc.RpcError) as caught:
            for answer in scoring.StreamScoreRows(iter(requests)):
                got.append(answer)
        assert caught.value.code() == grpc.StatusCode.INVALID_ARGUMENT and len(got) == 4
        # Nothing of all this changed the job.
        assert listed(channel)["nightly"].block_count == 6
        assert refused(scoring.ScoreRows, pb.ScoreRowsRequest(
            header=first, block=block(blocks[0])))[:2] == ("INVALID_ARGUMENT", "JOB_NOT_TAKEN")


def test_a_header_without_a_day_goes_on_with_that_of_the_job(start, model):
    blocks = tables(model, 4)
    with start() as server, server.channel() as channel:
        assert len(list(JobStream(channel, model, blocks))) == 4
        again = JobStream(channel, model, blocks, as_of_date="")
        assert (again.stored, again.model.as_of_date) == (4, "2026-03-01")
        assert len(list(again)) == 4


def test_a_job_that_is_forgotten_ends_its_streams(start, model):
    blocks = tables(model, 50)
    with start() as server, server.channel() as channel:
        stream = JobStream(channel, model, blocks, window=2)
        answers = iter(stream)
        next(answers)
        stub(channel).ForgetJob(messages.ForgetJobRequest(id="nightly"))
        assert refused(list, answers)[:2] == ("NOT_FOUND", "JOB_FORGOTTEN")


def test_jobs_are_their_owners(serving, team, models_directory, model):
    blocks = tables(model, 5)
    with serving("--models", models_directory) as server, server.channel() as channel:
        stream = JobStream(channel, model, blocks, metadata=team["carl"])
        expected = list(stream)
        assert listed(channel, metadata=team["ben"]) == {}
        assert refused(fetched, channel, metadata=team["ben"])[:2] == ("NOT_FOUND", "UNKNOWN_JOB")
        assert refused(stub(channel).ForgetJob, messages.ForgetJobRequest(id="nightly"),
                       metadata=team["ben"])[:2] == ("NOT_FOUND", "UNKNOWN_JOB")
        # Who may all on the server has no more jobs for that.
        assert listed(channel, metadata=team["olga"]) == {}
        # The same name is another job, of other rows.
        bens = JobStream(channel, model, blocks[::-1], metadata=team["ben"])
        assert bens.stored == 0 and list(bens) == expected[::-1]
        assert fetched(channel, metadata=team["carl"])[1] == expected
        assert refused(listed, channel, metadata=team["anna"])[0] == "PERMISSION_DENIED"


def test_without_a_store_there_are_no_jobs(server, model):
    with server.channel() as channel:
        assert refused(lambda: JobStream(channel, model, tables(model, 1)))[:2] == \
            ("FAILED_PRECONDITION", "NO_STORE")
        assert refused(listed, channel)[:2] == ("FAILED_PRECONDITION", "NO_STORE")
        assert refused(fetched, channel)[:2] == ("FAILED_PRECONDITION", "NO_STORE")


def test_a_store_that_is_gone_ends_streams_with_a_job_alone(
        certificates, models_directory, model, postgresql, tmp_path):
    if postgresql is None:
        pytest.skip("there is no PostgreSQL on this machine")
    name = f"t{time.monotonic_ns()}"
    postgresql.run(f"create database {name}")
    place = postgresql.uri.replace("/postgres?", f"/{name}?")
    blocks = tables(model, 60)
    with Server(certificates, "--models", str(models_directory), "--store", place) as server, \
            server.channel() as channel:
        expected = calm(channel, model, blocks)
        stream = JobStream(channel, model, blocks, window=2)
        answers = iter(stream)
        got = [next(answers) for _ in range(20)]
        postgresql.stop()
        try:
            with pytest.raises(grpc.RpcError) as caught:
                for answer in answers:
                    got.append(answer)
            assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
            assert calm(channel, model, blocks) == expected
            assert refused(lambda: JobStream(channel, model, blocks))[:2] == \
                ("UNAVAILABLE", "STORE_UNAVAILABLE")
        finally:
            postgresql.start()
        again = JobStream(channel, model, blocks, first=len(got))
        assert again.stored >= len(got)
        assert got + list(again) == expected


def test_assessments_have_jobs(certificates, store):
    facts = ["closing_day", "directory_activity"]
    items = ["total_assets", "net_sales", "net_income", "total_liabilities"]

    def rows(index: int) -> pb.RowBlock:
        values = [[20_088, 1, 1e6 + 1e3 * row, 2e6, 1e4 * index, math.nan] for row in range(20)]
        return pb.RowBlock(row_count=20, double_values=sum(values, []))

    def stream(channel, job: str | None, first: int = 0, day: str = "2025-12-31"):
        named = {"job": pb.JobReference(id=job, first_block=first)} if job else {}
        yield assess_rows.StreamAssessRowsRequest(header=assess_rows.AssessRowsHeader(
            as_of_date=day, fact_columns=facts, columns=items, reason_count=2, **named))
        for index in range(first, 10):
            yield assess_rows.StreamAssessRowsRequest(block=rows(index))

    with Server(certificates, "--store", store) as server, server.channel() as channel:
        service = assessment_service_pb2_grpc.AssessmentServiceStub(channel)
        calm_answers = list(service.StreamAssessRows(stream(channel, None)))
        begun = list(service.StreamAssessRows(stream(channel, "all")))
        again = list(service.StreamAssessRows(stream(channel, "all")))
        assert (begun[0].stored_block_count, again[0].stored_block_count) == (0, 10)
        # The day of the job is that of streams that name none.
        rest = list(service.StreamAssessRows(stream(channel, "all", 7, "")))
        assert rest[0].context == begun[0].context == calm_answers[0].context
        assert [each.block for each in begun[1:]] == [each.block for each in calm_answers[1:]]
        assert [each.block for each in again[1:]] == [each.block for each in calm_answers[1:]]
        assert [each.block for each in rest[1:]] == [each.block for each in calm_answers[8:]]
        job, answers = fetched(channel, "all")
        assert job.context == begun[0].context and job.job.kind == messages.JOB_KIND_ASSESSMENTS
        assert answers == [
            each.block.SerializeToString(deterministic=True) for each in begun[1:]]
        scoring = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        header = pb.ScoreHeader(job=pb.JobReference(id="all"), as_of_date="2025-12-31")
        assert refused(lambda: list(scoring.StreamScoreRows(
            iter([pb.StreamScoreRowsRequest(header=header)]))))[:2] == \
            ("FAILED_PRECONDITION", "JOB_OTHER_HEADER")
