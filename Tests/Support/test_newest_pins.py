# SPDX-License-Identifier: Apache-2.0
"""What newest_pins.py says of pins that are behind, without asking anybody."""

import newest_pins


def test_pins_are_read() -> None:
    text = "# a comment\nlightgbm==4.7.0\nXGBoost-CPU==3.4.1\npytest==9.2.0\n"
    assert newest_pins.pins(text) == {"lightgbm": "4.7.0", "xgboost-cpu": "3.4.1"}


def test_every_library_is_pinned() -> None:
    text = "\n".join((newest_pins.INTEROP / name).read_text() for name in newest_pins.LISTS)
    assert set(newest_pins.pins(text)) == set(newest_pins.LIBRARIES)


def test_a_pin_that_is_behind_is_told_and_silence_is_not() -> None:
    released = {"a": "1.1", "b": "2.0", "c": None}
    lines = list(newest_pins.warnings({"a": "1.0", "b": "2.0", "c": "3.0"}, released.get))
    assert len(lines) == 1 and "a 1.0 is pinned, 1.1 is released" in lines[0]
