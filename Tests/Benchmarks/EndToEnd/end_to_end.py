#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures Vigie from end to end against the servers that people build today: rows a second
over TLS with client and server on the same cores, and the server's CPU time per row and call.

    swift build -c release --product vigied
    swift build -c release --product end-to-end-client
    Tests/Benchmarks/EndToEnd/end_to_end.py DATA [--peer-directory OUT] [--mlserver VENV]

DATA has a LightGBM model M.lgb.txt of 64 features, rows.f32 and M.raw.f64, the raw scores of the
rows. OUT has what the peers need: bin/cppsrv, a C++ gRPC server that scores with LightGBM's C API
or with an object compiled by lleaves, bin/cppcli, its load client, cert.pem and key.pem; VENV is a
Python environment with mlserver and mlserver-lightgbm. Peers that are not given are left out, and
the output says so. Every answer that is looked at is compared with DATA's scores.

Vigie and peers are measured in turn; what counts is the ratio of medians. Needs openssl, taskset
and h2load (Debian: nghttp2-client). On a machine that does other work too, run it as root with
--realtime, which puts servers and clients before all else.
"""
import argparse
import hashlib
import json
import os
import re
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Transport"))
import transport  # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
BATCH = 4096


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def write_bundle(model_path, directory):
    """The one-leaf bundle of the transport's measurement with another model in it."""
    transport.write_bundle(directory)
    with open(model_path) as file:
        model = file.read()
    names = re.search(r"^feature_names=(.*)$", model, re.M)[1].split()
    with open(f"{directory}/manifest.json") as file:
        manifest = json.load(file)
    words = {key: transport.texts("x") for key in ("label", "raises_risk", "lowers_risk")}
    manifest["features"] = [{"name": name, "unit": "none", **words} for name in names]
    manifest["model"]["sha256"] = hashlib.sha256(model.encode()).hexdigest()
    with open(f"{directory}/model.txt", "w") as file:
        file.write(model)
    with open(f"{directory}/manifest.json", "w") as file:
        json.dump(manifest, file)


