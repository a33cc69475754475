# SPDX-License-Identifier: Apache-2.0
"""The page in a real browser: what it shows, in both languages, with nothing that axe or the
console finds, by keyboard alone, and as whom somebody signs in."""

import csv
import json
import re
from pathlib import Path

import pytest

from support.access import issue
from support.page import BROWSER, MARKED, NAME, watched_server
from support.server import Server

playwright = pytest.importorskip("playwright.sync_api", reason="no playwright")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")

COUNT = 60
VIEWS = ("overview", "companies", "collection", "opportunities", "alerts", "company", "recording")
TITLES = {
    "en-GB": ("Overview", "Companies", "Collection", "Opportunities", "Alerts"),
    "fr-FR": ("Vue d’ensemble", "Entreprises", "Recouvrement", "Opportunités", "Alertes"),
}


@pytest.fixture(scope="module")
def watched(certificates, tmp_path_factory):
    with watched_server(certificates, tmp_path_factory.mktemp("page"), COUNT) as server:
        yield server


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def look(browser, watched):
    """Opens a page; what its console says is nothing at the end."""
    said, contexts = [], []

    def open_page(server=watched, path="/", **options):
        context = browser.new_context(ignore_https_errors=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        # Nothing comes from elsewhere.
        page.on("request", lambda request: said.append(request.url) if not request.url.startswith(
            (f"https://localhost:{server.port}/", "blob:", "data:")) else None)
        page.goto(f"https://localhost:{server.port}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def numbers(page) -> dict[str, str]:
    """The figures on top, by their names."""
    return {figure.locator("dt").inner_text(): figure.locator("strong").inner_text()
            for figure in page.locator(".figure").all()}


def test_the_portfolio_is_told_in_both_languages(look):
    page = look(locale="en-GB")
    page.wait_for_selector(".figure")
    told = numbers(page)
    assert told["Companies followed"] == str(COUNT) and int(told["Open alerts"]) > 0
    assert re.fullmatch(r"€[\d.]+[mk]", told["Exposure"]) and told["Expected loss"].startswith("€")
    classes = page.locator("section", has_text="Portfolio by class") \
        .locator("tbody:not(.head) tr")
    counts = [int(row.locator("td").first.inner_text()) for row in classes.all()]
    assert sum(counts) == COUNT
    moved = page.locator(".matrix td").all_inner_texts()
    assert sum(int(text) for text in moved if text) == COUNT
    page.get_by_role("button", name="Français").click()
    page.get_by_role("heading", name="Portefeuille par classe").wait_for()
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert numbers(page)["Entreprises suivies"] == str(COUNT)
    # He who looks again finds his language.
    page.reload()
    page.get_by_role("heading", name="Portefeuille par classe").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1_440, 400])
@pytest.mark.parametrize("language", ["en-GB", "fr-FR"])
def test_axe_finds_nothing(look, scheme, width, language):
    from axe_playwright_python.sync_playwright import Axe
    page = look(locale=language, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.wait_for_selector(".figure")
    for place, view in enumerate(VIEWS):
        if view == "company":
            page.click("nav a >> nth=1")
            page.click("tbody a >> nth=0")
            page.wait_for_selector("form.whatif")
        elif view == "recording":
            page.click("nav a >> nth=2")
            page.click("tbody:not(.head) button >> nth=0")
            page.wait_for_selector("dialog[open]")
        else:
            page.click(f"nav a >> nth={place}")
            page.wait_for_selector(f"h1:text-is('{NAME}: {TITLES[language][place]}')",
                                   state="attached")
        # What loads is paler for a moment.
        page.wait_for_selector("main:not([aria-busy])")
        page.wait_for_timeout(400)
        found = Axe().run(page).response["violations"]
        assert found == [], [(each["id"], each["nodes"][0]["html"]) for each in found]
        # Nothing makes all of the page wider than the window.
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view


def test_names_are_text_and_never_markup(look):
    page = look(path=f"/#/{NAME.replace('&', '%26').replace('<', '%3C')}/companies")
    page.wait_for_selector("tbody a")
    assert page.locator("tbody a").first.inner_text() == MARKED
    assert page.locator("tbody b").count() == 0


def test_an_alert_is_seen_by_keyboard_alone(look):
    page = look(locale="en-GB")
    page.wait_for_selector(".figure")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Alerts":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".alert.open")
    opened = page.locator(".alert.open").count()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Seen":
            break
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".alert.open")).to_have_count(opened - 1)


