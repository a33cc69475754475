# SPDX-License-Identifier: Apache-2.0
"""The command line: python -m vigie_training."""

import argparse
import json
from pathlib import Path

from . import payments, pipeline, proceedings, statements, vectors
from .bundle import Bundle

DATA_HELP = f"directory that holds {' or '.join(statements.FILE_NAMES)}"
TABLE_HELP = "table of firm-years (CSV)"


def main() -> None:
    """Runs one command."""
    arguments = _parser().parse_args()
    try:
        arguments.run(arguments)
    except (OSError, ValueError) as error:
        raise SystemExit(f"vigie_training: {error}") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m vigie_training", description="Trains models for Vigie."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    train = commands.add_parser("train", help="train both default models and write their bundles")
    train.add_argument("--data", required=True, help=DATA_HELP)
    train.add_argument("--output", required=True, type=Path, help="directory of the bundles")
    train.set_defaults(run=_train)

    refit = commands.add_parser("refit", help="train a model of one's own companies")
    refit.add_argument("--data", required=True, help=TABLE_HELP)
    refit.add_argument("--name", required=True, help="name of the model")
    refit.add_argument("--test-from", required=True, type=int, help="first year held out")
    refit.add_argument("--output", required=True, type=Path, help="directory of the bundle")
    refit.add_argument(
        "--like",
        choices=(pipeline.TREES, pipeline.SCORECARD),
        default=pipeline.TREES,
        help="the default model to take after (%(default)s)",
    )
    refit.set_defaults(run=_refit)

    evaluate = commands.add_parser("evaluate", help="measure a bundle on a table")
    evaluate.add_argument("--data", required=True, help=TABLE_HELP)
    evaluate.add_argument("--bundle", required=True, type=Path, help="directory of the bundle")
    evaluate.add_argument("--from", required=True, type=int, dest="year", help="first year")
    evaluate.set_defaults(run=_evaluate)

    write = commands.add_parser("vectors", help="write the vectors that hold the server to us")
    write.add_argument("--bundles", required=True, type=Path, help="directory of the bundles")
    write.add_argument("--output", required=True, type=Path, help="directory of the vectors")
    write.set_defaults(run=lambda arguments: vectors.write(arguments.bundles, arguments.output))

    pay = commands.add_parser("payments", help="train when open invoices will be paid")
    pay.add_argument("--examples", required=True, help="what `vigie worklist examples` wrote")
    pay.add_argument("--output", required=True, type=Path, help="directory of the bundle")
    pay.add_argument("--name", default="payment-forecast", help="name of it (%(default)s)")
    pay.add_argument("--version", default="1.0.0", help="version of it (%(default)s)")
    pay.add_argument(
        "--horizon-days", type=int, default=120, help="days beyond which nothing is said (120)"
    )
    pay.set_defaults(run=_payments)

    courts = commands.add_parser("proceedings", help="fit how proceedings go on")
    courts.add_argument("--table", required=True, help="table of proceedings (CSV)")
    courts.add_argument("--until", required=True, help="last day of it, as YYYY-MM-DD")
    courts.add_argument("--output", required=True, type=Path, help="directory of the bundle")
    courts.add_argument("--name", default="proceeding-survival", help="name of it (%(default)s)")
    courts.add_argument("--version", default="1.0.0", help="version of it (%(default)s)")
    courts.set_defaults(run=_proceedings)
    return parser


def _payments(arguments: argparse.Namespace) -> None:
    manifest = payments.train_payment_forecast(
        arguments.examples, arguments.output, arguments.name, arguments.version,
        arguments.horizon_days,
    )  # fmt: skip
    print(json.dumps(manifest["training"], indent=2))


def _proceedings(arguments: argparse.Namespace) -> None:
    manifest = proceedings.train_proceeding_survival(
        arguments.table, arguments.until, arguments.output, arguments.name, arguments.version
    )
    print(json.dumps(manifest["training"], indent=2))


def _train(arguments: argparse.Namespace) -> None:
    pipeline.train_defaults(statements.read(arguments.data), arguments.output)


def _refit(arguments: argparse.Namespace) -> None:
    rows = statements.read(arguments.data)
    pipeline.refit(rows, arguments.like, arguments.name, arguments.test_from, arguments.output)


def _evaluate(arguments: argparse.Namespace) -> None:
    rows = statements.read(arguments.data)
    rows = rows.select(rows.year >= arguments.year)
    print(json.dumps(pipeline.evaluate(Bundle(arguments.bundle), rows, "test"), indent=2))


if __name__ == "__main__":
    main()
