# SPDX-License-Identifier: Apache-2.0
"""Writes Swift messages, for the module ProtobufCoding, of protos.

Usage: swift_messages.py [--closed] DESCRIPTORS DIRECTORY PROTO...

DESCRIPTORS is what `protoc --include_imports --include_source_info --descriptor_set_out` writes.
It does all of proto3 but extensions and other names for a value of an enum, and refuses what it
does not do by its name. With --closed each message tells, as `unknownField`, the first number of
a field that its proto neither declares nor has as `reserved`.
"""

import sys
from pathlib import Path

from google.protobuf import descriptor_pb2

import swift_names as names
from swift_fields import Field

HEADER = """\
// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from {path}; do not edit.

package import ProtobufCoding
"""

# Messages of google.protobuf that ProtobufCoding has.
KNOWN = {
    f".google.protobuf.{name}": f"Google_Protobuf_{name}"
    for name in ("Any", "Duration", "Timestamp")
}


class Refusal(Exception):
    """Something that this generator does not do."""


class Types:
    """What the types of some files are called in Swift."""

    def __init__(self, files):
        self.swift = dict(KNOWN)
        self.messages = {}
        self.enums = {}
        for file in files:
            if file.syntax != "proto3":
                raise Refusal(f"{file.name}: {file.syntax or 'proto2'}; write proto3")
            if file.extension:
                raise Refusal(f"{file.name}: extensions")
            scope = f".{file.package}" if file.package else ""
            self.add(file.message_type, file.enum_type, scope, names.prefix(file), "")

    def add(self, messages, enums, scope, prefix, outer):
        """Takes the types of one scope in; `outer` is the message around them."""
        for kind, known, list_ in (("Message", self.messages, messages),
                                   ("Enum", self.enums, enums)):
            for item in list_:
                full = f"{scope}.{item.name}"
                inner = names.nested_type(item.name, kind) if outer else prefix + item.name
                self.swift[full] = f"{outer}.{inner}" if outer else inner
                known[full] = item
        for item in messages:
            if item.extension or item.extension_range:
                raise Refusal(f"{scope}.{item.name}: extensions")
            full = f"{scope}.{item.name}"
            self.add(item.nested_type, item.enum_type, full, prefix, self.swift[full])

    def name(self, full, where):
        """The Swift name of a type that a field has."""
        if full not in self.swift:
            raise Refusal(f"{where}: {full[1:]}; name its proto too, so that it is written")
        return self.swift[full]