def test_a_table_is_downloaded_as_it_is(look, tmp_path):
    page = look(path=f"/#/{NAME.replace('&', '%26').replace('<', '%3C')}/companies")
    page.wait_for_selector("tbody a")
    with page.expect_download() as download:
        page.click("button[data-key=csv]")
    file = tmp_path / "companies.csv"
    download.value.save_as(file)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == COUNT + 1 and MARKED in lines[1]


@pytest.mark.parametrize("language, separator, point", [("en-GB", ",", "."), ("fr-FR", ";", ",")])
def test_a_file_has_amounts_as_the_spreadsheet_of_the_language_reads_them(
        look, watched, tmp_path, language, separator, point):
    members = watched.door("PortfolioService/ListScores", portfolio=NAME, pageSize=1000)["members"]
    page = look(path=f"/#/{NAME.replace('&', '%26').replace('<', '%3C')}/companies",
                locale=language)
    page.wait_for_selector("tbody a")
    with page.expect_download() as download:
        page.click("button[data-key=csv]")
    download.value.save_as(tmp_path / "companies.csv")
    with (tmp_path / "companies.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file, delimiter=separator)
    exposure = head.index("Exposure" if language == "en-GB" else "Encours")
    currency = head.index("Currency" if language == "en-GB" else "Devise")
    for row, member in zip(rows, members, strict=True):
        owed = member["company"].get("exposure")
        cents = f"{int(owed['minorUnits']):03}" if owed else ""
        assert row[exposure] == (f"{cents[:-2]}{point}{cents[-2:]}" if owed else "")
        assert row[currency] == ("EUR" if owed else "")


def test_companies_are_sorted_by_a_press_on_a_title(look):
    page = look(path=f"/#/{NAME.replace('&', '%26').replace('<', '%3C')}/companies",
                locale="en-GB")
    score = page.locator("tbody:not(.head) tr td:nth-child(5)")
    page.wait_for_selector("tbody a")
    for mark, is_down in [("▼", True), ("▲", False)]:
        page.get_by_role("button", name="Score").press("Enter")
        head = page.locator("th[aria-sort]")
        playwright.expect(head).to_have_attribute(
            "aria-sort", "descending" if is_down else "ascending")
        playwright.expect(head).to_contain_text(mark)
        shown = [int(text) for text in score.all_inner_texts() if text != "–"]
        assert shown == sorted(shown, reverse=is_down) and len(shown) > 40
        playwright.expect(page.get_by_role("button", name="Score")).to_be_focused()


@pytest.mark.parametrize("language", ["en-GB", "fr-FR"])
def test_no_name_of_the_protocol_is_shown(look, watched, language):
    page = look(locale=language)
    sirens = [one["company"]["company"]["siren"] for one in watched.door(
        "PortfolioService/ListScores", portfolio=NAME, pageSize=1000)["members"][:3]]
    place = NAME.replace("&", "%26").replace("<", "%3C")
    for view in (*VIEWS[:5], *(f"company/siren/{siren}" for siren in sirens)):
        page.goto(f"https://localhost:{watched.port}/#/{place}/{view}")
        page.wait_for_selector("main:not([aria-busy]) section")
        page.wait_for_timeout(600)
        text = page.locator("main").inner_text()
        assert not re.findall(r"[a-z]+_[A-Z][A-Z_]+|[A-Z]{2,}_[A-Z_]+", text), view


def test_headers_leave_a_browser_no_choice(watched, browser):
    context = browser.new_context(ignore_https_errors=True)
    for path in ("/", "/page.js", "/style.css"):
        fields = context.request.get(f"https://localhost:{watched.port}{path}").headers
        assert "default-src 'none'" in fields["content-security-policy"]
        assert "unsafe" not in fields["content-security-policy"]
        assert fields["x-content-type-options"] == "nosniff"
        assert fields["referrer-policy"] == "no-referrer"
        again = context.request.get(f"https://localhost:{watched.port}{path}",
                                    headers={"if-none-match": fields["etag"]})
        assert again.status == 304 and not again.body()
    context.close()


def test_somebody_signs_in_once_by_a_link(certificates, tmp_path, browser):
    import grpc
    from vigie.v1 import dashboard_service_pb2 as dashboard
    from vigie.v1 import dashboard_service_pb2_grpc as dashboards
    tokens = tmp_path / "tokens.json"
    token = issue(tokens, "anna", "--role", "follow")
    with Server(certificates, "--web", "on", "--tokens", str(tokens), "--reload-interval", "1",
                "--store", str(tmp_path / "store.sqlite")) as server:
        context = browser.new_context(ignore_https_errors=True, locale="en-GB")
        page = context.new_page()
        page.goto(f"https://localhost:{server.port}/")
        page.get_by_text("You are not signed in").wait_for()
        with server.channel() as channel:
            service = dashboards.DashboardServiceStub(channel)
            with pytest.raises(grpc.RpcError):
                service.CreateSignIn(dashboard.CreateSignInRequest())
            path = service.CreateSignIn(
                dashboard.CreateSignInRequest(),
                metadata=(("authorization", f"Bearer {token}"),)).path
        assert path.startswith("/sign-in#")
        page.goto(f"https://localhost:{server.port}{path}")
        page.get_by_text("There is no portfolio yet").wait_for()
        # The secret is in no history, and works for nobody else.
        assert page.url == f"https://localhost:{server.port}/"
        cookie, = context.cookies()
        assert cookie["name"] == "__Host-vigie" and cookie["httpOnly"] and cookie["secure"]
        assert cookie["sameSite"] == "Strict"
        other = browser.new_context(ignore_https_errors=True, locale="en-GB")
        second = other.new_page()
        second.goto(f"https://localhost:{server.port}{path}")
        second.get_by_text("This link works no more").wait_for()
        # He is asked for what he may, and goes when his token goes.
        made = page.evaluate("""async () => (await fetch('/v1/PortfolioService/CreatePortfolio', {
            method: 'POST', headers: {'content-type': 'application/json'},
            body: JSON.stringify({name: 'mine'})})).json()""")
        assert made["portfolio"]["createdBy"] == "anna"
        entry = json.loads(tokens.read_text())
        entry["tokens"] = []
        tokens.write_text(json.dumps(entry))
        page.wait_for_timeout(2_500)
        page.reload()
        page.get_by_text("You are not signed in").wait_for()
        assert cookie["value"] not in server.log() and path[9:] not in server.log()
        context.close()
        other.close()


REDRAW = """async (turns) => {
    const main = document.querySelector("main");
    for (let turn = 0; turn < turns; turn += 1) {
        main.replaceChildren(...[...main.children].map((child) => child.cloneNode(true)));
        main.getBoundingClientRect();
        if (turn % 50 === 0) await new Promise((done) => { setTimeout(done); });
    }
}"""


def test_what_is_drawn_anew_is_given_back(browser, look):
    """A page that stays open all day is drawn anew with all news. What it is made of goes with it:
    Chromium keeps something of some elements for good (see `head` in draw.js)."""
    page = look()
    page.wait_for_selector(".figure")
    session = page.context.new_cdp_session(page)

    def own_bytes() -> int:
        """Memory of all renderers that is of no file, when garbage is gone."""
        session.send("HeapProfiler.collectGarbage")
        told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
        smaps = [Path(f"/proc/{each['id']}/smaps_rollup").read_text()
                 for each in told["processInfo"] if each["type"] == "renderer"]
        return sum(int(re.search(r"^Anonymous: +(\d+) kB", each, re.M)[1]) for each in smaps) << 10

    page.evaluate(REDRAW, 300)
    before = own_bytes()
    page.evaluate(REDRAW, 2_000)
    assert own_bytes() - before < 12 << 20
