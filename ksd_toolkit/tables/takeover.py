"""Mandatory cooperation and whether it is carried out: who takes over what is not."""

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, Table, runs
from ksd_toolkit.evaluation.takeover import takeover_risk
from ksd_toolkit.messages import count, say, say_counted
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.measures import about


def takeover(register: Register, lang: str = "") -> Shown:
    """Every mandatory usulan and every mandatory agreement of old with what carries it out."""
    lang = lang or register.lang
    found = takeover_risk(register)
    number = len(found)
    caption = say_counted("legal.takeover_table.caption", number, lang, n=count(number, lang))
    if found.empty:
        return Shown(Paragraph(runs(f"{caption}.")), lang=lang)
    widths = {"usulan": 3.0, "partner": 2.0, "letter": 0, "state": 2.8, "documents": 2.0, "by": 1.6}
    columns = tuple(
        Column(say(f"legal.column.{name}", lang), width=w) for name, w in widths.items()
    )
    body = tuple(
        (
            f"{row['usulan_id']} {row['title']}".strip() or DASH,
            row["partner"],
            row["letter"] or DASH,
            say(f"legal.carried_out.{row['state']}", lang),
            row["documents"] or DASH,
            say(f"legal.takeover.{row['takeover']}", lang) if row["takeover"] else DASH,
        )
        for _, row in records(found)
    )
    laws = {
        "takeover": cited("UU 23/2014 364(3)-(4)", lang),
        "steps": f"{cited('PP 28/2018 11(1)', lang)}; {cited('PP 28/2018 11(2)', lang)}",
        "cost": cited("UU 23/2014 364(5)", lang),
    }
    note = say("legal.takeover_table.note", lang, **laws)
    subjects = about("usulan", (row["usulan_id"] for _, row in records(found)))
    origin = "table_takeover@hukum/*"
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)
