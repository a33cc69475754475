# SPDX-License-Identifier: Apache-2.0
"""Who is erased stands nowhere in the store: after facts, a run, alerts, letters, notes and
messages that all tell of a person, and with a search of all tables that there are."""

import datetime
import subprocess

from support.access import vigied
from support.alerts import stub as alert_stub
from support.paper_parts import parts, samples
from support.receivers import delivery_settings, receiving, wait_until
from support.rescoring import StoreTables, ended
from support.server import Server
from support.stores import stub
from vigie.v1 import (
    alert_pb2, alert_service_pb2 as alerts, assessment_service_pb2_grpc,
    collection_pb2 as values, collection_service_pb2 as collection,
    collection_service_pb2_grpc, company_facts_pb2 as facts, delivery_service_pb2 as delivery,
    delivery_service_pb2_grpc, portfolio_facts_pb2 as kept, portfolio_pb2 as portfolio,
    portfolio_runs_pb2 as runs, portfolio_service_pb2 as messages,
)

NAME, NUMBER = "Margarethe Wunderlich", "P-552100554"
RISKY = "999200033"
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
WHO = portfolio.CompanyIdentifier(own=NUMBER)


def account() -> facts.CompanyFacts:
    """What the person owes."""
    today = (TODAY - datetime.date(1970, 1, 1)).days
    known = facts.CompanyFacts(ledger_until_day=today, ledger_owner=facts.LEDGER_OWNER_CREDITOR)
    owed = known.owed
    owed.cents.append(120_000)
    owed.open_cents.append(120_000)
    owed.due_days.append(today - 20)
    owed.issued_days.append(today - 50)
    owed.references.append(f"F1 {NAME}")
    owed.payment_counts.append(0)
    owed.dispute_counts.append(0)
    return known


def tell(server: Server, url: str) -> None:
    """Has everything happen to the person."""
    with server.channel() as channel:
        service, watch = stub(channel), alert_stub(channel)
        read = assessment_service_pb2_grpc.AssessmentServiceStub(channel).ReadPapers(
            parts(samples()))
        risky = facts.CompanyFacts()
        risky.CopyFrom(next(each for each in read.companies if each.siren == RISKY))
        for field in ("siren", "register_entries", "events"):
            risky.ClearField(field)
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        service.PutCompanies(messages.PutCompaniesRequest(portfolio="p", companies=[
            portfolio.FollowedCompany(company=WHO, name=NAME, reference=f"{NAME}, {NUMBER}"),
            portfolio.FollowedCompany(company=portfolio.CompanyIdentifier(own="stays"))]))
        watch.PutRule(alerts.PutRuleRequest(portfolio="p", rule=alert_pb2.AlertRule(
            name="edge", kind="THRESHOLD", **{"raise": 600.0}, clear=610)))
        delivery_service_pb2_grpc.DeliveryServiceStub(channel).CreateEndpoint(
            delivery.CreateEndpointRequest(portfolio="p", url=url))
        for line_names, known in ((read.line_names, risky), ([], account())):
            service.RecordFacts(kept.RecordFactsRequest(
                portfolio="p", line_names=line_names, source=f"told by {NAME}", companies=[
                    kept.RecordedCompany(company=WHO, facts=known)]))
        run = service.StartRun(runs.StartRunRequest(portfolio="p")).run
        assert ended(service, run.number, portfolio="p").state == runs.RUN_STATE_DONE
        raised = watch.ListAlerts(alerts.ListAlertsRequest(portfolio="p")).alerts
        assert [each.company for each in raised] == [WHO]
        watch.ActOnAlerts(alerts.ActOnAlertsRequest(
            portfolio="p", alerts=[raised[0].number], note=f"{NAME} does not answer",
            assign=alerts.ActOnAlertsRequest.Assign(assignee="anna")))
        collect = collection_service_pb2_grpc.CollectionServiceStub(channel)
        done = collect.RunDunning(collection.RunDunningRequest(portfolio="p", sender="V"))
        assert done.letter_count == 1
        collect.RecordCollection(collection.RecordCollectionRequest(
            portfolio="p", company=WHO, note=f"{NAME} called",
            promise=values.CollectionPromise(invoice=f"F1 {NAME}", date=TODAY.isoformat())))


class Store:
    """A store as whoever has its disk reads it."""

    def __init__(self, store: str, postgresql) -> None:
        self.tables = StoreTables(store, postgresql)

    def names(self) -> list[str]:
        question = (
            "select name from sqlite_master where type = 'table' and name not like 'sqlite%'"
            if self.tables.is_sqlite else
            "select tablename from pg_tables where schemaname = current_schema()")
        return [row[0] for row in self.tables.rows(question)]

    def places(self) -> set[str]:
        """Tables in which the person stands: as a text, or within bytes."""
        found = set()
        for name in self.names():
            for row in self.tables.rows(f"select * from {name}"):
                # Bytes come as Python writes them, or in hexadecimal.
                text = "|".join(row)
                for mark in (NAME, NUMBER, NUMBER[2:]):
                    if mark in text or mark.encode().hex() in text:
                        found.add(name)
        return found


def test_who_is_erased_stands_in_no_table(certificates, store, postgresql, tmp_path):
    tables = Store(store, postgresql)
    with receiving(certificates) as receiver:
        settings = ("--store", store, "--read-papers",
                    *delivery_settings(tmp_path, certificates))
        with Server(certificates, *settings) as server:
            tell(server, receiver.url())
            wait_until(lambda: any("alert.raised" in str(each) for each in receiver.events()))
            wait_until(lambda: tables.tables.rows(
                "select count(*) from delivery where state <> 'delivered'") == [("0",)])
            before = tables.places()
            assert before >= {"company", "portfolio_company", "company_fact", "event",
                              "collection_record", "dunning_letter"}, before
            assert tables.tables.rows("select count(*) from alert") == [("1",)]
            done: subprocess.CompletedProcess = vigied(
                "store", "erase", f"own:{NUMBER}", "--reason", "request", "--as", "olga",
                "--store", store, "--erasures", tmp_path / "erasures")
            assert done.returncode == 0, done.stderr
            assert tables.places() == set()
            assert tables.tables.rows("select count(*) from alert") == [("0",)]
    # Nor when the server has ended, which writes what it still has.
    assert tables.places() == set()
    assert NUMBER not in (tmp_path / "erasures").read_text()
