"""How one build of a graph differs from another: two ledgers side by side."""

from __future__ import annotations

from kg.analysis.evidence import capital
from kg.model.claims import Claim
from kg.model.record import Record
from kg.store.graph import Graph
from kg.text.sentences import Wording
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeVar

    from kg.model.claims import Entity

    Thing = TypeVar("Thing")


class Change(Record):
    """One difference between two builds.

    `change` is ``added``, ``removed`` or ``changed``; `thing` is ``entity``, ``claim``,
    ``attestation``, ``standing`` or ``gloss``. What is added has no `before`, what is
    removed no `after`.
    """

    change: str
    thing: str
    id: str
    sentence: str
    before: str
    after: str


def diff(old: Graph, new: Graph) -> list[Change]:
    """How a build differs from another: entities, claims, attestations, standings, glosses.

    Ids of claims and attestations are hashes of what they say, so what is the same in
    both has the same id; another period or voice is another attestation. Entities come
    first, then claims in the ledger's order, each with its attestations. Cost: one pass
    over both, side by side; only the changes are held.
    """
    found: list[Change] = []
    for was, now in _beside(old.ledger.entities(), new.ledger.entities(), lambda e: (e.id,)):
        if was is None or now is None:
            one = now or was
            assert one is not None
            found.append(Change(_change(was, now), "entity", one.id, one.name, "", ""))
        elif was != now:
            found.append(Change("changed", "entity", now.id, now.name, *_apart(was, now)))
    words = Wording(old.ledger, old.terms), Wording(new.ledger, new.terms)
    for before, after in _beside(old.ledger.claims(), new.ledger.claims(), _place):
        found += _claim_changes(before, after, words)
    return found


def _claim_changes(
    was: Claim | None, now: Claim | None, words: tuple[Wording, Wording]
) -> Iterator[Change]:
    one, told = (now, words[1]) if now else (was, words[0])
    assert one is not None
    sentence = capital(told.claim(one))
    from_, to = (words[i].standing(c) if c else "" for i, c in enumerate((was, now)))
    if was is None or now is None:
        yield Change(_change(was, now), "claim", one.id, sentence, from_, to)
    elif was.standing.columns() != now.standing.columns():
        yield Change("changed", "standing", one.id, sentence, from_, to)
    ours, theirs = (iter(c.attestations if c else ()) for c in (was, now))
    for a, b in _beside(ours, theirs, lambda a: (a.id,)):
        if a and b:
            if a.gloss != b.gloss:
                yield Change(
                    "changed", "gloss", b.id, words[1].attestation(b, one), a.gloss, b.gloss
                )
        else:
            said = b or a
            assert said is not None
            line = told.attestation(said, one) if now else words[0].attestation(said, one)
            yield Change(
                _change(a, b),
                "attestation",
                said.id,
                line,
                a.gloss if a else "",
                b.gloss if b else "",
            )


def _place(claim: Claim) -> tuple[object, ...]:
    return (claim.figure, claim.relation, claim.subject, claim.object)


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
