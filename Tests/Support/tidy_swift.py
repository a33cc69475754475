# SPDX-License-Identifier: Apache-2.0
"""Habits of Swift code that tidy.py checks: what the compiler lets pass and we do not.

Each rule takes the path and the text of a file and yields the faults as (line, what is wrong).
Those of one file are in RULES; `dead_declarations` needs all files at once. A line that must break
a rule says why behind a marker such as `// tidy: force: the buffer is never empty`.
"""

import re
from collections import Counter
from typing import Iterator

FUNCTION_LINES_MAXIMUM = 70

Faults = Iterator[tuple[int, str]]

HELD = re.compile(r"^(Sources|Clients)/(?!Generated/).*\.swift$")
MODIFIERS = (
    r"(?:(?:@\w+(?:\([^)]*\))?|public|package|internal|private|fileprivate|static|class|final"
    r"|override|mutating|consuming|borrowing|convenience|required|nonisolated)\s+)*"
)
FUNCTION = re.compile(rf"^\s*{MODIFIERS}(func\s+[^\s(<]+|init\b|deinit\b|subscript\b)")
FORCE = re.compile(r"(?<=[\w)\]>])!(?!=)|\b(?:try|as)!")
LIMIT = re.compile(
    r"\b(?:let|var)\s+(\w*(?:Max|Maximum|Limit))\s*(?::\s*\w+\s*)?"
    r"=\s*[1-9][\d_.]*(?:\s*(?:<<|\*)\s*[\d_]+)*$"
)
DECLARATION = re.compile(
    r"^(?P<before>[^\n]*?)\b(?:func|var|let|struct|class|enum|protocol|typealias)"
    r"\s+`?(?P<name>\w+)",
    re.M,
)


def bare(text: str) -> str:
    """The text without comments and the insides of strings, on the same lines."""
    text = re.sub(r'"""(.*?)"""', lambda m: '"' + "\n" * m[0].count("\n") + '"', text, flags=re.S)
    text = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
    return re.sub(r"//[^\n]*", "", text)


def marked(text: str, marker: str) -> set[int]:
    """Lines for which a marker gives a reason: its own, or the one below a comment of its own."""
    found = set()
    for number, line in enumerate(text.split("\n"), 1):
        if re.search(rf"// tidy: {marker}: \S", line):
            found.add(number + 1 if line.lstrip().startswith("//") else number)
    return found


def force(path: str, text: str) -> Faults:
    reasons = marked(text, "force")
    for number, line in enumerate(bare(text).split("\n"), 1):
        if FORCE.search(line) and number not in reasons:
            yield number, "'!' traps; unwrap, or say why not in a comment 'tidy: force: ...'"


def function_length(path: str, text: str) -> Faults:
    lines = bare(text).split("\n")
    for number, line in enumerate(lines):
        match = FUNCTION.match(line)
        if not match:
            continue
        count = body_lines(lines[number:])
        if count > FUNCTION_LINES_MAXIMUM:
            name = match[1].split()[-1]
            yield number + 1, f"{name} has {count} lines; the limit is {FUNCTION_LINES_MAXIMUM}"


def body_lines(lines: list[str]) -> int:
    """Lines from a declaration to the bracket that ends its body; 1 without a body."""
    depth, opened = 0, False
    for count, line in enumerate(lines, 1):
        depth += line.count("{") - line.count("}")
        opened = opened or "{" in line
        if opened and depth <= 0:
            return count
        if not opened and count > 1 and not line.strip():
            return 1
    return 1


def import_access(path: str, text: str) -> Faults:
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"\s*(@\w+\s+)*import\s", line):
            yield number, "an import says who sees it: internal, package or public import"


def limits_room(path: str, text: str) -> Faults:
    if path.startswith("Sources/Base/VigieLimits/"):
        return
    reasons = marked(text, "limit")
    for number, line in enumerate(bare(text).split("\n"), 1):
        match = LIMIT.search(line.rstrip())
        if match and number not in reasons:
            yield number, (
                f"{match[1]} is a limit: it belongs into VigieLimits,"
                " or say why not in a comment 'tidy: limit: ...'"
            )


RULES = [force, function_length, import_access, limits_room]


def faults(path: str, text: str) -> Faults:
    """All faults of one file."""
    if HELD.match(path):
        for rule in RULES:
            yield from rule(path, text)


def dead_declarations(texts: dict[str, str]) -> Iterator[tuple[str, int, str]]:
    """Names that are declared, and written nowhere else: path, line and what is wrong."""
    words: Counter[str] = Counter()
    bared = {path: bare(text) for path, text in texts.items()}
    for path, text in texts.items():
        # In strings too: interpolations use names.
        words.update(re.findall(r"\w+", re.sub(r"//[^\n]*", "", text)))
    for path, text in bared.items():
        if not HELD.match(path):
            continue
        for match in DECLARATION.finditer(text):
            before = match["before"]
            is_foreign = any(word in before for word in ("public", "override", "@"))
            if words[match["name"]] == 1 and match["name"] != "_" and not is_foreign:
                line = text.count("\n", 0, match.start("name")) + 1
                if line not in marked(texts[path], "dead"):
                    yield path, line, f"nothing uses {match['name']}; delete it"
