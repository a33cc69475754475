# SPDX-License-Identifier: Apache-2.0
"""A clock that is set back or ahead under a server that runs: leases, runs, retries, snoozes and
links go on as they should."""

import json
import signal
import time

from support.access import bearer, issue
from support.alerts import fill as fill_portfolio, own, run as run_alerts, stub as alert_stub
from support.assessments import facts, reading_server, stub  # noqa: F401
from support.machines import Clock
from support.receivers import Receiver, delivery_settings, wait_until
from support.rescoring import StoreTables, content, ended
from support.server import Server
from support.stores import stub as portfolio_stub
from support.web import curl
from vigie.v1 import alert_pb2 as alert
from vigie.v1 import alert_service_pb2 as alerts
from vigie.v1 import dashboard_service_pb2 as dashboard, dashboard_service_pb2_grpc
from vigie.v1 import delivery_service_pb2 as delivery, delivery_service_pb2_grpc
from vigie.v1 import portfolio_runs_pb2 as runs
from vigie.v1 import portfolio_service_pb2 as messages
from test_portfolio_runs import KINDS, TODAY, fill

HOUR = 3_600
DAY = 24 * HOUR


def is_settled(tables: StoreTables) -> bool:
    """Whether all that came was looked at."""
    return tables.rows(
        "select (select count(*) from run where state = 'open'), (select f.value - s.value "
        "from counter f, counter s where f.name = 'fact' and s.name = 'seen_fact')") == [("0", "0")]


def daily_runs(service) -> list[runs.PortfolioRun]:
    """The runs of days that there were."""
    return [each for each in service.ListRuns(runs.ListRunsRequest()).runs
            if each.kind == runs.RUN_KIND_DAILY]


def test_runs_go_on(certificates, tmp_path, facts):  # noqa: F811
    clock, store = Clock(tmp_path), str(tmp_path / "store.sqlite")
    tables = StoreTables(store, None)
    sound = next(each for each in facts.companies if each.siren == "999200017")
    known = content(facts.line_names, sound)
    with clock.shown(), Server(certificates, "--store", store, "--rescore-at", "00:00") as server, \
            server.channel() as channel:
        service = portfolio_stub(channel)
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        fill(tables, 1, known)
        # The run of the day sees all that came before it.
        wait_until(lambda: any(each.state == runs.RUN_STATE_DONE for each in daily_runs(service)))
        tables.know(1, known, KINDS[:1], TODAY - 1)
        wait_until(lambda: is_settled(tables))
        # What arrives is looked at though the last run was asked for later than it is now.
        for hours in (-3, -30, 5, -1):
            clock.set(hours * HOUR)
            tables.know(2, known, KINDS[:1], TODAY - 40 - hours)
            wait_until(lambda: is_settled(tables))
            asked = service.StartRun(runs.StartRunRequest(portfolio="p")).run
            assert ended(service, asked.number, portfolio="p").state == runs.RUN_STATE_DONE
        daily = daily_runs(service)
        # One of each day that there was, and none of them twice.
        assert len(daily) == len({each.as_of_date for each in daily}) >= 1
        assert all(each.state == runs.RUN_STATE_DONE for each in daily), daily
        assert int(tables.rows("select count(*) from run where state = 'failed'")[0][0]) == 0


def test_a_lease_of_a_clock_that_was_set_back_ends(certificates, tmp_path, facts):  # noqa: F811
    clock, store = Clock(tmp_path), str(tmp_path / "store.sqlite")
    tables = StoreTables(store, None)
    with clock.shown():
        first = Server(certificates, "--store", store)
        with first.channel() as channel:
            portfolio_stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
            fill(tables, 300, content(facts.line_names, facts.companies[0]))
            run = portfolio_stub(channel).StartRun(runs.StartRunRequest()).run
            wait_until(lambda: int(tables.rows(
                "select count(*) from run_block where lease_until > 0 and is_done = 0")[0][0]) > 0)
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        clock.set(-3 * HOUR)
        began = time.monotonic()
        with Server(certificates, "--store", store) as server, server.channel() as channel:
            done = ended(portfolio_stub(channel), run.number, 100)
            assert done.state == runs.RUN_STATE_DONE and time.monotonic() - began < 100


