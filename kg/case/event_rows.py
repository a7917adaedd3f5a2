"""A row of events.csv as checked attestations of what it says of one event: who took part, how much.

An event is an entity; each column that the ontology declares as one of its roles is a claim
about it, or a figure. A row without an id is an event of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.case import attribute_cells, cells, quality_cells
from kg.case.claim_rows import Said, check_instead, check_number, check_period
from kg.case.evidence_cells import EVIDENCE, evidence, timed
from kg.case.ids import Register
from kg.case.left_out import LeftOut, speaks_against
from kg.case.row import Row, quoted
from kg.case.slugs import slug
from kg.model.claims import Attestation, Entity
from kg.model.ontology import Ontology, Term
from kg.text import templates
from kg.text.figures import number
from kg.text.spelling import Likely

OWN = ("id", "class", "name")
EVENT = (*OWN, *EVIDENCE)
NEEDED = ("document", "locator")
_OF_A_NUMBER = ("unit", "qualifier")


def _columns(terms: Ontology) -> Mapping[str, Term]:
    """The columns that the ontology gives the table."""
    return terms.columns(terms.events.id) if terms.events else {}


@lru_cache(8)
def columns(terms: Ontology) -> tuple[str, ...]:
    """Every column that the table of events may have."""
    held = _columns(terms).items()
    own = [name for column, term in held for name in _with_unit(column, term)]
    return (*OWN, *own, *qualities(terms), *EVIDENCE)


@lru_cache(8)
def qualities(terms: Ontology) -> dict[str, Term]:
    """The qualities that go on the roles of events, by column."""
    roles = [term.id for term in terms.roles.values()]
    return {
        column: term
        for column, term in quality_cells.columns(terms).items()
        if any(terms.qualifies(term, role) for role in roles)
    }


@lru_cache(8)
def naming(terms: Ontology) -> tuple[str, ...]:
    """The columns of the table whose cells name entities."""
    held = (*_columns(terms).items(), *qualities(terms).items())
    named = (c for c, t in held if t.kind in ("event", "state") or terms.refers(t))
    return (*named, "voice", "via", "document")


def typed(terms: Ontology) -> dict[str, str]:
    """The columns of the table that hold dates and numbers."""
    held = (*_columns(terms).items(), *qualities(terms).items())
    found = {"from": "date", "to": "date", "said": "date"}
    numbers = ("decimal", "integer")
    found |= {c: "number" for c, t in held if t.kind == "measure" or t.datatype in numbers}
    return found | {c: "date" for c, t in held if t.datatype == "date"}


def _with_unit(column: str, term: Term) -> tuple[str, ...]:
    if term.kind != "measure":
        return (column,)
    return (column, *(f"{column}_{part}" for part in _OF_A_NUMBER))


def kind_of(row: Row, known: Register) -> str:
    """The class of a row's event: its own, that of earlier rows with its id, or the table's."""
    return row.get("class") or known.kinds.get(row.get("id"), "") or _top(known.terms)


def _top(terms: Ontology) -> str:
    return terms.events.id if terms.events else ""


def id_of(row: Row, known: Register) -> str:
    """The id of a row's event; where it gives none, one made of what it says and where it stands."""
    if own := row.get("id"):
        return own
    told = [f"{c}={cell}" for c in _identity(known.terms) if (cell := row.get(c))]
    kind = row.get("class") or _top(known.terms)
    mark = hashlib.sha256("\x1f".join([kind, *told]).encode()).hexdigest()[:12]
    return f"{slug(kind) or 'event'}-{mark}"


@lru_cache(8)
def _identity(terms: Ontology) -> tuple[str, ...]:
    """The columns that make a row another event: who, how much, when, and where it stands; not
    who says it, and in what way."""
    own = (part for c, t in terms.roles.items() for part in _with_unit(c, t))
    return tuple(sorted((*own, "name", "from", "to", "document", "locator", "passage")))


def is_bare(row: Row, terms: Ontology) -> bool:
    """Whether a row names an event by its id and nothing of it: it speaks of all that others say."""
    return bool(row.get("id")) and not any(row.get(c) for c in terms.roles)


