# SPDX-License-Identifier: Apache-2.0
"""Who calls: tokens, certificates and signed claims, and calls that show them."""

import json
import subprocess
from pathlib import Path

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from support.server import STOP_SECONDS, program
from vigie.v1 import (
    model_service_pb2, model_service_pb2_grpc, scoring_service_pb2, scoring_service_pb2_grpc,
)


def vigied(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs vigied to its end."""
    return subprocess.run(
        [program("vigied"), *map(str, arguments)], capture_output=True, text=True,
        timeout=STOP_SECONDS)


def issue(path: Path, identity: str, *arguments: object) -> str:
    """Makes a token."""
    done = vigied("token", "issue", "--tokens", path, "--identity", identity, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def listed(path: Path) -> list[dict]:
    """The tokens of a file."""
    return json.loads(path.read_text())["tokens"]


def bearer(token: str) -> tuple:
    """Metadata that shows a token."""
    return (("authorization", f"Bearer {token}"),)


def models(channel: grpc.Channel, metadata: tuple = ()) -> list[str]:
    """What ListModels says."""
    stub = model_service_pb2_grpc.ModelServiceStub(channel)
    answer = stub.ListModels(model_service_pb2.ListModelsRequest(), metadata=metadata, timeout=20)
    return [f"{each.name}@{each.version}" for each in answer.models]


def score(channel: grpc.Channel, metadata: tuple = (), model: str = "") -> None:
    """A call of ScoreRows that is let in: it has no rows, and is told so."""
    stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
    try:
        stub.ScoreRows(
            scoring_service_pb2.ScoreRowsRequest(
                header=scoring_service_pb2.ScoreHeader(model=model),
                block=scoring_service_pb2.RowBlock(row_count=0)),
            metadata=metadata, timeout=20)
    except grpc.RpcError as error:
        if "has no rows" not in error.details():
            raise


def refused(call, *arguments, **named) -> tuple[str, str, str]:
    """The code, reason and message of a call that must fail."""
    try:
        call(*arguments, **named)
    except grpc.RpcError as error:
        status = rpc_status.from_call(error)
        information = error_details_pb2.ErrorInfo()
        if status is not None:
            assert status.details[0].Unpack(information)
        return error.code().name, information.reason, error.details()
    raise AssertionError("the call was let in")


def write(path: Path, content: object) -> str:
    """Writes JSON."""
    path.write_text(json.dumps(content))
    return str(path)


def is_refused(channel: grpc.Channel, token: str) -> bool:
    """Whether a token opens nothing."""
    try:
        models(channel, bearer(token))
    except grpc.RpcError:
        return True
    return False
