# SPDX-License-Identifier: Apache-2.0
"""Fixtures: a real vigied, a channel to it, and gRPC stubs generated from Protos/ just now."""

import os
import time

# LightGBM's threads wait for each other by spinning; one does not have to.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import support.stubs  # noqa: E402, F401  Makes vigie.v1 importable for the test files.

from pathlib import Path
from typing import Callable, Iterator

import grpc
import pytest

from support.access import bearer, issue
from support.bundles import TestModel, write_bundles
from support.certificates import Certificates
from support.decisions import NAMES, shelve
from support.policies import SAMPLE, draft, files, put
from support.server import Server
from support.stores import PostgreSQL, postgresql_programs
from vigie.v1 import model_service_pb2_grpc, scoring_service_pb2_grpc


def pytest_configure(config: pytest.Config) -> None:
    """What tests may be marked with."""
    config.addinivalue_line(
        "markers", "alone: measures time or memory, and runs while no other test does")


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """A throwaway CA with a certificate for localhost, and another CA."""
    return Certificates.make(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, TestModel]:
    """Models trained just now, by name, with the directory of their bundles."""
    return write_bundles(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def models_directory(models: dict[str, TestModel]) -> Path:
    """The directory of the bundles of `models`."""
    return next(iter(models.values())).directory.parent


@pytest.fixture(scope="session")
def server(certificates: Certificates, models_directory: Path) -> Iterator[Server]:
    """A server with the models of these tests, shared by tests that leave it as it was."""
    with Server(certificates, "--models", str(models_directory)) as running:
        yield running


@pytest.fixture(scope="session")
def bundled_server(certificates: Certificates) -> Iterator[Server]:
    """A server with the models that vigied brings along."""
    with Server(certificates) as running:
        yield running


@pytest.fixture(scope="session")
def deciding_channel(
    certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[grpc.Channel]:
    """A channel to a server with both example policies."""
    shelf = shelve(tmp_path_factory.mktemp("shelf"), *NAMES)
    with Server(certificates, "--policies", str(shelf)) as running, running.channel() as channel:
        yield channel


@pytest.fixture
def channel(server: Server) -> Iterator[grpc.Channel]:
    """A channel to `server` over TLS."""
    with server.channel() as open_channel:
        yield open_channel


@pytest.fixture
def scoring(channel: grpc.Channel) -> scoring_service_pb2_grpc.ScoringServiceStub:
    """The ScoringService of `server`."""
    return scoring_service_pb2_grpc.ScoringServiceStub(channel)


@pytest.fixture
def model_service(channel: grpc.Channel) -> model_service_pb2_grpc.ModelServiceStub:
    """The ModelService of `server`."""
    return model_service_pb2_grpc.ModelServiceStub(channel)


@pytest.fixture
def tokens(tmp_path: Path) -> Path:
    """Where a file of tokens may be."""
    return tmp_path / "tokens.json"


@pytest.fixture
def people(tmp_path: Path) -> dict[str, tuple]:
    """What some people show, by their names: each has a role about policies."""
    roles = {"ada": "author", "bob": "approve", "eve": "approve", "rex": "read", "max": "operate"}
    path = tmp_path / "tokens.json"
    return {name: bearer(issue(path, name, "--role", role)) for name, role in roles.items()}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """An empty directory of policies."""
    directory = tmp_path / "policies"
    directory.mkdir()
    return directory


@pytest.fixture
def serve(
    certificates: Certificates, shelf: Path, people: dict[str, tuple], tmp_path: Path
) -> Callable[..., Server]:
    """Makes servers on that directory, for those people."""
    return lambda *arguments: Server(
        certificates, "--policies", str(shelf), "--tokens", str(tmp_path / "tokens.json"),
        *map(str, arguments))


@pytest.fixture
def two(shelf: Path) -> Path:
    """A shelf with two versions."""
    put(shelf / "old", files(SAMPLE))
    put(shelf / "new", draft())
    return shelf


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory) -> Iterator[PostgreSQL | None]:
    """A PostgreSQL server, if this machine has one."""
    programs = postgresql_programs()
    if programs is None:
        yield None
        return
    server = PostgreSQL(programs, tmp_path_factory.mktemp("pg") / "server")
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path: Path, postgresql) -> str:
    """The setting of an empty store."""
    if request.param == "sqlite":
        return str(tmp_path / "store.sqlite")
    if postgresql is None:
        pytest.skip("there is no PostgreSQL on this machine")
    name = f"t{time.monotonic_ns()}"
    postgresql.run(f"create database {name}")
    return postgresql.uri.replace("/postgres?", f"/{name}?")


@pytest.fixture
def team(tmp_path: Path) -> dict[str, tuple]:
    """What some people show: two who follow companies, one who only scores, one who may all."""
    path = tmp_path / "team.json"
    roles = {"anna": ["follow"], "ben": ["follow", "score"], "carl": ["score"], "olga": ["operate"]}
    return {
        name: bearer(issue(path, name, *(word for role in some for word in ("--role", role))))
        for name, some in roles.items()
    }


@pytest.fixture
def serving(certificates, store, team, tmp_path):
    """Makes servers with that store."""
    return lambda *more: Server(
        certificates, "--store", store, "--tokens", str(tmp_path / "team.json"), *map(str, more))
