# SPDX-License-Identifier: Apache-2.0
"""Made-up decision tables of credit limits, and companies for them.

Each table looks at three numbers (score, days beyond terms, turnover) and two texts (sector, legal
form). In a partition exactly one rule matches each company, in an overlap some five do. All comes
from a seed.
"""

import random
from dataclasses import dataclass
from xml.sax.saxutils import escape

NUMBERS = {"score": (1, 1001, 20), "dbt": (-30, 181, 5), "turnover": (0, 50_000_000, 250_000)}
TEXTS = {
    "sector": [chr(65 + number) for number in range(21)],
    "form": ["SA", "SAS", "SARL", "EURL", "EI", "SCI", "SNC", "SCA"],
}
INPUTS = [*NUMBERS, *TEXTS]
SIZES = (10, 100, 1000, 3700)


@dataclass
class Rule:
    """What each input has to be in, and the limit."""

    spans: dict[str, tuple[int, int]]
    choices: dict[str, tuple[str, ...]]
    limit: int

    def matches(self, company: dict) -> bool:
        return all(low <= company[name] < high for name, (low, high) in self.spans.items()) and all(
            company[name] in texts for name, texts in self.choices.items()
        )


def partition(count: int, dice: random.Random) -> list[Rule]:
    """Rules of which one matches each company, in any order."""
    leaves = [({name: span[:2] for name, span in NUMBERS.items()},
               {name: tuple(texts) for name, texts in TEXTS.items()})]
    weights = ["score"] * 2 + ["dbt"] * 2 + ["turnover"] * 2 + ["sector", "form"]
    while len(leaves) < count:
        place = dice.randrange(len(leaves))
        spans, choices = leaves[place]
        name = dice.choice(weights)
        if name in spans:
            low, high = spans[name]
            step = NUMBERS[name][2]
            cuts = range((low // step + 1) * step, high, step)
            if not cuts:
                continue
            cut = dice.choice(cuts)
            parts = [({**spans, name: span}, choices) for span in ((low, cut), (cut, high))]
        else:
            texts = list(choices[name])
            if len(texts) < 2:
                continue
            dice.shuffle(texts)
            cut = dice.randrange(1, len(texts))
            parts = [(spans, {**choices, name: tuple(sorted(half))})
                     for half in (texts[:cut], texts[cut:])]
        leaves[place] = parts[0]
        leaves.append(parts[1])
    dice.shuffle(leaves)
    return [Rule(*leaf, dice.randrange(1, 500) * 1000) for leaf in leaves]


def overlap(count: int, dice: random.Random) -> list[Rule]:
    """Rules of which some five match each company."""
    share = min(1.0, 5 / count) ** (1 / 5)
    rules = []
    for _ in range(count):
        spans, choices = {}, {}
        for name, (low, high, step) in NUMBERS.items():
            if dice.random() < 0.15:
                spans[name] = (low, high)
                continue
            width = min(share * 0.85 * (high - low) * dice.uniform(0.5, 1.5), high - low)
            start = low + dice.random() * (high - low - width)
            first = int(start // step * step)
            last = int((first + width) // step * step) + step
            spans[name] = (max(low, first), min(high, last))
        for name, texts in TEXTS.items():
            kept = min(max(1, round(len(texts) * share * dice.uniform(0.5, 1.3))), len(texts))
            choices[name] = tuple(sorted(dice.sample(texts, kept)))
        rules.append(Rule(spans, choices, dice.randrange(1, 500) * 1000))
    return rules


def companies(count: int, dice: random.Random) -> list[dict]:
    """Companies whose values all tables have an answer for."""
    return [
        {
            "score": dice.randrange(1, 1001),
            "dbt": dice.randrange(-30, 181),
            "turnover": dice.randrange(0, 50_000) * 1000,
            **{name: dice.choice(texts) for name, texts in TEXTS.items()},
        }
        for _ in range(count)
    ]


def cell(rule: Rule, name: str) -> str:
    """A cell as FEEL has it."""
    if name in rule.spans:
        (low, high), (least, most, _) = rule.spans[name], NUMBERS[name]
        if low <= least and high >= most:
            return "-"
        if low <= least:
            return f"< {high}"
        return f">= {low}" if high >= most else f"[{low}..{high})"
    texts = rule.choices[name]
    return "-" if len(texts) == len(TEXTS[name]) else ", ".join(f'"{text}"' for text in texts)


def dmn(rules: list[Rule], policy: str = 'hitPolicy="FIRST"') -> str:
    """A model of one table."""
    def kind(name: str) -> str:
        return "number" if name in NUMBERS else "string"

    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" '
             'name="credit" namespace="urn:made-up:credit">']
    for name in INPUTS:
        lines.append(f'<inputData id="{name}" name="{name}">'
                     f'<variable name="{name}" typeRef="{kind(name)}"/></inputData>')
    lines.append('<decision id="limit" name="Limit"><variable name="Limit"/>')
    for name in INPUTS:
        lines.append(f'<informationRequirement><requiredInput href="#{name}"/>'
                     '</informationRequirement>')
    lines.append(f"<decisionTable {policy}>")
    for name in INPUTS:
        known = ", ".join(f'"{text}"' for text in TEXTS.get(name, []))
        values = f"<inputValues><text>{known}</text></inputValues>" if known else ""
        lines.append(f'<input><inputExpression typeRef="{kind(name)}"><text>{name}</text>'
                     f"</inputExpression>{values}</input>")
    lines.append('<output name="Limit" typeRef="number"/>')
    for rule in rules:
        cells = "".join(f"<inputEntry><text>{escape(cell(rule, name))}</text></inputEntry>"
                        for name in INPUTS)
        lines.append(f"<rule>{cells}<outputEntry><text>{rule.limit}</text></outputEntry></rule>")
    lines.append("</decisionTable></decision></definitions>")
    return "\n".join(lines)
