# SPDX-License-Identifier: Apache-2.0
"""What is known of companies of portfolios: recorded, listed, and what they are assessed by, in
each kind of database."""

import time

import grpc
import pytest

from support.access import refused
from support.assessments import AS_OF, api, facts, header, reading_server, stub  # noqa: F401
from support.server import Server
from support.stores import company, stub as portfolios
from vigie.v1 import (
    assessment_service_pb2_grpc, portfolio_facts_pb2 as messages, portfolio_pb2 as portfolio,
    portfolio_service_pb2 as portfolio_messages,
)

EVERYTHING = 2 ** 62


def siren(number: str) -> portfolio.CompanyIdentifier:
    return portfolio.CompanyIdentifier(siren=number)


def recorded(facts, companies, **more) -> messages.RecordFactsRequest:
    """A request that records what papers say of some companies."""
    return messages.RecordFactsRequest(
        portfolio="p", line_names=facts.line_names, source="papers of a test",
        companies=[messages.RecordedCompany(company=siren(each.siren), facts=each)
                   for each in companies], **more)


def without_papers(known: api.CompanyFacts) -> api.CompanyFacts:
    """What is known, without the numbers of papers, which are not kept."""
    kept = api.CompanyFacts()
    kept.CopyFrom(known)
    for field, part in kept.ListFields():
        if field.message_type is not None:
            part.ClearField("papers") if "papers" in part.DESCRIPTOR.fields_by_name else None
            part.ClearField("paper_lines") if "papers" in part.DESCRIPTOR.fields_by_name else None
    return kept


def filled(service, facts, metadata, companies=None) -> None:
    """Makes the portfolio "p" with the companies of papers."""
    service.CreatePortfolio(
        portfolio_messages.CreatePortfolioRequest(name="p"), metadata=metadata)
    service.PutCompanies(portfolio_messages.PutCompaniesRequest(
        portfolio="p", companies=[company(each.siren) for each in companies or facts.companies]),
        metadata=metadata)


def test_a_company_is_assessed_by_what_is_known(serving, team, facts):  # noqa: F811
    anna = team["anna"]
    with serving() as server, server.channel() as channel:
        service = portfolios(channel)
        filled(service, facts, anna)
        began = time.time_ns() // 1000
        done = service.RecordFacts(recorded(facts, facts.companies), metadata=anna)
        assert done.added_count > 20 and not done.unchanged_count and not done.superseded_count
        again = service.RecordFacts(recorded(facts, facts.companies), metadata=anna)
        assert again == messages.RecordFactsResponse(unchanged_count=done.added_count)
        replaced = service.RecordFacts(
            recorded(facts, facts.companies, mode=messages.FACT_MODE_REPLACE), metadata=anna)
        assert replaced == again

        assessments = assessment_service_pb2_grpc.AssessmentServiceStub(channel)
        outcomes, count = set(), 0
        for known in facts.companies:
            sent = assessments.Assess(
                api.AssessRequest(header=header(facts), company=without_papers(known)),
                metadata=team["olga"])
            asked = messages.AssessCompanyRequest(
                portfolio="p", company=siren(known.siren), header=header(facts),
                known_at_microseconds=EVERYTHING)
            kept = service.AssessCompany(asked, metadata=anna)
            assert kept.context == sent.context
            # Nothing tells the order of findings about several years or notices.
            for each in (kept, sent):
                each.assessment.findings.sort(key=lambda finding: finding.SerializeToString())
            assert kept.assessment == sent.assessment
            outcomes.add(kept.assessment.outcome)
            count += kept.fact_count
            assert began <= kept.last_known_at_microseconds <= time.time_ns() // 1000
            # On that day nobody here knew anything.
            asked.ClearField("known_at_microseconds")
            unknown = service.AssessCompany(asked, metadata=anna)
            assert unknown.fact_count == 0 and unknown.last_known_at_microseconds == 0
            assert unknown.assessment.outcome == api.ASSESSMENT_OUTCOME_NOT_SCORABLE
            asked.header.as_of_date = ""
            assert service.AssessCompany(asked, metadata=anna).fact_count == kept.fact_count
        assert len(outcomes) > 1 and 0 < count <= done.added_count
        log = server.log()
        assert not any(known.siren in log for known in facts.companies)


