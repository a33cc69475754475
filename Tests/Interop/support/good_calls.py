# SPDX-License-Identifier: Apache-2.0
"""Good requests of each call that the server has, as bytes to be damaged."""

import math
from dataclasses import dataclass

import numpy as np
from google.protobuf.message import Message
from grpc_health.v1 import health_pb2
from grpc_reflection.v1alpha import reflection_pb2
from tritonclient.grpc import service_pb2 as inference

from support.assessments import SAMPLES, api
from support.bundles import TestModel
from support.tables import block, header, request, stream
from vigie.v1 import assessment_rows_pb2 as rows_pb
from vigie.v1 import model_service_pb2 as models_pb
from vigie.v1 import scoring_service_pb2 as pb

AS_OF = "2025-12-31"
LINES = ["CO", "CJ", "BL", "BX", "EC", "DX", "DU", "DG", "DL", "FL", "FS", "FW", "FY", "GG", "GA"]
REQUESTS = {
    each.DESCRIPTOR.full_name: each for each in [
        health_pb2.HealthCheckRequest, reflection_pb2.ServerReflectionRequest,
        inference.ModelInferRequest, inference.ModelMetadataRequest, api.AssessRequest,
        api.BatchAssessRequest, api.ReadPapersRequest, api.ListTermsRequest,
        rows_pb.StreamAssessRowsRequest, models_pb.ListModelsRequest,
        models_pb.DescribeModelRequest, models_pb.GetQuantiserRequest, pb.ScoreRowsRequest,
        pb.StreamScoreRowsRequest]
}


@dataclass(frozen=True)
class Call:
    """A call whose request is good, and the name of the type of its messages."""

    path: str
    type: str
    messages: tuple[bytes, ...]

    @staticmethod
    def of(method: str, *messages: Message) -> "Call":
        """A call of some messages."""
        return Call(f"/{method}", messages[0].DESCRIPTOR.full_name,
                    tuple(each.SerializeToString() for each in messages))


def company(seed: int) -> api.CompanyFacts:
    """A made-up company of two years, with invoices and an event."""
    random = np.random.default_rng(seed)
    facts = api.CompanyFacts(siren="999200017", name="Société d'essai")
    for closing in (20088, 19722):
        facts.statements.closing_days.append(closing)
        facts.statements.months.append(12)
        facts.statements.line_counts.append(len(LINES))
        facts.statements.lines.extend(range(len(LINES)))
        facts.statements.cents.extend(int(each) for each in random.integers(1, 10**9, len(LINES)))
    facts.events.kinds.append(api.LEGAL_EVENT_KIND_REGISTERED)
    facts.events.published_days.append(15_000)
    owed = facts.owed
    for place in range(3):
        owed.cents.append(10_000 * (place + 1))
        owed.open_cents.append(0)
        owed.issued_days.append(20_200 + place)
        owed.due_days.append(20_230 + place)
        owed.due_sources.append(api.DUE_SOURCE_COLUMN)
        owed.references.append(f"F{place}")
        owed.payment_counts.append(1)
        owed.payment_days.append(20_240 + 9 * place)
        owed.payment_cents.append(10_000 * (place + 1))
    return facts


def inferring(model: TestModel, *, raw: bool) -> inference.ModelInferRequest:
    """Two rows for the Open Inference Protocol."""
    rows = model.rows(2)
    asked = inference.ModelInferRequest(model_name=model.name, id="7")
    tensor = asked.inputs.add(name="rows", datatype="FP32", shape=rows.shape)
    if raw:
        asked.raw_input_contents.append(rows.tobytes())
    else:
        tensor.contents.fp32_contents.extend(rows.ravel().tolist())
    asked.outputs.add(name="probability")
    return asked


def good_calls(model: TestModel) -> list[Call]:
    """Calls that a server with `model` and those of the product answers."""
    rows = model.rows(2)
    scoring, assessing = "vigie.v1.ScoringService", "vigie.v1.AssessmentService"
    models, oip = "vigie.v1.ModelService", "inference.GRPCInferenceService"
    assess = api.AssessHeader(as_of_date=AS_OF, reason_count=2, line_names=LINES,
                              model="us-listed-failure")
    statement = [math.nan] * 4 + [1e6, 5e5, 1e5]
    table = pb.RowBlock(row_count=1, layout=pb.BLOCK_LAYOUT_COLUMN_MAJOR,
                        double_values=[1, 1, 20_088, *statement[4:]])
    texts = request(model, rows, text_columns=["x3"])
    texts.block.text_columns.add(dictionary=[b"a", "é".encode()], codes=[1, 0])
    reflection = reflection_pb2.ServerReflectionRequest
    paper = (SAMPLES / "StockUniteLegale.csv").read_bytes()
    return [
        Call.of(f"{scoring}/ScoreRows", request(model, rows)),
        Call.of(f"{scoring}/ScoreRows", request(
            model, rows.astype(np.float64), columns=model.features[::-1], reason_count=3)),
        Call.of(f"{scoring}/ScoreRows", request(model, model.rows(100), as_of_date=AS_OF)),
        Call.of(f"{scoring}/ScoreRows", texts),
        Call.of(f"{scoring}/StreamScoreRows", *stream(
            header(model, reason_count=1), [block(rows), block(model.rows(3), column_major=True)])),
        Call.of(f"{assessing}/Assess", api.AssessRequest(header=assess, company=company(1))),
        Call.of(f"{assessing}/BatchAssess", api.BatchAssessRequest(header=assess),
                api.BatchAssessRequest(batch=api.CompanyBatch(companies=[company(2), company(3)]))),
        Call.of(f"{assessing}/StreamAssessRows", rows_pb.StreamAssessRowsRequest(
            header=rows_pb.AssessRowsHeader(
                as_of_date=AS_OF, reason_count=2, model="us-listed-failure",
                fact_columns=["legal_state", "directory_activity", "closing_day"],
                columns=["total_assets", "current_assets", "net_income"])),
            rows_pb.StreamAssessRowsRequest(block=table)),
        Call.of(f"{assessing}/ListTerms", api.ListTermsRequest(
            reader=api.TERM_READER_SALES, language=api.TERM_LANGUAGE_FRENCH)),
        Call.of(f"{assessing}/ReadPapers",
                api.ReadPapersRequest(header=api.ReadPapersHeader(as_of_date=AS_OF)),
                api.ReadPapersRequest(part=api.PaperPart(
                    file_name="StockUniteLegale.csv", content=paper))),
        Call.of(f"{models}/ListModels", models_pb.ListModelsRequest(page_size=1)),
        Call.of(f"{models}/DescribeModel", models_pb.DescribeModelRequest(name=model.name)),
        Call.of(f"{models}/GetQuantiser", models_pb.GetQuantiserRequest(name=model.name)),
        Call.of(f"{oip}/ModelInfer", inferring(model, raw=True)),
        Call.of(f"{oip}/ModelInfer", inferring(model, raw=False)),
        Call.of(f"{oip}/ModelStreamInfer", inferring(model, raw=True), inferring(model, raw=False)),
        Call.of(f"{oip}/ModelMetadata", inference.ModelMetadataRequest(name=model.name)),
        Call.of("grpc.health.v1.Health/Check",
                health_pb2.HealthCheckRequest(service="vigie.v1.ScoringService")),
        Call.of("grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                reflection(file_containing_symbol="vigie.v1.RowBlock"),
                reflection(list_services="")),
    ]
