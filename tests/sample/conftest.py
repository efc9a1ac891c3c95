"""The generator of the sample is a folder of scripts, not part of the package."""

import sys
from pathlib import Path

import pytest

from ksd_toolkit.dossier import Dossier, open_dossier

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT / "data" / "generator"))


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    return open_dossier("hulu-sungai-selatan/2026", home=PROJECT)
