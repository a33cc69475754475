# SPDX-License-Identifier: Apache-2.0
"""Writes the OpenAPI 3.1 document of what can be called with JSON: POST /v1/SERVICE/METHOD.

Usage: openapi_document.py DESCRIPTORS FILE PROTO...

DESCRIPTORS is what `protoc --include_imports --include_source_info --descriptor_set_out` writes.
Schemas are those of what the server writes and reads (Sources/Base/MessageJSON): whole numbers of
64 bits as texts, enumerations by name, bytes in base 64, names in camel case. The services of the
PROTOs of package vigie.v1 are told, but for methods of streams and those of LEFT_OUT.
"""

import json
import sys
from pathlib import Path

from google.protobuf import descriptor_pb2

PACKAGE = "vigie.v1."
# Methods of one message each way that take or give much at a time, or are ended when their caller
# goes: for gRPC alone. A test holds it against what servers answer.
LEFT_OUT = {"ScoringService/ScoreRows", "AlertService/TryRule"}
LEFT_OUT_SERVICES = {"PolicyService"}
FIELD = descriptor_pb2.FieldDescriptorProto
WHOLE = {
    FIELD.TYPE_INT32: (-2**31, 2**31 - 1), FIELD.TYPE_SINT32: (-2**31, 2**31 - 1),
    FIELD.TYPE_SFIXED32: (-2**31, 2**31 - 1), FIELD.TYPE_UINT32: (0, 2**32 - 1),
    FIELD.TYPE_FIXED32: (0, 2**32 - 1),
}
LONG = {FIELD.TYPE_INT64, FIELD.TYPE_SINT64, FIELD.TYPE_SFIXED64}
LONG_UNSIGNED = {FIELD.TYPE_UINT64, FIELD.TYPE_FIXED64}


class Messages:
    """Messages and enumerations by full name, with what their comments say."""

    def __init__(self, files):
        self.messages, self.enums, self.words = {}, {}, {}
        for file in files:
            comments = {tuple(place.path): place.leading_comments.strip()
                        for place in file.source_code_info.location}
            scope = f"{file.package}." if file.package else ""
            for number, enum in enumerate(file.enum_type):
                self.add_enum(enum, scope, (5, number), comments)
            for number, message in enumerate(file.message_type):
                self.add(message, scope, (4, number), comments)
            for number, service in enumerate(file.service):
                self.words[scope + service.name] = comments.get((6, number), "")
                for place, method in enumerate(service.method):
                    key = f"{scope}{service.name}.{method.name}"
                    self.words[key] = comments.get((6, number, 2, place), "")

    def add(self, message, scope, path, comments):
        """Adds a message, and those within it."""
        name = scope + message.name
        self.messages[name] = message
        self.words[name] = comments.get(path, "")
        for number, field in enumerate(message.field):
            self.words[f"{name}.{field.name}"] = comments.get((*path, 2, number), "")
        for number, nested in enumerate(message.nested_type):
            self.add(nested, name + ".", (*path, 3, number), comments)
        for number, enum in enumerate(message.enum_type):
            self.add_enum(enum, name + ".", (*path, 4, number), comments)

    def add_enum(self, enum, scope, path, comments):
        """Adds an enumeration, with what each of its values means."""
        name = scope + enum.name
        self.enums[name] = enum
        lines = [comments.get(path, "")] + [
            f"- `{value.name}`: {one_line(comments.get((*path, 2, number), ''))}"
            for number, value in enumerate(enum.value)]
        self.words[name] = "\n".join(line for line in lines if line)


def one_line(text):
    """The text on one line, as a paragraph."""
    return " ".join(text.split())


def paragraphs(text):
    """The paragraphs of a comment, each on one line; lists stay as they are."""
    return "\n\n".join(part if "\n- " in f"\n{part}" else one_line(part)
                       for part in text.split("\n\n") if part.strip())


