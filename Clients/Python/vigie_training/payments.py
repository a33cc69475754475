# SPDX-License-Identifier: Apache-2.0
"""When open invoices will be paid: trees for quantiles and for being late, out of the examples that
`vigie worklist examples` writes. What the trees look at is computed by that command alone, so a
server sees what training saw."""

import dataclasses
import hashlib
import json
import math
from pathlib import Path

import lightgbm
import numpy
import pandas

FORMAT = "vigie-payment-forecast/1"
EXAMPLE_COLUMNS = (
    "as_of", "customer", "invoice", "past_due_days", "paid_after_days", "known_for_days",
    "own_mean_days", "usual_days",
)  # fmt: skip
QUANTILES = (0.1, 0.5, 0.9)
LATE_DAYS = (0, 30, 60, 90)
OUTPUTS = [f"days_{level * 100:.0f}" for level in QUANTILES]
OUTPUTS += [f"late_{days}" for days in LATE_DAYS]
BAND = 0.8
ROUNDS = 150
# Below this nobody can tell a model from chance.
ROWS_MIN = 200
PARAMETERS = {
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    # The same bytes on every machine and run.
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}


class NotBetterError(ValueError):
    """The model is no better than what anybody would reckon; nothing is written."""


@dataclasses.dataclass
class Examples:
    """Invoices that were open on days of the past."""

    days: numpy.ndarray
    past_due: numpy.ndarray
    paid_after: numpy.ndarray
    known_for: numpy.ndarray
    own_mean: numpy.ndarray
    usual: numpy.ndarray
    features: numpy.ndarray
    names: list[str]

    def __len__(self) -> int:
        return len(self.days)

    def select(self, rows: numpy.ndarray) -> "Examples":
        """Those of some rows."""
        values = {
            field.name: getattr(self, field.name)[rows]
            for field in dataclasses.fields(self)
            if field.name != "names"
        }
        return Examples(**values, names=self.names)

    def target(self, horizon: int) -> numpy.ndarray:
        """Days until payment; what took longer than the horizon counts as that."""
        return numpy.minimum(numpy.where(numpy.isnan(self.paid_after), horizon, self.paid_after),
                             horizon)  # fmt: skip

    def late(self, days: int) -> tuple[numpy.ndarray, numpy.ndarray]:
        """Whether each invoice was paid later than so many days after its due date, and whether
        that was open on the day and is known by the ledger's end."""
        left = days - self.past_due
        asked = (left > 0) & (self.known_for >= left)
        return numpy.where(numpy.isnan(self.paid_after), True, self.paid_after > left), asked


def read(path: str | Path) -> Examples:
    """Reads the table that `vigie worklist examples` writes."""
    table = pandas.read_csv(path, dtype={"customer": str, "invoice": str})
    if tuple(table.columns[: len(EXAMPLE_COLUMNS)]) != EXAMPLE_COLUMNS:
        raise ValueError(f"{path}: not a table of `vigie worklist examples`")
    names = list(table.columns[len(EXAMPLE_COLUMNS) :])
    days = pandas.to_datetime(table["as_of"]).to_numpy("datetime64[D]").astype(numpy.int64)
    number = {name: table[name].to_numpy(float) for name in EXAMPLE_COLUMNS[3:]}
    return Examples(
        days, number["past_due_days"], number["paid_after_days"], number["known_for_days"],
        number["own_mean_days"], number["usual_days"], table[names].to_numpy(float), names,
    )  # fmt: skip


@dataclasses.dataclass
class Split:
    """Examples by time: what is trained on, what widens the band, what is measured on."""

    train: Examples
    calibrate: Examples
    test: Examples
    cut: int


def split(examples: Examples, horizon: int, test_share: float = 0.25) -> Split:
    """Splits in time. What is measured on begins at a day by which all that was trained on had
    come about: no model sees what came later."""
    first, last = int(examples.days.min()), int(examples.days.max())
    # Of days after this one nobody knows yet what came within the horizon.
    known_until = int((examples.days + examples.known_for).max()) - horizon
    whole = examples.select(examples.days <= known_until)
    if len(whole) == 0:
        raise ValueError(
            f"the ledger has {last - first} days; with a horizon of {horizon} days none of them "
            "is known to its end: give a longer ledger, or a shorter --horizon-days"
        )
    end = int(whole.days.max())
    cut = end - max(1, int(test_share * (end - first)))
    before = whole.select(whole.days + horizon <= cut)
    test = whole.select(whole.days >= cut)
    if len(before) == 0 or len(test) == 0:
        raise ValueError(
            f"{end - first} days are known with a horizon of {horizon} days: too few to measure "
            "on days that training has not seen; give a longer ledger, or a shorter --horizon-days"
        )
    middle = int(numpy.quantile(numpy.unique(before.days), 0.75))
    parts = (before.select(before.days < middle), before.select(before.days >= middle), test)
    for part, name in zip(parts, ("train on", "widen the band by", "measure on"), strict=True):
        if len(part) < ROWS_MIN:
            raise ValueError(f"{len(part)} examples to {name}; {ROWS_MIN} are the least")
    return Split(*parts, cut)


