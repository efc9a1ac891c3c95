"""The typefaces of the PDF: from Python wheels only, so that every machine prints the same bytes."""

import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import font_source_sans_pro
import font_source_serif_pro
import matplotlib as mpl
import typst
from matplotlib.ft2font import LoadFlags

from ksd_toolkit.display.typefaces import typeface
from ksd_toolkit.errors import RunError

SERIF: Final = "Source Serif Pro"
SANS: Final = "Source Sans Pro"
MONO: Final = "DejaVu Sans Mono"
FALLBACK: Final = "DejaVu Sans"  # arrows, signs and scripts the Source families lack
LIBERTINUS: Final = "Libertinus Serif"

FAMILIES: Final = (SERIF, SANS, LIBERTINUS, FALLBACK)
"""What an office may choose from; all of them hold the letters of Indonesian and English."""

SCALES: Final = {SERIF: 1.0, SANS: 1.0, LIBERTINUS: 1.08, FALLBACK: 0.9}
"""What a size is multiplied by, so that small letters of all families look about as tall."""

_SOURCE_WEIGHTS: Final = ("Regular", "It", "Semibold", "SemiboldIt", "Bold")
_DEJAVU: Final = ("DejaVuSans", "DejaVuSans-Bold")
_typeset_in: set[int] = set()  # the process that has typeset something; its forks never can
_EM: Final = 1000  # the size at which letters are measured, in points

# Sets a letter of every face, so that Typst holds all of them and needs no file any more.
_EVERY_FACE: Final = (
    b'#metadata(none) <set> #for f in sys.inputs.families.split(",") { for w in (400, 600, 700) { '
    b'for s in ("normal", "italic") { text(font: f, weight: w, style: s)[a] } } }'
)


def typst_fonts() -> typst.Fonts:
    """The font book of this process, every face of it in memory.

    Typst takes folders, not files, and which of two files of one face it picks depends on the order
    of the folder. The wheels hold each face as OTF and TTF in nine weights; hence a folder of ours
    for as long as it takes to read them. Libertinus Serif and the mono face are Typst's own.

    Raises:
        RunError: The process was forked from one that has typeset something.
    """
    check_process()
    return _fonts()


def check_process() -> None:
    """Refuse to typeset where Typst would wait for ever: its threads do not come along into a fork.

    Raises:
        RunError: The process was forked from one that has typeset something.
    """
    if _typeset_in and os.getpid() not in _typeset_in:
        raise RunError("typesetting.after_fork")
    _typeset_in.add(os.getpid())


@cache
def _fonts() -> typst.Fonts:
    with TemporaryDirectory(prefix="ksd-fonts-") as folder:
        for file in font_files():
            _put(file, Path(folder))
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder]
        )
        inputs = {"families": ",".join((*FAMILIES, MONO))}
        typst.Compiler(_EVERY_FACE, font_paths=fonts, sys_inputs=inputs).query("<set>")
    return fonts


def _put(file: Path, folder: Path) -> None:
    """A file in a folder for a moment: by a link, where a system allows one."""
    try:
        (folder / file.name).symlink_to(file)
    except OSError:
        shutil.copyfile(file, folder / file.name)


@cache
def font_files() -> tuple[Path, ...]:
    """Every font file the PDF may embed, beside those inside Typst."""
    dejavu = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return (
        *(_wheel(font_source_serif_pro) / f"SourceSerifPro-{w}.otf" for w in _SOURCE_WEIGHTS),
        *(_wheel(font_source_sans_pro) / f"SourceSansPro-{w}.otf" for w in _SOURCE_WEIGHTS),
        *(dejavu / f"{name}.ttf" for name in _DEJAVU),
    )


@cache
def printable_letters() -> frozenset[int]:
    """The code points that print in any emphasis: those of the fallback, or of both Source families."""
    both = _letters(_face(SERIF)) & _letters(_face(SANS))
    return _letters(_face(FALLBACK)) | both


def text_width(text: str, family: str, size: float, *, strong: bool = False) -> float:
    """How wide a text is set on one line, kerning left aside.

    Args:
        text: Printable letters.
        family: One of `FAMILIES`. Libertinus Serif is measured as Source Serif Pro, which is wider.
        size: In points.
        strong: Whether it is set in bold.

    Returns:
        Points.
    """
    letters = _advances(family, strong)
    return sum(letters[letter] for letter in text) * size / _EM


@cache
def _advances(family: str, strong: bool) -> "_Advances":
    return _Advances(_face(family, strong), _face(FALLBACK, strong))


class _Advances(dict[str, float]):
    """The width of a letter, measured when it is first asked for."""

    def __init__(self, *files: Path) -> None:
        super().__init__()
        self._faces = [typeface(file) for file in files]
        for face in self._faces:
            face.set_size(_EM, 72)

    def __missing__(self, letter: str) -> float:
        for face in self._faces:
            if face.get_char_index(ord(letter)):
                break
        glyph = face.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
        width: float = glyph.linearHoriAdvance / 65536
        self[letter] = width
        return width


def _face(family: str, strong: bool = False) -> Path:
    weight = "Bold" if strong else "Regular"
    if family == SANS:
        return _wheel(font_source_sans_pro) / f"SourceSansPro-{weight}.otf"
    if family == FALLBACK:
        name = "DejaVuSans-Bold.ttf" if strong else "DejaVuSans.ttf"
        return Path(mpl.get_data_path()) / "fonts" / "ttf" / name
    return _wheel(font_source_serif_pro) / f"SourceSerifPro-{weight}.otf"


def _wheel(package: object) -> Path:
    return Path(str(package.__file__)).parent / "files"  # type: ignore[attr-defined]


@cache
def _letters(file: Path) -> frozenset[int]:
    return frozenset(typeface(file).get_charmap())
