# SPDX-License-Identifier: Apache-2.0
"""A server with the portfolio of the demo, smaller, and a browser that looks at its page."""

import contextlib
import json
import shutil
import sys
from pathlib import Path

from support.decisions import shelve
from support.server import Server
from support.stubs import ROOT

sys.path.insert(0, str(ROOT / "Tests/Support"))

from demo_portfolio import Door, fill  # noqa: E402

NAME = "Clients & <Fils>"
#: The name of the first company, which is no markup.
MARKED = "Société <b>0</b> & Fils"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
POLICY = "cautious-supplier"


@contextlib.contextmanager
def watched_server(certificates, directory: Path, count: int, *more: str, token: str = ""):
    """A server that keeps a portfolio of so many companies, with a policy that holds."""
    store, own = directory / "store.sqlite", directory / "own.json"
    own.write_text(json.dumps({"own_turnover": 14_000_000}))
    policies = directory / "policies"
    policies.mkdir()
    shelve(policies, POLICY)
    with Server(certificates, "--web", "on", "--store", str(store), "--policies", str(policies),
                "--policy-facts", str(own), *more) as server:
        door = Door(f"https://localhost:{server.port}", str(certificates.ca), token)
        server.companies = fill(door, store, NAME, count, rounds=(45, 20, 0), first_name=MARKED)
        server.door = door
        yield server
