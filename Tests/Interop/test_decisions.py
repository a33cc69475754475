# SPDX-License-Identifier: Apache-2.0
"""DecisionService says what `vigie decide` says of the same companies, and grants nobody more than
he may; what is hostile is refused, and told why."""

import itertools
import json
import signal
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Iterator

import grpc
import pytest

import vigie
from support.access import bearer, issue
from support.certificates import Certificates
from support.decisions import NAMES, POLICIES, api, check, decided, inputs, rows, shelve, value
from support.decisions import vigie as command
from support.errors import assert_fails
from support.papers import SAMPLES
from support.server import Server, program
from vigie.v1 import assessment_service_pb2_grpc, decision_service_pb2_grpc

Stub = decision_service_pb2_grpc.DecisionServiceStub


@pytest.fixture(scope="module")
def server(
    certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server with both example policies."""
    shelf = shelve(tmp_path_factory.mktemp("shelf"), *NAMES)
    with Server(certificates, "--policies", str(shelf), "--read-papers") as running:
        yield running


@pytest.fixture(scope="module")
def stub(server: Server) -> Iterator[Stub]:
    """The DecisionService of the server."""
    with server.channel() as channel:
        yield Stub(channel)


EXPLANATIONS = {
    "none": api.DECISION_EXPLANATION_NONE, "match": api.DECISION_EXPLANATION_MATCH,
    "near-miss": api.DECISION_EXPLANATION_NEAR_MISS,
}


@pytest.mark.parametrize("explain", list(EXPLANATIONS))
@pytest.mark.parametrize("name", NAMES)
def test_a_company_gets_what_the_command_says(stub, name: str, explain: str):
    file = POLICIES / name / "tests/companies.csv"
    told = decided(POLICIES / name, "--facts", file, "--explain", explain)
    asked = rows(name, file)
    assert len(asked) == len(told["decisions"]) > 20
    outcomes = set()
    for (header, company), expected in zip(asked, told["decisions"]):
        header.explanation = EXPLANATIONS[explain]
        answer = stub.Decide(api.DecideRequest(header=header, company=company))
        check(answer.decision, answer.context, expected)
        assert answer.context.policy.content_hash == told["content_hash"]
        assert answer.context.policy.currency == told["currency"]
        outcomes.add(answer.decision.outcome)
    assert len(outcomes) >= 4


def messages(header: api.DecideHeader, *batches: list) -> Iterator[api.BatchDecideRequest]:
    """The messages of a stream."""
    yield api.BatchDecideRequest(header=header)
    for companies in batches:
        yield api.BatchDecideRequest(batch=api.DecisionBatch(companies=companies))


@pytest.mark.parametrize("name", NAMES)
def test_many_get_what_each_gets(stub, name: str):
    asked = rows(name, POLICIES / name / "tests/companies.csv")
    asked.sort(key=lambda each: (each[0].role, each[0].as_of_date))
    for _, same in itertools.groupby(asked, key=lambda each: each[0].SerializeToString()):
        same = list(same)
        header, companies = same[0][0], [company for _, company in same]
        told = [
            stub.Decide(api.DecideRequest(header=header, company=each)) for each in companies]
        alone = [each.decision for each in told]
        bad = api.DecisionCase(facts=[api.DecisionFact(name="nobody's")])
        answers = list(stub.BatchDecide(messages(header, companies, [], [companies[0], bad])))
        assert [answer.decision for answer in answers[1].batch.answers] == alone
        assert len(answers[2].batch.answers) == 0
        first, second = answers[3].batch.answers
        assert first.decision == alone[0] and second.error.reason == "UNKNOWN_FACT"
        assert second.error.code == 3 and second.error.field == "company.facts[0].name"
        texts = {rule.id: rule for rule in answers[0].context.rules}
        for each in told:
            assert all(texts[rule.id] == rule for rule in each.context.rules)


@pytest.mark.parametrize("name", NAMES)
def test_papers_are_assessed_as_the_command_does(server, stub, name: str):
    trade = POLICIES / f"trade-of-{name}.csv"
    told = decided(
        POLICIES / name, "--papers", SAMPLES, "--facts", trade, "--as-of", "2025-12-31")
    with server.channel() as channel:
        papers = assessment_service_pb2_grpc.AssessmentServiceStub(channel)

        def parts() -> Iterator[api.ReadPapersRequest]:
            yield api.ReadPapersRequest(header=api.ReadPapersHeader(as_of_date="2025-12-31"))
            for file in sorted(path for path in SAMPLES.iterdir() if path.is_file()):
                yield api.ReadPapersRequest(
                    part=api.PaperPart(file_name=file.name, content=file.read_bytes()))

        read = papers.ReadPapers(parts())
    known = {case.company: (header, case) for header, case in rows(name, trade)}
    assert len(told["decisions"]) >= 5
    count = 0
    for facts in read.companies:
        header, case = known.get(facts.siren) or known.get(facts.name) or (
            api.DecideHeader(policy=name), api.DecisionCase(stage=api.BUSINESS_STAGE_QUOTE))
        expected = [each for each in told["decisions"] if each["company"] == facts.name]
        if not expected:
            continue
        case.company = ""
        case.assessed.CopyFrom(facts)
        header.as_of_date = "2025-12-31"
        header.assessment.line_names.extend(read.line_names)
        answer = stub.Decide(api.DecideRequest(header=header, company=case))
        check(answer.decision, answer.context, expected[0])
        assert answer.decision.HasField("assessment")
        assert answer.context.assessment.model.name == "us-listed-failure"
        count += 1
    assert count >= 5


def good(name: str = NAMES[0]) -> api.DecideRequest:
    """A request of which nothing is wrong."""
    header, company = rows(name, POLICIES / name / "tests/companies.csv")[0]
    return api.DecideRequest(header=header, company=company)


def test_digits_are_kept(stub):
    request = good()
    request.company.ClearField("facts")
    amount = "1234567890123456789012345678901.234"
    kinds = inputs(NAMES[0])
    request.company.facts.extend(
        api.DecisionFact(name=fact, value=value(told, kinds[fact])) for fact, told in {
            "outcome": "scored", "risk_class": 2, "equity": Decimal(amount),
            "net_worth": Decimal("0.10"), "sector": "industry", "own_turnover": 10_000_000,
            "amount": Decimal(amount), "yearly_purchases": Decimal("120000.0000000000000001"),
        }.items())
    decision = stub.Decide(request).decision
    assert any(amount in part.formula for part in decision.limit.parts), decision
    assert "120000.0000000000000001" in decision.need.formula


DAMAGE = {
    "UNKNOWN_POLICY": lambda request: setattr(request.header, "policy", "../../etc/passwd"),
    "INVALID_DATE": lambda request: setattr(request.header, "as_of_date", "2025-02-30"),
    "UNKNOWN_ROLE": lambda request: setattr(request.header, "role", "emperor"),
    "DUPLICATE_FACT": lambda request: request.company.facts.append(request.company.facts[0]),
    "UNKNOWN_FACT": lambda request: setattr(request.company.facts[0], "name", "\u0000"),
    "BAD_FACT": lambda request: request.company.facts[0].value.list.SetInParent(),
    "BAD_VALUE": lambda request: setattr(request.company, "amount", "NaN"),
}


@pytest.mark.parametrize("reason", list(DAMAGE))
def test_what_makes_no_sense_is_told(stub, reason: str):
    request = good()
    DAMAGE[reason](request)
    code = grpc.StatusCode.NOT_FOUND if "POLICY" in reason else grpc.StatusCode.INVALID_ARGUMENT
    assert_fails(code, ".", lambda: stub.Decide(request), reason=reason)
    assert stub.Decide(good()).decision.outcome == api.DECISION_OUTCOME_GRANTED


def nested(depth: int) -> api.DecisionValue:
    told = api.DecisionValue(text="x")
    for _ in range(depth):
        told = api.DecisionValue(list=api.DecisionList(values=[told]))
    return told


@pytest.mark.parametrize("limit, change", [
    ("decisionFactsMax", lambda request: request.company.facts.extend(
        api.DecisionFact(name="equity") for _ in range(513))),
    ("decisionValuesMax", lambda request: request.company.facts[0].value.list.values.extend(
        api.DecisionValue() for _ in range(5_000))),
    ("decisionFieldsMax", lambda request: request.company.facts[0].value.fields.fields.extend(
        api.DecisionField(name=str(place)) for place in range(65))),
    ("PolicyLimits.jsonDepth",
     lambda request: request.company.facts[0].value.CopyFrom(nested(20))),
    ("factTextBytesMax", lambda request: setattr(request.company, "company", "a" * 2_000)),
])
def test_what_is_too_much_is_told(stub, limit: str, change):
    request = good()
    change(request)
    assert_fails(
        grpc.StatusCode.RESOURCE_EXHAUSTED, limit, lambda: stub.Decide(request),
        reason="LIMIT_EXCEEDED")


def test_all_verdicts_of_many_are_refused(stub):
    request = good()
    request.header.explanation = api.DECISION_EXPLANATION_FULL
    tables = stub.Decide(request).decision.tables
    verdicts = sum(len(table.verdicts) for table in tables)
    assert verdicts > 50
    for table in tables:
        assert len(table.verdicts) % table.verdict_columns == 0
    # The tables that were not asked count as well.
    count = 65_536 // verdicts + 1
    assert_fails(
        grpc.StatusCode.RESOURCE_EXHAUSTED, "DECISION_EXPLANATION_NEAR_MISS",
        lambda: list(stub.BatchDecide(messages(request.header, [request.company] * count))),
        reason="LIMIT_EXCEEDED")


def test_natural_persons_are_decided_on_by_persons(stub):
    request = good()
    request.company.subject = api.DECISION_SUBJECT_NATURAL_PERSON
    decision = stub.Decide(request).decision
    assert decision.outcome == api.DECISION_OUTCOME_HUMAN_REVIEW and decision.HasField("limit")


def test_nobody_grants_more_than_he_may(
    certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
):
    place = tmp_path_factory.mktemp("roles")
    shelf = shelve(place / "shelf", NAMES[0])
    access = place / "access.json"
    roles = {"eva": "analyst", "otto": "manager", "ida": "emperor"}

    def write() -> None:
        access.write_text(json.dumps({"identities": {
            name: {"roles": ["score"], "credit_role": role} for name, role in roles.items()}}))

    write()
    tokens = place / "tokens.json"
    shown = {
        name: bearer(issue(tokens, name, "--role", "score"))
        for name in ["eva", "otto", "ida", "crm"]}
    reader = bearer(issue(tokens, "reader", "--role", "read"))
    request = good()
    arguments = ["--policies", str(shelf), "--tokens", str(tokens), "--access", str(access)]
    with Server(certificates, *arguments) as running, running.channel() as channel:
        stub = Stub(channel)

        def decide(who: str, role: str = "") -> api.CreditDecision:
            request.header.role = role
            return stub.Decide(request, metadata=shown[who], timeout=20).decision

        for who, role, got in [
            ("eva", "", "analyst"), ("eva", "analyst", "analyst"), ("otto", "", "manager"),
            ("otto", "analyst", "analyst"), ("ida", "", ""), ("crm", "", ""),
        ]:
            decision = decide(who, role)
            assert decision.role == got
            granted = decision.outcome == api.DECISION_OUTCOME_GRANTED
            assert granted == bool(got), "who has no role grants nothing"
        for who, role in [
            ("eva", "manager"), ("otto", "director"), ("ida", "analyst"), ("crm", "analyst"),
        ]:
            assert_fails(
                grpc.StatusCode.PERMISSION_DENIED, "credit_role", lambda: decide(who, role),
                reason="CREDIT_ROLE_NEEDED")
        assert_fails(
            grpc.StatusCode.PERMISSION_DENIED, "Decide",
            lambda: stub.Decide(request, metadata=reader, timeout=20), reason="ROLE_NEEDED")
        roles["eva"] = "manager"
        write()
        running.process.send_signal(signal.SIGHUP)
        running.wait_until(lambda: decide("eva").role == "manager")


def test_a_server_without_policies_says_how_to_have_some(certificates: Certificates):
    with Server(certificates) as running, running.channel() as channel:
        assert_fails(
            grpc.StatusCode.NOT_FOUND, "--policies", lambda: Stub(channel).Decide(good()),
            reason="UNKNOWN_POLICY")


def test_the_python_client_decides(server: Server, stub):
    facts = {
        "outcome": "scored", "risk_class": 2, "equity": Decimal("800000.00"), "net_worth": 750000.5,
        "sector": "industry", "own_turnover": 10_000_000, "amount": 20_000,
        "days_beyond_terms": None, "yearly_purchases": 120_000}
    asked = {"policy": NAMES[0], "role": "analyst", "as_of": "2025-06-30"}
    kinds = inputs(NAMES[0])
    request = api.DecideRequest(
        header=api.DecideHeader(policy=NAMES[0], role="analyst", as_of_date="2025-06-30"),
        company=api.DecisionCase(company="A", facts=[
            api.DecisionFact(name=name, value=value(told, kinds[name]))
            for name, told in facts.items() if told is not None]))
    expected = stub.Decide(request).decision
    with vigie.Client(f"localhost:{server.port}", ca=server.certificates.ca) as client:
        answer = client.decide(facts, company="A", **asked)
        assert answer["decision"]["outcome"] == "DECISION_OUTCOME_GRANTED"
        assert answer["decision"]["limit"]["amount"] == expected.limit.amount == "20000"
        assert len(answer["decision"]["tables"]) == len(expected.tables)
        assert answer["context"]["policy"]["name"] == NAMES[0]
        bad = {"facts": {"nobody's": [1, {"a": True}]}}
        many = list(client.decide_many([{"company": "A", "facts": facts}] * 300 + [bad], **asked))
        assert len(many) == 301
        assert all(each == many[0] for each in many[:300])
        assert many[0]["decision"]["limit"] == answer["decision"]["limit"]
        assert many[300]["error"]["reason"] == "UNKNOWN_FACT"
        with pytest.raises(vigie.VigieError) as caught:
            client.decide(facts, policy="none")
        assert (caught.value.code, caught.value.reason) == ("NOT_FOUND", "UNKNOWN_POLICY")
        with pytest.raises(ValueError):
            client.decide(facts, colour="red")


@pytest.mark.parametrize("name", NAMES)
def test_the_command_decides_at_a_server_as_it_does_on_disk(server: Server, name: str):
    file = POLICIES / name / "tests/companies.csv"
    there = ["--server", server.address, "--ca-cert", server.certificates.ca]
    for form in [
        *(["-o", "json", "--explain", explain] for explain in EXPLANATIONS), ["--summary"],
        ["--explain", "near-miss", "--language", "fr"], ["--html", "-"],
    ]:
        here = command("decide", POLICIES / name, "--facts", file, *form)
        told = command("decide", name, "--facts", file, *form, *there)
        assert told == here and len(told) > 1_000
    assert command("decide", f"{name}@1.0.0", "--facts", file, "--summary", *there) == command(
        "decide", POLICIES / name, "--facts", file, "--summary")


def test_the_command_assesses_papers_and_has_a_server_decide(server: Server):
    facts = POLICIES / "trade-of-cautious-supplier.csv"
    asked = [
        "--papers", SAMPLES, "--facts", facts, "--as-of", "2025-12-31", "-o", "json"]
    here = command("decide", POLICIES / NAMES[0], *asked)
    assert command(
        "decide", NAMES[0], *asked, "--server", server.address, "--ca-cert",
        server.certificates.ca) == here
    assert len(json.loads(here)["decisions"]) > 3


def test_what_the_command_cannot_have_decided(server: Server, tmp_path: Path):
    there = ["--server", server.address, "--ca-cert", server.certificates.ca]
    facts = tmp_path / "facts.csv"
    facts.write_text("scenario,group,as_of,amount\nA,g,2025-06-30,1\nB,g,2025-07-01,1\n")
    for policy, code, words in [
        (POLICIES / NAMES[0], 64, "the server has names"), ("nobody", 66, "vigie policy list"),
        (NAMES[0], 65, "of the group g have several days or roles"),
        (NAMES[0], 65, "without --server"),
    ]:
        done = subprocess.run(
            [program("vigie"), "decide", str(policy), "--facts", str(facts), *map(str, there)],
            capture_output=True, text=True, timeout=60)
        assert done.returncode == code and words in done.stderr, done.stderr