class Schemas:
    """The schemas of messages that are used."""

    def __init__(self, messages):
        self.messages, self.made = messages, {}

    def reference(self, name):
        """A reference to the schema of a message or an enumeration, which is made."""
        short = name.removeprefix(PACKAGE)
        if short not in self.made:
            self.made[short] = {}
            self.made[short] = (self.enum(name) if name in self.messages.enums
                                else self.message(name))
        return {"$ref": f"#/components/schemas/{short}"}

    def enum(self, name):
        """The schema of an enumeration: the names of its values."""
        values = [value.name for value in self.messages.enums[name].value]
        return described({"type": "string", "enum": values}, self.messages.words[name])

    def message(self, name):
        """The schema of a message. What it does not have is refused in requests."""
        message = self.messages.messages[name]
        schema = {"type": "object", "additionalProperties": False}
        fields = {field.json_name: self.field(name, field) for field in message.field}
        if fields:
            schema["properties"] = fields
        pairs = []
        for number in range(len(message.oneof_decl)):
            members = [field.json_name for field in message.field
                       if field.HasField("oneof_index") and field.oneof_index == number]
            pairs += [{"required": [one, other]} for place, one in enumerate(members)
                      for other in members[place + 1:]]
        if pairs:
            schema["not"] = {"anyOf": pairs}
        return described(schema, self.messages.words[name])

    def field(self, name, field):
        """The schema of a field."""
        words = self.messages.words.get(f"{name}.{field.name}", "")
        entry = self.messages.messages.get(field.type_name.lstrip("."))
        if entry is not None and entry.options.map_entry:
            schema = {"type": "object", "additionalProperties": self.value(entry.field[1])}
        elif field.label == FIELD.LABEL_REPEATED:
            schema = {"type": "array", "items": self.value(field)}
        else:
            schema = self.value(field)
        return described(schema, words)

    def value(self, field):
        """The schema of one value of a field."""
        kind = field.type
        if kind in (FIELD.TYPE_MESSAGE, FIELD.TYPE_ENUM):
            return self.reference(field.type_name.lstrip("."))
        if kind in WHOLE:
            least, most = WHOLE[kind]
            return {"type": "integer", "minimum": least, "maximum": most}
        if kind in LONG:
            return {"type": "string", "format": "int64", "pattern": "^-?(0|[1-9][0-9]{0,18})$"}
        if kind in LONG_UNSIGNED:
            return {"type": "string", "format": "uint64", "pattern": "^(0|[1-9][0-9]{0,19})$"}
        if kind in (FIELD.TYPE_DOUBLE, FIELD.TYPE_FLOAT):
            return {"anyOf": [{"type": "number"},
                              {"type": "string", "enum": ["NaN", "Infinity", "-Infinity"]}]}
        if kind == FIELD.TYPE_BYTES:
            return {"type": "string", "contentEncoding": "base64"}
        return {"type": "boolean" if kind == FIELD.TYPE_BOOL else "string"}


def described(schema, words):
    """A schema with its words."""
    return {"description": paragraphs(words), **schema} if words else schema


def problem(words):
    """An answer that is a problem."""
    return {"description": words, "content": {"application/json": {
        "schema": {"$ref": "#/components/schemas/Problem"}}}}


PROBLEM = {
    "description": "Why a request cannot be fulfilled: the code, the reason and the words that "
                   "gRPC gives.",
    "type": "object",
    "required": ["code", "reason", "message"],
    "properties": {
        "code": {"type": "string", "description": "The code of gRPC, such as INVALID_ARGUMENT."},
        "reason": {"type": "string", "description": "What is wrong, for programs; it never "
                                                    "changes. Empty where the code says all."},
        "message": {"type": "string", "description": "What is wrong, and what to do."},
        "field": {"type": "string", "description": "The field at fault."},
        "metadata": {"type": "object", "additionalProperties": {"type": "string"},
                     "description": "The values in the message."},
    },
}
SESSION = {
    "description": "Who asks.",
    "type": "object",
    "required": ["tellsCallersApart"],
    "properties": {
        "tellsCallersApart": {"type": "boolean",
                              "description": "Whether the server tells callers apart."},
        "identity": {"type": "string", "description": "Who it is; absent for nobody known."},
        "roles": {"type": "array", "items": {"type": "string"}, "description": "His roles."},
    },
}


