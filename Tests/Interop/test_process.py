# SPDX-License-Identifier: Apache-2.0
"""vigied as a process: how it starts, refuses to start, and stops."""

import itertools
import os
import re
import resource
import signal
import socket
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from support.server import STOP_SECONDS, Server, free_port, program
from support.tables import assert_scores, block, header, request, stream
from vigie.v1 import scoring_service_pb2_grpc

STARTS_AT_ONCE = 16


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs vigied to its end."""
    return subprocess.run(
        [program("vigied"), *arguments], capture_output=True, text=True, timeout=STOP_SECONDS)


@pytest.mark.parametrize("leave_out", ["--tls-cert", "--tls-key", "both"])
def test_does_not_start_without_a_certificate(certificates, leave_out):
    options = {"--tls-cert": certificates.server, "--tls-key": certificates.server_key}
    kept = [str(word) for option in options.items() if leave_out not in (option[0], "both")
            for word in option]
    ended = run("serve", "--listen", f"127.0.0.1:{free_port()}", *kept)
    assert ended.returncode != 0
    assert "--tls-" in ended.stderr and len(ended.stderr.splitlines()) < 20


def test_does_not_start_with_a_key_of_another_certificate(certificates):
    ended = run(
        "serve", "--listen", f"127.0.0.1:{free_port()}", "--tls-cert", str(certificates.other_ca),
        "--tls-key", str(certificates.server_key))
    assert ended.returncode != 0
    assert "key" in ended.stderr


def test_does_not_start_with_a_file_that_is_not_there(certificates):
    ended = run(
        "serve", "--listen", f"127.0.0.1:{free_port()}", "--tls-cert", "nowhere.pem",
        "--tls-key", str(certificates.server_key))
    assert ended.returncode != 0
    assert "nowhere.pem" in ended.stderr


@pytest.mark.parametrize("check", [[], ["--check-config"]])
def test_does_not_start_with_an_expired_certificate(tmp_path, check):
    certificate, key = expired(tmp_path)
    options = ["serve", "--listen", f"127.0.0.1:{free_port()}", "--tls-cert", str(certificate),
               "--tls-key", str(key), *check]
    ended = run(*options)
    assert ended.returncode == 78
    assert "expired on 20" in ended.stderr and "--allow-expired-certificate" in ended.stderr
    assert str(certificate) in ended.stderr


def test_an_expired_certificate_can_be_allowed(tmp_path):
    certificate, key = expired(tmp_path)
    ended = run("serve", "--tls-cert", str(certificate), "--tls-key", str(key),
                "--allow-expired-certificate", "--check-config")
    assert ended.returncode == 0
    assert "warning" in ended.stderr and "expired on 20" in ended.stderr
    assert "is good" in ended.stdout


def expired(directory: Path) -> tuple[Path, Path]:
    """A certificate that ended yesterday, and its key."""
    certificate, key, request = (directory / name for name in ("old.pem", "old.key", "old.csr"))
    subprocess.run(
        ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-subj", "/CN=localhost", "-keyout", key, "-out", request],
        check=True, capture_output=True)
    subprocess.run(
        ["openssl", "x509", "-req", "-in", request, "-key", key, "-days", "-1", "-out",
         certificate], check=True, capture_output=True)
    return certificate, key


def test_check_config_warns_of_a_certificate_that_ends_soon(certificates):
    ended = run("serve", "--tls-cert", str(certificates.server), "--tls-key",
                str(certificates.server_key), "--check-config")
    assert ended.returncode == 0
    assert "warning" in ended.stderr and "expires in" in ended.stderr


def test_does_not_start_with_models_that_are_broken(certificates, tmp_path, models):
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "manifest.json").write_text("{}")
    ended = run(
        "serve", "--listen", f"127.0.0.1:{free_port()}", "--models", str(tmp_path),
        "--tls-cert", str(certificates.server), "--tls-key", str(certificates.server_key))
    assert ended.returncode != 0
    assert "manifest" in ended.stderr


def test_does_not_start_on_a_port_in_use(server):
    ended = run(
        "serve", "--listen", server.address, "--tls-cert", str(server.certificates.server),
        "--tls-key", str(server.certificates.server_key))
    assert ended.returncode != 0
    assert str(server.port) in ended.stderr
    assert server.is_serving()


def test_model_check(models, tmp_path):
    assert run("model", "check", str(models["first-small"].directory)).returncode == 0
    (tmp_path / "manifest.json").write_text('{"format": "vigie-bundle/1"}')
    ended = run("model", "check", str(tmp_path))
    assert ended.returncode != 0
    assert "manifest.json" in ended.stdout + ended.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_server_stops_at_once(certificates, number):
    with Server(certificates) as server:
        began = time.monotonic()
        server.process.send_signal(number)
        assert server.wait() == 0
        assert time.monotonic() - began < 10


def test_who_reads_the_first_line_can_stop_the_server(certificates):
    """Many at once, so that what one of its threads leaves to another is done late."""
    def stopped_at_the_first_line(port: int) -> tuple[int, str]:
        command = [program("vigied"), "serve", "--listen", f"127.0.0.1:{port}", "--tls-cert",
                   str(certificates.server), "--tls-key", str(certificates.server_key)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            first = process.stderr.readline()
            process.send_signal(signal.SIGTERM)
            _, rest = process.communicate(timeout=STOP_SECONDS)
            return process.returncode, first + rest

    with ThreadPoolExecutor(STARTS_AT_ONCE) as threads:
        ports = {free_port() for _ in range(2 * STARTS_AT_ONCE)}
        for code, told in threads.map(stopped_at_the_first_line, ports):
            assert code == 0 and "Stopped." in told, told


@pytest.mark.parametrize("number", [signal.SIGUSR1])
def test_signals_that_mean_nothing_are_ignored(certificates, number):
    with Server(certificates) as server:
        for _ in range(3):
            server.process.send_signal(number)
            time.sleep(0.1)
        assert server.is_serving()
        assert server.stop() == 0
        server.await_log(number.name, "gnored")


def test_the_last_line_tells_what_was_counted(certificates):
    with Server(certificates) as server:
        for _ in range(3):
            assert server.is_serving()
        assert server.stop() == 0
        last = server.log().splitlines()[-1]
    assert "Stopped." in last
    counted = dict(word.split("=") for word in last.split() if word.startswith("vigie_"))
    assert int(counted["vigie_calls_ended_OK"]) >= 3
    assert counted["vigie_calls_begun"] == counted["vigie_calls_ended_OK"]
    assert int(counted["vigie_connections_accepted"]) >= 1
    assert int(counted["vigie_received_bytes"]) > 0 and "vigie_rows_scored" not in counted


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_log_that_nobody_reads_holds_nothing_up(certificates, form):
    port = free_port()
    process = subprocess.Popen(
        [program("vigied"), "serve", "--listen", f"127.0.0.1:{port}", "--log-level", "trace",
         "--log-format", form, "--threads", "1", "--tls-cert", str(certificates.server),
         "--tls-key", str(certificates.server_key)], stderr=subprocess.PIPE)
    try:
        assert is_healthy(certificates, port)
        # A line each: more than a pipe holds, 64 KiB.
        for _ in range(1_000):
            with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
                plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                plain.recv(1)
        assert is_healthy(certificates, port)
        process.send_signal(signal.SIGTERM)
        # Without a reader for its last lines too.
        assert process.wait(STOP_SECONDS) == 0
    finally:
        process.kill()
        process.stderr.close()
        process.wait()


def test_a_log_whose_reader_is_gone_holds_nothing_up(certificates):
    port = free_port()
    process = subprocess.Popen(
        [program("vigied"), "serve", "--listen", f"127.0.0.1:{port}",
         "--tls-cert", str(certificates.server), "--tls-key", str(certificates.server_key)],
        stderr=subprocess.PIPE)
    try:
        process.stderr.readline()
        process.stderr.close()
        process.send_signal(signal.SIGHUP)
        assert is_healthy(certificates, port)
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOP_SECONDS) == 0
    finally:
        process.kill()
        process.wait()


def is_healthy(certificates, port: int) -> bool:
    """Whether a server is, or gets, healthy."""
    done = subprocess.run(
        [program("vigie"), "health", "--wait", "60", "--server", f"127.0.0.1:{port}",
         "--ca-cert", str(certificates.ca)], capture_output=True, text=True, timeout=120)
    return done.stdout == "SERVING\n"


@pytest.mark.parametrize("closed", ["1>&-", "0<&- 1>&- 2>&-"])
def test_no_connection_takes_the_number_of_a_standard_descriptor(certificates, closed):
    port = free_port()
    process = subprocess.Popen(
        ["bash", "-c", f'exec "$@" {closed}', "bash", program("vigied"), "serve", "--listen",
         f"127.0.0.1:{port}", "--access-log", "-", "--tls-cert", certificates.server, "--tls-key",
         certificates.server_key])
    try:
        assert is_healthy(certificates, port)
        for number in (int(each[0]) for each in closed.split()):
            assert os.readlink(f"/proc/{process.pid}/fd/{number}") == "/dev/null"
        assert is_healthy(certificates, port)
    finally:
        process.kill()
        process.wait()


def test_draining_lets_a_stream_finish(certificates, models_directory, models):
    model = models["first-small"]
    tables = [model.rows(10, seed) for seed in range(6)]
    go_on = threading.Event()

    def blocks():
        yield block(tables[0])
        assert go_on.wait(60)
        yield from map(block, tables[1:])

    with Server(certificates, "--models", str(models_directory)) as server:
        with server.channel() as channel, server.channel() as watching:
            stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
            answers = stub.StreamScoreRows(stream(header(model), blocks()), timeout=120)
            assert next(answers).WhichOneof("message") == "model"
            assert_scores(next(answers).block, model, tables[0])
            watch = health_pb2_grpc.HealthStub(watching).Watch(
                health_pb2.HealthCheckRequest(), timeout=60)
            assert next(watch).status == health_pb2.HealthCheckResponse.SERVING

            server.terminate()
            assert next(watch).status == health_pb2.HealthCheckResponse.NOT_SERVING
            time.sleep(0.5)
            assert server.process.poll() is None
            # A new call finds nobody; the old one goes on.
            with server.channel() as late, pytest.raises(grpc.RpcError) as caught:
                scoring_service_pb2_grpc.ScoringServiceStub(late).ScoreRows(
                    request(model, tables[0]), timeout=20)
            assert caught.value.code() == grpc.StatusCode.UNAVAILABLE

            go_on.set()
            for answer, rows in itertools.zip_longest(answers, tables[1:]):
                assert_scores(answer.block, model, rows)
        assert server.wait() == 0


def test_a_second_interrupt_ends_a_drain(certificates, models_directory, models):
    model = models["first-small"]
    hold = threading.Event()

    def blocks():
        yield block(model.rows(1))
        hold.wait(60)

    server = Server(certificates, "--models", str(models_directory))
    with server.channel() as channel:
        stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
        answers = stub.StreamScoreRows(stream(header(model), blocks()), timeout=120)
        next(answers)
        server.process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert server.process.poll() is None
        server.process.send_signal(signal.SIGINT)
        server.wait()
        hold.set()


def limited(certificates, soft: int, hard: int) -> tuple[subprocess.Popen, int]:
    """A server that may have so many descriptors."""
    port = free_port()
    process = subprocess.Popen(
        [program("vigied"), "serve", "--listen", f"127.0.0.1:{port}", "--threads", "1",
         "--tls-cert", str(certificates.server), "--tls-key", str(certificates.server_key)],
        stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard)))
    assert is_healthy(certificates, port)
    return process, port


def test_the_limit_of_descriptors_is_raised(certificates):
    process, _ = limited(certificates, 200, 700)
    found = Path(f"/proc/{process.pid}/limits").read_text()
    line = next(each for each in found.splitlines() if each.startswith("Max open files"))
    assert line.split()[3:5] == ["700", "700"]
    process.terminate()
    _, log = process.communicate(timeout=STOP_SECONDS)
    assert process.returncode == 0 and "descriptors=700" in log


def test_out_of_descriptors_the_server_lives_on(certificates):
    process, port = limited(certificates, 100, 100)
    held = []
    try:
        for _ in range(150):
            held.append(socket.create_connection(("127.0.0.1", port), timeout=20))
        time.sleep(1)
        for each in held:
            each.close()
        assert is_healthy(certificates, port)
    finally:
        for each in held:
            each.close()
        process.terminate()
        _, log = process.communicate(timeout=STOP_SECONDS)
    assert process.returncode == 0
    assert len(log.splitlines()) < 50


def test_too_few_descriptors_are_told(certificates):
    done = subprocess.run(
        [program("vigied"), "serve", "--threads", "50", "--tls-cert", certificates.server,
         "--tls-key", certificates.server_key], capture_output=True, text=True, check=False,
        timeout=STOP_SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60)))
    assert done.returncode == 78 and len(done.stderr.splitlines()) == 1, done.stderr
    assert "60 file descriptors" in done.stderr and "--threads" in done.stderr


@pytest.mark.parametrize("option", [
    "--tls-cert", "--tls-key", "--tls-client-ca", "--tokens", "--access", "--jwt-keys",
    "--config", "--models", "--tls-cert-dir"])
@pytest.mark.parametrize("fault", ["missing", "unreadable", "other kind"])
def test_a_file_that_cannot_be_read_is_told_at_once(certificates, tmp_path, option, fault):
    is_directory = option in ("--models", "--tls-cert-dir")
    path = tmp_path / "here"
    if fault == "unreadable":
        if os.geteuid() != 0:
            pytest.skip("only root can become somebody who may not read a file")
        path.mkdir() if is_directory else path.write_text("{}")
        path.chmod(0)
    elif fault == "other kind":
        path.write_text("{}") if is_directory else path.mkdir()
    options = {"--tls-cert": certificates.server, "--tls-key": certificates.server_key}
    if option == "--jwt-keys":
        options |= {"--jwt-issuer": "i", "--jwt-audience": "a"}
    options |= {option: path}
    words = [str(word) for pair in options.items() for word in pair]
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search",
            "--inh-caps=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*drop, program("vigied"), "serve", "--listen", f"127.0.0.1:{free_port()}", *words],
        capture_output=True, text=True, check=False, timeout=STOP_SECONDS)
    assert done.returncode in (65, 66, 78), done.stderr
    assert len(done.stderr.splitlines()) == 1 and str(path) in done.stderr, done.stderr
    reason = {"missing": "no such", "unreadable": "may not|permission",
              "other kind": "directory"}[fault]
    assert re.search(reason, done.stderr, re.IGNORECASE), done.stderr
