# SPDX-License-Identifier: Apache-2.0
"""What vigied doctor finds."""

import json
import os
import socket
import subprocess

import grpc
import pytest

from support.access import issue, vigied
from support.collector import Collector
from support.server import Server, free_port, program


def examine(certificates, *arguments: object, port: int = 0) -> tuple[int, dict[str, list]]:
    """The exit code, and findings by what was looked at."""
    done = vigied(
        "doctor", "--json", "--tls-cert", certificates.server, "--tls-key",
        certificates.server_key, "--listen", f"127.0.0.1:{port or free_port()}", *arguments)
    assert done.stderr == ""
    found: dict[str, list] = {}
    for each in json.loads(done.stdout)["findings"]:
        found.setdefault(each["subject"], []).append(each)
    return done.returncode, found


def state(found: dict[str, list], subject: str) -> str:
    assert len(found[subject]) == 1, found[subject]
    return found[subject][0]["state"]


def test_a_good_server_is_well(certificates):
    code, found = examine(certificates)
    assert code == 0
    assert not [each for all in found.values() for each in all if each["state"] == "failed"]
    assert "localhost" in found["certificate"][0]["text"]
    assert [each["text"] for each in found["model"]] == [
        "us-listed-failure@1.0.0, for calls that name none", "us-listed-scorecard@1.0.0"]
    assert state(found, "address") == state(found, "memory") == "ok"
    # It ends in two days.
    assert [each["state"] for each in found["certificate"]] == ["ok", "warning"]


def test_people_get_lines_and_what_to_do(certificates):
    done = vigied("doctor", "--tls-cert", certificates.server, "--tls-key",
                  certificates.server_key, "--listen", f"127.0.0.1:{free_port()}")
    assert done.returncode == 0
    assert "ok       settings" in done.stdout and "-> renew it" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith("The server can serve; ")


def test_a_server_that_runs_is_known(certificates):
    with Server(certificates) as server:
        code, found = examine(certificates, port=server.port)
        assert code == 0 and state(found, "address") == "ok"
        assert f"process {server.process.pid}" in found["address"][0]["text"]
        assert server.is_serving()


def test_who_has_the_port_is_told(certificates):
    with socket.create_server(("127.0.0.1", 0)) as other:
        code, found = examine(certificates, port=other.getsockname()[1])
        assert code == 78 and state(found, "address") == "failed"
        assert f"process {os.getpid()}" in found["address"][0]["text"]


def test_keys_that_all_can_read_are_told(certificates, tmp_path):
    key = tmp_path / "key.pem"
    key.write_bytes(certificates.server_key.read_bytes())
    for mode, wanted in ((0o644, ["warning"]), (0o640, []), (0o600, [])):
        key.chmod(mode)
        code, found = examine(certificates, "--tls-key", key)
        assert code == 0 and [each["state"] for each in found.get("key", [])] == wanted


@pytest.mark.parametrize("arguments,subject,words", [
    (("--tls-cert", "/nowhere.pem"), "certificate", "/nowhere.pem"),
    (("--models", "/nowhere"), "model", "/nowhere"),
    (("--default-model", "nothing"), "model", "nothing"),
    (("--listen", "192.0.2.1:7443", "--allow-anonymous"), "address", "no address of this machine"),
    (("--listen", "nonsense"), "settings", "nonsense"),
    (("--tokens", "/nowhere.json"), "access", "/nowhere.json"),
    (("--access-log", "/nowhere/calls"), "access log", "/nowhere/calls"),
    (("--access-log", "/tmp"), "access log", "Is a directory"),
    (("--listen", "unix:/etc/passwd"), "address", "which is no socket"),
    (("--listen", "localhost:17443,127.0.0.1:17443"), "address", "twice"),
    (("--listen", "localhost:17443", "--metrics-listen", "127.0.0.1:17443"), "address", "twice"),
    (("--otlp-endpoint", "https://localhost", "--otlp-ca", "/nowhere"), "collector", "/nowhere"),
])
def test_what_would_stop_the_start_is_found(certificates, arguments, subject, words):
    code, found = examine(certificates, *arguments)
    failed = [each["text"] for each in found[subject] if each["state"] == "failed"]
    assert code == 78 and len(failed) == 1, found
    assert words in failed[0]


