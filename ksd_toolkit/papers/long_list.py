"""The long list: every usulan with the result of the gates, why, by which article, and what to do."""

from collections.abc import Iterator
from typing import Final

from ksd_toolkit.columns import label, records
from ksd_toolkit.document import Block, Column, KeyFigure, KeyFigures, Run, Runs, Table, runs
from ksd_toolkit.messages import count, join_words, language, say, say_counted
from ksd_toolkit.papers.carried import carried_blocks
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.gate_results import RESULTS, GateResults, gate_results
from ksd_toolkit.papers.opening import closing, opening, signed_by
from ksd_toolkit.scoring import type_label
from ksd_toolkit.scoring.jenis import cited
from ksd_toolkit.tables.cells import DASH, text_or_dash

_NAMED: Final = 20
_PART: Final = "\x00"  # stands for a part while the words between the parts are found
_MEASURES: Final = {
    "number": "list_number", "usulan": "card_title", "type": "jenis", "result": "gate", "why": "gate",
    "remedy": "remedy",
}  # fmt: skip
CONDITIONS: Final = frozenset({"usulan", "failed", "reviewed", "warned", "unscored", "carried"})


def long_list(case: Case) -> PaperFacts:
    """All usulan of the period, nothing left out; those nobody scored are marked.

    Raises:
        MethodError: The method or its gates cannot be read.
    """
    found, lang = gate_results(case), case.lang
    unscored = [str(code) for code in found.table.index[~found.table["scored"]]]
    words: dict[str, str | Runs] = {
        **opening(case.dossier, case.theme),
        "summary": _summary(found, lang),
        "unscored": say_counted(
            "mapping_papers.unscored", len(unscored), lang, n=count(len(unscored), lang),
            codes=join_words(_named(unscored, lang), lang),
        ),
    }  # fmt: skip
    blocks = {
        "carried": carried_blocks(case),
        "figures": (_figures(found, lang),),
        "by_gate": (_by_gate(found, lang),),
        "by_office": (_by_office(case, found, lang),),
        "list": (_listed(case, found, lang),),
        "signatures": signed_by(case.theme, "chair", "secretary"),
        "stamp": closing(case.stamp),
    }
    names = {"fail": "failed", "review": "reviewed", "warning": "warned"}
    holds = {name for result, name in names.items() if found.number(result)}
    holds |= {"usulan"} if len(found.table) else set()
    holds |= {"unscored"} if unscored else set()
    holds |= {"carried"} if blocks["carried"] else set()
    return PaperFacts(words, blocks, frozenset(holds), CONDITIONS)


def _named(codes: list[str], lang: str) -> list[str]:
    """The first codes; of many only how many more there are, as the list itself marks each."""
    more = len(codes) - _NAMED
    return (
        [*codes[:_NAMED], say("attention.more", lang, n=count(more, lang))] if more > 0 else codes
    )


def _summary(found: GateResults, lang: str) -> Runs:
    """How many fit the criteria and how many do not, as a mapping reports it; only what is there."""
    number = len(found.table)
    whole = say_counted("mapping_papers.listed", number, lang, n=count(number, lang))
    parts = [
        Run(
            say_counted(f"mapping_papers.told_{result}", n, lang, n=count(n, lang)),
            origin=f"gate_{result}@usulan/*",
        )
        for result in RESULTS
        if (n := found.number(result))
    ]
    if not parts:
        return runs(whole)
    between = join_words([_PART] * len(parts), lang).split(_PART)[1:-1]
    told = [run for pair in zip(parts, (*between, "."), strict=True) for run in pair]
    return runs(Run(whole, origin="count@usulan/*"), ": ", *told)


def _figures(found: GateResults, lang: str) -> Block:
    figures = [
        KeyFigure(
            count(len(found.table), lang), say("mapping_papers.figure_all", lang),
            origin="count@usulan/*",
        )
    ]  # fmt: skip
    figures += [
        KeyFigure(
            count(found.number(result), lang), say(f"mapping_papers.result_{result}", lang),
            origin=f"gate_{result}@usulan/*",
        )
        for result in RESULTS
    ]  # fmt: skip
    return KeyFigures(tuple(figures))


