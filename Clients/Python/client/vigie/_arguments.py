# SPDX-License-Identifier: Apache-2.0
"""Arguments of the client's methods, checked."""

from __future__ import annotations

import datetime
from typing import Any, Sequence, Union

import numpy as np

from ._addresses import Target
from ._errors import TableError
from ._models import Input
from ._scores import OUTPUTS

Date = Union[str, datetime.date, None]


#: gRPC's names of how calls are spread over several addresses.
LOAD_BALANCING = ("pick_first", "round_robin")


def check_load_balancing(name: str) -> None:
    """Refuses what gRPC does not know."""
    if name not in LOAD_BALANCING:
        raise ValueError(f"load_balancing is {name!r}; there are {', '.join(LOAD_BALANCING)}.")


def check_plain(target: Target, ca: object, cert: object, token: object) -> None:
    """Refuses what is not to be sent in the clear."""
    if not {*target.hosts} <= {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("tls=False is for a proxy on this machine only, not for another host.")
    if cert is not None or token is not None:
        raise ValueError("Without TLS no certificate and no token is sent.")


def check_outputs(outputs: Sequence[str]) -> None:
    """Refuses what is no list of outputs."""
    for name in outputs:
        if name not in OUTPUTS:
            raise ValueError(f"{name!r} is no output; there are {', '.join(OUTPUTS)}.")
    if not outputs or len(set(outputs)) < len(outputs):
        raise ValueError("`outputs` names none, or one twice.")


def names_of(
    table: Any, columns: Sequence[str] | None, inputs: Sequence[Input]
) -> Sequence[str] | None:
    """Names for an array that has none: all inputs of the model."""
    is_plain = isinstance(table, np.ndarray) and table.dtype.names is None
    if columns is not None or not is_plain:
        return columns
    return [each.name for each in inputs]


def check_reasons(reasons: object) -> None:
    """Refuses what is no number of reasons."""
    if not isinstance(reasons, (int, np.integer)) or not 0 <= reasons < 1 << 31:
        raise ValueError(f"reasons is {reasons!r}, not how many: 0 or more.")


def day(given: Date) -> str:
    """A date as the API writes it; empty for today."""
    if given is None:
        return ""
    if isinstance(given, str):
        return given
    if isinstance(given, datetime.date):
        return f"{given:%Y-%m-%d}"
    raise TableError(f"as_of is {given!r}, no date.", reason="INVALID_DATE")
