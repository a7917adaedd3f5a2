"""Places in documents in parts that can be asked for: pages, notes, paragraphs, rows.

A locator is text, as its editor wrote it: ``pp. 10-14 and note vi``. Its parts are a unit with
numbers; units are known by their usual words and short forms, and any word with a number after
it is one.
"""

from __future__ import annotations

import re

from kg.model.record import Record
from kg.text.names import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_UNITS = {
    "page": "p pp pg pages seite seiten s página pagina páginas pagine стр",
    "note": "n nn fn notes footnote footnotes endnote endnotes anm",
    "paragraph": "para paras par paragraphs abs ¶ ¶¶",
    "section": "§ §§ sec secs sections abschnitt",
    "line": "l ll lines zeile",
    "reference": "ref refs references",
    "chapter": "ch chap chaps chapters kapitel",
    "column": "col cols columns",
    "figure": "fig figs figures abb",
    "row": "rows",
    "table": "tab tables tabelle",
    "article": "art arts articles",
    "volume": "vol vols volumes bd",
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in (unit, *words.split())}
_UNIT |= {
    "页": "page",
    "頁": "page",
    "注": "note",
    "註": "note",
    "段": "paragraph",
    "条": "article",
}
_CHINESE = re.compile(r"第?\s*(\d+)\s*([页頁注註段条])")
_ROMAN = re.compile(r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_VALUE = r"\d{4}-\d\d(?:-\d\d)?(?!\d)|[a-z]*\d+[a-z]?(?:\s*[-–]\s*\d+[a-z]?)?|[ivxl]+(?![a-z])"
_JOINT = r"(?:\s*(?:,|&|and|und|et|y|e)\s*)"
_PART = re.compile(
    rf"(?P<unit>[^\W\d_]+|§§?|¶¶?)\.?\s*(?P<values>(?:{_VALUE})(?:{_JOINT}(?:\d+(?:\s*[-–]\s*\d+)?)(?![\w.]))*)"
)
_ONE = re.compile(_VALUE)


class Part(Record):
    """A part of a locator: the unit, and what stands after it; from `low` to `high` if numbers."""

    unit: str
    label: str
    low: int = 0
    high: int = 0


def parts(locator: str) -> list[Part]:
    """The parts of a locator that have a number, a numeral or a code.

    >>> [f"{p.unit} {p.label}" for p in parts("pp. 10-14, note vi")]
    ['page 10-14', 'note vi']
    """
    return [part for match in _PART.finditer(_plain(locator)) for part in _of(match)]


def _plain(locator: str) -> str:
    """Small letters, and Chinese pages, notes and paragraphs in the order of other languages."""
    text = locator.casefold()
    if text.isascii():
        return text
    return _CHINESE.sub(lambda m: f" {_UNIT[m[2]]} {m[1]} ", text)


def _of(match: re.Match[str]) -> Iterator[Part]:
    unit = match["unit"]
    if unit not in _UNIT and match[0].startswith(unit + match["values"]):
        return
    known = _UNIT.get(unit, unit.removesuffix("s") if len(unit) > 3 else unit)
    for label in _ONE.findall(match["values"]):
        if not any(c.isdigit() for c in label):
            if unit not in _UNIT or not _ROMAN.fullmatch(label):
                continue
            number = _number(label)
            yield Part(known, label, number, number)
            continue
        first, _, last = (n.strip() for n in re.sub("–", "-", label).partition("-"))
        if label.count("-") == 1 and first.isdecimal() and last.isdecimal() and len(first) < 4:
            low, high = int(first), int(last)
            # “112-14” goes to 114.
            if high < low and len(last) < len(first):
                high = int(first[: -len(last)] + last)
            yield Part(known, label, low, high)
        else:
            plain = int(label) if label.isdecimal() else 0
            yield Part(known, label, plain, plain)


def _number(numeral: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[c] for c in numeral]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


class Wish:
    """A locator as it is asked for, to be held against those of passages.

    Each part that has a number must be in the passage's locator (``p. 12`` is in ``pp. 10-14``,
    ``note 6`` is ``note vi``); a unit alone, as ``note``, wants any; of other words all must stand
    there, one after the other.

    >>> wish = Wish("page 12")
    >>> wish.met("pp. 10-14"), wish.met("p. 120"), Wish("notes").met("note vi")
    (True, False, True)
    """

    def __init__(self, text: str) -> None:
        self._parts = parts(text)
        rest = _PART.sub(lambda m: " " if any(_of(m)) else m[0], _plain(text))
        words = folded(rest).split()
        self._units = {_UNIT[w] for w in words if w in _UNIT} if len(words) == 1 else set[str]()
        self._words = " ".join(w for w in words if w not in self._units and w not in _LINKS)
        if self._units and words[0] in _UNIT:
            self._words = ""

    def met(self, locator: str) -> bool:
        """Whether a locator has all that is asked for."""
        if self._words and f" {self._words} " not in f" {folded(locator)} ":
            return False
        if not (self._parts or self._units):
            return bool(self._words)
        held = parts(locator)
        if not self._units <= {p.unit for p in held}:
            return False
        return all(any(_within(part, one) for one in held) for part in self._parts)


_LINKS = ("and", "in", "of", "the")


def _within(asked: Part, held: Part) -> bool:
    if asked.unit != held.unit:
        return False
    if asked.low and held.low:
        return held.low <= asked.high and asked.low <= held.high
    return asked.label == held.label
