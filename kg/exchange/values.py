"""What a mapping says of a value: where it stands in a record, and how its text is to be read."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.case import local_forms
from kg.case.form import DATES, PLAIN, Form
from kg.exchange.fitting import clean

Scope = tuple[Any, ...]
Path = tuple[str, ...]
Reader = Callable[[Scope], Sequence[str]]
_SPECIAL = (".", "^", "*")
_STEP = re.compile(r'"([^"]*)"|([^."]+)')
_HOLE = re.compile(r"\{([^{}]+)\}")
_DAY = re.compile(r"\+?(\d{4}-\d\d-\d\d)[T ]\S*(?: UTC)?")
# What a table for a value may hold.
KEYS = (
    "each",
    "from",
    "split",
    "codes",
    "default",
    "match",
    "date",
    "number",
    "strip",
    "first",
    "lower",
    "open",
)
STRIPS = ("markdown", "html")


def _silent(text: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How texts are written in the whole source: dates, decimal sign, what means nothing or still so."""

    form: Form = PLAIN
    thousands: str = ""
    blank: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()


@dataclass(slots=True)
class Value:
    """One or more places in a record, tried in turn, and what is done with the texts there."""

    places: tuple[str, ...]
    split: re.Pattern[str] | None = None
    codes: Mapping[str, str] | None = None
    default: str = ""
    match: re.Pattern[str] | None = None
    date: str = ""
    number: bool = False
    strip: str = ""
    first: bool = False
    lower: bool = False
    paths: list[Path] = field(default_factory=list)
    _readers: list[Reader] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)
    also: list[Value] = field(default_factory=list)
    each: Path = ()

    def __post_init__(self) -> None:
        for place in self.places:
            if place[:1] != "=":
                holes = _HOLE.findall(place)
                self.paths += [(*self.each, *steps(p)) for p in (holes or [place])]
            self._readers.append(_reader(place))

    def all(self, scope: Scope, told: Callable[[str], None] = _silent) -> list[str]:
        """Every text, each once; `told` hears of what a code table does not have."""
        found: dict[str, None] = {}
        for text in self._texts(scope, told):
            found[text] = None
        for other in self.also:
            found |= dict.fromkeys(other.all(scope, told))
        if not found and self.default:
            return [self.default]
        return list(found)[:1] if self.first else list(found)

    def one(self, scope: Scope, told: Callable[[str], None] = _silent) -> str:
        """The text of the first place that has one; empty if none has."""
        for text in self._texts(scope, told):
            return text
        others = (text for other in self.also if (text := other.one(scope, told)))
        return next(others, self.default)

    def _texts(self, scope: Scope, told: Callable[[str], None]) -> Iterator[str]:
        inner = [(node, *scope) for node in nodes(scope, self.each)] if self.each else (scope,)
        for read in self._readers:
            for one in inner:
                if found := read(one):
                    yield from self._read(found, told)

    def _read(self, found: Iterable[str], told: Callable[[str], None]) -> Iterator[str]:
        for whole in found:
            parts = self.split.split(whole) if self.split else (whole,)
            for part in parts:
                text = self._converted(clean(part), told)
                if text and text not in self.reading.blank:
                    yield text

    def _converted(self, text: str, told: Callable[[str], None]) -> str:
        if not text or text in self.reading.blank:
            return ""
        if self.match:
            found = self.match.search(text)
            text = (found[1] if self.match.groups else found[0]) if found else ""
        if self.strip:
            text = stripped(text, self.strip)
        if self.lower:
            text = text.lower()
        if self.codes is not None and text:
            if text not in self.codes and not self.default:
                told(text)
            text = self.codes.get(text, "" if self.default else text)
        if self.date and text:
            text = self._date(text)
        if self.number and text:
            if self.reading.thousands:
                text = text.replace(self.reading.thousands, "")
            text = local_forms.number(text, self.reading.form)
        return text

    def _date(self, text: str) -> str:
        if text in self.reading.open:
            return ".."
        if whole := _DAY.fullmatch(text):
            return whole[1]
        form = self.reading.form
        if self.date in DATES and self.date != form.dates:
            from dataclasses import replace

            form = replace(form, dates=self.date)
        return local_forms.date(text, form)


