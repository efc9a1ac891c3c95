"""Make a paper of its template: every name in it filled with what the paper's facts say."""

import dataclasses
import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from ksd_toolkit.document import Block, Document, Letterhead, References
from ksd_toolkit.errors import LawError, RunError
from ksd_toolkit.papers.facts import PaperFacts
from ksd_toolkit.publishing.markdown import markdown_blocks
from ksd_toolkit.publishing.notebook_reading import FrontMatter, composed, raised
from ksd_toolkit.publishing.template_filling import FrameError, filled, filled_text, framed
from ksd_toolkit.publishing.template_reading import Template
from ksd_toolkit.publishing.template_syntax import WORD, Choice, Frame, Line, Part, Place, walk

_REFERENCES: Final = "references"
_YES: Final = {"yes": True, "no": False, "ya": True, "tidak": False}


def fill(template: Template, facts: PaperFacts, front: FrontMatter) -> Document:
    """The paper a template makes of its facts.

    Every name in the template must be known, those in passages that are not printed too. A paragraph
    or point that its words leave empty falls away.

    Raises:
        RunError: A name or a front key is unknown, a frame holds what it cannot print, or the
            template has no title.
    """
    _refuse(template, [*_unknown_names(template, facts), *_unknown_keys(template)])
    front = _front(template, facts, front)
    blocks = list(_blocks(template, template.parts, facts, front))
    paper = composed(blocks, front, lead=front.style.layout == "policy")
    if paper is None:
        raise RunError("template.no_title", file=template.file)
    return paper


def _blocks(
    template: Template, parts: tuple[Part, ...], facts: PaperFacts, front: FrontMatter
) -> Iterator[Block]:
    """What is printed, in order; lines that come to stand below each other are read as one text."""
    chosen = list(_chosen(parts, facts))
    for is_text, group in groupby(chosen, lambda part: isinstance(part, Line)):
        if is_text:
            text = "\n".join(part.text for part in group if isinstance(part, Line))
            yield from filled(raised(_read(template, text, front)), facts.words)
            continue
        for part in group:
            if isinstance(part, Place):
                yield from _placed(part, facts)
            elif isinstance(part, Frame):
                yield _framed(template, part, facts, front)


def _chosen(parts: tuple[Part, ...], facts: PaperFacts) -> Iterator[Part]:
    for part in parts:
        if not isinstance(part, Choice):
            yield part
        elif (part.name in facts.conditions) == part.wanted:
            yield from _chosen(part.parts, facts)


def _placed(place: Place, facts: PaperFacts) -> tuple[Block, ...]:
    if place.name in facts.blocks:
        return facts.blocks[place.name]
    return (References(),)


def _read(template: Template, text: str, front: FrontMatter) -> list[Block]:
    try:
        return markdown_blocks(text, front.lang, front.sources)
    except LawError as error:
        raise RunError("citing.in_file", file=template.file, **error.facts) from error


def _framed(template: Template, frame: Frame, facts: PaperFacts, front: FrontMatter) -> Block:
    try:
        return framed(frame, list(_blocks(template, frame.parts, facts, front)), facts.words)
    except FrameError as error:
        raise RunError(
            f"template.frame_{frame.kind}", file=template.file, line=frame.number
        ) from error


def _refuse(template: Template, faults: Sequence[RunError]) -> None:
    """Tell every name and key that is not known, in the order of the lines."""
    if len(faults) == 1:
        raise faults[0]
    if faults:
        told, told_en = (" ".join(one.sentence(lang) for one in faults) for lang in ("id", "en"))
        facts = {"file": template.file, "n": len(faults), "told": told, "told_en": told_en}
        raise RunError("template.faults", **facts)


def _unknown_names(template: Template, facts: PaperFacts) -> Iterator[RunError]:
    words, blocks = facts.words, {*facts.blocks, _REFERENCES}
    for line in template.front:
        yield from _unknown(template, line.number, WORD.findall(line.value), words, "word")
    for part in walk(template.parts):
        match part:
            case Line():
                yield from _unknown(template, part.number, WORD.findall(part.text), words, "word")
            case Frame():
                yield from _unknown(template, part.number, WORD.findall(part.title), words, "word")
            case Place():
                yield from _unknown(template, part.number, [part.name], blocks, "block")
            case Choice() if facts.possible:
                yield from _unknown(template, part.number, [part.name], facts.possible, "condition")


def _unknown(
    template: Template, line: int, names: Iterable[str], known: Iterable[str], what: str
) -> Iterator[RunError]:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            yield RunError(
                f"template.{what}_unknown",
                file=template.file,
                line=line,
                name=name,
                near=near[0] if near else "-",
                known=", ".join(sorted(known)) or "-",
            )


def _unknown_keys(template: Template) -> Iterator[RunError]:
    for line in template.front:
        if line.key not in _FRONT:
            facts = {"file": template.file, "line": line.number, "key": line.key}
            yield RunError("template.front_unknown", **facts, known=", ".join(_FRONT))


def _front(template: Template, facts: PaperFacts, front: FrontMatter) -> FrontMatter:
    """What the template says of its look, over what every paper of the dossier says."""
    front = dataclasses.replace(front, style=dataclasses.replace(front.style, layout="formal"))
    for line in template.front:
        try:
            front = _FRONT[line.key](front, filled_text(line.value, facts.words))
        except KeyError as error:
            raise RunError(
                "template.front_value",
                file=template.file,
                line=line.number,
                key=line.key,
                value=line.value,
            ) from error
    return front


def _with_layout(front: FrontMatter, value: str) -> FrontMatter:
    layout = {"policy": "policy", "formal": "formal"}[value]
    style: Any = dataclasses.replace(front.style, layout=layout)  # type: ignore[arg-type]
    return dataclasses.replace(front, style=style)


def _with_watermark(front: FrontMatter, value: str) -> FrontMatter:
    return dataclasses.replace(front, watermark=value)


def _with_contents(front: FrontMatter, value: str) -> FrontMatter:
    return dataclasses.replace(front, contents=_YES[value])


def _dated(front: FrontMatter, value: str) -> FrontMatter:
    return front if _YES[value] else dataclasses.replace(front, place_and_date="")


def _headed(front: FrontMatter, value: str) -> FrontMatter:
    """Under the head of somebody else, as a decree is: without the unit and its address."""
    head = Letterhead("", value, (), front.letterhead.crest)
    return dataclasses.replace(front, letterhead=head) if value else front


_FRONT: Final[dict[str, Callable[[FrontMatter, str], FrontMatter]]] = {
    "layout": _with_layout,
    "watermark": _with_watermark,
    "contents": _with_contents,
    "dated": _dated,
    "head": _headed,
}
