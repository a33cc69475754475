# SPDX-License-Identifier: Apache-2.0
"""The server of gRPC's interoperability tests, and stubs of its service.

The stubs are made from Tests/InteropService/Protos at each run, as those of Protos/ are.
"""

import atexit
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import grpc
from grpc_tools import protoc

from support.certificates import Certificates
from support.server import STOP_SECONDS, program
from support.stubs import ROOT

PROTOS = ROOT / "Tests" / "InteropService" / "Protos"


def _generate() -> Path:
    target = tempfile.mkdtemp(prefix="vigie-interop-stubs-")
    atexit.register(shutil.rmtree, target, ignore_errors=True)
    result = protoc.main(["protoc", f"-I{PROTOS}", f"--python_out={target}",
                          f"--grpc_python_out={target}", "interop.proto"])
    if result != 0:
        raise RuntimeError(f"protoc ended with {result}")
    sys.path.insert(0, target)
    return Path(target)


# Where interop_pb2 and interop_pb2_grpc are.
STUBS = _generate()


class InteropServer:
    """A running interop-server. A context manager: leaving it stops the process."""

    def __init__(self, certificates: Certificates) -> None:
        self.certificates = certificates
        self._process = subprocess.Popen(
            [program("interop-server"), "0", str(certificates.server),
             str(certificates.server_key)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())

    def __enter__(self) -> "InteropServer":
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._process.communicate(timeout=STOP_SECONDS)
        finally:
            self._process.kill()
        assert self._process.returncode == 0

    def channel(self) -> grpc.Channel:
        """A channel of its own."""
        credentials = grpc.ssl_channel_credentials(self.certificates.ca.read_bytes())
        return grpc.secure_channel(f"localhost:{self.port}", credentials, options=[
            ("grpc.use_local_subchannel_pool", 1)])
