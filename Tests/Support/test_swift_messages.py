# SPDX-License-Identifier: Apache-2.0
"""What the generator of Swift messages calls things, and what it refuses."""

import subprocess
import sys
from pathlib import Path

import pytest

import swift_names as names

SUPPORT = Path(__file__).resolve().parent


@pytest.mark.parametrize("proto, swift", [
    ("page_size", "pageSize"), ("id", "id"), ("model_id", "modelID"), ("type_url", "typeURL"),
    ("int32s", "int32s"), ("sha256_hash", "sha256Hash"), ("x", "x"), ("soIsThis", "soIsThis"),
])
def test_fields(proto: str, swift: str) -> None:
    assert names.lower_camel(proto) == swift


@pytest.mark.parametrize("enum, value, swift", [
    ("ScoreOutput", "SCORE_OUTPUT_RISK_CLASS", "riskClass"), ("Colour", "COLOUR_2", "colour2"),
    ("ServingStatus", "SERVING", "serving"), ("ServingStatus", "NOT_SERVING", "notServing"),
    ("Colour", "COLOUR", "colour"), ("HTTPMethod", "HTTP_METHOD_GET", "get"),
])
def test_cases(enum: str, value: str, swift: str) -> None:
    assert names.case(enum, value) == swift


def generated(directory: Path, proto: str, *options: str) -> tuple[str, str]:
    """What the generator writes of a proto, and what it says."""
    (directory / "a.proto").write_text(proto)
    subprocess.run(["protoc", "-I", directory, "--include_imports", "--include_source_info",
                    f"--descriptor_set_out={directory}/set", "a.proto"], check=True)
    done = subprocess.run([sys.executable, SUPPORT / "swift_messages.py", *options,
                           directory / "set", directory, "a.proto"], capture_output=True, text=True)
    code = directory / "a.pb.swift"
    return code.read_text() if code.exists() else "", done.stderr


@pytest.mark.parametrize("proto, word", [
    ('syntax = "proto2"; message A { optional int32 a = 1; }', "proto2"),
    ('syntax = "proto3"; enum A { option allow_alias = true; B = 0; C = 0; }', "A: option allow_"),
    ('syntax = "proto3"; import "google/protobuf/struct.proto";'
     " message A { google.protobuf.Struct b = 1; }", "A.b: google.protobuf.Struct"),
    ('syntax = "proto3"; import "google/protobuf/descriptor.proto";'
     " extend google.protobuf.FieldOptions { string x = 50000; }", "extensions"),
    ('syntax = "proto3"; message A { A b = 1; bool has_b = 2; }', "A: two members would be called"),
    ('syntax = "proto3"; message A { bool a_b = 1; oneof aB { bool c = 2; } }', "called aB"),
])
def test_what_is_not_done_is_refused_by_name(tmp_path: Path, proto: str, word: str) -> None:
    code, said = generated(tmp_path, proto)
    assert word in said and not code


def test_comments_and_closed_messages(tmp_path: Path) -> None:
    proto = 'syntax = "proto3"; package p;\n// What it is.\nmessage A {\n reserved 2, 5 to 6;\n' \
        " // A number.\n int32 a = 1; }"
    code, said = generated(tmp_path, proto, "--closed")
    assert not said
    assert "/// What it is.\npackage struct P_A: ProtobufMessage {" in code
    assert "    /// A number.\n    package var a: Int32 = 0" in code
    assert "case 2, 5, 6: break" in code and "unknownField = " in code
    assert "unknownField" not in generated(tmp_path, proto)[0]