def _by_gate(found: GateResults, lang: str) -> Block:
    """A row per gate: what it asks for by law, and how many usulan came to which result."""
    columns = (
        Column(say("mapping_papers.column_gate", lang), width=3.0),
        Column(say("mapping_papers.column_article", lang), width=3.0),
        *_result_columns(lang),
    )
    body = []
    for gate in found.gates:
        verdicts = found.verdicts.loc[found.verdicts["gate"] == gate.code, "verdict"]
        numbers = {result: int((verdicts == result).sum()) for result in RESULTS[1:]}
        numbers = {"pass": len(found.table) - sum(numbers.values()), **numbers}
        body.append(
            (
                f"{gate.code} {gate.labels[language(lang)]}", cited(gate.article, lang),
                *(count(numbers[result], lang) for result in RESULTS),
            )
        )  # fmt: skip
    subjects = tuple(f"gerbang/{gate.code}" for gate in found.gates)
    caption, note = say("mapping_papers.by_gate", lang), say("mapping_papers.by_gate_note", lang)
    return Table(caption, columns, tuple(body), note, subjects=subjects, anchor="by_gate")


def _by_office(case: Case, found: GateResults, lang: str) -> Block:
    """A row per office asked and per office that answered though it was not."""
    columns = (
        Column(label("office", lang), width=4.0),
        Column(label("usulan_count", lang), "right", kind="integer", measure="usulan"),
        *_result_columns(lang),
    )
    names = {code: str(row["opd_nama"]) for code, row in records(case.dossier.offices)}
    codes = list(dict.fromkeys([*names, *map(str, found.table["opd_kode"])]))
    body = []
    for code in codes:
        mine = found.table.loc[found.table["opd_kode"] == code, "result"]
        numbers = [len(mine), *(int((mine == result).sum()) for result in RESULTS)]
        body.append((names.get(code, code), *(count(number, lang) for number in numbers)))
    totals = [len(found.table), *(found.number(result) for result in RESULTS)]
    body.append((say("answers.total", lang), *(count(number, lang) for number in totals)))
    subjects = (*(f"opd/{code}" for code in codes), "opd/*")
    caption = say("mapping_papers.by_office", lang)
    return Table(caption, columns, tuple(body), subjects=subjects, anchor="by_office")


def _result_columns(lang: str) -> Iterator[Column]:
    for result in RESULTS:
        title = say(f"mapping_papers.result_{result}", lang)
        yield Column(title, "right", kind="integer", measure=f"gate_{result}")


def _listed(case: Case, found: GateResults, lang: str) -> Block:
    """The list itself, in the order of the register."""
    titles = ("number", "usulan", "office", "type", "result", "why", "remedy")
    widths = (0.0, 3.4, 2.2, 1.4, 1.4, 4.2, 3.6)
    columns = tuple(
        Column(
            say(f"mapping_papers.column_{name}", lang), "right" if name == "number" else "left",
            width, "integer" if name == "number" else "text",
            _MEASURES.get(name, ""),
        )
        for name, width in zip(titles, widths, strict=True)
    )  # fmt: skip
    names = case.dossier.offices["opd_nama"]
    body = []
    for number, (usulan, row) in enumerate(records(found.table), start=1):
        told = found.reasons(usulan, lang)
        result = say(f"mapping_papers.result_{row['result']}", lang)
        if not row["scored"]:
            result = say("mapping_papers.result_unscored", lang, result=result)
        body.append(
            (
                count(number, lang), f"{usulan} {text_or_dash(row['judul'])}",
                str(names.get(row["opd_kode"], row["opd_kode"])), type_label(str(row["jenis"]), lang),
                result, " ".join(reason for reason, _ in told) or DASH,
                " ".join(dict.fromkeys(remedy for _, remedy in told)) or DASH,
            )
        )  # fmt: skip
    subjects = tuple(f"usulan/{usulan}" for usulan in found.table.index)
    caption = say("mapping_papers.list", lang, n=count(len(body), lang))
    note = say("mapping_papers.list_note", lang)
    return Table(
        caption,
        columns,
        tuple(body),
        note,
        1,
        subjects,
        origin="count@usulan/*",
        anchor="long_list",
    )
