"""A realistic paper of four pages: long office names, a wide table, two charts, every kind of block."""

import io
from dataclasses import replace
from functools import cache

from matplotlib import rc_context
from matplotlib.figure import Figure as Sheet

from ksd_toolkit.document import (
    Callout,
    Column,
    Document,
    Figure,
    Heading,
    Items,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Paragraph,
    Provenance,
    Run,
    Table,
    runs,
    strong,
)

BANNER = "DATA CONTOH: hasil simulasi, bukan keadaan sebenarnya"
TEAL, LIGHT_TEAL, ORANGE = "#0b4f57", "#5aa5a8", "#e08a2e"

PROPOSALS = (
    ("Rujukan pasien dan layanan ambulans lintas batas Kandangan-Rantau",
     "Dinas Kesehatan, Pengendalian Penduduk, dan Keluarga Berencana", "KSDD",
     "Kabupaten Tapin", "81,25", "I", "1-2"),
    ("Pengendalian kebakaran hutan dan lahan gambut di daerah aliran Sungai Negara",
     "Badan Penanggulangan Bencana Daerah", "KSDD", "Kabupaten Hulu Sungai Utara",
     "79,40", "I", "1-3"),
    ("Pasokan beras dan cabai untuk pengendalian inflasi",
     "Dinas Ketahanan Pangan dan Pertanian", "KSDD", "Kota Banjarmasin", "76,00", "I", "2-5"),
    ("Pengolahan sampah regional dengan teknologi bahan bakar alternatif",
     "Dinas Perumahan Rakyat, Kawasan Permukiman, dan Lingkungan Hidup", "KSDPK",
     "PT Contoh Semen Selatan", "73,10", "II", "3-6"),
    ("Perbaikan dan pemeliharaan jalan penghubung antarkabupaten",
     "Dinas Pekerjaan Umum dan Penataan Ruang", "KSDD", "Kabupaten Hulu Sungai Tengah",
     "71,85", "II", "4-7"),
    ("Layanan adminduk bersama bagi warga perbatasan",
     "Dinas Kependudukan dan Pencatatan Sipil", "KSDD", "Kabupaten Tapin", "70,20", "II", "4-8"),
    ("Paket wisata budaya Dayak Meratus dan bambu rafting Loksado",
     "Dinas Kepemudaan, Olahraga, dan Pariwisata", "KSDD", "Kabupaten Banjar",
     "68,00", "II", "5-9"),
    ("Pembelajaran vokasi dan magang guru kejuruan", "Dinas Pendidikan dan Kebudayaan",
     "KSDPK", "Politeknik Contoh Banua", "66,50", "II", "6-10"),
    ("Jaringan air minum antarkecamatan perbatasan",
     "Perusahaan Umum Daerah Air Minum melalui Bagian Perekonomian dan Sumber Daya Alam",
     "Sinergi", "Balai Prasarana Permukiman Wilayah", "63,75", "II", "7-11"),
    ("Pertukaran data kemiskinan ekstrem", "Dinas Sosial", "KSDD",
     "Kabupaten Hulu Sungai Tengah", "61,00", "II", "8-12"),
    ("Uji kendaraan dan terminal tipe B", "Dinas Perhubungan", "Sinergi",
     "Pemerintah Provinsi Kalimantan Selatan", "57,30", "III", "9-13"),
    ("Inkubasi usaha mikro dan kemasan produk purun",
     "Dinas Tenaga Kerja, Koperasi, Usaha Kecil Menengah, dan Perindustrian", "KSDPK",
     "Yayasan Contoh Banua", "55,55", "III", "10-13"),
    ("Sistem informasi arsip bersama", "Dinas Perpustakaan dan Kearsipan", "KSDD",
     "Kota Banjarbaru", "51,90", "III", "11-14"),
    ("Pelatihan penyuluh perikanan darat", "Dinas Perikanan", "KSDPK",
     "Universitas Contoh Mangkurat", "48,15", "III", "12-15"),
    ("Siaran radio bersama", "Dinas Komunikasi dan Informatika", "KSDD",
     "Kabupaten Tapin", "41,00", "ditunda", "13-15"),
)  # fmt: skip

