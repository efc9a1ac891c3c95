"""Say of a figure what its measure is, in the words of the table of measures, with the numbers beside it.

`measure.<subject>.<name>` defines a measure of one kind of subject (`measure.wilayah.points`),
`measure.<name>` of all others. A definition may ask for what other columns of the row print: `{target}`.
"""

from collections.abc import Mapping

from ksd_toolkit.document import Origin
from ksd_toolkit.messages import count, date_text, has_message, say, sentence_parts
from ksd_toolkit.publishing.agreement_figures import agreed_upon
from ksd_toolkit.publishing.answers_figures import answered
from ksd_toolkit.publishing.brief_figures import briefed
from ksd_toolkit.publishing.computations import computed
from ksd_toolkit.publishing.evaluation_figures import reviewed
from ksd_toolkit.publishing.evidence import Computation, Evidence
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.follow_through_figures import followed
from ksd_toolkit.publishing.forum_figures import forum_told
from ksd_toolkit.publishing.institution_figures import institution_told
from ksd_toolkit.publishing.partners_figures import partnered
from ksd_toolkit.publishing.periodic_figures import periodic_told
from ksd_toolkit.publishing.plenary_figures import plenary_told
from ksd_toolkit.publishing.preparation_figures import prepared
from ksd_toolkit.publishing.printed_figures import PrintedFigure
from ksd_toolkit.publishing.priorities_figures import prioritised
from ksd_toolkit.publishing.reminder_figures import reminded


def computation_of(
    figure: PrintedFigure, meaning: Meaning, evidence: Evidence
) -> Computation | None:
    """How the figure was computed, else what it is by definition; None where nobody said what it measures."""
    if not meaning.measure:
        return None
    origin = Origin(meaning.measure, meaning.subject)
    return (
        forum_told(figure, meaning, evidence)
        or plenary_told(figure, meaning, evidence)
        or computed(evidence, origin)
        or briefed(figure, meaning, evidence)
        or reviewed(figure, meaning, evidence)
        or periodic_told(figure, meaning, evidence)
        or followed(figure, meaning, evidence)
        or reminded(figure, meaning, evidence)
        or agreed_upon(figure, meaning, evidence)
        or institution_told(figure, meaning, evidence)
        or answered(figure, meaning, evidence)
        or prepared(figure, meaning, evidence)
        or partnered(figure, meaning, evidence)
        or prioritised(figure, meaning, evidence)
        or defined(figure, meaning, evidence)
    )


def defined(figure: PrintedFigure, meaning: Meaning, evidence: Evidence) -> Computation | None:
    """What the figure is by definition; None where its measure has none, or the row lacks what it asks for."""
    name, _, part = meaning.measure.partition(":")
    kind, _, subject = meaning.subject.partition("/")
    facts = {**_of_paper(evidence), **meaning.row}
    facts |= {"value": figure.text, "named": meaning.named or subject, "part": part}
    facts["subject"] = "" if subject == "*" else subject
    facts["sentence"] = meaning.words[0] if meaning.words and not meaning.row else ""
    for code in (f"measure.{kind}.{name}", f"measure.{name}", f"measure.{name}.alone"):
        if name and has_message(code) and _asked(code, evidence.lang) <= facts.keys():
            return Computation(say(code, evidence.lang, **facts))
    return None


def _asked(code: str, lang: str) -> set[str]:
    return {name for _, name, _ in sentence_parts(code, lang) if name}


def _of_paper(evidence: Evidence) -> Mapping[str, str]:
    """What every definition may ask for: the method, its draws and seed, the reference date."""
    lang, dossier = evidence.lang, evidence.register.dossier
    facts = {"period": dossier.period, "date": date_text(dossier.tanggal_acuan, lang)}
    if evidence.ranking is not None:
        method = evidence.ranking.method
        drawn = method.uncertainty
        facts |= {"method": method.name, "draws": count(drawn.draws, lang), "seed": str(drawn.seed)}
        facts |= {"ranked": count(len(evidence.ranking.table), lang)}
    return facts
