"""The region data pack an office may bring; it lies beside the project where it is there at all."""

from pathlib import Path

import pytest

PACK = Path(__file__).parents[2].parent / "shared" / "regions"


def in_pack(name: str) -> Path:
    """A file of the pack; the test is skipped where there is none."""
    path = PACK / name
    if not path.is_file():
        pytest.skip(f"the region data pack is not beside the project: {name}")
    return path