class Writer:
    """The code of one file."""

    def __init__(self, file, types, closed):
        self.file, self.types, self.closed = file, types, closed
        self.lines = HEADER.format(path=file.name).splitlines()
        self.comments = {
            tuple(place.path): place.leading_comments for place in file.source_code_info.location
        }
        scope = f".{file.package}" if file.package else ""
        for index, enum in enumerate(file.enum_type):
            self.enum(enum, f"{scope}.{enum.name}", (5, index), 0)
        for index, message in enumerate(file.message_type):
            self.message(message, f"{scope}.{message.name}", (4, index), 0)

    def add(self, depth, *lines):
        """Adds lines, each a string of one or more."""
        for text in lines:
            self.lines += ["    " * depth + line if line else "" for line in text.split("\n")]

    def comment(self, path, depth):
        """Adds what the proto says of something."""
        for line in self.comments.get(path, "").rstrip("\n").splitlines():
            self.add(depth, ("///" + line).rstrip())

    def enum(self, enum, full, path, depth):
        """Adds an enum, which holds numbers that it does not know too."""
        if enum.options.allow_alias:
            raise Refusal(f"{full[1:]}: option allow_alias")
        name = self.types.swift[full].split(".")[-1]
        cases = [names.member(names.case(enum.name, value.name)) for value in enum.value]
        unique(cases, full)
        self.add(depth, "")
        self.comment(path, depth)
        self.add(depth, f"package enum {name}: Sendable, Equatable {{")
        for index, case in enumerate(cases):
            self.comment(path + (2, index), depth + 1)
            self.add(depth + 1, f"case {case}")
        self.add(depth + 1, "/// A value that the proto does not have, by its number.",
                 "case UNRECOGNIZED(Int)", "", "/// All values of the proto.",
                 "package static var allCases: [Self] {",
                 "    [" + ", ".join(f".{case}" for case in cases) + "]", "}",
                 "", f"/// Makes `{cases[0]}`.", f"package init() {{ self = .{cases[0]} }}", "",
                 "/// The value of a number.", "package init(rawValue: Int) {",
                 "    switch rawValue {")
        self.add(depth + 2, *(f"case {value.number}: self = .{case}"
                              for value, case in zip(enum.value, cases)))
        self.add(depth + 2, "default: self = .UNRECOGNIZED(rawValue)", "}")
        self.add(depth + 1, "}", "", "/// The number of the value.",
                 "package var rawValue: Int {", "    switch self {")
        self.add(depth + 2, *(f"case .{case}: {value.number}"
                              for value, case in zip(enum.value, cases)))
        self.add(depth + 2, "case .UNRECOGNIZED(let number): number", "}")
        self.add(depth + 1, "}", "", "/// Whether two values have the same number.",
                 "package static func == (left: Self, right: Self) -> Bool {",
                 "    left.rawValue == right.rawValue", "}")
        self.add(depth, "}")

    def message(self, message, full, path, depth):
        """Adds a message with the types inside of it."""
        name = self.types.swift[full].split(".")[-1]
        fields = [Field(field, index, message, full, self.types)
                  for index, field in enumerate(message.field)]
        self.add(depth, "")
        self.comment(path, depth)
        self.add(depth, f"package struct {name}: ProtobufMessage {{")
        oneofs = {field.oneof_name for field in fields if field.oneof is not None}
        unique([name for field in fields for name in field.members] + sorted(oneofs), full)
        inside = depth + 1
        for field in fields:
            self.comment(path + (2, field.index), inside)
            self.add(inside, *field.declaration())
        if self.closed:
            self.add(inside, "/// Number of the first field that nobody knows.",
                     "package var unknownField: Int?", "")
        self.oneofs(message, fields, path, inside)
        self.add(inside, "/// The type's full name.",
                 f'package static var protoMessageName: String {{ "{full[1:]}" }}', "",
                 "/// Makes a message without any field.", "package init() {}", "")
        self.merge(message, fields, inside)
        self.add(inside, "", "/// Writes all fields.",
                 "package func write(to writer: inout ProtobufWriter) {")
        for field in sorted(fields, key=lambda field: field.number):
            self.add(inside + 1, *field.writing())
        self.add(inside, "}")
        for index, enum in enumerate(message.enum_type):
            self.enum(enum, f"{full}.{enum.name}", path + (4, index), inside)
        for index, nested in enumerate(message.nested_type):
            if not nested.options.map_entry:
                self.message(nested, f"{full}.{nested.name}", path + (3, index), inside)
        self.add(depth, "}")

    def oneofs(self, message, fields, path, depth):
        """Adds the choices of a message."""
        for index, oneof in enumerate(message.oneof_decl):
            chosen = [field for field in fields if field.oneof == index]
            if not chosen:
                continue
            self.comment(path + (8, index), depth)
            kind = "OneOf_" + names.upper_camel(oneof.name)
            self.add(depth, f"package var {chosen[0].oneof_name}: {kind}?", "")
            self.comment(path + (8, index), depth)
            # A choice may have the message that it is of inside.
            boxed = "indirect " if any(field.is_message for field in chosen) else ""
            self.add(depth, f"package {boxed}enum {kind}: Sendable {{")
            for field in chosen:
                self.comment(path + (2, field.index), depth + 1)
                self.add(depth + 1, f"case {field.member}({field.swift})")
            self.add(depth, "}", "")

    def merge(self, message, fields, depth):
        """Adds the function that reads the fields."""
        self.add(depth, "/// Adds all fields that a reader has left.",
                 "package mutating func merge(from reader: inout ProtobufReader) "
                 "throws(ProtobufError) {",
                 "    while let tag = try reader.nextTag() {")
        inside = depth + 2
        if fields:
            self.add(inside, "switch tag {")
            for field in fields:
                self.add(inside, *field.reading())
            self.add(inside, "default:")
            inside += 1
        if self.closed:
            passed = [str(number) for reserved in message.reserved_range
                      for number in range(reserved.start, reserved.end)]
            check = "unknownField = unknownField ?? Int(tag >> 3)"
            if passed:
                self.add(inside, "switch tag >> 3 {", f"case {', '.join(passed)}: break",
                         f"default: {check}", "}")
            else:
                self.add(inside, check)
        self.add(inside, "try reader.skip(tag)")
        if fields:
            self.add(inside - 1, "}")
        self.add(depth + 1, "}")
        self.add(depth, "}")


def unique(members, where):
    """Refuses two members of one name."""
    twice = sorted({name for name in members if members.count(name) > 1})
    if twice:
        raise Refusal(f"{where[1:]}: two members would be called {twice[0]}")


def main(arguments):
    closed = arguments[:1] == ["--closed"]
    source, directory, *wanted = arguments[closed:]
    descriptors = descriptor_pb2.FileDescriptorSet.FromString(Path(source).read_bytes())
    files = [file for file in descriptors.file if file.name in wanted]
    try:
        types = Types(files)
        for file in files:
            lines = Writer(file, types, closed).lines
            Path(directory, names.file_name(file.name)).write_text("\n".join(lines) + "\n")
    except Refusal as refusal:
        sys.exit(f"swift_messages.py: not done: {refusal}")


if __name__ == "__main__":
    main(sys.argv[1:])
