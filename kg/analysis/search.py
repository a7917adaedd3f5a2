"""Finding entities by any part of any of their names."""

from __future__ import annotations

from kg.analysis.filters import known
from kg.model.claims import Entity
from kg.model.errors import Ambiguous, NotFound, UsageError
from kg.model.record import Record
from kg.store.graph import Graph
from kg.text.names import exact, folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class Found(Record):
    """A match: `match` is exact, folded, part or near, `matched` the name that did.

    It is exact where only letter case differs, folded where also what readers of the script
    leave out: accents, points, width, punctuation.
    """

    name: str
    kind: str
    match: str
    matched: str
    id: str


def find(graph: Graph, text: str, *, kind: str = "", limit: int = 20) -> list[Found]:
    """What is called so, best first: exactly, folded, then in part, and near ones if there is none.

    Ids, names in any script, aliases and the texts of attributes (a code, a street)
    count; `kind` is a class with those below it; a `limit` of 0 is none. Raises
    UsageError for an empty text or a class that is none. Cost: every name once.
    """
    wanted = exact(text.removeprefix(graph.base))
    key = folded(text.removeprefix(graph.base))
    if not key:
        raise UsageError("say what to look for")
    kind = graph.terms.class_of(kind) or kind
    known(graph.terms.classes, kind, "class")
    pool = [e for e in graph.ledger.entities() if graph.terms.is_a(e.kind, kind)]
    names = {e.id: list(_names(graph, e)) for e in pool}
    called = _called(graph, text)
    ranked: list[tuple[float, str, Entity]] = []
    for e in pool:
        tier, name = min(((_tier(key, wanted, n), n) for n in names[e.id]), key=lambda t: t[0])
        if e.id in called and tier > _FOLDED:
            # Found by the id of a record that was merged into it.
            tier, name = _FOLDED, text
        if tier < _NEAR:
            ranked.append((tier, name, e))
    if not ranked:
        near = _Near(key)
        best = (
            (max(((near.score(n), n) for n in names[e.id]), key=lambda s: s[0]), e) for e in pool
        )
        ranked = [(_NEAR + 1 - score, name, e) for (score, name), e in best if score]
    ranked.sort(key=lambda r: (r[0], len(r[1]), r[2].name, r[2].id))
    return [
        Found(
            e.name,
            graph.terms.classes[e.kind].label,
            _MATCHES[min(int(tier), _NEAR)],
            name,
            e.id,
        )
        for tier, name, e in ranked[: limit or None]
    ]


_FOLDED, _NEAR = 1, 6
_MATCHES = ("exact", "folded", "part", "part", "part", "part", "near")


def _names(graph: Graph, entity: Entity) -> Iterator[str]:
    yield entity.name
    yield from (name for _, name in entity.names)
    yield from entity.aliases
    for prop, value in entity.attributes:
        term = graph.terms.attributes[prop]
        if term.datatype == "string" and not {"Description", "TextDigest"} & {*term.roles}:
            yield value
    yield entity.id


def _called(graph: Graph, text: str) -> set[str]:
    try:
        return {graph.find(text)}
    except Ambiguous as several:
        return {id_ for id_, _ in several.matches}
    except NotFound:
        return set()


def _tier(key: str, wanted: str, name: str) -> int:
    """0 the whole name, 1 folded, then whole words, their beginnings, in another order, inside one."""
    held = folded(name)
    words = f" {held} "
    fits = (
        held == key and exact(name) == wanted,
        held == key,
        f" {key} " in words,
        f" {key}" in words,
        all(f" {word}" in words for word in key.split()),
        key in held,
    )
    return fits.index(True) if any(fits) else _NEAR


class _Near:
    """How alike names are to a text, as a whole or word by word."""

    def __init__(self, key: str) -> None:
        from difflib import SequenceMatcher

        self._whole = SequenceMatcher(None, "", key)
        self._words = [SequenceMatcher(None, "", word) for word in key.split()]

    def score(self, name: str) -> float:
        """From 0.75 to 1, or 0."""
        name = folded(name)
        words = name.split()
        worst = min(max((_ratio(m, w) for w in words), default=0.0) for m in self._words)
        return max(_ratio(self._whole, name), worst)


def _ratio(matcher: Any, text: str) -> float:
    matcher.set_seq1(text)
    if matcher.real_quick_ratio() < 0.75 or matcher.quick_ratio() < 0.75:
        return 0.0
    found = float(matcher.ratio())
    return found if found >= 0.75 else 0.0
