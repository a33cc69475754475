# SPDX-License-Identifier: Apache-2.0
"""Portfolios that are watched, in each kind of database."""

import json
import queue
import sqlite3
import subprocess
import time

import grpc
import pytest

from support.access import refused
from support.alerts import Watch, fill, own, run, stub
from support.server import Server, program
from support.stores import stub as portfolio_stub
from vigie.v1 import alert_pb2 as alert
from vigie.v1 import alert_service_pb2 as messages
from vigie.v1 import portfolio_pb2 as portfolio
from vigie.v1 import portfolio_service_pb2 as portfolio_messages

EDGE = alert.AlertRule(name="edge", kind="THRESHOLD", **{"raise": 600.0}, clear=610)


def ask(**fields) -> messages.WatchAlertsRequest:
    """What is watched."""
    return messages.WatchAlertsRequest(portfolio="customers", **fields)


def test_alerts_are_told_handled_and_explained(serving, team, store):
    with serving() as server, server.channel() as channel:
        service, anna, ben = stub(channel), {"metadata": team["anna"]}, {"metadata": team["ben"]}
        fill(channel, "customers", ["a", "b", "c"], **anna)
        put = messages.PutRuleRequest(portfolio="customers", rule=EDGE)
        assert refused(service.PutRule, put, **ben)[:2] == ("NOT_FOUND", "UNKNOWN_PORTFOLIO")
        assert refused(service.PutRule, put, metadata=team["carl"])[1] == "ROLE_NEEDED"
        kept = service.PutRule(put, **anna).rule
        assert (kept.version, kept.changed_by, kept.quantity, kept.direction) \
            == (1, "anna", "score", "below")
        standard = service.PutStandardRules(
            messages.PutStandardRulesRequest(portfolio="customers", language="fr"), **anna).rules
        assert len(standard) == 11 and "Baisse du score" in [each.name for each in standard]
        listed = service.ListRules(messages.ListRulesRequest(portfolio="customers"), **anna).rules
        assert [each.name for each in listed] == sorted(each.name for each in [*standard, kept])
        for rule in standard:
            service.DeleteRule(
                messages.DeleteRuleRequest(portfolio="customers", rule=rule.name), **anna)

        watch = Watch(service, ask(), **anna)
        start = watch.next()
        assert start.cursor and not start.events
        run(store, "2026-11-01", a=590, b=700, c=650)
        assert watch.news(1) == ["a edge raised"]
        run(store, "2026-11-02", a=595, b=580, c=650)
        assert watch.news(1) == ["b edge raised"]

        alerts = service.ListAlerts(
            messages.ListAlertsRequest(portfolio="customers"), **anna).alerts
        assert [each.company.own for each in alerts] == ["b", "a"]
        assert alerts[0].company_name == "Name of b" and alerts[0].new_value == 580
        assert alerts[0].old_value == 700 and alerts[0].cause == "company"
        act = messages.ActOnAlertsRequest(
            portfolio="customers", alerts=[alerts[0].number, alerts[1].number, 999],
            acknowledge=True, note="called")
        done = service.ActOnAlerts(act, **anna)
        assert [each.acknowledged.person for each in done.alerts] == ["anna", "anna"]
        assert [(each.alert, each.reason) for each in done.refusals] == [(999, "ALERT_NOT_OPEN")]
        assert watch.news(2) == ["b edge acknowledged", "a edge acknowledged"]
        until = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 86_400))
        service.ActOnAlerts(messages.ActOnAlertsRequest(
            portfolio="customers", alerts=[alerts[1].number],
            snooze={"until_day": until, "unless_worse_by": 20}), **anna)
        assert watch.news(1) == ["a edge snoozed"]
        quiet = service.ListAlerts(messages.ListAlertsRequest(
            portfolio="customers", state=alert.ALERT_LIST_STATE_QUIET), **anna).alerts
        assert [each.snoozed_until for each in quiet] == [until]

        def explain(company: str, language: str = "en") -> messages.ExplainAlertResponse:
            return service.ExplainAlert(messages.ExplainAlertRequest(
                portfolio="customers", rule="edge", company=own(company), language=language),
                **anna)

        assert [explain(each).verdict for each in "abc"] == ["snoozed", "told_now", "under_edge"]
        assert explain("c").value == 650 and not explain("c").HasField("alert")
        assert "seuil" in " ".join(explain("c", "fr").lines)
        assert [step.value for step in explain("a").path] == [590]

        tried = service.TryRule(messages.TryRuleRequest(
            portfolio="customers", from_day="2026-11-01", through_day="2026-11-30",
            rule=alert.AlertRule(name="x", kind="SCORE_DROP", **{"raise": 100.0})), **anna)
        assert (tried.run_count, tried.company_count, tried.told_count) == (2, 3, 1)
        assert [each.company.own for each in tried.told] == ["b"]

        # Read is enough to see, and not to handle; when it ends, so does the watch.
        share = portfolio_stub(channel).SharePortfolio
        request = portfolio_messages.SharePortfolioRequest(
            portfolio="customers",
            share=portfolio.PortfolioShare(role="score", access=portfolio.PORTFOLIO_ACCESS_READ))
        share(request, **anna)
        other = Watch(service, ask(from_beginning=True), **ben)
        assert other.news(5)[:2] == ["a edge raised", "b edge raised"]
        assert refused(service.ActOnAlerts, act, **ben)[1] == "READ_ONLY_PORTFOLIO"
        request.share.access = portfolio.PORTFOLIO_ACCESS_UNSPECIFIED
        share(request, **anna)
        with pytest.raises(grpc.RpcError) as ended:
            while True:
                other.next()
        assert ended.value.code() == grpc.StatusCode.NOT_FOUND
        # The other goes on.
        run(store, "2026-11-03", a=560, b=640, c=650)
        assert watch.news(2) == ["a edge woken", "b edge cleared"]


