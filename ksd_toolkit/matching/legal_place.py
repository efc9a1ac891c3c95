"""Which parties lie around a region, so that the law has something to say about the pair."""

from typing import Final

from ksd_toolkit.regions import Region, parties, relation

_AROUND: Final = {"inside", "borders", "near"}


def around(home: Region) -> tuple[Region, ...]:
    """Every party that borders a region, holds it, lies in it or lies near it, provinces first."""
    others = [region for region in parties() if region != home]
    found = [region for region in others if relation(home.code, region.code).kind in _AROUND]
    return tuple(sorted(found, key=lambda region: ("." in region.code, region.code)))
