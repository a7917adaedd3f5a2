"""The point of a dossier in one paragraph, and its claims in the order in which they matter.

First what is disputed, then the rest by what it rests on: a reader who stops after a screen has
seen who it is, how much is said by how many, and which of it somebody rejects.
"""

from __future__ import annotations

from kg.model.parties import sides
from kg.text.phrases import count, heads, one_side

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.analysis.dossier import Dossier
    from kg.analysis.evidence import Told

DISPUTED = ("Contested", "Denied")


def paragraph(d: Dossier) -> str:
    """Who it is, how many claims by how many voices, what is disputed, only alleged, and the newest."""
    return " ".join(_sentences(d))


def _sentences(d: Dossier) -> Iterator[str]:
    told: tuple[Told, ...] = (*d.claims, *d.figures)
    if told:
        voices = len({s.voice for claim in told for s in claim.spoken} - {""})
        documents = len({s.document for claim in told for s in claim.spoken})
        spoken = {(s.voice, s.party) for claim in told for s in claim.spoken}
        one = one_side(voices, sides(spoken))
        yield (
            f"{_counted(len(told), 'claim')} about it by {heads(voices)}{one and one + ','} "
            f"in {count(documents, 'document')}."
        )
    if d.speaks:
        yield f"It speaks itself on {count(len(d.speaks), 'claim')} about others."
    if d.members:
        also = f"; {count(len(d.gathered), 'more claim')} about them or by them" * bool(d.gathered)
        yield f"{_counted(len(d.members), 'record')} belong to it{also}."
    told = (*told, *d.gathered)
    yield from _first("disputed", [c for c in told if c.standing.status in DISPUTED])
    yield from _first("only alleged", [c for c in told if c.standing.basis == "Alleged"])
    dated = [(max(s.known for s in c.spoken), c) for c in told if any(s.known for s in c.spoken)]
    if dated:
        day = max(known for known, _ in dated)
        newest = sorted((c for known, c in dated if known == day), key=_weight)[0]
        yield f"The newest, known from {day} at the earliest: {_clause(newest)}."


def _first(what: str, claims: Sequence[Told]) -> Iterator[str]:
    """How many claims are so, and the first of them by weight."""
    if len(claims) == 1:
        yield f"One is {what}: {_clause(claims[0])}."
    elif claims:
        first = sorted(claims, key=_weight)[0]
        number = _counted(len(claims), "claim").split()[0]
        yield f"{number} are {what}, first of all: {_clause(first)}."


def _clause(claim: Told) -> str:
    """A claim with its standing: what is said is nowhere printed without it."""
    # What is said of an event begins with its sentence in quotation marks.
    said = claim.sentence if claim.sentence.startswith("“") else f"“{claim.sentence}”"
    return f"{said} ({claim.standing.words})"


def _counted(number: int, noun: str) -> str:
    """``Two claims``, at the beginning of a sentence."""
    text = count(number, noun)
    return text[0].upper() + text[1:]


def sections(d: Dossier) -> Iterator[tuple[str, list[Told]]]:
    """(title, claims): what is disputed, the rest by relation, figures, what it says of others.

    Each claim stands in one of them, the weightiest first; so do the relations.
    """
    told = [*d.claims, *d.figures]
    disputed = [c for c in told if c.standing.status in DISPUTED]
    if disputed:
        yield f"Disputed ({len(disputed)})", by_weight(disputed)
    groups: dict[str, list[Told]] = {}
    for claim in by_weight(c for c in d.claims if c.standing.status not in DISPUTED):
        from_here = claim.subject == d.entity.id
        title = f"→ {claim.relation_label}" if from_here else f"← {claim.inverse_label}"
        title = f"– {claim.relation_label}" if claim.symmetric else title
        groups.setdefault(title, []).append(claim)
    for title in sorted(groups, key=lambda t: (_weight(groups[t][0])[:2], -len(groups[t]), t)):
        yield f"{title} ({len(groups[title])})", groups[title]
    figures = [c for c in d.figures if c.standing.status not in DISPUTED]
    if figures:
        yield f"Figures ({len(figures)})", by_weight(figures)
    if d.gathered:
        first = [c for c in by_weight(d.gathered) if c.standing.status in DISPUTED]
        rest = [c for c in by_weight(d.gathered) if c.standing.status not in DISPUTED]
        yield f"About what belongs to it, and said by it ({len(d.gathered)})", [*first, *rest]
    if d.speaks:
        yield f"What it says about others ({len(d.speaks)})", by_weight(d.speaks)


def by_weight(claims: Iterable[Told]) -> list[Told]:
    """Claims, those that rest on most first."""
    return sorted(claims, key=_weight)


def _weight(claim: Told) -> tuple[int, int, int, str, str]:
    return (*claim.standing.weight, -claim.standing.documents, claim.sentence, claim.id)
