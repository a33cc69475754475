# SPDX-License-Identifier: Apache-2.0
"""From the statements to bundles: the default models, and a model of one's own companies."""

import importlib.metadata
import json
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy

from . import __version__, bundle, metrics, model_card, scorecard, template, trees
from .statements import Statements

TREES, SCORECARD = "us-listed-failure", "us-listed-scorecard"
FOLDS = 5
FOLD_SEED = 0
# Fewer failures than this to learn from say nothing.
FAILURES_MIN = 20

# A fitted model as a function from features to raw scores.
Scorer = Callable[[numpy.ndarray], numpy.ndarray]


@dataclass
class Job:
    """One model to train: its template, its companies, and the words around it."""

    source: dict
    words: str
    """Name of the model card's words in templates/."""
    training: Statements
    parts: dict[str, Statements]
    """Companies held out, by the prefix of their figures; the first are the reference."""
    calibration_year_first: int
    reference: str
    provenance: dict[str, str]


def train_defaults(statements: Statements, output: Path, report=print) -> None:
    """Trains both default models and writes their bundles under `output`."""
    year = statements.year
    provenance = json.loads(template.text("provenance.json"))
    for name in (TREES, SCORECARD):
        job = Job(
            source=template.load(name),
            words=f"{name}.md",
            training=statements.select(year <= 2011),
            parts={
                "validation": statements.select((year > 2011) & (year <= 2014)),
                "test": statements.select(year > 2014),
            },
            # Earlier years hold few failures.
            calibration_year_first=2003,
            reference="Companies listed in the United States, fiscal years 2012 to 2014, with "
            "all the years known of each",
            provenance=provenance,
        )
        run(job, output / name, report)


def refit(
    statements: Statements, kind: str, name: str, test_year_first: int, output: Path, report=print
) -> None:
    """Trains a model of one's own companies with the ratios of a default model."""
    texts = json.loads(template.text("refit.json"))
    source = template.load(kind) | {"name": name} | texts["manifest"]
    test = statements.select(statements.year >= test_year_first)
    training = statements.select(statements.year < test_year_first)
    for part, which in ((training, f"before {test_year_first}"), (test, "from then on")):
        if part.fails_next.sum() < FAILURES_MIN:
            raise ValueError(f"fewer than {FAILURES_MIN} failures in the years {which}")
    job = Job(
        source=source,
        words="refit.md",
        training=training,
        parts={"test": test},
        calibration_year_first=int(training.year.min()),
        reference=f"Own companies, fiscal years from {test_year_first}",
        provenance={"split": f"trained on fiscal years before {test_year_first}, tested on later"},
    )
    run(job, output, report)


def run(job: Job, directory: Path, report=print) -> None:
    """Trains, calibrates and measures a model and writes its bundle."""
    report(f"{job.source['name']}: training")
    population = next(iter(job.parts.values()))
    raw = _out_of_fold(job, population)
    calibrated = job.training.year >= job.calibration_year_first
    failed = job.training.fails_next[calibrated]
    calibration = metrics.platt(failed, raw[calibrated])
    model_bytes, scorer = _fit(job.source, job.training, population)
    features = template.evaluate_features(job.source, population)
    reference = bundle.reference(
        job.reference,
        template.feature_names(job.source),
        features,
        calibration[0] + calibration[1] * scorer(features),
    )
    content = bundle.manifest(
        job.source, model_bytes, calibration, float(failed.mean()), reference
    )
    # Written once without figures, so that they are those of the bundle as it is read back.
    bundle.write(directory, content | {"metrics": {}, "provenance": {}}, model_bytes, "")
    written = bundle.Bundle(directory)
    content["metrics"] = {
        "cross_validation_auc": round(metrics.auc(failed, raw[calibrated]), 6)
    }
    for prefix, part in job.parts.items():
        content["metrics"] |= evaluate(written, part, prefix)
    content["provenance"] = job.provenance | {
        "script": f"python -m vigie_training, version {__version__}",
        "software": _software(),
    }
    card = model_card.write(template.text(job.words), written, content, job.parts)
    bundle.write(directory, content, model_bytes, card)
    test_auc = content["metrics"]["test_auc"]
    report(f"{job.source['name']}: test AUC {test_auc:.3f}, written to {directory}")


def evaluate(model: bundle.Bundle, statements: Statements, prefix: str) -> dict[str, float]:
    """Figures of merit of a bundle on firm-years, with all their years and with the latest."""
    failed, company = statements.fails_next, statements.company
    full = model.probabilities(statements)
    single = model.probabilities(statements.latest_years(1))
    return metrics.figures(failed, full, company, prefix) | metrics.figures(
        failed, single, company, f"{prefix}_one_year", ("auc",)
    )


def _fit(source: dict, statements: Statements, population: Statements) -> tuple[bytes, Scorer]:
    """The model file and what it answers."""
    if source["model_format"] == "scorecard":
        card = scorecard.train(source, statements)
        scorecard.add_reference_means(card, template.evaluate_features(source, population))
        text = json.dumps(card, indent=1, ensure_ascii=False) + "\n"
        return text.encode(), lambda features: scorecard.raw_scores(card, features)
    boosters = trees.train(source, statements)
    text = trees.merge(boosters)
    return text.encode(), lambda features: trees.mean_raw_scores(boosters, features)


def _out_of_fold(job: Job, population: Statements) -> numpy.ndarray:
    """Raw scores of the training firm-years by models that never saw their company."""
    company = job.training.company
    random = numpy.random.default_rng(FOLD_SEED)
    fold = random.integers(0, FOLDS, company.max() + 1)[company]
    raw = numpy.zeros(len(job.training))
    for number in range(FOLDS):
        _, scorer = _fit(job.source, job.training.select(fold != number), population)
        held_out = job.training.select(fold == number)
        raw[fold == number] = scorer(template.evaluate_features(job.source, held_out))
    return raw


def _software() -> str:
    versions = [
        f"{package} {importlib.metadata.version(package)}"
        for package in ("lightgbm", "numpy", "scipy")
    ]
    return ", ".join([f"Python {platform.python_version()}", *versions])
