"""One run: take in a dossier, score it, execute its notebooks and write every paper."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ksd_toolkit.answers.quality.result import quality
from ksd_toolkit.answers.schedule import read_schedule
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import MethodError, NotRankedError, PlenaryError, RunError
from ksd_toolkit.evaluation import review
from ksd_toolkit.evaluation.activation import activation
from ksd_toolkit.evaluation.option_effects import option_effects
from ksd_toolkit.evaluation.option_scores import option_scores
from ksd_toolkit.matching.spoken import spoken_of
from ksd_toolkit.matching.usulan_partners import partners_of_usulan
from ksd_toolkit.messages import say
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.plenary import Outcome
from ksd_toolkit.register import Intake, Register, ingest, read_register
from ksd_toolkit.remembering import remembering
from ksd_toolkit.runs.formal_papers import (
    FORMAL_PAPERS,
    case_of,
    left_out,
    plenary_of,
    write_formal_papers,
)
from ksd_toolkit.runs.making import RANKING, Parameters, Work, wanted
from ksd_toolkit.runs.notebook_files import notebook_path
from ksd_toolkit.runs.notebooks import checked, engine_called, parameters_of
from ksd_toolkit.runs.papers import ANSWERS, PAPERS, UNRANKED, Paper
from ksd_toolkit.runs.returning import return_workbooks
from ksd_toolkit.runs.scenario_files import check_data
from ksd_toolkit.scoring import Method, Ranking, overview, read_method, score
from ksd_toolkit.theme import read_sources, read_theme

RANKING_FILE: Final = f"{RANKING}.xlsx"
STEPS: Final = 4 + 2 * len(PAPERS) + len(FORMAL_PAPERS)


@dataclass(frozen=True, slots=True, eq=False)
class RunResult:
    """What a run found and made.

    `outcome` is what the plenary decided, None where none is recorded or `plenary_refused` says why
    its record could not be used. `remarks` name the papers that do not keep the length they promise.
    """

    dossier: Dossier
    intake: Intake
    previous_intake: Intake | None
    ranking: Ranking
    folder: Path
    files: tuple[Path, ...]
    outcome: Outcome | None = None
    plenary_refused: PlenaryError | None = None
    remarks: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 when everything was used, 2 when some input was refused."""
        return 2 if self.intake.count("error") or self.plenary_refused else 0


def run_dossier(  # noqa: PLR0913  what is run, where to, and how
    dossier: Dossier,
    *,
    folder: Path | None = None,
    settings: Mapping[str, object] | None = None,
    other_data: bool = False,
    only: Collection[str] = (),
    engine: str = "",
    on_step: Callable[[str], None] = lambda _: None,
) -> RunResult:
    """Everything from the offices' files to the papers of one period.

    Args:
        dossier: What to run.
        folder: Where the papers go; the dossier's own report folder when not given.
        settings: Notebook parameters by name, e.g. `{"rows": 15}`. Checked before anything starts.
        other_data: Whether a scenario that was made on other answers is run all the same.
        only: The names of the papers wanted, e.g. `policy-brief`; all when empty.
        engine: What runs the notebooks, `ksd-fork` or `papermill`; what suits the machine when empty.
        on_step: Called with the name of each step before it begins.

    Raises:
        RunError: A setting, a paper or the engine is unknown, a setting mistyped, a notebook failed, or a scenario was
            made on other data.
        InputError: No office has sent anything that could be used, or `jadwal.csv`, the theme file or
            the file of sources is refused; those are read before anything is taken in.
        MethodError: The method contradicts itself.
        NotRankedError: Nothing can be ranked by the method; the papers that need no ranking are
            written all the same.
    """
    target = folder or dossier.reports
    work = Work(target, wanted(only), engine_called(engine), on_step)
    parameters = parameters_for(dossier, settings or {})
    method = read_method(dossier)
    for read in (read_schedule, read_theme, read_sources):  # a notebook would stop at them later
        read(dossier)
    with remembering():
        return _run(dossier, method, parameters, work, other_data=other_data)


