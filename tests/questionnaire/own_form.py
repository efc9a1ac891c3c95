"""A dossier's own questions, one for each way an answer can be written or asked."""

from ksd_toolkit.questionnaire import Submission, read_workbook
from tests.small_project import COLUMNS, Project, office_book

HEAD = (
    "type name label::Bahasa_Indonesia_(id) label::English_(en) format constraint relevant required"
)
QUESTIONS = (
    # type        name          format     constraint                     relevant              required
    ("decimal",   "cakupan",    "percent", ". <= 100",                    "",                   ""),
    ("decimal",   "panjang",    "",        "",                            "",                   ""),
    ("text",      "masa",       "period",  "",                            "",                   ""),
    ("date",      "mulai",      "",        "",                            "",                   ""),
    ("date",      "selesai",    "",        ". >= ${mulai}",               "",                   ""),
    ("text",      "alasan_x",   "",        "",                            "${sifat} = 'permasalahan'", "yes"),
    ("text",      "daftar",     "",        "pulldata('a', 'b', 'c', .)",  "",                   ""),
    ("text",      "telepon_dinas", "phone", "",                           "",                   ""),
    ("text",      "surel_dinas", "email",  "",                            "",                   ""),
)  # fmt: skip


def own_form(questions=QUESTIONS) -> str:
    """The text of `form.md` that adds these questions to every usulan."""
    head = HEAD.split()
    lines = [
        "| survey |",
        row("", *(cell.replace("_", " ") if "::" in cell else cell for cell in head)),
    ]
    lines.append(row("", "begin_repeat", "usulan", "Usulan", "Proposals", *[""] * 4))
    for kind, name, form, constraint, relevant, required in questions:
        cells = (kind, name, f"Isi {name}", f"Fill {name}", form, constraint, relevant, required)
        lines.append(row("", *cells))
    lines.append(row("", "end_repeat", "usulan", *[""] * 6))
    return "\n".join(lines) + "\n"


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def ask(project: Project, questions=QUESTIONS) -> None:
    """Let the dossier ask these questions."""
    (project.folder / "form.md").write_text(own_form(questions), encoding="utf-8")


def answered(project: Project, question: str, *typed: object, look: str = "General") -> Submission:
    """The questionnaire of an office that typed these answers into a column of its own, a row each."""
    book = office_book("DISHUB", usulan=len(typed))
    sheet = book["usulan"]
    column = len(COLUMNS["usulan"]) + 1
    sheet.cell(1, column).value = question
    for number, answer in enumerate(typed, start=2):
        cell = sheet.cell(number, column)
        cell.value, cell.number_format = answer, look
        if isinstance(answer, str):
            cell.data_type = "s"
    submission = read_workbook(project.put(book, "dishub.xlsx"), project.dossier)
    assert isinstance(submission, Submission), submission
    return submission


def outcomes(submission: Submission, question: str) -> list[object]:
    """What became of each answer: its value, else its state."""
    cells = [a for a in submission.answers if a.field == question]
    return [cell.state if cell.value is None else cell.value for cell in cells]


def told(submission: Submission) -> list[tuple[str, str]]:
    """Code and severity of every problem that is not about a question nobody had to answer."""
    return [
        (p.code, p.severity)
        for p in submission.problems
        if p.code not in {"sheet.rule_not_evaluated", "sheet.question_gone"}
    ]
