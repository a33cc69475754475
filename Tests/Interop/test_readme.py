# SPDX-License-Identifier: Apache-2.0
"""What the README shows works as it stands there."""

import re

import pytest

from support.stubs import ROOT


def test_the_python_example(bundled_server, capsys: pytest.CaptureFixture[str]):
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    for shown, here in [
        ("server.pem", str(bundled_server.certificates.ca)),
        ("localhost:7443", f"localhost:{bundled_server.port}"),
    ]:
        assert shown in example
        example = example.replace(shown, here)
    exec(compile(example, "README.md", "exec"), {})
    assert re.fullmatch(r"\[0\.\d+\] us-listed-failure\n", capsys.readouterr().out)
