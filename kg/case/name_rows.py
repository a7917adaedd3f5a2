"""A row of names.csv as a checked attestation: what a document or a voice calls an entity."""

from __future__ import annotations

from functools import lru_cache

from kg.case import cells, entity_rows, quality_cells
from kg.case.claim_rows import Said, check_instead
from kg.case.evidence_cells import EVIDENCE, evidence, timed
from kg.case.ids import Register
from kg.case.row import Row, quoted
from kg.model.claims import name_end
from kg.model.ontology import CALLED, Ontology, Term

TABLE = "names"
NAME = ("entity", "name", "language", *EVIDENCE)
NEEDED = (*NAME[:2], "document", "locator")
_NAMING = ("entity", "voice", "via", "document")


@lru_cache(8)
def qualities(terms: Ontology) -> dict[str, Term]:
    """The qualities that go on what something is called, by column."""
    held = quality_cells.columns(terms).items()
    return {column: term for column, term in held if terms.qualifies(term, CALLED)}


def columns(terms: Ontology) -> tuple[str, ...]:
    """Every column that the table may have."""
    return (*NAME[:3], *qualities(terms), *NAME[3:])


@lru_cache(8)
def naming(terms: Ontology) -> tuple[str, ...]:
    """The columns of the table whose cells name entities."""
    return (*_NAMING, *(c for c, term in qualities(terms).items() if terms.refers(term)))


def enter(row: Row, known: Register) -> None:
    """Let the entity of a row be known by the name, in the first pass."""
    own = known.meant(row.get("entity"))
    if own in known.kinds and row.get("name"):
        known.names.enter(own, row.get("name"))


def read(row: Row, known: Register) -> tuple[Said, ...]:
    """What a row says; nothing if it breaks a rule."""
    own, name, language = (row.get(c) for c in NAME[:3])
    known.expect(row, "entity", own)
    if not name:
        row.fault("name", "nothing", "the name that is used")
    if language and not cells.LANGUAGE.fullmatch(language):
        row.fault("language", quoted(language), "a language tag, as en or zh-Hans")
    entity_rows.warn_of_names(row)
    term = known.terms.relations[CALLED]
    besides = quality_cells.read(row, term, known)
    check_instead(row)
    a = evidence(row, known)
    if not a:
        return ()
    a = a._replace(qualities=besides)
    ends = (known.resolve(own), CALLED, name_end(language, name))
    return (Said(*ends, False, timed(a, term.kind, row), row.place),)
