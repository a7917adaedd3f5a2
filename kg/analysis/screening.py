"""A list of names against the records: which may be meant, and in what way each is alike.

Nothing is taken: a name that is one record's to the letter says so, one that is only alike says
how, and one that several have names them all.
"""

from __future__ import annotations

from kg.analysis.called import called
from kg.analysis.filters import class_of
from kg.model.record import Record
from kg.text import likeness
from kg.text.names import exact
from kg.text.words import dense, syllables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model.claims import Entity
    from kg.store.graph import Graph
    from kg.text.likeness import Name

# From the firmest on; the first three name a record.
MATCHES = (
    *("exact", "alias", "folded", "form", "script", "order", "initials", "near", "sound"),
    *("part", "acronym", "none"),
)
CERTAIN = 3
_OTHERS = 5
# A key that so many records share tells little; only what begins a whole name is followed then.
_COMMON = 200


class Screened(Record):
    """A row of the list: how it is matched, and by which record, if by one.

    `match` is one of `MATCHES`: exact where the name is the record's but for letter case; alias
    where it is another name of it; folded where also accents, points or punctuation differ; the
    others as `kg duplicates` calls them. `records` is how many fit as well: with more than one,
    `name` and `id` are empty. `others` are what else may be meant, as “name (id)”.
    """

    row: int
    asked: str
    match: str
    records: int
    name: str
    matched: str
    kind: str
    id: str
    others: tuple[str, ...]


def screen(graph: Graph, names: Sequence[tuple[int, str]], *, kind: str = "") -> list[Screened]:
    """Each name of a list with the records that it may mean, in the order of the list.

    `names` are (row, name), `kind` a class with those below it. Raises UsageError for a class
    that is none. Cost: linear in the records and the names; ten thousand names against a
    hundred thousand records take some ten seconds.
    """
    kinds = graph.terms.below(class_of(graph.terms, kind)) if kind else ()
    asked = {text: likeness.named(text) for _, text in names}
    wanted = {key for name in asked.values() for key in likeness.keys(name)}
    alone = {word for name in asked.values() for word in _alone(name)}
    index: dict[str, dict[str, None]] = {}
    held: dict[str, tuple[Entity, tuple[Name, ...]]] = {}
    ids = {text for _, text in names}
    for e, texts in called(graph, kinds):
        forms = tuple(map(likeness.named, texts))
        found = {key for form in forms for key in likeness.keys(form) if key in wanted}
        if e.id in ids:
            found.add(f"#{e.id}")
        if alone:
            found |= {f"~{word}" for form in forms for word in _parts(form) if word in alone}
        if found:
            held[e.id] = e, forms
        for key in found:
            index.setdefault(key, {})[e.id] = None
    done: dict[str, Screened] = {}
    rows = []
    for row, text in names:
        if text not in done:
            done[text] = _screened(graph, text, asked[text], index, held)
        rows.append(done[text]._replace(row=row))
    return rows


def _screened(
    graph: Graph,
    text: str,
    name: Name,
    index: dict[str, dict[str, None]],
    held: dict[str, tuple[Entity, tuple[Name, ...]]],
) -> Screened:
    ids: dict[str, None] = {}
    for key in (*likeness.keys(name), f"#{text}"):
        if len(some := index.get(key, {})) <= _COMMON or key[0] in "=#":
            ids |= some
    ranked = []
    for id_ in ids:
        e, forms = held[id_]
        if id_ == text:
            ranked.append((0, 0.0, e.name, id_, id_))
            continue
        best = min((_place(text, name, e, form) for form in forms), default=None)
        if best and best[0] < len(MATCHES) - 1:
            ranked.append((best[0], best[1], e.name, id_, best[2]))
    if not ranked:
        # One word is too little to be alike by; whoever has it in a name may be meant all the same.
        place = MATCHES.index(likeness.PART)
        asked = _alone(name)
        for id_ in dict.fromkeys(id_ for word in asked for id_ in index.get(f"~{word}", ())):
            e, forms = held[id_]
            matched = min(form.text for form in forms if not _parts(form).isdisjoint(asked))
            ranked.append((place, 0.0, e.name, id_, matched))
    ranked.sort()
    if not ranked:
        return Screened(0, text, "none", 0, "", "", "", "", ())
    first = [r for r in ranked if r[:2] == ranked[0][:2]]
    match = MATCHES[ranked[0][0]]
    if len(first) > 1:
        told = tuple(
            f"{r[2]} ({r[3]})" for r in (*first[:_COMMON], *ranked[len(first) :][:_OTHERS])
        )
        return Screened(0, text, match, len(first), "", "", "", "", told)
    _, _, called, id_, matched = first[0]
    others = tuple(f"{r[2]} ({r[3]})" for r in ranked[1 : 1 + _OTHERS])
    label = graph.terms.classes[held[id_][0].kind].label
    return Screened(0, text, match, 1, called, matched, label, id_, others)


def _alone(name: Name) -> tuple[str, ...]:
    """The word of a name that is one word only, as a surname or a given name; as it is read, and as
    it is written where names have no spaces; else nothing."""
    if len(name.words) != 1:
        return ()
    own = (name.folded,) if _unspaced(name) else ()
    return tuple(word for word in (name.words[0], *own) if len(word) > 1)


def _parts(name: Name) -> set[str]:
    """What of a name may stand for it alone: its words; without spaces, what follows a surname of one or
    two signs."""
    given = (name.folded[n:] for n in (1, 2)) if _unspaced(name) else ()
    return {*name.words, *(part for part in given if len(part) > 1)}


def _unspaced(name: Name) -> bool:
    """Whether a name is written in signs that run on, surname and given name alike."""
    text = name.folded
    return " " not in text and (syllables(text) or (bool(text) and all(map(dense, text))))


def _place(text: str, name: Name, e: Entity, form: Name) -> tuple[int, float, str]:
    """How firmly a name of a record is the one asked for: the place of its match, how far off."""
    like = likeness.alike(name, form)
    if like is None:
        return len(MATCHES) - 1, 0.0, form.text
    if like.kind == likeness.SAME:
        if exact(text) == exact(form.text):
            return (0 if form.text == e.name else 1), 0.0, form.text
        return 2, 0.0, form.text
    return MATCHES.index(like.kind), 1 - like.degree, form.text


def certain(row: Screened) -> bool:
    """Whether a name is one record's own."""
    return row.records == 1 and MATCHES.index(row.match) < CERTAIN


def summary(rows: Sequence[Screened]) -> str:
    """How many of each match, in a sentence."""
    counts: dict[str, int] = {}
    for row in rows:
        called = "several" if row.records > 1 else row.match
        counts[called] = counts.get(called, 0) + 1
    order = [m for m in (*MATCHES[:-1], "several", "none") if m in counts]
    told = ", ".join(f"{counts[m]:,} {m}" for m in order)
    return f"{len(rows):,} names: {told}" if len(rows) != 1 else f"1 name: {told}"
