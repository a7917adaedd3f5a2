"""The rows of a case into a ledger, or into what takes rows as a ledger does; what stands there twice is told."""

from __future__ import annotations

from kg.model.claims import BESIDE, TEXTS, beside, named
from kg.model.problems import Problem
from kg.store import keys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.case.claim_rows import Said
    from kg.case.row import Problems
    from kg.case.source import Rows, Source
    from kg.model.claims import Entity
    from kg.store.ledger_writer import Writer
    from kg.store.records import Records
    from kg.store.tally import Tally


def fill(
    case: Source,
    rows: Rows,
    ledger: Writer | Tally | Records,
    problems: Problems,
    each: Callable[[Said], None] | None = None,
    new: Callable[[Said], None] | None = None,
) -> list[tuple[str, str]]:
    """Read all rows into the ledger; returns (id, class) of the entities kept.

    `each` is handed every good attestation, `new` those that stand in no row before.
    """
    kept: list[tuple[str, str]] = []
    merged: dict[str, list[Entity]] = {}

    def store(said: Said) -> None:
        subject, relation, object_, figure, a, (file, row) = said
        if (name := named(object_)[1]) and not figure:
            ledger.add_names(subject, [name])
        held = ledger.add_said(subject, relation, object_, figure, a)
        if held is not None:
            now = beside(a)
            same = held == now
            found = "the same passage, voice and stance on the same claim stand in another row"
            hint = "" if same else _differing(held, now)
            if case.ontology.is_role(relation):
                hint = "two events that are alike have an id each"
            problems.add(Problem(file, row, "", found, "each row once", hint, warning=same))
            if rows.kept:
                rows.kept.twice.add(a.id)
        elif new:
            new(said)
        if each:
            each(said)

    for entity, own in rows.entities:
        if entity.id in rows.merged:
            merged.setdefault(rows.merged[entity.id], []).append(entity)
        else:
            kept.append((entity.id, entity.kind))
            ledger.add_entity(entity, keys.of(entity, case.ontology))
        for said in own:
            store(said)
            if rows.kept:
                rows.kept.own += bytes.fromhex(said.attestation.id)
    for target, parts in merged.items():
        ledger.add_names(
            target, [n for part in parts for n in (part.id, *keys.of(part, case.ontology))]
        )
        clashes = ledger.complete(target, parts)
        _tell_clashes(target, clashes, case, rows, problems)
    for said in rows.attestations:
        store(said)
    for judgement in rows.judgements:
        if judgement.kind == "unsure":
            left, right = rows.resolve(judgement.left), rows.resolve(judgement.right)
            ledger.add_possibly_same(left, right, judgement.reason)
    return kept


def _tell_clashes(
    target: str,
    clashes: list[tuple[str, str, str, str]],
    case: Source,
    rows: Rows,
    problems: Problems,
) -> None:
    """Warn of values that two records of one thing have and that cannot both be meant."""
    terms = case.ontology
    for record, prop, held, added in clashes:
        term = terms.attributes[prop]
        several = terms.refers(term) or term.datatype == "anyURI" or "ForeignId" in term.roles
        if not several and "Description" not in term.roles:
            found = f"{target} has the {term.label} “{held}”, {record} “{added}”; both are kept"
            expected = f"one {term.label}, if the two are the same"
            file, row = rows.judged.get(record, ("", 0))
            problems.add(Problem(file, row, "", found, expected, "mend one of them", True))


def _differing(held: tuple[str, ...], now: tuple[str, ...]) -> str:
    """In which columns two rows that are one attestation differ, and what the other row has there."""
    other = [
        (TEXTS[field][0], text or "nothing")
        for field, text, own in zip(BESIDE, held, now, strict=True)
        if text != own
    ]
    return f"it has another {', '.join(f'{column}: {text}' for column, text in other)}"
