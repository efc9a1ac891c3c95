"""Read an office's theme file; every problem of it is told at once, with its place and what to do."""

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.document import Letterhead, Signatory
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import InputError, Problem, Where
from ksd_toolkit.messages import say, toml_reasons
from ksd_toolkit.theme.checking import Checks
from ksd_toolkit.theme.colours import followed
from ksd_toolkit.theme.knowledge import allowed
from ksd_toolkit.theme.local_laws import LOCAL_LAWS, local_laws
from ksd_toolkit.theme.look import Theme

THEME_FILE: Final = "theme.toml"
ROLES: Final = ("leader", "chair", "secretary")
_PERSON: Final = {"capacity": str, "name": str, "number": str}
_SHAPE: Final[dict[str, dict[str, type]]] = {
    "office": {
        "government": str, "unit": str, "address": list, "place": str, "leader": str,
        "crest": str, "letterhead": str,
    },
    "paper": {"size": str, "text_font": str, "head_font": str},
    "colours": {},
    "numbers": {},
    "signatories": {},
}  # fmt: skip


def theme_file(dossier: Dossier) -> Path | None:
    """The theme file of a dossier: its own, else that of its region; None where there is none."""
    for folder in (dossier.folder, dossier.folder.parent):
        if (folder / THEME_FILE).is_file():
            return folder / THEME_FILE
    return None


def read_theme(dossier: Dossier) -> Theme:
    """The theme of the office behind a dossier; made from `dossier.toml` where there is no theme file.

    Raises:
        InputError: The theme file cannot be used; it holds every problem found.

    Source:
        UU 23/2014 Pasal 59 ayat (2) for what the head of a region is called.
    """
    file = theme_file(dossier)
    if file is None:
        return _theme(dossier, {}, Checks(dossier.folder), "")
    content = file.read_bytes()
    checks = Checks(file.parent)
    settings = _settings(content, checks)
    theme = _theme(dossier, settings, checks, hashlib.sha256(content).hexdigest())
    if checks.problems:
        told = " ".join(problem.sentence(dossier.lang) for problem in checks.problems)
        place = file.relative_to(dossier.folder.parent).as_posix()
        raise InputError("theme.unusable", checks.problems, file=place, problems_told=told)
    return theme


def _settings(content: bytes, checks: Checks) -> dict[str, Any]:
    """The tables of the file, those of unknown names or kinds left out and told."""
    try:
        settings = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        checks.add(Problem("theme.no_toml", Where(THEME_FILE), toml_reasons(error)))
        return {}
    laws = settings.pop(LOCAL_LAWS, [])  # a list of tables, beside the tables of the file
    tables = checks.known("", settings, dict.fromkeys(_SHAPE, dict))
    for name, shape in _SHAPE.items():
        if shape and name in tables:
            tables[name] = checks.known(name, tables[name], shape)
    return {**tables, LOCAL_LAWS: laws}


def _theme(dossier: Dossier, settings: Mapping[str, Any], checks: Checks, sha256: str) -> Theme:
    office, look = settings.get("office", {}), settings.get("paper", {})
    leader = office.get("leader") or default_leader(dossier)
    crest = checks.crest(office["crest"]) if office.get("crest") else ""
    docx = checks.letterhead(office["letterhead"]) if office.get("letterhead") else None
    return Theme(
        letterhead=Letterhead(
            office.get("government") or dossier.issuer.government,
            office.get("unit") or dossier.issuer.unit,
            checks.lines(office.get("address", [])),
            crest,
        ),
        place=office.get("place") or dossier.issuer.place,
        leader=leader,
        signatories=_signatories(settings.get("signatories", {}), leader, dossier, checks),
        numbers=checks.numbers(settings.get("numbers", {})),
        paper=checks.choice("paper", "size", look.get("size", "A4"), allowed()["papers"]),
        colours=checks.apart(followed(checks.colours(settings.get("colours", {})))),
        text_font=checks.choice("paper", "text_font", look.get("text_font"), allowed()["fonts"]),
        head_font=checks.choice(
            "paper", "head_font", look.get("head_font", allowed()["fonts"][1]), allowed()["fonts"]
        ),
        docx=docx,
        local_laws=local_laws(settings.get(LOCAL_LAWS, []), checks),
        sha256=sha256,
    )


def default_leader(dossier: Dossier) -> str:
    """What the head of the region is called: regent, mayor or governor of it."""
    region = dossier.region
    words: str = allowed()["leader"][region.kind][dossier.lang]
    return words.format(name=region.short_name, region=region.name)


def _signatories(
    given: Mapping[str, Any], leader: str, dossier: Dossier, checks: Checks
) -> dict[str, Signatory]:
    """Who signs in each role; a blank capacity is that of the role, a blank name stays blank."""
    known = checks.known("signatories", given, dict.fromkeys(ROLES, dict))
    found = {}
    for role in ROLES:
        person = checks.known(f"signatories.{role}", known.get(role, {}), _PERSON)
        usual = leader if role == "leader" else _usual_capacity(role, dossier.lang)
        found[role] = Signatory(
            person.get("capacity") or usual, person.get("name", ""), person.get("number", "")
        )
    return found


def _usual_capacity(role: str, lang: str) -> str:
    capacity: str = allowed()["signatories"][role][lang]
    return capacity


def commented_theme(dossier: Dossier) -> str:
    """A theme file of comments for a new office: every key explained, nothing set."""
    return say(
        "theme.commented",
        dossier.own_lang,
        government=dossier.issuer.government,
        unit=dossier.issuer.unit,
        place=dossier.issuer.place,
        leader=default_leader(dossier),
        chair=_usual_capacity("chair", dossier.own_lang),
        secretary=_usual_capacity("secretary", dossier.own_lang),
        fonts=", ".join(allowed()["fonts"]),
        colours=", ".join(allowed()["colours"]),
        papers=", ".join(allowed()["numbers"]["papers"]),
    )
