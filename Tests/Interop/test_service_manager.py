# SPDX-License-Identifier: Apache-2.0
"""What vigied tells systemd, played by a socket."""

import os
import signal
import socket
import subprocess

import pytest

from support.server import STOP_SECONDS, free_port, program


@pytest.mark.parametrize("is_abstract", [False, True])
def test_systemd_is_told(certificates, tmp_path, is_abstract):
    name = f"\0vigie-{os.getpid()}" if is_abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(name)
        manager.settimeout(60)

        def told(*but: str) -> dict[str, str]:
            while True:
                lines = manager.recv(4_096).decode().split("\n")
                message = dict(line.split("=", 1) for line in lines)
                if not any(each in message for each in but):
                    return message

        port = free_port()
        process = subprocess.Popen(
            [program("vigied"), "serve", "--listen", f"127.0.0.1:{port}",
             "--tls-cert", str(certificates.server), "--tls-key", str(certificates.server_key)],
            env=os.environ | {"NOTIFY_SOCKET": name.replace("\0", "@"), "WATCHDOG_USEC": "400000"},
            stderr=subprocess.DEVNULL)
        try:
            assert told("WATCHDOG")["READY"] == "1"
            # Whoever waits for that can connect at once.
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            for _ in range(3):
                manager.settimeout(5)
                assert told() == {"WATCHDOG": "1"}
            manager.settimeout(60)
            process.send_signal(signal.SIGHUP)
            reloading = told("WATCHDOG")
            assert reloading["RELOADING"] == "1" and int(reloading["MONOTONIC_USEC"]) > 0
            assert told("WATCHDOG")["READY"] == "1"
            process.send_signal(signal.SIGTERM)
            assert told("WATCHDOG")["STOPPING"] == "1"
            assert process.wait(STOP_SECONDS) == 0
        finally:
            process.kill()
            process.wait()