REASONS = (
    "Dari 19 kerja sama yang ditetapkan pada 2025, tujuh tidak dapat ditindaklanjuti menjadi "
    "perjanjian kerja sama. Penyebab yang paling sering dicatat adalah tidak adanya pos anggaran pada "
    "tahun berjalan, disusul pergantian pejabat yang ditunjuk sebagai PPKSD dan belum adanya kesepahaman "
    "tentang siapa yang memelihara aset setelah kerja sama berakhir.",
    "Pengalaman itu menunjukkan bahwa kesiapan dokumen lebih menentukan daripada tingginya nilai. "
    "Usulan yang sudah memiliki kerangka acuan kerja dan rujukan rencana pembangunan berpeluang tiga kali "
    "lebih besar untuk sampai pada penandatanganan. Karena itu risalah ini memisahkan kesiapan dari "
    "kepentingan: yang penting tetapi belum siap diberi tenggat, bukan dicoret.",
    "Evaluasi periodik setiap semester diperlukan agar perjanjian yang tersendat segera diketahui. "
    "Pertanggungjawaban penyelenggaraannya berada pada perangkat daerah pemrakarsa, sedangkan Tim "
    "Koordinasi Kerja Sama Daerah menghimpun dan melaporkannya kepada Bupati.",
)


@cache
def sample_paper(lang: str = "id") -> Document:
    """The paper in Indonesian, or the same texts declared English."""
    return Document(
        title="Kerja Sama Daerah sebagai Pengungkit Pelayanan Dasar di Kabupaten Hulu Sungai Selatan",
        subtitle="Risalah kebijakan hasil pemetaan urusan pemerintahan tahun 2026",
        lang=lang,
        letterhead=Letterhead("Pemerintah Kabupaten Hulu Sungai Selatan", "Sekretariat Daerah"),
        place_and_date="Kandangan, 23 November 2026",
        banner=BANNER,
        running_foot=(
            "hulu-sungai-selatan/2026 · acuan 31 Agustus 2026 · 25 berkas, data 8c1f0a94e2b7 · "
            "metode baku 5d20c7fe91aa · ksd_toolkit 0.1.0"
        ),
        keywords=("kerja sama daerah", "KSD", "Hulu Sungai Selatan"),
        blocks=(*_opening(), *_findings(), *_priorities(), *_closing()),
    )


def without_banner(document: Document) -> Document:
    """The paper as it looks when its data are real."""
    return replace(document, banner="")


def _opening():
    return (
        Paragraph(
            runs(
                "Dari 48 usulan kerja sama yang disampaikan 25 perangkat daerah, 31 layak "
                "dilanjutkan dan tiga di antaranya menyangkut pelayanan dasar yang tidak dapat "
                "dipenuhi sendiri oleh kabupaten. Risalah ini menyarankan urutannya beserta alasan."
            ),
            lead=True,
        ),
        KeyFigures(
            (
                KeyFigure("48", "usulan dari 25 perangkat daerah", "2025: 37 usulan"),
                KeyFigure("31", "lolos semua syarat", "64,6 % usulan"),
                KeyFigure("3", "kelas I, siap dibahas di pleno"),
                KeyFigure("Rp12,4 miliar", "perkiraan biaya kelas I dan II"),
            )
        ),
        Heading(1, runs("Ringkasan untuk pimpinan")),
        Paragraph(
            runs(
                "Penyelenggaraan kerja sama daerah didasarkan pada pertimbangan efisiensi dan "
                "efektivitas pelayanan publik serta saling menguntungkan (",
                Run("Pasal 363 UU 23/2014", href="https://peraturan.go.id/id/uu-no-23-tahun-2014"),
                "). Pemetaan ini menanyakan kepada setiap perangkat daerah urusan apa yang ",
                strong("hanya dapat diselesaikan bersama daerah lain atau pihak ketiga"),
                ", lalu menilainya dengan 16 kriteria yang sama.",
            )
        ),
        Callout(
            "Yang perlu diputuskan rapat pleno",
            (
                runs("Menetapkan tiga usulan kelas I sebagai ", strong("prioritas 2027"), "."),
                runs("Menugaskan Bagian Pemerintahan menyiapkan kerangka acuan kerja sebelum 15 Januari 2027."),
                runs("Meminta data dasar kepada enam perangkat daerah yang nilainya belum lengkap."),
            ),
            listed=True,
        ),
        Callout(
            "Batas penafsiran",
            (
                runs(
                    "Nilai adalah pertimbangan, bukan keputusan. Usulan dengan cakupan jawaban di bawah "
                    "70 persen tidak diberi kelas."
                ),
            ),
            tone="warning",
        ),
    )  # fmt: skip


