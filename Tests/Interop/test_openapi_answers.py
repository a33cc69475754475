# SPDX-License-Identifier: Apache-2.0
"""Requests made at random by the OpenAPI document, to every path of it: each answer, good or bad,
is what the document says, and none is a fault of the server."""

import json
import random

import jsonschema
import pytest

from support.server import Server
from support.stubs import ROOT
from support.web import curl

DOCUMENT = ROOT / "Sources/Interfaces/CDashboardPages/pages/openapi.json"
ROUNDS = 3
#: A path is asked with what is so, as far as it is known, or nothing but refusals come.
KNOWN = {"portfolio": "p", "siren": "552100554"}
TEXTS = ("", "p", "552100554", "x", "\u202e", "a" * 300, "2026-11-30", "2026-13-40", "NaN", "1.5",
         "-1", "\0", "own:4711", "us-listed-failure")
LONG = ("0", "1", "-1", "42", "9223372036854775807", "-9223372036854775808")
FAULTS = {500}


class Maker:
    """Makes values of a schema."""

    def __init__(self, document, seed):
        self.schemas, self.chance = document["components"]["schemas"], random.Random(seed)

    def value(self, schema, depth=0):
        chance = self.chance
        if "$ref" in schema:
            return self.value(self.schemas[schema["$ref"].rsplit("/", 1)[1]], depth)
        for several in ("oneOf", "anyOf"):
            if several in schema:
                return self.value(chance.choice(schema[several]), depth)
        if "enum" in schema:
            return chance.choice(schema["enum"])
        kind = schema.get("type")
        kind = chance.choice(kind) if isinstance(kind, list) else kind
        if kind == "object":
            return {} if depth > 4 else {
                name: KNOWN[name] if name in KNOWN and chance.random() < 0.8
                else self.value(part, depth + 1)
                for name, part in schema.get("properties", {}).items() if chance.random() < 0.5}
        if kind == "array":
            count = chance.choice((0, 1, 1, 2, 5))
            return [self.value(schema.get("items", {}), depth + 1) for _ in range(count)]
        return {"string": lambda: chance.choice(LONG if "pattern" in schema else TEXTS),
                "integer": lambda: chance.choice((0, 1, -1, 3, 100, 2**31 - 1, -(2**31))),
                "number": lambda: chance.choice((0, 1, -1, 0.5, 1e308, -1e308, 1e-320)),
                "boolean": lambda: chance.random() < 0.5,
                }.get(kind, lambda: chance.choice((None, 1, "x", {}, [])))()


@pytest.fixture(scope="module")
def door(certificates, tmp_path_factory):
    store = tmp_path_factory.mktemp("answers") / "store.sqlite"
    with Server(certificates, "--web", "on", "--store", str(store)) as server:
        curl(server, "/v1/PortfolioService/CreatePortfolio", {"name": "p"})
        curl(server, "/v1/PortfolioService/PutCompanies", {
            "portfolio": "p", "companies": [{"company": {"siren": "552100554"}, "name": "Levant"}]})
        yield server


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_every_answer_is_what_the_document_says(door, seed):
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    maker, statuses = Maker(document, seed), set()
    for path, told in document["paths"].items():
        # What there is to ask for stays; who is signed in is another matter.
        if "post" not in told or "/session" in path or "DeletePortfolio" in path:
            continue
        wanted = told["post"]["requestBody"]["content"]["application/json"]["schema"]
        request = maker.value(wanted) if seed else {}
        status, fields, content = curl(door, path, request)
        assert status not in FAULTS, (path, request, content)
        assert fields["content-type"] == "application/json", path
        answers = told["post"]["responses"]["200" if status == 200 else "default"]
        schema = answers["content"]["application/json"]["schema"]
        whole = {**schema, "components": document["components"]}
        jsonschema.Draft202012Validator(whole).validate(json.loads(content))
        statuses.add(status)
    assert {200, 400, 404} <= statuses
    assert door.process.poll() is None
