"""The filters of a listing: which claims are meant, and which of their attestations."""

from __future__ import annotations

from kg.model.claims import Attestation, Claim, is_entity
from kg.model.errors import UsageError
from kg.model.record import Record
from kg.model.standing import STANCES
from kg.store.graph import Graph
from kg.text.names import folded
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from kg.model.ontology import Ontology, Term
    from kg.store.lens import Lens


class Wanted(Record):
    """The filters of a listing, which `listing.claims` takes by these names.

    `entity` stands at either end; `relation` may be a measure; `document`, `voice`, `stance`
    and `locator` are of one and the same attestation. `since` and `until` keep claims of which a
    living attestation says a time that may reach into that span, a state without an end lasting
    on. `only` is a document that alone speaks of a claim, for or against. `quality` is what a row
    says besides (``share>25``, `kg.analysis.conditions`).
    """

    entity: str = ""
    subject: str = ""
    object: str = ""
    relation: str = ""
    document: str = ""
    voice: str = ""
    stance: str = ""
    since: str = ""
    until: str = ""
    only: str = ""
    locator: str = ""
    quality: str = ""


def selected(graph: Graph, lens: Lens, wanted: Wanted) -> Iterator[tuple[Claim, list[Attestation]]]:
    """The claims that meet the filters, with the attestations that do.

    Raises UsageError for a term, stance, date or condition that is none, NotFound for an id that
    is none. Cost: the claims about the entity, else of the voice, else all.
    """
    begin, end = _span(wanted.since, wanted.until)
    joined = {**graph.terms.measures, **graph.terms.relations}
    wanted = wanted._replace(
        relation=named(wanted.relation, joined, "relation or measure"),
        stance=_stance(graph, wanted.stance),
    )
    known(STANCES, wanted.stance, "stance")
    says = _condition(graph, wanted.quality)
    both = {t.id for t in graph.terms.relations.values() if t.symmetric}
    asked = graph.terms.narrower(wanted.relation) if wanted.relation else None
    pool: Iterable[Claim] = _pool(graph, wanted, lens)
    if asked is not None:
        pool = (c for c in pool if c.relation in asked)
    if wanted.entity or wanted.subject or wanted.object:
        pool = (c for c in pool if _meets(c, wanted, both))
    from kg.store.lens import Seen
    from kg.store.seen_graph import through

    there = _place(wanted.locator)
    any_row = not (wanted.document or wanted.voice or wanted.stance or wanted.locator or says)
    alone = Alone(through(graph, lens), wanted.only) if wanted.only else None
    for claim in Seen(graph, lens).claims(pool):
        if alone and not alone.says(claim):
            continue
        if (begin or end) and not any(
            _within(graph, a, claim, begin, end) for a in claim.attestations if a.living
        ):
            continue
        if any_row:
            if claim.attestations:
                yield claim, list(claim.attestations)
            continue
        said = [
            a
            for a in claim.attestations
            if wanted.document in ("", a.document)
            and wanted.voice in ("", a.voice)
            and wanted.stance in ("", a.stance)
            and there(a.locator)
            and (says is None or says(a))
        ]
        if said:
            yield claim, said


def _stance(graph: Graph, text: str) -> str:
    """A stance by its name, or by a label in any language."""
    if not text or text.casefold() in STANCES:
        return text.casefold()
    return graph.terms.words.get(folded(text), text.casefold())


def _place(locator: str) -> Callable[[str], bool]:
    """Whether a passage's place is the one that is asked for; any is, if none is."""
    if not locator:
        return lambda _: True
    from kg.text.locators import Wish

    return Wish(locator).met


class Alone:
    """Whether a document is the only one that speaks of a claim, for or against.

    One that was not read itself speaks by what cites it. Raises UsageError for what is no document.
    """

    def __init__(self, graph: Graph, document: str) -> None:
        if not graph.terms.is_a(graph.ledger.entity(document).kind, "Document"):
            raise UsageError(f"{document} is no document")
        self._ledger, self._document = graph.ledger, document
        self._read = document in graph.ledger.documents_read()

    def says(self, claim: Claim) -> bool:
        """Whether nothing else has a word on it, in whose place it may be put either."""
        instead = (b for a in claim.attestations for b in self._ledger.replacements(a.id))
        return all(self._has(a) for a in (*claim.attestations, *instead))

    def _has(self, a: Attestation) -> bool:
        return a.document == self._document if self._read else self._document in a.via


