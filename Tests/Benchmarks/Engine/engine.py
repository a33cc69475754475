#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the engine against other libraries, or against another build, on the same rows.

Each measurement is printed when it is there, and a table at the end. Everything runs on one
processor, in turn, some rounds; a ratio is the median of the rounds' ratios, and times are
processor time, so that a busy machine disturbs less. Without --models, --lines and --paths the
list of the page Costs is measured; with one of them every model, line and path that is given.
"""

import argparse
import pathlib
import statistics
import sys

from measurements import FILES, LINES, PATHS, libraries_of, own, peer, two_processors

# What is measured unasked: model, line, path (None: the best of the processor).
USUAL = [
    *((model, "bulk", None) for model in FILES),
    ("M", "bulk", "avx512"), ("M", "bulk", "avx2"), ("M", "bulk", "portable"),
    ("M", "quantised", None), ("M", "one", None), ("D", "one", None),
    ("M", "shap", None), ("XM", "shap", None), ("D", "shap", None),
]


def name_of(measure):
    model, line, path = measure
    return f"{model}, {line}" + (f", {path}" if path else "")


def some_of(known):
    """The type of an argument: names with commas between them."""
    def names(text):
        given = text.split(",")
        for name in given:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(known)}")
        return given
    return names


def arguments_given():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kept", type=pathlib.Path, help="where environments and models are")
    for option, known in (("--models", FILES), ("--lines", LINES), ("--paths", PATHS)):
        parser.add_argument(option, type=some_of(known), help=", ".join(known))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true", help="no other libraries")
    parser.add_argument("--compile-lleaves", action="store_true",
                        help="compile models for lleaves that are not yet; L takes half an hour")
    parser.add_argument("--against", type=pathlib.Path, metavar="DIRECTORY",
                        help="another build instead: a tree that is built, or where its "
                             "forest-check is; the two are measured in turn")
    parser.add_argument("--forest-check", type=pathlib.Path, help="the program of this build")
    parser.add_argument("--print-models", action="store_true", help="print what is needed, end")
    return parser.parse_args()


def measures_of(arguments):
    if not (arguments.models or arguments.lines or arguments.paths):
        return USUAL
    return [(model, line, path) for model in arguments.models or FILES
            for line in arguments.lines or ["bulk"] for path in arguments.paths or [None]]


class Round:
    """The measurements of one round; each library is asked once."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.directory = arguments.kept / "models"
        self.known = {}

    def peers(self, model, line):
        times = {}
        for library in libraries_of(model, line):
            if library == "lleaves" and not self.is_compiled(model):
                print(f"  lleaves is left out: {model} is not compiled (--compile-lleaves)")
                continue
            if (model, library) not in self.known:
                python = {"onedal": "python-onedal", "lleaves": "python-lleaves"}.get(
                    library, "python")
                self.known[model, library] = peer(
                    self.arguments.kept / python / "bin/python", self.directory, model, library)
            times[library] = self.known[model, library]
            if times[library] is None:
                print(f"  {library} is left out: it does not run {model}")
                del times[library]
        return times

    def is_compiled(self, model):
        compiled = self.directory / (FILES[model] + ".lleaves")
        return compiled.exists() or self.arguments.compile_lleaves

    def others(self, model, line, path, other_build):
        if other_build:
            time = own(other_build, self.directory, model, line, path)
            return {"the other build": time} if time else {}
        return {} if self.arguments.no_peers else self.peers(model, line)

    def measure(self, measure, other_build):
        time = own(self.arguments.forest_check, self.directory, *measure)
        if time is None:
            print(f"{name_of(measure)}: not measured, this processor or build cannot", flush=True)
            return None
        others = self.others(*measure, other_build)
        print(f"{name_of(measure)}: {time:,.0f} ns a row" + "".join(
            f"; {name} {other:,.0f} ({other / time:.2f} times)"
            for name, other in others.items()), flush=True)
        return time, others


def table(measures, rounds):
    yield "| | ns a row | fastest other | its ns a row | ratio |"
    yield "|---|---|---|---|---|"
    for measure in measures:
        times = [results[measure] for results in rounds if results[measure]]
        if not times:
            yield f"| {name_of(measure)} | not measured | | | |"
            continue
        line = f"| {name_of(measure)} | {statistics.median(time for time, _ in times):,.0f} "
        medians = {name: statistics.median(others[name] for _, others in times if name in others)
                   for name in {name for _, others in times for name in others}}
        if not medians:
            yield line + "| | | |"
            continue
        fastest = min(medians, key=medians.get)
        ratio = statistics.median(others[fastest] / time for time, others in times
                                  if fastest in others)
        yield line + f"| {fastest} | {medians[fastest]:,.0f} | {ratio:.2f} |"


def other_build(directory):
    """Its forest-check."""
    for place in ("forest-check", ".build/release/forest-check"):
        if (directory / place).exists():
            return directory / place
    sys.exit(f"bench-engine: {directory} has no forest-check; there: "
             "swift build -c release --product forest-check")


def main():
    arguments = arguments_given()
    measures = measures_of(arguments)
    if arguments.print_models:
        return print(*sorted({model for model, *_ in measures}))
    other = other_build(arguments.against) if arguments.against else None
    rounds = []
    for number in range(arguments.rounds):
        print(f"Round {number + 1} of {arguments.rounds}", flush=True)
        one = Round(arguments)
        rounds.append({measure: one.measure(measure, other) for measure in measures})
    print("\n" + "\n".join(table(measures, rounds)))
    if measures is USUAL and not other:
        ratio = two_processors(arguments.forest_check, one.directory)
        print(f"\nTwo threads score {ratio:.2f} times as many rows as one." if ratio else "")


if __name__ == "__main__":
    main()
