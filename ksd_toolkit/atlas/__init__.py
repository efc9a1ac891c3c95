"""What an office brings about regions: indicators, boundaries and other codes, checked and kept."""

from ksd_toolkit.atlas.atlas import EMPTY, Atlas, read_atlas
from ksd_toolkit.atlas.boundaries import Boundaries, Polygon
from ksd_toolkit.atlas.bringing import bring, remove
from ksd_toolkit.atlas.brought import Asked, Brought, BroughtFile, Removed
from ksd_toolkit.atlas.status import AtlasStatus, atlas_status, suspicions
from ksd_toolkit.questionnaire.submission import Balance

__all__ = [
    "EMPTY",
    "Asked",
    "Atlas",
    "AtlasStatus",
    "Balance",
    "Boundaries",
    "Brought",
    "BroughtFile",
    "Polygon",
    "Removed",
    "atlas_status",
    "bring",
    "read_atlas",
    "remove",
    "suspicions",
]
