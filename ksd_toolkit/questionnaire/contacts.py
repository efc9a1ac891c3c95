"""Numbers and addresses of persons: whole, or refused. What is wrong is told without repeating them.

Source:
    NIP: 18 digits (date of birth, of appointment, sex, sequence). Telephone: at most 15 digits
    (ITU-T E.164).
"""

import re
import unicodedata
from typing import Final

from ksd_toolkit.questionnaire.cells import Manner, Note, Parsed, Raw, unreadable
from ksd_toolkit.questionnaire.form import Field

EXACT_DIGITS: Final = 15  # a spreadsheet keeps no more digits of a number
_NIP_DIGITS: Final = 18
_NIP_WORD: Final = re.compile(r"\s*nip\b[\s.:]*", re.I)
_PHONE_DIGITS: Final = range(7, 16)
_BETWEEN: Final = re.compile(r"[\s.'\u2019-]")
_PHONE: Final = re.compile(r"\+?[\d\s().-]+")
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+")


def read_nip(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """A civil servant's number, without the spaces between its groups and the word before it."""
    if digits_lost(raw):
        return unreadable("cell.digits_lost", text)
    plain = _BETWEEN.sub("", _NIP_WORD.sub("", unicodedata.normalize("NFKC", text)))
    if len(plain) == _NIP_DIGITS and plain.isascii() and plain.isdigit():
        return Parsed(plain)
    digits = sum(mark.isdigit() for mark in plain)
    if digits == _NIP_DIGITS:
        return unreadable("cell.nip_with_text", text)
    return unreadable("cell.nip", text, digits=digits)


def read_phone(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """A telephone number as written; a number cell has lost its leading zero."""
    digits = sum(mark.isdigit() for mark in text)
    if not _PHONE.fullmatch(text) or digits not in _PHONE_DIGITS:
        return unreadable("cell.phone", text, digits=digits)
    is_number = isinstance(raw, int | float)
    return Parsed(text, notes=(Note("cell.zero_lost"),) if is_number else ())


def read_email(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """One e-mail address as written."""
    return Parsed(text) if _EMAIL.fullmatch(text) else unreadable("cell.email", text)


def digits_lost(raw: Raw) -> bool:
    """Whether a number is so long that the spreadsheet no longer knows its last digits."""
    is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
    return is_number and abs(raw) >= 10**EXACT_DIGITS  # type: ignore[operator,arg-type]
