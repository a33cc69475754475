# SPDX-License-Identifier: Apache-2.0
"""What goes into packages is made of the programs and says what they say."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from support.server import program
from support.stubs import ROOT

PACKAGING = ROOT / "Sources" / "Packaging"


def made(tool: str, given: str, *arguments: str) -> str:
    """What a script of Sources/Packaging makes of a text."""
    done = subprocess.run([sys.executable, PACKAGING / tool, *arguments], input=given, text=True,
                          capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name, section", [("vigie", "1"), ("vigied", "8")])
def test_the_manual_says_what_the_help_says(name: str, section: str, tmp_path: Path):
    told = subprocess.run([program(name), "--experimental-dump-help"], check=True, text=True,
                          capture_output=True, timeout=60).stdout
    page = made("man_pages.py", told, section, "1.2.3", "1700000000")
    assert page.startswith(".\\\"") and f'.TH {name.upper()} {section} 2023\\-11\\-14' in page
    assert "\n.SH EXIT STATUS\n" in page and "\nEXIT CODES" not in page
    options = set(re.findall(r'"kind" : "long",\s*"name" : "([\w-]+)"', told))
    for option in options - {"generate-completion-script"}:
        assert f"\\fB\\-\\-{option.replace('-', chr(92) + '-')}\\fR" in page, option
    if shutil.which("groff"):
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=page, text=True,
                              capture_output=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")


def test_the_example_has_every_setting(tmp_path: Path):
    printed = subprocess.run([program("vigied"), "serve", "--print-config"], text=True,
                             capture_output=True, check=False, timeout=60).stdout
    example = tmp_path / "vigied.json"
    example.write_text(made("example_settings.py", printed))
    keys = re.findall(r"^(\w+) = ", printed, re.MULTILINE)
    assert list(json.loads(example.read_text())) == keys
    done = subprocess.run([program("vigied"), "serve", "--config", example, "--print-config"],
                          text=True, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "default" not in re.sub(r"default_model|us-listed", "", done.stdout)


def test_a_setting_that_has_no_example_stops_the_package():
    done = subprocess.run([sys.executable, PACKAGING / "example_settings.py"], text=True,
                          input="new_thing = none (default)\n", capture_output=True, check=False)
    assert done.returncode == 1 and "new_thing needs an example" in done.stderr


def test_what_is_told_of_the_unit_is_so():
    unit = (PACKAGING / "deb" / "vigied.service").read_text()
    stop = int(re.search(r"TimeoutStopSec=(\d+)", unit)[1])
    files = int(re.search(r"LimitNOFILE=(\d+)", unit)[1])
    limits = (ROOT / "Sources/Base/VigieLimits/Limits.swift").read_text()
    connections = re.search(r"connectionsMax = ([\d_]+)", limits)[1]
    operations = (ROOT / "Sources/vigied/Vigied.docc/Operations.md").read_text()
    drain = re.search(r"`drain_timeout` \| (\d+) \|", operations)[1]
    delay = re.search(r"`drain_delay` \| (\d+) \|", operations)[1]
    assert stop > int(drain) + int(delay) and files > int(connections.replace("_", ""))


def test_manifests_are_as_kubernetes_wants_them():
    text = (PACKAGING / "kubernetes" / "vigie.yaml").read_text()
    resources = list(yaml.safe_load_all(text))
    assert [each["kind"] for each in resources] == ["Deployment", "Service", "PodDisruptionBudget"]
    pod = resources[0]["spec"]["template"]["spec"]
    delay = next(int(each["value"]) for each in pod["containers"][0]["env"]
                 if each["name"] == "VIGIED_DRAIN_DELAY")
    assert pod["terminationGracePeriodSeconds"] > delay + 30
    for resource in resources:
        kubernetes_validate.validate(resource, "1.29", strict=True)
