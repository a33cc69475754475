# SPDX-License-Identifier: Apache-2.0
"""What a server can score with: its models, their inputs, and how to read their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import _messages


@dataclass(frozen=True)
class ModelSummary:
    """The short description of a model."""

    name: str
    version: str
    #: SHA-256 of the model's bundle.
    content_hash: str
    #: What the model is.
    description: str
    #: Whether the model is used when a call names none.
    is_default: bool
    #: The event whose probability is given, such as "bankruptcy_filing".
    event: str
    #: Time within which the event is expected.
    horizon_months: int


@dataclass(frozen=True)
class Input:
    """A column that a model takes."""

    name: str
    #: Such as "currency".
    unit: str
    description: str
    #: Whether a table must have the column.
    required: bool
    #: Whether a row without a value in it can be scored.
    missing_allowed: bool
    minimum: float
    maximum: float
    #: Whether the column is one of some categories.
    is_category: bool
    #: The categories of it, as far as the server tells them.
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Feature:
    """A value that a model sees. Reasons are about features."""

    name: str
    #: How it is computed from the inputs; empty when it is an input.
    expression: str
    description: str
    #: What to tell when it raises the risk, and when it lowers it.
    when_raising: str
    when_lowering: str


@dataclass(frozen=True)
class RiskClass:
    """A band of probabilities."""

    number: int
    #: Greatest probability in the class.
    probability_maximum: float
    label: str


@dataclass(frozen=True)
class Model:
    """The full description of a model."""

    summary: ModelSummary
    event_definition: str
    inputs: tuple[Input, ...]
    features: tuple[Feature, ...]
    risk_classes: tuple[RiskClass, ...]
    #: What the model is and is not, as Markdown. Read it before you trust a number.
    card: str
    #: Figures of merit, such as "test_auc".
    metrics: dict[str, float]
    provenance: dict[str, str]

    @property
    def name(self) -> str:
        """Name of the model."""
        return self.summary.name


@dataclass(frozen=True)
class ModelIdentity:
    """What every table of scores carries: which model gave it, of what event, as of when."""

    name: str
    version: str
    content_hash: str
    event: str
    horizon_months: int
    score_scale: str
    #: Whether a high score means a safe company.
    high_score_is_safe: bool
    as_of_date: str
    #: What every row starts from when reasons were asked for: with all contributions of a row it
    #: is its calibrated log-odds.
    base_log_odds: float


def read_identity(data: bytes | memoryview) -> ModelIdentity:
    """The identity in the bytes of a message."""
    read = _messages.message("ModelIdentity").FromString(bytes(data))
    names = ModelIdentity.__dataclass_fields__
    return ModelIdentity(**{name: getattr(read, name) for name in names})


def read_summary(read: Any, language: str) -> ModelSummary:
    """A summary of its message."""
    names = [name for name in ModelSummary.__dataclass_fields__ if name != "description"]
    return ModelSummary(
        description=_text(read.description, language),
        **{name: getattr(read, name) for name in names},
    )


def read_model(read: Any, language: str) -> Model:
    """A description of its message."""

    def text(localized: Any) -> str:
        return _text(localized, language)

    return Model(
        summary=read_summary(read.summary, language),
        event_definition=text(read.event_definition),
        inputs=tuple(
            Input(i.name, i.unit, text(i.description), i.required, i.missing_allowed, i.minimum,
                  i.maximum, i.kind == 2, tuple(i.categories))
            for i in read.inputs
        ),
        features=tuple(
            Feature(f.name, f.expression, text(f.description), text(f.reason_when_raising),
                    text(f.reason_when_lowering))
            for f in read.features
        ),
        risk_classes=tuple(
            RiskClass(c.number, c.probability_maximum, text(c.label)) for c in read.risk_classes
        ),
        card=read.model_card,
        metrics=dict(read.metrics),
        provenance=dict(read.provenance),
    )


def _text(localized: Any, language: str) -> str:
    return str(getattr(localized, language, "") or localized.en)
