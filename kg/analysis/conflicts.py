"""Where the documents disagree: what kind of disagreement it is, and why it is thought to be one.

Everything is read from the ledger's fields: stance, value, unit, qualifier, scope,
period, day of speaking, voice, chain. What the fields explain (another scope, another
time, a later number of the same voice) is no alarm, and is left out unless asked for.

A state's period says when it was so, and two periods of one state do not exclude each
other. Two dates of one event do, and so do two days on which one thing was closed.
"""

from __future__ import annotations

from kg.analysis.disagreement import OPEN, TYPES, Finder, Pair, merged
from kg.analysis.evidence import capital
from kg.model.claims import Attestation, Claim
from kg.model.record import Record
from kg.store.graph import Graph
from kg.store.lens import Lens, Seen, through
from kg.text.sentences import Wording, count, number
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.analysis.comparable import See
    from kg.analysis.disagreement import Voiced


class Conflict(Record):
    """Two sides that say different things of one matter.

    `type` is one of `TYPES`; `reasoning` says in a sentence who says what where, and
    why it is of that type. `left` and `right` are the attestations of both sides in
    words, each with its document and place, the standings are those of their claims.
    In a denial the left side puts forward and the right opposes; in a later revision
    the right is the later. `across` names the two records, separated by `` | ``, that
    the conflict is between only in case they are one, which a judgement leaves unsure
    (two such pairs are separated by ``; ``).
    """

    type: str
    subject: str
    reasoning: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    left_standing: tuple[str, ...]
    right_standing: tuple[str, ...]
    left_claims: tuple[str, ...]
    right_claims: tuple[str, ...]
    left_voices: tuple[str, ...]
    right_voices: tuple[str, ...]
    left_documents: tuple[str, ...]
    right_documents: tuple[str, ...]
    across: str = ""


def conflicts(graph: Graph, lens: Lens, *, entity: str = "", all: bool = False) -> list[Conflict]:
    """Every disagreement that the lens shows, open ones first.

    `entity` is an id: only conflicts about it, or with it as a voice or document.
    `all` adds those that the fields explain. Raises NotFound for an entity that there
    is not. Cost: one pass over all claims, or over those around the entity; with `all`
    quadratic in the scopes of one measure of one subject.
    """
    ledger = graph.ledger
    pool: Iterable[Claim] = ledger.claims()
    if entity and not graph.terms.is_a(ledger.entity(entity).kind, "Document"):
        pool = _around(graph, entity)
    words = Words(through(graph, lens))
    found = among(graph, Seen(graph, lens).claims, pool, all=all, words=words)
    return [c for c in found if not entity or _concerns(graph, c, entity)]


def among(
    graph: Graph,
    see: See,
    pool: Iterable[Claim],
    *,
    all: bool = False,
    words: Words | None = None,
) -> list[Conflict]:
    """Every disagreement among some claims, given in the ledger's order, and their like.

    `see` settles claims over the attestations that are to count, as `Seen.claims` does;
    `words` are those of the graph as it is seen.
    """
    words = words or Words(graph)
    pairs = (p for p in Finder(graph, see, all).pairs(see(pool)) if all or p.type in OPEN)
    found = [words.conflict(pair) for pair in merged(pairs)]
    return sorted(found, key=lambda c: (TYPES.index(c.type), bool(c.across), *c[1:]))


def text(found: Sequence[Conflict], width: int) -> str:
    """Conflicts for a terminal: type and reasoning, then both sides with place and standing."""
    return "\n".join("\n".join(_lines(c, width)) + "\n" for c in found)


def _lines(c: Conflict, width: int) -> Iterator[str]:
    yield wrap(f"{c.type}: {c.reasoning}", width, "", "  ")
    for mark, side in (("<", c.left), (">", c.right)):
        for sentence in side:
            yield wrap(sentence, width, f"  {mark} ", "    ")
    for line in dict.fromkeys(c.left_standing + c.right_standing):
        yield wrap(line, width, "  = ", "    ")


