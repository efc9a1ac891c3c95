"""`bobot.csv`, the table a secretariat fills with the members' judgements, as weights of the method.

One row is one judgement: `anggota, bobot_anggota, cara, simpul, kriteria, pembanding, nilai`.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import MethodError, Problem
from ksd_toolkit.questionnaire.dossier_table import TableRow, dossier_table, refuse_table
from ksd_toolkit.scoring.weights.ahp import ahp_weights
from ksd_toolkit.scoring.weights.best_worst import best_worst_weights
from ksd_toolkit.scoring.weights.judgement_rows import PAIRWISE, Judged, JudgementRow, read_rows
from ksd_toolkit.scoring.weights.limits import random_index as random_index_of
from ksd_toolkit.scoring.weights.local_weights import LocalWeights
from ksd_toolkit.scoring.weights.points import point_weights, swing_weights
from ksd_toolkit.scoring.weights.rank_order import rank_weights
from ksd_toolkit.scoring.weights.tree import Tree
from ksd_toolkit.scoring.weights.weighting import USUAL, Joining, Weighting, join

if TYPE_CHECKING:
    from ksd_toolkit.scoring.method import Method

JUDGEMENTS_FILE: Final = "bobot.csv"
COLUMNS: Final = ("anggota", "bobot_anggota", "cara", "simpul", "kriteria", "pembanding", "nilai")
_NEEDED: Final = ("anggota", "cara", "simpul", "kriteria", "nilai")
_PAIR: Final = 2


def read_weighting(dossier: Dossier, method: "Method", joining: Joining = USUAL) -> Weighting:
    """The weights the judgements in a dossier's `bobot.csv` give together.

    Nodes nobody judged keep the method's shares, which is said. A blank `nilai` is a judgement not
    made; a blank `bobot_anggota` counts 1.

    Args:
        dossier: Whose judgements.
        method: The tree that is weighed, its labels, and the weights of nodes nobody judged.
        joining: How judgements are joined, and why inconsistent ones are accepted.

    Raises:
        InputError: A row cannot be used; all that is wrong is told at once, with its cell.
        MethodError: There are no judgements, they are inconsistent and nobody acknowledged it, or
            there is no such table of random indices.
    """
    random_index_of(joining.random_index)  # a slip in an option is no fault of the cells
    tree = tree_of(method)
    rows = dossier_table(dossier, JUDGEMENTS_FILE, _NEEDED)
    local, members = weigh_rows(rows, tree, joining.random_index)
    if not local:
        raise MethodError("weights.no_judgements", file=JUDGEMENTS_FILE)
    return join(local, members, tree, joining)


def tree_of(method: "Method") -> Tree:
    """The method's criteria tree with its labels and its own weights."""
    groups = {
        code: [criterion.code for criterion in method.criteria if criterion.group == code]
        for code in method.groups
    }
    labels = {code: group.labels for code, group in method.groups.items()}
    return Tree(
        groups=groups,
        parents={code: group.parent for code, group in method.groups.items() if group.parent},
        kept=method.weights,
        labels=labels | {criterion.code: criterion.labels for criterion in method.criteria},
    )


def weigh_rows(
    rows: Iterable[TableRow], tree: Tree, random_index: str = ""
) -> tuple[list[LocalWeights], dict[str, float]]:
    """Every member's local weights by node, and the members' weights.

    Raises:
        InputError: Something in the table is wrong; it holds every Problem.
    """
    problems: list[Problem] = []
    read, troubled = read_rows(rows, tree, problems)
    members = _members(read, problems)
    local = []
    for judged, mine in _by_member_and_node(read).items():
        if judged in troubled:
            continue
        answered = [row for row in mine if row.value is not None]
        faults = list(_contradictions(answered, tree))
        problems += faults
        if answered and not faults:
            local += _weighed(answered, tree, random_index, problems)
    refuse_table(JUDGEMENTS_FILE, problems)
    return local, {one.member: members[one.member] for one in local}


def _members(rows: Sequence[JudgementRow], problems: list[Problem]) -> dict[str, float]:
    """Every member's weight; a member has one."""
    members: dict[str, float] = {}
    for row in rows:
        known = members.setdefault(row.member, row.member_weight)
        if known != row.member_weight:
            facts = {
                "member": row.member,
                "first": f"{known:g}",
                "second": f"{row.member_weight:g}",
            }
            problems.append(
                Problem("weights.member_weights", row.row.where("bobot_anggota"), facts)
            )
    return members


