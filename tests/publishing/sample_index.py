"""Indexes of a period to look at: three regions by hand, one of every hostile text, none, and all 514."""

from hostile_texts import OWN, shared_texts

from ksd_toolkit.publishing.index_page import (
    STATUSES,
    IndexedPaper,
    IndexedRegion,
    IndexedRollup,
    PeriodIndex,
)
from ksd_toolkit.regions import all_regions, find_region

FOLDER = "hulu-sungai-selatan/2026"
MANY = (
    "policy-brief", "preparation", "answers", "priorities", "partners", "policy-brief-short", "evaluation",
    "leader-summary", "invitation", "schedule", "completeness", "potential-map", "long-list",
)  # fmt: skip


def paper(name, title, lang, folder, *forms):
    return IndexedPaper(name, title, lang, {form: f"{folder}/{name}.{form}" for form in forms})


HSS = IndexedRegion(
    FOLDER, "63.06", "Kabupaten Hulu Sungai Selatan", "Provinsi Kalimantan Selatan", "made", "", "c942a92ac1b1",
    (
        paper("answers", "Jawaban perangkat daerah", "id", FOLDER, "html", "pdf", "ipynb"),
        paper("policy-brief", "Policy brief", "id", FOLDER, "html", "pdf", "docx", "xlsx"),
        paper("policy-brief", "Policy brief", "en", f"{FOLDER}/en", "html", "pdf"),
        paper("evaluation", "Evaluation report", "en", f"{FOLDER}/en", "pdf"),
    ),
    {"sources": 53, "rows": 9355},
)  # fmt: skip
TAPIN = IndexedRegion(
    "tapin/2026", "63.05", "Kabupaten Tapin", "Provinsi Kalimantan Selatan", "partial",
    "2 berkas ditolak.", "0123456789ab",
    (paper("ranking", "Peringkat usulan", "id", "tapin/2026", "xlsx"),), {"sources": 4}, "2 files were refused.",
)  # fmt: skip
BALIKPAPAN = IndexedRegion(
    "balikpapan/2026", "64.71", "Kota Balikpapan", "Provinsi Kalimantan Timur", "missing",
    "Belum dijalankan: ksd run balikpapan/2026.", "", (), {}, "Not run yet: ksd run balikpapan/2026.",
)  # fmt: skip
THREE = PeriodIndex("2026", "2026-08-31", True, "0.1.0", (TAPIN, HSS, BALIKPAPAN))
ROLLUPS = (
    IndexedRollup("", (paper("roll-up", "Indonesia", "id", "rekap/2026", "html", "pdf"),)),
    IndexedRollup("63", (
        paper("roll-up", "Provinsi Kalimantan Selatan", "id", "rekap-63/2026", "html"),
        paper("roll-up", "Provinsi Kalimantan Selatan", "en", "rekap-63/2026/en", "pdf"),
    )),
)  # fmt: skip
EMPTY = PeriodIndex("2026-S1", "", False, "0.1.0", ())


def payloads():
    return [*OWN, *(text for texts in shared_texts().values() for text in texts)]


def hostile():
    """A region per text, which is its name, province, remark, title and the name of its file."""
    regions = [
        IndexedRegion(
            text, "63.06" if number % 2 else text, text, text, STATUSES[number % len(STATUSES)], text, text,
            (
                IndexedPaper("policy-brief", text, "id", {"html": text, "pdf": f"x/{text}.pdf"}),
                IndexedPaper(text, text, "en", {"docx": text}),
            ),
            {"sources": number}, text,
        )
        for number, text in enumerate(payloads())
    ]  # fmt: skip
    rollups = tuple(
        IndexedRollup("63", (IndexedPaper("roll-up", text, "en", {"html": text, "pdf": f"x/{text}.pdf"}),))
        for text in payloads()
    )  # fmt: skip
    return PeriodIndex("2026", "2026-08-31", True, "0.1.0", tuple(regions), rollups)


def everywhere():
    """Every regency and city with thirteen papers in four forms."""
    cities = [region for region in all_regions() if not region.is_province]
    return PeriodIndex(
        "2026", "2026-08-31", False, "0.1.0",
        tuple(
            IndexedRegion(
                f"d-{city.code}/2026", city.code, city.name, find_region(city.province).name, STATUSES[number % len(STATUSES)],
                "Dua berkas ditolak." if number % 5 else "", "c942a92ac1b1",
                tuple(paper(name, name, "id", f"{city.short_name.lower()}/2026", "html", "pdf", "docx", "xlsx") for name in MANY),
                {"sources": 53, "rows": 9355},
            )
            for number, city in enumerate(cities)
        ),
    )  # fmt: skip