def train(examples: Examples, horizon: int) -> list[lightgbm.Booster]:
    """A booster for each quantile, and for being late by each number of days."""
    def fit(settings: dict, labels: numpy.ndarray, rows: numpy.ndarray) -> lightgbm.Booster:
        data = lightgbm.Dataset(
            examples.features[rows], label=labels[rows].astype(float), feature_name=examples.names,
            free_raw_data=True,
        )  # fmt: skip
        return lightgbm.train(PARAMETERS | settings, data, num_boost_round=ROUNDS)

    everything = numpy.arange(len(examples))
    boosters = [
        fit({"objective": "quantile", "alpha": level}, examples.target(horizon), everything)
        for level in QUANTILES
    ]
    for days in LATE_DAYS:
        late, asked = examples.late(days)
        # The mean of what happened or did not is its probability: no link is needed.
        rows = numpy.flatnonzero(asked)
        boosters.append(fit({"objective": "regression"}, late, rows))
    return boosters


def merge(boosters: list[lightgbm.Booster]) -> str:
    """One LightGBM model file with a result for each booster, which LightGBM reads itself."""
    files = [booster.model_to_string() for booster in boosters]
    bodies = [_trees(file) for file in files]
    count = max(len(trees) for trees in bodies)
    header = [
        line
        for line in files[0].split("\nTree=0\n")[0].split("\n")
        if line and not line.startswith(("tree_sizes", "objective"))
    ]
    header = [
        f"num_class={len(boosters)}" if line.startswith("num_class=")
        else f"num_tree_per_iteration={len(boosters)}"
        if line.startswith("num_tree_per_iteration=")
        else line
        for line in header
    ]  # fmt: skip
    blocks = []
    for number in range(count):
        for trees in bodies:
            tree = trees[number] if number < len(trees) else ["num_leaves=1", "num_cat=0",
                "leaf_value=0", "is_linear=0", "shrinkage=1"]  # fmt: skip
            blocks.append(f"Tree={len(blocks)}\n" + "\n".join(tree) + "\n\n\n")
    sizes = "tree_sizes=" + " ".join(str(len(block)) for block in blocks)
    text = "\n".join(header) + f"\n{sizes}\n\n" + "".join(blocks) + "end of trees\n"
    merged = lightgbm.Booster(model_str=text)
    random = numpy.random.default_rng(0)
    rows = random.normal(scale=20, size=(500, merged.num_feature()))
    rows[random.random(rows.shape) < 0.1] = numpy.nan
    wanted = numpy.column_stack([booster.predict(rows, raw_score=True) for booster in boosters])
    if not numpy.array_equal(merged.predict(rows, raw_score=True), wanted):
        raise ValueError("LightGBM reads the joined model otherwise than its parts")
    return text


def _trees(file: str) -> list[list[str]]:
    body = file.split("\nend of trees")[0]
    blocks = body.split("\nTree=")[1:]
    return [[line for line in block.split("\n")[1:] if line] for block in blocks]


def results(model: str, examples: Examples) -> numpy.ndarray:
    """The raw results of a joined model."""
    return lightgbm.Booster(model_str=model).predict(
        examples.features, raw_score=True, num_threads=1
    )


def widening(raw: numpy.ndarray, target: numpy.ndarray) -> float:
    """By how many days the band must be wider at each end to hold as often as it says: split
    conformal quantile regression, on examples that training has not seen."""
    missed = numpy.maximum(raw[:, 0] - target, target - raw[:, 2])
    rank = math.ceil((len(missed) + 1) * BAND)
    return float(numpy.sort(missed)[min(rank, len(missed)) - 1])


def days(raw: numpy.ndarray, band: float, horizon: int) -> numpy.ndarray:
    """Whole days as a server tells them: earliest, expected, latest; the horizon is no end."""
    def told(values: numpy.ndarray) -> numpy.ndarray:
        return numpy.where(values < horizon - 0.5, numpy.trunc(numpy.maximum(1, values)), horizon)

    middle = raw[:, 1]
    expected = told(numpy.copysign(numpy.floor(numpy.abs(middle) + 0.5), middle))
    low = told(numpy.ceil(numpy.minimum(raw[:, 0] - band, middle)))
    high = told(numpy.floor(numpy.maximum(raw[:, 2] + band, middle)))
    low = numpy.minimum(low, expected)
    return numpy.column_stack([low, expected, numpy.maximum(high, numpy.maximum(low, expected))])


