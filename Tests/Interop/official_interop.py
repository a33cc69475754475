# SPDX-License-Identifier: Apache-2.0
"""Runs the cases of gRPC's own interoperability client for Python against interop-server.

The client is that of grpc/grpc, of which DIRECTORY has a copy (src/python/grpcio_tests); it asks
for google-auth. The messages are those of Tests/InteropService/Protos: the wire is what counts.

    VIGIE_BUILD_DIRECTORY=.build/debug .venv/bin/python Tests/Interop/official_interop.py DIRECTORY
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import support.interop
from support.certificates import Certificates

SECONDS = 120
CASES = (
    "empty_unary", "large_unary", "client_streaming", "server_streaming", "ping_pong",
    "empty_stream", "custom_metadata", "status_code_and_message", "special_status_message",
    "unimplemented_method", "unimplemented_service", "cancel_after_begin",
    "cancel_after_first_response", "timeout_on_sleeping_server")
MODULES = {"empty_pb2": "interop_pb2", "messages_pb2": "interop_pb2",
           "test_pb2": "interop_pb2", "test_pb2_grpc": "interop_pb2_grpc"}


def write_names(directory: Path, client: Path) -> None:
    """Modules under the names by which the client asks for them, without the tests beside it."""
    (directory / "tests").mkdir()
    (directory / "tests" / "interop").symlink_to(client)
    package = directory / "src" / "proto" / "grpc" / "testing"
    package.mkdir(parents=True)
    for name, ours in MODULES.items():
        (package / f"{name}.py").write_text(f"from {ours} import *\n")


def main() -> int:
    """Runs all cases; gives how many failed."""
    if len(sys.argv) != 2:
        print("official_interop.py: say where grpc/grpc is.", file=sys.stderr)
        return 2
    grpc = Path(sys.argv[1]).resolve()
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        write_names(Path(scratch), grpc / "src/python/grpcio_tests/tests/interop")
        certificates = Certificates.make(Path(scratch))
        path = [scratch, str(support.interop.STUBS), os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path),
                       "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH": str(certificates.ca)}
        with support.interop.InteropServer(certificates) as server:
            for case in CASES:
                command = [sys.executable, "-m", "tests.interop.client",
                           "--server_host=localhost", f"--server_port={server.port}",
                           "--use_tls=true", f"--test_case={case}"]
                result = subprocess.run(command, env=environment, timeout=SECONDS, check=False,
                                        capture_output=True, text=True)
                failed += result.returncode != 0
                print(f"{case}: {'passed' if result.returncode == 0 else 'FAILED'}")
                if result.returncode != 0:
                    print(result.stderr, file=sys.stderr)
    print(f"{len(CASES) - failed} of {len(CASES)} passed")
    return failed


if __name__ == "__main__":
    sys.exit(main())
