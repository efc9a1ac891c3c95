"""The sample's ranking, in a project of its own, once for all tests of a worker."""

from pathlib import Path

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.register import ingest, read_register
from ksd_toolkit.scoring import read_method, score

ROOT = Path(__file__).parents[2]
SAMPLE = "hulu-sungai-selatan/2026"


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory, taken_in):
    home = taken_in(tmp_path_factory.mktemp("what-if"))
    ingest(open_dossier(SAMPLE, home=home))
    return home


@pytest.fixture(scope="session")
def ranking(sample_home):
    dossier = open_dossier(SAMPLE, home=sample_home)
    return score(read_register(dossier), read_method(dossier))