def test_a_key_of_another_certificate_is_found(certificates, tmp_path):
    key = tmp_path / "other.key"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-out", str(key)], check=True, capture_output=True)
    code, found = examine(certificates, "--tls-key", key)
    assert code == 78 and state(found, "certificate") == "failed"


def test_tokens_that_end_are_told(certificates, tmp_path):
    tokens = tmp_path / "tokens.json"
    issue(tokens, "crm", "--days", 3)
    issue(tokens, "nightly", "--days", 300)
    code, found = examine(certificates, "--tokens", tokens)
    told = {each["state"]: each["text"] for each in found["access"]}
    assert code == 0 and told["ok"].startswith("2 tokens") and "crm" in told["warning"]
    assert "nightly" not in told["warning"]


def test_a_collector_that_is_away_is_a_warning(certificates):
    code, found = examine(certificates, "--otlp-endpoint", f"https://127.0.0.1:{free_port()}")
    assert code == 0 and state(found, "collector") == "warning"


def test_what_is_no_collector_is_told_from_one(certificates):
    with Collector() as collector:
        endpoint = ("--otlp-endpoint", f"http://127.0.0.1:{collector.port}")
        code, found = examine(certificates, *endpoint)
        assert code == 0 and found["collector"][0]["text"].endswith("takes metrics")
        assert len(collector.metrics) == 1 and not collector.metrics[0].resource_metrics
        collector.refuses = grpc.StatusCode.UNAUTHENTICATED
        code, found = examine(certificates, *endpoint)
        assert state(found, "collector") == "warning"
        assert "--otlp-headers" in found["collector"][0]["advice"]
    with Server(certificates) as server:
        code, found = examine(
            certificates, "--otlp-endpoint", f"https://localhost:{server.port}", "--otlp-ca",
            certificates.ca)
    assert code == 0 and state(found, "collector") == "warning"
    assert "no collector: it speaks gRPC and has no MetricsService" in found["collector"][0]["text"]


def test_settings_that_do_nothing_are_told(certificates, tmp_path):
    access = tmp_path / "access.json"
    access.write_text('{"identities": {"a": {"roles": ["score"], "certificates": ["dns:a"]}}, '
                      '"anonymous": {"roles": ["read"]}}')
    access.chmod(0o600)
    code, found = examine(certificates, "--otlp-interval", "9", "--socket-mode", "0660",
                          "--tls-client-auth", "optional", "--access", access)
    told = [each["text"] for each in found["settings"] + found["access"]
            if each["state"] == "warning"]
    assert code == 0 and len(told) == 4, told
    for words in ["--otlp-interval does nothing without --otlp-endpoint", "--socket-mode does",
                  "--tls-client-auth does nothing without --tls-client-ca", "lists certificates"]:
        assert sum(words in text for text in told) == 1, told
    checked = vigied("serve", "--check-config", "--tls-cert", certificates.server, "--tls-key",
                     certificates.server_key, "--otlp-interval", "9")
    assert checked.returncode == 0 and "warning: --otlp-interval does nothing" in checked.stderr


def test_few_descriptors_and_many_threads_are_told(certificates):
    done = subprocess.run(
        ["bash", "-c", f"ulimit -n 256; exec {program('vigied')} doctor --json "
         f"--tls-cert {certificates.server} --tls-key {certificates.server_key} "
         f"--listen 127.0.0.1:{free_port()} --threads 1000"],
        capture_output=True, text=True, check=True)
    found = {each["subject"]: each for each in json.loads(done.stdout)["findings"]}
    assert found["descriptors"]["state"] == found["processors"]["state"] == "warning"
    assert "LimitNOFILE=" in found["descriptors"]["advice"]


@pytest.mark.parametrize("name,code,state_wanted", [
    ("portable", 0, "warning"), ("walk", 0, "warning"), ("neon", 78, "failed"), ("", 78, "failed")])
def test_a_forced_path_through_trees_is_told_or_refused(
        certificates, monkeypatch, name, code, state_wanted):
    monkeypatch.setenv("VIGIE_FOREST_PATH", name)
    ended, found = examine(certificates)
    assert ended == code and state(found, "processors") == state_wanted
    assert "VIGIE_FOREST_PATH" in found["processors"][0]["text"]
    started = vigied("serve", "--check-config", "--tls-cert", certificates.server, "--tls-key",
                     certificates.server_key)
    assert started.returncode == code, started.stderr
    assert code == 0 or "give one of walk, portable" in started.stderr
