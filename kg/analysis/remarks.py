"""Statements about statements, and documents whose date or authors are told otherwise by rows."""

from __future__ import annotations

from kg.analysis.finding import CONFLICT, EXPLAINED, PUT, TENSION, Finding, Side, side
from kg.model.claims import Attestation, Claim
from kg.model.dates import parse
from kg.model.standing import OPPOSITION, SUPPORT, living
from kg.store.graph import Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis.comparable import See
    from kg.analysis.finding import Voiced

_AT = "attestation/"
# So many documents may be given to one of several authors by a slip.
_FEW = 12


class Remarks:
    """What is said against a statement or a document as a whole, dates and authors that cannot be."""

    def __init__(self, graph: Graph, see: See) -> None:
        terms, self._see = graph.terms, see
        self._ledger, self._terms = graph.ledger, terms
        self._untrue = {*terms.playing("ObjectsTo")}
        self._faults = {*terms.playing("FindsFaultWith"), *self._untrue}
        # Relations by which one speaks against another, where the object is a statement.
        self._adverse = {r.id for r in terms.relations.values() if r.adverse} | self._faults
        self._works: dict[str, tuple[str, str, bool]] = {}
        self._authors: dict[str, frozenset[str]] = {}
        self._single: dict[str, dict[str, list[Voiced]]] = {}

    def of(self, claim: Claim) -> Iterator[Finding]:
        """What a claim remarks on another statement, or on a document."""
        if not claim.figure and claim.supported:
            if claim.object.startswith(_AT):
                if claim.relation in self._adverse:
                    yield from self._statement(claim)
            elif claim.relation in self._faults:
                yield from self._document(claim)
        yield from self._printed(claim)
        self._voiced(claim)

    def after(self) -> Iterator[Finding]:
        """What only all claims together tell, once each has been given to `of`."""
        some = [name for name, said in self._single.items() if self._wrote(name) - {*said}]
        # Where most of a case names one author for all, it is a way of writing.
        hard = TENSION if len(some) <= _FEW else EXPLAINED
        why = "all that rows take from it they give to some of its authors only"
        why += "" if hard == TENSION else ", as they do of many documents here"
        for name in some:
            names = ", ".join(f"{{{n}}}" for n in sorted(self._wrote(name)))
            rows = [voiced for held in self._single[name].values() for voiced in held]
            sides = (Side(label=f"the authors of {{{name}}}: {names}"), side(rows))
            yield Finding("authors", ("authors", name), hard, why, sides, focus=name)

    def _voiced(self, claim: Claim) -> None:
        """Note the rows in which an author of a document with several is the voice."""
        for a in living(claim.attestations):
            for name in (a.document, *a.via):
                if a.voice in self._wrote(name):
                    self._single.setdefault(name, {}).setdefault(a.voice, []).append((claim, a))

    def _wrote(self, name: str) -> frozenset[str]:
        """The authors of a document that has several, else nobody."""
        if name not in self._authors:
            entity = self._ledger.entity(name)
            wrote = frozenset(self._terms.values(entity, "Author"))
            several = len(wrote) > 1 and self._terms.is_a(entity.kind, "Document")
            self._authors[name] = wrote if several else frozenset()
        return self._authors[name]

    def _statement(self, claim: Claim) -> Iterator[Finding]:
        name = claim.object.removeprefix(_AT)
        a = self._ledger.attestation(name)
        held = [(c, b) for c in self._see([self._ledger.claim(a.claim)]) for b in c.attestations]
        target = tuple(v for v in held if v[1].id == name)
        if not target:
            return  # the lens does not show what is spoken of
        said = [(claim, b) for b in living(claim.attestations) if b.stance in SUPPORT]
        hard = CONFLICT if claim.relation in self._untrue else TENSION
        why = "the one speaks of what the other said, not of the thing itself"
        if not living(b for _, b in target):
            hard, why = EXPLAINED, "its own voice took back, replaced or overtook what it speaks of"
        # Who speaks against a denial stands on the side of those who put the claim forward.
        answered = a.stance in OPPOSITION
        put = [b for _, b in held if b.stance in PUT]
        if answered and hard == CONFLICT and put and not living(put):
            # The quarrel is about what nobody says any more.
            hard, why = TENSION, "all who put forward what the one denies took it back"
        sides = (side(said), Side(target)) if answered else (Side(target), side(said))
        yield Finding("remark", ("denial", a.claim), hard, why, sides, focus=claim.object)

    def _document(self, claim: Claim) -> Iterator[Finding]:
        _, work, is_document = self._of(claim.object)
        if not is_document:
            return
        _, other, by_document = self._of(claim.subject)
        said = [(claim, b) for b in living(claim.attestations) if b.stance in SUPPORT]
        stated = f"what {{{claim.object}}} says"
        why = "an objection to a document as a whole leaves open which of its statements fall"
        sides = (Side(label=stated), side(said))
        if by_document:
            # Which of the two is right the words leave open: what is said is that they differ.
            why = "the one document is set against the other, by whoever compared them"
            yield Finding("remark", ("remark", other, work), TENSION, why, sides)
            return
        yield Finding("remark", ("remark", work), TENSION, why, sides, focus=work)

    def _printed(self, claim: Claim) -> Iterator[Finding]:
        """A document cited for an event that was only after the document's own date."""
        term = self._terms.relations.get(claim.relation)
        if not (claim.figure or (term and term.kind == "event")):
            return
        for a in living(claim.attestations):
            if not a.earliest or a.stance not in SUPPORT:
                continue
            for name in a.via:
                last = self._of(name)[0]
                if last and last < begun(a):
                    why = f"what happened on {begun(a)} or later cannot stand in what was in print by {last}"
                    sides = (Side(label=f"the date of {{{name}}}: {last}"), Side(((claim, a),)))
                    yield Finding("print", ("print", name), CONFLICT, why, sides, focus=name)

    def _of(self, name: str) -> tuple[str, str, bool]:
        """The last day on which a document can have been printed, its work, and if it is one."""
        if name not in self._works:
            entity = self._ledger.entity(name)
            written = self._terms.is_a(entity.kind, "Document")
            printed = self._terms.values(entity, "PublishedOn") if written else ()
            days = [parse(text).latest for text in printed]
            work = self._terms.value(entity, "VersionOf") or name
            last = "" if not days or "" in days else max(days)
            self._works[name] = (last, work, written)
        return self._works[name]


def begun(a: Attestation) -> str:
    """The first day on which an event can have been, as said."""
    return parse(a.period.partition(" – ")[0]).earliest or a.earliest
