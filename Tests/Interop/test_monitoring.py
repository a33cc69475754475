# SPDX-License-Identifier: Apache-2.0
"""Alerts and dashboard are about metrics that the server has, and are as their programs want them.

promtool is run where this machine has it (Debian's prometheus); a test says so when it has not.
"""

import json
import re
import shutil
import subprocess
import urllib.request
from typing import Iterator

import numpy as np
import pytest
import yaml

import vigie
from support.certificates import Certificates
from support.server import Server, free_port
from support.stubs import ROOT

MONITORING = ROOT / "Sources" / "Packaging" / "monitoring"
ALERTS = yaml.safe_load((MONITORING / "alerts.yaml").read_text())
DASHBOARD = json.loads((MONITORING / "dashboard.json").read_text())
# What Prometheus itself makes.
ITS_OWN = {"up"}


def names(expression: str) -> set[str]:
    """The metrics of an expression."""
    bare = re.sub(r'"[^"]*"', "", expression)
    return set(re.findall(r"\b(?:grpc_server|vigie|process|up)\w*\b(?=[\s{\[)]|$)", bare))


def expressions() -> list[str]:
    rules = [rule["expr"] for group in ALERTS["groups"] for rule in group["rules"]]
    panels = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    return rules + panels


@pytest.fixture(scope="module")
def told(certificates: Certificates) -> Iterator[dict[str, list[str]]]:
    """The metrics of a server that had some calls, with the lines of each."""
    port = free_port()
    with Server(certificates, "--metrics-listen", f"127.0.0.1:{port}") as server:
        with vigie.Client(f"localhost:{server.port}", ca=certificates.ca) as client:
            client.score(np.ones((10, len(client.model().inputs))))
            with pytest.raises(vigie.VigieError):
                client.model("nothing")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as page:
            lines = page.read().decode().splitlines()
    metrics: dict[str, list[str]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            metrics.setdefault(re.split(r"[{ ]", line)[0], []).append(line)
    yield metrics


def test_every_metric_is_there(told: dict[str, list[str]]):
    asked = set().union(*map(names, expressions()))
    assert len(asked) > 20
    assert asked - ITS_OWN <= told.keys()


def test_every_label_is_there(told: dict[str, list[str]]):
    lines = [line for each in told.values() for line in each]
    # Those that Prometheus gives to all it scrapes.
    labels = set(re.findall(r'(\w+)="', "".join(lines))) | {"job", "instance"}
    for expression in expressions():
        for label, value in re.findall(r'(\w+)(?:=|!=|=~)"([^"]*)"', expression):
            assert label in labels
            if label in ("grpc_type", "grpc_service"):
                assert re.search(f'{label}="{value}"', "".join(lines)), value


def test_every_code_has_its_name(told: dict[str, list[str]]):
    assert any('grpc_code="NotFound"' in line for line in told["grpc_server_handled_total"])
    known = {"OK", "Internal", "Unknown", "DataLoss", "Unavailable", "ResourceExhausted",
             "DeadlineExceeded"}
    for expression in expressions():
        for codes in re.findall(r'grpc_code(?:=|!=|=~)"([^"]*)"', expression):
            assert set(codes.split("|")) <= known


def test_panels_have_their_places():
    panels = DASHBOARD["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    cells = [(x, y) for panel in panels for place in [panel["gridPos"]]
             for x in range(place["x"], place["x"] + place["w"])
             for y in range(place["y"], place["y"] + place["h"])]
    assert len(set(cells)) == len(cells) and max(x for x, _ in cells) == 23


def test_alerts_say_what_to_do():
    for group in ALERTS["groups"]:
        for rule in group["rules"]:
            assert rule["labels"]["severity"] in ("page", "ticket")
            assert rule["annotations"]["summary"] and rule["annotations"]["description"]


def test_promtool_takes_the_alerts():
    tool = shutil.which("promtool")
    if tool is None:
        pytest.skip("no promtool on this machine")
    for arguments in (["check", "rules", "alerts.yaml"], ["test", "rules", "alerts_test.yaml"]):
        done = subprocess.run([tool, *arguments], cwd=MONITORING, capture_output=True, text=True,
                              check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
