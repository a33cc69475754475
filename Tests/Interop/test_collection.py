# SPDX-License-Identifier: Apache-2.0
# tidy: length: one ledger, that of the case, and all that is asked of it.
"""Whom to call and to write to, out of ledgers that were recorded: case 17 over the wire, in each
kind of database."""

import datetime
import json
import subprocess

import grpc
import pytest

from support.server import Server, program
from support.stores import stub as portfolios
from support.stubs import ROOT
from vigie.v1 import (
    collection_pb2 as values, collection_service_pb2 as messages, collection_service_pb2_grpc,
    company_facts_pb2 as facts,
    portfolio_facts_pb2 as kept, portfolio_pb2 as portfolio,
    portfolio_service_pb2 as portfolio_messages,
)

CASE = json.loads(
    (ROOT / "Tests/CollectionTests/Cases/17-dunning-run.json").read_text())
EPOCH = datetime.date(1970, 1, 1)
DELTA = datetime.datetime.now(datetime.timezone.utc).date() - datetime.date.fromisoformat(
    CASE["input"]["as_of"])
SIREN = {"B": "732829320"}


def day(text: str) -> int:
    """A day of the case, as if its day were today."""
    return (datetime.date.fromisoformat(text) + DELTA - EPOCH).days


def iso(text: str) -> str:
    return (datetime.date.fromisoformat(text) + DELTA).isoformat()


def who(partner: str) -> portfolio.CompanyIdentifier:
    if partner in SIREN:
        return portfolio.CompanyIdentifier(siren=SIREN[partner])
    return portfolio.CompanyIdentifier(own=partner)


def ledger(partner: str) -> facts.CompanyFacts:
    """What the case says of a partner, as facts."""
    known = facts.CompanyFacts(siren=SIREN.get(partner, ""))
    known.ledger_until_day = day(CASE["input"]["as_of"])
    known.ledger_owner = facts.LEDGER_OWNER_CREDITOR
    owed = known.owed
    for invoice in CASE["input"]["invoices"]:
        if invoice["partner"] != partner:
            continue
        cents, paid = round(invoice["amount"] * 100), round(invoice["paid"] * 100)
        if cents < 0:
            # What is open of a credit note is a credit, which has no number here.
            known.unallocated.cents.append(-cents)
            known.unallocated.days.append(day(invoice["due"]))
            known.unallocated.payments.append(False)
            continue
        owed.cents.append(cents)
        owed.open_cents.append(cents - paid)
        owed.due_days.append(day(invoice["due"]))
        owed.issued_days.append(day(invoice["due"]) - (25 if invoice["id"] == "F5" else 60))
        owed.references.append(invoice["id"])
        owed.payment_counts.append(1 if paid else 0)
        if paid:
            owed.payment_days.append(day("2026-11-10"))
            owed.payment_cents.append(paid)
        disputed = invoice["note"] == "dispute"
        owed.dispute_counts.append(1 if disputed else 0)
        if disputed:
            owed.dispute_opened_days.append(day("2026-10-01"))
    if partner == "B":
        known.events.kinds.append(facts.LEGAL_EVENT_KIND_RJ_OPENED)
        known.events.decided_days.append(day("2026-10-10"))
        known.events.published_days.append(day("2026-10-20"))
        known.events.notices.append("A20260001")
    return known


def fill(channel, metadata=None) -> None:
    """Makes the portfolio "p" with the ledgers of the case."""
    service, partners = portfolios(channel), ["A", "B", "C", "D"]
    service.CreatePortfolio(
        portfolio_messages.CreatePortfolioRequest(name="p"), metadata=metadata)
    service.PutCompanies(portfolio_messages.PutCompaniesRequest(
        portfolio="p", companies=[
            portfolio.FollowedCompany(company=who(each), name=f"Partner {each}")
            for each in partners]), metadata=metadata)
    service.RecordFacts(kept.RecordFactsRequest(
        portfolio="p", source="a test", companies=[
            kept.RecordedCompany(company=who(each), facts=ledger(each))
            for each in partners]), metadata=metadata)


