# SPDX-License-Identifier: Apache-2.0
"""What the page shows of collection, of one company and of opportunities, and what one does there,
held against what the server says; and that each role sees its own."""

import contextlib

import pytest

from support.access import issue
from support.page import BROWSER, NAME, watched_server

playwright = pytest.importorskip("playwright.sync_api", reason="no playwright")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")

PLACE = NAME.replace("&", "%26").replace("<", "%3C").replace(">", "%3E")
expect = playwright.expect


@pytest.fixture(scope="module")
def watched(certificates, tmp_path_factory):
    with watched_server(certificates, tmp_path_factory.mktemp("views"), 80) as server:
        yield server


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def look(browser, watched):
    """Opens a view; its console says nothing."""
    said, contexts = [], []

    def open_page(view, server=watched, **options):
        context = browser.new_context(ignore_https_errors=True, locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"https://localhost:{server.port}/#/{PLACE}/{view}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def test_the_worklist_is_the_servers_and_a_call_is_recorded_by_keyboard(look, watched):
    found = watched.door("CollectionService/GetWorklist", portfolio=NAME, language=2)
    page = look("collection")
    rows = page.locator("section", has_text="Worklist").first.locator("tbody:not(.head) tr")
    first = found["entries"][0]
    expect(rows.first.locator("a")).to_have_text(first["name"])
    expect(rows.first).to_contain_text(first["action"]["text"])
    rows.first.locator("button").focus()
    page.keyboard.press("c")
    expect(page.locator("dialog[open] input[name=kind]:checked")).to_have_value("call")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type("Will pay <b>soon</b>.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Recorded.")
    told = watched.door("CollectionService/ExplainCustomer", portfolio=NAME,
                        company=first["company"])
    assert told["notes"][-1]["text"] == "Will pay <b>soon</b>."
    # Whoever worked on a line is there again.
    expect(rows.first.locator("button")).to_be_focused()


def test_a_promise_of_part_and_a_dispute_are_recorded(look, watched):
    page = look("collection")
    rows = page.locator("section", has_text="Worklist").first.locator("tbody:not(.head) tr")
    name = rows.nth(1).locator("a").inner_text()
    rows.nth(1).locator("button").focus()
    page.keyboard.press("p")
    page.get_by_label("Amount").fill("12.50")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#said")).to_have_text("Recorded.")
    owed = watched.door("CollectionService/DescribeReceivables", portfolio=NAME)
    assert any(one["name"] == name and one.get("amountCents") == "1250"
               and one["state"] == "PROMISE_STATE_RUNNING" for one in owed["promises"])
    page.get_by_text("Promises (").wait_for()
    rows.nth(1).locator("button").focus()
    page.keyboard.press("d")
    numbers = page.locator("#open-invoices option")
    expect(numbers.first).to_be_attached()
    number = numbers.first.get_attribute("value")
    page.locator("dialog").get_by_label("Invoice").fill(number)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("dialog")).to_have_count(0)
    company = next(one["company"] for one in owed["promises"] if one["name"] == name)
    told = watched.door("CollectionService/ExplainCustomer", portfolio=NAME, company=company)
    invoice = next(one for one in told["invoices"] if one["reference"] == number)
    assert "gate_disputed" in [each["code"] for each in invoice["reasons"]]


@pytest.mark.parametrize("written, cents", [("1,234", None), ("1.234", None), ("abc", None),
                                            ("-5", None), ("1 234,50", "123450"),
                                            ("1,234.50", "123450"), ("12", "1200")])
def test_an_amount_that_could_be_two_is_not_taken(look, watched, written, cents):
    page = look("collection")
    row = page.locator("section", has_text="Worklist").first.locator("tbody:not(.head) tr").nth(2)
    name = row.locator("a").inner_text()
    row.locator("button").focus()
    page.keyboard.press("p")
    page.get_by_label("Amount").fill(written)
    with page.expect_request(lambda asked: "RecordCollection" in asked.url) if cents \
            else contextlib.nullcontext() as sent:
        page.get_by_role("button", name="Save").click()
    if cents:
        assert sent.value.post_data_json["promise"]["amountCents"] == cents
        expect(page.locator("#said")).to_have_text("Recorded.")
        return
    expect(page.get_by_role("alert").filter(has_text="could be two")).to_be_visible()
    expect(page.get_by_label("Amount")).to_be_focused()
    owed = watched.door("CollectionService/DescribeReceivables", portfolio=NAME)
    assert not any(one["name"] == name and one.get("amountCents") in ("123", "500", "0")
                   for one in owed["promises"])


