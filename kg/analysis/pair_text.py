"""A pair of sides in a sentence: who says what where, and why the two do not go together."""

from __future__ import annotations

from kg.analysis.pair import Pair
from kg.model.claims import Attestation, Claim
from kg.model.record import Record
from kg.store.graph import Graph
from kg.text.phrases import SPOKE, as_sentence, count
from kg.text.sentences import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.analysis.finding import Voiced


class Told(Record):
    """A pair in words: its subject, the reasoning, the attestations and claims of both sides."""

    subject: str
    reasoning: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    left_claims: tuple[str, ...]
    right_claims: tuple[str, ...]


class Words:
    """Words a pair: who says what where, and why the two do not go together."""

    def __init__(self, graph: Graph) -> None:
        self.words = Wording(graph.ledger, graph.terms)

    def pair(self, pair: Pair) -> Told:
        """A pair in words."""
        left, right = (sorted(side, key=_reading) for side in (pair.left, pair.right))
        return Told(
            subject=pair.left[0][0].subject,
            reasoning=self._reasoning(pair, left, right),
            left=tuple(self.words.attestation(a, c) for c, a in left),
            right=tuple(self.words.attestation(a, c) for c, a in right),
            left_claims=_distinct(c.id for c, _ in left),
            right_claims=_distinct(c.id for c, _ in right),
        )

    def _reasoning(self, pair: Pair, left: Sequence[Voiced], right: Sequence[Voiced]) -> str:
        told = set[str]()
        text = "; and ".join(self._side(s, told, pair.type == "denial") for s in (left, right))
        text = as_sentence(text) + (f": {pair.why}." if pair.why else ".")
        both = {a.voice for _, a in left} & {a.voice for _, a in right}
        if pair.type == "denial" and both:
            text += f" On both sides: {' and '.join(map(self.words.name, sorted(both)))}."
        if pair.type == "misprint":
            sizes = (count(len({a.document for _, a in s}), "document") for s in (left, right))
            text += f" The one stands in {', the other in '.join(sizes)}."
        for one, other, reason in pair.unsure:
            names = f"{self.words.name(one)} ({one}) and {self.words.name(other)} ({other})"
            text += f" Only if {names} are one, which is unsure: {reason.rstrip('.')}."
        return text

    def _side(self, side: Sequence[Voiced], told: set[str], timeless: bool) -> str:
        """``A (“X”) and “Y” asserted that …``; a clause that has been told is `it`."""
        groups: dict[tuple[str, str], list[Attestation]] = {}
        for claim, a in side:
            groups.setdefault((a.stance, self._clause(claim, a, timeless)), []).append(a)
        parts = []
        for (stance, clause), said in groups.items():
            joint = "whether" if stance == "questions" else "that"
            instead = " instead" if any(a.instead_of for a in said) else ""
            what = "it" if clause in told else f"{joint} {clause}"
            told.add(clause)
            parts.append(f"{self._who(said)} {SPOKE[stance]}{instead} {what}")
        return ", ".join(parts)

    def _clause(self, claim: Claim, a: Attestation, timeless: bool) -> str:
        clause = self.words.said(claim, a)
        return clause if timeless or not a.period else f"{clause}, {self.words.period(a, claim)}"

    def _who(self, said: Iterable[Attestation]) -> str:
        """``A (“X”, “Y”) and “Z”``: voices, each with the documents that carry it."""
        voices: dict[str, dict[str, None]] = {}
        for a in said:
            voices.setdefault(a.voice, {})[a.document] = None
        who = []
        for voice, documents in voices.items():
            quoted = ", ".join(self.words.title(d) for d in documents)
            who.append(
                quoted if list(documents) == [voice] else f"{self.words.name(voice)} ({quoted})"
            )
        return " and ".join(who)


def _reading(voiced: Voiced) -> tuple[bool, str, str, str]:
    a = voiced[1]
    return (bool(a.instead_of), a.document, a.locator, a.id)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
