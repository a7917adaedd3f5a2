"""How one build of a graph differs from another: case, ontology and ledgers side by side."""

from __future__ import annotations

import time

from kg.model.claims import HASHED, TEXTS, Attestation, Claim
from kg.model.errors import OutOfBounds, parameter
from kg.model.namespaces import local
from kg.model.record import Record
from kg.store.graph import JUDGEMENTS, ONTOLOGY, Graph
from kg.text.phrases import as_sentence
from kg.text.sentences import Wording
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeVar

    from kg.model.claims import Entity

    Thing = TypeVar("Thing")


# Seconds between two words on how far it is.
_EVERY = 2.0
# What of an attestation its id does not depend on, by what it is called.
_FIELDS = {
    **{name: (name,) for name in TEXTS if name not in HASHED},
    "count": ("living",),
    "day": ("said_earliest", "said_latest"),
    "period": ("earliest", "latest"),
}


class Change(Record):
    """One difference between two builds.

    `change` is ``added``, ``removed`` or ``changed``; `thing` is ``case`` (its title, base,
    language and the like), ``term`` (of the ontology), ``judgement``, ``entity``, ``claim``,
    ``attestation``, ``standing``, or what of an attestation differs: ``gloss``, ``quote``,
    ``digest``, ``count`` (whether it still counts), ``day`` (when it was said) or ``period``. What is
    added has no `before`, what is removed no `after`.
    """

    change: str
    thing: str
    id: str
    sentence: str
    before: str
    after: str


def diff(
    old: Graph,
    new: Graph,
    *,
    seconds: float = 0.0,
    limit: int = 0,
    progress: Callable[[str], None] | None = None,
) -> list[Change]:
    """How a build differs from another: all that can change an answer.

    Ids of claims and attestations are hashes of what they say, so what is the same in
    both has the same id; another period, voice or passage is another attestation. The case
    comes first, then terms, judgements, entities, and claims in the ledger's order, each with
    its attestations. With a `limit` it stops after so many changes.

    Raises OutOfBounds after so many `seconds`, if any are given. Cost: one pass over both,
    side by side; only the changes are held.
    """
    found: list[Change] = []
    beat = _Clock(seconds, progress).beat
    for change in _changes(old, new, beat):
        found.append(change)
        if len(found) == limit:
            break
    return found


class _Clock:
    """Counts what is passed over; stops in time, and says every now and then how far it is."""

    def __init__(self, seconds: float, progress: Callable[[str], None] | None) -> None:
        self._seconds, self._progress, self._passed = seconds, progress, 0
        self._start = self._told = time.monotonic()

    def beat(self) -> None:
        self._passed += 1
        now = time.monotonic()
        if self._seconds and now - self._start > self._seconds:
            raise OutOfBounds(
                f"stopped after {self._seconds:g} s, at record {self._passed:,}; raise {parameter('timeout')}"
            )
        if self._progress and now - self._told > _EVERY:
            self._told = now
            self._progress(f"{self._passed:,} records compared")


def _changes(old: Graph, new: Graph, beat: Callable[[], None]) -> Iterator[Change]:
    yield from _of_cases(old, new)
    yield from _of_terms(old, new)
    yield from _of_judgements(old, new)
    for was, now in _beside(old.ledger.entities(), new.ledger.entities(), lambda e: (e.id,)):
        beat()
        if was is None or now is None:
            one = now or was
            assert one is not None
            yield Change(_change(was, now), "entity", one.id, one.name, "", "")
        elif was != now:
            yield Change("changed", "entity", now.id, now.name, *_apart(was, now))
    words = Wording(old.ledger, old.terms), Wording(new.ledger, new.terms)
    for before, after in _beside(old.ledger.claims(), new.ledger.claims(), lambda c: c.order):
        beat()
        yield from _claim_changes(before, after, words)


def _of_cases(old: Graph, new: Graph) -> Iterator[Change]:
    was, now = old.manifest["case"], new.manifest["case"]
    for name in sorted(was.keys() | now):
        before, after = (_cell(_tupled(m.get(name, ""))) for m in (was, now))
        if before != after:
            yield Change("changed", "case", name, f"the case's {name}", before, after)


