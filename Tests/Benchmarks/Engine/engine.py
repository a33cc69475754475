#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the engine against other libraries on the same rows and prints a table.

usage: engine.py DIRECTORY FOREST_CHECK PYTHON PYTHON_ONEDAL PYTHON_LLEAVES [--rounds N]

DIRECTORY holds what models.py made; each PYTHON has one of the requirements files beside this one.
Everything runs on one processor, in turn, N times; a ratio is the median of the rounds' ratios,
and times are processor time, so that a busy machine disturbs less.
"""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
ON_ONE_PROCESSOR = ["taskset", "-c", str(max(os.sched_getaffinity(0)))]
PLACES = {"S": "S.txt", "M": "M.txt", "L": "L.txt", "XM": "XM.json"}

# What is measured: name, model, line of forest-check, its path (or the best), libraries to beat.
BULK = ("lightgbm", "onnxruntime", "onedal", "lleaves")
MEASURES = [
    ("S, bulk", "S", "bulk", None, BULK),
    ("M, bulk", "M", "bulk", None, BULK),
    ("L, bulk", "L", "bulk", None, BULK),
    ("XM, bulk", "XM", "bulk", None, ("xgboost", "onnxruntime", "onedal")),
    ("M, bulk, AVX-512 without VBMI", "M", "bulk", "avx512", BULK),
    ("M, bulk, AVX2", "M", "bulk", "avx2", BULK),
    ("M, bulk, portable", "M", "bulk", "portable", BULK),
    ("M, quantised rows", "M", "quantised", None, BULK),
    ("M, one row", "M", "1 at a time", None, ("lightgbm-one",)),
    ("M, SHAP", "M", "contributions", None, ("lightgbm-shap",)),
    ("XM, SHAP", "XM", "contributions", None, ("xgboost-shap",)),
]


def run(command):
    done = subprocess.run(ON_ONE_PROCESSOR + [str(part) for part in command],
                          capture_output=True, text=True, check=False,
                          env={**os.environ, "OMP_NUM_THREADS": "1"})
    return done.stdout if done.returncode == 0 else ""


class Engine:
    def __init__(self, arguments):
        self.arguments = arguments
        self.known = {}

    def own(self, model, line, path):
        """Nanoseconds a row of one line of forest-check; it prints all lines at once."""
        key = (model, path)
        if key not in self.known:
            directory = self.arguments.directory
            rest = [directory / PLACES[model], directory / "rows.f32"] + ([path] if path else [])
            text = run([self.arguments.forest_check, "time", *rest])
            if path is None:
                text += run([self.arguments.forest_check, "time-shap", *rest])
            self.known[key] = {
                name: float(value) for name, value
                in re.findall(r"^(.+?): best .*, median ([0-9.]+) ns/row", text, re.MULTILINE)}
        return self.known[key].get(line)

    def peer(self, model, library):
        if (model, library) not in self.known:
            python = {"onedal": self.arguments.python_onedal,
                      "lleaves": self.arguments.python_lleaves}.get(
                          library, self.arguments.python)
            text = run([python, HERE / "peer.py", self.arguments.directory, model, library])
            found = re.search(r": ([0-9.]+) ns/row", text)
            self.known[model, library] = float(found[1]) if found else None
        return self.known[model, library]

    def round(self):
        """One measurement of each: own time and the time of each library that runs."""
        self.known = {}
        results = {}
        for name, model, line, path, libraries in MEASURES:
            own = self.own(model, line, path)
            peers = {library: self.peer(model, library) for library in libraries}
            results[name] = own, {key: value for key, value in peers.items() if value}
        return results


def two_processors(arguments):
    """How many times as many rows two threads score as one."""
    text = subprocess.run([arguments.forest_check, "threads", arguments.directory / "M.txt",
                           arguments.directory / "rows.f32"],
                          capture_output=True, text=True, check=False).stdout
    found = re.search(r"two threads: ([0-9.]+) times", text)
    return float(found[1]) if found else None


def table(rounds):
    yield "| | ns a row | fastest other | its ns a row | ratio |"
    yield "|---|---|---|---|---|"
    for name, *_ in MEASURES:
        times = [results[name] for results in rounds if results[name][0] and results[name][1]]
        if not times:
            yield f"| {name} | not measured | | | |"
            continue
        own = statistics.median(own for own, _ in times)
        medians = {library: statistics.median(peers[library] for _, peers in times
                                              if library in peers)
                   for library in times[0][1]}
        fastest = min(medians, key=medians.get)
        ratio = statistics.median(peers[fastest] / own for own, peers in times
                                  if fastest in peers)
        yield f"| {name} | {own:.0f} | {fastest} | {medians[fastest]:.0f} | {ratio:.1f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("forest_check", type=pathlib.Path)
    for name in ("python", "python_onedal", "python_lleaves"):
        parser.add_argument(name)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    rounds = []
    for number in range(arguments.rounds):
        rounds.append(Engine(arguments).round())
        print(f"round {number + 1} of {arguments.rounds}", file=sys.stderr, flush=True)
    print("\n".join(table(rounds)))
    ratio = two_processors(arguments)
    print(f"\nTwo threads score {ratio:.2f} times as many rows as one." if ratio else "")


if __name__ == "__main__":
    main()
