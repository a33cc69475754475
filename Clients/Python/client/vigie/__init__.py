# SPDX-License-Identifier: Apache-2.0
"""Client of the Vigie scoring server: tables of companies in, probabilities of failure out.

```python
import vigie

with vigie.Client("localhost:7443", ca="server.pem") as client:
    scores = client.score(frame, reasons=3)
    frame["probability"] = scores.probability
```
"""

from pkgutil import extend_path

from ._assess import Assessments
from ._calls import RetryPolicy
from ._client import Client
from ._decided_rows import DECISIONS_OF_ROWS, Decisions
from ._errors import (
    ConnectionFailedError,
    DeadlineError,
    FieldViolation,
    NotAllowedError,
    TableError,
    VigieError,
)
from ._models import Feature, Input, Model, ModelIdentity, ModelSummary, RiskClass
from ._scores import Reason, RowIssue, Scores

# Stubs that a program made of Protos/ are `vigie.v1`, and stay so beside this package.
__path__ = extend_path(__path__, __name__)

__all__ = [
    "Assessments",
    "Client",
    "ConnectionFailedError",
    "DECISIONS_OF_ROWS",
    "DeadlineError",
    "Decisions",
    "Feature",
    "FieldViolation",
    "Input",
    "Model",
    "ModelIdentity",
    "ModelSummary",
    "NotAllowedError",
    "Reason",
    "RetryPolicy",
    "RiskClass",
    "RowIssue",
    "Scores",
    "TableError",
    "VigieError",
]
