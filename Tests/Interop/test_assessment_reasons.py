# SPDX-License-Identifier: Apache-2.0
"""What the reasons of an assessment are about, worked out from the papers by hand."""

import json
from collections.abc import Callable

import numpy
import pytest

from support.papers import AS_OF, ROOT, SAMPLES, assessed, vigie

BUNDLES = ROOT / "Sources/Engine/CDefaultModels/bundles"

Lines = dict[str, float]


def total_assets(lines: Lines) -> float:
    return lines["CO"] - lines["1A"]


def liabilities(lines: Lines) -> float:
    return lines["EC"] + lines.get("DR", 0)


def inventory(lines: Lines) -> float:
    return sum(
        lines.get(gross, 0) - lines.get(written_off, 0)
        for gross, written_off in (("BL", "BM"), ("BN", "BO"), ("BP", "BQ"), ("BR", "BS"),
                                   ("BT", "BU"))
    )


FEATURES: dict[str, Callable[[Lines], float]] = {
    "equity_to_liabilities":
        lambda lines: (total_assets(lines) - liabilities(lines)) / liabilities(lines),
    "liabilities_to_assets": lambda lines: liabilities(lines) / total_assets(lines),
    "sales_to_assets": lambda lines: lines["FL"] / total_assets(lines),
    "inventory_to_sales": lambda lines: inventory(lines) / lines["FL"],
}


@pytest.fixture(scope="module")
def companies() -> dict[str, dict]:
    """The sample companies, assessed with all reasons."""
    document = vigie("assess", SAMPLES, *AS_OF, "--reasons", "64", "-o", "json").stdout
    return {each["siren"]: each for each in json.loads(document)["assessments"]}


def last_lines() -> dict[str, Lines]:
    """The lines of the last accounts of each company."""
    read = json.loads(vigie("papers", "read", SAMPLES, "-o", "json").stdout)
    last: dict[str, tuple[str, Lines]] = {}
    for statement in read["statements"]:
        lines = {code: float(amount) for code, amount in statement["lines"].items()}
        if statement["closing"] > last.get(statement["siren"], ("", {}))[0]:
            last[statement["siren"]] = (statement["closing"], lines)
    return {siren: lines for siren, (_, lines) in last.items()}


def test_values_are_those_of_the_papers(companies: dict[str, dict]) -> None:
    checked: set[str] = set()
    lines = last_lines()
    for siren, each in companies.items():
        for reason in each["reasons"]:
            if reason["feature"] in FEATURES:
                expected = FEATURES[reason["feature"]](lines[siren])
                assert reason["value"] == pytest.approx(expected, rel=1e-6, abs=1e-9)
                checked.add(reason["feature"])
    assert checked == set(FEATURES)


def test_references_are_those_of_the_bundle(companies: dict[str, dict]) -> None:
    bundles = {}
    for path in BUNDLES.glob("*/manifest.json"):
        manifest = json.loads(path.read_text())
        bundles[f"{manifest['name']}@{manifest['version']}"] = manifest
    inside = 0
    for each in companies.values():
        for reason in each["reasons"]:
            manifest = bundles[each["model"]]
            (feature,) = [f for f in manifest["features"] if f["name"] == reason["feature"]]
            raises = reason["contribution"] > 0
            assert reason["sentence"] == feature["raises_risk" if raises else "lowers_risk"]["en"]
            quantiles = manifest["reference"]["features"][reason["feature"]]["quantiles"]
            assert reason["median"] == quantiles[10]
            if reason["value"] is None:
                assert reason["percent_below"] is None
            elif len(set(quantiles)) == 21 and reason["value"] not in quantiles:
                expected = numpy.interp(reason["value"], quantiles, numpy.linspace(0, 100, 21))
                assert reason["percent_below"] == pytest.approx(expected, abs=1e-6)
                inside += 0 < expected < 100
    assert inside > 20


def test_the_course_of_figures_over_the_years(companies: dict[str, dict]) -> None:
    seen = 0
    for siren, each in companies.items():
        closings = [statement["closing"] for statement in each["statements"]]
        for trend in each["trends"]:
            seen += 1
            assert [point["closing"] for point in trend["points"]] == closings
            last, before, *_ = (point["value"] for point in trend["points"])
            assert trend["change"] == pytest.approx(last - before)
        assert bool(each["trends"]) == (len(closings) > 1), siren
    assert seen >= 10
    # The last of them stands among the ratios, too.
    (sound,) = assessed(SAMPLES, as_of="2025-12-31").keys() & {"999200017"}
    ratios = {ratio["name"]: ratio["value"] for ratio in companies[sound]["ratios"]}
    for trend in companies[sound]["trends"]:
        assert trend["points"][0]["value"] == ratios[trend["name"]]


@pytest.mark.parametrize("language, words", [("en", "(median "), ("fr", "(médiane ")])
def test_pages_tell_values_and_courses(language: str, words: str) -> None:
    arguments = ("assess", SAMPLES, *AS_OF, "--lang", language)
    text = vigie(*arguments).stdout.decode()
    page = vigie(*arguments, "--html", "-").stdout.decode()
    title = {"en": "Trend 2022 → 2023 → 2024", "fr": "Évolution 2022 → 2023 → 2024"}[language]
    assert words in text and words in page and title in text and f"<h2>{title}</h2>" in page
