# SPDX-License-Identifier: Apache-2.0
"""How proceedings go on: hazards by quarter of four outcomes, fitted on proceedings that really
were, as a logit with several outcomes. There are no figures without such proceedings."""

import dataclasses
import json
from pathlib import Path

import numpy
import pandas
from scipy import optimize

FORMAT = "vigie-proceeding-survival/1"
OUTCOMES = ("plan", "conversion", "cession", "closure")
KINDS = ("safeguard", "reorganisation", "liquidation")
COLUMNS = ("kind", "since", "ended", "outcome", "headcount", "founded", "activity")
FEATURES = ("kind", "size", "age", "sector")
SECTIONS = (
    ("A", 1, 3), ("B", 5, 9), ("C", 10, 33), ("D", 35, 35), ("E", 36, 39), ("F", 41, 43),
    ("G", 45, 47), ("H", 49, 53), ("I", 55, 56), ("J", 58, 63), ("K", 64, 66), ("L", 68, 68),
    ("M", 69, 75), ("N", 77, 82), ("O", 84, 84), ("P", 85, 85), ("Q", 86, 88), ("R", 90, 93),
    ("S", 94, 96), ("T", 97, 98), ("U", 99, 99),
)  # fmt: skip
QUARTERS = 20
# Outcomes of a kind below which a figure would be chance.
ENDED_MIN = 100
# What keeps the effect of a class that few have near 0.
RIDGE = 1.0


@dataclasses.dataclass
class Proceedings:
    """Proceedings: classes of features, whole quarters that passed, and what came."""

    classes: dict[str, numpy.ndarray]
    quarters: numpy.ndarray
    # The place of the outcome, or -1 while there is none.
    outcomes: numpy.ndarray


def read(path: str | Path, until: str) -> Proceedings:
    """Reads a table (CSV) with the columns of `COLUMNS`, one line for each proceedings; what has
    not ended by a day has an empty end. Of what came later nothing is used."""
    table = pandas.read_csv(path, dtype=str)
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise ValueError(f"{path}: the columns {', '.join(missing)} are not there")
    return proceedings(table, until)


def proceedings(table: pandas.DataFrame, until: str) -> Proceedings:
    """The same of a table."""
    last = pandas.Timestamp(until)
    since, founded = (_days(table[name], name) for name in ("since", "founded"))
    ended = _days(table["ended"], "ended")
    if since.isna().any():
        raise ValueError("since: some proceedings have no beginning")
    kinds = table["kind"].astype(object)
    for name, values, known in (("kind", kinds, KINDS), ("outcome", table["outcome"], OUTCOMES)):
        other = set(values.dropna()) - set(known)
        if other:
            raise ValueError(f"{name}: {sorted(other)[0]!r} is none of {', '.join(known)}")
    if (ended.notna() != table["outcome"].notna()).any():
        raise ValueError("outcome: it stands where, and only where, the proceedings have ended")
    if (ended < since).any():
        raise ValueError("ended: some proceedings end before they begin")
    begun = (since <= last).to_numpy()
    is_over = (ended.notna() & (ended <= last)).to_numpy()
    end = ended.where(pandas.Series(is_over, index=ended.index), last)
    names = {name: place for place, name in enumerate(OUTCOMES)}
    outcome = table["outcome"].map(names).fillna(-1).to_numpy(int)
    return Proceedings(
        {
            "kind": kinds.to_numpy()[begun],
            "size": _sizes(table["headcount"])[begun],
            "age": _ages(founded, since)[begun],
            "sector": _sectors(table["activity"])[begun],
        },
        quarters(since, end)[begun],
        numpy.where(is_over, outcome, -1)[begun],
    )


