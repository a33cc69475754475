# SPDX-License-Identifier: Apache-2.0
"""Scores trees with weightedConfidence and aggregateNodes, which JPMML-Evaluator does not have.

Usage: strategies.py    writes classes_weightedConfidence.expected.csv and the other

A second, plain reading of the specification's words for the two strategies, on elements instead
of compiled rules. Run after generate.py, which leaves these rows empty.
"""

import csv
import xml.etree.ElementTree as ElementTree
from pathlib import Path

HERE = Path(__file__).parent
SPACE = "{http://www.dmg.org/PMML-4_4}"
LABELS = ["healthy", "weak", "failed"]
PREDICATES = ["True", "SimplePredicate", "SimpleSetPredicate", "CompoundPredicate"]


def holds(predicate: ElementTree.Element, row: dict) -> bool | None:
    """True, False, or None for unknown."""
    kind = predicate.tag.removeprefix(SPACE)
    if kind == "True":
        return True
    if kind == "CompoundPredicate":
        parts = [holds(part, row) for part in predicate]
        match predicate.get("booleanOperator"):
            case "and":
                return False if False in parts else None if None in parts else True
            case "or":
                return True if True in parts else None if None in parts else False
            case "xor":
                return None if None in parts else sum(parts) % 2 == 1
            case "surrogate":
                return next((part for part in parts if part is not None), None)
    value = row[predicate.get("field")]
    operator = predicate.get("operator")
    if operator in ["isMissing", "isNotMissing"]:
        return (value is None) == (operator == "isMissing")
    if value is None:
        return None
    if kind == "SimpleSetPredicate":
        words = predicate.find(SPACE + "Array").text.replace('"', "").split()
        return (value in words) == (predicate.get("booleanOperator") == "isIn")
    limit = predicate.get("value")
    limit = limit if isinstance(value, str) else float(limit)
    return {
        "equal": lambda: value == limit, "notEqual": lambda: value != limit,
        "lessThan": lambda: value < limit, "lessOrEqual": lambda: value <= limit,
        "greaterThan": lambda: value > limit, "greaterOrEqual": lambda: value >= limit,
    }[operator]()


def children(node: ElementTree.Element, row: dict) -> list:
    """The children and whether the predicate of each holds."""
    predicates = [next(p for p in c if p.tag.removeprefix(SPACE) in PREDICATES)
                  for c in node.findall(SPACE + "Node")]
    return [(c, holds(p, row)) for c, p in zip(node.findall(SPACE + "Node"), predicates)]


def shares(node: ElementTree.Element, attribute: str) -> list[float]:
    """An attribute of the classes, in their order."""
    parts = {part.get("value"): float(part.get(attribute))
             for part in node.findall(SPACE + "ScoreDistribution")}
    return [parts[label] for label in LABELS]


def reached(node: ElementTree.Element, row: dict, weight: float, strategy: str) -> list:
    """The nodes that give the result, with the weight of each, and whether any was spread to."""
    below = children(node, row)
    if not below:
        return [(node, weight, False)]
    first = next((i for i, (_, truth) in enumerate(below) if truth is not False), None)
    if first is None:
        return []
    if below[first][1] is True:
        return reached(below[first][0], row, weight, strategy)
    open_ = [(child, truth) for child, truth in below[first:] if truth is not False]
    if strategy == "aggregateNodes":
        sure = next((i for i, (_, truth) in enumerate(open_) if truth is True), len(open_))
        open_ = open_[: sure + 1]
        weights = [weight] * len(open_)
    else:
        total = sum(float(child.get("recordCount")) for child, _ in open_)
        weights = [weight * float(child.get("recordCount")) / total for child, _ in open_]
    return [(leaf, w, True) for (child, _), share in zip(open_, weights)
            for leaf, w, _ in reached(child, row, share, strategy)]


def score(root: ElementTree.Element, row: dict, strategy: str) -> list[str]:
    """The label, the probabilities and the confidence of the label."""
    leaves = reached(root, row, 1.0, strategy)
    if not leaves:
        return [""] * 5
    if not any(spread for _, _, spread in leaves):
        leaf = leaves[0][0]
        counts, confidences = shares(leaf, "recordCount"), shares(leaf, "confidence")
        label = LABELS.index(leaf.get("score"))
        return [LABELS[label], *[repr(c / sum(counts)) for c in counts], repr(confidences[label])]
    # In the virtual node, classes have the records of all leaves, or their weighted shares.
    weights = [sum(shares(leaf, "recordCount")) if strategy == "aggregateNodes" else w
               for leaf, w, _ in leaves]
    total = sum(weights)
    mean = lambda lists: [sum(w * x[i] for w, x in zip(weights, lists)) / total for i in range(3)]
    probabilities = mean([[c / sum(shares(leaf, "recordCount"))
                           for c in shares(leaf, "recordCount")] for leaf, _, _ in leaves])
    confidences = mean([shares(leaf, "confidence") for leaf, _, _ in leaves])
    decides = probabilities if strategy == "aggregateNodes" else confidences
    label = decides.index(max(decides))
    return [LABELS[label], *map(repr, probabilities), repr(confidences[label])]


def main() -> None:
    with (HERE / "rows.csv").open() as file:
        rows = list(csv.DictReader(file))
    for strategy in ["weightedConfidence", "aggregateNodes"]:
        tree = ElementTree.parse(HERE / f"classes_{strategy}.pmml").find(SPACE + "TreeModel")
        lines = [["outcome", *[f"p_{label}" for label in LABELS], "confidence"]]
        for row in rows:
            if row["sector"] == "mining":  # invalid
                lines.append([""] * 5)
                continue
            values = {name: None if text == "" else text if name == "sector" else float(text)
                      for name, text in row.items()}
            lines.append(score(tree.find(SPACE + "Node"), values, strategy))
        text = "".join(",".join(line) + "\n" for line in lines)
        (HERE / f"classes_{strategy}.expected.csv").write_text(text)


if __name__ == "__main__":
    main()
