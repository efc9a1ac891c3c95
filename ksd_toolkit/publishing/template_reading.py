"""Read the template of a formal paper and fill it with what the paper's facts say.

A template is Markdown that an office can change: words in `{name}`, blocks on a line `{{name}}` of
their own, `:::if name` to `:::end`, and a front block that says how the paper looks.
"""

import dataclasses
import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.document import Block, Document, Letterhead, References
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import LawError, RunError
from ksd_toolkit.messages import system_reasons, toml_reasons
from ksd_toolkit.papers.facts import PaperFacts
from ksd_toolkit.publishing.markdown import markdown_blocks
from ksd_toolkit.publishing.notebook_reading import FrontMatter, composed, raised
from ksd_toolkit.publishing.template_filling import FrameError, filled, filled_text, framed
from ksd_toolkit.publishing.template_syntax import (
    WORD,
    Choice,
    Frame,
    FrontLine,
    Line,
    Part,
    Place,
    parse,
    split_front,
    walk,
)

_REFERENCES: Final = "references"
_YES: Final = {"yes": True, "no": False, "ya": True, "tidak": False}


@dataclass(frozen=True, slots=True)
class Template:
    """A template as written; `file` is how its author knows it."""

    name: str
    file: str
    front: tuple[FrontLine, ...]
    parts: tuple[Part, ...]


def read_template(name: str, dossier: Dossier) -> Template:
    """The template of a paper in the language of the dossier.

    The dossier's own `templates/<name>.<lang>.md` goes before the one of the toolkit.

    Raises:
        RunError: There is no such template, it cannot be read, or it is not well formed.
    """
    own = dossier.folder / "templates" / f"{name}.{dossier.lang}.md"
    if own.is_file():
        return template_of(name, dossier.name_of(own), own)
    for shelf in template_shelves():
        path = shelf / dossier.lang / f"{name}.md"
        if path.is_file():
            return template_of(name, f"templates/{dossier.lang}/{name}.md", path)
    known = ", ".join(template_names(dossier.lang)) or "-"
    raise RunError("template.unknown", name=name, known=known)


def template_shelves() -> list[Path]:
    """Where the toolkit's templates lie: beside the package in a checkout, in it once installed."""
    package = Path(str(files("ksd_toolkit")))
    shelves = (package.parent / "templates", package / "_templates")
    return [shelf for shelf in shelves if shelf.is_dir()]


def template_names(lang: str) -> list[str]:
    """Every template of the toolkit in one language."""
    return sorted(
        {path.stem for shelf in template_shelves() for path in shelf.glob(f"{lang}/*.md")}
    )


def template_of(name: str, file: str, path: Path) -> Template:
    """The template in one file.

    Raises:
        RunError: It cannot be read or is not well formed.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise RunError("template.unreadable", file=file, **system_reasons(error)) from error
    except UnicodeDecodeError as error:
        raise RunError("template.unreadable", file=file, **toml_reasons(error)) from error
    front, used = split_front(file, lines)
    return Template(name, file, front, parse(file, lines[used:], used + 1))


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
