# SPDX-License-Identifier: Apache-2.0
"""Portfolios at a server, in each kind of database."""

import time

import grpc
import pytest

from support.access import refused
from support.server import Server
from support.stores import SIRENS, company, stub
from vigie.v1 import portfolio_pb2 as portfolio
from vigie.v1 import portfolio_service_pb2 as messages


def test_portfolios_are_made_filled_shared_and_ended(serving, team):
    with serving() as server, server.channel() as channel:
        service = stub(channel)
        anna, ben = {"metadata": team["anna"]}, {"metadata": team["ben"]}
        made = service.CreatePortfolio(
            messages.CreatePortfolioRequest(name="Kunden Süd", note="South"), **anna).portfolio
        assert made.created_by == "anna" and made.access == portfolio.PORTFOLIO_ACCESS_WRITE
        assert abs(made.created_at_microseconds / 1e6 - time.time()) < 60
        put = messages.PutCompaniesRequest(portfolio="Kunden Süd", companies=[
            portfolio.FollowedCompany(
                company=portfolio.CompanyIdentifier(own="Müller & Söhne"), name="Müller"),
            company(SIRENS[1], name="Stellantis", exposure=-5),
            company(SIRENS[2], name="Airbus", reference="C-1", limit=5_000_000, exposure=120),
        ])
        assert service.PutCompanies(put, **anna).counts == messages.ImportCounts(
            new_companies=3, added=3)
        assert service.PutCompanies(put, **anna).counts == messages.ImportCounts(unchanged=3)
        listed = service.ListCompanies(
            messages.ListCompaniesRequest(portfolio="Kunden Süd"), **anna)
        assert list(listed.companies) == list(put.companies) and listed.next_page_token == ""

        # Pages, of any size, hold each once.
        seen, token = [], ""
        while True:
            page = service.ListCompanies(messages.ListCompaniesRequest(
                portfolio="Kunden Süd", page_size=2, page_token=token), **anna)
            seen += page.companies
            token = page.next_page_token
            if not token:
                break
        assert seen == list(put.companies)

        # For others it does not exist, until it is shared.
        ask = messages.DescribePortfolioRequest(portfolio="Kunden Süd")
        assert refused(service.DescribePortfolio, ask, **ben)[:2] \
            == ("NOT_FOUND", "UNKNOWN_PORTFOLIO")
        assert not service.ListPortfolios(messages.ListPortfoliosRequest(), **ben).portfolios
        share = portfolio.PortfolioShare(role="score", access=portfolio.PORTFOLIO_ACCESS_READ)
        shared = service.SharePortfolio(
            messages.SharePortfolioRequest(portfolio="Kunden Süd", share=share), **anna)
        assert list(shared.shares) == [share]
        seen_by_ben = service.DescribePortfolio(ask, **ben)
        assert seen_by_ben.portfolio.access == portfolio.PORTFOLIO_ACCESS_READ
        assert seen_by_ben.portfolio.company_count == 3
        assert refused(service.PutCompanies, put, **ben)[:2] \
            == ("PERMISSION_DENIED", "READ_ONLY_PORTFOLIO")
        # Who has a role that it is shared with, and none for the service, does not get in at all.
        assert refused(service.DescribePortfolio, ask, metadata=team["carl"])[1] == "ROLE_NEEDED"
        assert service.DescribePortfolio(
            ask, metadata=team["olga"]).portfolio.access == portfolio.PORTFOLIO_ACCESS_WRITE

        # Copied into one's own, moved on, taken out.
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="mine"), **ben)
        some = [each.company for each in put.companies[1:]]
        stranger = portfolio.CompanyIdentifier(siren=SIRENS[3])
        transfer = messages.TransferCompaniesRequest(
            source="Kunden Süd", target="mine", companies=[*some, stranger])
        assert service.TransferCompanies(transfer, **ben) == messages.TransferCompaniesResponse(
            added_count=2, absent_count=1)
        transfer.move = True
        assert refused(service.TransferCompanies, transfer, **ben)[1] == "READ_ONLY_PORTFOLIO"
        assert service.TransferCompanies(
            transfer, metadata=team["olga"]) == messages.TransferCompaniesResponse(
                removed_count=2, absent_count=1)
        assert service.RemoveCompanies(messages.RemoveCompaniesRequest(
            portfolio="mine", companies=[some[0], stranger]), **ben) \
            == messages.RemoveCompaniesResponse(removed_count=1, absent_count=1)

        changed = service.ChangePortfolio(
            messages.ChangePortfolioRequest(portfolio="mine", name="ours", note="of all"), **ben)
        assert (changed.portfolio.name, changed.portfolio.note) == ("ours", "of all")
        assert refused(service.ChangePortfolio, messages.ChangePortfolioRequest(
            portfolio="ours", name="Kunden Süd"), **ben)[1] == "PORTFOLIO_EXISTS"
        names = [each.name for each in service.ListPortfolios(
            messages.ListPortfoliosRequest(), **ben).portfolios]
        assert names == ["Kunden Süd", "ours"]
        first = service.ListPortfolios(messages.ListPortfoliosRequest(page_size=1), **ben)
        second = service.ListPortfolios(messages.ListPortfoliosRequest(
            page_size=1, page_token=first.next_page_token), **ben)
        assert [each.name for each in second.portfolios] == ["ours"] and not second.next_page_token

        end = messages.DeletePortfolioRequest(portfolio="ours", company_count=2)
        assert refused(service.DeletePortfolio, end, **ben)[1] == "OTHER_COUNT"
        end.company_count = 1
        service.DeletePortfolio(end, **ben)
        assert refused(service.DeletePortfolio, end, **ben)[1] == "UNKNOWN_PORTFOLIO"
    # It is still there for a server that starts later.
    with serving() as server, server.channel() as channel:
        left = stub(channel).ListCompanies(
            messages.ListCompaniesRequest(portfolio="Kunden Süd"), metadata=team["anna"])
        assert list(left.companies) == [put.companies[0]]


