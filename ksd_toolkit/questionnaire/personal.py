"""Tell personal data apart: by what a question is called, and by what a text looks like.

When in doubt it is personal. A question an office adds counts as such by its name alone, whether or
not somebody thought of writing `pii = yes` beside it.
"""

import re
from collections.abc import Iterator
from typing import Final

from ksd_toolkit.questionnaire.form import Field

_PERSONAL_WORDS: Final = frozenset(
    {
        "nip", "nik", "ktp", "npwp", "hp", "ponsel", "handphone", "telepon", "telpon", "telp", "tlp",
        "tel", "phone", "mobile", "email", "mail", "surel", "wa", "whatsapp", "kontak", "contact",
        "pic", "narahubung",
    }
)  # fmt: skip
_PERSONAL_PAIRS: Final = (
    (
        frozenset({"nama", "name"}),
        frozenset({"pic", "ppksd", "pejabat", "petugas", "penghubung", "pengisi", "responden",
                   "kepala", "ketua", "pegawai", "operator", "staf", "lengkap", "orang", "person",
                   "officer", "liaison", "full"}),
    ),
    (frozenset({"tanggal", "tgl", "tempat", "date"}), frozenset({"lahir", "birth"})),
    (frozenset({"alamat", "address"}), frozenset({"rumah", "pribadi", "home"})),
    (frozenset({"no", "nomor"}), frozenset({"rekening"})),
    (frozenset({"induk"}), frozenset({"kependudukan", "penduduk", "pegawai"})),
)  # fmt: skip
_PERSONAL_FORMATS: Final = frozenset({"nip", "phone", "email"})
_WORDS: Final = re.compile(r"[^\W\d_]+")
_PARTICULARS: Final = frozenset(
    {"nama", "nip", "nik", "kontak", "hp", "telepon", "email", "surel"}
)  # fmt: skip

NIP: Final = r"(?<![\w.])(?:\d{18}|\d{16}|\d{8}[ .]\d{6}[ .]\d[ .]\d{3})(?!\w|\.\d)"
"""A civil servant's number or an identity number, at one go or in its usual groups.

Source:
    NIP: 8 digits date of birth, 6 of appointment, 1 sex, 3 sequence (PP 11/2017's implementing
    rules; not verified). It tells birth date and sex, and so is personal in itself.
"""
PHONE: Final = (
    r"(?<![\w+.])(?:\+62[ .-]?|0|(?<=wa\.me/)62)(?=8(?:[ .-]?\d){8,12})8\d{1,3}(?:[ .-]?\d{2,5}){2,3}(?!\w)"
    r"|(?<!\w)\(0\d{2,3}\)[ ]?\d{3,4}[ -]?\d{2,4}(?!\w)"
)
EMAIL: Final = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
_NUMBERS: Final = re.compile(f"{NIP}|{PHONE}")
_ADDRESSES: Final = re.compile(EMAIL)
_JOINTS: Final = str.maketrans("_", " ")  # `dinkes_197801152005011001.xlsx` holds a number, too
_SHORTEST: Final = 6  # `a@b.id`


def is_personal(question: Field) -> bool:
    """Whether the answers to a question are personal data: marked so, or called so."""
    return question.pii or question.format in _PERSONAL_FORMATS or looks_personal(question.name)


def looks_personal(name: str) -> bool:
    """Whether a question or a heading of this name asks for personal data: `nama_pic`, `No. HP`.

    Source:
        UU 27/2022 art. 4 (secondary source): names and data that together identify a person.
    """
    words = {word.casefold() for word in _WORDS.findall(name.replace("e-mail", "email"))}
    return bool(words & _PERSONAL_WORDS) or any(
        words & first and words & second for first, second in _PERSONAL_PAIRS
    )


def personal_places(text: str) -> Iterator[tuple[int, int]]:
    """Where a text holds a number of a person, a telephone number or an e-mail address."""
    if len(text) < _SHORTEST:
        return
    if "@" in text:
        yield from (match.span() for match in _ADDRESSES.finditer(text))
    yield from (match.span() for match in _NUMBERS.finditer(text.translate(_JOINTS)))


def holder_of(field: str) -> tuple[str, str]:
    """Whose a personal field is and what it says of them: `ppksd_1_nama` is `("ppksd_1", "nama")`."""
    stem, _, last = field.rpartition("_")
    if stem and last.casefold() in _PARTICULARS:
        return stem, last.casefold()
    return field, "lain"
