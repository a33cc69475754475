# SPDX-License-Identifier: Apache-2.0
"""Scores the PMML models of the tests with JPMML-Evaluator, the reference evaluator.

Usage: generate.py    for each NAME.pmml beside it and its rows, writes NAME.expected.csv

Needs Java 11 and the Python packages jpmml-evaluator 0.16.0 and JPype1 1.7.1. The rows are in
NAME.rows.csv, or else in rows.csv. A cell that is empty is missing; a row that the evaluator
refuses is expected to give nothing.
"""

import csv
from pathlib import Path

from jpmml_evaluator import LoadingModelEvaluatorBuilder, make_backend

HERE = Path(__file__).parent


def cell(value: object) -> str:
    """A value at full precision."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, float) else str(value)


def score(backend: object, path: Path) -> list[str]:
    """Writes the results of one model; gives the evaluator's refusals."""
    rows_path = path.with_suffix(".rows.csv")
    with (rows_path if rows_path.exists() else HERE / "rows.csv").open() as file:
        rows = list(csv.DictReader(file))
    evaluator = LoadingModelEvaluatorBuilder(backend).loadFile(str(path)).build()
    refusals, results = [], []
    for row in rows:
        try:
            arguments = {name: text or None for name, text in row.items()}
            results.append(dict(evaluator.evaluate(arguments)))
        except Exception as error:
            refusals.append(str(error).split("\n")[0][:150])
            results.append(None)
    # A result that is missing may be left out.
    names = list(dict.fromkeys(name for result in results if result for name in result if name))
    lines = [[cell(result.get(name)) if result else "" for name in names] for result in results]
    if names:
        text = "".join(",".join(line) + "\n" for line in [names, *lines])
        path.with_suffix(".expected.csv").write_text(text)
    return refusals


def main() -> None:
    backend = make_backend("jpype")
    for path in sorted(HERE.glob("*.pmml")):
        try:
            refusals = score(backend, path)
            print(path.stem, len(refusals), "refused", *sorted(set(refusals))[:3], sep=" | ")
        except Exception as error:
            print(path.stem, "NOT SCORED", str(error).split("\n")[0][:150])


if __name__ == "__main__":
    main()