def quarters(since: pandas.Series, end: pandas.Series) -> numpy.ndarray:
    """Whole quarters from one day to another."""
    months = (end.dt.year - since.dt.year) * 12 + end.dt.month - since.dt.month
    # A month is over on the same day of the next one, or on its last day.
    same = numpy.minimum(since.dt.day, end.dt.days_in_month)
    months -= (end.dt.day < same).astype(int)
    return (numpy.maximum(months, 0) // 3).to_numpy(int)


def _days(column: pandas.Series, name: str) -> pandas.Series:
    try:
        return pandas.to_datetime(column, format="%Y-%m-%d")
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _sizes(column: pandas.Series) -> numpy.ndarray:
    count = pandas.to_numeric(column, errors="coerce").to_numpy(float)
    return numpy.select(
        [numpy.isnan(count), count < 1, count < 10, count < 50],
        ["unknown", "0", "1-9", "10-49"], "50+",
    )  # fmt: skip


def _ages(founded: pandas.Series, since: pandas.Series) -> numpy.ndarray:
    unknown = (founded.isna() | (founded > since)).to_numpy()
    third = (founded + pandas.DateOffset(months=36)).to_numpy()
    tenth = (founded + pandas.DateOffset(months=120)).to_numpy()
    day = since.to_numpy()
    return numpy.select([unknown, day < third, day < tenth], ["unknown", "<3", "3-9"], "10+")


def _sectors(column: pandas.Series) -> numpy.ndarray:
    division = pandas.to_numeric(column.str.slice(0, 2), errors="coerce").to_numpy(float)
    letters = numpy.full(len(division), "unknown", dtype=object)
    for letter, first, last in SECTIONS:
        letters[(division >= first) & (division <= last)] = letter
    return letters


@dataclasses.dataclass
class Fit:
    """Log-odds by outcome and quarter, and what classes add."""

    baseline: numpy.ndarray
    effects: list[dict[str, dict[str, float]]]

    def hazards(self, classes: dict[str, str], quarter: int) -> numpy.ndarray:
        """Of each outcome in a quarter, where none came before."""
        odds = numpy.array([
            numpy.exp(
                self.baseline[place][quarter]
                + sum(effect[name].get(classes[name], 0) for name in sorted(effect))
            )
            for place, effect in enumerate(self.effects)
        ])
        return odds / (1 + odds.sum())

    def incidence(self, classes: dict[str, str], count: int) -> numpy.ndarray:
        """What has come by the end of each quarter; the last column is what is open."""
        is_open, come, rows = 1.0, numpy.zeros(len(OUTCOMES)), []
        for quarter in range(count):
            hazards = self.hazards(classes, quarter)
            come = come + is_open * hazards
            is_open *= 1 - hazards.sum()
            rows.append([*come, is_open])
        return numpy.array(rows)


def fit(seen: Proceedings, quarter_count: int = QUARTERS) -> Fit:
    """Fits by likelihood. Each proceedings counts in each quarter that it reached; the last one
    without an outcome only if it was seen whole."""
    ended = int((seen.outcomes >= 0).sum())
    if ended < ENDED_MIN:
        raise ValueError(f"{ended} proceedings have ended; {ENDED_MIN} are the least to fit on")
    quarter_count = int(min(quarter_count, seen.quarters.max() + 1))
    levels = {name: sorted(set(seen.classes[name])) for name in FEATURES}
    places = {
        (name, value): number
        for number, (name, value) in enumerate(
            (name, value) for name in FEATURES for value in levels[name])
    }  # fmt: skip
    codes = numpy.column_stack([
        [places[name, value] for value in seen.classes[name]] for name in FEATURES])
    width = quarter_count + len(places)
    # Alike ones are counted together: classes, quarter, and what came.
    groups, group = numpy.unique(codes, axis=0, return_inverse=True)
    group = group.ravel()
    counts = numpy.zeros((len(groups), quarter_count, len(OUTCOMES) + 1))
    for number, last, outcome in zip(group, seen.quarters, seen.outcomes, strict=True):
        counts[number, : min(last, quarter_count), -1] += 1
        if outcome >= 0 and last < quarter_count:
            counts[number, last, outcome] += 1
    total = counts.sum(axis=2)

    def likelihood(flat: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        values = flat.reshape(len(OUTCOMES), width)
        effects = values[:, quarter_count:]
        scores = (values[:, None, :quarter_count]
                  + effects[:, groups].sum(axis=2)[:, :, None])  # fmt: skip
        most = numpy.maximum(0, scores.max(axis=0))
        log_sum = most + numpy.log(numpy.exp(-most) + numpy.exp(scores - most).sum(axis=0))
        told = numpy.moveaxis(counts[:, :, :-1], 2, 0)
        loss = (total * log_sum).sum() - (told * scores).sum()
        rest = total * numpy.exp(scores - log_sum) - told
        gradient = numpy.zeros_like(values)
        gradient[:, :quarter_count] = rest.sum(axis=1)
        by_group = rest.sum(axis=2)
        for feature in range(len(FEATURES)):
            for outcome in range(len(OUTCOMES)):
                numpy.add.at(gradient[outcome], quarter_count + groups[:, feature],
                             by_group[outcome])  # fmt: skip
        # Quarters in which little happens stay near the others, and classes near their mean.
        middle = values[:, :quarter_count].mean(axis=1, keepdims=True)
        loss += 0.5 * RIDGE * ((effects**2).sum() + 0.01 * ((values[:, :quarter_count] - middle)
                                                            ** 2).sum())  # fmt: skip
        gradient[:, quarter_count:] += RIDGE * effects
        gradient[:, :quarter_count] += 0.01 * RIDGE * (values[:, :quarter_count] - middle)
        return float(loss), gradient.ravel()

    start = numpy.zeros((len(OUTCOMES), width))
    start[:, :quarter_count] = -3
    found = optimize.minimize(
        likelihood, start.ravel(), jac=True, method="L-BFGS-B",
        bounds=[(-30, 30)] * start.size, options={"maxiter": 2_000, "maxfun": 4_000},
    )  # fmt: skip
    if not found.success:
        raise ValueError(f"the likelihood has no maximum that was found: {found.message}")
    values = found.x.reshape(len(OUTCOMES), width)
    return Fit(
        values[:, :quarter_count],
        [
            {
                name: {
                    value: float(row[quarter_count + places[name, value]])
                    for value in levels[name]
                }
                for name in FEATURES
            }
            for row in values
        ],
    )  # fmt: skip


def incidence_seen(seen: Proceedings, count: int) -> numpy.ndarray:
    """What came by the end of each quarter as it was seen, without a model (Aalen, Johansen 1978);
    the last column is what is open."""
    is_open, come, rows = 1.0, numpy.zeros(len(OUTCOMES)), []
    for quarter in range(count):
        # Whoever was last seen within a quarter, and had no outcome, was not at risk in it.
        at_risk = (seen.quarters > quarter) | ((seen.quarters == quarter) & (seen.outcomes >= 0))
        here = (seen.quarters == quarter) & (seen.outcomes >= 0)
        hazards = numpy.array([
            (here & (seen.outcomes == place)).sum() for place in range(len(OUTCOMES))
        ]) / max(1, at_risk.sum())
        come = come + is_open * hazards
        is_open *= 1 - hazards.sum()
        rows.append([*come, is_open])
    return numpy.array(rows)


def train_proceeding_survival(
    table: str | Path,
    until: str,
    output: str | Path,
    name: str = "proceeding-survival",
    version: str = "1.0.0",
) -> dict:
    """Fits on a table of proceedings as they were on a day, and writes a bundle."""
    seen = read(table, until)
    fitted = fit(seen)
    manifest = {
        "format": FORMAT,
        "name": name,
        "version": version,
        "description": "How proceedings go on",
        "trained_until": until,
        "proceedings": len(seen.quarters),
        "outcomes": [
            {"outcome": outcome, "baseline": baseline.tolist(), "effects": effects}
            for outcome, baseline, effects in zip(
                OUTCOMES, fitted.baseline, fitted.effects, strict=True)
        ],
        "training": {
            "ended": int((seen.outcomes >= 0).sum()),
            "seen": incidence_seen(seen, len(fitted.baseline[0])).round(6).tolist(),
        },
    }  # fmt: skip
    directory = Path(output)
    directory.mkdir(parents=True, exist_ok=False)
    text = json.dumps(manifest, indent=2, allow_nan=False) + "\n"
    (directory / "manifest.json").write_text(text, encoding="utf-8")
    return manifest