@pytest.fixture
def book(serving, team):
    """A portfolio with the ledgers of the case, and who asks."""
    anna = team["anna"]
    with serving() as server, server.channel() as channel:
        fill(channel, anna)
        collection = collection_service_pb2_grpc.CollectionServiceStub(channel)
        collection.RecordCollection(messages.RecordCollectionRequest(
            portfolio="p", company=who("D"), note="called", promise=values.CollectionPromise(
                invoice="F7", date=iso("2026-12-01"))), metadata=anna)
        yield collection, anna, server


def worklist(collection, metadata, **more) -> messages.GetWorklistResponse:
    return collection.GetWorklist(messages.GetWorklistRequest(
        portfolio="p", language=values.COLLECTION_LANGUAGE_ENGLISH, **more), metadata=metadata)


def test_the_worklist_is_that_of_the_case(book):
    collection, anna, server = book
    found = worklist(collection, anna)
    # Nobody scored them: all have the same probability, and the amount decides.
    by_name = {entry.name: entry for entry in found.entries}
    assert [entry.name for entry in found.entries] == ["Partner B", "Partner A"]
    for wanted in CASE["expected"]["worklist"]:
        entry = by_name["Partner " + wanted["partner"]]
        assert entry.level == wanted["level"]
        assert entry.amount_due_cents == round(wanted["amount_due"] * 100)
        assert entry.value_at_risk_cents == round(wanted["amount_due"] * 5)
        assert entry.probability == 0.05 and entry.probability_is_assumed
    assert by_name["Partner B"].action.code == "action_declare"
    assert [entry.name for entry in found.others] == ["Partner D"]
    assert found.others[0].promised_cents == 120_000 and found.entry_count == 2
    blocked = {"F3": "gate_disputed", "F4": "gate_frozen", "F7": "gate_promised"}
    for invoice in CASE["input"]["invoices"]:
        told = collection.ExplainCustomer(messages.ExplainCustomerRequest(
            portfolio="p", company=who(invoice["partner"])), metadata=anna)
        standing = {each.reference: each for each in told.invoices}.get(invoice["id"])
        if invoice["id"] in ("F6", "AV1"):
            assert standing is None, "paid, and a credit"
            continue
        wanted = next(e for e in CASE["expected"]["lines"] if e["invoice"] == invoice["id"])
        assert standing.open_cents == round(wanted["open"] * 100)
        assert standing.days_late == wanted["days_late"]
        if invoice["id"] in blocked:
            assert standing.reasons[0].code == blocked[invoice["id"]]
            assert standing.reasons[-1].code == "letter_not"
    assert "Partner" not in server.log() and SIREN["B"] not in server.log()


def test_a_run_writes_each_letter_once(book):
    collection, anna, _ = book
    asked = messages.RunDunningRequest(
        portfolio="p", sender="Vigie SARL", language=values.COLLECTION_LANGUAGE_ENGLISH)
    plan = collection.PlanDunning(messages.PlanDunningRequest(
        portfolio="p", sender="Vigie SARL", language=values.COLLECTION_LANGUAGE_ENGLISH),
        metadata=anna)
    assert plan.letter_count == 2
    done = collection.RunDunning(asked, metadata=anna)
    assert done.run > 0 and done.letter_count == 2
    kept_letters = collection.ListLetters(
        messages.ListLettersRequest(portfolio="p", run=done.run), metadata=anna)
    assert sorted(letter.key for letter in kept_letters.letters) == sorted(
        letter.key for letter in plan.letters)
    a = next(letter for letter in kept_letters.letters if letter.name == "Partner A")
    assert "F1" in a.text and "F2" in a.text and "-€150.00" in a.text and "F3" not in a.text
    assert "€600.00" in a.text and "Vigie SARL" in a.text
    again = collection.RunDunning(asked, metadata=anna)
    assert again == messages.RunDunningResponse()
    runs = collection.ListLetters(messages.ListLettersRequest(portfolio="p"), metadata=anna).runs
    assert [(run.run, run.letter_count) for run in runs] == [(done.run, 2)]
    after = worklist(collection, anna)
    assert not after.entries, "whoever was written to this morning waits"
    waiting = [entry for entry in after.others if entry.name == "Partner A"]
    assert waiting[0].reasons[0].code == "customer_waiting"


