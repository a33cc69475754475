# SPDX-License-Identifier: Apache-2.0
"""The Python client keeps portfolios: companies, facts, runs, risk, alerts, whom to call."""

import datetime
import threading
from typing import Iterator

import pytest

import vigie
from support.server import Server

TODAY = datetime.datetime.now(datetime.timezone.utc).date()
DAY = (TODAY - datetime.date(1970, 1, 1)).days


@pytest.fixture(scope="module")
def kept(certificates, tmp_path_factory) -> Iterator[Server]:
    store = tmp_path_factory.mktemp("python") / "store.sqlite"
    with Server(certificates, "--store", str(store)) as server:
        yield server


@pytest.fixture
def client(kept) -> Iterator[vigie.Client]:
    with vigie.Client(f"localhost:{kept.port}", ca=kept.certificates.ca) as made:
        yield made


def test_portfolios_are_made_filled_and_read(client):
    made = client.create_portfolio("first", note="to try")
    assert made["name"] == "first" and made["access"] == "PORTFOLIO_ACCESS_WRITE"
    counts = client.put_companies("first", ({
        "company": f"own:c{number}", "name": f"Company {number}",
        "exposure": {"minor_units": number, "currency": "EUR"},
    } for number in range(2_500)))
    assert counts == {"new_companies": 2_500, "added": 2_500, "changed": 0, "unchanged": 0}
    listed = list(client.companies("first"))
    assert {each["company"]["own"] for each in listed} == {f"c{n}" for n in range(2_500)}
    assert client.remove_companies("first", ["own:c0", {"own": "c1"}, "own:none"]) == 2
    assert client.describe_portfolio("first")["company_count"] == 2_498
    assert [each["name"] for each in client.portfolios() if each["name"] == "first"] == ["first"]
    shares = client.share_portfolio("first", "sales", "write")
    assert shares == [{"role": "sales", "access": "PORTFOLIO_ACCESS_WRITE"}]
    assert client.share_portfolio("first", "sales", None) == []
    with pytest.raises(vigie.VigieError) as refused:
        client.delete_portfolio("first", 1)
    assert refused.value.reason == "OTHER_COUNT"
    client.delete_portfolio("first", 2_498)
    with pytest.raises(vigie.VigieError, match="first"):
        client.describe_portfolio("first")


def test_files_are_imported(client, tmp_path):
    client.create_portfolio("files")
    lines = "siren;name;limit\n552100554;Atelier du Levant;20000\n732829320;Couchant;\n"
    file = tmp_path / "companies.csv"
    file.write_text(lines, encoding="utf-8")
    tried = client.import_companies("files", file, dry_run=True)
    assert "applied" not in tried and tried["counts"]["added"] == 2
    done = client.import_companies("files", lines.encode())
    assert done["applied"] and done["counts"]["added"] == 2
    bad = client.import_companies("files", b"siren;name\n552100555;Wrong\n")
    assert "applied" not in bad and bad["problems"][0]["line"] == 2
    listed = {each["company"]["siren"]: each for each in client.companies("files")}
    assert listed["552100554"]["limit"] == {"minor_units": 2_000_000, "currency": "EUR"}
    with pytest.raises(vigie.VigieError):
        client.import_companies("nowhere", lines.encode())


def test_facts_are_kept_and_assessed(client):
    client.create_portfolio("facts")
    client.put_companies("facts", [{"company": "552 100 554", "name": "Atelier du Levant"}])
    owed = {"cents": [120_000, 50_000], "open_cents": [120_000, 0],
            "issued_days": [DAY - 90, DAY - 120], "due_days": [DAY - 60, DAY - 90],
            "payment_counts": [0, 1], "payment_days": [DAY - 80], "payment_cents": [50_000]}
    told = [{"company": "552100554", "facts": {"owed": owed, "ledger_until_day": DAY - 1}}]
    assert client.record_facts("facts", told, source="book")["added_count"] == 1
    assert client.record_facts("facts", told, source="book")["unchanged_count"] == 1
    listed = list(client.facts("facts", "552100554"))
    assert [(each["kind"], each["source"]) for each in listed] == [("FACT_KIND_LEDGER", "book")]
    assessed = client.assess_company("facts", "siren:552100554")
    assert assessed["fact_count"] == 1 and assessed["assessment"]["outcome"]

    started = client.start_run("facts")
    run = client.wait_for_run("facts", started["number"])
    assert run["state"] == "RUN_STATE_DONE" and run["company_count"] == 1
    assert started["number"] in [each["number"] for each in client.runs("facts")]
    scores = list(client.portfolio_scores("facts"))
    assert scores[0]["score"]["outcome"] and scores[0]["since_date"] == TODAY.isoformat()
    history = list(client.company_history("facts", "552100554"))
    assert history[-1]["score"] == scores[0]["score"]
    risk = client.risk("facts", loss_given_default=0.5)
    assert risk["company_count"] == 1 and risk["loss_given_default"] == 0.5


