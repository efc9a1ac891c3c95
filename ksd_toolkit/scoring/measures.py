"""The figures a brief argues with: one named number each, so that wording can live in tables."""

from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.overview import overview
from ksd_toolkit.scoring.ranking import Ranking

_FIRST, _SECOND = "I", "II"


def measures(ranking: Ranking) -> dict[str, int]:
    """Counts by name, used by `knowledge/actions.toml` and by the brief's sentences."""
    return dict(remembered("measures", None, ranking, lambda: _counted(ranking)))


def _counted(ranking: Ranking) -> dict[str, int]:
    seen = overview(ranking.register)
    table = ranking.table
    naskah = ranking.register.table("naskah")
    acuan = ranking.register.dossier.tanggal_acuan
    running = naskah["status"].isin(["berlaku", "diperpanjang"]) & (
        naskah["berakhir"].isna() | (naskah["berakhir"].dt.date >= acuan)
    )
    scored = ranking.register.nilai["skor"].dropna()
    return {
        "offices_asked": seen.offices_asked,
        "offices_answered": seen.offices_answered,
        "silent_offices": len(seen.silent),
        "short_of_liaisons": len(seen.short_of_liaisons),
        "usulan": seen.usulan,
        "ksd": seen.ksd,
        "not_ksd": seen.not_ksd,
        "unclear": seen.unclear,
        "ranked": len(table),
        "stopped": len(ranking.excluded),
        "stopped_ksd": int((ranking.excluded["jenis"] != "BUKAN").sum()),
        "class_one": int((table["class_name"] == _FIRST).sum()),
        "class_two": int((table["class_name"] == _SECOND).sum()),
        "no_class": int((table["class_name"] == "-").sum()),
        "raised": int((table["class_change"] == "floor").sum()),
        "capped": int((table["class_change"] == "cap").sum()),
        "mandatory": int((table["jenis"] == "KSDD-W").sum()),
        "third_party_priority": int(
            ((table["family"] == "KSDPK") & table["class_name"].isin([_FIRST, _SECOND])).sum()
        ),
        "review": int((table["gate"] == "review").sum()),
        "unscored_by_tkksd": int((table["tkksd"] != "lengkap").sum()),
        "incomplete": int((table["coverage"] < 1).sum()),
        "scores": len(scored),
        "agreements_running": int(running.sum()),
        "errors": sum(problem.severity == "error" for problem in ranking.register.problems),
        "warnings": sum(problem.severity == "warning" for problem in ranking.register.problems),
    }
