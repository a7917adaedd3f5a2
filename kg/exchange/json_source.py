"""JSON of any size, an item at a time: strict, bounded, and never half understood.

Refused are what is cut off, NaN and Infinity, a name that stands twice in one object, numbers of
thousands of digits, and what is nested too deeply. In memory is one item.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from kg.exchange.source import Source
from kg.model.errors import BadData

MAX_ITEM = 256 << 20
MAX_DEPTH = 200
_CHUNK = 1 << 20
_SPACE = re.compile(r"[ \t\n\r]*")
# Where a value that is a number may go on in the next chunk.
_MARGIN = 64
_CUT = "it is cut off: the file ends inside a value"


class _Refused(Exception):
    """What JSON allows and we do not."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(k for k, _ in pairs if k in seen or seen.add(k))  # type: ignore[func-returns-value]
        raise _Refused(f"the name “{twice[:60]}” stands twice in one object")
    return made


def _constant(word: str) -> Any:
    raise _Refused(f"{word} is no JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant)


def value(source: Source, text: str, where: str) -> Any:
    """One JSON value that is all of a text. Raises BadData with the place."""
    try:
        found, end = _decoded(text, 0)
    except (ValueError, _Refused, RecursionError) as error:
        raise source.bad(f"{where}: {_said(error)}") from error
    if text[end:].strip():
        raise source.bad(f"{where}: something stands after the value", "one value a line")
    return found


def _decoded(text: str, at: int) -> tuple[Any, int]:
    found, end = _DECODER.raw_decode(text, at)
    if isinstance(found, (dict, list)):
        _shallow(found)
    return found, end


def _shallow(value: Any) -> None:
    level, here = 0, [value]
    while here:
        level += 1
        if level > MAX_DEPTH:
            raise _Refused(f"it is nested more than {MAX_DEPTH} deep")
        ahead: list[Any] = []
        for node in here:
            held = node.values() if isinstance(node, dict) else node
            ahead += [v for v in held if isinstance(v, (dict, list))]
        here = ahead


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON: {error.msg.lower()} at character {error.pos + 1:,}"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return "a number of thousands of digits" if isinstance(error, ValueError) else str(error)


class _Text:
    """The text of a file as far as it is read, from the place where reading is."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._bytes = source.opened()
        self._file = self._bytes.__enter__()
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.text, self.at, self.before, self.done, self.ended = "", 0, 0, 0, False

    def more(self) -> bool:
        """Read on; False at the end of the file."""
        if self.ended:
            return False
        data = self._file.read(_CHUNK)
        self.done += len(data)
        try:
            new = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise self.source.bad("it is not UTF-8", "save it as UTF-8") from error
        self.before += self.at
        self.text, self.at = self.text[self.at :] + new, 0
        self.ended = not data
        self.source.told(self.done)
        return True

    def next(self) -> str:
        """The next character that is no space, which stays; empty at the end."""
        while True:
            match = _SPACE.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, wanted: str) -> None:
        """Go past a character that must stand here."""
        if (found := self.next()) != wanted:
            raise self.bad(f"expected {wanted}" + (f", found {found}" if found else ""))
        self.at += 1

    def item(self) -> Any:
        """The value that begins here."""
        self.next()
        while True:
            try:
                found, end = _decoded(self.text, self.at)
                if end + _MARGIN < len(self.text) or self.ended:
                    self.at = end
                    return found
            except (_Refused, RecursionError) as error:
                raise self.bad(_said(error)) from error
            except ValueError as error:
                near = _MARGIN if not self.ended else 1
                cut = isinstance(error, json.JSONDecodeError) and (
                    error.pos + near > len(self.text) or "Unterminated" in error.msg
                )
                if cut and self.ended:
                    raise self.source.bad(_CUT) from error
                if not cut:
                    place = error.pos if isinstance(error, json.JSONDecodeError) else self.at
                    self.at = min(place, len(self.text))
                    raise self.bad(_said(error).partition(" at character")[0]) from error
            if len(self.text) - self.at > MAX_ITEM:
                raise self.bad(f"one item of more than {MAX_ITEM:,} characters")
            # Twice as much each time, or a large item would be read over and over.
            wanted = 2 * (len(self.text) - self.at)
            while len(self.text) - self.at < wanted and self.more():
                pass

    def bad(self, what: str) -> BadData:
        """The error with the place; what ends too early is told as that."""
        if not self.next():
            return self.source.bad(_CUT)
        return self.source.bad(f"near character {self.before + self.at + 1:,}: {what}")

    def close(self) -> None:
        self._bytes.__exit__(None, None, None)


def items(
    source: Source, within: tuple[str, ...] = (), keyed: tuple[str, ...] = ()
) -> Iterator[tuple[str, Any]]:
    """The items of a JSON file, with the name of the list that they stand in.

    Of a list, each of its items; of an object, each item of the lists that are called as
    `within` says (of objects that are called as `keyed` says, each value), and before them, under the name ``""``, an object of the members that stand before; what stands
    after the lists is given as another such object. Raises BadData for what is no such JSON.
    """
    text = _Text(source)
    try:
        if text.next() == "[":
            for found in _array(text):
                yield "", found
        elif text.next() == "{":
            yield from _object(text, within, keyed)
        else:
            raise text.bad("expected { or [")
        if text.next():
            raise text.bad("something stands after the end; several values in one file are no JSON")
    finally:
        text.close()


def objects(source: Source, keyed: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """The values of a file that is a list, one object, or lines with a value each; with their places."""
    first = source.head.lstrip().partition("\n")[0].strip()
    try:
        lines = first[:1] == "{" and bool(_DECODER.decode(first)) and not keyed_in(first, keyed)
    except (ValueError, _Refused, RecursionError):
        lines = False
    if lines or source.ending in (".jsonl", ".ndjson"):
        for number, line in source.lines():
            yield f"line {number:,}", value(source, line, f"line {number:,}")
    else:
        for number, (_, found) in enumerate(items(source, keyed=keyed), 1):
            yield f"item {number:,}", found


def keyed_in(text: str, keyed: tuple[str, ...]) -> bool:
    """Whether an object that is one line has a member that is gone through by its values."""
    found = _DECODER.decode(text)
    return isinstance(found, dict) and any(name in found for name in keyed)


def _array(text: _Text) -> Iterator[Any]:
    text.take("[")
    if text.next() == "]":
        text.take("]")
        return
    while True:
        yield text.item()
        if text.next() != ",":
            break
        text.take(",")
    text.take("]")


def _object(
    text: _Text, within: tuple[str, ...], keyed: tuple[str, ...]
) -> Iterator[tuple[str, Any]]:
    text.take("{")
    beside: dict[str, Any] = {}
    names: set[str] = set()
    given = False
    while names or text.next() != "}":
        name = text.item()
        if not isinstance(name, str):
            raise text.bad("expected a name in quotes")
        if name in names:
            raise text.bad(f"the name “{name[:60]}” stands twice in one object")
        names.add(name)
        text.take(":")
        streamed = (name in within and text.next() == "[") or (name in keyed and text.next() == "{")
        if streamed:
            if beside and within:
                yield "", beside
                beside = {}
            given = True
            for found in _array(text) if name in within else _values(text):
                yield name, found
        else:
            beside[name] = text.item()
        if text.next() != ",":
            break
        text.take(",")
    text.take("}")
    if beside and not (keyed and given):
        yield "", beside


def _values(text: _Text) -> Iterator[Any]:
    """The values of an object, whatever they are called."""
    text.take("{")
    if text.next() == "}":
        text.take("}")
        return
    while True:
        text.item()
        text.take(":")
        yield text.item()
        if text.next() != ",":
            break
        text.take(",")
    text.take("}")
