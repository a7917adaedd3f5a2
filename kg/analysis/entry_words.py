"""An entry in words: the question it puts, who says what, why it was found, what would settle it."""

from __future__ import annotations

import hashlib
import re

from kg.analysis.finding import Finding, Side
from kg.model.claims import is_entity
from kg.model.parties import sides as sides_of
from kg.model.rules import EXCLUSIVE, RULES_OUT
from kg.model.standing import OPPOSITION
from kg.store.graph import Graph
from kg.text.figures import number
from kg.text.phrases import as_sentence, count
from kg.text.qualities import size
from kg.text.sentences import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.analysis.finding import Voiced
    from kg.model.claims import Attestation, Claim


class EntryWords:
    """Words the entries of one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.words = Wording(graph.ledger, graph.terms)
        self._read: set[str] | None = None

    # ------------------------------------------------------------ its id
    def mark(self, group: Sequence[Finding]) -> str:
        """A short id made from what the quarrel is about, whoever takes part in it."""
        text = "\n".join(min(f.key for f in group))
        return "c-" + hashlib.sha256(text.encode()).hexdigest()[:7]

    # ------------------------------------------------------------ the question
    def question(self, lead: Finding, sides: Sequence[Side]) -> str:
        """What the sides answer."""
        said = [v for s in sides for v in s.said]
        claim, a = said[0]
        if lead.kind == EXCLUSIVE:
            return self._which(lead, sides)
        if lead.key[0] == "quality":
            told = (q for s in sides for _, x in s.said for q in self.words.qualities(x))
            held = sorted({q for q in told if q.name == lead.key[-1]}, key=size)
            shown = " or ".join(dict.fromkeys(q.text for q in held))
            label = self._graph.terms.qualities[lead.key[-1]].label
            return f"{as_sentence(self._clause(claim))}: {label} {shown}?"
        if lead.kind == RULES_OUT:
            clauses = [self._clause(*_plainest(self, s.said)) for s in sides]
            if lead.question:
                about = as_sentence(self._name(lead.focus)) if lead.focus else ""
                return f"{about}: {lead.question}" if about else lead.question
            return as_sentence(f"{clauses[0]}, or {clauses[1]}?")
        if lead.kind == "remark":
            if lead.focus.startswith("attestation/"):
                return f"Does {self._name(lead.focus)} hold?"
            if lead.focus:
                return f"Is {self.words.title(lead.focus)} right?"
            return f"Is it so that {self._clause(claim)}?"
        if lead.kind == "print":
            return f"Can {self.words.title(lead.focus)} speak of what came after its date?"
        if claim.figure:
            given = {(x.value, number(x)) for s in sides for _, x in s.said if x.value}
            values = sorted(given, key=lambda v: (float(v[0].partition("..")[0]), v))
            shown = " or ".join(dict.fromkeys(v for _, v in values))
            if len({x.value for s in sides for _, x in s.said}) == 1 and lead.kind == "misprint":
                shown = " or ".join(
                    dict.fromkeys(self.words.period(x, c) for s in sides for c, x in s.said)
                )
            if lead.kind == "count":
                listed = sides[1].label.rpartition(": ")[2]
                return f"{as_sentence(self._clause(claim))}: {shown} stated, {listed} listed?"
            if lead.kind == "denial":
                return f"Is {self._clause(claim)} {shown}?"
            return f"{as_sentence(self._clause(claim))}: {shown}?"
        dated = lead.kind in ("genuine", "misprint", "later-revision", "different-period")
        if dated and lead.key[0] != "denial" and a.period:
            days = dict.fromkeys(self.words.period(x, c) for c, x in said if x.period)
            return f"When was it that {self._clause(claim)}: {' or '.join(days)}?"
        opposed = [v for s in sides for v in s.said if v[1].stance in OPPOSITION]
        claim = _plainest(self, opposed or said)[0]
        return f"Is it so that {self._clause(claim)}?"

    def _which(self, lead: Finding, sides: Sequence[Side]) -> str:
        """``Who or what set up the shop: A or B?``, as the rule holds one end to be the one."""
        by_subject = lead.key[2] == "subject"
        names = []
        for s in sides:
            held = dict.fromkeys(self._holder(c, lead.focus, by_subject) for c, _ in s.said)
            names.append(" with ".join(map(self._name, held)))
        said = ", ".join(names[:-1]) + f" or {names[-1]}"
        verbs = dict.fromkeys(self.words.relation(c.relation) for s in sides for c, _ in s.said)
        verb, about = " or ".join(verbs), self._name(lead.focus)
        if by_subject:
            return f"Who or what {verb} {about}: {said}?"
        return f"{as_sentence(about)} {verb}: {said}?"

    def _holder(self, claim: Claim, focus: str, by_subject: bool) -> str:
        if self.words.symmetric(claim.relation):
            return claim.subject if claim.object == focus else claim.object
        return claim.subject if by_subject else claim.object

    def _clause(self, claim: Claim, _: object = None) -> str:
        return self.words.bare(claim)

    def _name(self, entity: str) -> str:
        if not is_entity(entity):
            return self.words.name(entity)
        return self.words.title(entity)

    # ------------------------------------------------------------ who says what
    def side(
        self, one: Side
    ) -> tuple[
        str, tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]
    ]:
        """The fields of an answer: its rows as sentences, the shortest first."""
        rows = sorted(((self.said(c, a), a.id, c, a) for c, a in one.said), key=_short)
        return (
            self._resolved(one.label),
            tuple(dict.fromkeys(text for text, *_ in rows)),
            tuple(mark for _, mark, *_ in rows),
            tuple(sorted({c.id for c, _ in one.said})),
            tuple(sorted({a.voice for _, a in one.said})),
            tuple(sorted({a.document for _, a in one.said})),
        )

    def said(self, claim: Claim, a: Attestation) -> str:
        """Who takes which stance on what, and where; a document that names no voice is no speaker."""
        who = "the document" if a.voice == a.document else self._name(a.voice)
        return f"{who} {self._stance(claim, a)} — {self.words.source(a)}"

    def _stance(self, claim: Claim, a: Attestation) -> str:
        clause = self.words.said(claim, a)
        if a.period:
            clause += f", {self.words.period(a, claim)}"
        joint = "whether" if a.stance == "questions" else "that"
        return f"{a.stance} {joint} {clause}"

    def _resolved(self, label: str) -> str:
        return re.sub(r"\{([^}]*)\}", lambda m: self.words.title(m[1]), label)

    # ------------------------------------------------------------ why, and what would help
    def reason(self, group: Sequence[Finding]) -> str:
        """The reason of the leading finding, along what parts met, what is unsure, in a sentence."""
        lead = group[0]
        text = lead.why
        if lead.kind == "denial":
            text = text or self._counted(group)
        along = dict.fromkeys(t for f in group for t in f.along)
        if along:
            text += f" (along {', '.join(map(self._term, along))})"
        said = [{a.voice for _, a in s.said} for f in group for s in f.sides if s.said]
        both = set.intersection(*said) if len(said) > 1 else set[str]()
        if both:
            text += f"; {' and '.join(map(self._name, sorted(both)))} on both sides"
        for one, other, why in lead.unsure:
            names = " and ".join(self.words.name(n) for n in sorted((one, other)))
            text += f"; only if {names} are one, which is unsure: {why.rstrip('.')}"
            break
        return text[:1].upper() + text[1:] + "."

    def _counted(self, group: Sequence[Finding]) -> str:
        """How many put it forward and how many speak against it, and what of it is about parts."""
        direct = [f for f in group if f.kind == "denial"]
        sides = [{a.id: a for f in direct for _, a in f.sides[i].said}.values() for i in (0, 1)]
        forth = {a.voice for a in sides[0]}
        text = f"put forward by {count(len(forth), 'voice')}{_one_side(sides[0])}"
        for stance, word in (("denies", "denied"), ("disputes", "disputed")):
            said = [a for a in sides[1] if a.stance == stance]
            voices = {a.voice for a in said}
            text += f", {word} by {count(len(voices), 'voice')}{_one_side(said)}" if voices else ""
        others = {a.voice for a in sides[1] if a.stance not in OPPOSITION}
        text += f", told otherwise by {count(len(others), 'voice')}" if others else ""
        parts = {c.id for f in group if f.kind == "part" for c, _ in f.sides[0].said}
        return text + (f"; {count(len(parts), 'claim')} of a part or the whole" if parts else "")

    def _term(self, name: str) -> str:
        for group in self._graph.terms.groups:
            if name in group:
                return f"“{group[name].label}”"
        return name

    def settles(self, lead: Finding, sides: Sequence[Side]) -> str:
        """A document that would settle it, that is relied on and was not read, or a record."""
        cited = [dict.fromkeys(v for _, a in s.said for v in a.via) for s in sides if s.said]
        if not cited:
            return ""
        shared = [v for v in cited[0] if all(v in others for others in cited[1:])]
        # What only one side relies on tells whether it was said, not which of two things holds.
        single = [] if lead.kind in (RULES_OUT, EXCLUSIVE) else cited
        for names in (shared if len(cited) > 1 else [], *single):
            for name in names:
                if self._unread(name):
                    return f"{self.words.title(name)}, which is cited and was not read"
        if lead.unsure:
            one, other, _ = lead.unsure[0]
            return f"a record that tells whether {self.words.name(one)} and {self.words.name(other)} are one"
        return ""

    def _unread(self, name: str) -> bool:
        if self._read is None:
            self._read = self._graph.ledger.documents_read()
        kind = self._graph.ledger.entity(name).kind
        return self._graph.terms.is_a(kind, "Document") and name not in self._read

    def standings(self, sides: Sequence[Side]) -> tuple[str, ...]:
        """How each claim of the sides stands."""
        claims = {c.id: c for s in sides for c, _ in s.said}
        return tuple(
            f"{as_sentence(self.words.claim(c))}: {self.words.standing(c)}" for c in claims.values()
        )


def _short(row: tuple[str, str, Claim, Attestation]) -> tuple[int, str, str]:
    return len(row[0]), row[0], row[1]


def _one_side(said: Iterable[Attestation]) -> str:
    """``, one side`` where several voices speak for one another; else nothing."""
    spoken = {(a.voice, a.parties) for a in said}
    voices, number = len({voice for voice, _ in spoken}), sides_of(spoken)
    return f" ({count(number, 'side')})" if number < voices else ""


def _plainest(words: EntryWords, said: Iterable[Voiced]) -> Voiced:
    """The row whose claim is the shortest in words."""
    return min(said, key=lambda v: (len(words.words.bare(v[0])), v[0].id, v[1].id))


def more(number: int) -> str:
    """``and two more rows``; empty if there are none."""
    return f" (and {count(number, 'more row')})" if number > 0 else ""
