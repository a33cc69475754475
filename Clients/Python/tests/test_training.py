# SPDX-License-Identifier: Apache-2.0
"""Training from end to end on a small table of companies that do not exist."""

import numpy
import pandas
import pytest

from vigie_training import examples, metrics, pipeline, scorecard, statements, synthetic, trees
from vigie_training.bundle import Bundle


@pytest.fixture(scope="module")
def table() -> pandas.DataFrame:
    """400 companies, 2018 to 2020; those that owe more than they have tend to fail."""
    made = synthetic.statements(400, seed=1)
    random = numpy.random.default_rng(1)
    frames = []
    for shift in range(3):
        frame = pandas.DataFrame({name: years[shift] for name, years in made.items.items()})
        frame["company"] = [f"company {number}" for number in made.company]
        frame["year"] = 2020 - shift
        weak = frame["total_liabilities"] / frame["total_assets"] > 0.85
        frame["fails_next"] = (weak & (random.random(len(frame)) < 0.6)).astype(int)
        frames.append(frame)
    return pandas.concat(frames).drop(columns="gross_profit")


@pytest.mark.parametrize("kind", [pipeline.TREES, pipeline.SCORECARD])
def test_refit_writes_a_bundle_that_ranks_and_is_the_same_twice(
    kind, table, tmp_path, monkeypatch
):
    monkeypatch.setattr(trees, "ROUNDS", 20)
    monkeypatch.setattr(metrics, "BOOTSTRAP_DRAWS", 5)
    rows = statements.from_frame(table)
    for directory in ("first", "second"):
        pipeline.refit(rows, kind, "own", 2020, tmp_path / directory, report=lambda line: None)
    bundle = Bundle(tmp_path / "first")
    held_out = rows.select(rows.year >= 2020)
    assert metrics.auc(held_out.fails_next, bundle.probabilities(held_out)) > 0.75
    for file in ("manifest.json", bundle.manifest["model"]["file"], "MODEL_CARD.md"):
        assert (tmp_path / "first" / file).read_bytes() == (
            tmp_path / "second" / file
        ).read_bytes()
    assert "{{" not in (tmp_path / "first" / "MODEL_CARD.md").read_text()


def test_a_table_with_too_few_failures_is_refused(table, tmp_path):
    healthy = table.assign(fails_next=0)
    with pytest.raises(ValueError, match="failures in the years before 2020"):
        pipeline.refit(statements.from_frame(healthy), pipeline.TREES, "own", 2020, tmp_path)


def test_the_published_layout_marks_only_the_last_year_of_a_failed_company():
    frame = pandas.DataFrame(
        {
            "company_name": ["A", "A", "A", "B", "B"],
            "status_label": ["failed"] * 3 + ["alive"] * 2,
            "year": [2001, 2002, 2004, 2001, 2002],
            "X10": [1.0, 2.0, 3.0, 4.0, 0.0],
        }
    )
    rows = statements.from_frame(frame)
    assert rows.fails_next.tolist() == [0, 0, 1, 0, 0]
    # 2003 is lacking, so 2004 has no earlier year; assets of 0 are not given.
    numpy.testing.assert_array_equal(
        rows.items["total_assets"],
        [
            [1.0, 2.0, 3.0, 4.0, numpy.nan],
            [numpy.nan, 1.0, numpy.nan, numpy.nan, 4.0],
            [numpy.nan] * 5,
        ],
    )


def test_soft_labels_know_only_of_failures_in_their_years():
    nothing = numpy.zeros(6, dtype=int)
    company = numpy.array([0, 0, 0, 0, 1, 1])
    year = numpy.array([2001, 2002, 2003, 2004, 2003, 2004])
    failed = numpy.array([0, 0, 0, 1, 0, 0])
    rows = statements.Statements({}, company, year, failed)
    assert examples.soft_labels(rows).tolist() == [0, 0.1, 0.3, 1, 0, 0]
    assert examples.soft_labels(rows.select(year < 2004)).tolist() == nothing[:4].tolist()


def test_points_of_a_bin_hold_up_to_its_upper_bound():
    entry = {
        "missing": 9.0,
        "bins": [{"upper": 0.5, "points": 1.0}, {"upper": None, "points": 2.0}],
    }
    values = numpy.array([-1, 0.5, numpy.nextafter(numpy.float32(0.5), 1), numpy.nan])
    points = scorecard.evaluate_bins(entry, values.astype(numpy.float32))
    assert points.tolist() == [1.0, 1.0, 2.0, 9.0]


def test_figures_on_a_case_known_by_hand():
    failed = numpy.array([0, 0, 1, 0, 1])
    risk = numpy.array([0.1, 0.2, 0.2, 0.3, 0.9])
    assert metrics.auc(failed, risk) == pytest.approx((1 + 0.5 + 0 + 3) / 6)
    assert metrics.gini(failed, risk) == pytest.approx(0.5)
    assert metrics.precision_recall_auc(failed, risk) == pytest.approx(0.5 * 1 + 0.5 * 2 / 4)
    assert metrics.brier_skill(failed, numpy.full(5, 0.4)) == pytest.approx(0)
