"""A decree with everything a formal paper can hold, its annexes in both orientations."""

from ksd_toolkit.document import (
    Annex,
    Callout,
    Clause,
    Clauses,
    Column,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Particulars,
    References,
    Run,
    Signatory,
    Signatures,
    Style,
    Table,
    refer,
    runs,
    strong,
)

WATERMARK = "RANCANGAN"
BANNER = "DATA CONTOH: hasil simulasi, bukan keadaan sebenarnya"
LAW = "PP 28/2018 Pasal 5 ayat (1)"
COLUMNS = (
    ("No", 0, "integer"), ("Program/kegiatan kerja sama", 3, "text"), ("Urusan", 1.6, "text"),
    ("Perangkat daerah", 2.2, "text"), ("Jenis", 0, "text"), ("Calon mitra", 2, "text"),
    ("Lokasi", 1.4, "text"), ("Tahun", 0, "text"), ("Indikator dan target", 2.2, "text"),
    ("Pembiayaan (Rp juta)", 0, "decimal"), ("Dokumen yang disiapkan", 1.5, "text"),
    ("Perlu DPRD", 0, "text"),
)  # fmt: skip
ROW = (
    "Pengendalian kebakaran hutan dan lahan gambut di daerah aliran Sungai Negara",
    "1.05 Ketenteraman, ketertiban umum, dan pelindungan masyarakat",
    "Dinas Tenaga Kerja, Koperasi, Usaha Kecil Menengah, dan Perindustrian", "KSDD wajib",
    "Kabupaten Hulu Sungai Utara", "Kecamatan Daha Selatan dan Daha Utara", "2027\u20132029",
    "Luas lahan terbakar turun dari 214 ha menjadi 60 ha", "4.250,0",
    "Kesepakatan Bersama, Perjanjian Kerja Sama", "ya",
)  # fmt: skip
COSTS = ("4.250,0", "5.900", "312,75", "belum dihitung")


def annex_table(rows):
    """Annex I of a decree: twelve columns, costs with none, one and two decimals."""
    return Table(
        "Rencana program dan kegiatan kerja sama daerah",
        tuple(
            Column(title, "right" if kind in {"integer", "decimal"} else "left", width, kind)
            for title, width, kind in COLUMNS
        ),
        tuple(
            (str(n + 1), *ROW[:8], COSTS[n % len(COSTS)], *ROW[9:]) for n in range(rows)
        ),
        note="Biaya menurut isian perangkat daerah, belum diuji terhadap standar harga satuan.",
        source="Sumber: daftar prioritas hasil rapat pleno.",
        anchor="daftar",
    )  # fmt: skip


def decree(rows=24, paper="F4", layout="formal", banner=BANNER, watermark=WATERMARK):
    """The decree; `rows` in its first annex."""
    return Document(
        title="Keputusan Bupati Hulu Sungai Selatan tentang Penetapan Rencana Program dan Kegiatan "
        "Kerja Sama Daerah Tahun 2027",
        subtitle="Nomor 100.3.7/       /TKKSD/2026",
        lang="id",
        letterhead=Letterhead(
            "Pemerintah Kabupaten Hulu Sungai Selatan",
            "Sekretariat Daerah",
            ("Jalan Pangeran Antasari Nomor 1, Kandangan 71211", "Telepon (0517) 21001"),
        ),
        place_and_date="Kandangan, 23 November 2026",
        banner=banner,
        watermark=watermark,
        running_foot="hulu-sungai-selatan/2026 · acuan 31 Agustus 2026 · data 8c1f0a94e2b7",
        style=Style(layout, paper),
        contents=layout == "policy",
        blocks=(*_body(), *_annexes(rows)),
    )


def _body():
    return (
        Particulars((("Hari, tanggal", runs("Senin, 23 November 2026")), ("Tempat", runs("Aula")))),
        Clauses(
            (
                Clause(
                    "Menimbang",
                    (
                        runs(
                            "bahwa daerah melakukan pemetaan urusan pemerintahan",
                            Run("", footnote=LAW, cites="pp28-5-1"),
                            " sesuai potensi dan karakteristiknya;",
                        ),
                        runs(
                            "bahwa hasil rapat pleno dituangkan dalam Berita Acara",
                            Run("", footnote=LAW, cites="pp28-5-1"),
                            ";",
                        ),
                    ),
                    "letter",
                ),
                Clause(
                    "Mengingat",
                    (
                        runs("Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;"),
                        runs("Peraturan Pemerintah Nomor 28 Tahun 2018 tentang Kerja Sama Daerah;"),
                    ),
                    "number",
                ),
                Clause("", (runs(strong("MEMUTUSKAN:")),)),
                Clause("Menetapkan", (runs("Keputusan Bupati tentang Penetapan Rencana."),)),
                Clause("KESATU", (runs("Menetapkan rencana dalam ", refer("lampiran-1"), "."),)),
                Clause("KEDUA", (runs("Daftarnya ada dalam ", refer("daftar"), "."),)),
            )
        ),
        Signatures(
            (Signatory("BUPATI HULU SUNGAI SELATAN,"),),
            ("Ditetapkan di Kandangan", "pada tanggal"),
            electronic=True,
        ),
        Heading(1, runs("Keterangan"), new_page=True),
        Paragraph(runs("Dasarnya", Run("", footnote=LAW, cites="pp28-5-1"), " sama.")),
        Callout("Perlu diperhatikan", (runs("Naskah ini rancangan."),), "warning"),
        Heading(1, runs("Rujukan")),
        References(),
    )


def _annexes(rows):
    about = ("Keputusan Bupati Hulu Sungai Selatan", "Nomor 100.3.7/       /TKKSD/2026")
    return (
        Annex("Lampiran I", "Daftar kerja sama", about, landscape=True, anchor="lampiran-1"),
        annex_table(rows),
        Annex("Lampiran II", "Yang menandatangani", about),
        Paragraph(runs("Yang hadir menyetujui daftar ini.")),
        Signatures(
            (
                Signatory("Ketua TKKSD Kabupaten Hulu Sungai Selatan,", "H. Contoh, M.Si.", "NIP 1"),
                Signatory("Sekretaris TKKSD,"),
                Signatory("Kepala Badan Perencanaan Pembangunan Daerah,"),
                Signatory("Kepala Dinas Kesehatan,"),
            ),
            ("Kandangan, 23 November 2026",),
        ),
    )  # fmt: skip
