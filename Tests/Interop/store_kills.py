# SPDX-License-Identifier: Apache-2.0
"""Kills two servers and their PostgreSQL while facts come, runs run, alerts are made and told, and
compares what is in the store in the end with one that nobody disturbed.

Usage: store_kills.py [--kills 200] [--companies 5200] [--seed 1] [--programs DIRECTORY]

Prints what was lost or came twice, and what differs from the twin: each must be nothing, but for
webhooks that were under way, which are counted. The stream of alerts is replayed meanwhile from
cursors of all kinds. The programs are those of a PostgreSQL; the default is Debian's newest.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    import support.stubs  # noqa: F401  Makes vigie.v1 importable.

from support.alerts import stub as alert_stub
from support.certificates import Certificates
from support.kills import Follower, Stage, ask_for_runs, record
from support.paper_parts import parts, samples
from support.receivers import Receiver, delivery_settings
from support.rescoring import StoreTables, ended
from support.server import Server
from support.stores import PostgreSQL, postgresql_programs, stub
from vigie.v1 import (
    alert_pb2, alert_service_pb2 as alerts, assessment_service_pb2_grpc,
    delivery_pb2 as deliveries, delivery_service_pb2 as delivery, delivery_service_pb2_grpc,
    portfolio_pb2 as portfolio, portfolio_runs_pb2 as runs, portfolio_service_pb2 as messages,
)
from webhook_kills import listed

BLOCKS = 10
BATCH = 50
# Their scores, by the bundled model: below the edge of the rule, and above it.
RISKY, SOUND = "999200033", "999200017"
RULE = alert_pb2.AlertRule(name="edge", kind="THRESHOLD", **{"raise": 600.0}, clear=610)


@dataclass
class Found:
    """What is in a store in the end, without numbers that depend on who came first."""

    scores: list[tuple]
    history: list[tuple]
    facts: list[tuple]
    alerts: list[tuple]
    keys: list[str]
    frames: str
    killed: dict
    returns: int
    seconds: float
    replays: int = 0
    missing: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    repeated: int = 0
    counted_repeats: int = 0
    failed_runs: int = 0
    wrong: list[str] = field(default_factory=list)


def prepare(stage: Stage, tables: StoreTables, receiver: Receiver, names: list[str]) -> int:
    """Makes the portfolio, in several blocks, its rule and its endpoint."""
    with stage.servers[0].channel() as channel:
        service = stub(channel)
        service.CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        part = -(-len(names) // BLOCKS)
        for block in range(BLOCKS):
            tables.run(f"update counter set value = {block * 65_536} where name = 'slot'")
            for start in range(block * part, min((block + 1) * part, len(names)), 500):
                service.PutCompanies(messages.PutCompaniesRequest(portfolio="p", companies=[
                    portfolio.FollowedCompany(company=portfolio.CompanyIdentifier(own=name))
                    for name in names[start:min(start + 500, (block + 1) * part)]]))
        alert_stub(channel).PutRule(alerts.PutRuleRequest(portfolio="p", rule=RULE))
        made = delivery_service_pb2_grpc.DeliveryServiceStub(channel).CreateEndpoint(
            delivery.CreateEndpointRequest(portfolio="p", url=receiver.url(), kinds=["alert.*"]))
        # Whatever comes later, all begin with the same.
        first = stub(channel).StartRun(runs.StartRunRequest(portfolio="p")).run
        ended(stub(channel), first.number, 600, portfolio="p")
        return made.endpoint.id


def known_of_samples(start) -> object:
    """What the papers of the sample companies say."""
    with start("--read-papers") as server, server.channel() as channel:
        service = assessment_service_pb2_grpc.AssessmentServiceStub(channel)
        return service.ReadPapers(parts(samples()))


def disturb(stage: Stage, known, names: list[str], kills: int, siren: str) -> None:
    """Brings facts of all companies, and kills somebody so many times meanwhile."""
    template = next(each for each in known.companies if each.siren == siren)
    batches = [names[start:start + BATCH] for start in range(0, len(names), BATCH)]
    done = 0
    for index, batch in enumerate(batches):
        record(stage, known, template, batch)
        while done < kills * (index + 1) // len(batches):
            time.sleep(stage.chance.uniform(0.02, 0.6))
            stage.kill()
            done += 1


def delivered(stage: Stage, receiver: Receiver, endpoint: int, found: Found, count: int) -> None:
    """Waits until all was told by webhook, and counts."""
    until = time.monotonic() + 900
    while True:
        sent = stage.call(lambda channel: listed(channel, endpoint))
        if len(sent) >= count and all(
                each.state == deliveries.DELIVERY_STATE_DELIVERED for each in sent):
            break
        assert time.monotonic() < until, (len(sent), count)
        time.sleep(0.5)
    wanted = {each.identifier for each in sent}
    came = [headers["webhook-id"] for headers, _ in receiver.at("/")]
    found.missing = sorted(wanted - set(came))
    found.unexpected = sorted(set(came) - wanted)
    found.repeated = len(came) - len(set(came))
    found.counted_repeats = sum(each.repeats for each in sent)
    if len(sent) != count:
        found.wrong.append(f"{len(sent)} messages for {count} events")


def replay(stage: Stage, keys: list[tuple[str, str]], count: int, seed: int) -> list[str]:
    """Follows the stream again, from cursors at random: all behind each comes, once, in order."""
    chance, wrong = random.Random(seed), []
    for place in [0, len(keys) - 2, *(chance.randrange(len(keys)) for _ in range(count))]:
        # Several events of one message have its cursor.
        cursor = keys[place][0]
        wanted = [key for at, key in keys[place:] if at != cursor]
        told = Follower(stage, cursor)
        got = told.await_count(len(wanted))
        told.end()
        if got != wanted:
            wrong.append(f"behind {cursor} came {len(got)} for {len(wanted)}, or in other order")
    return wrong


def kill_on(stage: Stage, count: int) -> None:
    """Kills so many, one after the other."""
    for _ in range(count):
        time.sleep(stage.chance.uniform(0.1, 1))
        stage.kill()


def run(start, tables: StoreTables, receiver: Receiver, known, *, companies: int, kills: int,
        database: PostgreSQL | None = None, servers: int = 2, seed: int = 1) -> Found:
    """Has everything happen once, with so many kills."""
    began, names = time.monotonic(), [f"c{number:05}" for number in range(companies)]
    with Stage(start, servers, database, seed) as stage:
        endpoint = prepare(stage, tables, receiver, names)
        follower = Follower(stage)
        if kills:
            ask_for_runs(stage, 5)
        disturb(stage, known, names, kills // 2, RISKY)
        stage.settle(tables)
        disturb(stage, known, names, kills - kills // 2 - kills // 10, SOUND)
        stage.settle(tables)
        keys = follower.await_count(2 * companies)
        found = look(tables, keys, stage, follower, began)
        # The stream is there for whoever comes later, while more are killed.
        killer = threading.Thread(target=kill_on, args=(stage, kills // 10))
        killer.start()
        while killer.is_alive():
            found.wrong += replay(stage, follower.told, 4, seed + found.replays)
            found.replays += 6
        killer.join()
        found.killed = dict(stage.killed)
        delivered(stage, receiver, endpoint, found, 2 * companies)
    found.seconds = time.monotonic() - began
    return found


def same_numbers(rows: list[tuple]) -> list[tuple]:
    """Rows with the probability as a number, which databases write in several ways."""
    return [(*row[:4], float(row[4]), *row[5:]) for row in rows]


def look(tables: StoreTables, keys: list[str], stage: Stage, follower: Follower,
         began: float) -> Found:
    """Reads the store."""
    figures = ("outcome, coalesce(score, -1), coalesce(risk_class, -1), "
               "coalesce(probability, -1)")
    return Found(
        scores=same_numbers(tables.rows(f"select identity, {figures} from company_score s "
                           "join company c on c.slot = s.slot order by identity")),
        history=same_numbers(tables.rows(f"select identity, {figures}, cause from score_change s "
                            "join company c on c.slot = s.slot order by identity, s.run")),
        facts=tables.rows(
            "select identity, f.kind, day, "
            "case when superseded_at is null then 1 else 0 end as holds "
            "from company_fact f join company c on c.slot = f.slot "
            "order by identity, f.kind, day, holds"),
        alerts=tables.rows("select identity, rule_name, openings from alert a "
                           "join company c on c.slot = a.slot order by identity"),
        keys=keys,
        frames=tables.rows("select count(*) - count(distinct block || '/' || run) "
                           "from history_frame")[0][0],
        killed=dict(stage.killed), returns=follower.returns, seconds=time.monotonic() - began,
        failed_runs=int(tables.rows("select count(*) from run where state = 'failed'")[0][0]))


def differences(one: Found, twin: Found) -> list[str]:
    """What is otherwise than where nobody was disturbed."""
    wrong = list(one.wrong) + list(twin.wrong)
    for name in ("scores", "history", "facts", "alerts"):
        a, b = getattr(one, name), getattr(twin, name)
        if a != b:
            first = next((pair for pair in zip(a, b) if pair[0] != pair[1]), None)
            wrong.append(f"{name}: {len(a)} for {len(b)}, first {first}")
    for found in (one, twin):
        if len(found.keys) != len(set(found.keys)):
            wrong.append(f"{len(found.keys) - len(set(found.keys))} events were told twice")
    if one.missing or one.unexpected:
        wrong.append(f"webhooks: {one.missing[:3]} are missing, {one.unexpected[:3]} too many")
    if one.repeated > one.counted_repeats:
        wrong.append(f"{one.repeated} repeats, and {one.counted_repeats} counted")
    return wrong


def compare(certificates: Certificates, directory: Path, database: PostgreSQL, *,
            companies: int, kills: int, seed: int) -> tuple[Found, list[str]]:
    """Runs both, and says what is wrong."""
    settings = delivery_settings(directory, certificates)

    def starter(store: str):
        return lambda: Server(certificates, "--store", store, *settings)

    known = known_of_samples(lambda *more: Server(certificates, *more))
    calm = str(directory / "twin.sqlite")
    with Receiver(certificates) as receiver:
        twin = run(starter(calm), StoreTables(calm, None), receiver, known,
                   companies=companies, kills=0, servers=1)
    with Receiver(certificates) as receiver:
        one = run(starter(database.uri), StoreTables(database.uri, database), receiver, known,
                  companies=companies, kills=kills, database=database, seed=seed)
    return one, differences(one, twin)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--companies", type=int, default=5_200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--programs", type=Path)
    chosen = options.parse_args()
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    programs = chosen.programs or (debian[-1] if debian else postgresql_programs())
    if programs is None:
        print("there is no PostgreSQL on this machine")
        return 2
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        database = PostgreSQL(programs, directory / "server")
        try:
            one, wrong = compare(
                Certificates.make(directory), directory, database, companies=chosen.companies,
                kills=chosen.kills, seed=chosen.seed)
        finally:
            database.stop()
    print(f"{one.killed} killed in {one.seconds:.0f} s; {len(one.facts)} facts, "
          f"{len(one.history)} scores of the history, {len(one.alerts)} alerts, "
          f"{len(one.keys)} events, {one.repeated} webhooks twice ({one.counted_repeats} counted), "
          f"{one.returns} returns to the stream, {one.replays} replays, "
          f"{one.failed_runs} runs failed")
    print("\n".join(wrong) or "nothing is lost, nothing differs")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
