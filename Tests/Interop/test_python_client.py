# SPDX-License-Identifier: Apache-2.0
"""The Python client: tables of every kind get the scores that the library gives, in their order."""

import datetime
from decimal import Decimal
from typing import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import vigie
from support.server import Server

MODEL = "first-small"


@pytest.fixture
def client(server: Server) -> Iterator[vigie.Client]:
    with vigie.Client(f"localhost:{server.port}", ca=server.certificates.ca) as made:
        yield made


@pytest.fixture
def bundled(bundled_server: Server) -> Iterator[vigie.Client]:
    with vigie.Client(
        f"localhost:{bundled_server.port}", ca=bundled_server.certificates.ca
    ) as made:
        yield made


def raw(client: vigie.Client, table: object, **options: object) -> np.ndarray:
    """Raw scores of a table by the client."""
    return client.score(table, model=MODEL, outputs=["raw_score"], **options)["raw_score"]


@pytest.mark.parametrize("count", [1, 100, 1024, 1025, 50_000])
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("kind", ["f4", "f8"])
def test_rows_of_numpy(client, models, count, order, kind):
    rows = models[MODEL].rows(count)
    given = np.asarray(rows, kind, order=order)
    assert np.array_equal(raw(client, given), models[MODEL].raw_scores(rows))


def test_parts_of_arrays(client, models):
    rows = models[MODEL].rows(3000)
    expected = models[MODEL].raw_scores(rows)
    assert np.array_equal(raw(client, rows[::2]), expected[::2])
    wide = np.concatenate([rows, rows], axis=1)
    assert np.array_equal(raw(client, wide[:, :8]), expected)
    assert np.array_equal(raw(client, np.ma.masked_invalid(rows.astype("f8"))), expected)
    names = models[MODEL].features
    backwards = raw(client, rows[:, ::-1], columns=names[::-1])
    assert np.array_equal(backwards, expected)
    structured = np.rec.fromarrays(list(rows.T), names=names)
    assert np.array_equal(raw(client, np.asarray(structured)), expected)


def test_every_kind_of_table_says_the_same(client, models):
    rows = models[MODEL].rows(300).astype("f8")
    names = models[MODEL].features
    frame = pd.DataFrame(rows, columns=names)
    lists = [{n: None if np.isnan(v) else v for n, v in zip(names, row)} for row in rows.tolist()]
    expected = models[MODEL].raw_scores(rows)
    for table in [
        frame, frame.convert_dtypes(), frame.astype("Float64"), frame.astype("object"),
        frame[names[::-1]], pa.Table.from_pandas(frame, preserve_index=False),
        pa.table({n: frame[n].astype("object").where(frame[n].notna(), None) for n in names}),
        pa.table({n: pa.chunked_array([frame[n][:7], frame[n][7:]]) for n in names}),
        lists, {n: frame[n].to_numpy() for n in names}, {n: frame[n].tolist() for n in names},
    ]:
        assert np.array_equal(raw(client, table), expected), type(table)


def test_whole_numbers_and_truth_values(client, models):
    names = models[MODEL].features
    whole = np.random.default_rng(1).integers(-3, 4, (200, 8))
    expected = models[MODEL].raw_scores(whole.astype("f8"))
    frame = pd.DataFrame(whole, columns=names)
    for table in [whole, whole.astype("i1"), whole.astype("i4"), frame, frame.astype("Int64"),
                  pa.Table.from_pandas(frame), frame.map(Decimal), frame.astype("object")]:
        assert np.array_equal(raw(client, table), expected), type(table)
    missing = frame.astype("Int64").mask(frame == 0)
    assert np.array_equal(
        raw(client, missing), models[MODEL].raw_scores(np.where(whole == 0, np.nan, whole)))
    assert np.array_equal(
        raw(client, pd.DataFrame(whole > 0, columns=names)),
        models[MODEL].raw_scores((whole > 0).astype("f8")))