def test_what_people_do_is_kept(book):
    collection, anna, _ = book

    def record(**more) -> messages.RecordCollectionResponse:
        return collection.RecordCollection(messages.RecordCollectionRequest(
            portfolio="p", company=who("A"), **more), metadata=anna)

    record(dispute_invoice="F1", note="wrong price")
    record(hold=values.CollectionHold(invoice="F2"))
    assert not [e for e in worklist(collection, anna).entries if e.name == "Partner A"]
    record(settle_invoice="F1")
    record(release_invoice="F2")
    record(set_level=values.CollectionLevel(level=1), note="a good customer")
    entry = next(e for e in worklist(collection, anna).entries if e.name == "Partner A")
    assert (entry.level, entry.level_of_days) == (1, 2)
    told = collection.ExplainCustomer(messages.ExplainCustomerRequest(
        portfolio="p", company=who("A")), metadata=anna)
    assert [note.text for note in told.notes] == ["wrong price", "a good customer"]
    with pytest.raises(grpc.RpcError) as caught:
        record(settle_invoice="F1")
    assert caught.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    with pytest.raises(grpc.RpcError) as caught:
        record(promise=values.CollectionPromise(date="2020-01-01"))
    assert caught.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert "date" in caught.value.details()


def test_claims_and_forecasts_are_told(book):
    collection, anna, _ = book
    declared = collection.DeclareClaims(messages.DeclareClaimsRequest(
        portfolio="p", sender="Vigie SARL"), metadata=anna)
    assert declared.declaration_count == 1
    claim = declared.declarations[0]
    assert claim.company == who("B") and claim.opened_date == iso("2026-10-10")
    assert "F4" in claim.text and "F5" not in claim.text and "F4" in declared.file
    ahead = collection.ForecastPayments(
        messages.ForecastPaymentsRequest(portfolio="p", weeks=4), metadata=anna)
    assert len(ahead.weeks) == 4 and ahead.invoice_count == 4
    forecast = {each.reference for each in ahead.invoices}
    assert forecast == {"F1", "F2", "F5", "F7"}, "disputed and frozen ones are not forecast"
    assert ahead.not_forecast_cents == 80_000 + 900_000
    for each in ahead.invoices:
        assert 1 >= each.late_over_0 >= each.late_over_30 >= each.late_over_90 >= 0


def test_scenarios_are_kept_in_versions(book, team):
    collection, anna, _ = book

    def held() -> messages.GetDunningScenariosResponse:
        return collection.GetDunningScenarios(
            messages.GetDunningScenariosRequest(portfolio="p"), metadata=anna)

    standard = held()
    assert standard.number == 0
    document = json.loads(standard.document)
    document["scenarios"][0]["levels"][0]["from_days"] = 1
    asked = messages.SetDunningScenariosRequest(portfolio="p", document=json.dumps(document))
    assert collection.SetDunningScenarios(asked, metadata=anna).number == 1
    assert held().number == 1 and json.loads(held().document) == document
    document["scenarios"][0]["levels"][0]["channel"] = "pigeon"
    document["scenarios"][0]["name"] = ""
    asked.document = json.dumps(document)
    with pytest.raises(grpc.RpcError) as caught:
        collection.SetDunningScenarios(asked, metadata=anna)
    assert caught.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert "channel" in caught.value.details() and "name" in caught.value.details()
    # Whoever does not see the portfolio sees nothing of it.
    for name, code in (("ben", grpc.StatusCode.NOT_FOUND),
                       ("carl", grpc.StatusCode.PERMISSION_DENIED)):
        with pytest.raises(grpc.RpcError) as caught:
            worklist(collection, team[name])
        assert caught.value.code() == code


