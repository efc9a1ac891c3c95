"""Read the template of a formal paper: the dossier's own, else the one of the toolkit.

A template is Markdown that an office can change: words in `{name}`, blocks on a line `{{name}}` of
their own, `:::if name` to `:::end`, and a front block that says how the paper looks.
"""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import system_reasons, toml_reasons
from ksd_toolkit.publishing.template_syntax import FrontLine, Part, parse, split_front


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
