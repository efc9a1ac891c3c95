"""Read explanations back: patterns made of the catalogue's sentences, with nothing of them left over.

Every digit of a sentence is either in a number that is handed out here, or in a text that is known
beforehand: an id, the questionnaire's title, a label or phrase of the method, an article.
"""

import re
import string
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path

import ksd_toolkit
from ksd_toolkit.law import cite
from ksd_toolkit.scoring import Method

MESSAGES = Path(ksd_toolkit.__file__).parent / "messages"
NUMBER = {"id": r"-?\d{1,3}(?:\.\d{3})*(?:,\d+)?", "en": r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?"}
PERCENT = {"id": "\u00a0%", "en": "%"}
AND = {"id": "dan", "en": "and"}


@cache
def templates(lang: str) -> dict[str, str]:
    """The sentences about scores by name."""
    text = (MESSAGES / lang / "explain.toml").read_text(encoding="utf-8")
    return {k: v for k, v in tomllib.loads(text)["explain"].items() if isinstance(v, str)}


def number(text: str, lang: str) -> Decimal:
    """A printed number; the minus of a gap is a typographic one."""
    thousands, point = (".", ",") if lang == "id" else (",", ".")
    plain = text.replace(thousands, "").replace(point, ".").replace("\u2212", "-")
    return Decimal(plain)


def pattern(name: str, lang: str, **parts: str) -> str:
    """A sentence as a regular expression; `parts` say what may stand where, a number unless said."""
    found = ""
    for literal, placeholder, _, _ in string.Formatter().parse(templates(lang)[name]):
        assert not re.search(r"\d", literal), f"a digit nobody can check in {name}"
        found += re.escape(literal)
        if placeholder is not None:
            inner = parts.get(placeholder, NUMBER[lang])
            found += f"(?P<{placeholder}>{inner})"
    return found


def read(name: str, lang: str, text: str, **parts: str) -> dict[str, str] | None:
    """What a sentence says, if the whole text is this sentence."""
    matched = re.fullmatch(pattern(name, lang, **parts), text, re.DOTALL)
    return None if matched is None else matched.groupdict()


def either(texts: Iterable[str]) -> str:
    """One of these texts, the longest first."""
    return "|".join(re.escape(text) for text in sorted(set(texts), key=len, reverse=True))


def listed(items: list[str], lang: str) -> str:
    """Items as a list is written: a; a and b; a, b, and c."""
    if len(items) <= 2:
        return f" {AND[lang]} ".join(items)
    return ", ".join(items[:-1]) + f", {AND[lang]} {items[-1]}"


@dataclass
class Move:
    """A change and what follows from it."""

    code: str
    kind: str
    before: Decimal
    after: Decimal


@dataclass
class Told:
    """Everything a sentence about one usulan claims."""

    facts: dict[str, Decimal] = field(default_factory=dict)
    class_label: str = ""
    class_change: str = ""
    gaps: dict[str, list[tuple[str, Decimal]]] = field(default_factory=dict)
    rest: dict[str, tuple[Decimal, int, int]] = field(default_factory=dict)
    alone: bool = False
    alike: bool = False
    subject: str = ""
    outlook: str = ""
    to: str = ""
    move: Move | None = None
    floor: str = ""
    cap: str = ""
    lift: str = ""
    wanting: list[str] = field(default_factory=list)
    reviewed: list[str] = field(default_factory=list)


class Reader:
    """Reads the sentences of one method in one language."""

    def __init__(self, method: Method, lang: str, type_notes: Iterable[str] = ()) -> None:
        self.method, self.lang = method, lang
        self.phrases = {c.phrases[lang]: c.code for c in method.criteria}
        self.labels = {c.labels[lang]: c.code for c in method.criteria}
        self.classes = {band.labels[lang]: band.name for band in method.bands}
        self.type_notes = list(type_notes)
        self.reviews = [
            f"{row[f'reason_{lang}']} ({cite(gate.article, lang).citation})"
            for gate in method.gates
            for row in gate.rows
            if f"reason_{lang}" in row
        ]

    def ranked(self, text: str, usulan: str, title: str) -> Told:
        """What is said about a ranked usulan; fails where anything is left over."""
        lang, any_ = self.lang, r".+?"
        known = {"usulan": re.escape(usulan), "title": re.escape(title)}
        pct = NUMBER[lang] + re.escape(PERCENT[lang])
        ranked = pattern("ranked", lang, rank=any_, why=any_, **known, **{"class": any_})
        shaken = r"[^\d.]+"
        firm = pattern("firm", lang, share=pct, shaken=shaken)
        steady = pattern("steady", lang, share=pct, shaken=shaken).replace("(?P<", "(?P<steady_")
        interval = pattern("interval", lang, coverage=pct)
        review = pattern("review", lang, reasons=any_)
        notes = either(self.type_notes) or r"(?!)"
        whole = f"{ranked}(?: (?:{firm}|{steady}))?(?: {interval})?(?: {review})?(?: (?P<type>{notes}))?"
        matched = re.fullmatch(whole, text, re.DOTALL)
        assert matched is not None, f"not understood: {text!r}"
        parts = {name: value for name, value in matched.groupdict().items() if value is not None}
        told = Told()
        self._rank(told, parts["rank"])
        self._class(told, parts["class"])
        self._why(told, parts["why"])
        if "reasons" in parts:
            told.reviewed = list(self._reviews(parts["reasons"]))
        for name in ("of", "points", "worst", "best", "low", "high", "draws", "steady_low", "steady_draws"):  # fmt: skip
            if name in parts:
                told.facts[name] = number(parts[name], lang)
        for name in ("share", "coverage", "steady_share"):
            if name in parts:
                told.facts[name] = number(parts[name].removesuffix(PERCENT[lang]), lang)
        return told

    def _rank(self, told: Told, text: str) -> None:
        shared = read("rank_shared", self.lang, text)
        if shared is not None:
            told.facts["others"] = number(shared["others"], self.lang)
            text = shared["rank"]
        assert re.fullmatch(NUMBER[self.lang], text)
        told.facts["rank"] = number(text, self.lang)

    def _class(self, told: Told, text: str) -> None:
        labels = either(self.classes)
        if text in self.classes:
            told.class_label = text
            return
        for name, change in (("class_floor", "floor"), ("class_cap", "cap")):
            if (found := read(name, self.lang, text, label=labels)) is not None:
                told.class_label, told.class_change = found["label"], change
                return
        if text == templates(self.lang)["class_method"]:
            told.class_change = "method"
            return
        pct = NUMBER[self.lang] + re.escape(PERCENT[self.lang])
        found = read("no_class", self.lang, text, coverage=pct)
        assert found is not None, f"no class: {text!r}"
        told.class_change = "coverage"
        told.facts["class_coverage"] = number(
            found["coverage"].removesuffix(PERCENT[self.lang]), self.lang
        )

    def _why(self, told: Told, text: str) -> None:
        outlook = read("with_outlook", self.lang, text, why="[^;]+", outlook=".+")
        if outlook is not None:
            text = outlook["why"]
            self._outlook(told, outlook["outlook"])
        text = self.rest(told, text)
        if text == templates(self.lang)["alone"]:
            told.alone = True
            return
        compared = read("compared", self.lang, text, why=".+")
        assert compared is not None, f"not compared: {text!r}"
        why = self.rest(told, compared["why"]) if not told.rest else compared["why"]
        told.gaps = self.sides(why, {"lifted": "lifted", "held": "held"}, "average")

    def rest(self, told: Told, text: str) -> str:
        """Take off what is said of criteria one side did not answer; nothing is left if that is all."""
        lang, id_, gap = self.lang, r"[A-Z]+-\d+", r"[+\u2212]?" + NUMBER[self.lang]
        clauses = [
            pattern("one_side", lang, gap=gap, usulan=id_, side=id_),
            pattern("not_scored", lang, gap=gap),
        ]
        plain = "|".join(re.sub(r"\(\?P<\w+>", "(?:", clause) for clause in clauses)
        both = f"(?:{plain})(?: {AND[lang]} (?:{plain}))?"
        whole = re.fullmatch(both, text)
        said = (
            {"why": "", "rest": text}
            if whole
            else read("with_rest", lang, text, why=".+?", rest=both)
        )
        if said is None:
            return text
        for clause in clauses:
            for found in re.finditer(clause, said["rest"]):
                facts = found.groupdict()
                side = facts.get("side", "")
                assert side not in told.rest
                figures = (int(number(facts[name], lang)) for name in ("n", "of"))
                told.rest[side] = (number(facts["gap"], lang), *figures)
                told.subject = facts.get("usulan", "")
        return said["why"]

    def sides(self, text: str, names: dict[str, str], none: str) -> dict[str, list[tuple[str, Decimal]]]:  # fmt: skip
        """The reasons on either side, by criterion code."""
        if text in {templates(self.lang)[none], ""}:
            return {side: [] for side in names}
        both = read("both", self.lang, text, first=".+", second=".+")
        parts = [both["first"], both["second"]] if both else [text]
        found: dict[str, list[tuple[str, Decimal]]] = {side: [] for side in names}
        for part in parts:
            for side, name in names.items():
                if (said := read(name, self.lang, part, reasons=".+")) is not None:
                    found[side] = self._reasons(said["reasons"])
                    break
            else:
                raise AssertionError(f"no reasons: {part!r}")
        return found

    def _reasons(self, text: str) -> list[tuple[str, Decimal]]:
        gap = r"[+\u2212]" + NUMBER[self.lang]
        one = pattern("reason", self.lang, phrase=either(self.phrases), gap=gap)
        found = list(re.finditer(one, text))
        assert listed([m.group() for m in found], self.lang) == text, f"not understood: {text!r}"
        return [(self.phrases[m["phrase"]], number(m["gap"], self.lang)) for m in found]

    def _reviews(self, text: str) -> "Iterator[str]":
        found = re.findall(either(self.reviews), text)
        assert listed(found, self.lang) == text, f"not understood: {text!r}"
        yield from found

    def _outlook(self, told: Told, text: str) -> None:
        if self._wanting(told, text):
            return
        labels = either(self.classes)
        moved = ["fall_class", "rise_class", "fall_rank", "rise_rank"]
        nothing = [f"no_{name}" for name in moved]
        lifts = ("rise_answered", "rise_if_kept", "")
        ways = product(lifts, (False, True), (False, True), [*moved, *nothing, ""])
        for lift, floor, cap, name in ways:
            parts = [
                pattern(f"{what}_holds", self.lang, label=labels).replace(
                    "(?P<label", f"(?P<{what}"
                )
                for what, holds in (("floor", floor), ("cap", cap))
                if holds
            ]
            if lift:
                parts.append(pattern(lift, self.lang, to=labels).replace("(?P<to", "(?P<lift"))
            if name:
                to = labels if name.endswith("class") else NUMBER[self.lang]
                parts.append(pattern(name, self.lang, to=to, change=".+"))
            whole = listed(parts, self.lang)
            if lift and "fall" in name and not floor and not cap:
                whole = pattern("both", self.lang, first=parts[0], second=parts[1])
            if parts and (m := re.fullmatch(whole, text, re.DOTALL)):
                said = m.groupdict()
                told.outlook, told.to = name, said.get("to") or ""
                told.floor, told.cap = said.get("floor") or "", said.get("cap") or ""
                told.lift = said.get("lift") or ""
                if said.get("lower"):
                    told.facts["lower"] = number(said["lower"], self.lang)
                if said.get("change"):
                    told.move = self.change(said["change"])
                return
        raise AssertionError(f"no outlook: {text!r}")

    def pair(self, text: str, upper: str, lower: str) -> Told:
        """What is said about two usulan; `outlook` is `swap` or `no_swap`."""
        told, lang = Told(), self.lang
        known = {"upper": re.escape(upper), "lower": re.escape(lower)}
        swaps = {
            name: re.sub(r"\(\?P<(upper|lower)>", "(?:", pattern(name, lang, change=".+", **known))
            for name in ("swap", "no_swap")
        }
        for kind, swap in product(("above", "beside"), swaps):
            whole = f"{pattern(kind, lang, why='.+', **known)} {swaps[swap]}"
            if (matched := re.fullmatch(whole, text)) is not None:
                break
        else:
            raise AssertionError(f"not understood: {text!r}")
        said = matched.groupdict()
        told.class_change, told.outlook = kind, swap
        for name in ("rank", "lower_rank", "upper_points", "lower_points", "gap"):
            if name in said:
                told.facts[name] = number(said[name], lang)
        why = self.rest(told, said["why"])
        if (hardly := read("hardly", lang, why)) is not None:
            told.facts["least"] = number(hardly["least"], lang)
            why = ""
        told.alike = why == templates(lang)["alike"]
        if kind == "beside" and (own := read("of_upper", lang, why, why=".+", **known)):
            why = own["why"]
        told.gaps = self.sides(why, {"ahead": "ahead", "behind": "behind"}, "alike")
        if said.get("change"):
            told.move = self.change(said["change"])
        return told

    def against(self, text: str, usulan: str, rival: str) -> Told:
        """What is said about an usulan and what it is held to: the mean, a border or a rival."""
        told, lang = Told(), self.lang
        border = pattern("against_class", lang, label=either(self.classes))
        held_to = f"{re.escape(templates(lang)['against_mean'])}|{re.escape(rival)}|{border}"
        said = read("against", lang, text, usulan=re.escape(usulan), against=held_to, why=".+")
        assert said is not None, f"not understood: {text!r}"
        told.class_label = said.get("label") or ""
        told.facts = {name: number(said[name], lang) for name in ("start", "end")}
        why = self.rest(told, said["why"])
        told.gaps = self.sides(why, {"lifted": "lifted", "held": "held"}, "average")
        return told

    def change(self, text: str) -> Move:
        """The one answer or weight supposed otherwise."""
        for kind, way in product(("answer", "weight"), ("up", "down")):
            said = read(f"{kind}_{way}", self.lang, text, criterion=either(self.labels))
            if said is not None:
                before, after = (number(said[name], self.lang) for name in ("before", "after"))
                assert (after > before) == (way == "up"), text
                return Move(self.labels[said["criterion"]], kind, before, after)
        raise AssertionError(f"no change: {text!r}")

    def _wanting(self, told: Told, text: str) -> bool:
        for name in ("wanting", "wanting_many"):
            said = read(name, self.lang, text, criteria=".+")
            if said is not None:
                found = re.findall(either(self.labels), said["criteria"])
                assert listed(found, self.lang) == said["criteria"], text
                told.outlook, told.wanting = name, [self.labels[label] for label in found]
                if name == "wanting_many":
                    told.facts["wanted"] = number(said["n"], self.lang)
                return True
        return False