def test_whom_to_call(client):
    client.create_portfolio("calls")
    client.put_companies("calls", [{"company": "own:late", "name": "Late"}])
    owed = {"cents": [120_000], "open_cents": [120_000], "issued_days": [DAY - 90],
            "due_days": [DAY - 60], "references": ["F-1"]}
    client.record_facts("calls", source="book", companies=[
        {"company": "own:late", "facts": {
            "owed": owed, "ledger_until_day": DAY - 1, "ledger_owner": "LEDGER_OWNER_CREDITOR"}}])
    worklist = client.worklist("calls")
    entries = worklist.get("entries", []) + worklist.get("others", [])
    assert [each["company"]["own"] for each in entries] == ["late"]
    standing = client.explain_customer("calls", "own:late")
    assert [each["reference"] for each in standing["invoices"]] == ["F-1"]


def test_alerts_are_heard_of_and_acted_on(client):
    client.create_portfolio("watched")
    client.put_companies("watched", [{
        "company": "own:big", "name": "Big", "limit": {"minor_units": 100, "currency": "EUR"},
        "exposure": {"minor_units": 900, "currency": "EUR"}}])
    rule = client.put_alert_rule("watched", {
        "name": "over", "kind": "LIMIT_EXCEEDED", "raise": 1.0, "clear": 0.9})
    assert rule["version"] == 1
    heard, first = [], threading.Event()

    def listen() -> None:
        for message in client.watch_alerts("watched", heartbeats=True):
            first.set()
            heard.append(message)
            if message.get("events"):
                return

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    assert first.wait(30)
    client.wait_for_run("watched", client.start_run("watched")["number"])
    thread.join(30)
    assert not thread.is_alive() and heard[-1]["company"] == {"own": "big"}
    alerts = list(client.alerts("watched"))
    assert [each["rule"] for each in alerts] == ["over"]
    done = client.act_on_alerts("watched", [alerts[0]["number"], 99], acknowledge=True, note="seen")
    assert len(done["alerts"]) == 1 and done["refusals"][0]["reason"] == "ALERT_NOT_OPEN"
    assert list(client.alerts("watched", state="ACTIVE", company="own:big"))
    assert client.explain_alert("watched", "over", "own:big")["value"] > 1
    # Who goes on from a cursor misses nothing.
    again = client.watch_alerts("watched", cursor=heard[0]["cursor"])
    assert next(again)["events"] == heard[-1]["events"]
    again.close()
    assert [each["name"] for each in client.alert_rules("watched")] == ["over"]
    assert client.put_standard_alert_rules("watched")
    client.delete_alert_rule("watched", "over")
    assert "over" not in [each["name"] for each in client.alert_rules("watched")]


def test_a_watch_ends_when_its_server_does_not_come_back(certificates, tmp_path):
    store = tmp_path / "store.sqlite"
    with Server(certificates, "--store", str(store)) as server:
        port = server.port
        with vigie.Client(f"localhost:{port}", ca=server.certificates.ca) as client:
            client.create_portfolio("p")
            watch = client.watch_alerts("p", heartbeats=True)
            assert next(watch)["cursor"]
            server.stop()
            with pytest.raises(vigie.VigieError) as gone:
                next(watch)
    assert gone.value.code == "UNAVAILABLE"


@pytest.mark.parametrize("wrong", ["", "12345678", "vat:FR1", "own", "5521005540"])
def test_what_names_no_company_is_refused(client, wrong):
    with pytest.raises(ValueError, match="names no company"):
        client.remove_companies("p", [wrong])
