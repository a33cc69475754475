# SPDX-License-Identifier: Apache-2.0
"""Writes the page of all limits from the Swift file that declares them.

Usage: limits_page.py            writes the page
       limits_page.py --check    fails when the page is not what would be written
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "Sources/vigied/Vigied.docc/Limits.md"

SOURCE = ROOT / "Sources/Base/VigieLimits/Limits.swift"
TITLES = {"TransportLimits": "Network", "ServiceLimits": "Calls", "ProtobufLimits": "Messages",
          "ScoringLimits": "Models", "DocumentLimits": "Documents",
          "WorkbookLimits": "Workbooks",
          "FormulaLimits": "Formulas", "ModelFormatLimits": "Model files",
          "ProcessLimits": "Process", "TelemetryLimits": "Telemetry", "InputLimits": "Tables",
          "ClientLimits": "Clients", "PaperLimits": "Papers", "AccessLimits": "Access",
           "MetricsLimits": "Metrics", "RuleTableLimits": "Rules of decision tables",
           "CompiledTableLimits": "Compiled decision tables",
           "LintLimits": "Checks of decision tables",
           "FEELLimits": "Expressions of decisions", "DecisionLimits": "Decision models",
           "SegmentLimits": "Segments of portfolios",
           "RescoringLimits": "Runs over portfolios",
          "PolicyLimits": "Policies", "HistoryLimits": "History of scores",
           "UniverseLimits": "Universes of companies",
           "AlertLimits": "Alerts", "WebhookLimits": "Webhooks",
           "CollectionLimits": "Collection",
           "StoreLimits": "The store", "InboxLimits": "Inboxes of papers",
           "DeliveryLimits": "Telling others of events",
           "MatchLimits": "Companies found by name", "JobLimits": "Jobs"}

INTRODUCTION = """\
# Limits

Everything that grows has a limit, and hitting one is an error that names it.

A message over its method's limit is RESOURCE_EXHAUSTED; a memory or a queue that is used up for
the moment is UNAVAILABLE with the time to come back; a request that is too slow is CANCELLED. A
table or a header over a limit of calls is INVALID_ARGUMENT with the field, the limit and its value
in the status details. A model over a limit is not loaded.
"""

DECLARATION = re.compile(r"\s*package (?:static )?(?:var|let) (\w+)(?:: \w+)? = ([^{]+)$")


def limits(source: str) -> list[tuple[str, str, str]]:
    """Name, value and documentation of each limit that a Swift file declares."""
    found, documentation = [], []
    for line in source.splitlines():
        if line.strip().startswith("///"):
            documentation.append(line.strip().removeprefix("///").strip())
            continue
        if match := DECLARATION.match(line):
            found.append((match[1], number(match[2]), " ".join(documentation)))
        documentation = []
    return found


def number(value: str) -> str:
    """A Swift number as people read it: `64 << 20` is 67,108,864."""
    plain = value.strip().replace("_", "")
    if match := re.fullmatch(r"(\d+) (<<|\*) (\d+)", plain):
        left, right = int(match[1]), int(match[3])
        return f"{left << right if match[2] == '<<' else left * right:,}"
    if re.fullmatch(r"\d+", plain):
        return f"{int(plain):,}"
    if re.fullmatch(r"\d+\.0", plain):
        return f"{int(float(plain)):,}"
    return plain


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for part in re.split(r"^package (?=struct|enum)", SOURCE.read_text(), flags=re.M)[1:]:
        title = TITLES[part.split()[1].rstrip(":")]
        parts.append(f"\n## {title}\n\n| name | value | what it limits |\n|---|---|---|\n")
        parts += [f"| `{name}` | {value} | {what} |\n" for name, value, what in limits(part)]
    return "".join(parts)


def main() -> int:
    if "--check" not in sys.argv:
        PAGE.write_text(page())
    elif PAGE.read_text() != page():
        print(f"{PAGE.relative_to(ROOT)}: stale; run 'make docs' and commit")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
