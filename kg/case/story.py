"""A case's story: steps that lead through its graph, each sentence with the claims that it rests on.

`data/story.toml` is read to the letter: whatever it holds that is no part of a story is reported
with what was expected. Whether the claims are there is asked of a graph (`kg.analysis.retelling`).
"""

from __future__ import annotations

from datetime import date

from kg.case import tomlfile
from kg.model import dates
from kg.model.errors import BadCase
from kg.model.problems import Problem
from kg.model.record import Record
from kg.model.standing import STATUSES
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Any

FILE = "story.toml"
TABS = ("network", "table", "matrix", "timeline", "map")
LAYOUTS = ("paths", "lanes", "cells", "links", "dispute", "weight")
_DAY = "a day, a month or a year, as 2022-10-29, 2022-10 or 2022"
SHOWN = {
    "tab": f"a tab of the page: {', '.join(TABS)}",
    "layout": f"a layout of the page: {', '.join(LAYOUTS)}",
    "focus": "the id of an entity",
    "depth": "a number of steps around it, 1 to 4",
    "select": "the id of an entity, or a claim as subject, relation and object",
    "without": "a list of ids of documents and voices",
    "as-of": _DAY,
    "known-by": _DAY,
    "said": "a period, as 2022..2023, 2022.. or 2022-10",
}
"""What a step may set, each with what is expected."""
_WORDS = {"tab": TABS, "layout": LAYOUTS, "depth": ("1", "2", "3", "4")}


class Sentence(Record):
    """A sentence, the claims it rests on as (subject, relation, object), and their status as written."""

    text: str
    claims: tuple[tuple[str, str, str], ...]
    status: str = ""


class Step(Record):
    """A step: its title, its sentences, and what is shown with it, by the names in `SHOWN`."""

    title: str
    says: tuple[Sentence, ...]
    show: tuple[tuple[str, str | tuple[str, ...]], ...] = ()


class Story(Record):
    """The story of a case."""

    title: str
    steps: tuple[Step, ...]


def read(root: Path) -> tuple[Story | None, list[Problem]]:
    """The story of the case in a folder, if it has one that can be read, and everything wrong in its file."""
    path = root / "data" / FILE
    if not path.is_file():
        return None, []
    try:
        said = tomlfile.read(path)
    except BadCase as error:
        found = str(error).removeprefix(f"{path}: ").partition("; expected")[0]
        return None, [Problem(FILE, 0, "", found, "TOML, as docs/page.md has it")]
    reader = _Reader(said)
    return Story(reader.title, tuple(reader.steps)), reader.problems


class _Reader:
    """Reads the steps, and gathers what is wrong."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.problems: list[Problem] = []
        self.title = self._text(said, "title", 0)
        self._known(said, ("title", "step"), 0)
        steps = said.get("step", [])
        if not steps or not _tables(steps):
            none = not steps and isinstance(steps, list)
            found = "no steps" if none else f"“{steps}”"
            self._wrong(0, "step", found, "a part [[step]] for each step")
            steps = []
        self.steps = [self._step(step, i) for i, step in enumerate(steps, 1)]

    def _step(self, step: dict[str, Any], number: int) -> Step:
        self._known(step, ("title", "says", *SHOWN), number)
        says = step.get("says", [])
        if not says or not _tables(says):
            expected = "a part [[step.says]] for each sentence"
            self._wrong(number, "says", "no sentence", expected)
            says = []
        show = tuple(self._shown(step, number))
        return Step(self._text(step, "title", number), tuple(self._says(says, number)), show)

    def _shown(
        self, step: dict[str, Any], number: int
    ) -> Iterator[tuple[str, str | tuple[str, ...]]]:
        for name, expected in SHOWN.items():
            if name not in step:
                continue
            value = step[name]
            if name == "without":
                if isinstance(value, list) and all(isinstance(one, str) for one in value):
                    yield name, tuple(value)
                    continue
            elif isinstance(value, str | int) or type(value) is date:
                expected = _expected(name, str(value))
                if not expected:
                    yield name, str(value)
                    continue
            hint = did_you_mean(str(value), _WORDS.get(name, ()))
            self._wrong(number, name, f"“{value}”", expected, hint)

    def _says(self, says: Sequence[dict[str, Any]], number: int) -> Iterator[Sentence]:
        for one in says:
            self._known(one, ("text", "claims", "status"), number)
            text = self._text(one, "text", number)
            given = one.get("claims", [])
            claims = []
            for claim in given if isinstance(given, list) else [given]:
                words = claim.split() if isinstance(claim, str) else []
                if len(words) == 3:
                    claims.append((words[0], words[1], words[2]))
                else:
                    expected = "a subject, a relation and an object, as “ann knows bob”"
                    self._wrong(number, "claims", f"“{claim}”", expected)
            if not given:
                expected = "the claims that the sentence rests on"
                self._wrong(number, "claims", f"none for “{text}”", expected)
            status, known = str(one.get("status", "")).lower(), [x.lower() for x in STATUSES]
            if status and status not in known:
                hint = did_you_mean(status, known)
                self._wrong(number, "status", f"“{one['status']}”", ", ".join(known), hint)
                status = ""
            yield Sentence(text, tuple(claims), status)

    def _text(self, said: dict[str, Any], name: str, number: int) -> str:
        value = said.get(name, "")
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._wrong(number, name, "nothing" if not value else f"“{value}”", "a text in quotes")
        return ""

    def _known(self, said: dict[str, Any], names: Sequence[str], number: int) -> None:
        for name in said:
            if name not in names:
                hint = did_you_mean(name, names)
                self._wrong(number, name, "an unknown key", ", ".join(names), hint)

    def _wrong(self, number: int, key: str, found: str, expected: str, hint: str = "") -> None:
        self.problems.append(Problem(FILE, number, key, found, expected, hint, unit="step"))


def _expected(name: str, value: str) -> str:
    """What was expected in place of a value; empty if it will do."""
    if name in ("as-of", "known-by"):
        return _day(value)
    if name == "said":
        return _span(value)
    if name in _WORDS:
        return "" if value in _WORDS[name] else SHOWN[name]
    return "" if value.strip() else SHOWN[name]


def _span(value: str) -> str:
    first, dots, last = value.partition("..")
    if not (first or last):
        return SHOWN["said"]
    wrong = next((told for day in (first, last) if day and (told := _day(day))), "")
    if wrong:
        return wrong if wrong != _DAY else SHOWN["said"]
    begin, end = dates.parse(first).earliest, dates.parse(last).latest
    return "a period that does not end before it begins" if begin > end and dots and last else ""


def _day(value: str) -> str:
    """What was expected in place of a text that is no day which a page and a lens read alike."""
    try:
        dates.parse(value)
    except ValueError as error:
        return str(error) if str(error).startswith("a date that exists") else _DAY
    return _DAY if not value or set(value) & set("~/?.") else ""


def _tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)
