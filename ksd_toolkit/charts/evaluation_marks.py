"""What the charts of the evaluation report share: bars with their numbers, counts in words, a sentence where nothing is drawn."""

from collections.abc import Sequence
from typing import Final

from ksd_toolkit.charts.canvas import INK, PAPER, RUST, SMALL, TEAL, Canvas, Scale
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, runs
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, say

_DARK: Final = frozenset({TEAL, RUST, INK})
BAR: Final = 0.19


def stack(  # noqa: PLR0913, PLR0917  a stack is its place, its parts and its height
    canvas: Canvas,
    scale: Scale,
    y: float,
    parts: Sequence[tuple[int, str]],
    lang: str,
    bar: float = BAR,
) -> list[str]:
    """Parts laid end to end, each with its number where there is room for it; the numbers that had none."""
    done, left_out = 0, []
    for number, color in parts:
        start, end = scale(done), scale(done + number)
        done += number
        if not number:
            continue
        canvas.bar(start, y - bar / 2, end - start, bar, color)
        text = count(number, lang)
        if text_width(text, SMALL) + 0.06 <= end - start:
            ink = PAPER if color in _DARK else INK
            canvas.text((start + end) / 2, y, text, size=SMALL, color=ink, align="center")
        else:
            left_out.append(text)
    return left_out


def inside_or_beside(canvas: Canvas, scale: Scale, y: float, reached: int, lang: str) -> None:
    """The number in its bar, or just after a bar too short for it."""
    text, end = count(reached, lang), scale(reached)
    if text_width(text, SMALL, "Semibold") + 0.16 <= end - scale.left:
        canvas.text(end - 0.08, y, text, color=PAPER, align="right", weight="Semibold")
    else:
        canvas.text(end + 0.08, y, text, weight="Semibold")


def counted(name: str, number: int, lang: str) -> str:
    """A name with its number, as it stands in a list."""
    return say(
        "evaluation.chart.count_of", lang, name=mid_sentence(name), count=count(number, lang)
    )


def sentence(name: str, lang: str, **facts: object) -> Shown:
    """The sentence that stands where there is nothing to draw."""
    return Shown(Paragraph(runs(say(f"evaluation.empty.{name}", lang, **facts))), lang=lang)
