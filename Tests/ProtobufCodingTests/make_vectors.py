# SPDX-License-Identifier: Apache-2.0
"""Writes Vectors/messages.txt: what Google's Python protobuf makes of messages of everything.proto.

Usage: .venv/bin/python Tests/ProtobufCodingTests/make_vectors.py

A line has bytes that are read and, behind a blank, the bytes that the message is then written as,
or "refused", all in hexadecimal. The first line is the message that `known` makes.
"""

import random
import subprocess
import tempfile
from pathlib import Path

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor import FieldDescriptor as Kind
from google.protobuf.message import DecodeError

HERE = Path(__file__).resolve().parent
SAMPLES = 120

# Edges of each type.
VALUES = {
    Kind.CPPTYPE_DOUBLE: [0.0, -0.0, 1.5, -1e300, 5e-324, float("inf"), float("nan")],
    Kind.CPPTYPE_FLOAT: [0.0, -0.0, 1.5, -3.4e38, float("-inf"), float("nan")],
    Kind.CPPTYPE_INT32: [0, 1, -1, 127, 128, 2**31 - 1, -(2**31)],
    Kind.CPPTYPE_INT64: [0, 1, -1, 300, 2**63 - 1, -(2**63)],
    Kind.CPPTYPE_UINT32: [0, 1, 127, 128, 16383, 16384, 2**32 - 1],
    Kind.CPPTYPE_UINT64: [0, 1, 128, 2**32, 2**63, 2**64 - 1],
    Kind.CPPTYPE_BOOL: [False, True],
    Kind.CPPTYPE_ENUM: [0, 1, 2, 3, -1, 42, -(2**31)],
}
# A Swift dictionary takes texts for equal that differ only in how an accent is composed.
TEXTS = ["", "a", "A much longer text, so that it is longer than 15 bytes", "é",
         "\U0001F9FE", "\0"]


def everything():
    """The class of the message."""
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run(["protoc", "-I", HERE / "Protos", "--include_imports",
                        f"--descriptor_set_out={file.name}", "everything.proto"], check=True)
        files = descriptor_pb2.FileDescriptorSet.FromString(file.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("vigie.test.Everything"))


def value(field, depth):
    """A random value of a field that is no message."""
    if field.type == Kind.TYPE_BYTES:
        return random.randbytes(random.choice([0, 1, 5, 140]))
    if field.type == Kind.TYPE_STRING:
        return random.choice(TEXTS)
    return random.choice(VALUES[field.cpp_type])


def fill(message, share, depth=0):
    """Sets some of the fields of a message."""
    for field in message.DESCRIPTOR.fields:
        if random.random() > share:
            continue
        if field.message_type and field.message_type.GetOptions().map_entry:
            fill_map(getattr(message, field.name), field.message_type, share, depth)
        elif field.is_repeated:
            list_ = getattr(message, field.name)
            for _ in range(random.choice([1, 2, 5])):
                if field.message_type:
                    fill(list_.add(), share if depth < 2 else 0, depth + 1)
                else:
                    list_.append(value(field, depth))
        elif field.message_type:
            part = getattr(message, field.name)
            part.SetInParent()
            fill(part, share if depth < 3 else 0, depth + 1)
        else:
            setattr(message, field.name, value(field, depth))


def fill_map(map_, entry, share, depth):
    """Sets some entries of a map."""
    key, item = entry.fields_by_name["key"], entry.fields_by_name["value"]
    for _ in range(random.choice([1, 2, 4])):
        if item.message_type:
            fill(map_[value(key, depth)], share if depth < 2 else 0, depth + 1)
        else:
            map_[value(key, depth)] = value(item, depth)