@pytest.mark.parametrize("made", [
    lambda n: np.array([[n] * 8]),
    lambda n: pd.DataFrame([[n] * 8], columns=[f"x{i}" for i in range(8)]),
    lambda n: pd.DataFrame([[n] * 8], columns=[f"x{i}" for i in range(8)], dtype="Int64"),
    lambda n: pa.table({f"x{i}": [n, None] for i in range(8)}),
    lambda n: [{f"x{i}": n for i in range(8)}],
])
def test_no_whole_number_is_rounded(client, made):
    for number in [(1 << 53) + 1, -(1 << 53) - 1, (1 << 62) + 1]:
        with pytest.raises(vigie.TableError, match=f"{number}.*no equal"):
            client.score(made(number), model=MODEL)
    # Powers of two stay what they are.
    assert len(client.score(made(1 << 60), model=MODEL)) > 0


def test_what_is_no_number(client, models):
    names = models[MODEL].features
    good = pd.DataFrame(models[MODEL].rows(3), columns=names).astype("object")

    def told(value: object, words: str) -> None:
        bad = good.copy()
        bad.loc[1, "x3"] = value
        with pytest.raises(vigie.TableError, match=words):
            client.score(bad, model=MODEL)

    told(datetime.date(2025, 1, 1), "'x3', row 1: a date is neither")
    told("12", "'x3' mixes numbers and texts.*'12' in row 1")
    told(1j, "'x3', row 1: a complex")
    with pytest.raises(vigie.TableError, match="'x0' holds texts .'a' in row 0. where"):
        client.score(good.assign(x0="a"), model=MODEL)
    with pytest.raises(vigie.TableError, match="'x0' holds datetime64"):
        client.score(good.assign(x0=pd.Timestamp("2025-01-01")), model=MODEL)
    with pytest.raises(vigie.TableError, match="two dimensions"):
        client.score(np.zeros(8), model=MODEL)
    with pytest.raises(vigie.TableError, match="is no table"):
        client.score(7, model=MODEL)
    with pytest.raises(vigie.TableError, match="is no table"):
        client.score(good["x0"].to_numpy()[0], model=MODEL)
    with pytest.raises(vigie.TableError, match="'x0' is one float.*one row alone"):
        client.score(dict.fromkeys(names, 1.0), model=MODEL)
    with pytest.raises(vigie.TableError, match="length"):
        client.score({n: [1.0] * (1 + (n == "x3")) for n in names}, model=MODEL)


def test_names_of_columns(bundled):
    rows = {each.name: [1000.0, 2000.0] for each in bundled.model().inputs}
    renamed = {"Total Assets" if n == "total_assets" else n: v for n, v in rows.items()}
    with pytest.raises(vigie.TableError, match="'Total Assets' .did you mean 'total_assets'") as e:
        bundled.score(renamed)
    assert e.value.reason == "UNKNOWN_COLUMN" and isinstance(e.value, ValueError)
    mapped = bundled.score(renamed, mapping={"Total Assets": "total_assets"})
    assert np.array_equal(mapped.probability, bundled.score(rows).probability)
    more = {**rows, "siren": ["111", "222"]}
    for ignore in (["siren"], "siren", True):
        assert np.array_equal(bundled.score(more, ignore=ignore).probability, mapped.probability)
    with pytest.raises(vigie.TableError, match="mapping.*'siern'.*did you mean 'siren'"):
        bundled.score(more, mapping={"siern": "id"})
    with pytest.raises(vigie.TableError, match="needs the columns") as e:
        bundled.score({"net_sales": [1.0]})
    assert e.value.reason == "MISSING_COLUMN"


def test_rows_without_a_score_are_told(bundled):
    names = [each.name for each in bundled.model().inputs]
    rows = np.full((3000, len(names)), 1000.0)
    rows[7, 0] = np.nan
    rows[2999, 0] = -5
    frame = pd.DataFrame(rows, columns=names, index=[f"c{i}" for i in range(3000)])
    scores = bundled.score(frame)
    assert scores.issue_count == 2
    assert [(i.row, i.kind, i.column) for i in scores.issues] == [
        (7, "required_value_missing", "total_assets"),
        (2999, "value_out_of_range", "total_assets")]
    table = scores.to_pandas()
    assert table.index.equals(frame.index)
    assert table.loc["c7", "problem"] == "total_assets: missing, and the model needs it"
    assert table.loc["c2999", "problem"] == "total_assets: -5: out of the model's range"
    assert table.loc["c7", "outcome"] == "not_scorable" and pd.isna(table.loc["c7", "score"])
    assert np.isnan(table.loc["c7", "probability"]) and table["score"].notna().sum() == 2998
    arrow = scores.to_arrow()
    assert arrow["score"].null_count == 2 and arrow["probability"].null_count == 2
    assert list(scores)[7]["problem"] == table.loc["c7", "problem"]
    assert "2,998 scored" in repr(scores) and "c2999" in scores._repr_html_()


