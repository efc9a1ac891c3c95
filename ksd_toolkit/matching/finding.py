"""Find partners with everything the project knows: the register, and what an office brought about regions."""

from functools import partial

from ksd_toolkit.atlas import EMPTY, read_atlas
from ksd_toolkit.errors import RunError
from ksd_toolkit.matching.matches import Matches, match
from ksd_toolkit.matching.own_settings import read_match_settings
from ksd_toolkit.matching.settings import MatchSettings
from ksd_toolkit.project import find_home
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered


def find_partners(
    home: Register | str, *, settings: MatchSettings | None = None, lang: str = ""
) -> Matches:
    """The partners of a region, from its register, or from its code or name and facts alone.

    The indicators and boundaries brought into the project (`ksd regions import`) are used in both
    cases; without any, and without a project, the shipped facts speak alone.

    Args:
        home: A register, or a region such as `63.06` or `Tapin`.
        settings: Weights and limits; those of the dossier (`mitra.toml`), else the toolkit's.
        lang: Language of the sentences; the register's own, else Indonesian.

    Raises:
        InputError: There is no such region, or it is no party of cooperation.
        MethodError: Nothing that weighs is known of any candidate, or `mitra.toml` makes no sense.
    """
    if isinstance(home, Register):
        used = settings or read_match_settings(home.dossier)
        found = partial(match, home, atlas=read_atlas(home.dossier.root), settings=used, lang=lang)
        return found() if settings else remembered("matches", lang, home, found)
    try:
        brought = read_atlas(find_home())
    except RunError:  # outside of any project
        brought = EMPTY
    return match(home, atlas=brought, settings=settings, lang=lang)
