#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the page of the manual of a program out of its own help.

Usage: PROGRAM --experimental-dump-help | man_pages.py SECTION VERSION EPOCH
"""

import datetime
import json
import sys
from typing import Any, Iterator


def escaped(text: str) -> str:
    """Text that roff takes as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    text = "".join(each if each.isascii() else f"\\[u{ord(each):04X}]" for each in text)
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def paragraphs(text: str) -> Iterator[str]:
    """Running text; lists and tables of codes keep their lines."""
    for part in text.strip().split("\n\n"):
        lines = part.split("\n")
        if len(lines) > 1:
            yield ".PP\n.nf\n" + escaped(part) + "\n.fi"
        else:
            yield ".PP\n" + escaped(part)


def spelled(argument: dict[str, Any]) -> str:
    """An argument as it is typed."""
    names = []
    for name in argument.get("names", []):
        names.append(("--" if name["kind"] == "long" else "-") + name["name"])
    value = argument.get("valueName", "")
    if argument["kind"] == "positional":
        return f"\\fI{escaped(value)}\\fR"
    typed = ", ".join(f"\\fB{escaped(name)}\\fR" for name in names)
    return typed if argument["kind"] == "flag" else f"{typed} \\fI{escaped(value)}\\fR"


def arguments(command: dict[str, Any]) -> Iterator[str]:
    for argument in command.get("arguments", []):
        if argument.get("shouldDisplay", True):
            told = [argument.get("abstract", ""), argument.get("discussion", "")]
            yield f".TP\n{spelled(argument)}\n" + escaped("\n".join(filter(None, told)))


def command_lines(command: dict[str, Any], path: list[str]) -> Iterator[str]:
    """What one command is, and then those below it."""
    path = [*path, command["commandName"]]
    if not command.get("shouldDisplay", True) or command["commandName"] == "help":
        return
    if len(path) > 1:
        yield f".SS {escaped(' '.join(path))}"
        yield escaped(command.get("abstract", ""))
        yield from paragraphs(command["discussion"]) if command.get("discussion") else ()
        yield from arguments(command)
    for each in command.get("subcommands", []):
        yield from command_lines(each, path)


def page(help_: dict[str, Any], section: str, version: str, epoch: int) -> Iterator[str]:
    command = help_["command"]
    name = command["commandName"]
    day = datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc)
    yield ".\\\" Written by man_pages.py from the program's own help."
    yield f'.TH {name.upper()} {section} {day:%Y\\-%m\\-%d} "{name} {version}"'
    yield f".SH NAME\n{name} \\- {escaped(command.get('abstract', '').rstrip('.'))}"
    yield f".SH SYNOPSIS\n\\fB{name}\\fR \\fIsubcommand\\fR [\\fIoptions\\fR]"
    # The codes have a section of their own in every manual.
    told, _, codes = command.get("discussion", "").partition("EXIT CODES\n")
    yield ".SH DESCRIPTION"
    yield from paragraphs(told or command.get("abstract", ""))
    yield ".SH OPTIONS"
    yield from arguments(command)
    yield ".SH COMMANDS"
    yield from command_lines(command, [])
    if codes:
        yield ".SH EXIT STATUS\n.nf\n" + escaped(codes.strip()) + "\n.fi"
    other = "vigied (8)" if name == "vigie" else "vigie (1)"
    yield f".SH SEE ALSO\n.BR {other}"


def main() -> None:
    section, version, epoch = sys.argv[1:]
    print("\n".join(page(json.load(sys.stdin), section, version, int(epoch))))


if __name__ == "__main__":
    main()
