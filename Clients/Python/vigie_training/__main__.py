# SPDX-License-Identifier: Apache-2.0
"""The command line: python -m vigie_training."""

import argparse
import json
from pathlib import Path

from . import pipeline, statements, vectors
from .bundle import Bundle


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m vigie_training", description="Trains the models that Vigie ships."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train both default models and write their bundles")
    train.add_argument("--data", required=True, help=f"directory of {statements.FILE_NAMES[0]}")
    train.add_argument("--output", required=True, type=Path, help="directory of the bundles")
    evaluate = commands.add_parser("evaluate", help="measure a bundle on the test years")
    evaluate.add_argument("--data", required=True, help=f"directory of {statements.FILE_NAMES[0]}")
    evaluate.add_argument("--bundle", required=True, type=Path, help="directory of the bundle")
    write = commands.add_parser("vectors", help="write the vectors that hold the server to us")
    write.add_argument("--bundles", required=True, type=Path, help="directory of the bundles")
    write.add_argument("--output", required=True, type=Path, help="directory of the vectors")
    arguments = parser.parse_args()
    if arguments.command == "train":
        pipeline.train(statements.read(arguments.data), arguments.output)
    elif arguments.command == "evaluate":
        rows = statements.read(arguments.data)
        test = rows.select(rows.year > statements.VALIDATION_YEAR_LAST)
        figures = pipeline.evaluate(Bundle(arguments.bundle), test, "test")
        print(json.dumps(figures, indent=2))
    else:
        vectors.write(arguments.bundles, arguments.output)


if __name__ == "__main__":
    main()