def late_probabilities(raw: numpy.ndarray, past_due: numpy.ndarray) -> numpy.ndarray:
    """Probabilities as a server tells them: never likelier to be very late than to be late."""
    probabilities = numpy.ones((len(raw), len(LATE_DAYS)))
    before = numpy.ones(len(raw))
    for place, late in enumerate(LATE_DAYS):
        asked = past_due < late
        lower = numpy.minimum(before, numpy.maximum(0, raw[:, len(QUANTILES) + place]))
        before = numpy.where(asked, lower, before)
        probabilities[asked, place] = before[asked]
    return probabilities


def measure(raw: numpy.ndarray, band: float, examples: Examples, horizon: int) -> dict:
    """What a model is worth on examples that it has not seen, and what others are."""
    target = examples.target(horizon)
    told = days(raw, band, horizon)

    # All on the same examples: those of which anybody could reckon something.
    known = ~numpy.isnan(examples.own_mean)

    def error(values: numpy.ndarray) -> float:
        errors = numpy.abs(numpy.minimum(values[known], horizon) - target[known])
        # A forecast without a day is one that it is not paid within the horizon.
        late = numpy.abs(horizon - target[known])
        return float(numpy.where(numpy.isnan(errors), late, errors).mean())

    figures = {
        "examples": len(examples),
        "mean_error_days": error(told[:, 1]),
        "own_mean_error_days": error(examples.own_mean),
        "usual_error_days": error(examples.usual),
        "band_share": float(((target >= told[:, 0]) & (target <= told[:, 2])).mean()),
        "band_days": float((told[:, 2] - told[:, 0]).mean()),
        "late": {},
    }
    probabilities = late_probabilities(raw, examples.past_due)
    for place, late in enumerate(LATE_DAYS):
        happened, asked = examples.late(late)
        if not asked.any():
            continue
        truth = happened[asked].astype(float)
        figures["late"][str(late)] = {
            "examples": int(asked.sum()),
            "share": float(truth.mean()),
            "brier": float(((probabilities[asked, place] - truth) ** 2).mean()),
            "brier_of_share": float(((truth.mean() - truth) ** 2).mean()),
        }
    return figures


def train_payment_forecast(
    examples: Examples | str | Path,
    output: str | Path,
    name: str = "payment-forecast",
    version: str = "1.0.0",
    horizon_days: int = 120,
) -> dict:
    """Trains on the earlier days, measures on later ones, and writes a bundle.

    Refuses, with the figures, a model that errs no less than the customer's own mean does.
    """
    if not isinstance(examples, Examples):
        examples = read(examples)
    if not 7 <= horizon_days <= 540:
        raise ValueError(f"the horizon is {horizon_days} days; it is 7 to 540")
    parts = split(examples, horizon_days)
    model = merge(train(parts.train, horizon_days))
    band = widening(results(model, parts.calibrate), parts.calibrate.target(horizon_days))
    figures = measure(results(model, parts.test), band, parts.test, horizon_days)
    ours, own = figures["mean_error_days"], figures["own_mean_error_days"]
    if not ours < own:
        raise NotBetterError(
            f"the model errs by {ours:.2f} days on {figures['examples']} examples that it has not "
            f"seen, the customer's own mean by {own:.2f}: it is {ours - own:.2f} days worse, and "
            "was not written. Keep the forecast without training, or give more of the ledger."
        )
    until = int((examples.days + examples.known_for).max())
    data = model.encode()
    manifest = {
        "format": FORMAT,
        "name": name,
        "version": version,
        "description": "When open invoices will be paid",
        "trained_until": str(numpy.datetime64(until, "D")),
        "horizon_days": horizon_days,
        "band_days": band,
        "features": examples.names,
        "outputs": OUTPUTS,
        "model": {"file": "model.txt", "sha256": hashlib.sha256(data).hexdigest()},
        "training": {
            "examples": len(parts.train),
            "calibration_examples": len(parts.calibrate),
            "measured_from": str(numpy.datetime64(parts.cut, "D")),
            "measured": figures,
            "lightgbm": lightgbm.__version__,
        },
    }
    directory = Path(output)
    directory.mkdir(parents=True, exist_ok=False)
    (directory / "model.txt").write_bytes(data)
    text = json.dumps(manifest, indent=2, allow_nan=False) + "\n"
    (directory / "manifest.json").write_text(text, encoding="utf-8")
    return manifest