def other_paths():
    """What is asked in plain HTTP beside methods."""
    none = {"description": "Done.", "headers": {"set-cookie": {"schema": {"type": "string"}}}}
    link = {"type": "object", "required": ["link"], "additionalProperties": False,
            "properties": {"link": {"type": "string", "description": "The end of the link that "
                                    "`vigie dashboard open` prints."}}}
    return {
        "/v1/session": {
            "get": {
                "operationId": "DescribeSession", "tags": ["session"], "security": [{}],
                "summary": "Tells who asks.",
                "responses": {"200": {"description": "Who asks.", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Session"}}}}},
            },
            "post": {
                "operationId": "OpenSession", "tags": ["session"], "security": [{}],
                "summary": "Signs in by a link, for a cookie.",
                "requestBody": {"required": True,
                                "content": {"application/json": {"schema": link}}},
                "responses": {"204": none, "default": problem("It was not done.")},
            },
        },
        "/v1/session/end": {"post": {
            "operationId": "EndSession", "tags": ["session"], "security": [{}],
            "summary": "Signs out.", "responses": {"204": none},
        }},
        "/v1/live": {"get": {
            "operationId": "Live", "tags": ["live"],
            "summary": "Says, as server-sent events, that something happened to a portfolio.",
            "parameters": [
                {"name": "portfolio", "in": "query", "required": True,
                 "description": "The name of the portfolio.", "schema": {"type": "string"}},
                {"name": "last-event-id", "in": "header", "required": False,
                 "description": "The id of the last event that was heard.",
                 "schema": {"type": "string"}},
            ],
            "responses": {
                "200": {"description": "Events `begin` and `news`, each with an id.",
                        "content": {"text/event-stream": {"schema": {"type": "string"}}}},
                "default": problem("Nobody may listen there."),
            },
        }},
        "/v1/openapi.json": {"get": {
            "operationId": "DescribeInterface", "tags": ["interface"], "security": [{}],
            "summary": "This document.",
            "responses": {"200": {"description": "The document.", "content": {
                "application/json": {"schema": {"type": "object"}}}}},
        }},
    }


def method_paths(files, messages, schemas, names):
    """The paths of methods, and the services that they are of."""
    paths, tags = {}, []
    for file in files:
        if file.name not in names or file.package + "." != PACKAGE:
            continue
        for service in file.service:
            full = file.package + "." + service.name
            if service.name in LEFT_OUT_SERVICES:
                continue
            told = False
            for method in service.method:
                short = f"{service.name}/{method.name}"
                if method.client_streaming or method.server_streaming or short in LEFT_OUT:
                    continue
                told = True
                words = paragraphs(messages.words[f"{full}.{method.name}"])
                request = schemas.reference(method.input_type.lstrip("."))
                response = schemas.reference(method.output_type.lstrip("."))
                paths[f"/v1/{short}"] = {"post": {
                    "operationId": short.replace("/", "_"), "tags": [service.name],
                    "summary": words.split("\n\n")[0].split(". ")[0].rstrip(".") + ".",
                    "description": words,
                    "requestBody": {"required": True,
                                    "content": {"application/json": {"schema": request}}},
                    "responses": {
                        "200": {"description": "What was asked for.",
                                "content": {"application/json": {"schema": response}}},
                        "default": problem("It cannot be fulfilled."),
                    },
                }}
            if told:
                tags.append({"name": service.name,
                             "description": paragraphs(messages.words[full])})
    return paths, tags


def document(files, names):
    """The document."""
    messages = Messages(files)
    schemas = Schemas(messages)
    paths, tags = method_paths(files, messages, schemas, names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vigie", "version": "v1",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": "The methods of a Vigie server as JSON. Fields and methods are added, "
                           "never changed or removed, within v1: whoever reads answers leaves out "
                           "what he does not know. Methods of streams are for gRPC alone.",
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"bearer": []}, {"session": []}],
        "tags": tags,
        "paths": {**paths, **other_paths()},
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer",
                           "description": "A token of the server's access file, or signed claims."},
                "session": {"type": "apiKey", "in": "cookie", "name": "__Host-vigie",
                            "description": "Of somebody who signed in to the page."},
            },
            "schemas": {**dict(sorted(schemas.made.items())), "Problem": PROBLEM,
                        "Session": SESSION},
        },
    }


def main(descriptors, file, *names):
    """Writes the document."""
    found = descriptor_pb2.FileDescriptorSet.FromString(Path(descriptors).read_bytes())
    files = sorted(found.file, key=lambda each: names.index(each.name)
                   if each.name in names else len(names))
    text = json.dumps(document(files, set(names)), ensure_ascii=False, indent=1)
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
