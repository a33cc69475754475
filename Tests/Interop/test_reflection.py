# SPDX-License-Identifier: Apache-2.0
"""Server reflection, as the clients that live of it use it: gRPC's own library, buf by v1 alone,
grpcurl by v1alpha."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import grpc
import numpy as np
import pytest
from google.protobuf import descriptor_pb2, descriptor_pool
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase)

from support.certificates import Certificates
from support.errors import assert_fails
from support.server import Server
from support.stubs import ROOT

SERVICES = {
    "vigie.v1.ScoringService", "vigie.v1.ModelService", "vigie.v1.AssessmentService",
    "vigie.v1.AlertService", "vigie.v1.DecisionService", "vigie.v1.PolicyService",
    "vigie.v1.PortfolioService",
    "vigie.v1.CollectionService", "vigie.v1.DashboardService", "vigie.v1.DeliveryService",
    "vigie.v1.UniverseService", "vigie.v1.JobService",
    "inference.GRPCInferenceService", "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
}
Request = reflection_pb2.ServerReflectionRequest


def tool(name: str) -> str:
    """Path of a program that pip brought."""
    return str(Path(sys.executable).parent / name)


def ask(channel: grpc.Channel, *requests: Request, version: str = "v1", **more: object):
    """The answers to requests on one stream. The messages of both versions are the same."""
    call = channel.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
        request_serializer=Request.SerializeToString,
        response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
    )
    return list(call(iter(requests), timeout=60, **more))


def test_grpcs_own_client_finds_all_services_and_their_messages(channel):
    database = ProtoReflectionDescriptorDatabase(channel)
    assert set(database.get_services()) == SERVICES
    pool = descriptor_pool.DescriptorPool(database)
    for name in SERVICES:
        service = pool.FindServiceByName(name)
        assert service.methods
        for method in service.methods:
            assert method.input_type.full_name and method.output_type.full_name
    rows = pool.FindMessageTypeByName("vigie.v1.RowBlock")
    assert rows.fields_by_name["float_values"].number == 3


@pytest.mark.parametrize("version", ["v1", "v1alpha"])
@pytest.mark.parametrize("symbol, file", [
    ("vigie.v1.ScoringService", "vigie/v1/scoring_service.proto"),
    ("vigie.v1.ScoringService.ScoreRows", "vigie/v1/scoring_service.proto"),
    ("vigie.v1.RowBlock", "vigie/v1/scoring_service.proto"),
    ("vigie.v1.RowBlock.float_values", "vigie/v1/scoring_service.proto"),
    ("vigie.v1.BlockLayout", "vigie/v1/scoring_service.proto"),
    ("vigie.v1.BLOCK_LAYOUT_ROW_MAJOR", "vigie/v1/scoring_service.proto"),
    ("inference.ModelInferRequest.InferInputTensor", "inference/grpc_service.proto"),
    ("inference.InferParameter.parameter_choice", "inference/grpc_service.proto"),
    ("grpc.health.v1.HealthCheckResponse.SERVING", "grpc/health/v1/health.proto"),
    ("grpc.reflection.v1.ErrorResponse", "grpc/reflection/v1/reflection.proto"),
])
def test_every_kind_of_symbol_is_found(channel, version, symbol, file):
    [answer] = ask(channel, Request(host="h", file_containing_symbol=symbol), version=version)
    assert answer.valid_host == "h"
    assert answer.original_request.file_containing_symbol == symbol
    files = answer.file_descriptor_response.file_descriptor_proto
    parsed = [descriptor_pb2.FileDescriptorProto.FromString(each) for each in files]
    assert parsed[0].name == file
    # All that they import comes along, once.
    names = [each.name for each in parsed]
    assert len(names) == len(set(names))
    assert {other for each in parsed for other in each.dependency} <= set(names)


def test_what_is_not_there_is_an_answer_and_the_stream_goes_on(channel):
    answers = ask(
        channel,
        Request(file_containing_symbol="vigie.v1.Nothing"),
        Request(file_by_filename="nothing.proto"),
        Request(file_containing_extension={
            "containing_type": "vigie.v1.RowBlock", "extension_number": 100}),
        Request(all_extension_numbers_of_type="nothing"),
        Request(file_containing_symbol="vigie.v1.RowBlock\0"),
        Request(file_containing_symbol=""),
        Request(),
        Request(all_extension_numbers_of_type="vigie.v1.RowBlock"),
        Request(file_by_filename="vigie/v1/company_facts.proto"),
    )
    codes = [answer.error_response.error_code for answer in answers]
    assert codes == [5] * 6 + [12, 0, 0]
    assert answers[0].error_response.error_message == "Symbol not found: vigie.v1.Nothing"
    assert answers[7].all_extension_numbers_response.base_type_name == "vigie.v1.RowBlock"
    assert not answers[7].all_extension_numbers_response.extension_number
    assert len(answers[8].file_descriptor_response.file_descriptor_proto) == 1


def test_requests_of_a_stream_and_their_length_have_limits(channel):
    assert_fails(
        grpc.StatusCode.RESOURCE_EXHAUSTED, "reflectionRequestsMax",
        lambda: ask(channel, *[Request(list_services="")] * 1_025),
    )
    assert_fails(
        grpc.StatusCode.RESOURCE_EXHAUSTED, "reflectionMessageBytesMax",
        lambda: ask(channel, Request(file_containing_symbol="x" * 3_000)),
    )


def test_a_stream_that_asks_for_much_is_told_all(channel):
    wanted = Request(file_containing_symbol="vigie.v1.AssessmentService.BatchAssess", host="a")
    answers = ask(channel, *[wanted] * 60, Request(list_services=""))
    assert len(answers) == 61 and answers[60].HasField("list_services_response")
    assert all(each == answers[0] for each in answers[:60])
    assert answers[0].original_request == wanted and answers[0].valid_host == "a"
    assert ask(channel, *[wanted] * 3, compression=grpc.Compression.Gzip) == answers[:3]


def test_it_can_be_turned_off(certificates: Certificates):
    with Server(certificates, "--reflection", "off") as server, server.channel() as channel:
        for version in ["v1", "v1alpha"]:
            assert_fails(
                grpc.StatusCode.UNIMPLEMENTED, "",
                lambda: ask(channel, Request(list_services=""), version=version),
            )


def run(*command: str) -> str:
    """What a program prints."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout


