"""Write docs/how-to/agreement-tables.md: every column of the agreement tables and what it may hold.

    python scripts/make_agreement_tables.py

The columns and choices come from the form `ksd_toolkit/knowledge/form/evaluasi.md`.
"""

from pathlib import Path
from typing import Final

from ksd_toolkit.questionnaire import Field, Form, read_form
from ksd_toolkit.scoring.jenis_table import type_codes

PROJECT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = PROJECT / "docs" / "how-to" / "agreement-tables.md"
_KINDS: Final = {
    "text": "teks", "integer": "bilangan bulat", "decimal": "bilangan", "date": "tanggal, mis. 2026-08-17",
}  # fmt: skip
_LONG: Final = 20  # choices; more are named by their source
_OPENING: Final = """\
# Tabel naskah, tahapan, monev, dan capaian

Empat tabel di folder dosir menyimpan kerja sama yang sudah berjalan: `naskah.csv`, `tahapan.csv`,
`monev.csv`, dan `capaian.csv`, atau empat lembar buku kerja `naskah.xlsx`
([cara menyimpannya](agreement-register.md)). Judul kolomnya kata pada lajur pertama. Pilihan ditulis dengan
kodenya (`badan_usaha`) atau dengan labelnya (Badan usaha swasta). Sel boleh kosong kecuali disebut
wajib. Halaman ini dibuat oleh `scripts/make_agreement_tables.py` dan dijaga oleh sebuah uji;
jangan disunting.

*The four tables of running cooperation, each column with what it may hold: a code or its label.
This page is generated; a test keeps it true.*

**Jenis kerja sama.** Pada `naskah.csv` kerja sama dengan pihak ketiga selalu `KSDPK`. Pada
`jenis_ditetapkan.csv`, tempat rapat pleno menetapkan jenis sebuah usulan, jenisnya dirinci:
{types}.
"""


def page_text() -> str:
    """The page."""
    form = read_form("evaluasi")
    types = ", ".join(f"`{code}`" for code in type_codes() if code != "BELUM")
    return _OPENING.format(types=types) + "".join(_table(form, spec.name) for spec in form.tables)


def _table(form: Form, name: str) -> str:
    """One table of the form as a table of the page."""
    spec = form.table(name)
    rows = "".join(
        f"| `{field.name}` | {_cell(field.label('id'))} | {'wajib' if field.required else ''} | {_allowed(field)} |\n"
        for field in spec.fields
    )
    return f"\n## `{name}.csv`\n\n| Kolom | Artinya | | Boleh diisi |\n|---|---|---|---|\n{rows}"


def _allowed(field: Field) -> str:
    """The values a column may hold, or the kind of its answers."""
    if len(field.choices) > _LONG:
        return f"kode urusan, mis. `{field.choices[0].code}`; semuanya di [`urusan.csv`](../../ksd_toolkit/knowledge/urusan.csv)"
    if field.choices:
        return "; ".join(f"`{c.code}` {_cell(c.labels['id'])}" for c in field.choices)
    kind = "periode" if field.format == "period" else _KINDS[field.type]
    hint = field.hints.get("id", "")
    return _cell(f"{kind}. {hint}" if hint else kind)


def _cell(text: str) -> str:
    """A text inside a table cell."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page_text(), encoding="utf-8")