def _findings():
    return (
        Heading(1, runs("Apa yang ditemukan")),
        Heading(2, runs("Pelayanan dasar mendominasi")),
        Paragraph(
            runs(
                "Urusan wajib pelayanan dasar menyumbang lebih dari separuh usulan yang lolos. "
                "Ketergantungan pada layanan rujukan, jalan penghubung, dan penanggulangan bencana "
                "membuat kerja sama dengan Kabupaten Tapin dan Kabupaten Hulu Sungai Utara paling "
                "sering disebut. Pertanggungjawaban pendanaannya belum diatur dalam satu naskah pun."
            )
        ),
        Figure(
            "Usulan yang lolos menurut urusan dan jenis kerja sama",
            _bars(),
            "Diagram batang: kesehatan sembilan usulan, bencana tujuh, pangan enam.",
            "Kesehatan 9; bencana 7; pangan 6; jalan 4; adminduk 3; pariwisata 2.",
        ),
        Heading(2, runs("Urutan teratas kokoh, tengah rapat")),
        Paragraph(
            runs(
                "Sepuluh ribu kali penilaian ulang dengan bobot yang digeser menunjukkan bahwa tiga "
                "usulan teratas hampir tidak pernah bertukar tempat dengan yang lain, sedangkan "
                "peringkat 4 sampai 9 saling berdekatan dan sebaiknya dibaca sebagai satu kelompok."
            )
        ),
        Figure(
            "Rentang peringkat tujuh usulan teratas",
            _ranges(),
            "Diagram rentang: tiga usulan teratas selalu berada di peringkat 1 sampai 5.",
        ),
        Items(
            (
                runs(strong("Kesehatan: "), "rujukan pasien di perbatasan menempuh rata-rata 38 km."),
                runs(strong("Bencana: "), "titik api 2025 terkumpul di tiga kecamatan perbatasan."),
                runs(strong("Pangan: "), "cabai dan beras menyumbang dua pertiga inflasi bulanan."),
            )
        ),
    )  # fmt: skip


def _priorities():
    titles = (
        ("Per.", "right", 0.0), ("Usulan", "left", 3.3), ("Perangkat daerah", "left", 2.6),
        ("Jenis", "left", 0.0), ("Calon mitra", "left", 2.0), ("Nilai", "right", 0.0),
        ("Kelas", "center", 0.0),
    )  # fmt: skip
    return (
        Heading(1, runs("Skala prioritas")),
        Paragraph(
            runs(
                "Tabel berikut memuat 15 usulan dengan nilai tertinggi. Usulan yang nilainya sama "
                "ditampilkan seri; kelas ",
                Run("ditunda", "emphasis"),
                " berarti dinilai kembali pada pemetaan berikutnya.",
            )
        ),
        Table(
            "Lima belas usulan dengan nilai tertinggi",
            tuple(Column(title, align, width) for title, align, width in titles),
            tuple((str(rank), *proposal[:6]) for rank, proposal in enumerate(PROPOSALS, start=1)),
            "Nilai 0-100. Peringkat dihitung dari nilai yang dibulatkan dua angka di belakang koma.",
            row_header=1,
        ),
        Callout(
            "",
            (
                runs(
                    "“Kami mengusulkan ini tiga tahun berturut-turut; yang kurang selama ini bukan "
                    "kemauan, melainkan naskah yang siap ditandatangani.”"
                ),
                runs("Seorang PPKSD dalam wawancara pemetaan"),
            ),
            tone="quote",
        ),
        Heading(2, runs("Biaya dan manfaat kelas I")),
        Paragraph(
            runs(
                "Biaya dihitung dari isian perangkat daerah dan belum diuji terhadap standar harga "
                "satuan. Bagian daerah mengikuti jumlah penduduk yang dilayani sebagai pengandaian; "
                "undang-undang tidak menetapkan rumusnya, sehingga pembagian akhir tetap menjadi "
                "bahan perundingan dalam perjanjian kerja sama. Ketidakpastian terbesar terletak pada "
                "biaya pengendalian kebakaran hutan dan lahan, yang bergantung pada panjang musim "
                "kemarau dan pada kesediaan kabupaten tetangga menanggung pos bersama."
            )
        ),
        Table(
            "Perkiraan biaya usulan kelas I",
            (
                Column("Usulan", width=3.0),
                Column("Biaya (Rp juta)", "right"),
                Column("Bagian daerah", "right"),
                Column("Warga terlayani", "right"),
            ),
            (
                ("Rujukan pasien dan ambulans", "4.250,0", "55,0 %", "231.400"),
                ("Kebakaran hutan dan lahan", "5.900,0", "40,0 %", "118.250"),
                ("Pasokan beras dan cabai", "2.250,0", "62,5 %", "243.100"),
            ),
        ),
    )


