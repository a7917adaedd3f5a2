"""What lies beside a graph in a store: its state, its small files, and what RDF does not keep.

The state says which version is there, and whether it is whole: while it is loaded, it is not, and
whoever reads refuses it.
"""

from __future__ import annotations

import base64
import zlib

from kg.model.claims import Attestation, Entity
from kg.model.namespaces import XSD
from kg.model.record import Record
from kg.store.graph import JUDGEMENTS, ONTOLOGY, WITHHELD, Graph
from kg.store.remote.records import Facts, Reader, facts_of, packed
from kg.store.triples import Triples, literal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The terms that say so; they are kg's own, and no part of what a case says.
SPACE = "https://w3id.org/actors-kg/store#"
STATE, VERSION, FORM, BASE, TRIPLES = (
    SPACE + name for name in ("state", "version", "format", "base", "triples")
)
FILE, ROW = SPACE + "file-", SPACE + "row"
WHOLE, LOADING = "whole", "loading"
# What this version writes and reads.
FORMAT = "1"
# More in one literal is no Turtle to some stores.
_PIECE = 8_000
FILES = ("manifest.json", "terms.txt", ONTOLOGY, JUDGEMENTS, WITHHELD)


class State(Record):
    """What a store holds under the name of a graph: `state` is ``whole`` or ``loading``."""

    state: str
    version: str
    form: str
    base: str
    triples: int


def state_lines(graph: str, state: State) -> list[str]:
    """The state of a graph as N-Triples."""
    return [
        f"<{graph}> <{STATE}> {literal(state.state)} .\n",
        f"<{graph}> <{VERSION}> {literal(state.version)} .\n",
        f"<{graph}> <{FORM}> {literal(state.form)} .\n",
        f"<{graph}> <{BASE}> {literal(state.base)} .\n",
        f'<{graph}> <{TRIPLES}> "{state.triples}"^^<{XSD}integer> .\n',
    ]


def file_lines(graph: str, built: Graph) -> Iterator[str]:
    """The small files of a built graph as N-Triples: packed, in pieces that every store takes."""
    for name in FILES:
        if built.holds(name):
            with open(built.part(name), "rb") as file:
                whole = base64.b64encode(zlib.compress(file.read(), 9)).decode()
            for begin in range(0, len(whole), _PIECE):
                piece = literal(whole[begin : begin + _PIECE])
                yield f"<{graph}> <{FILE}{name}/{begin // _PIECE:04}> {piece} .\n"


def files(pieces: Mapping[str, str]) -> dict[str, bytes]:
    """The small files by name, from the values of their predicates. Raises ValueError if one is damaged."""
    found: dict[str, list[str]] = {}
    for predicate in sorted(p for p in pieces if p.startswith(FILE)):
        found.setdefault(predicate.removeprefix(FILE).rpartition("/")[0], []).append(
            pieces[predicate]
        )
    try:
        return {n: zlib.decompress(base64.b64decode("".join(p))) for n, p in found.items()}
    except zlib.error as error:
        raise ValueError(str(error)) from error


def row_lines(built: Graph) -> Iterator[str]:
    """The records that their own triples do not give back exactly, as N-Triples.

    Cost: every record is written and read once.
    """
    about = built.manifest["case"]
    terms, ledger = built.terms, built.ledger
    reader = Reader(built.base, about["language"], terms)
    triples = Triples(built.base, about["language"], terms)
    for entity in ledger.entities():
        read = reader.entity(
            entity.id, facts(triples.entity(entity)).get(built.base + entity.id, {})
        )
        if read != entity:
            yield _row(built.base + entity.id, entity)
    for claim in ledger.claims():
        held = facts(triples.claim(claim))
        for a in claim.attestations:
            iri = f"{built.base}attestation/{a.id}"
            if reader.attestation(a.id, held.get(iri, {})) != a:
                yield _row(iri, a)


def facts(lines: Iterator[str]) -> dict[str, Facts]:
    """Lines of N-Triples as facts by subject."""
    import pyoxigraph as ox

    return facts_of(ox.parse("".join(lines), format=ox.RdfFormat.N_TRIPLES, lenient=True))


def _row(iri: str, record: Entity | Attestation) -> str:
    return f"<{iri}> <{ROW}> {literal(packed(record))} .\n"
