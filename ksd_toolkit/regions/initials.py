"""What people at home call a region: its initials, understood only where one near region fits."""

from ksd_toolkit.regions.borders import neighbours
from ksd_toolkit.regions.names import Region, region_or_none, without_kind


def region_by_initials(text: str, home: str) -> Region | None:
    """The region `HSS` means to the people of `home`: theirs or one that borders it, where only one fits.

    Args:
        text: Two letters at least, with the kind of the region or without.
        home: The code of the region where it was written.
    """
    wanted = without_kind(text).replace(".", "").casefold()
    own = region_or_none(home)
    near = [*([own] if own else []), *neighbours(home)]
    found = [r for r in near if len(wanted) > 1 and _initials(r) == wanted]
    return found[0] if len(found) == 1 else None


def _initials(region: Region) -> str:
    return "".join(word[0] for word in region.short_name.casefold().split())
