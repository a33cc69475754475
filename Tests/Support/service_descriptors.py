# SPDX-License-Identifier: Apache-2.0
"""Writes what server reflection tells: the files of the served services, and where each name is.

Usage: service_descriptors.py DESCRIPTORS DIRECTORY PROTO...

DESCRIPTORS is what `protoc --include_imports --descriptor_set_out` writes. Of it, the files named
and all that they import go to DIRECTORY/descriptors.binpb, without comments, each a field of a
FileDescriptorSet, and of a FileDescriptorResponse, at a place that service_descriptors.c tells.
"""

import sys
from pathlib import Path

from google.protobuf import descriptor_pb2

HEAD = """\
// SPDX-License-Identifier: Apache-2.0
//
// Written by Tests/Support/service_descriptors.py; do not edit.
"""


def wanted(files, names):
    """The files of these names and all that they import, by name."""
    found, todo = {}, list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found[name] = files[name]
            todo += files[name].dependency
    return dict(sorted(found.items()))


def closure(files, name):
    """The file and all that it imports, each once, those first that are nearest."""
    order = [name]
    for each in order:
        order += [other for other in files[each].dependency if other not in order]
    return order


def symbols(file):
    """Full names of all that a file declares."""
    scope = f"{file.package}." if file.package else ""

    def enum(value, outer):
        yield outer + value.name
        # As in C++, the values of an enum are beside it.
        yield from (outer + entry.name for entry in value.value)

    def message(value, outer):
        name = outer + value.name
        yield name
        for list_ in (value.field, value.oneof_decl, value.extension):
            yield from (f"{name}.{entry.name}" for entry in list_)
        for entry in value.nested_type:
            yield from message(entry, f"{name}.")
        for entry in value.enum_type:
            yield from enum(entry, f"{name}.")

    for entry in file.message_type:
        yield from message(entry, scope)
    for entry in file.enum_type:
        yield from enum(entry, scope)
    for entry in file.service:
        yield scope + entry.name
        yield from (f"{scope}{entry.name}.{method.name}" for method in entry.method)


def messages(file):
    """Full names of the messages of a file."""
    def inner(list_, outer):
        for entry in list_:
            yield outer + entry.name
            yield from inner(entry.nested_type, f"{outer}{entry.name}.")

    yield from inner(file.message_type, f"{file.package}." if file.package else "")


def code(files, places):
    """The tables, in C."""
    numbers = {name: index for index, name in enumerate(files)}
    lines = [HEAD, '#include "CServiceDescriptors.h"', "",
             "// #embed is C23; clang has it in earlier modes too.",
             '#pragma clang diagnostic ignored "-Wc23-extensions"', "",
             "static const unsigned char bytes[] = {", '#embed "descriptors.binpb"', "};", ""]
    for name, number in numbers.items():
        imports = ", ".join(str(numbers[other]) for other in closure(files, name))
        lines.append(f"static const unsigned short closure_{number}[] = {{{imports}}};")
    lines += ["", "static const vigie_descriptor_file files[] = {"]
    for name, number in numbers.items():
        start, length = places[name]
        count = len(closure(files, name))
        lines.append(f'    {{"{name}", bytes + {start}, {length}, closure_{number}, {count}}},')
    lines += ["};", "", "// In the order of their bytes.",
              "static const vigie_descriptor_symbol symbols[] = {"]
    rows = {}
    for name, file in files.items():
        kinds = set(messages(file))
        for symbol in symbols(file):
            rows[symbol] = (numbers[name], symbol in kinds)
    for symbol in sorted(rows, key=str.encode):
        number, is_message = rows[symbol]
        lines.append(f'    {{"{symbol}", {number}, {str(is_message).lower()}}},')
    lines += ["};", "", "const vigie_descriptor_file *vigie_descriptor_files(size_t *count) {",
              "    *count = sizeof files / sizeof files[0];", "    return files;", "}", "",
              "const vigie_descriptor_symbol *vigie_descriptor_symbols(size_t *count) {",
              "    *count = sizeof symbols / sizeof symbols[0];", "    return symbols;", "}", ""]
    return "\n".join(lines)


def main(descriptors, directory, protos):
    """Writes both files."""
    known = descriptor_pb2.FileDescriptorSet.FromString(Path(descriptors).read_bytes())
    files = wanted({file.name: file for file in known.file}, protos)
    data, places = bytearray(), {}
    for name, file in files.items():
        # proto2 with extensions would need tables that nobody has asked for yet.
        if file.extension:
            sys.exit(f"{name}: extensions are not told by server reflection yet")
        file.ClearField("source_code_info")
        # Both messages have the file as their field 1: it is sent as it lies here.
        encoded = descriptor_pb2.FileDescriptorSet(file=[file]).SerializeToString(
            deterministic=True)
        places[name] = (len(data), len(encoded))
        data += encoded
    Path(directory, "descriptors.binpb").write_bytes(bytes(data))
    Path(directory, "service_descriptors.c").write_text(code(files, places))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