def test_what_is_open_stays_so_when_something_happens(look, watched):
    page = look("collection")
    rest = page.locator("section", has_text="Worklist").first.locator("details").last
    rest.locator("summary").click()
    expect(rest.locator("tbody:not(.head) tr").first).to_be_visible()
    expect(page.locator("#live")).to_have_text("live")
    with page.expect_response(lambda answer: "GetWorklist" in answer.url):
        watched.door("PortfolioService/PutCompanies", portfolio=NAME,
                     companies=[{"company": {"own": "new"}, "name": "A new one"}])
    page.wait_for_timeout(1_500)
    expect(rest.locator("tbody:not(.head) tr").first).to_be_visible()


@pytest.mark.parametrize("view, words", [
    ("overview", ["Nothing to show."]), ("companies", []),
    ("collection", ["Nothing is open.", "Nothing to show."]),
    ("opportunities", ["Nobody has headroom."]), ("alerts", ["No alert is open."])])
def test_a_portfolio_without_companies_says_so(look, watched, view, words):
    if view == "overview":
        watched.door("PortfolioService/CreatePortfolio", name="none")
    page = look("overview")
    page.wait_for_selector(".figure")
    page.goto(f"https://localhost:{watched.port}/#/none/{view}")
    page.reload()
    page.wait_for_selector("main:not([aria-busy]) section")
    text = page.locator("main").inner_text()
    assert all(one in text for one in words), text
    # Neither a chart nor a list of nothing.
    assert page.locator("svg.cash").count() == 0
    if view != "companies":
        assert all(table.locator("tbody:not(.head) tr").count()
                   for table in page.locator("main table").all())


