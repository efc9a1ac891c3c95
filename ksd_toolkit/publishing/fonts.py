"""The typefaces of the PDF: from Python wheels only, so that every machine prints the same bytes."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import font_source_sans_pro
import font_source_serif_pro
import matplotlib as mpl
import typst
from matplotlib.ft2font import FT2Font

SERIF: Final = "Source Serif Pro"
SANS: Final = "Source Sans Pro"
MONO: Final = "DejaVu Sans Mono"
FALLBACK: Final = "DejaVu Sans"  # arrows, signs and scripts the Source families lack

_SOURCE_WEIGHTS: Final = ("Regular", "It", "Semibold", "SemiboldIt", "Bold")
_DEJAVU: Final = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono")


@contextmanager
def typst_fonts() -> Iterator[typst.Fonts]:
    """The font book for one compilation.

    Typst takes folders, not files, and which of two files of one face it picks depends on the order
    of the folder. The wheels hold each face as OTF and TTF in nine weights; hence a folder of ours.
    """
    with TemporaryDirectory(prefix="ksd-fonts-") as folder:
        for file in font_files():
            shutil.copyfile(file, Path(folder) / file.name)
        yield typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )


@cache
def font_files() -> tuple[Path, ...]:
    """Every font file the PDF may embed."""
    dejavu = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return (
        *(_wheel(font_source_serif_pro) / f"SourceSerifPro-{w}.otf" for w in _SOURCE_WEIGHTS),
        *(_wheel(font_source_sans_pro) / f"SourceSansPro-{w}.otf" for w in _SOURCE_WEIGHTS),
        *(dejavu / f"{name}.ttf" for name in _DEJAVU),
    )


@cache
def printable_letters() -> frozenset[int]:
    """The code points that print in any emphasis: those of the fallback, or of both Source families."""
    serif = _letters(_wheel(font_source_serif_pro) / "SourceSerifPro-Regular.otf")
    sans = _letters(_wheel(font_source_sans_pro) / "SourceSansPro-Regular.otf")
    return _letters(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf") | (serif & sans)


def _wheel(package: object) -> Path:
    return Path(str(package.__file__)).parent / "files"  # type: ignore[attr-defined]


def _letters(file: Path) -> frozenset[int]:
    return frozenset(FT2Font(str(file)).get_charmap())
