# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document: sound, whole, and true of what a server answers."""

import json
import re

import jsonschema
import pytest
from google.protobuf import descriptor_pb2

from support.server import Server
from support.stubs import ROOT
from support.web import curl

DOCUMENT = ROOT / "Sources/Interfaces/CDashboardPages/pages/openapi.json"


@pytest.fixture(scope="module")
def document():
    return json.loads(DOCUMENT.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def door(certificates, tmp_path_factory):
    store = tmp_path_factory.mktemp("openapi") / "store.sqlite"
    with Server(certificates, "--web", "on", "--store", str(store)) as server:
        yield server


class Calls:
    """Calls by the document: what is sent and what is answered is held against its schemas."""

    def __init__(self, server, document):
        self.server, self.document = server, document

    def check(self, schema, value):
        """Holds a value against a schema of the document."""
        whole = {**schema, "components": self.document["components"]}
        jsonschema.Draft202012Validator(whole).validate(value)

    def __call__(self, method, request, status=200):
        told = self.document["paths"][f"/v1/{method}"]["post"]
        got, fields, content = curl(self.server, f"/v1/{method}", request)
        answer = json.loads(content)
        assert got == status, answer
        assert fields["content-type"] == "application/json"
        answers = told["responses"]["200" if status == 200 else "default"]
        if status == 200:
            self.check(told["requestBody"]["content"]["application/json"]["schema"], request)
        self.check(answers["content"]["application/json"]["schema"], answer)
        return answer


@pytest.fixture(scope="module")
def call(door, document):
    return Calls(door, document)


def test_the_document_is_sound(document):
    validator = pytest.importorskip("openapi_spec_validator")
    validator.validate(document)
    assert document["openapi"] == "3.1.0"
    names = [entry["operationId"] for path in document["paths"].values()
             for entry in path.values()]
    assert len(names) == len(set(names))


def test_the_server_gives_it(door, document):
    status, fields, content = curl(door, "/v1/openapi.json")
    assert status == 200 and fields["content-type"] == "application/json"
    assert json.loads(content) == document
    status, _, _ = curl(door, "/v1/openapi.json", None, "-H", f"If-None-Match: {fields['etag']}")
    assert status == 304


def test_every_method_is_told_or_is_a_stream(door, document):
    served = descriptor_pb2.FileDescriptorSet.FromString(
        (ROOT / "Sources/Generated/CServiceDescriptors/descriptors.binpb").read_bytes())
    told = {path for path in document["paths"] if re.fullmatch(r"/v1/\w+Service/\w+", path)}
    found = set()
    for file in served.file:
        for service in file.service if file.package == "vigie.v1" else ():
            for method in service.method:
                path = f"/v1/{service.name}/{method.name}"
                status, _, content = curl(door, path, {"nothing_of_the_kind": 1})
                reason = json.loads(content)["reason"]
                assert reason in ("STREAM", "BAD_JSON"), path
                if reason == "BAD_JSON":
                    found.add(path)
    assert found == told


def test_answers_about_models(call):
    listed = call("ModelService/ListModels", {})
    name = listed["models"][0]["name"]
    described = call("ModelService/DescribeModel", {"name": name})
    assert described
    problem = call("ModelService/DescribeModel", {"name": "nothing"}, 404)
    assert problem["code"] == "NOT_FOUND" and problem["reason"]


def test_answers_about_portfolios(call):
    made = call("PortfolioService/CreatePortfolio", {"name": "p", "note": "n"})["portfolio"]
    # Whole numbers of 64 bits are texts, enumerations names.
    assert made["companyCount"] == "0" and made["access"] == "PORTFOLIO_ACCESS_WRITE"
    put = call("PortfolioService/PutCompanies", {"portfolio": "p", "companies": [
        {"company": {"siren": "552100554"}, "name": "Atelier du Levant",
         "limit": {"minorUnits": "2000000", "currency": "EUR"},
         "exposure": {"minorUnits": "-1250", "currency": "EUR"}},
        {"company": {"own": "C-1"}},
    ]})
    assert put["counts"]["added"] == "2"
    for method in ["ListCompanies", "ListScores", "DescribeRisk", "DescribePortfolio", "ListRuns"]:
        call(f"PortfolioService/{method}", {"portfolio": "p"})
    call("PortfolioService/ListPortfolios", {"pageSize": 1})
    for method in ["ListFacts", "CompanyHistory"]:
        call(f"PortfolioService/{method}", {"portfolio": "p", "company": {"own": "C-1"}})
    call("PortfolioService/ListCompanies", {"portfolio": "q"}, 404)
    call("PortfolioService/ListCompanies", {"portfolio": "p", "pageSize": -1}, 400)


def test_answers_about_alerts(call):
    call("PortfolioService/CreatePortfolio", {"name": "alerts"})
    for method in ["ListAlerts", "ListRules"]:
        call(f"AlertService/{method}", {"portfolio": "alerts"})


def test_the_session_is_told(door, document):
    status, _, content = curl(door, "/v1/session")
    schema = {"$ref": "#/components/schemas/Session", "components": document["components"]}
    assert status == 200
    jsonschema.Draft202012Validator(schema).validate(json.loads(content))


def test_the_example_of_the_page(door, capsys):
    page = (ROOT / "Sources/vigied/Vigied.docc/Page.md").read_text(encoding="utf-8")
    example, = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    for shown, here in [("ca.pem", str(door.certificates.ca)),
                        ("localhost:7443", f"localhost:{door.port}")]:
        assert shown in example
        example = example.replace(shown, here)
    exec(compile(example, "Page.md", "exec"), {})
    assert capsys.readouterr().out.startswith("[")


@pytest.mark.parametrize("bad", [
    {"pageSize": "x"}, {"pageSize": 2**31}, {"page": 1}, {"pageSize": [1]}, {"pageToken": 7},
])
def test_what_the_document_refuses_the_server_refuses(call, document, bad):
    path = document["paths"]["/v1/PortfolioService/ListPortfolios"]["post"]
    schema = path["requestBody"]["content"]["application/json"]["schema"]
    with pytest.raises(jsonschema.ValidationError):
        call.check(schema, bad)
    assert call("PortfolioService/ListPortfolios", bad, 400)["reason"] == "BAD_JSON"