def _run(
    dossier: Dossier, method: Method, parameters: Parameters, work: Work, *, other_data: bool
) -> RunResult:
    lang = dossier.lang
    work.on_step(say("step.ingest", lang))
    earlier = [ingest(past) for past in dossier.past()]
    intake = ingest(dossier)
    work.on_step(say("step.score", lang))
    register = read_register(dossier)
    try:
        ranking = score(register, method)
    except MethodError as error:
        _unranked(register, parameters, intake, work)
        reasons = {"reason": error.sentence("id"), "reason_en": error.sentence("en")}
        root, target = dossier.root, work.target
        folder = target.relative_to(root) if target.is_relative_to(root) else Path(target.name)
        raise NotRankedError("run.not_ranked", folder=folder.as_posix(), **reasons) from error
    if not other_data:
        check_data(ranking)
    outcome, refused = plenary_of(ranking)
    case = case_of(register, ranking, outcome)
    _look_ahead(case, work)
    made = work.notebook_papers(PAPERS, parameters, ranking.stamp, case)
    written = [path for published in made for path in published.files]
    written += write_formal_papers(case, work.target, only=work.only, on_step=work.on_step)
    work.on_step(say("step.tables", lang))
    written += [*work.tables(ranking, intake), work.summary(case)]
    work.on_step(say("step.stamp", lang))
    written.append(work.stamp(case, written))
    remarks = [published.remark for published in made if published.remark]
    remarks += [] if work.only else left_out(case)
    return RunResult(
        dossier,
        intake,
        earlier[0] if earlier else None,
        ranking,
        work.target,
        tuple(written),
        outcome,
        refused,
        tuple(remarks),
    )


def _look_ahead(case: Case, work: Work) -> None:
    """Compute once what several notebooks and papers ask for, before the notebooks are forked."""
    if any(work.wants(paper.paper) for paper in PAPERS):
        for seen in (overview, spoken_of, option_scores, activation):
            seen(case.register)
    if work.wants(ANSWERS):
        quality(case.register)
    if any(work.wants(paper.paper) for paper in PAPERS if paper.reviews):
        review(case.register)
        option_effects(case.register)
    if work.wants(RANKING) and case.ranking is not None:
        for usulan in case.ranking.table.index:
            case.ranking.explain(str(usulan))
        with suppress(MethodError):  # where nothing is known of any region, each paper says so
            partners_of_usulan(case.ranking, rows=0)


def _unranked(
    register: Register,
    parameters: Parameters,
    intake: Intake,
    work: Work,
) -> None:
    """Write what needs no ranking, with its stamp."""
    case = case_of(register, None, None)
    made = work.notebook_papers(UNRANKED, parameters, register.stamp, case)
    written = [path for published in made for path in published.files]
    written += write_formal_papers(case, work.target, only=work.only, on_step=work.on_step)
    returned = return_workbooks(register.dossier, intake, work.target)
    work.stamp(case, [*written, work.summary(case), returned.table, returned.report])


def parameters_for(
    dossier: Dossier, settings: Mapping[str, object]
) -> dict[Paper, dict[str, object]]:
    """The parameters of every paper's notebook.

    Raises:
        RunError: A setting is unknown to every notebook, or mistyped.
    """
    paths = {paper.notebook: notebook_path(paper.notebook, dossier) for paper in PAPERS}
    known = {name: parameters_of(path) for name, path in paths.items()}
    everywhere = {parameter for names in known.values() for parameter in names}
    for name, value in settings.items():
        if name in {"dossier", "lang", "edition"}:
            raise RunError("run.reserved_parameter", name=name)
        if name not in everywhere:
            checked(paths["07_policy_brief"], {name: value})  # raises with a suggestion
    given: dict[Paper, dict[str, object]] = {}
    for paper in PAPERS:
        own = {"edition": paper.edition} if paper.edition else {}
        mine = {name: value for name, value in settings.items() if name in known[paper.notebook]}
        asked = {"dossier": dossier.called, "lang": dossier.lang, **own, **mine}
        given[paper] = checked(paths[paper.notebook], asked)
    return given