class Server:
    """A server process, measured by clients that give one JSON line or by h2load."""

    def __init__(self, bench, name, command, port, protocol, settle_seconds=0.5):
        self.bench, self.name, self.command = bench, name, command
        self.port, self.protocol, self.settle_seconds = port, protocol, settle_seconds

    def __enter__(self):
        self.process = subprocess.Popen(
            self.bench.prefix() + self.command,
            stdout=self.bench.log, stderr=self.bench.log, start_new_session=True,
        )  # fmt: skip
        deadline = time.time() + 60
        while time.time() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                time.sleep(self.settle_seconds)
                return self
            except OSError:
                time.sleep(0.1)
        sys.exit(f"{self.name} did not start; see {self.bench.log.name}")

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(8)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def processes(self):
        """The server and its children."""
        listing = subprocess.run(["ps", "-eo", "pid,pgid"], capture_output=True, text=True).stdout
        lines = [line.split() for line in listing.splitlines()[1:]]
        return [int(pid) for pid, group in lines if int(group) == self.process.pid]

    def load(self, calls_at_a_time, rows, bulk="bulk"):
        """Rows a second and the server's CPU nanoseconds a row, with a client of its own kind."""
        bench = self.bench
        if self.protocol == "vigie":
            kind = [bulk, str(rows)] if rows > 1 else ["calls", str(calls_at_a_time)]
            command = [
                bench.client, f"127.0.0.1:{self.port}", bench.certificate, bench.data,
                str(self.process.pid), *kind, "1", str(bench.seconds),
            ]  # fmt: skip
            result = run_json(bench.prefix() + command)
            return result["rows_per_second"], result["server_ns_per_row"]
        streams = rows > 1 and self.protocol == "e2e"
        command = [
            f"{bench.peers}/bin/cppcli", str(self.port),
            "plain" if self.protocol == "oip" else bench.certificate, bench.data, self.protocol,
            "stream" if streams else "unary", str(rows), str(calls_at_a_time),
            str(bench.seconds / 4), str(bench.seconds), ",".join(map(str, self.processes())),
        ] + (["2"] if streams else [])  # fmt: skip
        result = run_json(bench.prefix() + command)
        if result["bad"] or result["fails"]:
            sys.exit(f"{self.name} gave wrong answers or errors: {result}")
        return result["rows_s"], result["srv_ns"]

    def h2load(self, calls):
        """The server's CPU nanoseconds for a call of one row, 100 at a time on a connection."""
        path, body = {
            "vigie": ("/vigie.v1.ScoringService/ScoreRows", "vigie.body"),
            "e2e": ("/e2e.Scorer/Score", "peer.body"),
        }[self.protocol]
        before = sum(map(transport.cpu_seconds, self.processes()))
        report = subprocess.run(
            self.bench.prefix(core=1)
            + ["h2load", "-t1", "-c1", "-m100", "-n", str(calls)]
            + ["-d", f"{self.bench.directory}/{body}", "-H", "content-type: application/grpc"]
            + ["-H", "te: trailers", f"https://127.0.0.1:{self.port}{path}"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        if f"{calls} succeeded" not in report:
            sys.exit(f"calls failed:\n{report}")
        return (sum(map(transport.cpu_seconds, self.processes())) - before) / calls * 1e9


def run_json(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    found = re.search(r"^\{.*\}$", done.stdout, re.M)
    if done.returncode or not found:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr[-2000:]}")
    return json.loads(found[0])


class Bench:
    def __init__(self, options, directory):
        self.options, self.directory = options, directory
        self.data = os.path.abspath(options.data)
        self.peers = options.peer_directory and os.path.abspath(options.peer_directory)
        self.seconds = options.seconds
        self.client = options.client
        self.log = open(f"{directory}/servers.log", "w")
        self.certificate, self.key = f"{directory}/cert.pem", f"{directory}/key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
            + ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", self.key]
            + ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", self.certificate],
            check=True, capture_output=True,
        )  # fmt: skip
        os.mkdir(f"{directory}/bundle")
        write_bundle(f"{self.data}/M.lgb.txt", f"{directory}/bundle")
        self.write_bodies()

    def prefix(self, core=None):
        words = ["chrt", "--fifo", "30"] if self.options.realtime else []
        return words + ([] if core is None else ["taskset", "-c", str(core)])

    def write_bodies(self):
        with open(f"{self.data}/rows.f32", "rb") as file:
            row = file.read(4 * transport.COLUMNS)
        header = transport.field(1, transport.field(3, b"\x01"))
        block = transport.field(2, b"\x08\x01" + transport.field(3, row))
        peer = b"\x10" + struct.pack("B", transport.COLUMNS) + transport.field(3, row)
        for name, body in (("vigie", header + block), ("peer", peer)):
            with open(f"{self.directory}/{name}.body", "wb") as file:
                file.write(transport.framed(body))

    def vigie(self, core=None):
        port = free_port()
        threads = [] if core is None else ["--threads", "1"]
        command = [
            self.options.vigied, "serve", "--listen", f"127.0.0.1:{port}", *threads,
            "--models", f"{self.directory}/bundle", "--tls-cert", self.certificate,
            "--tls-key", self.key,
        ]  # fmt: skip
        return Server(self, "vigied", pinned(core, command), port, "vigie")

    def cpp(self, scorer, core=None):
        port = free_port()
        command = [
            f"{self.peers}/bin/cppsrv", str(port), self.certificate, self.key,
            f"{self.data}/M.lgb.txt", scorer, "1",
        ]  # fmt: skip
        name = {"leaves": "C++ gRPC + lleaves", "lgb": "C++ gRPC + LightGBM"}[scorer]
        return Server(self, name, pinned(core, command), port, "e2e")

    def mlserver(self):
        # Without worker processes it is fastest here, with LightGBM's threads on all cores.
        port = free_port()
        directory = f"{self.directory}/mlserver{port}"
        os.mkdir(directory)
        settings = {
            "host": "127.0.0.1", "http_port": free_port(), "grpc_port": port, "debug": False,
            "metrics_port": free_port(), "parallel_workers": 0, "grpc_max_message_length": 16 << 20,
        }  # fmt: skip
        model = {
            "name": "m", "implementation": "mlserver_lightgbm.LightGBMModel",
            "parameters": {"uri": f"{self.data}/M.lgb.txt"},
        }  # fmt: skip
        for name, content in (("settings", settings), ("model-settings", model)):
            with open(f"{directory}/{name}.json", "w") as file:
                json.dump(content, file)
        command = [f"{os.path.abspath(self.options.mlserver)}/bin/mlserver", "start", directory]
        return Server(self, "MLServer", command, port, "oip", settle_seconds=4)


def pinned(core, command):
    return command if core is None else ["taskset", "-c", str(core), *command]


def measure(bench):
    bulk = {"vigied": [bench.vigie]}
    calls = {"vigied": [bench.vigie]}
    if bench.peers:
        bulk["C++ gRPC + lleaves"] = [lambda: bench.cpp("leaves")]
        bulk["C++ gRPC + LightGBM"] = [lambda: bench.cpp("lgb")]
        calls["C++ gRPC + lleaves"] = [lambda: bench.cpp("leaves")]
        if bench.options.mlserver:
            bulk["MLServer"] = [bench.mlserver]
    seen = {}
    for turn in range(bench.options.rounds):
        for name, (make,) in bulk.items():
            with make() as server:
                note(seen, turn, "bulk", name, *server.load(1 if name == "MLServer" else 4, BATCH))
        with bench.vigie() as server:
            note(seen, turn, "bulk", "vigied, quantised", *server.load(4, BATCH, "quantised"))
        for name, (make,) in calls.items():
            with make() as server:
                note(seen, turn, "calls", name, *server.load(100, 1))
        for name in calls:
            make = bench.vigie if name == "vigied" else lambda core: bench.cpp("leaves", core)
            with make(core=0) as server:
                count = 400_000 if name == "vigied" else 100_000
                note(seen, turn, "h2load", name, None, server.h2load(count))
    return seen


def note(seen, turn, work, name, rate, nanoseconds):
    rate_text = "" if rate is None else f"{rate:12,.0f} rows/s"
    print(f"{turn}  {work:7} {name:22} {rate_text:20} {nanoseconds:10,.0f} ns of the server a row")
    sys.stdout.flush()
    seen.setdefault((work, name), []).append((rate, nanoseconds))


def report(seen):
    def middle(work, name, index):
        return statistics.median(values[index] for values in seen[work, name])

    print("\nMedians, and how many times Vigie is ahead:")
    for work, name in seen:
        nanoseconds = middle(work, name, 1)
        line = f"{work:7} {name:22}"
        if work != "h2load":
            rate, own = middle(work, name, 0), middle(work, "vigied", 0)
            line += f" {rate:12,.0f} rows/s  {own / rate:6.1f}x"
        else:
            line += " " * 29
        ahead = nanoseconds / middle(work, "vigied", 1)
        print(f"{line}  {nanoseconds:10,.0f} ns of the server a row  {ahead:6.1f}x")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("data")
    parser.add_argument("--vigied", default=f"{ROOT}/.build/release/vigied")
    parser.add_argument("--client", default=f"{ROOT}/.build/release/end-to-end-client")
    parser.add_argument("--peer-directory", help="cppsrv and cppcli in bin/")
    parser.add_argument("--mlserver", help="a Python environment with MLServer")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.5)
    parser.add_argument("--realtime", action="store_true", help="before all else on the machine")
    options = parser.parse_args()
    if not options.peer_directory:
        print("No --peer-directory: not compared with C++ gRPC, nor with MLServer.")
    elif not options.mlserver:
        print("No --mlserver: not compared with MLServer.")
    with tempfile.TemporaryDirectory() as directory:
        report(measure(Bench(options, directory)))


if __name__ == "__main__":
    main()
