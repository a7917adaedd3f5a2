"""Beneficial Ownership Data Standard, 0.2 to 0.4: a list of statements, or a line each.

Statements of 0.3 and before are given in the words of 0.4. There an update is a new statement that
replaces another: all of one chain are one record here, called by the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.exchange.json_source import objects
from kg.exchange.source import Record, Source

TITLE = "BODS"
_KINDS = {
    "entityStatement": "entity",
    "personStatement": "person",
    "ownershipOrControlStatement": "relationship",
}
_RENAMED = {
    "incorporatedInJurisdiction": "jurisdiction",
    "hasPepStatus": "politicalExposure",
    "componentStatementIDs": "componentRecords",
}


def fits(source: Source) -> bool:
    """Whether a statement's id and its type stand in the beginning."""
    return bool(
        re.search(r'"statementI[dD]"\s*:', source.head)
        and re.search(r'"(recordType|statementType)"\s*:', source.head)
    )


def records(source: Source, options: dict[str, Any]) -> Iterator[Record]:
    """Every statement, by the type of its record: entity, person, relationship."""
    first: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for statement in _statements(source):
        for replaced in statement.get("replacesStatements") or []:
            first[statement["statementID"]] = str(replaced)
    for statement in _statements(source):
        details = statement.get("recordDetails")
        name = (details if isinstance(details, dict) else statement).get("name")
        if isinstance(name, str):
            id = statement.get("recordId") or _root(statement["statementID"], first)
            names.setdefault(name, set()).add(id)
    for statement in _statements(source):
        made = _current(statement, first) if "statementID" in statement else _plain(statement)
        kind = made["recordType"]
        if kind == "relationship":
            _ends(made)
        asserted = (
            made["source"].get("assertedBy") if isinstance(made.get("source"), dict) else None
        )
        for who in asserted if isinstance(asserted, list) else ():
            # As in a table of kg: a name that exactly one record has is that record.
            if isinstance(who, dict) and len(ids := names.get(str(who.get("name")), set())) == 1:
                who["record"] = next(iter(ids))
        yield kind, f"statement {made['statement']}", made


def _statements(source: Source) -> Iterator[dict[str, Any]]:
    for where, found in objects(source):
        old = isinstance(found, dict) and found.get("statementType") in _KINDS
        new = isinstance(found, dict) and found.get("recordType") in _KINDS.values()
        id = isinstance(found, dict) and found.get("statementID" if old else "statementId")
        if not (old or new) or not isinstance(id, str):
            raise source.bad(f"{where}: no statement of BODS", "it has no id, or no known type")
        if new and not isinstance(found.get("recordId"), str):
            raise source.bad(f"{where} {id[:60]} has no recordId")
        yield found


def _plain(statement: dict[str, Any]) -> dict[str, Any]:
    """A statement of 0.4 with the details of its record beside the rest."""
    details = statement.get("recordDetails")
    made = {**(details if isinstance(details, dict) else {}), **statement}
    made.pop("recordDetails", None)
    return made | {"statement": made.pop("statementId"), "record": made["recordId"]}


def _current(statement: dict[str, Any], first: dict[str, str]) -> dict[str, Any]:
    """A statement of 0.3 or before as 0.4 would write it."""
    made = {_RENAMED.get(k, k): v for k, v in statement.items() if k not in ("statementType",)}
    made["recordType"] = _KINDS[statement["statementType"]]
    made["statement"] = made.pop("statementID")
    made["record"] = _root(statement["statementID"], first)
    made["recordStatus"] = "updated" if made.pop("replacesStatements", None) else "new"
    if isinstance(made.get("entityType"), str):
        made["entityType"] = {"type": made["entityType"]}
    for end in ("subject", "interestedParty"):
        said = made.get(end)
        if isinstance(said, dict):
            named = said.get("describedByEntityStatement") or said.get("describedByPersonStatement")
            made[end] = _root(named, first) if named else said.get("unspecified", said)
    for interest in made.get("interests") or []:
        if isinstance(interest, dict) and "interestLevel" in interest:
            interest["directOrIndirect"] = interest.pop("interestLevel")
    return made


def _root(id: str, first: dict[str, str]) -> str:
    seen = {id}
    while id in first and first[id] not in seen:
        id = first[id]
        seen.add(id)
    return id


def _ends(made: dict[str, Any]) -> None:
    """Name the ends of a relationship, one that nobody names by the statement that says so."""
    for end in ("subject", "interestedParty"):
        said = made.get(end)
        if isinstance(said, dict):
            made[end] = f"unspecified {made['record']} {end}"
            reason = said.get("reason", "unknown")
            made.setdefault("unspecified", []).append(
                {"id": made[end], "reason": reason, "description": said.get("description", "")}
            )
    interests = [i for i in made.get("interests") or [] if isinstance(i, dict)]
    for interest in interests or [{}]:
        if made.get("recordStatus") == "closed":
            interest.setdefault("endDate", made.get("statementDate", ""))
        interest.setdefault("type", "unknownInterest")
    made["interests"] = interests or [{"type": "unknownInterest"}]
