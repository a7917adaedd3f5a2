"""A row of an entity table as a checked entity, and the claims that its own cells make."""

from __future__ import annotations

from collections.abc import Iterator

from kg.case import cells
from kg.case.claim_rows import SOURCE, Said, evidence, sealed
from kg.case.ids import Register
from kg.case.row import Row, quoted
from kg.model.claims import Attestation, Entity
from kg.model.ontology import Term
from kg.text.spelling import Likely
from kg.text.untrusted import mixed_scripts, suspicious

ENTITY = ("id", "name", "class", "aliases", "name_zh", *SOURCE)
_DEGREES = {"Latitude": 90, "Longitude": 180}
_PLAIN = {
    "integer": (cells.INTEGER, "a whole number, as 12"),
    "boolean": (cells.BOOLEAN, "true or false"),
    "language": (cells.LANGUAGE, "a language tag, as en or zh-Hans"),
}


def read(row: Row, term: Term, known: Register) -> tuple[Entity, tuple[Said, ...]] | None:
    """The entity of a row of the table that holds a class; nothing if the row breaks a rule."""
    columns = known.terms.columns(term.id)
    if _again(row, known):
        return None
    kind = _kind(row, term, known)
    if not row.get("name"):
        row.fault("name", "nothing", "a name")
    warn_of_names(row)
    attributes: list[tuple[str, str]] = []
    for column, prop in columns.items():
        for value in values(row, column, prop, known):
            check_value(row, column, prop, value, known)
            if prop.kind == "attribute":
                named = known.resolve(value) if known.terms.refers(prop) else value
                attributes.append((prop.id, named))
    own = [c for c, p in columns.items() if p.kind != "attribute" and row.get(c)]
    source = evidence(row, known) if own or any(map(row.get, SOURCE)) else None
    if not row.fine:
        return None
    if not own and source:
        attributes += _named_in(row, source)
    languages = (c for c in sorted(row.cells) if c.startswith("name_") and row.get(c))
    names = tuple((c.removeprefix("name_"), row.get(c)) for c in languages)
    entity = Entity(
        *(row.get("id"), row.get("name"), kind, row.values("aliases"), names, tuple(attributes))
    )
    said = _own_claims(row, {c: columns[c] for c in own}, source, known) if source else ()
    return entity, tuple(said)


def _again(row: Row, known: Register) -> bool:
    """Whether the row says once more what an earlier one says; reports a bad or taken id."""
    name = row.get("id")
    if not cells.ID.fullmatch(name):
        expected = "an id of lower-case letters, digits and single hyphens, as station-gbr01"
        row.fault("id", quoted(name), expected, "" if name else "kg fmt makes it of the name")
        return False
    file, number = known.where.setdefault(name, row.place)
    filled = {c: cell for c, cell in row.cells.items() if cell}
    if (file, number) == row.place:
        if name in known.repeated:
            known.repeated[name] = filled
        return False
    found = f"“{name}” is in {file}, row {number} already"
    if file != row.file:
        row.fault("id", found, "each id once")
    elif known.repeated.get(name) != filled:
        row.fault("id", f"{found}, with other content", "each id once")
    else:
        row.warn("id", f"{found}, with the same content", "each id once", "delete one of the rows")
        return True
    return False


def _kind(row: Row, term: Term, known: Register) -> str:
    kind = row.get("class") or term.id
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


def values(row: Row, column: str, prop: Term, known: Register) -> tuple[str, ...]:
    """Relations, references, addresses and foreign ids may be several in a cell, texts are one."""
    several = prop.datatype == "anyURI" or "ForeignId" in prop.roles or known.terms.refers(prop)
    if several or prop.kind != "attribute":
        return row.values(column)
    return (row.get(column),) if row.get(column) else ()


def check_value(row: Row, column: str, prop: Term, value: str, known: Register) -> None:
    """Report a value that a property can't have."""
    terms, datatype = known.terms, prop.datatype
    table = row.file.rpartition(".")[0]
    if datatype == "date":
        cells.date(row, column)
    elif prop.kind != "attribute" or terms.refers(prop):
        if known.expect(row, column, value, next(iter(prop.ranges), "")):
            kind = known.kinds[value]
            if lacks := terms.lacking(kind, prop.ranges):
                row.fault(column, f"{quoted(value)} is {cells.a(kind)}", cells.a(lacks))
    elif datatype == "decimal":
        limit = next((most for role, most in _DEGREES.items() if role in prop.roles), 0)
        if not cells.NUMBER.fullmatch(value) or (limit and abs(float(value)) > limit):
            degrees = f"degrees from -{limit} to {limit}, as 51.5072"
            expected = degrees if limit else "a plain number, as 230000 or 0.5"
            row.fault(column, quoted(value), expected, cells.number_hint(value, table))
    elif datatype == "anyURI" and not cells.ADDRESS.fullmatch(value):
        bad = cells.bad_character(value)
        expected = "an address that starts with https:// or http://"
        row.fault(column, quoted(value) + (f", with {bad}" if bad else ""), expected)
    elif datatype in _PLAIN:
        shape, expected = _PLAIN[datatype]
        if not shape.fullmatch(value):
            hint = cells.number_hint(value, table) if datatype == "integer" else ""
            hint = cells.boolean_hint(value) if datatype == "boolean" else hint
            row.fault(column, quoted(value), expected, hint)
    elif "ForeignId" in prop.roles:
        if not all(terms.foreign_id(prop.id, value)):
            expected = "a scheme, a colon and an id, as lei:5493001KJTIIGC8Y1R12"
            hint = "or give the column's attribute its kg:scheme"
            row.fault(column, quoted(value), expected, "" if prop.scheme else hint)
    elif "TextDigest" in prop.roles and not cells.DIGEST.fullmatch(value):
        row.fault(column, quoted(value), "sha256: and hexadecimal digits")


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
            ends = (known.resolve(row.get("id")), prop.id, known.resolve(value))
            yield sealed(Said(*ends, False, source, row.place))
