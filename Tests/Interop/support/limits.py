# SPDX-License-Identifier: Apache-2.0
"""The limits of the server, as its source declares them."""

import sys
from types import SimpleNamespace

from support.stubs import ROOT

sys.path.append(str(ROOT / "Tests" / "Support"))

import limits_page  # noqa: E402

# By name; those that are whole numbers.
LIMITS = SimpleNamespace(**{
    name: int(value.replace(",", ""))
    for name, value, _ in limits_page.limits(limits_page.SOURCE.read_text())
    if value.replace(",", "").isdigit()
})
