#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what the wire costs: server CPU per unary call and per bulk row, with a
model of a single leaf, so that next to nothing else is measured.

    swift build -c release --product vigied
    Tests/Benchmarks/Transport/transport.py .build/release/vigied

needs openssl and h2load (Debian: nghttp2-client). Server and load are pinned to a core
each. To have a ratio, which is all that means anything on a shared machine, name a peer
that is already running; it is measured in turn, with bodies of its own in files:

    transport.py VIGIED --peer PID PORT UNARY_PATH UNARY_BODY BULK_PATH BULK_BODY

A body is what goes over the wire: gRPC messages with their 5-byte prefixes; the bulk body
holds BLOCKS messages of 4096 rows.
"""
import argparse
import hashlib
import json
import os
import struct
import subprocess
import sys
import tempfile
import time

COLUMNS, ROWS, BLOCKS = 64, 4096, 50
TICKS = os.sysconf("SC_CLK_TCK")


def texts(text):
    return {"en": text, "fr": text}


def write_bundle(directory):
    names = [f"f{index}" for index in range(COLUMNS)]
    fields = ["split_feature", "split_gain", "threshold", "decision_type", "left_child"]
    fields += ["right_child", "leaf_weight", "leaf_count", "internal_value"]
    fields += ["internal_weight", "internal_count"]
    model = "\n".join(
        ["tree", "version=v4", "num_class=1", "num_tree_per_iteration=1", "label_index=0"]
        + [f"max_feature_idx={COLUMNS - 1}", "objective=binary sigmoid:1"]
        + ["feature_names=" + " ".join(names), "feature_infos=" + " ".join(["none"] * COLUMNS)]
        + ["tree_sizes=0", "", "Tree=0", "num_leaves=1", "num_cat=0"]
        + [f"{field}=" for field in fields]
        + ["leaf_value=-4.5", "is_linear=0", "shrinkage=1", "", "", "end of trees", ""]
    )
    words = {"label": texts("x"), "raises_risk": texts("x"), "lowers_risk": texts("x")}
    manifest = {
        "format": "vigie-bundle/1", "name": "one-leaf", "version": "1.0.0",
        "description": texts("One leaf, to measure the wire."),
        "event": {"id": "none", "definition": texts("None.")}, "horizon_months": 12,
        "model": {"format": "lightgbm-text", "file": "model.txt",
                  "sha256": hashlib.sha256(model.encode()).hexdigest()},
        "features": [{"name": name, "unit": "none", **words} for name in names],
        "calibration": {"type": "identity"},
        "score_scale": {"id": "bench", "minimum": 1, "maximum": 1000, "anchor_score": 500,
                        "high_score_is_safe": True, "points_to_double_odds": 60,
                        "anchor_probability": 0.01},
        "risk_classes": [{"number": 1, "probability_maximum": 1, "label": texts("x")}],
        "reference": {"description": "None.",
                      "log_odds_quantiles": [step / 10 - 10 for step in range(101)]},
        "metrics": {}, "provenance": {},
    }  # fmt: skip
    with open(f"{directory}/model.txt", "w") as file:
        file.write(model)
    with open(f"{directory}/manifest.json", "w") as file:
        json.dump(manifest, file)


def varint(value):
    encoded = b""
    while value > 127:
        encoded += bytes([value & 127 | 128])
        value >>= 7
    return encoded + bytes([value])


def field(number, content):
    return varint(number << 3 | 2) + varint(len(content)) + content


def framed(message):
    return b"\0" + struct.pack(">I", len(message)) + message


def block(rows):
    values = struct.pack("<f", 0.25) * (rows * COLUMNS)
    return b"\x08" + varint(rows) + field(3, values)


def write_bodies(directory):
    probability_only = field(3, b"\x01")
    with open(f"{directory}/unary", "wb") as file:
        file.write(framed(field(1, b"") + field(2, block(1))))
    with open(f"{directory}/bulk", "wb") as file:
        file.write(framed(field(1, probability_only)))
        file.write(framed(field(2, block(ROWS))) * BLOCKS)


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_kibibytes(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


def load(pid, port, path, body, calls, *shape):
    """CPU seconds of the server per call."""
    before = cpu_seconds(pid)
    report = subprocess.run(
        ["taskset", "-c", "1", "h2load", "-t1", "-n", str(calls), *shape, "-d", body]
        + ["-H", "content-type: application/grpc", "-H", "te: trailers"]
        + [f"https://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if f"{calls} succeeded" not in report:
        sys.exit(f"calls failed:\n{report}")
    return (cpu_seconds(pid) - before) / calls


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vigied")
    parser.add_argument("--peer", nargs=6)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--calls", type=int, default=200_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        write_bundle(directory)
        write_bodies(directory)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
            + ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", f"{directory}/key.pem"]
            + ["-out", f"{directory}/cert.pem"],
            check=True, capture_output=True,
        )  # fmt: skip
        server = subprocess.Popen(
            ["taskset", "-c", "0", options.vigied, "serve", "--threads", "1"]
            + ["--listen", "127.0.0.1:17443", "--models", directory]
            + ["--tls-cert", f"{directory}/cert.pem", "--tls-key", f"{directory}/key.pem"]
        )
        try:
            time.sleep(2)
            measure(options, directory, server.pid)
        finally:
            server.terminate()
            server.wait()


def measure(options, directory, pid):
    service = "/vigie.v1.ScoringService/"
    subjects = {"vigied": (pid, 17443, service + "ScoreRows", f"{directory}/unary",
                           service + "StreamScoreRows", f"{directory}/bulk")}  # fmt: skip
    if options.peer:
        peer_pid, port, *paths = options.peer
        subjects["peer"] = (int(peer_pid), int(port), *paths)
    print("round  subject  unary µs/call  bulk ns/row  RSS KiB")
    for turn in range(options.rounds):
        for name, (pid, port, path, body, bulk_path, bulk_body) in subjects.items():
            unary = load(pid, port, path, body, options.calls, "-c4", "-m100") * 1e6
            windows = ["-c1", "-m1", "-w24", "-W24"]
            rows = BLOCKS * ROWS
            bulk = load(pid, port, bulk_path, bulk_body, 20, *windows) / rows * 1e9
            print(f"{turn:5}  {name:7}  {unary:13.2f}  {bulk:11.0f}  {resident_kibibytes(pid):7}")


if __name__ == "__main__":
    main()
