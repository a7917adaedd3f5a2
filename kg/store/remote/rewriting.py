"""A query as it is sent to a store: its prefixes declared, its values in it, its rows counted."""

from __future__ import annotations

import copy
from itertools import pairwise

from kg.sparql.tokens import is_comment, is_word, placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.sparql.query import Term

FORMS = ("select", "ask", "construct", "describe")


class Query:
    """A query taken apart as far as is needed: the prologue, the form, where its pattern begins."""

    def __init__(
        self, text: str, prefixes: Mapping[str, str], bindings: Mapping[str, Term] | None = None
    ) -> None:
        found = [(at, token) for at, token in placed(text) if not is_comment(token)]
        self.form, begin, self.distinct = "", len(text), False
        for n, (at, token) in enumerate(found):
            if is_word(token) and token.lower() in FORMS:
                self.form, begin = token.lower(), at
                self.distinct = [t.lower() for _, t in found[n + 1 : n + 2]] == ["distinct"]
                break
        own = {
            after[:-1]
            for (_, before), (_, after) in pairwise(found)
            if before.lower() == "prefix" and after.endswith(":")
        }
        used = {token.partition(":")[0] for _, token in found if ":" in token and token[0] != "<"}
        declared = (f"PREFIX {p}: <{iri}>\n" for p, iri in prefixes.items() if p in used - own)
        self.prologue = "".join(declared) + text[:begin]
        self.body = _with(text[begin:], bindings or {})

    @property
    def text(self) -> str:
        """The whole query."""
        return self.prologue + self.body

    @property
    def counted(self) -> str:
        """A query for the number of rows of a SELECT."""
        return f"{self.prologue}SELECT (COUNT(*) AS ?n) WHERE {{ {{ {self.body}\n}} }}"

    @property
    def template(self) -> str:
        """The template of a CONSTRUCT; its pattern where that is both."""
        return _first_group(self.body)[0]

    def solutions(self) -> Query:
        """The SELECT of what a CONSTRUCT is made of, or of what a DESCRIBE describes.

        A DESCRIBE that names resources alone has none: its form is empty.
        """
        made = copy.copy(self)
        if self.form == "construct":
            group, rest = _first_group(self.body)
            short = self.body[: self.body.index(group)].split()[-1:] in (["WHERE"], ["where"])
            made.body = f"SELECT * WHERE {group}{rest}" if short else f"SELECT * {rest}"
        else:
            made.body = f"SELECT DISTINCT{self.body[len('describe') :]}"
            if "{" not in self.body:
                made.form = ""
                return made
        made.form = "select"
        return made

    @property
    def named(self) -> list[str]:
        """The IRIs that a DESCRIBE names, as they are written."""
        found = []
        for _, token in placed(self.body[len("describe") :]):
            if token == "{" or is_word(token):
                break
            if token[0] == "<" or ":" in token:
                found.append(token)
        return found


def _first_group(body: str) -> tuple[str, str]:
    """The first group in braces, and what stands behind it."""
    depth = begin = 0
    for at, token in placed(body):
        if token == "{":
            begin = begin if depth else at
            depth += 1
        elif token == "}":
            depth -= 1
            if not depth:
                return body[begin : at + 1], body[at + 1 :]
    return body, ""


def _with(body: str, bindings: Mapping[str, Term]) -> str:
    """A query whose variables have values: in every group that uses them, and so in every row."""
    if not bindings:
        return body
    from kg.sparql.results import turtle

    names = {f"{sign}{name}": name for name in bindings for sign in "?$"}
    found = [(at, token) for at, token in placed(body) if not is_comment(token)]
    opened: list[int] = []
    wanted: dict[int, set[str]] = {}
    for at, token in found:
        if token == "{":
            opened.append(at)
        elif token == "}" and opened:
            opened.pop()
        elif token in names and opened:
            # A group is evaluated by itself before it is joined: each that names it has the value.
            for group in opened:
                wanted.setdefault(group, set()).add(names[token])
    closed = _data_blocks(found)
    pieces, last = [], 0
    for at in sorted(wanted):
        if at in closed:
            continue
        rows = (f"VALUES ?{name} {{ {turtle(bindings[name])} }}" for name in sorted(wanted[at]))
        pieces.append(f"{body[last : at + 1]} {' '.join(rows)} ")
        last = at + 1
    return "".join(pieces) + body[last:]


def _data_blocks(found: list[tuple[int, str]]) -> set[int]:
    """Where a brace opens the rows of a VALUES, and no group."""
    blocks: set[int] = set()
    values = False
    for at, token in found:
        if is_word(token) and token.lower() == "values":
            values = True
        elif token == "{" and values:
            blocks.add(at)
            values = False
    return blocks
