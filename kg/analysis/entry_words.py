"""An entry in words: who says what, why it was found, what would settle it."""

from __future__ import annotations

import hashlib
import re

from kg.analysis.entry_question import Questions, called
from kg.analysis.finding import EVENT, Finding, Side
from kg.model.parties import sides as sides_of
from kg.model.record import Record
from kg.model.rules import EXCLUSIVE, RULES_OUT
from kg.model.standing import FORWARD
from kg.store.graph import Graph
from kg.text.phrases import SPOKE, as_sentence, count
from kg.text.sentences import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.model.claims import Attestation, Claim


class Answer(Record):
    """One side of an entry: who says it, and in which rows.

    `short` is the first row without what its document cites, what the question asks for being `it`.
    `said` are the attestations in words, first those about the thing itself and not a part of it,
    and of these the shortest; `attestations` their ids, in
    the same order; a side that no voice takes, as the ledger's own count, has `label`. `side` is
    ``for`` or ``against`` where a claim is denied, else its number in the entry.
    """

    label: str
    short: str
    said: tuple[str, ...]
    attestations: tuple[str, ...]
    claims: tuple[str, ...]
    voices: tuple[str, ...]
    documents: tuple[str, ...]
    side: str

    def __str__(self) -> str:
        """In a cell of a table: its label, or what is said."""
        return "; ".join([*([self.label] if self.label else []), *self.said])


