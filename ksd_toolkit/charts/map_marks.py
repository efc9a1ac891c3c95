"""What a map tells of each region, before it is known where the region lies on the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from ksd_toolkit.document import MapTone
from ksd_toolkit.regions import Region, all_regions, region_or_none


@dataclass(frozen=True, slots=True)
class Mark:
    """A region to be shown: its tone, what is told of it and the name written on the map, if any.

    `is_context` regions are the land around those the map is about: they do not widen the window.
    """

    region: Region
    tone: MapTone
    told: tuple[str, ...] = ()
    label: str = ""
    marked: bool = False
    is_context: bool = False

    @property
    def code(self) -> str:
        """The code of the region."""
        return self.region.code


def with_context(marks: Sequence[Mark]) -> list[Mark]:
    """All other regions of the level as land, then the marks; those with a thick rim last, on top."""
    named = {mark.code for mark in marks}
    is_province = marks[0].region.is_province
    land = [
        Mark(region, "land", is_context=True)
        for region in all_regions()
        if region.is_province == is_province and region.code not in named
    ]
    return sorted([*land, *marks], key=lambda mark: mark.marked)


def map_name(code: str) -> str:
    """What a region is called on a map: `Tapin`, but `Kota Banjarbaru`; its code where it is none of ours."""
    region = region_or_none(code)
    if region is None:
        return code
    return region.name if region.kind == "kota" else region.short_name
