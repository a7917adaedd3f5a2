"""A row of an entity table as a checked entity, and the claims that its own cells make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.case import attribute_cells, cells
from kg.case.claim_rows import Said, sealed
from kg.case.evidence_cells import SOURCE, evidence
from kg.case.ids import Register
from kg.case.row import Row, quoted
from kg.model.claims import Attestation, Entity
from kg.model.ontology import Term
from kg.text.spelling import Likely
from kg.text.untrusted import mixed_scripts, suspicious

ENTITY = ("id", "name", "class", "aliases", "name_zh", *SOURCE)


def read(
    row: Row, term: Term, columns: Mapping[str, Term], known: Register
) -> tuple[Entity, tuple[Said, ...]] | None:
    """The entity of a row of the table that holds a class; nothing if the row breaks a rule.

    `columns` are those that the ontology gives the class, as far as the table has them.
    """
    if _again(row, known):
        return None
    kind = _kind(row, term, known)
    if not row.get("name"):
        row.fault("name", "nothing", "a name")
    warn_of_names(row)
    attributes: list[tuple[str, str]] = []
    filled = [(c, p) for c, p in columns.items() if row.cells.get(c)]
    for column, prop in filled:
        for value in attribute_cells.values(row, column, prop, known):
            attribute_cells.check(row, column, prop, value, known)
            if prop.kind == "attribute":
                named = known.resolve(value) if known.terms.refers(prop) else value
                attributes.append((prop.id, named))
    own = {c: p for c, p in filled if p.kind != "attribute"}
    cited = own or (not row.cells.keys().isdisjoint(SOURCE) and any(map(row.get, SOURCE)))
    source = evidence(row, known) if cited else None
    if not row.fine:
        return None
    if not own and source:
        attributes += _named_in(row, source)
    languages = sorted([c for c in row.cells if c.startswith("name_") and row.get(c)])
    names = tuple([(c.removeprefix("name_"), row.get(c)) for c in languages])
    entity = Entity(
        *(row.get("id"), row.get("name"), kind, row.values("aliases"), names, tuple(attributes))
    )
    said = _own_claims(row, own, source, known) if source else ()
    return entity, tuple(said)


def _again(row: Row, known: Register) -> bool:
    """Whether the row says once more what an earlier one says; reports a bad or taken id."""
    name = row.get("id")
    if not cells.ID.fullmatch(name):
        expected = "an id of lower-case letters, digits and single hyphens, as person-ann"
        row.fault("id", quoted(name), expected, "" if name else "kg fmt makes it of the name")
        return False
    file, number = known.where.setdefault(name, row.place)
    if (file, number) == row.place:
        if name in known.repeated:
            known.repeated[name] = _filled(row)
        return False
    found = f"“{name}” is in {file}, row {number} already"
    if file != row.file:
        row.fault("id", found, "each id once")
    elif known.repeated.get(name) != _filled(row):
        row.fault("id", f"{found}, with other content", "each id once")
    else:
        row.warn("id", f"{found}, with the same content", "each id once", "delete one of the rows")
        return True
    return False


def _filled(row: Row) -> dict[str, str]:
    """The cells that have something in them."""
    return {c: cell for c, cell in row.cells.items() if cell}


def _kind(row: Row, term: Term, known: Register) -> str:
    if not (kind := row.get("class")):
        return term.id
    if not known.terms.is_a(kind, term.id):
        below = sorted(c for c in known.terms.classes if known.terms.is_a(c, term.id))
        expected = f"{term.id} or a narrower class: {', '.join(below)}"
        row.fault("class", quoted(kind), expected, Likely(kind, below))
    return kind


def warn_of_names(row: Row) -> None:
    """Warn of names that do not read as they look."""
    kept = "the name is kept as it is"
    for column in row.cells:
        if column not in ("name", "aliases") and not column.startswith("name_"):
            continue
        if hidden := suspicious(row.get(column)):
            row.warn(column, f"invisible characters {hidden}", "none", kept)
        if mixed_scripts(row.get(column)):
            found = "a word mixes letters of two scripts that look alike"
            row.warn(column, found, "one script", kept)


def _named_in(row: Row, source: Attestation) -> Iterator[tuple[str, str]]:
    """Who says that there is such a thing, where no claim of the row's own carries it."""
    voice = source.voice if row.get("voice") else ""
    told = (source.document, source.locator, source.passage, voice)
    pairs = zip(("namedIn", "namedAt", "namedPassage", "namedBy"), told, strict=True)
    return ((name, value) for name, value in pairs if value)


def _own_claims(
    row: Row, relations: dict[str, Term], source: Attestation, known: Register
) -> Iterator[Said]:
    for column, prop in relations.items():
        for value in row.values(column):
            one, other = prop.ends(known.resolve(row.get("id")), known.resolve(value))
            yield sealed(Said(one, prop.id, other, False, source, row.place))
