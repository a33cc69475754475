# SPDX-License-Identifier: Apache-2.0
"""grpc.health.v1, with gRPC's own stubs."""

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from support.errors import assert_fails

SERVICES = ["", "vigie.v1.ScoringService", "vigie.v1.ModelService"]
Status = health_pb2.HealthCheckResponse


@pytest.fixture
def health(channel: grpc.Channel) -> health_pb2_grpc.HealthStub:
    """The health service of the server."""
    return health_pb2_grpc.HealthStub(channel)


@pytest.mark.parametrize("service", SERVICES)
def test_check(health, service):
    answer = health.Check(health_pb2.HealthCheckRequest(service=service), timeout=60)
    assert answer.status == Status.SERVING


def test_check_of_an_unknown_service(health):
    assert_fails(
        grpc.StatusCode.NOT_FOUND, "nobody",
        lambda: health.Check(health_pb2.HealthCheckRequest(service="nobody"), timeout=60),
    )


@pytest.mark.parametrize("service, expected", [
    *((name, Status.SERVING) for name in SERVICES), ("nobody", Status.SERVICE_UNKNOWN),
])
def test_watch_tells_at_once_and_stays_open(health, service, expected):
    call = health.Watch(health_pb2.HealthCheckRequest(service=service), timeout=2)
    assert next(call).status == expected
    assert_fails(grpc.StatusCode.DEADLINE_EXCEEDED, "", lambda: next(call))


def test_list(health):
    answer = health.List(health_pb2.HealthListRequest(), timeout=60)
    assert set(SERVICES) <= set(answer.statuses)
    assert {status.status for status in answer.statuses.values()} == {Status.SERVING}
