# SPDX-License-Identifier: Apache-2.0
"""vigied stops, and another takes its place, while calls go on: none is lost."""

import contextlib
import os
import queue
import shutil
import signal
import socket
import threading
import time
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from support.restarts import Load, Running, await_end, listen_on, passed
from support.server import STOP_SECONDS, Server, free_port
from support.tables import block, header, stream
from vigie.v1 import scoring_service_pb2_grpc

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


def state(server: Server) -> int:
    """What a server says of itself over a connection of its own."""
    with server.channel() as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        return stub.Check(health_pb2.HealthCheckRequest(), timeout=20).status


def test_balancers_have_time_to_notice(certificates):
    with Server(certificates, "--drain-delay", "3") as server:
        with server.channel() as watching:
            watch = health_pb2_grpc.HealthStub(watching).Watch(
                health_pb2.HealthCheckRequest(), timeout=60)
            assert next(watch).status == SERVING
            began = time.monotonic()
            server.terminate()
            assert next(watch).status == NOT_SERVING
            # New connections are taken and served until the delay is over.
            while time.monotonic() < began + 2:
                assert state(server) == NOT_SERVING
            # Then the watch ends.
            with pytest.raises(grpc.RpcError) as caught:
                next(watch)
            assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
        assert server.wait() == 0
        assert 2.9 < time.monotonic() - began < 20


def test_what_is_left_when_the_time_is_over_is_unavailable(
    certificates, models_directory, models
):
    model = models["first-small"]
    hold = threading.Event()

    def blocks():
        yield block(model.rows(1))
        hold.wait(60)

    with Server(certificates, "--models", str(models_directory), "--drain-timeout", "1") as server:
        with server.channel() as channel:
            stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
            answers = stub.StreamScoreRows(stream(header(model), blocks()), timeout=60)
            next(answers)
            next(answers)
            server.terminate()
            with pytest.raises(grpc.RpcError) as caught:
                next(answers)
            assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
            assert "stops" in caught.value.details()
            hold.set()
        assert server.wait() == 0


def test_who_has_connected_when_the_server_stops_is_served(certificates):
    """Connections in the queue, and those that shake hands, make their call."""
    with Server(certificates, "--threads", "1") as server:
        # The only thread that accepts is busy with this process stopped.
        server.process.send_signal(signal.SIGSTOP)
        codes = []

        def call() -> None:
            with server.channel(enable_retries=0) as channel:
                stub = health_pb2_grpc.HealthStub(channel)
                try:
                    codes.append(stub.Check(
                        health_pb2.HealthCheckRequest(), timeout=20, wait_for_ready=False).status)
                except grpc.RpcError as error:
                    codes.append(error.details())

        threads = [threading.Thread(target=call) for _ in range(20)]
        for thread in threads:
            thread.start()
        time.sleep(1)
        server.terminate()
        server.process.send_signal(signal.SIGCONT)
        for thread in threads:
            thread.join()
        assert len(codes) == 20 and set(codes) <= {SERVING, NOT_SERVING}, codes
        assert server.wait() == 0


def test_a_server_takes_the_place_of_another_without_losing_a_call(certificates):
    port, page = free_port(), free_port()
    with Running(certificates, "--listen", f"127.0.0.1:{port}", "--metrics-listen",
                 f"127.0.0.1:{page}") as server:
        with Load(certificates, f"127.0.0.1:{port}") as load:
            for _ in range(3):
                time.sleep(0.3)
                server.hand_over()
            time.sleep(0.5)
        assert set(load.codes) == {"OK"} and load.codes["OK"] > 100, load.codes
        assert server.process.wait(STOP_SECONDS) == 0
        first, second, last = server.successors()
        await_end(first)
        await_end(second)
        os.kill(last, 0)
        # The one that is left has metrics too, and serves as before.
        with socket.create_connection(("127.0.0.1", page), timeout=20) as asking:
            asking.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"200 OK" in asking.recv(4_096)
        with Load(certificates, f"127.0.0.1:{port}", channels=1, per_channel=1) as load:
            time.sleep(0.2)
        assert set(load.codes) == {"OK"}