@pytest.mark.parametrize(("reason", "ask"), [
    ("BAD_NAME", lambda: messages.CreatePortfolioRequest(name="")),
    ("BAD_NAME", lambda: messages.CreatePortfolioRequest(name=" a")),
    ("BAD_NAME", lambda: messages.CreatePortfolioRequest(name="a\u200bb")),
    ("BAD_NAME", lambda: messages.CreatePortfolioRequest(name="a" * 129)),
    ("LIMIT_EXCEEDED", lambda: messages.CreatePortfolioRequest(name="a", note="x" * 2_049)),
    ("PORTFOLIO_EXISTS", lambda: messages.CreatePortfolioRequest(name="p")),
    ("NEGATIVE_PAGE_SIZE", lambda: messages.ListPortfoliosRequest(page_size=-1)),
    ("UNKNOWN_PAGE_TOKEN", lambda: messages.ListPortfoliosRequest(page_token="?")),
    ("UNKNOWN_PAGE_TOKEN", lambda: messages.ListCompaniesRequest(portfolio="p", page_token="-1")),
    ("UNKNOWN_PAGE_TOKEN", lambda: messages.ListCompaniesRequest(portfolio="p", page_token="9-1")),
    ("NO_COMPANIES", lambda: messages.PutCompaniesRequest(portfolio="p")),
    ("LIMIT_EXCEEDED", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[company(SIRENS[0])] * 1_001)),
    ("REPEATED_COMPANY", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[company(SIRENS[2]), company("552 100 554")])),
    ("BAD_IDENTIFIER", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[company("552100555")])),
    ("BAD_IDENTIFIER", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[portfolio.FollowedCompany()])),
    ("BAD_IDENTIFIER", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[portfolio.FollowedCompany(
            company=portfolio.CompanyIdentifier(own="x "))])),
    ("BAD_IDENTIFIER", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[portfolio.FollowedCompany(
            company=portfolio.CompanyIdentifier(own="x\u202ey"))])),
    ("BAD_CURRENCY", lambda: messages.PutCompaniesRequest(portfolio="p", companies=[
        portfolio.FollowedCompany(
            company=portfolio.CompanyIdentifier(own="x"),
            limit=portfolio.MoneyAmount(minor_units=1, currency="euro"))])),
    ("NEGATIVE_LIMIT", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[company(SIRENS[0], limit=-1)])),
    ("BAD_TEXT", lambda: messages.PutCompaniesRequest(
        portfolio="p", companies=[company(SIRENS[0], name="a\0b")])),
    ("SAME_PORTFOLIO", lambda: messages.TransferCompaniesRequest(
        source="p", target="p", companies=[portfolio.CompanyIdentifier(siren=SIRENS[0])])),
    ("BAD_VALUE", lambda: messages.SharePortfolioRequest(
        portfolio="p", share=portfolio.PortfolioShare(role="x", access=9))),
    ("BAD_NAME", lambda: messages.SharePortfolioRequest(portfolio="p")),
])
def test_what_cannot_be_is_told(open_service, reason, ask):
    service, metadata = open_service
    request = ask()
    method = getattr(service, type(request).__name__.removesuffix("Request"))
    code, told, message = refused(method, request, metadata=metadata)
    assert told == reason and message.endswith(".")


@pytest.fixture(scope="module")
def open_service(certificates, tmp_path_factory):
    """A server that does not tell callers apart, with a portfolio "p"."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    with Server(certificates, "--store", str(path)) as server, server.channel() as channel:
        service = stub(channel)
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        yield service, ()


def test_without_a_store(certificates):
    with Server(certificates) as server, server.channel() as channel:
        code, reason, message = refused(
            stub(channel).ListPortfolios, messages.ListPortfoliosRequest())
        assert (code, reason) == ("FAILED_PRECONDITION", "NO_STORE")
        assert "store" in message


def test_messages_have_an_end(open_service):
    service, metadata = open_service
    many = messages.PutCompaniesRequest(
        portfolio="p", companies=[company(SIRENS[0], name="x" * 2_000)] * 1_000)
    with pytest.raises(grpc.RpcError) as caught:
        service.PutCompanies(many, metadata=metadata)
    assert caught.value.code().name == "RESOURCE_EXHAUSTED"
    assert "companiesMessageBytesMax" in caught.value.details()
