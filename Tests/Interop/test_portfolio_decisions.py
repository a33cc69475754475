# SPDX-License-Identifier: Apache-2.0
"""Policies asked about companies of portfolios, figures of receivables and of how a portfolio went,
and what each role is let see of it, over the wire and in each kind of database."""

import json
import time
from decimal import Decimal

import pytest

from support.access import issue
from support.decisions import shelve
from support.page import POLICY, Door, fill
from support.web import curl

NAME = "customers"
COUNT = 60
TODAY = int(time.time() // 86_400)
ROLES = ("marketing", "sales", "collect")


@pytest.fixture
def filled(serving, team, tmp_path):
    """A portfolio, shared with roles, and a door for each role."""
    tokens = tmp_path / "team.json"
    shown = {role: issue(tokens, role, "--role", role) for role in (*ROLES, "follow")}
    own = tmp_path / "own.json"
    own.write_text(json.dumps({"own_turnover": 14_000_000}))
    policies = tmp_path / "policies"
    policies.mkdir()
    shelve(policies, POLICY)
    with serving("--web", "on", "--policies", policies, "--policy-facts", own) as server:
        url, ca = f"https://localhost:{server.port}", str(server.certificates.ca)
        server.doors = {role: Door(url, ca, token) for role, token in shown.items()}
        server.shown = shown
        door = server.doors["follow"]
        server.companies = fill(door, None, NAME, COUNT, rounds=(0,))
        for role in ROLES:
            door("PortfolioService/SharePortfolio", portfolio=NAME,
                 share={"role": role, "access": "PORTFOLIO_ACCESS_READ"})
        yield server


def scored(door):
    members = door("PortfolioService/ListScores", portfolio=NAME, pageSize=1000)["members"]
    return [one for one in members if one["score"] and one["score"].get("riskClass")]


def test_companies_are_decided_on_by_what_is_known(filled):
    door = filled.doors["follow"]
    known = {each.siren: each for each in filled.companies}
    some = scored(door)[:12]
    for member in some:
        siren = member["company"]["company"]["siren"]
        answer = door("PortfolioService/DecideCompany", portfolio=NAME, company={"siren": siren})
        decision = answer["decision"]
        assert answer["context"]["policy"]["name"] == POLICY
        facts = {one["name"]: one["value"] for one in decision["assessedFacts"]}
        assert int(facts["risk_class"]["decimal"]) == member["score"]["riskClass"]
        company = known[siren]
        assert Decimal(facts["open_invoices"]["decimal"]) * 100 == company.open_cents(TODAY)
        assert facts["own_turnover"]["decimal"] == "14000000"
        bought = sum(one.cents for one in company.invoices if TODAY - 365 < one.issued <= TODAY)
        assert Decimal(facts["yearly_purchases"]["decimal"]) * 100 == bought
        late = sum(one.cents - sum(cents for day, cents in one.payments if day <= TODAY)
                   for one in company.invoices if one.due < TODAY)
        assert Decimal(facts["past_due"]["decimal"]) * 100 == late
        # What is told in the call comes first.
        given = door("PortfolioService/DecideCompany", portfolio=NAME, company={"siren": siren},
                     question={"facts": [{"name": "open_invoices", "value": {"decimal": "1"}}]})
        names = [one["name"] for one in given["decision"]["assessedFacts"]]
        assert "open_invoices" not in names and "past_due" in names


def test_changes_are_taken_as_done_and_kept_nowhere(filled):
    door = filled.doors["follow"]
    worst = max(scored(door), key=lambda one: one["score"]["riskClass"])
    siren = worst["company"]["company"]["siren"]
    before = door("PortfolioService/DecideCompany", portfolio=NAME, company={"siren": siren})
    asked = {"assessment": {"questions": {"changes": ["equity=+3000k", "late=0"]}}}
    after = door("PortfolioService/DecideCompany", portfolio=NAME, company={"siren": siren},
                 header=asked)
    told = after["decision"]["assessment"]["whatIf"]["adjusted"]
    facts = {one["name"]: one["value"] for one in after["decision"]["assessedFacts"]}
    assert int(facts["risk_class"]["decimal"]) == told["riskClass"] < worst["score"]["riskClass"]
    again = door("PortfolioService/DecideCompany", portfolio=NAME, company={"siren": siren})
    assert again == before
    status, _, body = curl(
        filled, "/v1/PortfolioService/DecideCompany", {
            "portfolio": NAME, "company": {"siren": siren},
            "header": {"assessment": {"questions": {"changes": ["equity=-90000000000k"]}}}},
        "-H", f"authorization: Bearer {filled.shown['follow']}")
    assert status == 400 and json.loads(body)["reason"] == "BAD_CHANGE"


def test_headroom_is_the_limit_by_policy_less_what_is_owed(filled):
    door = filled.doors["follow"]
    found = door("PortfolioService/ListHeadrooms", portfolio=NAME, classMax=5, limit=500)
    assert found["policy"] == f"{POLICY}@1.0.0" and found["currency"] == "EUR"
    good = [one for one in scored(door) if one["score"]["riskClass"] <= 5]
    assert int(found["candidateCount"]) == int(found["askedCount"]) == len(good)
    rooms = [Decimal(one["headroom"]) for one in found["headrooms"]]
    assert rooms and rooms == sorted(rooms, reverse=True) and min(rooms) > 0
    for one in found["headrooms"]:
        decided = door("PortfolioService/DecideCompany", portfolio=NAME,
                       company=one["company"]["company"])["decision"]
        assert decided["limit"]["amount"] == one["limit"]
        assert decided["headroom"] == one["headroom"] and one["riskClass"] <= 5
    names = [one["company"]["name"] for one in found["headrooms"]]
    told = filled.doors["marketing"]("PortfolioService/ListOpportunities", portfolio=NAME,
                                     classMax=5, limit=500)
    assert [one["name"] for one in told["opportunities"]] == names
    assert set(told["opportunities"][0]) == {"company", "name", "riskClass", "headroom"}
    for limit, reason in ((501, "opportunitiesMax"), (-1, "opportunitiesMax")):
        status, _, body = curl(filled, "/v1/PortfolioService/ListOpportunities",
                               {"portfolio": NAME, "limit": limit},
                               "-H", f"authorization: Bearer {filled.shown['marketing']}")
        assert status == 400 and json.loads(body)["metadata"]["limit"] == reason


def test_what_each_role_may_ask_is_held_by_the_server(filled):
    door = filled.doors["follow"]
    company = scored(door)[0]["company"]["company"]
    asked = {
        "PortfolioService/ListPortfolios": ({}, {"marketing", "sales", "collect"}),
        "PortfolioService/ListOpportunities": ({"portfolio": NAME}, {"marketing", "sales"}),
        "PortfolioService/ListHeadrooms": ({"portfolio": NAME}, set()),
        "PortfolioService/ListCompanies": ({"portfolio": NAME}, {"sales"}),
        "PortfolioService/DescribeTerms": ({"portfolio": NAME, "company": company}, {"sales"}),
        "PortfolioService/DecideCompany": ({"portfolio": NAME, "company": company}, set()),
        "PortfolioService/AssessCompany": ({"portfolio": NAME, "company": company}, set()),
        "PortfolioService/ListScores": ({"portfolio": NAME}, set()),
        "PortfolioService/DescribeRisk": ({"portfolio": NAME}, set()),
        "PortfolioService/DescribeTrend": ({"portfolio": NAME}, set()),
        "CollectionService/GetWorklist": ({"portfolio": NAME}, {"collect"}),
        "CollectionService/DescribeReceivables": ({"portfolio": NAME}, {"collect"}),
        "AlertService/ListAlerts": ({"portfolio": NAME}, set()),
    }
    for role in (*ROLES, "follow"):
        show = ("-H", f"authorization: Bearer {filled.shown[role]}")
        status, _, body = curl(filled, "/v1/session", None, *show)
        told = json.loads(body)
        assert status == 200 and told["identity"] == role and not told["namedByProxy"]
        for method, (request, roles) in asked.items():
            may = role == "follow" or role in roles
            assert (method in told["methods"]) == may, (role, method)
            status, _, body = curl(filled, f"/v1/{method}", request, *show)
            assert status == (200 if may else 403), (role, method, body)
            assert may or json.loads(body)["reason"] == "ROLE_NEEDED"
    terms = filled.doors["sales"]("PortfolioService/DescribeTerms", portfolio=NAME,
                                  company=company)
    decided = door("PortfolioService/DecideCompany", portfolio=NAME, company=company)["decision"]
    assert terms["limit"] == decided["limit"]["amount"] and terms["terms"] == decided["terms"]
    assert not {"assessment", "riskClass", "tables", "assessedFacts"} & set(terms)


def test_receivables_are_those_of_the_ledgers(filled):
    told = filled.doors["collect"]("CollectionService/DescribeReceivables", portfolio=NAME,
                                   limit=1000)
    known = filled.companies[:-1]
    days = range(TODAY - 30, TODAY + 1)
    assert [one["date"] for one in told["days"]] == [
        time.strftime("%Y-%m-%d", time.gmtime(day * 86_400)) for day in days]
    for day, one in zip(days, told["days"]):
        assert int(one["openCents"]) == sum(each.open_cents(day) for each in known)
    ages = [0] * 6
    for company in known:
        for invoice in company.invoices:
            late = TODAY - invoice.due
            rest = invoice.cents - sum(cents for day, cents in invoice.payments if day <= TODAY)
            ages[0 if late <= 0 else min(4, (late - 1) // 30 + 1)] += rest
    assert [int(cents) for cents in told["openCentsByAge"]] == ages
    owing = [one for one in known if one.open_cents(TODAY) > 0]
    assert int(told["customerCount"]) == len(told["customers"]) == len(owing)
    states = {one["state"] for one in told["promises"]}
    assert states <= {"PROMISE_STATE_RUNNING", "PROMISE_STATE_BROKEN", "PROMISE_STATE_PARTLY_KEPT"}


def test_the_trend_has_figures_alerts_and_notices(filled):
    door = filled.doors["follow"]
    told = door("PortfolioService/DescribeTrend", portfolio=NAME)
    assert len(told["openAlertCounts"]) == 31
    alerts = door("AlertService/ListAlerts", portfolio=NAME, state="ALERT_LIST_STATE_ACTIVE",
                  pageSize=1000)["alerts"]
    assert int(told["openAlertCounts"][-1]) == len(alerts)
    last = told["days"][-1]
    assert last["date"] == told["asOfDate"] and int(last["companyCount"]) == COUNT
    owed = sum(each.open_cents(TODAY) for each in filled.companies)
    assert abs(last["exposure"] * 100 - owed) < 1
    notices = [event for each in filled.companies[:-1] for event in each.events
               if TODAY - 7 < event[2] <= TODAY]
    assert int(told["legalEventCount"]) == len(notices)
    status, _, body = curl(filled, "/v1/PortfolioService/DescribeTrend",
                           {"portfolio": NAME, "dayCount": 367},
                           "-H", f"authorization: Bearer {filled.shown['follow']}")
    assert status == 400 and json.loads(body)["metadata"]["limit"] == "trendDaysMax"