def test_buf_curl(server: Server):
    address = f"https://localhost:{server.port}"
    common = [
        tool("buf"), "curl", "--protocol", "grpc", "--cacert", str(server.certificates.ca),
        "--reflect-protocol", "grpc-v1",
    ]
    listed = json.loads(run(
        *common, "--data", '{"pageSize": 1}', f"{address}/vigie.v1.ModelService/ListModels"))
    assert listed["models"][0]["name"] == "first-small"
    methods = run(*common, "--list-methods", address)
    assert "vigie.v1.ScoringService/ScoreRows" in methods


def test_grpcurl(server: Server, models):
    common = [tool("grpcurl"), "-cacert", str(server.certificates.ca)]
    address = f"localhost:{server.port}"
    assert set(run(*common, address, "list").split()) == SERVICES
    described = run(*common, address, "describe", "vigie.v1.ScoreRowsRequest")
    assert "vigie.v1.ScoreHeader header = 1" in described
    rows = models["first-small"].rows(2)
    request = {
        "model_name": "first-small",
        "inputs": [{"name": "rows", "datatype": "FP32", "shape": [2, 8]}],
        "outputs": [{"name": "raw_score"}],
        "raw_input_contents": [base64.b64encode(rows.tobytes()).decode()],
    }
    answer = json.loads(run(
        *common, "-d", json.dumps(request), address, "inference.GRPCInferenceService/ModelInfer"))
    raw = np.frombuffer(base64.b64decode(answer["rawOutputContents"][0]), np.float64)
    assert np.array_equal(raw, models["first-small"].raw_scores(rows))


def test_the_embedded_files_are_those_of_the_protos():
    # What `make protos` wrote: the file is a FileDescriptorSet of all services that are served.
    data = (ROOT / "Sources/Generated/CServiceDescriptors/descriptors.binpb").read_bytes()
    files = descriptor_pb2.FileDescriptorSet.FromString(data).file
    served = {f"{file.package}.{each.name}" for file in files for each in file.service}
    assert served == SERVICES
