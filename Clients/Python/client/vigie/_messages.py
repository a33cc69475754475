# SPDX-License-Identifier: Apache-2.0
"""Messages of the API that are not bulk, by the descriptors of `Protos/`.

They come from `messages.binpb`, which is the committed `Protos/vigie-v1.binpb`, and not from
generated code: that would ask for one version of the protobuf package, which a notebook's other
packages want to choose. They stand in a pool of their own, beside any stubs that a program has.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any, Mapping

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory


@lru_cache(maxsize=None)
def _pool() -> Any:
    data = resources.files(__package__).joinpath("messages.binpb").read_bytes()
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(data).file:
        pool.AddSerializedFile(file.SerializeToString())
    return pool


@lru_cache(maxsize=None)
def message(name: str) -> Any:
    """The class of the message `name` of vigie.v1."""
    return message_factory.GetMessageClass(_pool().FindMessageTypeByName(f"vigie.v1.{name}"))


@lru_cache(maxsize=None)
def enum_names(name: str) -> tuple[str, ...]:
    """The names of an enum of vigie.v1 by number, without what they all begin with."""
    values = _pool().FindEnumTypeByName(f"vigie.v1.{name}").values
    prefix = values[0].name.removesuffix("UNSPECIFIED")
    names = {value.number: value.name.removeprefix(prefix) for value in values}
    return tuple(names.get(number, str(number)) for number in range(max(names) + 1))


def from_mapping(name: str, values: Mapping[str, Any]) -> Any:
    """A message of the values of a dict, in the form of protobuf's JSON.

    Raises:
        ValueError: A key that is no field, or a value that its field does not take.
    """
    try:
        return json_format.ParseDict(dict(values), message(name)())
    except json_format.ParseError as error:
        raise ValueError(str(error)) from None


def to_mapping(value: Any) -> dict[str, Any]:
    """What is set in a message, as a dict: whole numbers as such, enums by their names."""
    return {field.name: _plain(field, content) for field, content in value.ListFields()}


def _plain(field: Any, content: Any) -> Any:
    entry = field.message_type
    if entry is not None and entry.GetOptions().map_entry:
        of_value = entry.fields_by_name["value"]
        return {key: _single(of_value, content[key]) for key in content}
    # A list tells itself by what can be done to it; what `label` said is being taken away.
    if hasattr(content, "extend"):
        return [_single(field, each) for each in content]
    return _single(field, content)


def _single(field: Any, content: Any) -> Any:
    if field.message_type is not None:
        return to_mapping(content)
    if field.enum_type is not None:
        named = field.enum_type.values_by_number.get(content)
        return content if named is None else named.name
    return content
