# SPDX-License-Identifier: Apache-2.0
"""Stubs of Protos/ for users in other languages are made and compiled. What a machine lacks is said
and skipped."""

import shutil
import subprocess
import sys
from pathlib import Path

import grpc_tools
import pytest

from support.stubs import ROOT

PROTOS = ROOT / "Protos"
FILES = sorted(str(path.relative_to(PROTOS)) for path in PROTOS.glob("vigie/v1/*.proto")) + [
    "inference/grpc_service.proto",
]
# Where Debian's libprotobuf-java puts it.
JAVA_LIBRARY = Path("/usr/share/java/protobuf.jar")


def protoc(*arguments: str) -> None:
    """Runs the protoc of the system."""
    program = shutil.which("protoc")
    if program is None:
        pytest.skip("protoc is not here")
    run(program, f"-I{PROTOS}", f"-I{PROTOS / 'upstream'}", *arguments, *FILES)


def run(*command: str, **options: object) -> None:
    """Runs a program that must succeed."""
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=600, **options)
    assert done.returncode == 0, done.stdout + done.stderr


def test_python(tmp_path: Path) -> None:
    well_known = Path(grpc_tools.__file__).parent / "_proto"
    run(sys.executable, "-m", "grpc_tools.protoc", f"-I{PROTOS}", f"-I{PROTOS / 'upstream'}",
        f"-I{well_known}", f"--python_out={tmp_path}", f"--pyi_out={tmp_path}",
        f"--grpc_python_out={tmp_path}", *FILES)
    names = [name.removesuffix(".proto").replace("/", ".") + "_pb2_grpc" for name in FILES]
    # In a process of its own: the types of inference are Triton's in others.
    run(sys.executable, "-c", "\n".join(f"import {name}" for name in names), cwd=tmp_path)


def test_java(tmp_path: Path) -> None:
    protoc(f"--java_out={tmp_path}")
    classes = [path.stem for path in (tmp_path / "vigie/v1").glob("*.java")]
    # A class for each message, as java_multiple_files says, under the package of the proto.
    assert {"RowBlock", "ScoreRowsRequest", "AssessRequest", "ModelIdentity"} <= set(classes)
    assert (tmp_path / "inference/ModelInferRequest.java").exists()
    compiler = shutil.which("javac")
    if compiler is None or not JAVA_LIBRARY.exists():
        pytest.skip("javac or libprotobuf-java is not here")
    sources = [str(path) for path in tmp_path.rglob("*.java")]
    run(compiler, "-nowarn", "-cp", str(JAVA_LIBRARY), "-d", str(tmp_path / "out"), *sources)


def test_go(tmp_path: Path) -> None:
    if shutil.which("protoc-gen-go") is None or shutil.which("go") is None:
        pytest.skip("go or protoc-gen-go is not here")
    protoc(f"--go_out={tmp_path}")
    assert (tmp_path / "vigie/v1/scoring_service.pb.go").read_text().count("package vigiev1") == 1
    (tmp_path / "go.mod").write_text("module vigie\n")
    run("go", "vet", "./...", cwd=tmp_path)
