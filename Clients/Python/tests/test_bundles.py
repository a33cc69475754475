# SPDX-License-Identifier: Apache-2.0
"""The bundles that are shipped: whole, consistent, monotone, and true to their vectors."""

import json

import numpy
import pytest

from vigie_training import expressions, synthetic, vectors as writer
from vigie_training.bundle import Bundle

NAMES = tuple(writer.FILES)


@pytest.fixture(params=NAMES, scope="module")
def bundle(request, bundles) -> Bundle:
    # Fails by itself when the model file is not the one that the manifest names.
    return Bundle(bundles / request.param)


def test_the_model_takes_the_features_of_the_manifest(bundle):
    names = [feature["name"] for feature in bundle.manifest["features"]]
    if bundle.booster is None:
        assert [entry["name"] for entry in bundle.scorecard["features"]] == names
    else:
        assert bundle.booster.feature_name() == names
        assert len(bundle.model_bytes) < 1_200_000
    assert list(bundle.manifest["reference"]["features"]) == names


def test_every_name_is_known_before_it_is_used(bundle):
    known = {entry["name"] for entry in bundle.manifest["inputs"]}
    for entry in bundle.manifest["definitions"] + bundle.manifest["features"]:
        assert expressions.names(expressions.parse(entry["expression"])) <= known, entry["name"]
        known.add(entry["name"])


def test_texts_are_there_in_both_languages(bundle):
    manifest = bundle.manifest
    texts = [manifest["description"], manifest["event"]["definition"]]
    texts += [entry["description"] for entry in manifest["inputs"]]
    texts += [entry["label"] for entry in manifest["risk_classes"]]
    for feature in manifest["features"]:
        texts += [feature[key] for key in ("label", "raises_risk", "lowers_risk")]
    assert all(text["en"] and text["fr"] and text["en"] != text["fr"] for text in texts)


def test_classes_and_quantiles_ascend(bundle):
    maxima = [entry["probability_maximum"] for entry in bundle.manifest["risk_classes"]]
    assert maxima == sorted(set(maxima)) and maxima[-1] == 1 and len(maxima) == 10
    reference = bundle.manifest["reference"]
    assert len(reference["log_odds_quantiles"]) == 101
    for quantiles in [
        reference["log_odds_quantiles"],
        *(feature["quantiles"] for feature in reference["features"].values()),
    ]:
        assert quantiles == sorted(quantiles)


def test_few_of_the_reference_population_are_at_the_ends_of_the_scale(bundle):
    scores = [bundle.score(value) for value in bundle.manifest["reference"]["log_odds_quantiles"]]
    assert scores == sorted(scores, reverse=True)
    assert 1 < scores[-1] < 400 and 850 < scores[0] < 1000


def test_the_scores_are_those_of_the_vectors(bundle, vectors):
    stored = json.loads((vectors / writer.FILES[bundle.manifest["name"]]).read_text())
    found = json.loads(json.dumps(writer.bundle_vectors(bundle)))
    # Other libraries may round these in another way; all else is equal bit for bit.
    for row, stored_row in zip(found["rows"], stored["rows"]):
        for key in ("probability", "percentile", "contributions"):
            assert row.pop(key, []) == pytest.approx(stored_row.pop(key, []), rel=1e-9, abs=1e-12)
    assert found == stored


def test_the_expressions_are_those_of_the_vectors(vectors):
    stored = json.loads((vectors / "expressions.json").read_text())
    assert stored == json.loads(json.dumps(writer.expression_vectors()))


def test_contributions_sum_to_the_score(bundle):
    features = bundle.features(synthetic.statements(50, seed=5))
    total = bundle.contributions(features).sum(axis=1)
    assert numpy.abs(total - bundle.raw_scores(features)).max() < 1e-9


def test_the_risk_follows_the_forced_directions(bundle):
    """Moves one feature at a time along its reference range: the risk never turns back."""
    features = bundle.features(synthetic.statements(40, seed=6))
    for column, entry in enumerate(bundle.manifest["features"]):
        if entry["monotone"] == 0:
            continue
        steps = bundle.manifest["reference"]["features"][entry["name"]]["quantiles"]
        moved = numpy.repeat(features, len(steps), axis=0)
        moved[:, column] = numpy.tile(numpy.array(steps, dtype=numpy.float32), len(features))
        raw = bundle.raw_scores(moved).reshape(len(features), len(steps))
        assert (numpy.diff(raw, axis=1) * entry["monotone"] >= -1e-12).all(), entry["name"]


def test_amounts_in_another_currency_change_nothing(bundle):
    """Powers of two scale without rounding, so the features keep every bit."""
    statements = synthetic.statements(50, seed=7)
    before = bundle.features(statements)
    for years in statements.items.values():
        for year in years:
            year *= 1024
    numpy.testing.assert_array_equal(bundle.features(statements), before)