def test_facts_are_listed(serving, team, facts):  # noqa: F811
    anna = team["anna"]
    known = next(each for each in facts.companies if len(each.statements.closing_days) > 1)
    with serving() as server, server.channel() as channel:
        service = portfolios(channel)
        filled(service, facts, anna, [known])
        service.RecordFacts(recorded(facts, [known]), metadata=anna)
        first = api.CompanyFacts()
        first.CopyFrom(known)
        first.statements.cents[0] += 100
        changed = service.RecordFacts(
            recorded(facts, [first], mode=messages.FACT_MODE_REPLACE), metadata=anna)
        assert (changed.added_count, changed.superseded_count) == (1, 1)

        def listed(**more) -> list:
            found, token = [], ""
            while True:
                page = service.ListFacts(messages.ListFactsRequest(
                    portfolio="p", company=siren(known.siren), page_token=token, **more),
                    metadata=anna)
                found += page.facts
                token = page.next_page_token
                if not token:
                    return found

        whole = listed(include_superseded=True, page_size=2)
        numbers = [each.number for each in whole]
        assert numbers == sorted(numbers) and len(set(numbers)) == len(numbers) > 2
        ended = [each for each in whole if each.HasField("superseded_at_microseconds")]
        last = whole[-1]
        assert len(ended) == 1 and ended[0].day == last.day == known.statements.closing_days[0]
        assert ended[0].superseded_at_microseconds == last.known_at_microseconds
        assert last.kind == messages.FACT_KIND_STATEMENT and last.byte_count > 50
        assert {each.source for each in whole} == {"papers of a test"}
        assert listed() == [each for each in whole if each not in ended]


def test_only_who_may_and_only_of_companies_that_are_there(serving, team, facts):  # noqa: F811
    anna, ben = {"metadata": team["anna"]}, {"metadata": team["ben"]}
    two = facts.companies[:2]
    with serving() as server, server.channel() as channel:
        service = portfolios(channel)
        filled(service, facts, team["anna"], two[:1])
        ask = messages.AssessCompanyRequest(
            portfolio="p", company=siren(two[0].siren), header=header(facts))
        assert refused(service.AssessCompany, ask, **ben)[1] == "UNKNOWN_PORTFOLIO"
        service.SharePortfolio(portfolio_messages.SharePortfolioRequest(
            portfolio="p", share=portfolio.PortfolioShare(
                role="score", access=portfolio.PORTFOLIO_ACCESS_READ)), **anna)
        assert service.AssessCompany(ask, **ben).fact_count == 0
        assert refused(service.RecordFacts, recorded(facts, two[:1]), **ben)[:2] \
            == ("PERMISSION_DENIED", "READ_ONLY_PORTFOLIO")
        assert refused(service.AssessCompany, ask, metadata=team["carl"])[1] == "ROLE_NEEDED"

        code, reason, message = refused(service.RecordFacts, recorded(facts, two), **anna)
        assert (code, reason) == ("NOT_FOUND", "UNKNOWN_COMPANY")
        assert f"siren:{two[1].siren}" in message and "companies[1]" in message
        listing = messages.ListFactsRequest(portfolio="p", company=siren(two[0].siren))
        assert not service.ListFacts(listing, **anna).facts
        done = service.RecordFacts(recorded(facts, two, leave_out_unknown=True), **anna)
        assert list(done.unknown) == [siren(two[1].siren)] and done.added_count > 0
        assert len(service.ListFacts(listing, **ben).facts) == done.added_count
        for method, request in [
            (service.ListFacts, messages.ListFactsRequest(
                portfolio="p", company=siren(two[1].siren))),
            (service.AssessCompany, messages.AssessCompanyRequest(
                portfolio="p", company=siren(two[1].siren))),
        ]:
            assert refused(method, request, **anna)[1] == "UNKNOWN_COMPANY"