def enter(row: Row, known: Register) -> None:
    """Make the event of a row known, in the first pass."""
    own, kind = id_of(row, known), kind_of(row, known)
    if not cells.ID.fullmatch(own):
        return
    if is_bare(row, known.terms):
        known.bare.add(own)
        return
    if speaks_against(row, known.terms):
        known.opposed.add(known.resolve(own))
    if own not in known.kinds:
        known.kinds[own] = kind if known.terms.is_event(kind) else _top(known.terms)
        known.where[own] = row.place
        known.note_foreign(own, row, _top(known.terms))


def entity(row: Row, known: Register) -> Entity | None:
    """The event of the first row that says who took part in it; nothing for a row after it."""
    own = id_of(row, known)
    if is_bare(row, known.terms) or known.where.get(own) != row.place:
        return None
    terms, kind = known.terms, known.kinds[own]
    attributes: list[tuple[str, str]] = []
    for column, term in _columns(terms).items():
        if term.kind == "attribute":
            for value in attribute_cells.values(row, column, term, known):
                attributes.append((term.id, known.resolve(value) if terms.refers(term) else value))
    name = row.get("name")
    aliases = (name,) if name else ()
    return Entity(own, name or sentence(row, kind, known), kind, aliases, (), tuple(attributes))


def sentence(row: Row, kind: str, known: Register) -> str:
    """What a row says of its event, by the sentence of its class."""
    terms, names = known.terms, known.names.shown
    told = {"from": row.get("from"), "to": row.get("to")}
    for column, term in terms.roles.items():
        if term.kind == "measure":
            told[column] = _number(row, column)
        else:
            told[column] = " and ".join(names.get(v, v) for v in row.values(column))
    template = next((t for k in terms.lineage(kind) if (t := terms.classes[k].sentence)), "")
    if template:
        labels = {column: term.label for column, term in terms.roles.items()}
        return templates.filled(template, told, lambda name: f"({labels.get(name, name)} not told)")
    parts = (
        f"{terms.roles[c].label} {text}" for c, text in told.items() if text and c in terms.roles
    )
    return f"{terms.classes[kind].label}: {', '.join(parts)}"


def _number(row: Row, column: str) -> str:
    if not row.get(column):
        return ""
    unit, qualifier = (row.get(f"{column}_{part}") for part in _OF_A_NUMBER)
    said = Attestation("", "", "", "", "", "")
    try:
        return number(said._replace(value=row.get(column), unit=unit, qualifier=qualifier))
    except ValueError:
        # What is wrong with it is told when the row is read in full.
        return row.get(column)


class Reader:
    """Reads the rows of events, and keeps what is needed for the bare ones among them."""

    def __init__(self, known: Register) -> None:
        self._known = known
        self._parts: dict[str, dict[tuple[str, ...], Said]] = {}
        self._waiting: list[tuple[Row, Attestation]] = []
        self._left_out = LeftOut(known)

    def read(self, row: Row) -> tuple[Said, ...]:
        """What a row says of its event, a claim for each that it names; nothing if it breaks a rule.

        A bare row says nothing yet: `rest` has what it says, once all others are known.
        """
        known, terms = self._known, self._known.terms
        own, kind = id_of(row, known), kind_of(row, known)
        _check_event(row, own, kind, known)
        for column, term in _columns(terms).items():
            if term.kind == "attribute":
                for value in attribute_cells.values(row, column, term, known):
                    attribute_cells.check(row, column, term, value, known)
        told = [(c, t) for c, t in terms.roles.items() if row.get(c)]
        if not told and not row.get("id"):
            row.fault("", "a row that names nobody and gives no number", "who took part, or an id")
        for column, term in told:
            _check_role(row, column, term, kind, known)
        besides = _besides(row, [term for _, term in told], known)
        check_instead(row)
        a = evidence(row, known)
        if not a:
            return ()
        if not told:
            self._waiting.append((row, a))
            return ()
        found = tuple(_said(row, own, told, a, known, besides))
        if row.fine:
            self._left_out.see(row, found)
        if own in known.bare:
            held = self._parts.setdefault(own, {})
            for one in found:
                b = one.attestation
                held.setdefault((one.relation, one.object, b.value, b.unit, b.qualifier), one)
        return found

    def beside(self, said: Said) -> None:
        """Look at what a row of another table says of an event."""
        self._left_out.beside(said)

    def rest(self) -> Iterator[tuple[Row, tuple[Said, ...]]]:
        """What each bare row says: its stance on all that the other rows say of its event.

        At the end it is told which amounts stand though who took part is denied.
        """
        for row, a in self._waiting:
            parts = self._parts.get(row.get("id"), {}).values()
            several = tuple(self._instead(row, a, part) for part in parts)
            self._left_out.see(row, several)
            yield row, several
        self._left_out.tell()

    def _instead(self, row: Row, a: Attestation, part: Said) -> Said:
        """A part of an event as another row speaks of it."""
        b = part.attestation
        if part.figure:
            spoken = a._replace(value=b.value, unit=b.unit, qualifier=b.qualifier)
        else:
            spoken = timed(a, self._known.terms.relations[part.relation].kind, row)
        return part._replace(attestation=spoken, place=row.place)