def _closing():
    return (
        Heading(1, runs("Mengapa kerja sama sering tidak berlanjut")),
        *(Paragraph(runs(text)) for text in REASONS),
        Heading(1, runs("Langkah berikut")),
        Items(
            (
                runs("Rapat pleno TKKSD membahas daftar ini dan mencatat setiap perubahan beserta alasannya."),
                runs("Hasilnya dituangkan dalam Berita Acara dan ditetapkan dengan Keputusan Bupati."),
                runs("Calon mitra kelas I disurati paling lambat 30 hari setelah penetapan."),
            ),
            "number",
        ),
        Heading(2, runs("Syarat kelengkapan usulan")),
        Items(
            (runs("kerangka acuan kerja;"), runs("bukti kebutuhan;"), runs("dua orang PPKSD.")),
            "letter",
        ),
        Callout(
            "Sudah dipenuhi",
            (runs("Seluruh 25 perangkat daerah mengembalikan kuesioner sebelum 31 Agustus 2026."),),
            tone="success",
        ),
        Paragraph(
            runs(
                "Perintah ", Run("ksd run hulu-sungai-selatan/2026", "code"),
                " membuat risalah ini kembali dari jawaban yang sama.",
            )
        ),
        Provenance(
            "hulu-sungai-selatan/2026, tanggal acuan 31 Agustus 2026, metode baku.",
            (
                ("kuesioner/Kuesioner KSD 2026 - DINKES.xlsx", "8c1f0a94e2b7" * 5 + "abcd", "12"),
                ("kuesioner/Kuesioner KSD 2026 - BPBD.xlsx", "5d20c7fe91aa" * 5 + "abcd", "9"),
                ("tkksd.xlsx", "0123456789ab" * 5 + "abcd", "1.024"),
            ),
        ),
    )  # fmt: skip


def _bars():
    names = ("Kesehatan", "Bencana", "Pangan", "Jalan", "Adminduk", "Pariwisata")
    sheet = Sheet(figsize=(6.3, 2.5), layout="constrained")
    axes = sheet.add_subplot()
    axes.barh(names, (7, 5, 4, 4, 3, 1), color=TEAL, label="KSDD")
    axes.barh(names, (2, 2, 2, 0, 0, 1), left=(7, 5, 4, 4, 3, 1), color=ORANGE, label="KSDPK")
    axes.invert_yaxis()
    axes.legend(frameon=False, loc="lower right")
    axes.spines[["top", "right", "left"]].set_visible(False)
    return _svg(sheet)


def _ranges():
    sheet = Sheet(figsize=(6.3, 2.3), layout="constrained")
    axes = sheet.add_subplot()
    for rank, proposal in enumerate(PROPOSALS[:7], start=1):
        low, high = (int(part) for part in proposal[6].split("-"))
        axes.plot((low, high), (rank, rank), color=LIGHT_TEAL, linewidth=5, solid_capstyle="round")
        axes.plot(rank, rank, "o", color=TEAL)
    axes.invert_yaxis()
    axes.set_yticks(range(1, 8), [proposal[0][:34] for proposal in PROPOSALS[:7]])
    axes.spines[["top", "right", "left"]].set_visible(False)
    return _svg(sheet)


def _svg(sheet):
    buffer = io.StringIO()
    with rc_context({"svg.hashsalt": "ksd_toolkit", "svg.fonttype": "path", "font.size": 8.5}):
        sheet.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()
