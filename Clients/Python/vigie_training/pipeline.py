# SPDX-License-Identifier: Apache-2.0
"""From the statements to the two bundles."""

import importlib.metadata
import json
import platform
from collections.abc import Callable
from pathlib import Path

import numpy

from . import __version__, bundle, metrics, model_card, scorecard, template, trees
from .statements import TRAINING_YEAR_LAST, VALIDATION_YEAR_LAST, Statements

NAMES = ("us-listed-failure", "us-listed-scorecard")
FOLDS = 5
FOLD_SEED = 0
# Earlier years hold few failures; probabilities are calibrated on those from here on.
CALIBRATION_YEAR_FIRST = 2003
REFERENCE = (
    "Companies listed in the United States, fiscal years 2012 to 2014, "
    "with all the years known of each"
)
PROVENANCE = {
    "training_data": "American companies bankruptcy prediction dataset "
    "(sowide/bankruptcy_dataset), NYSE and NASDAQ, fiscal years 1999 to 2018",
    "training_data_licence": "CC BY 4.0",
    "training_data_doi": "10.3390/fi14080244",
    "training_data_citation": "Lombardo, Pellegrino, Adosoglou, Cagnoni, Pardalos, Poggi: "
    "Machine Learning for Bankruptcy Prediction in the American Stock Market: Dataset and "
    "Benchmarks. Future Internet 14(8):244 (2022)",
    "split": "trained on fiscal years to 2011, validated on 2012 to 2014, tested on 2015 to 2018",
    "calibration": "Platt on log-odds out of fold (5 folds by company), fiscal years 2003 to 2011",
    "script": f"Clients/Python: python -m vigie_training train (vigie_training {__version__})",
}

# A fitted model as a function from features to raw scores.
Scorer = Callable[[numpy.ndarray], numpy.ndarray]


def train(statements: Statements, output: Path, report=print) -> None:
    """Trains both default models and writes their bundles under `output`."""
    for name, model_format, fit in (
        (NAMES[0], "lightgbm-text", _fit_trees),
        (NAMES[1], "scorecard", _fit_scorecard),
    ):
        report(f"{name}: training")
        _train_one(name, model_format, fit, statements, output, report)


def _fit_trees(source: dict, statements: Statements, _: Statements) -> tuple[bytes, Scorer]:
    boosters = trees.train(source, statements)
    text = trees.merge(boosters).encode()
    return text, lambda features: trees.mean_raw_scores(boosters, features)


def _fit_scorecard(
    source: dict, statements: Statements, population: Statements
) -> tuple[bytes, Scorer]:
    card = scorecard.train(source, statements)
    scorecard.add_reference_means(card, template.evaluate_features(source, population))
    text = json.dumps(card, indent=1, ensure_ascii=False) + "\n"
    return text.encode(), lambda features: scorecard.raw_scores(card, features)


def _train_one(name, model_format, fit, statements, output, report) -> None:
    source = template.load(name)
    training = statements.select(statements.year <= TRAINING_YEAR_LAST)
    validation = statements.select(
        (statements.year > TRAINING_YEAR_LAST) & (statements.year <= VALIDATION_YEAR_LAST)
    )
    test = statements.select(statements.year > VALIDATION_YEAR_LAST)
    raw = _out_of_fold(source, fit, training, validation)
    calibrated = training.year >= CALIBRATION_YEAR_FIRST
    failed = training.fails_next[calibrated]
    calibration = metrics.platt(failed, raw[calibrated])
    model_bytes, scorer = fit(source, training, validation)
    features = template.evaluate_features(source, validation)
    log_odds = calibration[0] + calibration[1] * scorer(features)
    reference = bundle.reference(REFERENCE, template.feature_names(source), features, log_odds)
    content = bundle.manifest(
        source, model_bytes, model_format, calibration, float(failed.mean()), reference
    )
    directory = output / name
    # Written once without figures, so that they are those of the bundle as it is read back.
    bundle.write(directory, content | {"metrics": {}, "provenance": {}}, model_bytes, "")
    written = bundle.Bundle(directory)
    content["metrics"] = {
        "cross_validation_auc": round(metrics.auc(failed, raw[calibrated]), 6),
        **evaluate(written, validation, "validation"),
        **evaluate(written, test, "test"),
    }
    content["provenance"] = PROVENANCE | {"software": _software()}
    card = model_card.write(name, written, content, validation, test)
    bundle.write(directory, content, model_bytes, card)
    report(f"{name}: test AUC {content['metrics']['test_auc']:.3f}, written to {directory}")


def evaluate(model: bundle.Bundle, statements: Statements, prefix: str) -> dict[str, float]:
    """Figures of merit of a bundle on firm-years, with all their years and with the latest."""
    failed, company = statements.fails_next, statements.company
    full = model.probabilities(statements)
    single = model.probabilities(statements.latest_years(1))
    return metrics.figures(failed, full, company, prefix) | metrics.figures(
        failed, single, company, f"{prefix}_one_year", ("auc",)
    )


def _out_of_fold(source, fit, training: Statements, validation: Statements) -> numpy.ndarray:
    """Raw scores of the training firm-years by models that never saw their company."""
    random = numpy.random.default_rng(FOLD_SEED)
    fold = random.integers(0, FOLDS, training.company.max() + 1)[training.company]
    raw = numpy.zeros(len(training))
    for number in range(FOLDS):
        _, scorer = fit(source, training.select(fold != number), validation)
        held_out = training.select(fold == number)
        raw[fold == number] = scorer(template.evaluate_features(source, held_out))
    return raw


def _software() -> str:
    versions = [
        f"{package} {importlib.metadata.version(package)}"
        for package in ("lightgbm", "numpy", "scipy")
    ]
    return ", ".join([f"Python {platform.python_version()}", *versions])