def _around(graph: Graph, entity: str) -> list[Claim]:
    """The claims that can be a side of a conflict about an entity, or with it as a voice."""
    ledger = graph.ledger
    ends = {entity}
    for claim in (*ledger.claims_about(entity), *ledger.said_by(entity)):
        ends |= {claim.subject, claim.object}
        for a in claim.attestations:
            if a.instead_of:
                ends.add(ledger.claim(ledger.attestation(a.instead_of).claim).subject)
    ends |= {twin for end in ends for twin, _ in ledger.possibly_same(end)}
    found = {c.id: c for end in ends if end for c in ledger.claims_about(end)}
    return sorted(found.values(), key=lambda c: (c.figure, c.relation, c.subject, c.object))


def _concerns(graph: Graph, c: Conflict, entity: str) -> bool:
    speakers = (*c.left_voices, *c.right_voices, *c.left_documents, *c.right_documents)
    if entity in speakers or entity in c.across.replace("; ", " | ").split(" | "):
        return True
    claims = (graph.ledger.claim(name) for name in (*c.left_claims, *c.right_claims))
    return any(entity in (claim.subject, claim.object) for claim in claims)


class Words:
    """Words a pair: who says what where, and why the two do not go together."""

    def __init__(self, graph: Graph) -> None:
        self.words = Wording(graph.ledger, graph.terms)

    def conflict(self, pair: Pair) -> Conflict:
        """A pair as a conflict in words."""
        left, right = (sorted(side, key=_reading) for side in (pair.left, pair.right))
        return Conflict(
            type=pair.type,
            subject=pair.left[0][0].subject,
            reasoning=self._reasoning(pair, left, right),
            left=tuple(self.words.attestation(a, c) for c, a in left),
            right=tuple(self.words.attestation(a, c) for c, a in right),
            left_standing=self._standings(left),
            right_standing=self._standings(right),
            left_claims=_distinct(c.id for c, _ in left),
            right_claims=_distinct(c.id for c, _ in right),
            left_voices=_distinct(a.voice for _, a in left),
            right_voices=_distinct(a.voice for _, a in right),
            left_documents=_distinct(a.document for _, a in left),
            right_documents=_distinct(a.document for _, a in right),
            across="; ".join(" | ".join(sorted(pair_[:2])) for pair_ in pair.unsure),
        )

    def _standings(self, side: Iterable[Voiced]) -> tuple[str, ...]:
        claims = {c.id: c for c, _ in side}.values()
        return tuple(f"{capital(self.words.claim(c))}: {self.words.standing(c)}" for c in claims)

    def _reasoning(self, pair: Pair, left: Sequence[Voiced], right: Sequence[Voiced]) -> str:
        told = set[str]()
        text = "; and ".join(self._side(s, told, pair.type == "denial") for s in (left, right))
        text = capital(text) + (f": {pair.why}." if pair.why else ".")
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
        """``A (“X”) and “Y” assert that …``; a clause that has been told is `it`."""
        groups: dict[tuple[str, str], list[Attestation]] = {}
        for claim, a in side:
            groups.setdefault((a.stance, self._clause(claim, a, timeless)), []).append(a)
        parts = []
        for (stance, clause), said in groups.items():
            many = len({a.voice for a in said}) > 1
            verb = (stance[:-3] + "y" if stance == "denies" else stance[:-1]) if many else stance
            joint = "whether" if stance == "questions" else "that"
            instead = " instead" if any(a.instead_of for a in said) else ""
            what = "it" if clause in told else f"{joint} {clause}"
            told.add(clause)
            parts.append(f"{self._who(said)} {verb}{instead} {what}")
        return ", ".join(parts)

    def _clause(self, claim: Claim, a: Attestation, timeless: bool) -> str:
        clause = self.words.clause(claim)
        if a.value:
            clause += f" is {number(a)}"
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
