# SPDX-License-Identifier: Apache-2.0
"""Tells when a library that models are compared with has a newer release than the pinned one.

Usage: newest_pins.py. Prints a line for each pin that is behind, and always exits with 0: a new
release of somebody else breaks no build, but the files that it writes should be tried soon. Says
nothing about libraries that cannot be asked for, as without a network.
"""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Callable, Iterator

INTEROP = Path(__file__).resolve().parents[1] / "Interop"
LISTS = ("requirements.txt", "requirements-unchecked.txt")
# What writes model files, and what runs them.
LIBRARIES = ("lightgbm", "onnx", "onnxmltools", "onnxruntime", "scikit-learn", "skl2onnx",
             "xgboost-cpu")


def pins(text: str) -> dict[str, str]:
    """The pinned versions of the libraries, by name."""
    found = re.findall(r"^([\w.-]+)==(\S+)$", text, re.MULTILINE)
    return {name.lower(): version for name, version in found if name.lower() in LIBRARIES}


def newest(name: str) -> str | None:
    """The newest release, whatever Python it asks for; None when the index does not answer."""
    command = [sys.executable, "-m", "pip", "index", "versions", name, "--ignore-requires-python",
               "--disable-pip-version-check", "--retries", "0", "--timeout", "5"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.match(rf"{re.escape(name)} \((\S+)\)", done.stdout)
    return match.group(1) if match else None


def warnings(pinned: dict[str, str], ask: Callable[[str], str | None]) -> Iterator[str]:
    """A line for each pin that is not the newest release."""
    with ThreadPoolExecutor(len(pinned) or 1) as threads:
        answers = list(threads.map(ask, pinned))
    for (name, version), latest in zip(pinned.items(), answers):
        if latest and latest != version:
            yield f"pins: {name} {version} is pinned, {latest} is released: try its models"


def main() -> None:
    text = "\n".join((INTEROP / name).read_text() for name in LISTS)
    for line in warnings(pins(text), newest):
        print(line)


if __name__ == "__main__":
    main()