def test_a_stream_ends_where_it_began(certificates, models_directory, models):
    model = models["first-small"]
    go_on = threading.Event()

    def blocks():
        yield block(model.rows(1))
        assert go_on.wait(60)
        yield block(model.rows(1))

    port = free_port()
    with Running(certificates, "--listen", f"127.0.0.1:{port}", "--models",
                 str(models_directory)) as server:
        credentials = grpc.ssl_channel_credentials(certificates.ca.read_bytes())
        with grpc.secure_channel(f"localhost:{port}", credentials) as channel:
            stub = scoring_service_pb2_grpc.ScoringServiceStub(channel)
            answers = stub.StreamScoreRows(stream(header(model), blocks()), timeout=60)
            next(answers)
            next(answers)
            watch = health_pb2_grpc.HealthStub(channel).Watch(
                health_pb2.HealthCheckRequest(), timeout=60)
            assert next(watch).status == SERVING
            server.hand_over()
            # A watch ends, without saying that nobody serves, and is answered by the new one.
            with pytest.raises(grpc.RpcError) as caught:
                next(watch)
            assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
            again = health_pb2_grpc.HealthStub(channel).Watch(
                health_pb2.HealthCheckRequest(), timeout=60)
            assert next(again).status == SERVING
            assert server.process.poll() is None
            go_on.set()
            assert len(list(answers)) == 1
            assert server.process.wait(STOP_SECONDS) == 0


def test_a_server_that_cannot_start_takes_nobodys_place(certificates, tmp_path):
    certificate = tmp_path / "server.pem"
    shutil.copy(certificates.server, certificate)
    port = free_port()
    with Running(certificates, "--listen", f"127.0.0.1:{port}", "--tls-cert", str(certificate),
                 "--reload-interval", "0") as server:
        certificate.write_text("nothing")
        server.process.send_signal(signal.SIGUSR2)
        server.await_log("Not handed over; this process serves on.")
        server.await_log("ended with code 78", str(certificate))
        with Load(certificates, f"127.0.0.1:{port}", 1, 1) as load:
            time.sleep(0.2)
        assert set(load.codes) == {"OK"}
        # Once that is mended it can.
        shutil.copy(certificates.server, certificate)
        os.kill(server.process.pid, signal.SIGUSR2)
        server.await_log("Handed over")


def test_new_settings_hold_for_the_server_that_takes_over(certificates, tmp_path):
    kept, gone, come = free_port(), free_port(), free_port()
    path = tmp_path / "vigie.sock"
    file = tmp_path / "vigied.json"
    file.write_text(f'{{"listen": ["127.0.0.1:{kept}", "127.0.0.1:{gone}", "unix:{path}"]}}')
    with Running(certificates, "--config", str(file)) as server:
        file.write_text(f'{{"listen": ["127.0.0.1:{kept}", "127.0.0.1:{come}", "unix:{path}"]}}')
        server.hand_over()
        assert server.process.wait(STOP_SECONDS) == 0
        for target in (f"127.0.0.1:{kept}", f"127.0.0.1:{come}", f"unix:{path}"):
            with Load(certificates, target, 1, 1) as load:
                time.sleep(0.2)
            assert set(load.codes) == {"OK"}, target
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", gone))
    assert not Path(path).exists()


def test_sockets_of_systemd_are_handed_on(certificates, tmp_path):
    name = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager, \
            listen_on(("127.0.0.1", 0)) as first:
        manager.bind(name)
        manager.settimeout(0.2)
        port = first.getsockname()[1]
        environment = {"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "2000000"}
        with passed(certificates, {"vigied.socket": first}, environment=environment) as server:
            told: list[str] = []
            coming: queue.Queue[str] = queue.Queue()

            done = threading.Event()

            def read() -> None:
                # At all times: the system keeps no more than ten that are unread.
                while not done.is_set():
                    with contextlib.suppress(TimeoutError):
                        coming.put(manager.recv(4_096).decode())

            reader = threading.Thread(target=read, daemon=True)
            reader.start()

            def until(word: str) -> None:
                while not told or word not in told[-1]:
                    told.append(coming.get(timeout=60))

            until("READY=1")
            for _ in range(2):
                server.hand_over()
                until("MAINPID=")
                assert told[-1] == f"MAINPID={server.successors()[-1]}"
                until("READY=1")
                until("WATCHDOG=1")
            assert not any("STOPPING" in each for each in told)
            done.set()
            reader.join()
            with Load(certificates, f"127.0.0.1:{port}", 1, 1) as load:
                time.sleep(0.2)
            assert set(load.codes) == {"OK"}


def test_a_server_that_is_stopped_takes_its_successor_along(certificates, models_directory):
    port = free_port()
    with Running(certificates, "--listen", f"127.0.0.1:{port}") as server:
        server.process.send_signal(signal.SIGUSR2)
        server.await_log("Handing over.")
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(STOP_SECONDS) == 0
        await_end(server.successors()[0])
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
