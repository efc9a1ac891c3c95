"""Law and sources by their key: as data, as a block that cites, and as the list at the end of a paper."""

from dataclasses import dataclass
from typing import Any

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, References, Run, runs, strong
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.law import articles
from ksd_toolkit.theme import NO_SOURCES, Reference, read_sources


@dataclass(frozen=True, slots=True)
class Cited(Reference):
    """What was cited: data for a calculation, and in a notebook a paragraph that cites it."""

    lang: str = "id"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.shown()._repr_mimebundle_(include, exclude)

    def shown(self) -> Shown:
        """Citation and gist, with the footnote that brings it into the list of references."""
        mark = Run("", footnote=self.footnote(self.lang), cites=self.key)
        told = (strong(self.citation), f": {self.gist}") if self.gist else (self.citation,)
        return Shown(Paragraph((*runs(*told), mark)), lang=self.lang)


def cite(key: str, lang: str = "", dossier: Dossier | None = None) -> Cited:
    """The law or source called `key`, e.g. `cite("PP 28/2018 5(1)")`.

    Args:
        key: As in `[@PP 28/2018 5(1)]` in a Markdown cell.
        lang: `id` or `en`; that of the dossier, else Indonesian, when empty.
        dossier: Where its own `sumber.toml` may be cited, too.

    Raises:
        LawError: There is no such law or source; near keys are told.
        InputError: `sumber.toml` cannot be used.
    """
    lang = lang or (dossier.lang if dossier else "id")
    found = (read_sources(dossier) if dossier else NO_SOURCES).find(key, lang)
    return Cited(found.key, found.citation, found.gist, found.verified, lang)


def references(lang: str = "id", *, legal_basis: bool = True) -> Shown:
    """The list of what the paper cites, in order of first citation; filled when it is published.

    Args:
        lang: `id` or `en`.
        legal_basis: Whether the articles of the legal basis are listed as well; False in a paper that
            prints `ksd.prose.brief.legal_basis`.
    """
    told = () if legal_basis else tuple(article.key for article in articles(lang, in_brief=True))
    return Shown(References(told=told), lang=lang)
