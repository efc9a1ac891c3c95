"""What the papers of preparation and mapping share: region and issuer as words, signatures, the stamp."""

from typing import Final

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Block, Paragraph, Signatory, Signatures, runs
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.messages import count, date_text, period_name, say, say_counted
from ksd_toolkit.prose.stamping import stamp as stamp_shown
from ksd_toolkit.stamp import SHOWN_DIGITS, Stamp
from ksd_toolkit.theme import Theme

BLANK: Final = "\u2026\u2026"
"""What stands where a number or a day is written in by hand."""


def opening(dossier: Dossier, theme: Theme) -> dict[str, str]:
    """The words every paper may name: region, period, issuer, day of reference and offices asked."""
    lang = dossier.lang
    asked = len(dossier.offices)
    return {
        "region": dossier.region.name,
        "period": period_name(dossier.period, lang),
        "government": dossier.issuer.government,
        "unit": dossier.issuer.unit,
        "place": theme.place,
        "leader": theme.leader,
        "date": date_text(dossier.tanggal_acuan, lang),
        "offices": say_counted("mapping_papers.offices", asked, lang, n=count(asked, lang)),
    }


def blocks_of(*shown: Shown) -> tuple[Block, ...]:
    """The blocks of several results, one after the other."""
    return tuple(block for one in shown for block in one.blocks)


def closing(stamp: Stamp, *, files: bool = True) -> tuple[Block, ...]:
    """Where the numbers come from; with `files` every input with its fingerprint."""
    return blocks_of(stamp_shown(stamp, files=files))


def closing_by(stamp: Stamp, said: str, method: str, sha256: str) -> tuple[Block, ...]:
    """Where the numbers come from, and by which method where the foot of the page names another one.

    Args:
        stamp: That of the foot of every page.
        said: The sentence about the method, under `stamp.second`.
        method: Its name.
        sha256: Its fingerprint.
    """
    if sha256 == stamp.method_sha256:
        return closing(stamp, files=False)
    facts = {"method": method, "method_hash": sha256[:SHOWN_DIGITS]}
    told, *rest = closing(stamp, files=False)
    return (told, *sentence(say(f"stamp.second.{said}", stamp.lang, **facts)), *rest)


def closing_prepared(stamp: Stamp) -> tuple[Block, ...]:
    """Where a paper of the preparation comes from, and which paper lists its files."""
    return blocks_of(stamp_shown(stamp, files=False, listed="preparation"))


def sentence(text: str) -> tuple[Block, ...]:
    """One paragraph; none where there is nothing to say."""
    return (Paragraph(runs(text)),) if text else ()


def signed_by(theme: Theme, *roles: str) -> tuple[Block, ...]:
    """Places to sign for these roles of the theme, side by side."""
    people = tuple(theme.signatories.get(role, Signatory("")) for role in roles)
    return (Signatures(people),)


def letter_number(theme: Theme, name: str, period: str) -> str:
    """The number of a letter by the theme's pattern, its running part left open; blank without a pattern."""
    pattern = theme.numbers.get(name, "")
    return pattern.replace("{blank}", BLANK).replace("{year}", period[:4])