def test_the_command_tells_writes_and_records(certificates, tmp_path):
    with Server(certificates, "--store", str(tmp_path / "store.sqlite")) as server:
        with server.channel() as channel:
            fill(channel)

        def vigie(*arguments: str, code: int = 0) -> subprocess.CompletedProcess:
            done = subprocess.run(
                [program("vigie"), "worklist", *arguments, "--server",
                 f"localhost:{server.port}", "--ca-cert", str(certificates.ca)],
                capture_output=True, text=True, timeout=120)
            assert done.returncode == code, done.stderr
            return done

        assert "recorded" in vigie(
            "record", "p", "own:D", "promise", "--invoice", "F7", "--until", iso("2026-12-01"),
            "--note", "called").stdout
        told = json.loads(vigie("show", "p", "-o", "json").stdout)
        assert [each["name"] for each in told["entries"]] == ["Partner B", "Partner A"]
        assert told["others"][0]["company"] == "own:D"
        table = vigie("p", "--language", "fr").stdout
        assert "Partner A" in table and "950.00" in table and "Déclarer la créance" in table
        planned = vigie("letters", "p", "--sender", "Vigie SARL").stdout
        assert planned.count("===") == 2 and "F1" in planned
        sent = vigie("letters", "p", "--sender", "Vigie SARL", "--send")
        assert sent.stdout.count("===") == 2 and "2 letters were written" in sent.stderr
        again = vigie("letters", "p", "--sender", "Vigie SARL", "--send")
        assert not again.stdout and "0 letters were written" in again.stderr
        vigie("record", "p", "own:D", "promise", code=64)
        vigie("letters", "p", "--sender", "V", "--send", "--as-of", "2026-01-01", code=64)


def test_a_companys_own_book_is_no_account_of_ours(book):
    collection, anna, server = book
    before = worklist(collection, anna)
    own = ledger("A")
    own.ledger_owner = facts.LEDGER_OWNER_COMPANY
    own.owed.references[:] = ["OF-OTHERS"] * len(own.owed.references)
    own.owed.cents[0] += 100_000_000
    own.owed.open_cents[0] += 100_000_000
    with server.channel() as channel:
        service = portfolios(channel)
        service.RecordFacts(kept.RecordFactsRequest(
            portfolio="p", source="its journal", companies=[
                kept.RecordedCompany(company=who("A"), facts=own)]), metadata=anna)
        listed = service.ListFacts(
            kept.ListFactsRequest(portfolio="p", company=who("A")), metadata=anna)
        assert [each.kind for each in listed.facts] == [
            kept.FACT_KIND_ACCOUNT, kept.FACT_KIND_LEDGER]
    assert worklist(collection, anna) == before


def test_terms_decide_scenario_cover_and_language(book):
    collection, anna, _ = book
    collection.SetDunningScenarios(messages.SetDunningScenariosRequest(
        portfolio="p", document=with_segment(collection, anna, "patient")), metadata=anna)
    before = {each.name: each for each in worklist(collection, anna).entries}["Partner A"]
    assert before.level > 0

    def record(**terms) -> None:
        collection.RecordCollection(messages.RecordCollectionRequest(
            portfolio="p", company=who("A"), set_terms=values.CollectionTerms(**terms)),
            metadata=anna)

    half = before.amount_due_cents // 2
    record(cover_cents=half, language=values.COLLECTION_LANGUAGE_FRENCH)
    covered = {each.name: each for each in worklist(collection, anna).entries}["Partner A"]
    assert covered.amount_due_cents == before.amount_due_cents
    assert covered.value_at_risk_cents == round((before.amount_due_cents - half) * 0.05)
    letters = collection.PlanDunning(messages.PlanDunningRequest(
        portfolio="p", sender="Vigie SARL", language=values.COLLECTION_LANGUAGE_ENGLISH),
        metadata=anna).letters
    texts = {each.name: each.text for each in letters}
    assert "Vigie" in texts["Partner A"] and "é" in texts["Partner A"]
    told = collection.ExplainCustomer(messages.ExplainCustomerRequest(
        portfolio="p", company=who("A")), metadata=anna)
    assert told.terms.cover_cents == half
    yesterday = (datetime.datetime.now(datetime.timezone.utc).date()
                 - datetime.timedelta(days=1)).isoformat()
    record(cover_cents=half, cover_until_date=yesterday, segment="patient")
    found = worklist(collection, anna)
    assert "Partner A" not in [each.name for each in found.entries], "it is left alone for long"
    # What is left out holds no more.
    record()
    again = {each.name: each for each in worklist(collection, anna).entries}["Partner A"]
    assert again == before
    with pytest.raises(grpc.RpcError) as refused:
        record(cover_cents=-1)
    assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT


