"""A dossier: one region and one period, where its inputs lie and how its papers are made."""

from collections.abc import Hashable
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

import pandas as pd

from ksd_toolkit.dossier_settings import (
    check_known,
    determined_on,
    members_asked,
    read_offices,
    read_settings,
    schedule_of,
    settings_table,
)
from ksd_toolkit.errors import InputError, RunError
from ksd_toolkit.messages import Language, language
from ksd_toolkit.project import DOSSIER_NAME, SCENARIO_NAME, SETTINGS_FILE, find_home, some_names
from ksd_toolkit.regions import Region, find_region

OFFICES_FILE: Final = "opd.csv"
MEMBERS_FILE: Final = "anggota_tkksd.csv"
TKKSD_FILE: Final = "tkksd.xlsx"
PLENARY_FILE: Final = "pleno.xlsx"
_NO_WORKBOOKS: Final = frozenset({"readme.txt", ".gitkeep", ".ds_store", "thumbs.db"})
WORKBOOK_FOLDER: Final = "kuesioner"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who publishes the papers: government, unit and the place they are dated at."""

    government: str
    unit: str
    place: str


@dataclass(frozen=True, slots=True, eq=False)
class Dossier:
    """Everything a run needs to know about one region and period.

    `offices` has one row per OPD asked, indexed by `opd_kode`, with `opd_nama` and `urusan`.
    `tanggal_acuan` stands for "today"; only the audit trail reads the clock. Answers that
    come after `deadline` are marked late. The mapping's schedule starts on `schedule_start`, or is
    counted back from `schedule_end`; with neither it has weeks, but no dates. `determined_on` is the date
    of the decree that determined its list, once there is one. Under a `scenario` it is ranked by other settings, and its papers lie apart.
    """

    name: str
    root: Path
    region: Region
    period: str
    previous_period: str
    lang: Language
    own_lang: Language
    tanggal_acuan: date
    simulated: bool
    method: str
    tkksd_members: int
    issuer: Issuer
    offices: pd.DataFrame
    deadline: date | None = None
    schedule_start: date | None = None
    schedule_end: date | None = None
    determined_on: date | None = None
    scenario: str = ""

    def __repr__(self) -> str:
        return f"Dossier({self.name}: {self.region.name}, {self.period}, {len(self.offices)} OPD)"

    @property
    def settings(self) -> tuple[Hashable, ...]:
        """Everything it says, as a key: equal for dossiers that say the same."""
        told = [getattr(self, field.name) for field in fields(self) if field.name != "offices"]
        return (*told, *self.offices.itertuples(name=None))

    @property
    def called(self) -> str:
        """What opens it again: `hulu-sungai-selatan/2026`, or `hulu-sungai-selatan/2026@biaya` under a scenario."""
        return f"{self.name}@{self.scenario}" if self.scenario else self.name

    @property
    def folder(self) -> Path:
        """Where people put their files: `data/<region>/<period>`."""
        return self.root / "data" / self.name

    @property
    def store(self) -> Path:
        """Where the register of the region lives: `.ksd/<region>`."""
        return self.root / ".ksd" / self.name.partition("/")[0]

    @property
    def reports(self) -> Path:
        """Where the papers go: `reports/<region>/<period>`, in `en/` below it when not in its own language."""
        folder = self.root / "reports" / self.name
        folder = folder / "scenarios" / self.scenario if self.scenario else folder
        return folder if self.lang == self.own_lang else folder / self.lang

    @property
    def workbooks(self) -> list[Path]:
        """Every file the offices sent, by name; offices also send whole folders."""
        folder = self.folder / WORKBOOK_FOLDER
        return sorted(
            path
            for path in folder.rglob("*")
            if path.is_file()
            and path.name.casefold() not in _NO_WORKBOOKS
            and not any(part.startswith(".") for part in path.relative_to(folder).parts[:-1])
        )

    @property
    def tkksd_workbook(self) -> Path:
        """The workbook with a sheet per TKKSD member."""
        return self.folder / TKKSD_FILE

    def name_of(self, path: Path) -> str:
        """The name of an input as its author knows it: relative to the dossier."""
        return (
            path.relative_to(self.folder).as_posix()
            if path.is_relative_to(self.folder)
            else path.name
        )

    def in_language(self, lang: str) -> Self:
        """The same dossier with papers and messages in another language."""
        return replace(self, lang=language(lang))

    def previous(self) -> "Dossier | None":
        """The dossier of the period before this one, when there is one."""
        if not self.previous_period:
            return None
        name = f"{self.name.partition('/')[0]}/{self.previous_period}"
        present = (self.root / "data" / name / SETTINGS_FILE).is_file()
        return open_dossier(name, home=self.root) if present else None

    def past(self) -> "list[Dossier]":
        """The dossiers of all periods before, latest first; one that names a period already seen ends them."""
        found: list[Dossier] = []
        seen, before = {self.period}, self.previous()
        while before is not None and before.period not in seen:
            found.append(before)
            seen.add(before.period)
            before = before.previous()
        return found


def open_dossier(name: str, *, lang: str = "", home: Path | None = None) -> Dossier:
    """The dossier called `name`, e.g. `hulu-sungai-selatan/2026`, from any folder of the project.

    Args:
        name: Region and period, and after an `@` the scenario it is ranked under. The project is the nearest parent folder that holds `data/`,
            else the folder in the environment variable KSD_HOME.
        lang: Language of papers and messages; the dossier's own when empty.
        home: The project folder, when it is known.

    Raises:
        RunError: The name is malformed or there is no such dossier.
        InputError: Its `dossier.toml` or `opd.csv` cannot be used, or its region may sign nothing.
    """
    dossier = read_dossier(name, lang=lang, home=home)
    if not dossier.region.is_party:
        raise InputError("region.not_party", name=dossier.region.name)
    return dossier


def read_dossier(name: str, *, lang: str = "", home: Path | None = None) -> Dossier:
    """As `open_dossier`, also where its region is no party to any cooperation: of such a one nothing can be made.

    Raises:
        RunError: The name is malformed or there is no such dossier.
        InputError: Its `dossier.toml` or `opd.csv` cannot be used.
    """
    called, _, scenario = name.partition("@")
    if not DOSSIER_NAME.fullmatch(called):
        raise RunError("dossier.name", name=name)
    if "@" in name and not SCENARIO_NAME.fullmatch(scenario):
        raise RunError("scenario.name", name=scenario)
    root = home or find_home()
    settings = root / "data" / called / SETTINGS_FILE
    if not settings.is_file():
        raise RunError("dossier.unknown", name=called, known=some_names(called, root))
    opened = _from_settings(called, root, read_settings(settings), lang)
    return replace(opened, scenario=scenario)


def _from_settings(name: str, root: Path, settings: dict[str, Any], lang: str) -> Dossier:
    check_known(settings, SETTINGS_FILE)
    try:
        dossier, issuer = settings_table(settings, "dossier"), settings_table(settings, "issuer")
        tanggal_acuan, deadline = dossier["tanggal_acuan"], dossier.get("deadline")
        own_lang = language(str(dossier.get("language", "id")))
        if type(tanggal_acuan) is not date:  # a datetime is a date with an hour nobody asked for
            raise InputError("dossier.date", value=tanggal_acuan)
        if deadline is not None and type(deadline) is not date:
            raise InputError("dossier.deadline", value=deadline)
        return Dossier(
            name=name,
            root=root,
            region=find_region(str(dossier["region"])),
            period=name.partition("/")[2],
            previous_period=str(dossier.get("previous_period", "")),
            lang=language(lang) if lang else own_lang,
            own_lang=own_lang,
            tanggal_acuan=tanggal_acuan,
            simulated=bool(dossier.get("simulated", False)),
            method=str(dossier.get("method", "baku")),
            tkksd_members=members_asked(dossier, SETTINGS_FILE),
            issuer=Issuer(issuer["government"], issuer["unit"], issuer["place"]),
            offices=read_offices(root / "data" / name / OFFICES_FILE),
            deadline=deadline,
            determined_on=determined_on(settings),
            **schedule_of(settings),
        )
    except KeyError as missing:
        raise InputError("dossier.setting_missing", key=missing.args[0]) from missing