def _condition(graph: Graph, text: str) -> Callable[[Attestation], bool] | None:
    """What a row has to say besides; None where nothing is asked of it."""
    if not text:
        return None
    from kg.analysis import conditions

    return conditions.meets(graph, conditions.condition(graph, text))


def undated(graph: Graph, lens: Lens, wanted: Wanted) -> int:
    """How many claims `since` and `until` leave out only because nobody dates them."""
    found = selected(graph, lens, wanted._replace(since="", until=""))
    return sum(not any(a.living and _dated(a) for a in claim.attestations) for claim, _ in found)


def known(group: Collection[str], name: str, what: str, *, told: bool = False) -> None:
    """Raise UsageError for a name that is not in the group; `told` names all that are."""
    if name and name not in group:
        wrong = f"“{name}” is no {what}"
        if told:
            wrong = f"{name} is no {what}: expected one of {', '.join(group)}"
        raise UsageError(f"{wrong}; {did_you_mean(name, group)}".rstrip("; "))


def class_of(terms: Ontology, text: str) -> str:
    """The class of a name, label or table, in any language. Raises UsageError for what is none."""
    return terms.class_of(text) or named(text, terms.classes, "class")


def relation_of(terms: Ontology, text: str) -> str:
    """The relation of a name or label. Raises UsageError for what is none."""
    return named(text, terms.relations, "relation")


def named(text: str, group: Mapping[str, Term], what: str) -> str:
    """The id of the term that is called so: by its id, a label in any language, or as read backwards.

    Raises UsageError for what is none, and for a label of several.
    """
    if not text or text in group:
        return text
    key = folded(text)
    found = [t.id for t in group.values() if key in {folded(t.id), *map(folded, _labels(t))}]
    found = found or [t.id for t in group.values() if t.inverse and folded(t.inverse) == key]
    if len(found) > 1:
        raise UsageError(f"“{text}” is the {what} of several names: {', '.join(found)}")
    if not found:
        words = [*group, *(label for t in group.values() for label in _labels(t))]
        known(words, text, what)
    return found[0]


def _labels(term: Term) -> Iterator[str]:
    yield term.label
    yield from (label for _, label in term.labels)


def _pool(graph: Graph, w: Wanted, lens: Lens) -> Iterable[Claim]:
    ledger = graph.ledger
    for name in (w.entity, w.subject, w.object, w.document, w.voice, w.only):
        if name.startswith("attestation/"):
            ledger.attestation(name.removeprefix("attestation/"))
        elif is_entity(name):
            ledger.entity(name)
    end = w.subject or w.object or w.entity
    if end:
        return ledger.claims_about(end)
    if w.voice:
        return ledger.said_by(w.voice)
    document = w.document or w.only
    # What was not read itself stands in no passage: others cite it.
    if document and document in ledger.documents_read():
        return ledger.standing_in(document)
    relations = sorted(graph.terms.narrower(w.relation)) if w.relation else ()
    return ledger.claims(relations, **lens.among)


def _within(graph: Graph, a: Attestation, claim: Claim, begin: str, end: str) -> bool:
    if not _dated(a) or (end and a.earliest > end):
        return False
    term = graph.terms.relations.get(claim.relation)
    lasts = bool(term and term.kind == "state") and " – " not in a.period
    return lasts or not a.latest or a.latest >= begin


def _dated(a: Attestation) -> bool:
    return bool(a.earliest or a.latest)


def _meets(claim: Claim, w: Wanted, both: Collection[str]) -> bool:
    """Whether a claim has the ends; of those of `both` either end is a subject."""
    if w.entity not in ("", claim.subject, claim.object):
        return False
    asked, held = (w.subject, w.object), (claim.subject, claim.object)
    ways = (held, held[::-1]) if claim.relation in both else (held,)
    return any(all(a in ("", h) for a, h in zip(asked, way, strict=True)) for way in ways)


def _span(since: str, until: str) -> tuple[str, str]:
    """The first and the last day meant; a year or month means all of it."""
    if not (since or until):
        return "", ""
    from kg.model.dates import parse

    days = []
    for text, name in ((since, "since"), (until, "until")):
        try:
            span = parse(text)
        except ValueError as error:
            raise UsageError(f"{name} {text}: expected {error}") from error
        days.append(span.earliest if name == "since" else span.latest)
        if text and not days[-1]:
            raise UsageError(f"{name} {text}: expected a day, as 2022-10-29")
    begin, end = days
    if begin and end and begin > end:
        raise UsageError(f"since {since} is after until {until}")
    return begin, end
