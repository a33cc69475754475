# SPDX-License-Identifier: Apache-2.0
"""Changes something ten times a second while a browser shows it and others listen, some of whom do
not read, and says whether memory of the browser and of the server grows and how late news are.

Usage: live_load.py [--seconds 3600] [--per-second 10] [--listeners 50] [--postgresql]

Memory is taken after a quarter of the time, when a browser has its caches, and in the end. With
PostgreSQL, changes are made at one server and shown by another. Needs Debian's chromium and the
package playwright.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    import support.stubs  # noqa: F401  Makes vigie.v1 importable.

from support.certificates import Certificates
from support.live import Listener, Listeners, percentile
from support.page import BROWSER
from support.server import Server
from support.stores import PostgreSQL, postgresql_programs, stub
from vigie.v1 import portfolio_pb2 as portfolio, portfolio_service_pb2 as messages

GROWTH_BYTES = 64 << 20


def own_bytes_of(name: str) -> int:
    """Memory of their own of all programs that were started with a word; files that they share
    with others, such as their code, are left out."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if name.encode() in (process / "cmdline").read_bytes():
                for line in (process / "smaps_rollup").read_text().splitlines():
                    if line.startswith("Anonymous:"):
                        total += int(line.split()[1]) * 1024
        except OSError:
            continue
    return total


class Page:
    """A browser that shows the overview of the portfolio."""

    def __init__(self, server: Server, directory: Path) -> None:
        from playwright.sync_api import sync_playwright
        self.started = sync_playwright().start()
        self.profile = str(directory / "profile")
        self.context = self.started.chromium.launch_persistent_context(
            self.profile, executable_path=BROWSER, args=["--no-sandbox"],
            ignore_https_errors=True)
        self.page = self.context.new_page()
        self.page.goto(f"https://localhost:{server.port}/")
        self.page.wait_for_selector(".figure", timeout=60_000)
        self.shown = 0
        self.page.evaluate("""() => {
            window.shown = 0;
            new MutationObserver(() => { window.shown += 1; })
                .observe(document.querySelector('main'), {childList: true});
        }""")

    def heap_bytes(self) -> int:
        """What the page's script holds, after its garbage is gone."""
        session = self.context.new_cdp_session(self.page)
        session.send("HeapProfiler.collectGarbage")
        used = session.send("Runtime.getHeapUsage")["usedSize"]
        session.detach()
        return int(used)

    def own_bytes(self) -> int:
        """Memory of all of the browser."""
        return own_bytes_of(self.profile)

    def shown_count(self) -> int:
        """How often it has shown something new."""
        return self.page.evaluate("window.shown")

    def close(self) -> None:
        """Ends it."""
        self.context.close()
        self.started.stop()


def taken(servers: list[Server], page: Page) -> dict[str, int]:
    """What each holds now."""
    return {
        "server": sum(each.settled_bytes() for each in servers),
        "heap": page.heap_bytes(), "browser": page.own_bytes(),
    }


def load(one: Server, other: Server, page: Page, listener: Listener, seconds: float,
         per_second: float) -> tuple[list[float], list[dict]]:
    """Changes something so often; how long each change took to be heard of, and memory."""
    begin, waits, memory, number = time.monotonic(), [], [], 0
    with one.channel() as channel:
        service = stub(channel)
        while (now := time.monotonic()) < begin + seconds:
            if not memory and now > begin + seconds / 4:
                memory.append(taken([one, other], page))
            number += 1
            heard = len(listener.news)
            service.PutCompanies(messages.PutCompaniesRequest(portfolio="p", companies=[
                portfolio.FollowedCompany(
                    company=portfolio.CompanyIdentifier(own=f"c{number % 200}"),
                    name=f"N {number}", exposure=portfolio.MoneyAmount(
                        minor_units=number * 100, currency="EUR"))]))
            until = time.monotonic() + 5
            while len(listener.news) == heard and time.monotonic() < until:
                time.sleep(0.002)
            heard_at = listener.news[heard] if len(listener.news) > heard else until
            waits.append(heard_at - now)
            time.sleep(max(0, begin + number / per_second - time.monotonic()))
    memory.append(taken([one, other], page))
    return waits, memory


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=3_600)
    options.add_argument("--per-second", type=float, default=10)
    options.add_argument("--listeners", type=int, default=50)
    options.add_argument("--postgresql", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory, database = Path(name), None
        certificates = Certificates.make(directory)
        store = str(directory / "store.sqlite")
        if chosen.postgresql:
            database = PostgreSQL(postgresql_programs(), directory / "server")
            store = database.uri
        settings = ["--store", store, "--web", "on", "--connections-per-address", "1000"]
        one = Server(certificates, *settings)
        other = Server(certificates, *settings) if database else one
        with one.channel() as channel:
            stub(channel).CreatePortfolio(messages.CreatePortfolioRequest(name="p"))
        page = Page(other, directory)
        with Listeners() as listeners:
            listener = listeners.add(other, "p", chosen.listeners)[0]
            # They never read.
            slow = [Listener(other, "p", buffer_bytes=2_048) for _ in range(chosen.listeners)]
            waits, memory = load(
                one, other, page, listener, chosen.seconds, chosen.per_second)
            shown = page.shown_count()
            for each in slow:
                each.socket.close()
        page.close()
        for server in {one, other}:
            server.stop()
        if database:
            database.stop()
    grown = {key: memory[-1][key] - memory[0][key] for key in memory[0]}
    print(f"{len(waits)} changes, p50 {percentile(waits, 0.5) * 1_000:.0f} ms, p99 "
          f"{percentile(waits, 0.99) * 1_000:.0f} ms, max {max(waits) * 1_000:.0f} ms; shown "
          f"{shown} times; memory in MiB " + ", ".join(
              f"{key} {memory[0][key] / 2**20:.1f} to {memory[-1][key] / 2**20:.1f}"
              for key in grown))
    is_flat = all(each < GROWTH_BYTES for each in grown.values())
    return 0 if is_flat and shown > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