def test_who_comes_back_misses_nothing(serving, team, store):
    anna = {"metadata": team["anna"]}
    with serving() as server, server.channel() as channel:
        service = stub(channel)
        fill(channel, "customers", ["a", "b"], **anna)
        fill(channel, "others", ["a", "b"], **anna)
        for name in ("customers", "others"):
            service.PutRule(messages.PutRuleRequest(portfolio=name, rule=EDGE), **anna)
        watch = Watch(service, ask(), **anna)
        cursor = watch.next().cursor
        # It does not wait for those who watch.
        assert server.stop() == 0
        with pytest.raises(grpc.RpcError) as ended:
            while True:
                watch.next()
        assert ended.value.code() == grpc.StatusCode.UNAVAILABLE
    run(store, "2026-11-01", a=500, b=700)
    run(store, "2026-11-02", a=620, b=500)
    with serving() as server, serving() as second, \
            server.channel() as channel, second.channel() as other_channel:
        service = stub(channel)
        wanted = ["a edge raised", "a edge cleared", "b edge raised"]
        watches = [Watch(service, ask(cursor=cursor), **anna),
                   Watch(stub(other_channel), ask(cursor=cursor), **anna)]
        for each in watches:
            # Of the other portfolio, with the same companies and rule, nothing.
            assert each.news(3) == wanted
            with pytest.raises(queue.Empty):
                each.next(0.5)
        assert Watch(service, ask(cursor=watches[0].cursor), **anna).next().cursor
        # What one server does is told at the other.
        number = service.ListAlerts(
            messages.ListAlertsRequest(portfolio="customers"), **anna).alerts[0].number
        began = time.monotonic()
        service.ActOnAlerts(messages.ActOnAlertsRequest(
            portfolio="customers", alerts=[number], resolve=True), **anna)
        assert watches[0].news(1) == ["b edge resolved"]
        at_once = time.monotonic() - began
        assert watches[1].news(1) == ["b edge resolved"]
        assert at_once < 5 and time.monotonic() - began < 8
        assert refused(lambda request, **call: next(service.WatchAlerts(request, **call)),
                       ask(cursor="?"), **anna)[1] == "BAD_CURSOR"
        gone = refused(lambda request, **call: next(service.WatchAlerts(request, **call)),
                       ask(cursor="ZTk5OTkuMQ"), **anna)
        assert gone[:2] == ("OUT_OF_RANGE", "CURSOR_GONE")