def known(message_class):
    """The message that the test in Swift makes too."""
    message = message_class(
        plain_double=-0.5, plain_float=0.25, plain_int32=-7, plain_int64=-(2**63),
        plain_uint32=2**32 - 1, plain_uint64=2**64 - 1, plain_sint32=-(2**31),
        plain_sint64=2**63 - 1, plain_fixed32=0xDEADBEEF, plain_fixed64=1, plain_sfixed32=-2,
        plain_sfixed64=-3, plain_bool=True, plain_string="é", plain_bytes=b"\0\xff",
        plain_colour=-1, optional_double=0, optional_int32=0, optional_bool=False,
        optional_string="", optional_bytes=b"", optional_colour=0, doubles=[1, 2],
        floats=[float("inf")], int32s=[-1, 0, 1], sint64s=[-64, 64], fixed32s=[1, 2],
        bools=[True, False], strings=["a", "", "b"], blobs=[b"", b"x"], colours=[2, 99],
        loose_uint64s=[0, 300], double_by_name={"b": 1, "a": 0}, name_by_number={-1: "x", 2: ""},
        colour_by_number={2**63: 3}, bytes_by_name={"": b"z"}, last=5,
    )
    message.parts.add(name="p", values=[-1, 1])
    message.parts.add()
    message.part_by_choice[False].name = "no"
    message.part_by_choice[True].SetInParent()
    message.grown.left.left.value = -3
    message.grown.by_name["t"].detour.tree.inside.value = 1
    message.own_part.name = "own"
    message.any.Pack(message.own_part)
    message.duration.seconds, message.duration.nanos = -1, -500_000_000
    message.timestamp.seconds = 1_750_000_000
    message.empty.SetInParent()
    message.inner.type, message.inner.key["k"], message.inner.self = 2, "v", 0
    message.inner.writer.SetInParent()
    return message


def varint(number):
    """An integer of seven bits a byte."""
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def unusual(data):
    """Fields that nobody knows, groups among them, wrong wire types, lists that are packed or not
    where usual writers do otherwise: what a sound writer may write too."""
    strange = [varint(91 << 3) + varint(7), varint(92 << 3 | 1) + bytes(8),
               varint(93 << 3 | 2) + varint(3) + b"abc", varint(94 << 3 | 5) + bytes(4),
               varint(95 << 3 | 3) + varint(1 << 3) + varint(1) + varint(95 << 3 | 4),
               varint(1 << 3) + varint(9), varint(14 << 3 | 5) + bytes(4),
               varint(33 << 3 | 2) + varint(3) + b"\1\2\3", varint(33 << 3) + varint(2**64 - 1),
               varint(32 << 3 | 5) + bytes(4), varint(40 << 3 | 2) + varint(2) + b"\4\5"]
    return b"".join(random.sample(strange, 4)) + data + b"".join(random.sample(strange, 4))


def damaged(data):
    """Bytes with something changed, put in or left out."""
    data = bytearray(data)
    for _ in range(random.choice([1, 1, 2])):
        place = random.randrange(len(data) + 1)
        match random.randrange(4):
            case 0: data = data[:place]
            case 1: data[place:place + 1] = bytes([random.randrange(256)])
            case 2: data[place:place] = random.choice([b"\x80", b"\xff\xff\xff\xff\x0f", b"\0"])
            case 3: del data[place:place + 1]
    return bytes(data)


def tagged(number, data):
    """A field that has a length."""
    return varint(number << 3 | 2) + varint(len(data)) + data


def canonical(message):
    """The message as bytes, maps in the order of their keys, in which Python has none."""
    out = b""
    for field, found in message.ListFields():
        if field.message_type and field.message_type.GetOptions().map_entry:
            for key in sorted(found):
                out += entry(message, field, key, found[key])
        elif field.message_type:
            for part in found if field.is_repeated else [found]:
                out += tagged(field.number, canonical(part))
        else:
            one = type(message)()
            if field.is_repeated:
                getattr(one, field.name).extend(found)
            else:
                setattr(one, field.name, found)
            out += one.SerializeToString()
    return out


def entry(message, field, key, value):
    """An entry of a map."""
    one = type(message)()
    map_ = getattr(one, field.name)
    if not field.message_type.fields_by_name["value"].message_type:
        map_[key] = value
        return one.SerializeToString()
    map_[key].SetInParent()
    data = one.SerializeToString()
    # Tag (of two bytes where the number is above 15) and length, then the key and an empty value.
    start = len(varint(field.number << 3)) + 1
    return tagged(field.number, data[start:-2] + tagged(2, canonical(value)))


def line(message_class, data):
    """What Python makes of some bytes."""
    message = message_class()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return f"{data.hex()} refused"
    message.DiscardUnknownFields()
    return f"{data.hex()} {canonical(message).hex()}"


def main():
    random.seed(1)
    message_class = everything()
    lines = [line(message_class, canonical(known(message_class)))]
    for _ in range(SAMPLES):
        parts = []
        for _ in range(2):
            message = message_class()
            fill(message, random.choice([0.05, 0.1, 0.2]))
            parts.append(canonical(message))
        lines.append(line(message_class, parts[0]))
        lines.append(line(message_class, unusual(parts[0])))
        # Two messages one after the other are one that has the fields of both.
        lines.append(line(message_class, parts[0] + parts[1]))
        lines += [line(message_class, damaged(parts[1][:400])) for _ in range(3)]
    (HERE / "Vectors/messages.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
