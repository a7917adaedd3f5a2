"""Rows read back as sentences: a claim, an attestation, a hop, a standing.

One voice for the whole tool: proof-reading, dossiers, paths, pages and footnotes
all say it in these words. Status and basis are never said apart from the voices
and documents that they rest on.
"""

from __future__ import annotations

from kg.model.claims import SPEECH, UNSURE, Attestation, Claim, Hop, is_entity, named
from kg.model.standing import BASIS_OF, FORWARD, Standing, forward, living
from kg.text.figures import number, opposed, values
from kg.text.nouns import is_noun, is_plural
from kg.text.phrases import NOBODY, SPOKE, capital, count, possessive, quoted, span, standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.model.ontology import Ontology, Term
    from kg.store.ledger import Ledger
    from kg.text.qualities import Quality

_NOUN = {
    "asserts": "statement",
    "alleges": "allegation",
    "announces": "announcement",
    "questions": "question",
    "denies": "denial",
    "disputes": "objection",
    "retracts": "retraction",
}
# So many voices of a side are called by name.
_NAMED = 3
_WHOLE, _CHOSEN = " in these documents", " by the sources chosen"
HIDDEN = "a statement that this choice of sources does not show"


class _Names(dict[str, str]):
    """The names of the ends of claims: those of entities are kept, what a statement says is not."""

    def __init__(self, words: Wording) -> None:
        self._words = words

    def __missing__(self, end: str) -> str:
        if name := named(end)[1]:
            return f"“{name}”"
        if end.startswith("attestation/"):
            return self._words.statement(end.removeprefix("attestation/"))
        self[end] = held = self._words.ledger.name(end) if end else NOBODY
        return held


