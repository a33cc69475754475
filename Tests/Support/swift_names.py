# SPDX-License-Identifier: Apache-2.0
"""Swift names of what protos declare: the same as swift-protobuf's, which many people know."""

import re

# Words that Swift writers have in capitals.
INITIALISMS = {"id", "url", "http", "https"}

# Members that a Swift name cannot be, or that would hide what every message has.
RESERVED_MEMBERS = {
    "self", "init", "Type", "Protocol", "description", "debugDescription", "hashValue",
    "protoMessageName", "serializedBytes", "merge", "write", "with", "unknownField",
}
# Types inside of messages that would hide what their code uses.
RESERVED_TYPES = {
    "Type", "Protocol", "Self", "Any", "Array", "Bool", "Dictionary", "Double", "Float", "Int",
    "Int32", "Int64", "Optional", "Sendable", "String", "UInt32", "UInt64", "UInt8",
}
KEYWORDS = set(
    "as associatedtype break case catch class continue default defer deinit do else enum "
    "extension fallthrough false fileprivate for func guard if import in inout internal is let "
    "nil operator private protocol public repeat rethrows return static struct subscript super "
    "switch throw throws true try typealias var where while".split()
)


def words(name: str) -> list[str]:
    """The words of a name in any of the usual spellings."""
    return re.findall(r"[A-Z][A-Z0-9]*(?![a-z])|[A-Z]?[a-z][a-z0-9]*|\d+", name)


def upper_camel(name: str) -> str:
    """SCORE_OUTPUT, score_output and scoreOutput as ScoreOutput."""
    return "".join(
        word.upper() if word.lower() in INITIALISMS else word[0].upper() + word[1:].lower()
        for word in words(name)
    )


def lower_camel(name: str) -> str:
    """page_size as pageSize."""
    first, *rest = words(name) or [name]
    return first.lower() + upper_camel("_".join(rest))


def member(name: str) -> str:
    """The name of a field or case, written so that Swift takes it."""
    if name in RESERVED_MEMBERS:
        return name + "_p"
    return f"`{name}`" if name in KEYWORDS else name


def prefix(file) -> str:
    """What the names of a file's types begin with: Vigie_V1_ for the package vigie.v1."""
    if file.options.HasField("swift_prefix"):
        return file.options.swift_prefix
    parts = [part for part in file.package.split(".") if part]
    return "".join(
        "".join(word[:1].upper() + word[1:] for word in part.split("_")) + "_" for part in parts
    )


def nested_type(name: str, kind: str) -> str:
    """The name of a type inside of a message; `kind` is Message or Enum."""
    return name + kind if name in RESERVED_TYPES else name


def case(enum: str, value: str) -> str:
    """SCORE_OUTPUT_RISK_CLASS of the enum ScoreOutput as riskClass."""
    known = "".join(words(enum)).lower()
    rest, begun = words(value), ""
    while rest and len(begun) < len(known):
        begun += rest.pop(0).lower()
    if begun == known and rest and not rest[0].isdigit():
        return lower_camel("_".join(rest))
    return lower_camel(value)


def file_name(path: str) -> str:
    """vigie/v1/model_service.proto as vigie_v1_model_service.pb.swift."""
    return path.removesuffix(".proto").replace("/", "_") + ".pb.swift"