def _besides(row: Row, told: list[Term], known: Register) -> list[tuple[Term, tuple[str, str]]]:
    """The qualities of a row, each of which goes on one of the roles that it fills at least."""
    found = []
    for column, term in qualities(known.terms).items():
        if not row.get(column):
            continue
        if not any(known.terms.qualifies(term, role.id) for role in told):
            expected = f"a blank cell: {term.id} goes on {', '.join(term.on)}, which the row lacks"
            row.fault(column, quoted(row.get(column)), expected)
        found += [(term, pair) for pair in quality_cells.cell(row, column, term, known)]
    return found


def _check_event(row: Row, own: str, kind: str, known: Register) -> None:
    terms = known.terms
    top = _top(terms)
    if not cells.ID.fullmatch(own):
        row.fault("id", quoted(own), "an id of lower-case letters, digits and single hyphens")
        return
    if not terms.is_a(kind, top) or kind not in terms.classes:
        below = sorted(terms.below(top))
        expected = f"{top} or a narrower class: {', '.join(below)}"
        row.fault("class", quoted(kind), expected, Likely(kind, below))
        return
    held, place = known.kinds.get(own, ""), known.where.get(own)
    if place and place[0] != row.file:
        row.fault("id", f"{quoted(own)} is in {place[0]}, row {place[1]} already", "each id once")
    elif held and held != kind:
        found = f"{quoted(own)} is {cells.a(held)} in row {place[1] if place else 0}"
        row.fault("class", found, "one class for one event")
    elif own in known.bare and not held:
        row.fault("id", f"{quoted(own)}, and no row says who took part in it", "a row that does")


def _check_role(row: Row, column: str, term: Term, kind: str, known: Register) -> None:
    if lacks := known.terms.lacking(kind, term.domains):
        row.fault(column, f"a {term.label} of {cells.a(kind)}", f"{cells.a(lacks)} that has one")
    elif term.kind == "measure":
        check_number(row, column, f"{column}_qualifier")
    else:
        check_period(row, term)
        for value in row.values(column):
            attribute_cells.check(row, column, term, value, known)


def _said(
    row: Row,
    own: str,
    told: list[tuple[str, Term]],
    a: Attestation,
    known: Register,
    besides: list[tuple[Term, tuple[str, str]]],
) -> Iterator[Said]:
    event, bare = known.resolve(own), a
    for column, term in told:
        pairs = sorted(p for quality, p in besides if known.terms.qualifies(quality, term.id))
        a = bare._replace(qualities=tuple(pairs))
        if term.kind == "measure":
            unit, qualifier = (row.get(f"{column}_{part}") for part in _OF_A_NUMBER)
            numbered = a._replace(value=row.get(column), unit=unit, qualifier=qualifier or "exact")
            yield Said(event, term.id, "", True, numbered, row.place)
        else:
            for value in row.values(column):
                timely = timed(a, term.kind, row)
                yield Said(event, term.id, known.resolve(value), False, timely, row.place)
