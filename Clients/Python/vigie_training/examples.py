# SPDX-License-Identifier: Apache-2.0
"""Training rows made from firm-years: soft labels, shorter histories, items left out.

A firm without an earlier year fails less in this data (it has just been listed) and an item that
a firm does not report must not decide, so the model is shown firms as callers will send them.
"""

from dataclasses import dataclass

import numpy

from .statements import Statements

# The label of a statement 0, 1, 2 years before the last one ahead of a known failure.
SOFT_LABELS = (1.0, 0.3, 0.1)
# How often a firm-year is shown with one, two and three years.
HISTORY_SHARES = (0.25, 0.25, 0.5)
ITEM_DROPOUT = 0.12
ITEM_GROUPS = (
    ("gross_profit",),
    ("ebit", "ebitda"),
    ("depreciation_amortization", "ebitda"),
    ("retained_earnings",),
    ("long_term_debt",),
    ("inventory", "receivables"),
)


@dataclass
class Examples:
    """What a model is trained on."""

    statements: Statements
    labels: numpy.ndarray
    weights: numpy.ndarray


def soft_labels(statements: Statements) -> numpy.ndarray:
    """Labels that also know of failures two and three years ahead.

    Only failures inside `statements` count: what happened after the training years is unknown.
    """
    failed = statements.fails_next == 1
    failure_year = dict(zip(statements.company[failed].tolist(), statements.year[failed].tolist()))
    labels = numpy.zeros(len(statements))
    for row, (company, year) in enumerate(
        zip(statements.company.tolist(), statements.year.tolist())
    ):
        ahead = failure_year.get(company, year - 1) - year
        if 0 <= ahead < len(SOFT_LABELS):
            labels[row] = SOFT_LABELS[ahead]
    return labels


def make(statements: Statements, seed: int, item_dropout: float = ITEM_DROPOUT) -> Examples:
    """Shows each healthy firm-year once with a history drawn at random, each failed one with
    all three histories, and leaves groups of items out at random."""
    random = numpy.random.default_rng(seed)
    failed = statements.fails_next == 1
    healthy_rows = numpy.flatnonzero(~failed)
    failed_rows = numpy.repeat(numpy.flatnonzero(failed), len(HISTORY_SHARES))
    source = numpy.concatenate([healthy_rows, failed_rows])
    every_history = numpy.arange(1, len(HISTORY_SHARES) + 1)
    history = numpy.concatenate(
        [
            random.choice(every_history, size=len(healthy_rows), p=HISTORY_SHARES),
            numpy.tile(every_history, int(failed.sum())),
        ]
    )
    weights = numpy.concatenate(
        [
            numpy.ones(len(healthy_rows)),
            numpy.tile(HISTORY_SHARES, int(failed.sum())),
        ]
    )
    shown = statements.select(source)
    for values in shown.items.values():
        for shift, year in enumerate(values):
            year[history <= shift] = numpy.nan
    for group in ITEM_GROUPS:
        left_out = random.random(len(source)) < item_dropout
        for item in group:
            for year in shown.items[item]:
                year[left_out] = numpy.nan
    return Examples(shown, soft_labels(statements)[source], weights)