def test_a_press_on_an_age_shows_whose_it_is(look, watched):
    owed = watched.door("CollectionService/DescribeReceivables", portfolio=NAME, limit=1000)
    page = look("collection")
    page.locator("[data-key=age-1]").click()
    card = page.locator("section", has_text="Customers: 1–30 days")
    count = int(owed["customerCountsByAge"][1])
    assert count > 0
    expect(card.locator("h2").first).to_have_text(f"Customers: 1–30 days ({count})")
    expect(page.locator("[data-key=age-1]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-key=age-1]")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("Customers: All ages").wait_for()


def test_weeks_of_cash_are_those_of_the_forecast(look, watched):
    told = watched.door("CollectionService/ForecastPayments", portfolio=NAME, weeks=13, limit=1)
    page = look("collection")
    chart = page.locator("svg.cash")
    expect(chart.locator("rect.expected")).to_have_count(13)
    expect(chart.locator("path.whisker")).to_have_count(13)
    assert sum(week["expectedCents"] for week in told["weeks"]) > 0


def company_of(watched, riskiest=False):
    """A company that was scored."""
    members = watched.door("PortfolioService/ListScores", portfolio=NAME, pageSize=1000)["members"]
    scored = [one for one in members if one.get("score", {}).get("riskClass")]
    scored.sort(key=lambda one: one["score"]["riskClass"])
    return scored[-1 if riskiest else 0]["company"]


def test_one_companys_page_tells_reasons_decision_and_what_if(look, watched):
    company = company_of(watched, riskiest=True)
    siren = company["company"]["siren"]
    told = watched.door("PortfolioService/AssessCompany", portfolio=NAME,
                        company={"siren": siren}, header={"reasonCount": 6})
    decided = watched.door("PortfolioService/DecideCompany", portfolio=NAME,
                           company={"siren": siren})["decision"]
    page = look(f"company/siren/{siren}")
    reasons = page.locator("section", has_text="What moves the score").last
    expect(reasons.locator("tbody:not(.head) tr")).to_have_count(6)
    first = told["assessment"]["reasons"]["features"][0]
    label = next(one for one in told["context"]["modelFeatures"] if one["feature"] == first)
    raises = told["assessment"]["reasons"]["contributions"][0] > 0
    text = label["raisesRisk" if raises else "lowersRisk"]["en"]
    expect(reasons.locator("tbody:not(.head) tr").first).to_contain_text(text)
    card = page.locator("section", has=page.get_by_role("heading", name="Decision"))
    limit = f"€{int(decided['limit']['amount']):,}"
    expect(card.first).to_contain_text(limit)
    card.first.locator("summary", has_text="What each table said").click()
    for table in decided["tables"]:
        expect(card.first).to_contain_text(table["decision"])
    # With three times its equity it is another company; nothing of that is kept.
    page.get_by_label("Equity paid in").fill("3000000")
    page.get_by_label("Outstanding").fill("1")
    page.get_by_role("button", name="Compute").click()
    rows = page.locator("section", has_text="What if").last.locator("tbody:not(.head) tr")
    expect(rows).to_have_count(2)
    before, after = (int(rows.nth(place).locator("td").first.inner_text()) for place in (0, 1))
    assert after > before
    again = watched.door("PortfolioService/AssessCompany", portfolio=NAME,
                         company={"siren": siren}, header={"reasonCount": 6})
    assert again["assessment"]["adjusted"] == told["assessment"]["adjusted"]


def test_a_committee_gets_a_print_without_forms(look, watched):
    siren = company_of(watched)["company"]["siren"]
    page = look(f"company/siren/{siren}")
    page.wait_for_selector("form.whatif")
    page.emulate_media(media="print")
    expect(page.locator("form.whatif")).to_be_hidden()
    expect(page.locator("header.top nav")).to_be_hidden()
    expect(page.locator(".printed")).to_be_visible()


def test_opportunities_are_those_of_the_server(look, watched):
    found = watched.door("PortfolioService/ListHeadrooms", portfolio=NAME)["headrooms"]
    page = look("opportunities")
    rows = page.locator("tbody:not(.head) tr")
    expect(rows).to_have_count(len(found))
    assert found
    for place, one in enumerate(found[:5]):
        expect(rows.nth(place)).to_contain_text(one["company"]["name"])
        expect(rows.nth(place)).to_contain_text(f"€{int(float(one['headroom'])):,}"[:5])


ROLES = {
    "marketing": (["Opportunities"], ["Class", "Headroom"], ["Score", "Exposure", "Limit"]),
    "sales": (["Opportunities", "Terms"], ["Headroom"], ["Score"]),
    "collect": (["Collection"], ["Value at risk"], ["Class"]),
    "follow": (["Overview", "Companies", "Collection", "Opportunities", "Alerts"],
               ["Portfolio by class"], []),
}


def test_each_role_sees_its_own(certificates, tmp_path, browser):
    from vigie.v1 import dashboard_service_pb2 as dashboard
    from vigie.v1 import dashboard_service_pb2_grpc as dashboards
    tokens = tmp_path / "tokens.json"
    shown = {role: issue(tokens, role, "--role", role) for role in ROLES}
    operator = issue(tokens, "olga", "--role", "operate")
    with watched_server(certificates, tmp_path, 30, "--tokens", str(tokens),
                        token=operator) as server, server.channel() as channel:
        for role in ROLES:
            server.door("PortfolioService/SharePortfolio", portfolio=NAME,
                        share={"role": role, "access": "PORTFOLIO_ACCESS_WRITE"})
        for role, (tabs, there, absent) in ROLES.items():
            path = dashboards.DashboardServiceStub(channel).CreateSignIn(
                dashboard.CreateSignInRequest(),
                metadata=(("authorization", f"Bearer {shown[role]}"),)).path
            context = browser.new_context(ignore_https_errors=True, locale="en-GB")
            page = context.new_page()
            page.set_default_timeout(30_000)
            said = []
            page.on("console", lambda message: said.append(message.text))
            page.goto(f"https://localhost:{server.port}{path}")
            page.wait_for_selector("main table")
            assert page.locator("nav a").all_inner_texts() == tabs, role
            expect(page.locator("#live")).to_have_text("live")
            text = page.locator("main").inner_text()
            assert all(word in text for word in there), role
            heads = page.locator("main th").all_inner_texts()
            assert not set(absent) & set(heads), role
            if role == "sales":
                page.get_by_role("link", name="Terms").click()
                page.click("tbody a >> nth=3")
                page.get_by_text("Limit by policy").wait_for()
                assert "Score" not in page.locator("main").inner_text()
            assert said == [], role
            context.close()


def test_segments_lead_to_their_companies(look, watched):
    name = "Risky <b>ones</b> / \"7+\""
    watched.door("PortfolioService/PutSegment", portfolio=NAME,
                 segment={"name": name, "condition": "class >= 7"})
    risk = watched.door("PortfolioService/DescribeRisk", portfolio=NAME)["segments"]
    assert [one["name"] for one in risk] == [name]
    count = int(risk[0]["members"]["companyCount"])
    members = watched.door("PortfolioService/ListScores", portfolio=NAME, pageSize=1000,
                           segment=name)["members"]
    assert 0 < count < 80 and len(members) == count
    assert all(one["score"]["riskClass"] >= 7 for one in members)
    page = look("overview")
    row = page.locator("section", has_text="Segments").last.locator("tbody:not(.head) tr")
    expect(row).to_have_count(1)
    expect(row.locator("a").first).to_have_text(name)
    expect(row.locator("td, th").nth(1)).to_have_text(str(count))
    row.locator("a").first.click()
    expect(page.locator("main p.quiet strong")).to_have_text(name)
    expect(page.locator("main tbody:not(.head) tr")).to_have_count(count)
    page.get_by_role("link", name="All companies").click()
    followed = watched.door("PortfolioService/ListScores", portfolio=NAME, pageSize=1000)["members"]
    expect(page.locator("main tbody:not(.head) tr")).to_have_count(len(followed))
    watched.door("PortfolioService/DeleteSegment", portfolio=NAME, segment=name)