def _tupled(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _of_terms(old: Graph, new: Graph) -> Iterator[Change]:
    """Everything that the ontologies say otherwise, term by term."""
    ours, theirs = _said(old), _said(new)
    if ours is None or theirs is None:
        return
    for term in sorted(ours.keys() | theirs):
        was, now = ours.get(term, set()), theirs.get(term, set())
        if was != now:
            before, after = (
                "; ".join(sorted(one - other)) for one, other in ((was, now), (now, was))
            )
            kind = _change(was or None, now or None)
            yield Change(kind, "term", term, f"the term {term}", before, after)


def _said(graph: Graph) -> dict[str, set[str]] | None:
    """What the ontology says of each thing; None if the graph did not keep it."""
    if not graph.holds(ONTOLOGY):
        return None
    found: dict[str, set[str]] = {}
    with open(graph.part(ONTOLOGY), encoding="utf-8", newline="\n") as file:
        for line in file:
            subject, predicate, said = line.removesuffix(" .\n").split(" ", 2)
            word = f"{_local(predicate)}: {_local(said)}"
            found.setdefault(_local(subject), set()).add(word)
    return found


def _local(term: str) -> str:
    """A term of N-Triples as a person reads it."""
    return local(term[1:-1]) if term.startswith("<") else term


def _of_judgements(old: Graph, new: Graph) -> Iterator[Change]:
    ours, theirs = (_judged(graph) for graph in (old, new))
    for about in sorted(ours.keys() | theirs):
        was, now = ours.get(about), theirs.get(about)
        if was != now:
            before, after = ("; ".join(j) if j else "" for j in (was, now))
            sentence = "the judgement on " + " and ".join(about)
            yield Change(_change(was, now), "judgement", about[0], sentence, before, after)


def _judged(graph: Graph) -> dict[tuple[str, ...], list[str]]:
    """What is held of each pair or thing that was judged."""
    if not graph.holds(JUDGEMENTS):
        return {}
    import json

    with open(graph.part(JUDGEMENTS), encoding="utf-8") as file:
        rows = json.load(file)
    found: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        about = tuple(filter(None, (row.pop("left"), row.pop("right"))))
        said = ", ".join(f"{name}: {value}" for name, value in row.items() if value)
        found.setdefault(about, []).append(said)
    return {about: sorted(said) for about, said in found.items()}


def _claim_changes(
    was: Claim | None, now: Claim | None, words: tuple[Wording, Wording]
) -> Iterator[Change]:
    one, told = (now, words[1]) if now else (was, words[0])
    assert one is not None
    sentence = as_sentence(told.claim(one))
    from_, to = (words[i].standing(c) if c else "" for i, c in enumerate((was, now)))
    if was is None or now is None:
        yield Change(_change(was, now), "claim", one.id, sentence, from_, to)
    elif was.standing._replace(words="") != now.standing._replace(words=""):
        if from_ == to:
            from_, to = (_days(c.standing.earliest, c.standing.latest) for c in (was, now))
        yield Change("changed", "standing", one.id, sentence, from_, to)
    ours, theirs = (iter(c.attestations if c else ()) for c in (was, now))
    for a, b in _beside(ours, theirs, lambda a: (a.id,)):
        if a and b:
            yield from _apart_in(a, b, words[1].attestation(b, one))
        else:
            said = b or a
            assert said is not None
            line = told.attestation(said, one) if now else words[0].attestation(said, one)
            glosses = (x.gloss if x else "" for x in (a, b))
            yield Change(_change(a, b), "attestation", said.id, line, *glosses)


def _apart_in(was: Attestation, now: Attestation, line: str) -> Iterator[Change]:
    """What two attestations of one id say otherwise: what is no part of what the id is made of."""
    if was == now:
        return
    for thing, fields in _FIELDS.items():
        before, after = (
            " to ".join(dict.fromkeys(_value(getattr(a, f)) for f in fields)) for a in (was, now)
        )
        if before != after:
            yield Change("changed", thing, now.id, line, before, after)


def _days(earliest: str, latest: str) -> str:
    if not earliest and not latest:
        return "nothing dates it"
    return f"it was so from {earliest or '?'} to {latest or '?'}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "it counts" if value else "it counts no more"
    return str(value)


def _change(was: object, now: object) -> str:
    return "added" if was is None else "removed" if now is None else "changed"


def _apart(was: Entity, now: Entity) -> tuple[str, str]:
    """Those fields of two records of one id that are not the same, as texts."""
    names = [n for n in was._fields if getattr(was, n) != getattr(now, n)]
    before, after = ("; ".join(f"{n}: {_cell(getattr(e, n))}" for n in names) for e in (was, now))
    return before, after


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return " | ".join(" ".join(v) if isinstance(v, tuple) else str(v) for v in value)
    return str(value)


def _beside(
    ours: Iterator[Thing], theirs: Iterator[Thing], key: Callable[[Thing], tuple[object, ...]]
) -> Iterator[tuple[Thing | None, Thing | None]]:
    """Two ordered rows side by side; what the other lacks stands beside nothing."""
    one, other = next(ours, None), next(theirs, None)
    while one is not None or other is not None:
        first = one is not None and (other is None or key(one) <= key(other))
        second = other is not None and (one is None or key(other) <= key(one))
        yield one if first else None, other if second else None
        one = next(ours, None) if first else one
        other = next(theirs, None) if second else other


def text(found: Sequence[Change], width: int) -> str:
    """Changes for a terminal, one a paragraph."""
    lines = []
    for c in found:
        lines.append(wrap(f"{c.thing} {c.change}: {c.sentence}", width, "", "  "))
        for mark, side in (("-", c.before), ("+", c.after)):
            if side:
                lines.append(wrap(side, width, f"  {mark} ", "    "))
    return "".join(f"{line}\n" for line in lines)
