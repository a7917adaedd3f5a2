"""The disputed claims as rows, voices or documents as columns, stances in the cells."""

from __future__ import annotations

from itertools import combinations, product

from kg.analysis.explanation import equal
from kg.analysis.sayings import Sayings
from kg.analysis.weight import heaviest
from kg.model.claims import Attestation, Claim
from kg.model.errors import UsageError
from kg.model.parties import parties
from kg.model.record import Record
from kg.model.standing import OPPOSITION, STANCES, SUPPORT, living
from kg.store.graph import Graph
from kg.text.figures import number
from kg.text.phrases import as_sentence
from kg.text.sentences import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SIGNS = {
    "asserts": "+",
    "alleges": "(+)",
    "announces": "…",
    "questions": "?",
    "denies": "−",
    "disputes": "(−)",
    "retracts": "×",
}
BY = ("voice", "document")


class Line(Record):
    """A claim: its id, as a sentence, its standing in words; of each column the stances, the same in signs, its side.

    A side is ``for``, ``against``, or empty for what is both, or neither.
    """

    claim: str
    sentence: str
    standing: str
    cells: tuple[str, ...]
    signs: tuple[str, ...]
    taken: tuple[str, ...]


class Met(Record):
    """Two columns: on how many claims they say the same, and on how many the one opposes what the other puts forward.

    To say the same is to take one side with numbers, units, dates and qualities that go together (`Sayings`); of a
    figure a number is opposed by whoever speaks against the same number in the same unit.
    """

    left: str
    right: str
    agree: int
    oppose: int


class Matrix(Record):
    """`columns` are ids, `names` what they are called; columns with most cells come first.

    `sides` has for each column the id of the side that it shares with others or is on for another
    one, `side_names` what that is called; empty for a voice that stands alone, and for documents.
    Columns of one side stand together. `pairs` are those that speak of a claim in common, most opposed first.
    """

    by: str
    columns: tuple[str, ...]
    names: tuple[str, ...]
    sides: tuple[str, ...]
    side_names: tuple[str, ...]
    rows: tuple[Line, ...]
    pairs: tuple[Met, ...]


def matrix(graph: Graph, *, entity: str = "", by: str = "voice") -> Matrix:
    """The claims that somebody opposes, or all that concern an entity; `by` is one of `BY`.

    Of what is opposed, the claims that most sides speak of come first. `entity` is an id; of a
    document or a voice, the claims that it speaks of. Raises NotFound, UsageError.
    Cost: one pass over the claims; the pairs are as many as two columns meet in a row.
    """
    if by not in BY:
        raise UsageError(f"by {by}: expected one of {', '.join(BY)}")
    words, ledger = Wording(graph.ledger, graph.terms), graph.ledger
    if entity:
        found = {c.id: c for c in (*ledger.claims_about(entity), *ledger.said_by(entity))}
        if graph.terms.is_a(ledger.entity(entity).kind, "Document"):
            kept = (c for c in ledger.claims() if any(a.document == entity for a in c.attestations))
            found |= {c.id: c for c in kept}
        claims = sorted(found.values(), key=lambda c: c.order)
    else:
        claims = heaviest(c for c in ledger.claims() if c.standing.opposing)
    held = [(claim, _cells(claim, by)) for claim in claims]
    sizes: dict[str, int] = {}
    for _, cells in held:
        for name in cells:
            sizes[name] = sizes.get(name, 0) + 1
    shared = _sides(claims) if by == "voice" else {}
    first: dict[str, tuple[int, str]] = {}
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        first.setdefault(shared.get(name, name), (-sizes[name], name))
    together = {name: first[shared.get(name, name)] for name in sizes}
    columns = sorted(sizes, key=lambda name: (together[name], -sizes[name], name))
    sides = tuple(shared.get(name, "") for name in columns)
    rows = [
        Line(
            claim.id,
            as_sentence(words.claim(claim)),
            words.standing(claim),
            tuple(_text(cells.get(name, ()), {}) for name in columns),
            tuple(_text(cells.get(name, ()), SIGNS) for name in columns),
            tuple(_side(a.stance for a in cells.get(name, ())) for name in columns),
        )
        for claim, cells in held
    ]
    names = tuple(words.title(name) for name in columns)
    called = tuple(words.title(side) if side else "" for side in sides)
    return Matrix(
        by,
        tuple(columns),
        names,
        sides,
        called,
        tuple(rows),
        _pairs(held, Sayings(graph.terms, words.name)),
    )


def _sides(claims: Iterable[Claim]) -> dict[str, str]:
    """The side of each voice that shares one with another, or speaks for another."""
    said = [a for claim in claims for a in living(claim.attestations)]
    found = parties((a.voice, a.parties) for a in said)
    many = {side for voice, side in found.items() if voice != side}
    return {voice: side for voice, side in found.items() if side in many}


def _cells(claim: Claim, by: str) -> dict[str, list[Attestation]]:
    """The attestations of each voice or document on a claim, the ones that count, by stance."""
    found: dict[str, list[Attestation]] = {}
    for a in living(claim.attestations):
        found.setdefault(a.voice if by == "voice" else a.document, []).append(a)
    for said in found.values():
        said.sort(key=lambda a: (STANCES.index(a.stance), _number(a)))
    return found


def _number(a: Attestation) -> str:
    """The number as said: “at most 7,000” is no 7,000."""
    return number(a) if a.value else ""


def _text(said: Iterable[Attestation], signs: Mapping[str, str]) -> str:
    """A cell: each stance, or its sign, with its number."""
    shown = (f"{signs.get(a.stance, a.stance)} {_number(a)}".strip() for a in said)
    return " ".join(dict.fromkeys(shown))


def _pairs(
    held: Iterable[tuple[Claim, dict[str, list[Attestation]]]], sayings: Sayings
) -> tuple[Met, ...]:
    counts: dict[tuple[str, str], list[int]] = {}
    for claim, cells in held:
        taking = {name: found for name, said in cells.items() if (found := _taking(said))}
        for pair in combinations(sorted(taking), 2):
            one, other = taking[pair[0]], taking[pair[1]]
            # Who gives another number has not agreed, nor spoken against it.
            opposed = any(
                side != against and _one_number(a, b)
                for (a, side), (b, against) in product(one, other)
            )
            if opposed or not sayings.differ(claim, *([a for a, _ in x] for x in (one, other))):
                met = counts.setdefault(pair, [0, 0])
                met[opposed] += 1
    pairs = [Met(*pair, *met) for pair, met in counts.items()]
    return tuple(sorted(pairs, key=lambda m: (-m.oppose, -m.agree, m.left, m.right)))


def _taking(said: Iterable[Attestation]) -> list[tuple[Attestation, str]]:
    """The rows of a cell that take a side, with it; of a number on which a cell is on both sides none."""
    found: dict[tuple[str, str], list[Attestation]] = {}
    for a in said:
        found.setdefault((a.value, a.unit), []).append(a)
    sides = {number: _side(a.stance for a in some) for number, some in found.items()}
    return [(a, side) for number, some in found.items() if (side := sides[number]) for a in some]


def _one_number(a: Attestation, b: Attestation) -> bool:
    """Whether two rows speak of one number, or of none."""
    return equal(a, b) if a.value and b.value else a.value == b.value


def _side(stances: Iterable[str]) -> str:
    """On which side stances are, for or against; empty for what is both, or neither."""
    stances = {*stances}
    sides = {"for"} if stances & {*SUPPORT} else set()
    sides |= {"against"} if stances & {*OPPOSITION} else set()
    return sides.pop() if len(sides) == 1 else ""