def test_many_watch_at_once(certificates, tmp_path):
    store = str(tmp_path / "store.sqlite")
    with Server(certificates, "--store", store) as server, server.channel() as channel:
        service = stub(channel)
        fill(channel, "customers", ["a", "b"])
        service.PutRule(messages.PutRuleRequest(portfolio="customers", rule=EDGE))
        channels = [server.channel() for _ in range(4)]
        watches = [Watch(stub(channels[number // 50]), ask()) for number in range(200)]
        for each in watches:
            assert each.next(30).cursor
        threads = threads_of(server)
        run(store, "2026-11-01", a=500, b=700)
        began = time.monotonic()
        for each in watches:
            assert each.news(1, 30) == ["a edge raised"]
        assert time.monotonic() - began < 20
        # They have no threads of their own.
        assert threads_of(server) <= threads + 2
        for each in channels:
            each.close()


def threads_of(server: Server) -> int:
    """How many threads a server has."""
    status = open(f"/proc/{server.process.pid}/status").read()
    return int(status.split("Threads:")[1].split()[0])


@pytest.mark.parametrize(("reason", "method", "request_"), [
    ("ALERT_RULE_INVALID", "PutRule", messages.PutRuleRequest(
        portfolio="p", rule=alert.AlertRule(name="x", kind="SCORE_DRPO"))),
    ("ALERT_RULE_INVALID", "PutRule", messages.PutRuleRequest(
        portfolio="p", rule=alert.AlertRule(
            name="x", kind="THRESHOLD", **{"raise": 600.0}, clear=590))),
    ("UNKNOWN_LANGUAGE", "ListRules", messages.ListRulesRequest(portfolio="p", language="de")),
    ("UNKNOWN_RULE", "DeleteRule", messages.DeleteRuleRequest(portfolio="p", rule="x")),
    ("RULE_OF_PORTFOLIO", "TryRule", messages.TryRuleRequest(
        portfolio="p", rule=alert.AlertRule(name="x", kind="MODEL_CHANGED"))),
    ("INVALID_DATE", "TryRule", messages.TryRuleRequest(
        portfolio="p", rule=EDGE, from_day="yesterday")),
    ("DAYS_NOT_IN_ORDER", "TryRule", messages.TryRuleRequest(
        portfolio="p", rule=EDGE, from_day="2999-01-01")),
    ("NEGATIVE_PAGE_SIZE", "ListAlerts", messages.ListAlertsRequest(portfolio="p", page_size=-1)),
    ("UNKNOWN_PAGE_TOKEN", "ListAlerts", messages.ListAlertsRequest(
        portfolio="p", page_token="9-1")),
    ("BAD_IDENTIFIER", "ListAlerts", messages.ListAlertsRequest(
        portfolio="p", company=portfolio.CompanyIdentifier(siren="1"))),
    ("NO_ACTION", "ActOnAlerts", messages.ActOnAlertsRequest(portfolio="p", alerts=[1])),
    ("NO_ALERTS", "ActOnAlerts", messages.ActOnAlertsRequest(portfolio="p", resolve=True)),
    ("REPEATED_ALERT", "ActOnAlerts", messages.ActOnAlertsRequest(
        portfolio="p", alerts=[1, 1], resolve=True)),
    ("UNKNOWN_RULE", "ExplainAlert", messages.ExplainAlertRequest(
        portfolio="p", rule="x", company=own("a"))),
    ("UNKNOWN_PORTFOLIO", "ListAlerts", messages.ListAlertsRequest(portfolio="q")),
])
def test_bad_calls_are_refused(watched, reason, method, request_):
    assert refused(getattr(watched, method), request_)[1] == reason


@pytest.fixture(scope="module")
def watched(certificates, tmp_path_factory):
    """A server with an empty portfolio, and one without rules."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    with Server(certificates, "--store", str(path)) as server, server.channel() as channel:
        fill(channel, "p", ["a"])
        yield stub(channel)


def test_the_command_line_does_all_of_it(certificates, tmp_path):
    store = str(tmp_path / "store.sqlite")
    with Server(certificates, "--store", store) as server, server.channel() as channel:
        fill(channel, "customers", ["a", "b"])

        def vigie(*arguments: object, status: int = 0) -> str:
            done = subprocess.run(
                [program("vigie"), "alerts", *map(str, arguments), "--server", server.address,
                 "--ca-cert", str(certificates.ca)], capture_output=True, text=True, timeout=60)
            assert done.returncode == status, done.stderr
            return done.stdout + done.stderr

        assert "NO_DATA" in vigie("rules", "customers", "--defaults")
        rules = [json.loads(line) for line in
                 vigie("rules", "customers", "-o", "json", "--language", "fr").splitlines()]
        assert len(rules) == 11 and rules[0]["title"] != rules[0]["name"]
        assert vigie("put-rule", "customers", "--name", "edge", "--kind", "THRESHOLD",
                     "--raise", 600, "--clear", 610) == "edge: version 1\n"
        run(store, "2026-11-01", a=590, b=700)
        run(store, "2026-11-02", a=590, b=500)
        assert "own:a" in vigie("list", "customers")
        alerts = [json.loads(line) for line in
                  vigie("list", "customers", "-o", "json").splitlines()]
        numbers = {(each["company"], each["rule"]): each["number"] for each in alerts}
        number = numbers["own:b", "edge"]
        assert vigie("acknowledge", "customers", number, "--note", "seen") == "1 of 1 done\n"
        assert "ALERT" not in vigie("acknowledge", "customers", number, status=1)
        vigie("assign", "customers", number, "--to", "anna")
        until = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 86_400))
        vigie("snooze", "customers", number, "--until", until, "--unless-worse-by", 20)
        assert until in vigie("list", "customers", "--state", "quiet")
        assert "put off" in vigie("explain", "customers", "edge", "own:b")
        vigie("reopen", "customers", number)
        vigie("resolve", "customers", number)
        told = json.loads(vigie("explain", "customers", "edge", "own:b", "-o", "json"))
        assert told["verdict"] == "resolved" and told["alert"]["assignee"] == "anna"
        trial = json.loads(vigie(
            "try", "customers", "--name", "x", "--kind", "SCORE_DROP", "--raise", 100, "--from",
            "2026-11-01", "--through", "2026-11-30", "-o", "json"))
        assert trial["told_count"] == 1
        lines = vigie("watch", "customers", "--from-beginning", "--count", 3, "-o", "json")
        first = [json.loads(line) for line in lines.splitlines()]
        assert len(first) == 3 and first[0]["company"] == "own:a"
        rest = json.loads(vigie("watch", "customers", "--cursor", first[0]["cursor"],
                                "--count", 1, "-o", "json"))
        assert rest == first[1]
        assert "Edge passed" in vigie("watch", "customers", "--from-beginning", "--count", 1)
        vigie("remove-rule", "customers", "edge")
        assert "rule_removed" in vigie("list", "customers", "--state", "ended")


def test_who_reads_slowly_holds_nothing_and_misses_nothing(certificates, tmp_path):
    store = str(tmp_path / "store.sqlite")
    with Server(certificates, "--store", store) as server, server.channel() as channel:
        service = stub(channel)
        fill(channel, "customers", ["a"])
        service.PutRule(messages.PutRuleRequest(portfolio="customers", rule=EDGE))
        slow = service.WatchAlerts(ask())
        start = next(slow).cursor
        run(store, "2026-11-01", a=500)
        first = Watch(service, ask(cursor=start)).next()
        before = server.resident_bytes()
        repeat(store, 20_000)
        # Its client has taken what its window lets it take; the server waits with the rest
        # (watchUnsentBytes), and another one who reads has it all.
        fast = service.WatchAlerts(ask(cursor=first.cursor))
        keys = [update.events[0].key for update in take(fast, 20_000)]
        assert len(set(keys)) == 20_000
        assert server.resident_bytes() - before < 20 << 20
        told = [update.events[0].key for update in take(slow, 20_001)]
        assert told[1:] == keys


def take(updates, count: int) -> list[messages.WatchAlertsResponse]:
    """So many updates that tell something."""
    found = []
    for update in updates:
        if update.events:
            found.append(update)
        if len(found) == count:
            break
    return found


def repeat(store: str, count: int) -> None:
    """The last event so many times, each with a key of its own: the server does not know."""
    connection = sqlite3.connect(store, timeout=30)
    with connection:
        connection.execute("begin immediate")
        row = connection.execute(
            "select kind, portfolio, slot, event_day, created_at, body from event"
            " order by number desc limit 1").fetchone()
        last = connection.execute(
            "update counter set value = value + ? where name = 'event' returning value",
            [count]).fetchone()[0]
        key = json.loads(row[5])["notices"][0]["key"]
        connection.executemany(
            "insert into event (number, kind, portfolio, slot, event_day, created_at, body)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            ((last - count + 1 + each, *row[:5], row[5].replace(key, f"{each:032x}"))
             for each in range(count)))
    connection.close()


def test_watches_are_bounded_and_kept_alive(certificates, tmp_path):
    store = str(tmp_path / "store.sqlite")
    with Server(certificates, "--store", store) as server, server.channel() as channel:
        service = stub(channel)
        fill(channel, "customers", ["a"])
        watches = [Watch(service, ask()) for _ in range(100)]
        starts = {each.next(30).cursor for each in watches}
        assert len(starts) == 1
        code, reason, words = refused(
            lambda request, **call: next(service.WatchAlerts(request, **call)), ask(), timeout=20)
        assert (code, reason) == ("UNAVAILABLE", "OVERLOADED") and "connectionWatchesMax" in words
        watches[0].call.cancel()
        # Its place is free again; nothing happens, which is told each watchHeartbeatSeconds.
        for _ in range(50):
            again = Watch(service, ask())
            try:
                assert again.next().cursor
                break
            except grpc.RpcError:
                time.sleep(0.1)
        began = time.monotonic()
        beat = watches[1].next(30)
        assert beat.cursor in starts and not beat.events
        assert time.monotonic() - began < 20