def test_reasons_sum_to_the_log_odds(client, models):
    rows = models[MODEL].rows(2000)
    scores = client.score(rows, model=MODEL, reasons=8)
    total = scores.model.base_log_odds + scores.reason_contributions.sum(axis=1)
    assert np.allclose(total, models[MODEL].log_odds(rows), atol=1e-9)
    strongest = scores.reasons(5)[0]
    assert abs(strongest.contribution) == np.abs(scores.reason_contributions[5]).max()
    side = "raises" if strongest.contribution > 0 else "lowers"
    assert strongest.explanation == f"{strongest.feature} {side}"
    assert scores.to_pandas().loc[5, "reason_1"] == strongest.feature
    with pytest.raises(ValueError, match="reasons=3"):
        client.score(rows[:2], model=MODEL).reasons(0)


def test_all_outputs(client, models):
    rows = models[MODEL].rows(5000)
    names = ["raw_score", "percentile", "risk_class", "score", "probability"]
    scores = client.score(rows, model=MODEL, outputs=names)
    assert np.allclose(scores.probability, 1 / (1 + np.exp(-models[MODEL].log_odds(rows))))
    assert scores.score.min() >= 1 and 100 < scores.score.max() <= 1000
    assert set(np.unique(scores.risk_class)) <= set(range(1, 11))
    assert 0 <= scores.percentile.min() and scores.percentile.max() <= 100
    assert scores.model.name == MODEL and scores.model.high_score_is_safe
    with pytest.raises(ValueError, match="'probabilty' is no output"):
        client.score(rows, model=MODEL, outputs=["probabilty"])


def test_tables_that_stream(client, models):
    rows = models[MODEL].rows(40_000)
    sizes = [0, 1, 3000, 0, 0, 20_000, 16_999, 0]
    parts = np.split(rows, np.cumsum(sizes)[:-1])
    results = list(client.score_stream(parts, model=MODEL, outputs=["raw_score"]))
    assert [len(result) for result in results] == sizes
    together = np.concatenate([result["raw_score"] for result in results])
    assert np.array_equal(together, models[MODEL].raw_scores(rows))
    assert list(client.score_stream([], model=MODEL)) == []
    assert len(client.score([], model=MODEL)) == 0
    assert len(client.score(rows[:0], model=MODEL)) == 0


def test_a_stream_of_tables_reads_no_more_than_its_window(client, models):
    rows = models[MODEL].rows(10)
    taken = 0

    def tables() -> Iterator[np.ndarray]:
        nonlocal taken
        while True:
            taken += 1
            yield rows

    for count, result in enumerate(client.score_stream(tables(), model=MODEL), 1):
        assert len(result) == 10
        # 16 under way, one just being answered, one just being taken.
        assert taken <= count + 18
        if count == 100:
            break


def test_a_fault_of_a_source_is_the_callers(client, models):
    def tables() -> Iterator[object]:
        yield models[MODEL].rows(10)
        yield models[MODEL].rows(10)[:, :7]

    results = client.score_stream(tables(), model=MODEL)
    assert len(next(results)) == 10
    with pytest.raises(vigie.TableError, match="has 7 columns"):
        next(results)


def test_models(client, models):
    assert {each.name for each in client.models()} == set(models)
    model = client.model(MODEL)
    assert [each.name for each in model.inputs] == models[MODEL].features
    assert model.card.startswith(f"# {MODEL}") and model.summary.horizon_months == 12
    assert model.features[0].when_raising == "x0 raises"
    with pytest.raises(vigie.VigieError) as caught:
        client.score([{"x0": 1.0}], model="nothing")
    assert (caught.value.code, caught.value.reason) == ("NOT_FOUND", "UNKNOWN_MODEL")


def test_french(server):
    with vigie.Client(f"localhost:{server.port}", ca=server.certificates.ca,
                      language="fr") as client:
        assert client.model(MODEL).features[0].when_raising == "x0 raises (fr)"
