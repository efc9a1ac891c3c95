"""The TKKSD of a simulated region: its members, what it did in the year, and the record of its plenary."""

from datetime import date
from typing import Final

from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.simulation.agreement_rows import Row
from ksd_toolkit.simulation.begun import workday
from ksd_toolkit.simulation.candidates import forum_day, forum_name
from ksd_toolkit.simulation.knowledge import shares
from ksd_toolkit.simulation.region_plan import RegionPlan

_ORDINALS: Final = ("Pertama", "Kedua", "Ketiga", "Keempat", "Kelima")
_PLENARY_MONTH, _PLENARY_DAYS = 8, (10, 26)
_LEVELS: Final = {"a": 3.8, "b": 3.3, "c": 4.0, "d": 3.6}  # how members see the four policy options
_PLENARY: Final = """\
# Catatan rapat pleno TKKSD {region} {year} (data simulasi).

[rapat]
nomor = ""
tanggal = {day}
tempat = "Ruang rapat Sekretariat Daerah"
mulai = "09.00"
selesai = "12.00"
ketua = "Sekretaris Daerah selaku Ketua TKKSD"
sekretaris = "Kepala Bagian Tata Pemerintahan selaku Sekretaris TKKSD"
agenda = [
  "Pemaparan hasil pemetaan dan urutan hitungan",
  "Penetapan daftar prioritas untuk diusulkan kepada kepala daerah",
]
"""


def member_rows() -> list[Row]:
    """The rows of `anggota_tkksd.csv`: posts, and placeholders for names."""
    return [
        {
            "penilai": f"TKKSD-{number}",
            "jabatan": member["jabatan"],
            "instansi": "Sekretariat Daerah",
            "peran": member["peran"],
            "suara": "ya",
            "nama": f"Pejabat Contoh {_ORDINALS[number - 1]}",
        }
        for number, member in enumerate(shares()["member"], start=1)
    ]


def plenary_day(plan: RegionPlan, usulan: int) -> date | None:
    """The day of the plenary, where there was one: it needs something to discuss."""
    draws = plan.draws.of(plan.period, "pleno")
    if not usulan or not draws.happens(shares()["meetings"]["plenary"], "diadakan"):
        return None
    return workday(date(plan.year, _PLENARY_MONTH, draws.whole(*_PLENARY_DAYS, "hari")))


def plenary_text(plan: RegionPlan, day: date) -> str:
    """The text of `pleno.toml`: who was present; the order reckoned was agreed to."""
    names = [row["penilai"] for row in member_rows()]
    parts = [_PLENARY.format(region=plan.region.name, year=plan.year, day=day)]
    parts += [f'[[hadir]]\npenilai = "{name}"\n' for name in _present(plan, names)]
    return "\n".join(parts)


def activity_rows(plan: RegionPlan, plenary: date | None) -> list[Row]:
    """The rows of `kegiatan_tkksd.csv` in the order of their days."""
    draws, members = plan.draws.of(plan.period, "kegiatan"), len(shares()["member"])
    rows = [_decree(plan)]
    for one in shares()["activity"]:
        if draws.happens(one["share"], one["nama"]):
            day = workday(date(plan.year, one["month"], draws.whole(5, 25, one["nama"], "hari")))
            present = draws.whole(2, members, one["nama"], "hadir")
            name = f"{one['nama']} {plan.year}"
            rows.append(_held(day, one["jenis"], name, one["hasil"], present))
    if forum := forum_day(plan):
        rows.append(_held(forum, "forum", forum_name(plan), "Minat calon mitra dicatat", members))
    if plenary:
        present = len(_present(plan, [row["penilai"] for row in member_rows()]))
        name = f"Rapat pleno pemetaan {plan.year}"
        rows.append(_held(plenary, "rapat_pleno", name, "Daftar prioritas disepakati", present))
    return sorted(rows, key=lambda row: row["tanggal"])


def _decree(plan: RegionPlan) -> Row:
    """The decree that set up the TKKSD, two years ago."""
    draws = plan.draws.of(plan.period, "kegiatan")
    day = workday(date(plan.year - 2, 2, draws.whole(1, 28, "sk")))
    return {
        "tanggal": day.isoformat(),
        "jenis": "sk_tkksd",
        "nama": f"Pembentukan TKKSD {plan.region.name} (contoh)",
        "nomor": f"188.45/{draws.whole(10, 400, 'nomor')}/{day.year} (contoh)",
        "sumber": "Keputusan kepala daerah (data contoh)",
    }


def option_rows(plan: RegionPlan) -> list[Row]:
    """The rows of `nilai_opsi.csv`: what the members think of the four policy options."""
    draws = plan.draws.of(plan.period, "opsi")
    if not draws.happens(shares()["meetings"]["options"], "dinilai"):
        return []
    asked = read_form("kelembagaan").table("nilai_opsi")
    return [
        {
            "opsi": option.code,
            "kriteria": criterion.code,
            "penilai": row["penilai"],
            "skor": str(_score(_LEVELS[option.code] + draws.wobble(1.6, option.code, criterion.code, row["penilai"]))),
            "alasan": "",
        }
        for option in asked.field("opsi").choices
        for criterion in asked.field("kriteria").choices
        for row in member_rows()
    ]  # fmt: skip


def _score(level: float) -> int:
    return min(5, max(1, round(level)))


def _present(plan: RegionPlan, names: list[str]) -> list[str]:
    """Who came to the plenary; its chairman and secretary always do."""
    draws, share = plan.draws.of(plan.period, "pleno"), shares()["meetings"]["present"]
    needed = {names[0], names[2]}
    return [name for name in names if name in needed or draws.happens(share, name, "hadir")]


def _held(day: date, kind: str, name: str, outcome: str, present: int) -> Row:
    return {
        "tanggal": day.isoformat(),
        "jenis": kind,
        "nama": name,
        "nomor": "",
        "diundang": str(len(shares()["member"])),
        "hadir": str(present),
        "hasil": outcome,
        "sumber": "Notulen rapat (data contoh)",
    }
