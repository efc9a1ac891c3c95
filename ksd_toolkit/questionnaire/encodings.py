"""The letters of a text file whose encoding nobody wrote down: by mark, by pattern, by exclusion."""

import codecs
from dataclasses import dataclass
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES: Final = 4_096
_MANY: Final = (
    0.3  # of every second byte: text of our languages in UTF-16 has nearly all of them NUL
)
_FEW: Final = 0.05
_WINDOWS: Final = "cp1252"
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\x0b\x0c\x1a\x1e\x1f")
_MISREAD_STARTS: Final = frozenset(
    bytes([byte]).decode(_WINDOWS, "replace") for byte in range(0xC2, 0xF5)
)  # how the first byte of a UTF-8 letter looks when it is read as Windows text


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, and whether its encoding is only the likeliest one."""

    text: str
    guessed: bool = False


def decoded(content: bytes) -> Decoded | None:
    """The text in `content`; None where it is no text.

    A mark at the start decides; else NULs at every second place mean UTF-16; else it is UTF-8 if
    that has no mistake in it; else Windows-1252, which nearly anything could be.
    """
    try:
        for mark, encoding in _MARKS:
            if content.startswith(mark):
                return _plain(content.decode(encoding))
        if encoding := _utf16_without_mark(content):
            return _plain(content.decode(encoding))
    except UnicodeDecodeError:
        return None
    try:
        return _plain(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _plain(_windows(content), guessed=True)


def nul_bytes(content: bytes) -> tuple[int, int]:
    """How many NULs spoil what else is text in UTF-8, and the line of the first; 0 and 0 where it is no text."""
    many = content.count(0)
    if not many or many > _FEW * len(content):
        return 0, 0
    try:
        found = _plain(content.replace(b"\x00", b"").decode("utf-8-sig"))
    except UnicodeDecodeError:
        return 0, 0
    return (many, content[: content.index(0)].count(b"\n") + 1) if found else (0, 0)


def repaired(text: str) -> str:
    """What `text` would be if UTF-8 had been read as Windows-1252 (`â€œ` for a quotation mark).

    Empty where it would not be: the text is kept as it stands either way.
    """
    if not _MISREAD_STARTS.intersection(text):
        return ""
    try:
        better = b"".join(map(_byte, text)).decode("utf-8")
    except UnicodeError:
        return ""
    return better if better != text else ""


def _plain(text: str, *, guessed: bool = False) -> Decoded | None:
    controls = sum(text.count(chr(control)) for control in _CONTROLS)
    if "\x00" in text or controls > _FEW * len(text):
        return None
    return Decoded(text, guessed)


def _utf16_without_mark(content: bytes) -> str:
    sample = content[:_SAMPLE_BYTES]
    half = max(1, len(sample) // 2)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > _MANY and even < _FEW:
        return "utf-16-le"
    return "utf-16-be" if even > _MANY and odd < _FEW else ""


def _windows(content: bytes) -> str:
    """Windows-1252 with the five bytes it leaves open kept as control characters."""
    try:
        return content.decode(_WINDOWS)
    except UnicodeDecodeError:
        return "".join(_letter(byte) for byte in content)


def _letter(byte: int) -> str:
    try:
        return bytes([byte]).decode(_WINDOWS)
    except UnicodeDecodeError:
        return chr(byte)


def _byte(letter: str) -> bytes:
    try:
        return letter.encode(_WINDOWS)
    except UnicodeEncodeError:
        return letter.encode("latin-1")
