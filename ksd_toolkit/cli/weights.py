"""`ksd weights`: what the members' judgements give, how consistent they are, and who sees it otherwise."""

from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer
from rich.markup import escape

from ksd_toolkit.cli.options import AsJson, DossierName, Lang, MethodName
from ksd_toolkit.cli.paths import shown_path
from ksd_toolkit.cli.saying import console, frame_facts, print_json, sentences, table_of, tell
from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.messages import count, decimal, language, say

_PLACES: Final = 2

Write = Annotated[
    str,
    typer.Option("--write", metavar="NAME", help="tulis metode NAME.toml / write a method table"),
]
Acknowledge = Annotated[
    str,
    typer.Option(
        "--acknowledge", metavar="REASON", help="mengapa CR > 0,10 diterima / why it is accepted"
    ),
]
Index = Annotated[
    str,
    typer.Option("--random-index", metavar="TABLE", help="saaty | saaty_1980 | donegan_dodd"),
]
Combine = Annotated[
    Literal["aip", "aij"],
    typer.Option("--combine", help="gabung bobot (aip) atau perbandingan (aij) / what is joined"),
]


Blank = Annotated[
    str,
    typer.Option(
        "--blank", metavar="CARA", help="tulis bobot.csv kosong: ahp, poin, ... / a blank table"
    ),
]


def weights(  # noqa: PLR0913, PLR0917  a command is its options
    dossier: DossierName,
    blank: Blank = "",
    write: Write = "",
    acknowledge: Acknowledge = "",
    random_index: Index = "",
    combine: Combine = "aip",
    method: MethodName = "",
    lang: Lang = "",
    as_json: AsJson = False,
) -> None:
    """Susun bobot dari pertimbangan anggota (bobot.csv). / Weights from the members' judgements."""
    from ksd_toolkit.runs.weights import write_blank, write_method  # noqa: PLC0415  pandas is slow to load
    from ksd_toolkit.scoring import read_method  # noqa: PLC0415
    from ksd_toolkit.scoring.weights import Joining, read_weighting  # noqa: PLC0415

    with sentences(lang, as_json=as_json):
        opened = open_dossier(dossier, lang=lang)
        base = read_method(opened, method)
        if blank:
            path, rows = write_blank(opened, base, blank)
            if as_json:
                print_json({"file": shown_path(path), "rows": rows})
            else:
                _tell_blank(opened, path, rows)
            return
        found = read_weighting(opened, base, Joining(combine, random_index, acknowledge))
        written = write_method(opened, base, found, write) if write else None
        if as_json:
            print_json(_facts(found) | {"file": shown_path(written) if written else None})
            return
        _tell(found, base, opened.lang)
        if acknowledge and not found.acknowledged:
            tell("weights.unneeded", opened.lang)
        if written:
            tell("weights.written", opened.lang, file=shown_path(written), name=write)
            _tell_use(opened, write)


def _tell_blank(dossier: Dossier, path: Path, rows: int) -> None:
    """What was written and what to do with it."""
    facts = {"n": count(rows, dossier.lang), "members": count(dossier.tkksd_members, dossier.lang)}
    tell("weights.blank_made", dossier.lang, file=shown_path(path), **facts)


def _tell_use(dossier: Dossier, name: str) -> None:
    """How the new method comes into force, where it is not."""
    if dossier.method != name:
        settings = shown_path(dossier.folder / "dossier.toml")
        tell("weights.use", dossier.lang, name=name, settings=settings)


def _tell(found: Any, method: Any, lang: str) -> None:
    from ksd_toolkit.scoring.weights.sentences import weighting_sentences  # noqa: PLC0415

    table = table_of(lang, ("criterion", "left"))
    for name in ("in_force", "judged"):
        table.add_column(say(f"weights.{name}", lang), justify="right")
    for criterion in method.criteria:
        name = escape(f"{criterion.code} {criterion.labels[language(lang)]}")
        figures = (criterion.weight_percent, found.percent[criterion.code])
        table.add_row(name, *(decimal(figure, _PLACES, lang) for figure in figures))
    console().print(table)
    _tell_consistency(found, lang)
    for sentence in weighting_sentences(found, language(lang)):
        typer.echo(sentence)


def _tell_consistency(found: Any, lang: str) -> None:
    """Every CR with its judgements worth revisiting."""
    from ksd_toolkit.scoring.weights.limits import weighting_limits  # noqa: PLC0415  pandas is slow
    from ksd_toolkit.scoring.weights.sentences import name_of, revisit_sentences  # noqa: PLC0415

    worth = found.revisit[found.revisit["factor"] >= weighting_limits().revisit_factor]
    for row in found.consistency.itertuples(index=False):
        place = f"{row.member}, {name_of(row.node, found.labels, lang)}"
        code = "weights.ratio_bwm" if row.procedure == "bwm" else "weights.ratio_ahp"
        facts = {"place": place, "ratio": decimal(row.ratio, 3, lang)}
        typer.echo(f"  {say(code, lang, **facts)}")
        mine = worth[(worth["member"] == row.member) & (worth["node"] == row.node)]
        for sentence in revisit_sentences(mine, found.labels, lang):
            typer.echo(f"    {sentence}")


def _facts(found: Any) -> dict[str, Any]:
    """The weighting for machines."""
    return {
        "procedure": found.procedure,
        "members": found.members,
        "percent": found.percent,
        "joined": found.joined,
        "kept": found.kept,
        "combine": found.combine,
        "arithmetic": found.arithmetic,
        "random_index": found.random_index,
        "consistency_ratio": found.consistency_ratio,
        "acknowledged": found.acknowledged,
        "consistency": frame_facts(found.consistency),
        "revisit": frame_facts(found.revisit),
        "concordance": [
            {
                "node": node,
                "judges": one.judges,
                "objects": one.objects,
                "w": one.w,
                "p": one.p_value,
            }
            for node, one in found.concordance.items()
        ],
        "disagreement": frame_facts(found.disagreement),
    }
