"""Edge lists: two names a line, and what else stands there; separated by commas, tabs or spaces.

With a header its columns name the ends and what describes an edge. Without one a third
column is a weight if it is a number, else what joins the two.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import Any

from kg.exchange.draft import Draft
from kg.exchange.network import Edge, Item, Node, take
from kg.exchange.source import Source

TITLE = "edge list"
_ENDS = (
    *(
        ("source", "target"),
        ("from", "to"),
        ("subject", "object"),
        ("src", "dst"),
        ("tail", "head"),
    ),
    *(("node1", "node2"), ("source id", "target id"), ("start", "end"), ("parent", "child")),
)
_SEPARATORS = {".csv": ",", ".tsv": "\t"}
_ENDINGS = (".edgelist", ".edges", ".el", ".ncol", ".lgl")
_MOST = 10_000


def fits(source: Source) -> bool:
    """Whether its name says so, or it is a table whose header names two ends."""
    if source.ending in _ENDINGS:
        return True
    first = source.head.partition("\n")[0]
    separator = _SEPARATORS.get(source.ending)
    return (
        separator is not None and _header([c.strip() for c in first.split(separator)]) is not None
    )


def read(source: Source, draft: Draft) -> None:
    """All edges; nodes are what they name."""
    if source.ending == ".lgl":
        raise source.bad("it is a list by node", "write it as two names a line")
    take(draft, lambda: _items(source))


def _header(cells: Sequence[str]) -> tuple[int, int] | None:
    names = [" ".join(re.sub(r"[\W_]+", " ", c).lower().split()) for c in cells]
    for first, last in _ENDS:
        if first in names and last in names:
            return names.index(first), names.index(last)
    return None


def _items(source: Source) -> Iterator[Item]:
    seen: set[str] = set()
    ends: tuple[int, int] | None = None
    names: list[str] = []
    begun = False
    for number, cells in _rows(source):
        if not begun:
            begun = True
            ends = _header(cells)
            if ends:
                names = cells
                continue
        if len(cells) < 2:
            raise source.bad(f"line {number:,}: one name; an edge has two")
        if names and len(cells) > len(names):
            raise source.bad(f"line {number:,}: {len(cells)} cells, the header has {len(names)}")
        one, other = ends or (0, 1)
        first, last = (cells[i].strip() if i < len(cells) else "" for i in (one, other))
        if not first or not last:
            raise source.bad(f"line {number:,}: an end is empty")
        for name in (first, last):
            if name not in seen:
                seen.add(name)
                yield Node(name, f"line {number}")
        rest = [(i, c.strip()) for i, c in enumerate(cells) if i not in (one, other)]
        attributes, directed = _attributes(rest, names)
        yield Edge(first, last, f"line {number}", directed, "", attributes)


def _attributes(
    rest: Sequence[tuple[int, str]], names: Sequence[str]
) -> tuple[list[tuple[str, Any, str]], bool]:
    found: list[tuple[str, Any, str]] = []
    directed = True
    for i, cell in rest:
        if not cell:
            continue
        if names:
            name = names[i].strip() or f"column {i + 1}"
            if name.lower() == "type" and cell.lower() in ("directed", "undirected"):
                directed = cell.lower() == "directed"  # as Gephi's tables say it
                continue
        elif cell[:1] == "{" and (inner := _braces(cell)) is not None:
            found += ((k, v, "") for k, v in inner.items())
            continue
        else:
            number = re.fullmatch(r"[+-]?[0-9.]+([eE][+-]?[0-9]+)?", cell)
            name = f"column {i + 1}" if i > 2 else "weight" if number else "relation"
        found.append((name, cell, "decimal" if _is_number(cell) else "string"))
    return found, directed


def _is_number(cell: str) -> bool:
    # 007 is a name of seven, not seven.
    return bool(re.fullmatch(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?", cell))


def _braces(cell: str) -> dict[str, Any] | None:
    """What networkx writes of an edge: ``{'weight': 3}``."""
    import ast

    if len(cell) > _MOST or max(cell.count(b) for b in "{[(") > 50:
        return None
    try:
        value = ast.literal_eval(cell)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else None


def _rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    separator = _SEPARATORS.get(source.ending, "")
    for number, line in source.lines():
        if line[:1] in ("#", "%"):
            continue
        if not separator and number and "\t" in line:
            yield number, line.split("\t")
        elif not separator:
            parts = line.split(None, 2)
            more = parts[2:] if parts[2:] and parts[2][:1] == "{" else line.split()[2:]
            yield number, [*parts[:2], *more]
        else:
            yield number, next(csv.reader([line], delimiter=separator), [])
