# SPDX-License-Identifier: Apache-2.0
"""Runs h2spec, where there is one, against a vigied of its own. Its cases, in other words, are
tests of ours in support/http2_rule_list.py; this is for who wants to hear it from the tool.

    VIGIE_BUILD_DIRECTORY=.build/debug .venv/bin/python Tests/Interop/h2spec.py [h2spec] [options]
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import support.stubs  # noqa: F401  Makes the stubs importable that the server's client needs.
from support.certificates import Certificates
from support.server import Server

SECONDS = 300


def main() -> int:
    """Gives the exit code of h2spec."""
    given = sys.argv[1:]
    tool = shutil.which(given.pop(0) if given and not given[0].startswith("-") else "h2spec")
    if not tool:
        print("h2spec.py: there is no h2spec here; say where it is.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as directory:
        with Server(Certificates.make(Path(directory))) as server:
            command = [tool, "-t", "-k", "-h", "localhost", "-p", str(server.port),
                       "-P", "/healthz", *given]
            return subprocess.run(command, timeout=SECONDS, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
