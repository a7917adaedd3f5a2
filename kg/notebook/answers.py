"""What a verb answers, as a notebook takes it: a table, or what shows itself."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from kg.analysis.claim_evidence import Evidence
from kg.analysis.dossier import Dossier
from kg.analysis.path_text import Paths
from kg.model.claims import flat
from kg.model.errors import spoken
from kg.sparql import query as asking
from kg.verbs.answer import Answer, Export, Page


def shown(answer: Answer, verb: str) -> Any:
    """The value of an answer, as a notebook takes it."""
    value, notes = answer.value, [spoken(note) for note in answer.notes]
    if isinstance(value, asking.Answer):
        if value.kind == "ask":
            return value.boolean
        if value.kind == "graph":
            for note in notes:
                warnings.warn(note, stacklevel=5)
            return value.text
        rows: Sequence[Sequence[object]] = [[_value(term) for term in row] for row in value.rows]
        frame = _table(rows, value.variables)
        frame.attrs["truncated"] = value.truncated
    elif isinstance(value, (Dossier, Evidence, Export, Paths, Page, str)):
        if isinstance(value, Paths):
            value.notes, value.lens = notes, answer.seen
        return value
    else:
        cells = [flat(row) for row in value]
        frame = _table([tuple(row.values()) for row in cells], answer.names)
    frame.attrs |= {"notes": notes, "lens": answer.seen, "verb": verb}
    return frame


def _table(rows: Sequence[Sequence[object]], columns: Sequence[str]) -> Any:
    # Loaded for the first table: pandas takes longer to load than most answers.
    from kg.notebook.frames import table

    return table(rows, columns)


def _value(term: asking.Term | None) -> object:
    if term is None:
        return None
    kind = term.datatype.rpartition("#")[2]
    try:
        if kind in ("integer", "int", "long"):
            return int(term.value)
        return float(term.value) if kind in ("decimal", "double", "float") else term.value
    except ValueError:
        # Said to be a number and none, or one too long for Python.
        return term.value
