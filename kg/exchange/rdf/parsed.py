"""RDF files as facts, parsed by a child process: what breaks a parser ends in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kg.exchange.rdf.facts import Facts, Statement, Text
from kg.model.errors import BadData, OutOfBounds
from kg.sparql.child import FAULTS, Child, Limits, fault, killer
from kg.sparql.files import DataFile

_BATCH = 5000
_WHAT = "the reading of the file"
# Parsing is quick; a parser that hangs is ended in the end.
_SECONDS = 24 * 3600


def facts(files: Sequence[DataFile], memory: int) -> tuple[Facts, dict[str, str]]:
    """What the files say, and their prefixes. In memory is all of it.

    Raises BadData for what cannot be read, OutOfBounds where the parser needs more `memory` (bytes).
    """
    limits = Limits(_SECONDS, memory)
    made = Facts()
    said: dict[str, Any] = {}
    for name, message in Child(lambda: _work(files), limits).messages():
        if name == "rows":
            for subject, predicate, target, document in message:
                made.take(subject, predicate, _term(target), document)
        else:
            said[name] = message
    if error := fault(said, limits, _WHAT):
        raise error
    if "unread" in said:
        raise BadData(said["unread"])
    if "prefixes" not in said:
        if killer(said["status"]) in FAULTS:
            raise BadData(f"{' or '.join(f.path for f in files)} is nested too deeply")
        raise OutOfBounds(f"{_WHAT} ended unexpectedly (status {said['status']})")
    made.settle()
    return made, said["prefixes"]


def _work(files: Sequence[DataFile]) -> Iterator[tuple[str, Any]]:
    """The child's part: rows in batches, then the prefixes."""
    from kg.exchange.rdf.facts import node, term
    from kg.sparql.files import each, read

    known: dict[str, str] = {}
    batch: list[tuple[Any, ...]] = []
    for number, quad in each(files, read(files), known):
        graph = quad.graph_name
        document = node(graph) if hasattr(graph, "value") else files[number].base
        plain = _plain(term(quad.object))
        batch.append((node(quad.subject), quad.predicate.value, plain, document))
        if len(batch) == _BATCH:
            yield "rows", batch
            batch = []
    yield "rows", batch
    yield "prefixes", known


def _plain(term: str | Text | Statement) -> Any:
    """A term as marshal can carry it: a literal has three parts, a statement four."""
    if isinstance(term, Text):
        return (term.value, term.language, term.datatype)
    if isinstance(term, Statement):
        return ("", term.subject, term.predicate, _plain(term.object))
    return term


def _term(plain: Any) -> str | Text | Statement:
    if isinstance(plain, str):
        return plain
    if len(plain) == 3:
        return Text(*plain)
    return Statement(plain[1], plain[2], _term(plain[3]))