class Wording:
    """Reads rows of one graph; names are looked up once each."""

    def __init__(self, ledger: Ledger, terms: Ontology) -> None:
        self.ledger, self.terms = ledger, terms
        self.names = _Names(self)
        self._titles: dict[str, str] = {}
        self._states: dict[str, str] = {}
        self._nouns: dict[str, bool] = {}
        self._plurals: dict[str, bool] = {}
        self._forms: dict[str, tuple[str, str]] = {}
        self._periods: dict[tuple[str, str, bool], str] = {}
        self._labels: dict[str, str] | None = None

    def name(self, entity: str) -> str:
        """The name of an entity; of an attestation, what it says; a name itself, in quotation marks; of
        no voice, that there is none."""
        return self.names[entity]

    def state(self, entity: str) -> str:
        """In a word that a record is no more, as its attributes say: ``dissolved``; else empty."""
        if not self.terms.ending or not is_entity(entity):
            return ""
        if entity not in self._states:
            ended = self.terms.ended(self.ledger.entity(entity), self.ledger.day)
            self._states[entity] = self._ended(*ended) if ended else ""
        return self._states[entity]

    def _ended(self, term: Term, value: str) -> str:
        if self.terms.refers(term):
            return self.name(value)
        if term.datatype == "boolean":
            return term.label
        return f"{term.label} {value}" if term.datatype == "date" else value

    def shown(self, entity: str) -> str:
        """The name of an entity, with the state of one that is no more: ``Acme (dissolved)``."""
        name = self.names[entity]
        state = self.state(entity) if self.terms.ending else ""
        return f"{name} ({state})" if state else name

    def title(self, name: str) -> str:
        """A document's name, the short one if it has one, in quotation marks unless it brings
        its own; the name of anything else."""
        if name not in self._titles:
            entity = self.ledger.entity(name)
            title = self.terms.value(entity, "ShortName") or entity.name
            plain = title.startswith("“") or not self.terms.is_a(entity.kind, "Document")
            marked = f" ({state})" if (state := self.state(name)) else ""
            self._titles[name] = (title if plain else f"“{title}”") + marked
        return self._titles[name]

    def statement(self, attestation: str) -> str:
        """``Ann's denial that …``, with the number and the qualities of its row; of one that a lens
        hides, that it does."""
        a = self.ledger.attestation(attestation)
        if not self.ledger.shown(a):
            return HIDDEN
        claim = self.ledger.whole(a.claim)
        joint = "whether" if a.stance == "questions" else "that"
        return f"{possessive(self.name(a.voice))} {_NOUN[a.stance]} {joint} {self.said(claim, a)}"

    def relation(self, name: str) -> str:
        """The label of a relation or measure."""
        term = self.terms.relations.get(name) or self.terms.measures.get(name)
        return term.label if term else name

    def label(self, iri: str) -> str:
        """The label of the term of an IRI, of whatever namespace; empty if there is none."""
        if self._labels is None:
            terms = (t for group in self.terms.groups for t in group.values())
            self._labels = {t.iri: t.label for t in terms}
        return self._labels.get(iri, "")

    def inverse(self, name: str) -> str:
        """How a relation is read from its object: ``operated by``."""
        term = self.terms.relations.get(name)
        return (term.inverse if term else "") or f"({self.relation(name)})"

    def claim(self, claim: Claim) -> str:
        """A claim as a sentence by itself, with what those who put it forward say besides:
        ``Ann owns the yacht (share 25 %)``, of an event ``“Ann paid 5 EUR to Bob”: payer Ann``.

        A figure's holds no number: the numbers are the voices'.
        """
        return self.told(claim, forward(claim.attestations))

    def told(self, claim: Claim, said: Iterable[Attestation]) -> str:
        """A claim as a sentence by itself, with what some of its rows say besides."""
        return self.bare(claim) + self._besides(said)

    def bare(self, claim: Claim) -> str:
        """A claim alone: ``Ann owns the yacht``, ``captain: Ann → the yacht``."""
        if claim.figure:
            return self._figure(claim)
        begin, between = self.form(claim.relation)
        return f"{begin}{self.shown(claim.subject)}{between}{self.shown(claim.object)}"

    def form(self, relation: str) -> tuple[str, str]:
        """What stands before the subject of a claim of a relation, and between it and the object."""
        if relation not in self._forms:
            self._forms[relation] = self._form(relation)
        return self._forms[relation]

    def _form(self, relation: str) -> tuple[str, str]:
        words = self.relation(relation)
        if self.terms.is_role(relation):
            return "“", f"”: {words} "
        if self.noun(relation):
            return f"{words}: ", " – " if self.symmetric(relation) else " → "
        return "", f" {words} "

    def clause(self, claim: Claim) -> str:
        """A claim as what a voice says: after “that” and “whether”."""
        told = self.bare(claim)
        plain = claim.figure or not self.noun(claim.relation) or self.terms.is_role(claim.relation)
        return told if plain else f"“{told}” holds"

    def said(self, claim: Claim, a: Attestation) -> str:
        """What a row says, after “that”: the claim, its number, and what it says besides."""
        verb = "are" if a.value and self._plural(claim.relation) else "is"
        number_ = f" {verb} {number(a)}" if a.value else ""
        return self.clause(claim) + number_ + self._besides([a])

    def qualities(self, a: Attestation) -> tuple[Quality, ...]:
        """What a row says of its claim besides."""
        if not a.qualities:
            return ()
        from kg.text.qualities import qualities

        return qualities(a, self.terms, self.name)

    def _besides(self, said: Iterable[Attestation]) -> str:
        held = [q for a in said if a.qualities for q in self.qualities(a)]
        if not held:
            return ""
        order = list(self.terms.qualities)
        return besides(sorted(held, key=lambda q: order.index(q.name)))

    def symmetric(self, name: str) -> bool:
        """Whether a relation has no direction."""
        term = self.terms.relations.get(name)
        return term is not None and term.symmetric

    def noun(self, name: str) -> bool:
        """Whether the label of a relation is a noun."""
        if name not in self._nouns:
            term = self.terms.relations.get(name)
            self._nouns[name] = bool(term) and is_noun(self.relation(name), self._language(term))
        return self._nouns[name]

    def _plural(self, name: str) -> bool:
        """Whether the label of a measure is a plural."""
        if name not in self._plurals:
            term = self.terms.measures.get(name)
            self._plurals[name] = term is not None and is_plural(term.label, self._language(term))
        return self._plurals[name]

    def _language(self, term: Term | None) -> str:
        """The language of the label that is shown of a term."""
        return next((tag for tag, text in term.labels if text == term.label), "") if term else ""

    def _figure(self, claim: Claim) -> str:
        scope = f" ({self.shown(claim.object)})" if claim.object else ""
        subject = self.shown(claim.subject)
        if self.terms.is_role(claim.relation):
            subject = f"“{subject}”"
        return f"the {self.relation(claim.relation)} of {subject}{scope}"

    def attestation(self, a: Attestation, claim: Claim) -> str:
        """An attestation as a whole sentence: voice, stance, claim, time, place."""
        if a.voice == a.document:
            return f"{self.source(a)}: {self.stance(a, claim, 'it')}."
        if not a.voice:
            return f"{capital(self.source(a))}: {self.said(claim, a)}{self._moment(a, claim)}."
        return f"{self.stance(a, claim)} — {self.source(a)}."

    def stance(self, a: Attestation, claim: Claim, voice: str = "") -> str:
        """Voice (by name, or as given), stance, claim and time, without the document."""
        joint = "whether" if a.stance == "questions" else "that"
        said = f"{voice or self.name(a.voice)} {SPOKE[a.stance]} {joint} {self.said(claim, a)}"
        return said + self._moment(a, claim)

    def _moment(self, a: Attestation, claim: Claim) -> str:
        """When it was so, in place of what it is said, when it was said: each after its comma."""
        said = f", {self.period(a, claim)}" if a.period else ""
        if a.instead_of:
            said += f", instead of {self.statement(a.instead_of)}"
        return said + (f" (said {a.said})" if a.said else "")

    def source(self, a: Attestation) -> str:
        """The document, the place in it, and what it relies on; of no voice, that there is none."""
        cited = f", citing {' and '.join(self.ways(a))}" if a.via else ""
        return self.place(a) + cited

    def place(self, a: Attestation) -> str:
        """The document and the place in it; of no voice, that there is none."""
        text = f"{self.title(a.document)}, {a.locator}"
        return text if a.voice else f"{NOBODY}, read from {text}"

    def quoted(self, a: Attestation) -> str:
        """The words of its passage in the quotation marks of their language; a gloss never is."""
        if not a.quote:
            return ""
        document = self.ledger.entity(a.document)
        return quoted(a.quote, document.value("language"))

    def ways(self, a: Attestation) -> tuple[str, ...]:
        """What an attestation relies on, side by side: ``The paper (after The agency)``."""
        named = ([self.title(v) for v in way] for way in a.chains)
        return tuple(
            f"{first} (after {', after '.join(rest)})" if rest else first for first, *rest in named
        )

    def period(self, a: Attestation, claim: Claim) -> str:
        """When, in words: ``from 2016 to a time said to be unknown``."""
        return self.time(a.period, claim.relation, claim.figure)

    def time(self, period: str, relation: str, figure: bool = False) -> str:
        """The same of what a row of a relation, or of a measure, has for it."""
        key = period, relation, figure
        if key not in self._periods:
            term = self.terms.relations.get(relation)
            self._periods[key] = span(period, figure or bool(term and term.kind == "event"))
        return self._periods[key]

    def stood(self, claim: Claim, *, named: bool = False) -> Standing:
        """A claim's standing with its words."""
        return Standing(*claim.standing[:-1], self.standing(claim, named=named))

    def standing(self, claim: Claim, *, named: bool = False) -> str:
        """Basis, voices, documents and status in one line; for figures, the values too.

        With `named`, up to three voices of each side are called by name: where a reader would
        otherwise have to look for who makes an accusation, and who denies it. Through a lens it speaks of
        the sources that the lens shows, and counts the other voices on the claim.
        """
        text = _standing(claim)
        if self.ledger.partial:
            text = text.replace(_WHOLE, _CHOSEN)
        numbers = any(a.value for a in claim.attestations)
        if named or numbers:
            held = [a for a in living(claim.attestations) if a.stance in FORWARD]
            if named:
                text += self._named(claim, held)
            if len(given := values(held)) > 1:
                text += f"; {count(len(given), 'value')} given: {' / '.join(given)}"
        if numbers and (against := values(opposed(claim))):
            text += f"; opposed: {' / '.join(against)}"
        if unseen := self.ledger.unseen(claim):
            text += f"; not looked at: {count(unseen, 'other voice')}"
        return text

    def _named(self, claim: Claim, held: Iterable[Attestation]) -> str:
        """Up to three voices of each side; those for a claim are told as such where some oppose it."""
        against = opposed(claim)
        if claim.standing.opposing > len({a.voice for a in against}):
            # Who puts something in the place of what others put forward opposes it, too.
            for a in (a for a in claim.attestations if a.stance in FORWARD):
                instead = living(self.ledger.replacements(a.id))
                against += [b for b in instead if b.voice != a.voice]
        pro, con = (sorted({a.voice for a in said} - {""}) for said in (held, against))
        told = []
        for voices, mark in ((pro, "for: " if claim.standing.opposing else ""), (con, "against: ")):
            if 0 < len(voices) <= _NAMED:
                told.append(f" – {mark}{'; '.join(map(self.name, voices))}")
        return "".join(told)

    def through(self, first: Hop, second: Hop) -> str:
        """Two hops that lead through an event, as one: ``Ann — “Ann paid 5 EUR to Bob” — Bob``; empty
        for any others."""
        claims = (*first.claims, *second.claims)
        both = all(c.subject == first.end and self.terms.is_role(c.relation) for c in claims)
        if not both:
            return ""
        return f"{self.name(first.start)} — “{self.name(first.end)}” — {self.name(second.end)}"

    def hop(self, hop: Hop) -> str:
        """A hop as one line, with the direction in which its first claim is asserted.

        What is no tie in the world has dots in place of the line, and says what it is.
        """
        start, end = self.shown(hop.start), self.shown(hop.end)
        if hop.kind == UNSURE:
            return f"{start} ··· may be the same as ··· {end}"
        if hop.kind == SPEECH:
            speakers = {self.speaker(name, hop) for name in hop.said}
            if len(speakers) > 1:
                return f"{start} ←·· spoke about each other ··→ {end}"
            if hop.start in speakers:
                return f"{start} ··· spoke about ··→ {end}"
            return f"{start} ←·· spoken about by ··· {end}"
        claim = hop.claims[0]
        term = self.terms.relations.get(claim.relation)
        besides = self._besides(forward(claim.attestations))
        if self.symmetric(claim.relation):
            return f"{start} — {self.relation(claim.relation)}{besides} — {end}"
        if claim.subject == hop.start or not term:
            return f"{start} — {self.relation(claim.relation)}{besides} → {end}"
        return f"{start} ← {self.inverse(claim.relation)}{besides} — {end}"

    def speaker(self, attestation: str, hop: Hop) -> str:
        """Which end of a hop of speech speaks by an attestation: its voice, else what it says it of."""
        voice = self.ledger.stated(attestation)[0]
        ends = (hop.start, hop.end)
        return voice if voice in ends else self.ledger.stated(attestation)[1]


def _standing(claim: Claim) -> str:
    s = claim.standing
    firm = set[str]()
    if s.voices > 1:
        held = (a for a in claim.attestations if BASIS_OF.get(a.stance) == s.basis)
        firm = {a.voice for a in held if a.living} - {""}
    return standing(*s.shown[:-1], len(firm))


def besides(held: Sequence[Quality]) -> str:
    """What rows say besides their claim, in brackets after it: `` (share 25 %)``; empty if nothing."""
    if not held:
        return ""
    from kg.text.qualities import told

    return f" ({told(held)})"
