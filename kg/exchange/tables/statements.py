"""Attestations as the rows of the tables of the ledger: claims, figures, names, events."""

from __future__ import annotations

from kg.case import name_rows, quality_cells
from kg.case.claim_rows import CLAIM, FIGURE
from kg.model.claims import TEXTS, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.model.claims import Attestation
    from kg.model.ontology import Ontology

TABLES = ("claims", "figures", "names")
_ROW = "attestation/"
# What of an attestation is the cell of a column, by the column.
_SAME = {name: name for name in ("stance", "voice", "said", "document")}
_SAME |= {column: field for field, (column, _) in TEXTS.items()}


def columns(stem: str, terms: Ontology) -> tuple[str, ...]:
    """Every column that a table may have, those of the qualities that can stand in it included."""
    if stem == "names":
        return name_rows.columns(terms)
    return (*(FIGURE if stem == "figures" else CLAIM), *quality_cells.columns(terms))


def key(attestation: str) -> str:
    """The key of a row that another one refers to."""
    return f"row-{attestation[:12]}"


def cells(a: Attestation, keyed: bool, terms: Ontology) -> dict[str, str]:
    """The evidence of a row, by column; with its key, if something refers to it."""
    row = {column: getattr(a, field) for column, field in _SAME.items()}
    row |= {"via": a.chain, "key": key(a.id) if keyed else ""}
    row["from"], _, row["to"] = a.period.partition(" – ")
    row["instead_of"] = f"@{key(a.instead_of)}" if a.instead_of else ""
    for name, value in a.qualities:
        column = terms.qualities[name].column
        row[column] = f"{row[column]} | {value}" if column in row else value
    return row


def table(relation: str, figure: bool) -> str:
    """The table of a claim that is no role of an event."""
    from kg.model.ontology import CALLED

    return "names" if relation == CALLED else "figures" if figure else "claims"


def ends(stem: str, subject: str, relation: str, target: str, a: Attestation) -> dict[str, str]:
    """What a row of a table is about."""
    if stem == "names":
        language, name = named(target)
        return {"entity": subject, "name": name, "language": language}
    if stem == "figures":
        number = {"value": a.value, "unit": a.unit, "qualifier": a.qualifier}
        return {"subject": subject, "measure": relation, "scope": target, **number}
    if target.startswith(_ROW):
        target = f"@{key(target.removeprefix(_ROW))}"
    return {"subject": subject, "relation": relation, "object": target}
