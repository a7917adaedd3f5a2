"""What in a case is of an earlier form of kg, and what to write instead. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.case import example, table, turtle
from kg.case.folder import Case
from kg.model.errors import BadCase
from kg.model.namespaces import KG, local
from kg.model.record import Record

# The columns of judgements.csv and the parts in a layout that are called something else now.
_COLUMNS = {"verdict": "kind"}
_PARTS = {"closing": "kg:role kg:Closes", "ordering": "kg:role kg:OrdersClosure"}
_PARTS |= {"objection": "kg:role kg:ObjectsTo"}
_STATE = "closing-state "


class Earlier(Record):
    """One thing of an earlier form: where, what it is, what to write. `broken` if nothing can be built."""

    found: str
    mend: str
    broken: bool = True


def found(case: Case) -> list[Earlier]:
    """Everything of an earlier form, tables first. An ontology that cannot be parsed has none.

    Cost: the headers of the tables and all of the ontology are read.
    """
    try:
        return [*_tables(case), *_terms(case)]
    except BadCase:
        return []


def _tables(case: Case) -> Iterator[Earlier]:
    path = case.table("judgements")
    columns = table.header(path, case.form(path)) if path else []
    for old, new in _COLUMNS.items():
        if path and old in columns and new not in columns:
            yield Earlier(f"{path.name}, row 1: a column called {old}", f"call it {new}")


def _terms(case: Case) -> Iterator[Earlier]:
    own = [
        (path.name, text, t)
        for path in case.ontology_files
        for triples, _, text in [turtle.triples(path)]
        for t in triples
    ]
    for file, text, t in own:
        if t.predicate.value == KG + "layout":
            said = getattr(t.object, "value", "")
            new = _PARTS.get(said, "")
            if said.startswith(_STATE):
                new = f'kg:closedState "{said.removeprefix(_STATE)}"'
            if new:
                line = _line(text, f'"{said}"')
                yield Earlier(f'{file}, line {line}: kg:layout "{said}"', f"write {new}")
    if any(t.predicate.value == KG + "role" for *_, t in own):
        # Written since terms say what they mean.
        return
    places = {t.subject.value: (file, text) for file, text, t in own if hasattr(t.subject, "value")}
    for role, known in sorted(_once_known().items()):
        if held := [iri for iri in known if iri in places]:
            named = ", ".join(f"kg:{local(iri)} ({_place(iri, *places[iri])})" for iri in held)
            told = f"nothing plays kg:{role}; by their names did {named}"
            yield Earlier(told, f"kg:role kg:{role} on those that mean it", broken=False)


def _place(iri: str, file: str, text: str) -> str:
    return f"{file}, line {_line(text, f'kg:{local(iri)} a ')}"


def _once_known() -> dict[str, list[str]]:
    """By role, the terms that kg once knew by their names: those of the shipped case."""
    held: dict[str, list[str]] = {}
    for path in sorted(Path(example.root(), "ontology").glob("*.ttl")):
        for t in turtle.triples(path)[0]:
            if t.predicate.value == KG + "role":
                held.setdefault(local(t.object.value), []).append(t.subject.value)
    return {role: sorted(terms) for role, terms in held.items()}


def _line(text: str, words: str) -> int:
    """The line on which words first stand; 1 if they are written in another way."""
    before, here, _ = text.partition(words)
    return before.count("\n") + 1 if here else 1