def with_segment(collection, metadata, segment: str) -> str:
    """The scenarios of the product, and one for a segment that reminds after a year."""
    document = json.loads(collection.GetDunningScenarios(
        messages.GetDunningScenariosRequest(portfolio="p"), metadata=metadata).document)
    own = json.loads(json.dumps(document["scenarios"][0]))
    own["name"], own["segments"] = segment, [segment]
    for place, level in enumerate(own["levels"]):
        level["from_days"] = 1_000 + place
    document["scenarios"].append(own)
    return json.dumps(document)


def test_proceedings_have_no_figure_without_a_model(book):
    collection, anna, _ = book
    for partner, since in (("B", iso("2026-10-10")), ("A", "")):
        found = collection.ForecastProceedings(messages.ForecastProceedingsRequest(
            portfolio="p", company=who(partner)), metadata=anna)
        assert found.gap == messages.PROSPECT_GAP_NO_MODEL and not found.prospects
        assert found.model == "" and found.since_date == since


def test_proceedings_by_a_model(serving, team, tmp_path):
    bundle = tmp_path / "models" / "proceedings"
    bundle.mkdir(parents=True)
    outcomes = [{"outcome": name, "baseline": [base] * 12, "effects": {
        "kind": {"reorganisation": 0.0}}} for name, base in (
            ("plan", 0.0), ("conversion", 0.0), ("cession", -40), ("closure", -40))]
    (bundle / "manifest.json").write_text(json.dumps({
        "format": "vigie-proceeding-survival/1", "name": "courts", "version": "2.0.0",
        "trained_until": "2026-06-30", "proceedings": 321, "outcomes": outcomes}))
    anna = team["anna"]
    with serving("--models", tmp_path / "models") as server, server.channel() as channel:
        fill(channel, anna)
        collection = collection_service_pb2_grpc.CollectionServiceStub(channel)

        def ask(partner: str, **more) -> messages.ForecastProceedingsResponse:
            return collection.ForecastProceedings(messages.ForecastProceedingsRequest(
                portfolio="p", company=who(partner), **more), metadata=anna)

        found = ask("B", headcount=3)
        assert found.model == "courts@2.0.0" and found.proceeding_count == 321
        assert found.gap == messages.PROSPECT_GAP_UNSPECIFIED and not found.unknown_features
        assert [each.months for each in found.prospects] == [6, 12, 24, 36]
        # A third each of plan, conversion and neither in each quarter.
        for each in found.prospects:
            is_open = 3.0 ** -(each.months // 3)
            assert abs(each.still_open - is_open) < 1e-12
            assert abs(each.plan - (1 - is_open) / 2) < 1e-9 and each.plan == each.conversion
        assert ask("A").gap == messages.PROSPECT_GAP_NO_PROCEEDINGS
        token = tmp_path / "anna.token"
        token.write_text(dict(anna)["authorization"].removeprefix("Bearer "))
        token.chmod(0o600)
        command = [program("vigie"), "worklist", "proceedings", "p", f"siren:{SIREN['B']}",
                   "--headcount", "3", "--server", f"localhost:{server.port}",
                   "--ca-cert", server.certificates.ca, "--token-file", token]
        told = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert told.returncode == 0, told.stderr
        assert "courts@2.0.0, fitted on 321 proceedings up to 2026-06-30" in told.stdout
        assert "11.1 %" in told.stdout and "44.4 %" in told.stdout
        told = json.loads(subprocess.check_output([*command, "-o", "json"], timeout=120))
        assert told["since_date"] == iso("2026-10-10") and told["gap"] == ""
        assert [each["months"] for each in told["prospects"]] == [6, 12, 24, 36]
        assert [each["plan"] for each in told["prospects"]] == [
            each.plan for each in found.prospects]
        with pytest.raises(grpc.RpcError) as refused:
            ask("B", founded_date="2026-02-30")
        assert refused.value.code() == grpc.StatusCode.INVALID_ARGUMENT


def test_the_command_tells_the_rest(certificates, tmp_path):
    with Server(certificates, "--store", str(tmp_path / "store.sqlite")) as server:
        with server.channel() as channel:
            fill(channel)

        def run(*words: str) -> str:
            done = subprocess.run(
                [program("vigie"), "worklist", *words, "--server", f"localhost:{server.port}",
                 "--ca-cert", str(certificates.ca)],
                capture_output=True, text=True, timeout=120)
            assert done.returncode == 0, done.stderr
            return done.stdout

        run("record", "p", "own:A", "terms", "--cover-cents", "1234", "--segment", "big")
        told = run("explain", "p", "own:A", "--language", "fr")
        assert "jours de retard" in told and "couverture 12,34" in told and "F1" in told
        assert json.loads(run("explain", "p", "own:A", "-o", "json"))["terms"]["segment"] == "big"
        assert "What customers are used to".lower() in run("forecast", "p", "--weeks", "2").lower()
        assert "habitudes" in run("forecast", "p", "--language", "fr")
        outlook = json.loads(run("forecast", "p", "-o", "json"))
        assert len(outlook["weeks"]) == 13 and outlook["model"] == ""
        assert {each["method"] for each in outlook["invoices"]} == {"history"}
        assert "in proceedings since" in run("proceedings", "p", f"siren:{SIREN['B']}")
        assert "aucun chiffre" in run("proceedings", "p", "own:A", "--language", "fr")
        assert json.loads(run("proceedings", "p", "own:A", "-o", "json"))["gap"] == "no_model"
        claims = run("claims", "p", "--sender", "Vigie SARL", "--language", "en")
        assert "Partner B" in claims and "to declare until" in claims
        assert "Partner B" in run("claims", "p", "--sender", "Vigie SARL", "--file")
        document = tmp_path / "scenarios.json"
        document.write_text(run("scenarios", "p"))
        assert run("scenarios", "p", "--set", str(document)) == "scenarios 1 hold\n"
        assert json.loads(run("scenarios", "p")) == json.loads(document.read_text())
        asking = json.loads(document.read_text())
        for scenario in asking["scenarios"]:
            for level in scenario["levels"]:
                level["interest"] = True
        today = datetime.datetime.now(datetime.timezone.utc).date()
        half = f"{today.year}-{1 if today.month <= 6 else 2}"
        given = [{"half_year": f"{year}-{part}", "refinancing_hundredths": 215}
                 for year in range(today.year - 3, today.year + 1) for part in (1, 2)]
        for rates in ([], given):
            asking["interest_rates"] = rates
            document.write_text(json.dumps(asking))
            run("scenarios", "p", "--set", str(document))
            told = subprocess.run(
                [program("vigie"), "worklist", "letters", "p", "--sender", "V", "--server",
                 f"localhost:{server.port}", "--ca-cert", str(certificates.ca)],
                capture_output=True, text=True, timeout=120)
            is_known = bool(rates) or half < "2026-2"
            assert (f"no rate of late interest is known for {half};" in told.stderr) != is_known
            assert ("still to be calculated" in told.stdout) != is_known
