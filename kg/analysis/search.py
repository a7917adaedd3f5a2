"""Finding entities by any part of any of their names."""

from __future__ import annotations

from kg.analysis.filters import class_of
from kg.model.errors import Ambiguous, NotFound, UsageError
from kg.model.record import Record
from kg.store.graph import Graph
from kg.store.name_match import FOLDED, NEAR, TITLE, Hit
from kg.text.names import folded


class Found(Record):
    """A match: `match` tells how, `matched` which name did.

    It is exact where only letter case differs; folded where also what readers of the script
    leave out: accents, points, width, punctuation; part where a name, or its names together, have all
    words, in any order; form where it is a name’s initials, its words as one, or a name of another script as it
    is read; title where titles, offices or its class have some of them; near where it is spelt
    alike; inside where a whole name stands in what was asked; some where it has only the words that
    tell the most. `state` says in a word that it is no more.
    """

    name: str
    kind: str
    match: str
    matched: str
    id: str
    state: str = ""


_MATCHES = (
    *("exact", "folded", "form", "part", "part", "part", "part", "title", "near", "inside", "some"),
)


def find(graph: Graph, text: str, *, kind: str = "", limit: int = 20) -> list[Found]:
    """What is called so, best first: exactly, folded, in part, by a title; else spelt alike.

    Ids, names in any script, aliases and the texts of attributes (a code, a street)
    count; `kind` is a class with those below it; a `limit` of 0 is none. Raises
    UsageError for an empty text or a class that is none. Cost: of the records that have the
    words some hundreds are compared.
    """
    wanted = graph.local(text)
    if not folded(wanted):
        raise UsageError("say what to look for")
    kinds = sorted(graph.terms.below(class_of(graph.terms, kind))) if kind else ()
    hits = graph.ledger.names.hits(wanted, kinds=kinds, limit=limit)
    held = {hit.entity for hit in hits if hit.tier <= FOLDED}
    # Found by the id of a record that was merged into it.
    merged = [Hit(FOLDED, text, id_) for id_ in _called(graph, text) if id_ not in held]
    if merged:
        ids = {hit.entity for hit in merged}
        hits = [h for h in hits if h.tier <= FOLDED or (h.tier < NEAR and h.entity not in ids)]
        allowed = [h for h in merged if not kinds or graph.ledger.entity(h.entity).kind in kinds]
        hits = sorted([*hits, *allowed], key=lambda h: h.tier > FOLDED)[: limit or None]
    found = ((hit, graph.ledger.entity(hit.entity)) for hit in hits)
    known = graph.terms.classes
    rows = [Found(e.name, known[e.kind].label, _match(hit), hit.matched, e.id) for hit, e in found]
    if not graph.terms.ending:
        return rows
    from kg.text.sentences import Wording

    words = Wording(graph.ledger, graph.terms)
    return [row._replace(state=words.state(row.id)) for row in rows]


def _match(hit: Hit) -> str:
    """In a word how a record fits."""
    return "part" if hit.tier == TITLE and hit.across else _MATCHES[hit.tier]


def _called(graph: Graph, text: str) -> list[str]:
    try:
        return [graph.ledger.find(graph.local(text))]
    except Ambiguous as several:
        return [id_ for id_, _ in several.matches]
    except NotFound:
        return []
