"""Capacities of those who sign are Indonesian in an English paper, too: no word of them is hyphenated."""

from datetime import date

from readings import pdf_pages

from ksd_toolkit.document import Document, Letterhead, Signatory, Signatures
from ksd_toolkit.publishing.pdf import pdf_bytes

SIGN = ("Sekretaris Daerah selaku Ketua TKKSD", "Sekretaris TKKSD", "For the offices")


def test_a_capacity_is_broken_between_words_only():
    blocks = (Signatures(tuple(Signatory(one) for one in SIGN)),)
    head = Letterhead("Pemerintah Kabupaten", "TKKSD")
    for width in ("Sekretaris Daerah selaku", "Pejabat Sekretaris Daerah selaku"):
        signed = (Signatures((Signatory(f"{width} Ketua TKKSD"), *blocks[0].people[1:])),)
        paper = Document("Attendance", "", "en", head, "Kandangan", signed)
        text = "".join(pdf_pages(pdf_bytes(paper, date(2026, 8, 31))))
        assert "\u00ad" not in text
        assert all(word in text.split() for word in ("Ketua", "TKKSD", "selaku"))
