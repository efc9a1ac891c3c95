"""The invitation of candidate partners to the forum, with the list of whom to invite and why; no persons."""

from ksd_toolkit.columns import records
from ksd_toolkit.document import Block, Table
from ksd_toolkit.messages import count, say
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.forum_case import (
    FORUM,
    POSSIBLE,
    Brought,
    brought,
    columns,
    first_ones,
    forum_conditions,
    forum_stamp,
    forum_words,
    kind_of_partner,
    shared_text,
)
from ksd_toolkit.papers.opening import signed_by
from ksd_toolkit.tables.cells import text_or_dash

NAME = "forum-invitations"


def forum_invitations(case: Case) -> PaperFacts:
    """One letter to every candidate that fits a proposal of the list, and who they are."""
    told = brought(case)
    blocks = {
        "invited": _invited(told),
        "others": _others(told),
        "signatures": signed_by(case.theme, "leader"),
        "stamp": forum_stamp(told),
    }
    annexes = "none" if not told.pairs.partners else "one" if told.pairs.others.empty else "two"
    words = {
        **forum_words(told, NAME),
        "recipients": say("forum_pack.recipients", case.lang),
        "attachments": say(f"forum_pack.annexes_{annexes}", case.lang),
    }
    return PaperFacts(words, blocks, frozenset(forum_conditions(told)), POSSIBLE)


def _invited(told: Brought) -> tuple[Block, ...]:
    """A row per institution: what it is, which proposals fit it, and what they share."""
    lang, rules = told.lang, told.pairs.rules
    titles = columns(
        lang, ("number", 0, "row_number"), ("institution", 3.2, "candidate"),
        ("kind", 1.8, ""), ("fits", 2.6, "fitting"), ("why", 4.4, "shared_with"),
    )  # fmt: skip
    offered = dict(list(told.pairs.pairs.groupby("mitra_nama", sort=False)))
    body = []
    for number, name in enumerate(told.pairs.partners, start=1):
        rows = offered[name].sort_values("points", ascending=False, kind="stable")
        named = [str(usulan) for usulan in rows["usulan_id"]]
        body.append(
            (
                count(number, lang), name, kind_of_partner(told.partner(name)["mitra_jenis"], lang),
                first_ones(named, rules.usulan_per_partner, lang),
                shared_text(rows.head(rules.usulan_per_partner), lang),
            )
        )  # fmt: skip
    if not body:
        return ()
    caption = say("forum_pack.invited", lang)
    note = say("forum_pack.invited_note", lang)
    subjects = tuple(f"{FORUM}/*|{name}" for name in told.pairs.partners)
    origin = f"partners@{FORUM}/*"
    return (
        Table(caption, titles, tuple(body), note, 1, subjects, anchor="invited", origin=origin),
    )


def _others(told: Brought) -> tuple[Block, ...]:
    """The partners the offices named themselves and the register of candidates lacks."""
    lang, others = told.lang, told.pairs.others
    if others.empty:
        return ()
    titles = columns(
        lang, ("number", 0, "row_number"), ("institution", 4.0, "named_partner"),
        ("kind", 2.4, ""), ("named_for", 4.0, "named_for"),
    )  # fmt: skip
    most = told.pairs.rules.usulan_per_partner
    body = tuple(
        (
            count(number, lang), text_or_dash(row["mitra_nama"]),
            kind_of_partner(row["mitra_jenis"], lang),
            first_ones(str(row["usulan"]).split(";"), most, lang),
        )
        for number, (_, row) in enumerate(records(others), start=1)
    )  # fmt: skip
    subjects = tuple(f"{FORUM}/*|{row['mitra_nama']}" for _, row in records(others))
    caption = say("forum_pack.others_caption", lang)
    origin = f"others@{FORUM}/*"
    return (Table(caption, titles, body, "", 1, subjects, anchor="others", origin=origin),)
