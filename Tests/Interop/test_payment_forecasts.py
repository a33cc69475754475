# SPDX-License-Identifier: Apache-2.0
"""Payment forecasts that were trained on a ledger: examples by `vigie`, trees by LightGBM, served
by `vigied` with the same bits."""

import datetime
import subprocess
import sys

import pytest

from support import known_ledger
from support.server import Server, program
from support.stores import stub as portfolios
from support.stubs import ROOT
from vigie.v1 import (
    collection_pb2 as values, collection_service_pb2 as messages, collection_service_pb2_grpc,
    company_facts_pb2 as facts,
    portfolio_facts_pb2 as kept, portfolio_pb2 as portfolio,
    portfolio_service_pb2 as portfolio_messages,
)

sys.path.insert(0, str(ROOT / "Clients/Python"))
from vigie_training import payments  # noqa: E402

TODAY = datetime.datetime.now(datetime.timezone.utc).date()
EPOCH = datetime.date(1970, 1, 1)
HORIZON = 90


def examples(path, *options) -> bytes:
    return subprocess.run(
        [program("vigie"), "worklist", "examples", path, *options],
        check=True, capture_output=True, timeout=300).stdout


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A ledger, the bundle that was trained on it, and what its manifest says."""
    directory = tmp_path_factory.mktemp("payments")
    ledger = known_ledger.invoices(3, TODAY)
    path = known_ledger.write(directory / "ledger.csv", ledger, TODAY)
    table = directory / "examples.csv"
    table.write_bytes(examples(path, "--every", "10"))
    manifest = payments.train_payment_forecast(
        table, directory / "models" / "payments", horizon_days=HORIZON)
    return directory, ledger, manifest


def test_it_is_better_than_the_customers_own_mean(trained):
    figures = trained[2]["training"]["measured"]
    assert figures["examples"] > 1_000
    assert figures["mean_error_days"] < 0.8 * figures["own_mean_error_days"], figures
    assert figures["mean_error_days"] < figures["usual_error_days"], figures
    assert 0.75 <= figures["band_share"] <= 0.85, figures
    for days in ("0", "30"):
        assert figures["late"][days]["brier"] < figures["late"][days]["brier_of_share"], figures


def test_a_model_that_is_no_better_is_refused(tmp_path):
    ledger = known_ledger.invoices(5, TODAY, customers=25, learnable=False)
    path = known_ledger.write(tmp_path / "ledger.csv", ledger, TODAY)
    table = tmp_path / "examples.csv"
    table.write_bytes(examples(path, "--every", "30"))
    read = payments.read(table)
    # What training learns from is not what comes: paid at random.
    mixed = payments.numpy.random.default_rng(1).permutation(read.paid_after)
    read.paid_after = payments.numpy.where(read.days < payments.numpy.median(read.days),
                                           mixed + 60, read.paid_after)
    with pytest.raises(payments.NotBetterError, match="days worse, and was not written"):
        payments.train_payment_forecast(read, tmp_path / "bundle", horizon_days=HORIZON)
    assert not (tmp_path / "bundle").exists()


def test_a_mistyped_year_is_told_and_ends(tmp_path):
    head = "customer,invoice,issued,due,amount,paid on\n"
    good = "C1,F1,2024-01-01,2024-01-31,100,2024-02-05\n"
    path = tmp_path / "ledger.csv"
    for bad, options in [("C1,F2,0202-01-01,2024-03-01,100,\n", ()),
                         ("", ("--until", "9999-12-31"))]:
        path.write_text(head + good + bad)
        done = subprocess.run([program("vigie"), "worklist", "examples", path, *options],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 65 and "are looked at (days)" in done.stderr, done.stderr


def account(own: list[known_ledger.KnownInvoice]) -> facts.CompanyFacts:
    """What a customer owes today, as its account."""
    known = facts.CompanyFacts(ledger_owner=facts.LEDGER_OWNER_CREDITOR)
    known.ledger_until_day = (TODAY - EPOCH).days
    for each in own:
        is_paid = each.paid <= TODAY
        known.owed.cents.append(each.cents)
        known.owed.open_cents.append(0 if is_paid else each.cents)
        known.owed.issued_days.append((each.issued - EPOCH).days)
        known.owed.due_days.append((each.due - EPOCH).days)
        known.owed.references.append(each.number)
        known.owed.payment_counts.append(int(is_paid))
        if is_paid:
            known.owed.payment_days.append((each.paid - EPOCH).days)
            known.owed.payment_cents.append(each.cents)
    return known


def forecast(server, ledger, limit=1_000) -> messages.ForecastPaymentsResponse:
    """What a server says of the ledger."""
    customers = sorted({each.customer for each in ledger})

    def who(customer: str) -> portfolio.CompanyIdentifier:
        return portfolio.CompanyIdentifier(own=customer)

    with server.channel() as channel:
        service = portfolios(channel)
        service.CreatePortfolio(portfolio_messages.CreatePortfolioRequest(name="p"))
        service.PutCompanies(portfolio_messages.PutCompaniesRequest(
            portfolio="p", companies=[
                portfolio.FollowedCompany(company=who(each), name=each) for each in customers]))
        service.RecordFacts(kept.RecordFactsRequest(
            portfolio="p", source="a test", companies=[
                kept.RecordedCompany(
                    company=who(each),
                    facts=account([own for own in ledger if own.customer == each]))
                for each in customers]))
        return collection_service_pb2_grpc.CollectionServiceStub(channel).ForecastPayments(
            messages.ForecastPaymentsRequest(portfolio="p", limit=limit))


def test_a_server_says_what_training_would(trained, certificates):
    directory, ledger, manifest = trained
    store = ("--store", str(directory / "store.sqlite"))
    with Server(certificates, "--models", str(directory / "models"), *store) as server:
        found = forecast(server, ledger)
        assert "payment-forecast@1.0.0" in server.log()
    assert found.model == "payment-forecast@1.0.0"
    assert found.trained_until_date == manifest["trained_until"] == TODAY.isoformat()
    assert found.weeks_method == values.FORECAST_METHOD_HISTORY
    tomorrow = (TODAY + known_ledger.DAY).isoformat()
    table = directory / "today.csv"
    table.write_bytes(
        examples(directory / "ledger.csv", "--every", "360", "--until", tomorrow))
    read = payments.read(table)
    lines = payments.pandas.read_csv(table, dtype={"invoice": str})
    rows = (lines["as_of"] == TODAY.isoformat()).to_numpy()
    today, numbers = read.select(rows), lines["invoice"][rows].tolist()
    model = (directory / "models/payments/model.txt").read_text()
    raw = payments.results(model, today)
    told = payments.days(raw, manifest["band_days"], HORIZON)
    late = payments.late_probabilities(raw, today.past_due)
    by_number = {each.reference: each for each in found.invoices}
    assert sorted(by_number) == sorted(numbers) and len(numbers) == found.invoice_count > 100

    def date(days: float) -> str:
        return (TODAY + int(days) * known_ledger.DAY).isoformat() if days < HORIZON else ""

    for row, number in enumerate(numbers):
        each = by_number[number]
        assert each.method == values.FORECAST_METHOD_TRAINED
        assert [each.earliest_date, each.expected_date, each.latest_date] == [
            date(days) for days in told[row]], number
        # The same bits.
        assert [each.late_over_0, each.late_over_30, each.late_over_60,
                each.late_over_90] == late[row].tolist(), number


def test_without_a_model_it_is_told(trained, certificates, tmp_path):
    with Server(certificates, "--store", str(tmp_path / "store.sqlite")) as server:
        found = forecast(server, trained[1][:200], limit=3)
    assert found.model == "" and found.weeks_method == values.FORECAST_METHOD_HISTORY
    assert {each.method for each in found.invoices} == {values.FORECAST_METHOD_HISTORY}


def test_a_damaged_bundle_is_not_served(trained, tmp_path):
    bundle = trained[0] / "models/payments"
    checked = subprocess.run(
        [program("vigied"), "model", "check", bundle], capture_output=True, text=True, timeout=60)
    assert checked.returncode == 0 and "payment-forecast@1.0.0, of payments" in checked.stdout
    other = tmp_path / "bundle"
    other.mkdir()
    manifest = (bundle / "manifest.json").read_text()
    model = (bundle / "model.txt").read_bytes()
    for text, content, word in [
        (manifest, model[:-9], "model.sha256"),
        (manifest.replace('"own_settled"', '"another"'), model, "train the model"),
        (manifest.replace(f'"horizon_days": {HORIZON}', '"horizon_days": 0'), model, "horizon"),
    ]:
        (other / "manifest.json").write_text(text)
        (other / "model.txt").write_bytes(content)
        checked = subprocess.run(
            [program("vigied"), "model", "check", other],
            capture_output=True, text=True, timeout=60)
        assert checked.returncode == 65 and word in checked.stdout, checked.stdout