@pytest.fixture(scope="module")
def open_service(certificates, tmp_path_factory):
    """A server that does not tell callers apart, with two companies in a portfolio "p"."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    with Server(certificates, "--store", str(path)) as server, server.channel() as channel:
        service = portfolios(channel)
        service.CreatePortfolio(portfolio_messages.CreatePortfolioRequest(name="p"))
        own = portfolio.FollowedCompany(company=portfolio.CompanyIdentifier(own="x"))
        service.PutCompanies(portfolio_messages.PutCompaniesRequest(
            portfolio="p", companies=[company("552100554"), own]))
        yield service


def request(known=None, of=None, **more) -> messages.RecordFactsRequest:
    """A request that records something of one company."""
    told = {"portfolio": "p", "source": "s", "companies": [messages.RecordedCompany(
        company=of or siren("552100554"), facts=known or api.CompanyFacts())]}
    return messages.RecordFactsRequest(**told | more)


def bad_statement() -> api.CompanyFacts:
    bad = api.CompanyFacts()
    bad.statements.closing_days.append(20_000)
    return bad


def events() -> api.CompanyFacts:
    known = api.CompanyFacts()
    known.events.kinds.append(api.LEGAL_EVENT_KIND_REGISTERED)
    known.events.published_days.append(20_000)
    return known


@pytest.mark.parametrize(("reason", "field", "ask"), [
    ("NO_COMPANIES", "companies", lambda: request(companies=[])),
    ("BAD_SOURCE", "source", lambda: request(source="")),
    ("BAD_SOURCE", "source", lambda: request(source="x" * 257)),
    ("BAD_VALUE", "mode", lambda: request(mode=9)),
    ("BAD_VALUE", "line_names[0]", lambda: request(line_names=["?"])),
    ("LIMIT_EXCEEDED", "lineNamesMax", lambda: request(line_names=["FL"] * 1_025)),
    ("BAD_IDENTIFIER", "companies[0].company", lambda: request(
        of=portfolio.CompanyIdentifier())),
    ("OTHER_SIREN", "companies[0].facts.siren", lambda: request(
        api.CompanyFacts(siren="542065479"))),
    ("SIREN_MISSING", "companies[0].facts.siren", lambda: request(
        events(), portfolio.CompanyIdentifier(own="x"))),
    ("WRONG_COLUMN_LENGTH", "companies[0].facts.statements.months",
     lambda: request(bad_statement())),
    ("UNKNOWN_COMPANY", "companies[0]", lambda: request(of=siren("542065479"))),
    ("UNKNOWN_COMPANY", "company", lambda: messages.ListFactsRequest(
        portfolio="p", company=siren("542065479"))),
    ("UNKNOWN_PAGE_TOKEN", "", lambda: messages.ListFactsRequest(
        portfolio="p", company=siren("552100554"), page_token="7-1")),
    ("INVALID_DATE", "", lambda: messages.AssessCompanyRequest(
        portfolio="p", company=siren("552100554"),
        header=api.AssessHeader(as_of_date="tomorrow"))),
])
def test_what_cannot_be_is_told(open_service, reason, field, ask):
    asked = ask()
    method = getattr(open_service, type(asked).__name__.removesuffix("Request"))
    code, told, message = refused(method, asked)
    assert told == reason and message.endswith(".") and field in message, message


def test_there_is_an_end_to_what_is_recorded(open_service):
    long = request(source="x" * (4 << 20))
    with pytest.raises(grpc.RpcError) as caught:
        open_service.RecordFacts(long)
    assert caught.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    assert "factsMessageBytesMax" in caught.value.details()
    known = api.CompanyFacts(siren="552100554")
    known.events.kinds.extend([api.LEGAL_EVENT_KIND_REGISTERED] * 4_096)
    known.events.published_days.extend(range(10_000, 14_096))
    each = messages.RecordedCompany(company=siren("552100554"), facts=known)
    code, reason, message = refused(open_service.RecordFacts, request(companies=[each] * 25))
    assert (code, reason) == ("RESOURCE_EXHAUSTED", "LIMIT_EXCEEDED")
    assert "recordedFactsMax" in message