def _by_member_and_node(rows: Sequence[JudgementRow]) -> dict[Judged, list[JudgementRow]]:
    grouped: dict[Judged, list[JudgementRow]] = {}
    for row in rows:
        grouped.setdefault((row.member, row.node), []).append(row)
    return grouped


def _contradictions(rows: Sequence[JudgementRow], tree: Tree) -> Iterable[Problem]:
    """What a member's rows about one node contradict each other in, or leave out."""
    seen: dict[frozenset[str], JudgementRow] = {}
    for row in rows:
        if row.procedure != rows[0].procedure:
            facts = {"member": row.member, "first": rows[0].procedure, "second": row.procedure}
            yield Problem("weights.two_procedures", row.row.where("cara"), facts)
        pair = frozenset({row.first, row.second} - {""})
        if (before := seen.setdefault(pair, row)) is not row:
            facts = {"member": row.member, "value": " : ".join(filter(None, (row.first, row.second))),
                     "place": str(before.row.where("nilai"))}  # fmt: skip
            yield Problem("weights.repeated", row.row.where("kriteria"), facts)
    if rows and rows[0].procedure not in PAIRWISE:
        told = {row.first for row in rows}
        if missing := [code for code in tree.nodes[rows[0].node] if code not in told]:
            facts = {"member": rows[0].member, "codes": ", ".join(missing)}
            yield Problem("weights.missing", rows[0].row.where("nilai"), facts)


def _weighed(
    rows: Sequence[JudgementRow], tree: Tree, random_index: str, problems: list[Problem]
) -> list[LocalWeights]:
    """The local weights of one member's rows about one node; why there are none is a problem."""
    try:
        return [_local(rows, tree.nodes[rows[0].node], random_index)]
    except MethodError as error:
        facts = {"member": rows[0].member, "reason": error.sentence("id"),
                 "reason_en": error.sentence("en")}  # fmt: skip
        problems.append(Problem("weights.judgement", rows[0].row.where("nilai"), facts))
        return []


def _local(
    rows: Sequence[JudgementRow], criteria: Sequence[str], random_index: str
) -> LocalWeights:
    member, node, procedure = rows[0].member, rows[0].node, rows[0].procedure
    figures = {row.first: row.value or 0.0 for row in rows}
    places = {frozenset({row.first, row.second}): str(row.row.where("nilai")) for row in rows}
    match procedure:
        case "ahp":
            pairs = [(row.first, row.second, row.row.get("nilai")) for row in rows]
            found = ahp_weights(pairs, criteria, table=random_index)
            return LocalWeights(member, node, procedure, found.weights, found, places)
        case "bwm":
            best, worst, to_others, to_worst = _best_worst(rows, criteria)
            compared = best_worst_weights(best, worst, to_others, to_worst)
            return LocalWeights(member, node, procedure, compared.weights, compared)
        case "swing":
            weights = swing_weights(figures)
        case "urutan":
            weights = rank_weights(figures)
        case _:
            weights = point_weights(figures)
    return LocalWeights(member, node, procedure, {code: weights[code] for code in criteria})


def _best_worst(
    rows: Sequence[JudgementRow], criteria: Sequence[str]
) -> tuple[str, str, dict[str, float], dict[str, float]]:
    """The best is compared with all others, all others with the worst; that tells which they are.

    Raises:
        MethodError: No criterion is compared with all others, or none has all compared with it.
    """
    ratios = {(row.first, row.second): row.value or 0.0 for row in rows}
    others = len(criteria) - 1
    best = [code for code in criteria if sum(first == code for first, _ in ratios) == others]
    worst = [code for code in criteria if sum(second == code for _, second in ratios) == others]
    if len(criteria) < _PAIR or len(best) != 1 or len(worst) != 1:
        raise MethodError("weights.best_worst_unclear", codes=", ".join(criteria))
    if extra := [pair for pair in ratios if pair[0] != best[0] and pair[1] != worst[0]]:
        pairs = ", ".join(" : ".join(pair) for pair in extra)
        raise MethodError("weights.best_worst_extra", pairs=pairs, best=best[0], worst=worst[0])
    to_others = {code: ratios.get((best[0], code), 1.0) for code in criteria}
    to_worst = {code: ratios.get((code, worst[0]), 1.0) for code in criteria}
    return best[0], worst[0], to_others, to_worst
