"""The regulations of the region itself that a decree names: read from `[[dasar]]`, checked, and put in rank."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.theme.checking import Checks
from ksd_toolkit.theme.knowledge import allowed
from ksd_toolkit.theme.look import LocalLaw

LOCAL_LAWS: Final = "dasar"
"""The list of tables in the theme file; its keys are the words of a regulation's own title."""
_FILE: Final = "theme.toml"
_KEYS: Final = ("jenis", "nomor", "tahun", "tentang")
_YEAR_DIGITS: Final = 4


def local_laws(given: object, checks: Checks) -> tuple[LocalLaw, ...]:
    """The region's regulations by rank, year and number; one that cannot be used is told and left out.

    Args:
        given: What stands under `[[dasar]]`: tables of `jenis` (`perda`, `perkada`), `nomor`, `tahun`
            and `tentang`.
        checks: Where problems are told.
    """
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        checks.add(Problem("local_law.tables", Where(_FILE, LOCAL_LAWS), {}))
        return ()
    kinds = list(allowed()["local_laws"]["kinds"])
    read = [law for place, one in enumerate(given, 1) for law in _law(one, place, kinds, checks)]
    return tuple(sorted(read, key=lambda law: (kinds.index(law.kind), law.year, _order(law))))


def _law(
    one: Mapping[str, Any], place: int, kinds: list[str], checks: Checks
) -> Iterator[LocalLaw]:
    """The regulation of one table; nothing where a part of it is missing or of another kind."""
    number, year = one.get("nomor"), one.get("tahun")
    fits = {
        "jenis": one.get("jenis") in kinds,
        "nomor": (type(number) is int and number > 0) or _text(number),
        "tahun": type(year) is int and year > 0 and len(str(year)) == _YEAR_DIGITS,
        "tentang": _text(one.get("tentang")),
    }
    bad = [key for key in _KEYS if not fits[key]] + sorted(one.keys() - set(_KEYS))
    for key in bad:
        facts = {"n": place, "key": key, "kinds": ", ".join(kinds)}
        checks.add(Problem("local_law.entry", Where(_FILE, LOCAL_LAWS, key), facts))
    if not bad:
        yield LocalLaw(one["jenis"], str(number).strip(), one["tahun"], one["tentang"].strip())


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _order(law: LocalLaw) -> tuple[int, str]:
    """Numbers in their order, also where a letter follows them."""
    digits = law.number[: len(law.number) - len(law.number.lstrip("0123456789"))]
    return int(digits or 0), law.number
