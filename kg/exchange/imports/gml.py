"""GML: nodes and edges as lists of keys and values, in UTF-8 or, as its paper says, in ISO 8859-1.

Keys within keys are told by both names; `graphics` is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from kg.exchange.draft import Draft
from kg.exchange.network import DRAWING, OF_ALL, Edge, Ignored, Item, Node, take
from kg.exchange.source import Source

TITLE = "GML"
MAX_DEPTH = 200
_MAX_TOKEN = 16 << 20
_CHUNK = 1 << 20
_TOKEN = re.compile(r'\s*(?:(#[^\n]*\n)|("[^"]*")|([\[\]])|([^\s\[\]"#]+))')
# What says how a graph is kept, or which program wrote it.
_KEPT = ("id", "directed", "multigraph", "hierarchic", "creator", "version")
_DRAWN = ("graphics", "LabelGraphics", "edgeAnchor", "labelAnchor")
Pairs = list[tuple[str, Any]]


def fits(source: Source) -> bool:
    """Whether the name ends in .gml and a graph begins in it; some maps end so too."""
    return source.ending == ".gml" and bool(re.search(r"\bgraph\s*\[", source.head))


def read(source: Source, draft: Draft) -> None:
    """All graphs of the file."""
    take(draft, lambda: _items(source))


def _items(source: Source) -> Iterator[Item]:
    directed, graphs, several, edges = False, 0, "", 0
    for depth, key, value in _parsed(source):
        if depth == 0 and key == "graph":
            graphs += 1
            # The ids of a second graph are its own.
            several, directed = (f"{graphs}/" if graphs > 1 else ""), False
        elif depth == 1 and key == "directed":
            directed = str(value) == "1"
        elif depth == 1 and key == "node" and isinstance(value, list):
            yield from _node(source, value, several)
        elif depth == 1 and key == "edge" and isinstance(value, list):
            edges += 1
            yield from _edge(source, value, several, directed, edges)
        elif key.lower() not in _KEPT and key not in _DRAWN:
            yield Ignored("data of a graph", OF_ALL)
    if not graphs:
        raise source.bad("it has no graph", "expected graph [ … ]")


def _node(source: Source, pairs: Pairs, within: str) -> Iterator[Item]:
    held = dict(pairs)
    if "id" not in held:
        raise source.bad(f"a node without an id: {_shown(pairs)}")
    if any(k in _DRAWN for k in held):
        yield Ignored("drawing", DRAWING, passed=True)
    rest = [p for p in pairs if p[0] not in ("id", "label", "isGroup", "gid", *_DRAWN)]
    parent = f"{within}{held['gid']}" if "gid" in held else ""
    name = held.get("label", "")
    yield Node(f"{within}{held['id']}", f"node {held['id']}", str(name), _attributes(rest), parent)


def _edge(source: Source, pairs: Pairs, within: str, directed: bool, number: int) -> Iterator[Item]:
    held = dict(pairs)
    if "source" not in held or "target" not in held:
        raise source.bad(f"an edge without source or target: {_shown(pairs)}")
    if any(k in _DRAWN for k in held):
        yield Ignored("drawing", DRAWING, passed=True)
    rest = [p for p in pairs if p[0] not in ("source", "target", "label", *_DRAWN)]
    ends = f"{within}{held['source']}", f"{within}{held['target']}"
    place = f"edge {held.get('id', number)}"
    yield Edge(*ends, place, directed, str(held.get("label", "")), _attributes(rest))


def _attributes(pairs: Pairs, before: str = "") -> list[tuple[str, Any, str]]:
    """Keys and values as attributes; a key that stands several times has a list of values."""
    found: dict[str, list[Any]] = {}
    types: dict[str, str] = {}
    for key, value in pairs:
        if value == "_networkx_list_start":
            continue
        if isinstance(value, list):
            inner = _attributes(value, f"{before}{key} ")
        else:
            number = isinstance(value, _Number)
            kind = (
                ("integer" if value.lstrip("+-").isdigit() else "decimal") if number else "string"
            )
            inner = [(f"{before}{key}", str(value), kind)]
        for name, one, kind in inner:
            found.setdefault(name, []).extend(one if isinstance(one, list) else [one])
            types[name] = kind if types.get(name, kind) == kind else "string"
    return [(k, v if len(v) > 1 else v[0], types[k]) for k, v in found.items()]


class _Number(str):
    """A number, its text kept."""

    __slots__ = ()


def _parsed(source: Source) -> Iterator[tuple[int, str, Any]]:
    """Depth, key and value of everything: a graph where it begins, what is in it where it ends."""
    stack: list[tuple[str, Pairs]] = []
    key = ""
    for kind, token in _tokens(source):
        if kind == "]":
            if key or not stack:
                raise source.bad(f"“]” where {'a value' if key else 'a key'} is expected")
            name, pairs = stack.pop()
            if stack:
                if len(stack) > 1:
                    stack[-1][1].append((name, pairs))
                else:
                    yield 1, name, pairs
        elif not key:
            if kind != "word":
                raise source.bad(f"{token[:40]} where a key is expected")
            key = token
        elif kind == "[":
            if len(stack) >= MAX_DEPTH:
                raise source.bad(f"nested more than {MAX_DEPTH} deep")
            if not stack:
                yield 0, key, None
            stack.append((key, []))
            key = ""
        else:
            value = unescape(token[1:-1]) if kind == "text" else _Number(token)
            if len(stack) > 1:
                stack[-1][1].append((key, value))
            else:
                yield len(stack), key, value
            key = ""
    if stack or key:
        raise source.bad("it is cut off: the file ends inside a list")


def _tokens(source: Source) -> Iterator[tuple[str, str]]:
    done, text, ended = 0, "", False
    encoding = _encoding(source)
    import codecs

    decoder = codecs.getincrementaldecoder(encoding)()
    with source.opened() as file:
        while not ended:
            data = file.read(_CHUNK)
            ended = not data
            done += len(data)
            text += decoder.decode(data, final=ended)
            source.told(done)
            at = 0
            while match := _TOKEN.match(text, at):
                # What touches the end of what is read may go on.
                if match.end() == len(text) and not ended:
                    break
                at = match.end()
                if match[2]:
                    yield "text", match[2]
                elif match[3]:
                    yield match[3], match[3]
                elif match[4]:
                    yield "word", match[4]
            text = text[at:]
            if len(text) > _MAX_TOKEN:
                raise source.bad(f"a text of more than {_MAX_TOKEN:,} characters")
    if (rest := text.strip()) and rest[0] != "#":
        raise source.bad("it is cut off: the file ends inside a text")


def _encoding(source: Source) -> str:
    """UTF-8 if all of it is, else the one that the format was described with."""
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with source.opened() as file:
        try:
            while data := file.read(_CHUNK):
                decoder.decode(data)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "iso-8859-1"
    return "utf-8-sig"


def _shown(pairs: Pairs) -> str:
    return " ".join(f"{k} {v}" for k, v in pairs if not isinstance(v, list))[:60] or "an empty one"
