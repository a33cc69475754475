# SPDX-License-Identifier: Apache-2.0
"""How proceedings go on: a law that is known is found again, and agrees with what was seen."""

import json

import numpy
import pandas
import pytest

from vigie_training import proceedings

UNTIL = "2026-06-30"
BASE = numpy.array([-3.0, -2.2, -3.6, -4.0])
OF_KIND = {
    "safeguard": numpy.array([0.8, -0.6, 0, 0]),
    "reorganisation": numpy.array([0, 0.4, 0.2, 0]),
    "liquidation": numpy.array([-2.0, -2.0, 0.3, 1.2]),
}
OF_SIZE = {0: 0.0, 5: 0.3, 20: 0.6, 80: 0.9}


def hazards(kind: str, headcount: int, quarter: int) -> numpy.ndarray:
    """The law: size helps a plan, time helps all that is not a plan."""
    odds = BASE + OF_KIND[kind] + 0.03 * quarter * numpy.array([0, 1, 1, 1])
    odds[0] += OF_SIZE[headcount]
    odds = numpy.exp(odds)
    return odds / (1 + odds.sum())


def made_up(count: int, seed: int) -> pandas.DataFrame:
    """Proceedings of that law, those of the last years cut off."""
    random = numpy.random.default_rng(seed)
    rows = []
    for _ in range(count):
        kind = random.choice(list(OF_KIND), p=[0.2, 0.5, 0.3])
        headcount = int(random.choice(list(OF_SIZE)))
        begun = int(random.integers(0, 3700))
        since = pandas.Timestamp("2016-01-01") + pandas.Timedelta(days=begun)
        ended, outcome = "", ""
        for quarter in range(60):
            found = random.choice(5, p=[*(own := hazards(kind, headcount, quarter)),
                                        1 - own.sum()])  # fmt: skip
            if found < 4:
                day = since + pandas.DateOffset(months=3 * quarter) + pandas.Timedelta(days=20)
                if day <= pandas.Timestamp(UNTIL):
                    ended, outcome = f"{day:%Y-%m-%d}", proceedings.OUTCOMES[found]
                break
        rows.append((kind, f"{since:%Y-%m-%d}", ended, outcome, headcount, "", "43.21A"))
    return pandas.DataFrame(rows, columns=proceedings.COLUMNS)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("proceedings") / "proceedings.csv"
    made_up(6_000, 1).to_csv(path, index=False)
    return path


def law(kind: str, headcount: int, count: int) -> numpy.ndarray:
    is_open, come, rows = 1.0, numpy.zeros(4), []
    for quarter in range(count):
        own = hazards(kind, headcount, quarter)
        come, is_open = come + is_open * own, is_open * (1 - own.sum())
        rows.append([*come, is_open])
    return numpy.array(rows)


def test_the_law_is_found_again(table):
    fitted = proceedings.fit(proceedings.read(table, UNTIL))
    for kind in OF_KIND:
        for headcount, size in ((0, "0"), (5, "1-9"), (20, "10-49"), (80, "50+")):
            classes = {"kind": kind, "size": size, "age": "unknown", "sector": "F"}
            found = fitted.incidence(classes, 12)
            assert numpy.abs(found - law(kind, headcount, 12)).max() < 0.05, (kind, headcount)
            assert numpy.allclose(found.sum(axis=1), 1)


def test_the_mean_is_what_was_seen(table):
    seen = proceedings.read(table, UNTIL)
    fitted = proceedings.fit(seen)
    mean = numpy.zeros((12, 5))
    for place in range(0, len(seen.quarters), 10):
        classes = {name: seen.classes[name][place] for name in proceedings.FEATURES}
        mean += fitted.incidence(classes, 12)
    mean /= len(range(0, len(seen.quarters), 10))
    assert numpy.abs(mean - proceedings.incidence_seen(seen, 12)).max() < 0.02


def test_what_came_later_is_not_used(table):
    whole = pandas.read_csv(table, dtype=str)
    until = "2020-12-31"
    then = whole[whole["since"] <= until].copy()
    later = then["ended"].notna() & (then["ended"] > until)
    then.loc[later, ["ended", "outcome"]] = numpy.nan
    seen, known = (proceedings.proceedings(rows, until) for rows in (whole, then))
    assert (seen.quarters == known.quarters).all() and (seen.outcomes == known.outcomes).all()


def test_quarters_are_whole(table):
    days = [("2026-01-31", "2026-04-29", 0), ("2026-01-31", "2026-04-30", 1),
            ("2025-11-30", "2026-02-28", 1), ("2026-01-01", "2026-12-31", 3),
            ("2026-01-01", "2026-01-01", 0)]  # fmt: skip
    since, end = (pandas.Series(pandas.to_datetime([row[place] for row in days]))
                  for place in (0, 1))  # fmt: skip
    assert proceedings.quarters(since, end).tolist() == [row[2] for row in days]


def test_too_few_are_refused_and_a_bundle_is_written(table, tmp_path):
    few = tmp_path / "few.csv"
    pandas.read_csv(table, dtype=str).head(60).to_csv(few, index=False)
    with pytest.raises(ValueError, match="100 are the least"):
        proceedings.train_proceeding_survival(few, UNTIL, tmp_path / "few")
    assert not (tmp_path / "few").exists()
    bundle = tmp_path / "bundle"
    manifest = proceedings.train_proceeding_survival(table, UNTIL, bundle)
    assert json.loads((bundle / "manifest.json").read_text()) == manifest
    assert [each["outcome"] for each in manifest["outcomes"]] == list(proceedings.OUTCOMES)
    for column, text in (("kind", "divorce"), ("outcome", "luck"), ("since", "")):
        wrong = pandas.read_csv(table, dtype=str)
        wrong.loc[3, column] = text or None
        with pytest.raises(ValueError, match=column):
            proceedings.proceedings(wrong, UNTIL)
