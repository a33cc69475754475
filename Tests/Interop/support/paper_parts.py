# SPDX-License-Identifier: Apache-2.0
"""Papers as ReadPapers takes them, and those of the sample companies."""

from pathlib import Path
from typing import Iterator

from vigie.v1 import assessment_service_pb2 as pb

SAMPLES = Path(__file__).resolve().parents[3] / "Clients/CLI/Samples/Companies"
AS_OF = "2025-12-31"
PART_BYTES = 1 << 20


def parts(papers: dict[str, bytes], part_bytes: int = PART_BYTES) -> Iterator:
    """The messages that carry papers."""
    yield pb.ReadPapersRequest(header=pb.ReadPapersHeader(as_of_date=AS_OF))
    for name, content in papers.items():
        for start in range(0, max(len(content), 1), part_bytes):
            yield pb.ReadPapersRequest(part=pb.PaperPart(
                file_name="" if start else name, content=content[start:start + part_bytes]))


def samples() -> dict[str, bytes]:
    """The papers of the sample companies, in the order in which the tool reads a folder."""
    return {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.is_file()}