class EntryWords:
    """Words the entries of one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.words = Wording(graph.ledger, graph.terms)
        self.questions = Questions(self.words, graph.terms)
        self._read: set[str] | None = None

    # ------------------------------------------------------------ its id
    def mark(self, group: Sequence[Finding]) -> str:
        """A short id made from what the quarrel is about, whoever takes part in it."""
        return _mark(min(f.key for f in group))

    def marks(self, group: Sequence[Finding]) -> list[set[str]]:
        """The ids that each finding of an entry would give one of its own, or had before it joined."""
        return [{_mark(key) for key in (f.key, f.alone) if key} for f in group]

    # ------------------------------------------------------------ who says what
    def side(self, one: Side, name: str, lead: Finding, asked: Claim | None) -> Answer:
        """An answer in words; `name` tells it from the other sides.

        What is said of the thing itself stands before what is said of its parts, the shortest first.
        """
        told = ((self.said(c, a), a.id, c, a) for c, a in one.said)
        rows = sorted(told, key=lambda r: (_aside(lead, asked, r[2]), len(r[0]), r[0], r[1]))
        return Answer(
            self._resolved(one.label),
            self._short(*rows[0][2:], lead, asked) if rows else "",
            tuple(dict.fromkeys(text for text, *_ in rows)),
            tuple(mark for _, mark, *_ in rows),
            tuple(sorted({c.id for c, _ in one.said})),
            tuple(sorted({a.voice for _, a in one.said})),
            tuple(sorted({a.document for _, a in one.said})),
            name,
        )

    def said(self, claim: Claim, a: Attestation) -> str:
        """Who takes which stance on what, and where; a document that names no voice is no speaker."""
        return f"{self._says(claim, a, self.words.said(claim, a))} — {self.words.source(a)}"

    def _says(self, claim: Claim, a: Attestation, clause: str, joint: str = " that") -> str:
        when = f", {self.words.period(a, claim)}" if a.period else ""
        if a.voice == claim.subject and a.stance == "asserts" and not claim.figure and joint:
            return f"{clause}{when} (own words)"
        who = "the document" if a.voice == a.document else called(self.words, a.voice)
        joint = " whether" if a.stance == "questions" and joint else joint
        return f"{who} {SPOKE[a.stance]}{joint} {clause}{when}"

    def _short(self, claim: Claim, a: Attestation, lead: Finding, asked: Claim | None) -> str:
        """A row without what its document cites; what the question asks for is `it`."""
        place = self.words.place(a)
        clause, joint = self.words.said(claim, a), " that"
        if asked and claim.id == asked.id:
            clause = clause.removeprefix(self.words.clause(claim)).removeprefix(" is ")
            clause = clause.removeprefix(" are ")
            clause, joint = (f"it is {clause}", joint) if a.value else (f"it{clause}", "")
        elif lead.key[0] == EVENT and not claim.figure:
            clause, joint = "it", ""
        elif lead.focus == claim.object and lead.kind == "remark":
            shown = self.words.shown(claim.object)
            clause = f"{clause.removesuffix(shown)}it" if clause.endswith(shown) else clause
        return f"{self._says(claim, a, clause, joint)} — {place}"

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
            text += (
                f"; {' and '.join(called(self.words, end) for end in sorted(both))} on both sides"
            )
        if len(lead.unsure) > 1:
            text += f"; which of them it is, is unsure: {lead.unsure[0][2].rstrip('.')}"
            return text[:1].upper() + text[1:] + "."
        for one, other, why in lead.unsure:
            names = " and ".join(self.words.name(n) for n in sorted((one, other)))
            text += f"; only if {names} are one, which is unsure: {why.rstrip('.')}"
            break
        for one, other, why in lead.unless:
            names = " and ".join(self.words.name(n) for n in sorted((one, other)))
            text += (
                f"; {names} are two only if they are not one, which is unsure: {why.rstrip('.')}"
            )
        return text[:1].upper() + text[1:] + "."

    def _counted(self, group: Sequence[Finding]) -> str:
        """How many put it forward and how many speak against it, and what of it is about parts."""
        direct = [f for f in group if f.kind == "denial"]
        sides = [{a.id: a for f in direct for _, a in f.sides[i].said}.values() for i in (0, 1)]
        forth = {a.voice for a in sides[0]}
        text = f"put forward by {count(len(forth), 'voice')}{_one_side(sides[0])}"
        counted = set[str]()
        for stances, words in (
            (("denies",), "denied"),
            (("disputes",), "disputed"),
            ((), "told otherwise"),
        ):
            # A voice is counted once, by the clearest of what it says against it.
            said = [
                a for a in sides[1] if a.voice not in counted and a.stance in (stances or FORWARD)
            ]
            voices = {a.voice for a in said}
            text += f", {words} by {count(len(voices), 'voice')}{_one_side(said)}" if voices else ""
            counted |= voices
        parts = {c.id for f in group if f.kind == "part" for c, _ in f.sides[0].said}
        return text + (f"; {count(len(parts), 'claim')} of a part or the whole" if parts else "")

    def _term(self, name: str) -> str:
        for group in self._graph.terms.groups:
            if name in group:
                return f"“{group[name].label}”"
        label = next((r.label for r in self._graph.terms.rules if r.name == name), "")
        return f"“{label}”" if label else name

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
        if len(lead.unsure) > 1:
            return f"a record that tells which of them {self.words.name(lead.focus)} is"
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


def _mark(key: tuple[str, ...]) -> str:
    return "c-" + hashlib.sha256("\n".join(key).encode()).hexdigest()[:7]


def _aside(lead: Finding, asked: Claim | None, claim: Claim) -> int:
    """0 for the claim that an entry asks for, 1 for others of what it is about, 2 for the rest.

    Of what is said of an event as a whole, its numbers come last.
    """
    if asked and claim.id == asked.id:
        return 0
    if lead.key[0] == EVENT:
        return 1 + claim.figure
    return 1 if lead.focus in (claim.subject, claim.object) else 2


def _one_side(said: Iterable[Attestation]) -> str:
    """``, one side`` where several voices speak for one another; else nothing."""
    spoken = {(a.voice, a.parties) for a in said}
    voices, number = len({voice for voice, _ in spoken}), sides_of(spoken)
    return f" ({count(number, 'side')})" if number < voices else ""


def more(number: int) -> str:
    """``and two more rows``; empty if there are none."""
    return f" (and {count(number, 'more row')})" if number > 0 else ""
