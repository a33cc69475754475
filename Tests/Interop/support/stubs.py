# SPDX-License-Identifier: Apache-2.0
"""Generates the Python stubs of vigie.v1 from Protos/ when imported.

Made at each run, in a temporary directory, so that the tests always speak the API that is
committed. Health and google.rpc come from gRPC's own packages: those are the reference.
"""

import atexit
import shutil
import sys
import tempfile
from pathlib import Path

import grpc_tools
from grpc_tools import protoc

ROOT = Path(__file__).resolve().parents[3]


def generate() -> None:
    """Writes the stubs and puts them on the path."""
    target = tempfile.mkdtemp(prefix="vigie-stubs-")
    atexit.register(shutil.rmtree, target, ignore_errors=True)
    root = ROOT / "Protos"
    protos = sorted(str(path.relative_to(root)) for path in root.glob("vigie/v1/*.proto"))
    well_known = Path(grpc_tools.__file__).parent / "_proto"
    result = protoc.main([
        "protoc", f"-I{root}", f"-I{well_known}",
        f"--python_out={target}", f"--grpc_python_out={target}", *protos,
    ])
    if result != 0 or not protos:
        raise RuntimeError(f"protoc ended with {result} for {protos}")
    # The package of the Python client is `vigie`, too: it finds these stubs beside itself.
    sys.path[:0] = [target, str(ROOT / "Clients" / "Python" / "client")]


generate()