def test_webhooks_go_on(certificates, tmp_path):
    clock, store = Clock(tmp_path), str(tmp_path / "store.sqlite")
    tables = StoreTables(store, None)
    # Without TLS, since a certificate is not valid yet by a clock that was set back.
    with Receiver(certificates, is_plain=True) as receiver, clock.shown():
        settings = delivery_settings(tmp_path, certificates)
        first = Server(certificates, "--store", store, *settings)
        with first.channel() as channel:
            service = portfolio_stub(channel)
            service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
            delivery_service_pb2_grpc.DeliveryServiceStub(channel).CreateEndpoint(
                delivery.CreateEndpointRequest(portfolio="p", url=receiver.url("/hang")))
            service.ChangePortfolio(messages.ChangePortfolioRequest(portfolio="p", note="1"))
            wait_until(lambda: len(receiver.posts) == 1)
        # Killed with a message under way, whose claim ends three hours from then on.
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        clock.set(-3 * HOUR)
        tables.run(f"update delivery_target set address = '{receiver.url('/')}'")
        with Server(certificates, "--store", store, *settings) as server, \
                server.channel() as channel:
            wait_until(lambda: len(receiver.at("/")) == 1)
            service = portfolio_stub(channel)
            for hours in (0, -5, 2):
                clock.set(hours * HOUR)
                count = len(receiver.at("/"))
                service.ChangePortfolio(
                    messages.ChangePortfolioRequest(portfolio="p", note=f"{hours}"))
                wait_until(lambda: len(receiver.at("/")) > count)
        ids = [headers["webhook-id"] for headers, _ in receiver.at("/")]
        assert len(ids) == len(set(ids)) == 4


def test_what_was_put_off_stays_so(certificates, tmp_path):
    clock, store = Clock(tmp_path), str(tmp_path / "store.sqlite")
    with clock.shown(), Server(certificates, "--store", store, "--web", "on") as server, \
            server.channel() as channel:
        service = alert_stub(channel)
        fill_portfolio(channel, "customers", ["a"])
        service.PutRule(alerts.PutRuleRequest(portfolio="customers", rule=alert.AlertRule(
            name="edge", kind="THRESHOLD", **{"raise": 600.0}, clear=610)))
        run_alerts(store, "2026-11-01", a=590)
        listed = service.ListAlerts(alerts.ListAlertsRequest(portfolio="customers")).alerts
        tomorrow = time.strftime("%Y-%m-%d", time.gmtime(time.time() + DAY))
        service.ActOnAlerts(alerts.ActOnAlertsRequest(
            portfolio="customers", alerts=[listed[0].number],
            snooze={"until_day": tomorrow, "unless_worse_by": 50}))

        def quiet() -> int:
            return len(service.ListAlerts(alerts.ListAlertsRequest(
                portfolio="customers", state=alert.ALERT_LIST_STATE_QUIET)).alerts)

        assert quiet() == 1
        clock.set(-40 * DAY)
        assert quiet() == 1, "a clock that is set back wakes nobody"
        clock.set(0)
        assert quiet() == 1
        explained = service.ExplainAlert(alerts.ExplainAlertRequest(
            portfolio="customers", rule="edge", company=own("a")))
        assert explained.verdict == "snoozed"


def test_links_and_sessions_last_as_long_as_they_should(certificates, tmp_path):
    clock, tokens = Clock(tmp_path), tmp_path / "tokens.json"
    anna = bearer(issue(tokens, "anna", "--role", "follow"))
    with clock.shown():
        server = Server(certificates, "--store", str(tmp_path / "store.sqlite"), "--web", "on",
                        "--tokens", str(tokens))
    with server, server.channel() as channel:
        service = dashboard_service_pb2_grpc.DashboardServiceStub(channel)

        def link() -> str:
            made = service.CreateSignIn(dashboard.CreateSignInRequest(), metadata=anna)
            return made.path.partition("#")[2]

        for hours in (0, -5, 30):
            one = link()
            clock.set(hours * HOUR)
            # By a clock that nobody sets: neither over because of it nor longer.
            jar = str(tmp_path / f"jar{hours}")
            assert curl(server, "/v1/session", {"link": one}, "-c", jar)[0] == 204, hours
            assert curl(server, "/v1/session", {"link": one})[0] == 401, "a link works once"
            clock.set(-hours * HOUR)
            told = json.loads(curl(server, "/v1/session", None, "-b", jar)[2])
            assert told.get("identity") == "anna", (hours, told)
