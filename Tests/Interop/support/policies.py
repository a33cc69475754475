# SPDX-License-Identifier: Apache-2.0
"""Policies on disk, and calls of PolicyService."""

import hashlib
import shutil
import subprocess
import time
from pathlib import Path
from typing import Callable, Iterator

import grpc

from support.server import program
from support.stubs import ROOT
from vigie.v1 import policy_service_pb2 as messages
from vigie.v1 import policy_service_pb2_grpc

SAMPLES = ROOT / "Clients/CLI/Samples/Policies"
SAMPLE = SAMPLES / "cautious-supplier"
NAME = "cautious-supplier"
PART_BYTES = 1 << 20


def files(directory: Path) -> dict[str, bytes]:
    """The files of a policy by their paths."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*")) if path.is_file()
    }


def content_hash(policy: dict[str, bytes]) -> str:
    """The hash over what sha256sum says of all files."""
    names = sorted(policy, key=str.encode)
    lines = [f"{hashlib.sha256(policy[name]).hexdigest()}  {name}\n" for name in names]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def version(policy: dict[str, bytes], text: str, was: str = "1.0.0") -> dict[str, bytes]:
    """The policy as another version."""
    old, new = (f'"version": "{each}"'.encode() for each in (was, text))
    assert old in policy["policy.json"]
    return policy | {"policy.json": policy["policy.json"].replace(old, new)}


def draft() -> dict[str, bytes]:
    """Another version, with another rule."""
    policy = version(files(SAMPLE), "2.0.0")
    model = policy["policy.dmn"]
    assert b"<text>0.08</text>" in model
    return policy | {"policy.dmn": model.replace(b"<text>0.08</text>", b"<text>0.05</text>")}


def put(directory: Path, policy: dict[str, bytes]) -> Path:
    """Writes the files of a policy."""
    for name, content in policy.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return directory


def parts(
    policy: dict[str, bytes], **header: object
) -> Iterator[messages.UploadPolicyRequest]:
    """The messages of an upload."""
    yield messages.UploadPolicyRequest(header=messages.UploadPolicyHeader(**header))
    for path, content in policy.items():
        for start in range(0, max(len(content), 1), PART_BYTES):
            yield part(path, start, content[start:start + PART_BYTES])


def part(path: str, offset: int, content: bytes) -> messages.UploadPolicyRequest:
    """One part of a file."""
    return messages.UploadPolicyRequest(
        part=messages.PolicyFilePart(path=path, offset_bytes=offset, content=content))


def stub(channel: grpc.Channel) -> policy_service_pb2_grpc.PolicyServiceStub:
    """The service."""
    return policy_service_pb2_grpc.PolicyServiceStub(channel)


def vigie(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs vigie to its end."""
    return subprocess.run(
        [program("vigie"), *map(str, arguments)], capture_output=True, text=True, timeout=120)


def copy(directory: Path, name: str = NAME) -> Path:
    """The sample on a shelf of its own."""
    shutil.copytree(SAMPLE, directory / name)
    return directory / name


def names(directory: Path) -> list[str]:
    """All that is in a directory, hidden names too."""
    return sorted(path.name for path in directory.iterdir())


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Waits until something is so."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it does not come"
        time.sleep(0.1)
