"""Constraints and conditions of a form: the part of XPath that XLSForm uses, parsed once, evaluated on a row.

Blank is the empty string, and no number: every comparison of sizes with a blank is false, as on the
devices that take such forms. What this module does not know is `UnsupportedError`, never a guess.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ksd_toolkit.questionnaire.expression_functions import (
    FUNCTIONS,
    SIGNS,
    MalformedError,
    Node,
    Row,
    Scope,
    UnsupportedError,
    check_pattern,
    number,
    plain,
    truth,
)

_LONGEST: Final = 2_000
_DEEPEST: Final = 40
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<string>'[^']*'|\"[^\"]*\")"
    r"|\$\{(?P<field>[A-Za-z_][\w.-]*)\}|(?P<sign><=|>=|!=|[=<>+\-*(),])"
    r"|(?P<name>[A-Za-z_][\w-]*)|(?P<self>\.))"
)
_WORD_SIGNS: Final = frozenset({"and", "or", "div", "mod"})
_PATHS: Final = frozenset("/[]@|*:")  # signs of XPath that this module leaves to others


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression. `fields` are the other questions it asks about."""

    text: str
    fields: frozenset[str]
    node: Node

    def holds(
        self, value: object = None, row: Row | None = None, today: date | None = None
    ) -> bool:
        """Whether it is true of an answer in its row."""
        return truth(self.node(Scope(value, row, today)))


def parse_expression(text: str) -> Expression:
    """An XPath expression as XLSForm writes it, ready to be evaluated.

    Raises:
        MalformedError: No program could read it.
        UnsupportedError: It uses a function or a sign that is not known here.
    """
    if len(text) > _LONGEST:
        raise UnsupportedError(text[:40])
    parser = _Parser(_tokens(text))
    node = parser.expression(0)
    parser.end()
    return Expression(text, frozenset(parser.fields), node)


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    stripped = text.rstrip()
    while at < len(stripped):
        match = _TOKEN.match(stripped, at)
        if match is None:
            unknown = stripped[at:].lstrip()[0] in _PATHS
            raise (UnsupportedError if unknown else MalformedError)(text)
        kind = str(match.lastgroup)
        found.append((kind, match[kind]))
        at = match.end()
    return found


_OR, _AND, _UNARY = 1, 2, 7


class _Parser:
    """Precedence climbing over the tokens; remembers which questions are asked about."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0
        self.fields: set[str] = set()

    def peek(self) -> tuple[str, str]:
        """The next token; an empty one at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def take(self) -> tuple[str, str]:
        """The next token, passed."""
        token = self.peek()
        self.at += 1
        return token

    def end(self) -> None:
        """Nothing may be left."""
        if self.at < len(self.tokens):
            raise MalformedError(self.peek()[1])

    def expression(self, weakest: int) -> Node:
        """Everything that binds at least as strongly as `weakest`."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UnsupportedError("()")
        left = self.operand()
        while (strength := self._strength()) > weakest:
            _, sign = self.take()
            left = _joined(sign, left, self.expression(strength))
        self.depth -= 1
        return left

    def _strength(self) -> int:
        kind, text = self.peek()
        if (kind == "name" and text in _WORD_SIGNS) or kind == "sign":
            return {"or": _OR, "and": _AND}.get(text, SIGNS.get(text, (0, None))[0])
        return 0

    def operand(self) -> Node:  # noqa: PLR0911  a kind of operand a line
        """A number, a text, the answer, another answer, a function or something in brackets."""
        kind, text = self.take()
        if kind == "number":
            constant = float(text)
            return lambda scope: constant
        if kind == "string":
            return lambda scope: text[1:-1]
        if kind == "self":
            return lambda scope: plain(scope.value)
        if kind == "field":
            self.fields.add(text)
            return lambda scope: plain((scope.row or {}).get(text))
        if kind == "name" and self.peek() == ("sign", "("):
            return self._call(text)
        if (kind, text) == ("sign", "-"):
            inner = self.expression(_UNARY - 1)
            return lambda scope: -number(inner(scope))
        if (kind, text) == ("sign", "("):
            inside = self.expression(0)
            self._expect(")")
            return inside
        unknown = kind == "name" and text not in _WORD_SIGNS  # a path, to XPath
        raise (UnsupportedError if unknown else MalformedError)(text)

    def _call(self, name: str) -> Node:
        self.take()
        given: list[Node] = []
        if self.peek() != ("sign", ")"):
            given.append(self.expression(0))
            while self.peek() == ("sign", ","):
                self.take()
                given.append(self.expression(0))
        self._expect(")")
        least, most, body = FUNCTIONS.get(name, (1, 0, None))
        if body is None or not least <= len(given) <= most:
            raise UnsupportedError(name)
        if name == "regex":
            check_pattern(given[1])
        return lambda scope: body(scope, given)

    def _expect(self, sign: str) -> None:
        if self.take() != ("sign", sign):
            raise MalformedError(sign)


def _joined(sign: str, left: Node, right: Node) -> Node:
    if sign == "and":
        return lambda scope: truth(left(scope)) and truth(right(scope))
    if sign == "or":
        return lambda scope: truth(left(scope)) or truth(right(scope))
    join = SIGNS[sign][1]
    return lambda scope: join(left(scope), right(scope))
