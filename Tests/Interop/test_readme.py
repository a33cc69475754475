# SPDX-License-Identifier: Apache-2.0
"""What the README shows works as it stands there: each block is pasted whole.

Swift blocks are compiled and held word for word by VigieClientTests.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import lightgbm
import numpy
import pytest

from support.certificates import Certificates
from support.server import Server, free_port, program
from support.stubs import ROOT

BLOCKS = re.findall(r"```(\w+)\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
BUILD = "make build && export PATH=$PWD/.build/release:$PATH\n"

# What a block begins with, and the test that runs it.
TESTS = {
    "make demo": None,  # Sets up; `make test` is running.
    "apt install": None,  # Tests/Packaging/deb.sh does that, in a bare Debian.
    BUILD: "test_sixty_seconds",
    "vigie assess": "test_papers",
    "vigie policy check": "test_a_policy",
    "vigied serve --tls-cert server.pem --tls-key server.key --store": "test_a_portfolio",
    "vigied model predict": "test_your_own_model",
    "let configuration": None,
    "python -m grpc_tools.protoc": "test_stubs_for_python",
    "import grpc": "test_the_python_example",
    "import pandas": "test_the_example_of_the_python_client",
}


def block(language: str, start: str) -> str:
    """The block that begins so."""
    (found,) = [text for kind, text in BLOCKS if kind == language and text.startswith(start)]
    return found


def paste(text: str, directory: Path) -> tuple[str, str]:
    """Pastes a block into a shell, with the programs built here and a port that is free; gives
    what it printed, and each command that failed with its code."""
    for name in ("Clients", "Protos"):
        if not (directory / name).exists():
            (directory / name).symlink_to(ROOT / name)
    address = f"127.0.0.1:{free_port()}"
    path = [Path(program("vigie")).parent, Path(sys.executable).parent, os.environ["PATH"]]
    environment = {**os.environ, "PATH": ":".join(map(str, path)), "VIGIED_LISTEN": address,
                   "VIGIE_SERVER": address}
    failures = directory / "failures"
    script = f"trap 'echo \"$?: $BASH_COMMAND\" >>{failures}' ERR\n{text}\n" \
        "test -z \"$(jobs -p)\" || { kill $(jobs -p); wait $(jobs -p); }\n"
    failures.touch()
    done = subprocess.run(["bash", "-c", script], cwd=directory, env=environment, text=True,
                          capture_output=True, timeout=120, check=False)
    print(done.stderr)
    return done.stdout, failures.read_text()


def test_every_block_is_run():
    for language, text in BLOCKS:
        (name,) = {name for start, name in TESTS.items() if text.startswith(start)}
        assert language in ("sh", "swift", "python") and (name is None or name in globals())


def test_sixty_seconds(tmp_path: Path):
    text = block("sh", BUILD).removeprefix(BUILD)
    printed, failures = paste(text, tmp_path)
    assert "SERVING\n" in printed and "us-listed-failure" in printed
    # One of the sample companies has no score, which the exit code says.
    assert re.fullmatch(r"(2: vigie score [^\n]*\n)?", failures), failures


def test_papers(tmp_path: Path):
    printed, failures = paste(block("sh", "vigie assess"), tmp_path)
    assert failures == ""
    assert "FONDERIE DU VALLON" in printed and "vigie-papers/1" in printed
    assert (tmp_path / "assessment.html").stat().st_size > 1_000
    assert (tmp_path / "portfolio.xlsx").read_bytes().startswith(b"PK")


def test_a_policy(tmp_path: Path):
    printed, failures = paste(block("sh", "vigie policy check"), tmp_path)
    assert failures == ""
    assert "26 of 26 tests hold" in printed
    assert "FONDERIE DU VALLON: to be granted by others, class A" in printed


def test_a_portfolio(
    tmp_path: Path, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "server.pem").symlink_to(certificates.server)
    (tmp_path / "server.key").symlink_to(certificates.server_key)
    monkeypatch.setenv("VIGIE_CA_CERT", str(certificates.ca))
    printed, failures = paste(block("sh", "vigied serve --tls-cert server.pem"), tmp_path)
    assert failures == ""
    assert "customers: 7 added (7 new to the server)" in printed
    assert "siren:999200066  ATELIER DE LA MESANGE" in printed and "-120.00 EUR" in printed
    # The server tells nobody apart, so there is no secret in the link.
    assert re.search(r"^https://127.0.0.1:\d+/$", printed, re.MULTILINE)


def test_your_own_model(tmp_path: Path, certificates: Certificates,
                        monkeypatch: pytest.MonkeyPatch):
    random = numpy.random.default_rng(1)
    rows = random.standard_normal((500, 2))
    data = lightgbm.Dataset(rows, (rows[:, 0] > random.standard_normal(500)).astype(int),
                            feature_name=["debts", "margin"])
    parameters = {"objective": "binary", "num_leaves": 7, "num_threads": 1, "verbose": -1}
    lightgbm.train(parameters, data, 5).save_model(tmp_path / "model.txt")
    for name in ("rows.csv", "training.csv"):
        numpy.savetxt(tmp_path / name, rows, delimiter=",", header="debts,margin", comments="")
    (tmp_path / "server.pem").symlink_to(certificates.server)
    (tmp_path / "server.key").symlink_to(certificates.server_key)
    monkeypatch.setenv("VIGIE_CA_CERT", str(certificates.ca))

    text = block("sh", "vigied model predict").rstrip()
    assert text.splitlines()[-1].startswith("vigied serve")
    printed, failures = paste(text + " &\nvigie health --wait\nvigie models", tmp_path)
    assert failures == "" and "SERVING\n" in printed and "my-model" in printed


def test_stubs_for_python(tmp_path: Path):
    _, failures = paste(block("sh", "python -m grpc_tools.protoc"), tmp_path)
    assert failures == ""
    made = {path.name for path in (tmp_path / "vigie/v1").iterdir()}
    assert {"scoring_service_pb2.py", "scoring_service_pb2_grpc.py"} <= made


def run_python(start: str, server: Server) -> None:
    """Runs the Python block that begins so."""
    example = block("python", start)
    for shown, here in [
        ("server.pem", str(server.certificates.ca)),
        ("localhost:7443", f"localhost:{server.port}"),
    ]:
        assert shown in example
        example = example.replace(shown, here)
    exec(compile(example, "README.md", "exec"), {})


def test_the_example_of_the_python_client(
    bundled_server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(ROOT / "Clients" / "CLI" / "Samples")
    run_python("import pandas", bundled_server)
    assert "Alder & Finch Foods" in capsys.readouterr().out


def test_the_python_example(bundled_server, capsys: pytest.CaptureFixture[str]):
    run_python("import grpc", bundled_server)
    assert re.fullmatch(r"\[0\.\d+\] us-listed-failure\n", capsys.readouterr().out)