def _reader(place: str) -> Reader:
    """What gives the texts at a place: of itself if it begins with ``=``, put together if it has ``{}``."""
    if place[:1] == "=" and not _HOLE.search(place):
        return lambda scope: (place[1:],)
    if holes := _HOLE.findall(place):
        paths = {hole: steps(hole) for hole in holes}
        text = place.removeprefix("=")

        def put_together(scope: Scope) -> Sequence[str]:
            parts = {hole: next(iter(texts(scope, path)), "") for hole, path in paths.items()}
            if not any(parts.values()):
                return ()
            return (" ".join(_HOLE.sub(lambda m: parts[m[1]], text).split()),)

        return put_together
    path = steps(place)
    if len(path) == 1 and path[0] not in _SPECIAL:
        (name,) = path

        def member(scope: Scope) -> Sequence[str]:
            record = scope[0]
            held = record.get(name) if isinstance(record, dict) else None
            if isinstance(held, str):
                return (held,)
            return () if held is None else texts(scope, path)

        return member
    return lambda scope: texts(scope, path)


def steps(place: str) -> Path:
    """A place in a record as its steps: ``a.b``, with names that hold a dot in quotes.

    >>> steps("properties.name"), steps('"No. of shares"'), steps("^.id")
    (('properties', 'name'), ('No. of shares',), ('^', 'id'))
    """
    return tuple(quoted or plain for quoted, plain in _STEP.findall(place)) or (place,)


def nodes(scope: Scope, path: Path) -> list[Any]:
    """Everything at a path: lists on the way are gone through. `scope` has the record first, then what it stands in.

    ``.`` is the record itself, ``^`` what it stands in, ``*`` every value of an object.
    """
    at = 0
    while path[:1] == ("^",) and at + 1 < len(scope):
        at, path = at + 1, path[1:]
    record = scope[at]
    whole = ".".join(path)
    if isinstance(record, dict) and len(path) > 1 and whole in record:
        return _flat(record[whole])
    found: list[Any] = [record]
    for step in path:
        if step == "":
            continue
        ahead: list[Any] = []
        for node in found:
            for one in node if isinstance(node, list) else (node,):
                if isinstance(one, dict):
                    if step == "*":
                        ahead += one.values()
                    elif step in one:
                        ahead.append(one[step])
        found = ahead
    return [leaf for node in found for leaf in _flat(node)]


def _flat(node: Any) -> list[Any]:
    if isinstance(node, list):
        return [leaf for one in node for leaf in _flat(one)]
    return [] if node is None else [node]


def texts(scope: Scope, path: Path) -> list[str]:
    """The texts at a path, what is no text or number left out."""
    if len(path) == 2 and path[0] not in _SPECIAL and path[1] not in _SPECIAL:
        # By far the most frequent: a member of a member.
        record = scope[0]
        above = record.get(path[0]) if isinstance(record, dict) else None
        held = above.get(path[1]) if isinstance(above, dict) else None
        if isinstance(held, str):
            return [held]
        if held is None and isinstance(above, dict) and ".".join(path) not in record:
            return []
    if path == (".",):
        return [clean(leaf) for leaf in _flat(scope[0]) if not isinstance(leaf, dict)]
    return [clean(leaf) for leaf in nodes(scope, path) if not isinstance(leaf, dict)]


def stripped(text: str, marks: str) -> str:
    """A text without the marks of Markdown or HTML, and without numbered citations.

    >>> stripped("[APT1](https://x.org/g) is *a* group.(Citation: X 2013)", "markdown")
    'APT1 is a group.'
    >>> stripped("a<br>b &amp; c", "html")
    'a b & c'
    """
    if marks == "markdown":
        text = re.sub(r"\(Citation: [^()]*(?:\([^()]*\)[^()]*)*\)", "", text)
        text = re.sub(r"!?\[([^\]]*)\]\([^()\s]*\)", r"\1", text)
        text = re.sub(r"(?m)^#{1,6} ", "", text)
        text = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text, flags=re.DOTALL)
        text = re.sub(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])", r"\1", text)
    text = html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", " ", text))
    return re.sub(r"[ \t]{2,}", " ", text).strip()
