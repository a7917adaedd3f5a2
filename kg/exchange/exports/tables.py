"""The tables of a case again: a folder from which kg builds the same graph, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain

from kg.case import event_rows, turtle
from kg.case.ids import JUDGEMENT, merged
from kg.exchange.tables import ontology, statements
from kg.exchange.tables.dates import Printed
from kg.exchange.tables.events import Events
from kg.exchange.tables.records import Records
from kg.exchange.tables.text import csv
from kg.model.errors import UsageError
from kg.model.ontology import CALLED, CORE
from kg.store.graph import ONTOLOGY
from kg.store.part import judgements
from kg.store.withheld import alone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.case.ids import Judgement
    from kg.exchange.handed.content import Content
    from kg.exchange.tables.text import Row
    from kg.model.claims import Attestation, Claim
    from kg.store.graph import Graph

    Table = tuple[str, Iterator[str]]

ENDING = ""
LOSES = (
    "comments, the order of rows and columns, keys that nothing refers to, which of several records "
    "held to be one had which name; what is withheld, and the table that says so"
)
_ABOUT = ("title", "description", "licence", "base", "language", "editors", "version")
_ROW = "attestation/"
_SEVERAL = "the record has several values where a row has one"


def files(content: Content) -> Iterator[Table]:
    """case.toml, the ontology, every table; and the story and the questions, if they hold here.

    Raises UsageError for a graph of RDF files. Cost: linear, row by row, but for events, which are
    held; through a lens, what it shows is built once as a graph of its own.
    """
    graph = content.graph if content.lens.clear else alone(content.graph)
    if not _lines(graph):
        raise UsageError("a graph of RDF files has no tables; kg import makes a case of them")
    made = _Made(graph)
    told, kept = _besides(content, graph)
    # No version: the tables of a graph made from these are the same, byte for byte.
    head = (content.about.get("title", ""), *content.head(LOSES)[1:], *told)
    yield "README.txt", iter(f"{line}\n" for line in head)
    yield "data/case.toml", iter((_toml(content, graph),))
    yield "ontology/terms.ttl", ontology.turtle(_lines(graph), graph.terms.prefixes, graph.terms)
    yield from made.tables()
    yield from kept


def _lines(graph: Graph) -> list[str]:
    """The ontology of the case, without the core terms, as N-Triples."""
    core = {*turtle.named(CORE).splitlines()}
    with open(graph.part(ONTOLOGY), encoding="utf-8", newline="\n") as file:
        return [line for line in file.read().split("\n") if line and line not in core]


def _toml(content: Content, graph: Graph) -> str:
    case = graph.manifest["case"]
    lines = [f"{k} = {json.dumps(case[k], ensure_ascii=False)}\n" for k in _ABOUT if case.get(k)]
    if content.root:
        from kg.case.folder import find

        if quiet := sorted(find(content.root).quiet):
            lines.append(f"\n[check]\nquiet = {json.dumps(quiet)}\n")
    return "".join(lines)


def _besides(content: Content, graph: Graph) -> tuple[list[str], list[Table]]:
    """What else a case's folder has, and what of it is left out, in words."""
    if not content.root:
        return [], []
    from pathlib import Path

    from kg.analysis.retelling import problems
    from kg.case import story

    root = Path(content.root)
    found = [root / "data" / story.FILE, *sorted((root / "queries").glob("*.rq"))]
    found = [path for path in found if path.is_file()]
    if found and content.whole.seen:
        return ["The story and the questions of the case are left out: they may tell names."], []
    told: list[str] = []
    kept: list[Table] = []
    for path in found:
        if path.name == story.FILE:
            read, wrong = story.read(root)
            if wrong or not read:
                told.append(
                    "The story of the case is left out: kg check tells what is wrong in it."
                )
                continue
            if any(not p.warning for p in problems(graph.ledger, read)):
                told.append("The story of the case is left out: it rests on claims not shown here.")
                continue
        name = path.relative_to(root).as_posix()
        kept.append((name, iter((path.read_text("utf-8"),))))
    return told, kept


class _Made:
    """The tables of a whole graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph, self._terms = graph, graph.terms
        self._judged = judgements(graph)
        held: dict[str, list[str]] = {}
        for record, target in merged(
            (j.left, j.right) for j in self._judged if j.kind == "same"
        ).items():
            held.setdefault(target, []).append(record)
        self._records = Records(self._terms, held)
        misprints = {j.left for j in self._judged if j.kind == "misprint"}
        self._printed = Printed(graph, self._records, held, misprints)
        self._keyed = {*graph.ledger.replaced()}
        kinds = (k for k in self._terms.classes if self._terms.is_event(k))
        self._events = {e.id for kind in kinds for e in graph.ledger.entities(kind)}
        self._misprinted: list[tuple[str, str]] = []

    def tables(self) -> Iterator[Table]:
        """Each table that has rows, with its text; claims always."""
        ledger, terms = self._graph.ledger, self._terms
        kinds = [k for k in terms.classes if not terms.is_event(k)]
        for stem, columns, held in self._records.tables(kinds, ledger.entities):
            yield f"data/{stem}.csv", csv(columns, held)
        self._refer()
        named = tuple(r for r in terms.relations if r != CALLED)
        about = (named, (*terms.measures,), (CALLED,))
        for stem, names in zip(statements.TABLES, about, strict=True):
            rows = self._ledger(stem, names) if names else iter(())
            first = next(rows, None)
            if first or stem == "claims":
                rows = chain(filter(None, (first,)), rows)
                yield f"data/{stem}.csv", csv(statements.columns(stem, terms), rows)
        if self._events:
            yield "data/events.csv", csv(event_rows.columns(terms), self._told())
        if judged := [*self._decided()]:
            yield "data/judgements.csv", csv(JUDGEMENT, judged)

    def _refer(self) -> None:
        """Find the rows that need a key: those that others are about, and those misprinted."""
        wanted = [j for j in self._judged if j.kind == "misprint" and j.left.startswith("@")]
        told = tuple(r.id for r in self._terms.relations.values() if r.takes_attestation)
        for claim in self._graph.ledger.claims(() if wanted else told) if wanted or told else ():
            if claim.object.startswith(_ROW):
                self._keyed.add(claim.object.removeprefix(_ROW))
            for a in claim.attestations if wanted else ():
                if self._printed.misprinted(a):
                    self._keyed.add(a.id)
                    self._misprinted.append((statements.key(a.id), a.id))

    def _is_role(self, claim: Claim) -> bool:
        return claim.subject in self._events and self._terms.is_role(claim.relation)

    def _cells(self, a: Attestation) -> dict[str, str]:
        document, voice = self._printed.ends(a)
        a = a._replace(document=document, voice=voice)
        return statements.cells(a, a.id in self._keyed, self._terms)

    def _ledger(self, stem: str, names: Sequence[str]) -> Iterator[Row]:
        for claim in self._graph.ledger.claims(names):
            if not self._is_role(claim):
                about = (claim.subject, claim.relation, claim.object)
                for a in sorted(claim.attestations, key=lambda a: (a.document, a.locator, a.id)):
                    yield {**self._cells(a), **statements.ends(stem, *about, a)}

    def _told(self) -> Iterator[Row]:
        """The rows of the events."""
        ledger, terms = self._graph.ledger, self._terms
        events = Events(terms)
        for claim in ledger.claims(tuple(t.id for t in terms.roles.values())):
            if self._is_role(claim):
                for a in claim.attestations:
                    row = self._cells(a)
                    if claim.figure:
                        row |= statements.ends("figures", "", "", "", a)
                    value = row.pop("value") if claim.figure else claim.object
                    events.add(claim.subject, terms.term(claim.relation), value, row)

        def described(event: str) -> tuple[str, str, str, Row]:
            e = ledger.entity(event)
            return e.kind, e.name, next(iter(e.aliases), ""), self._records.cells(e)

        return events.rows(described, {e.id: e.name for e in ledger.entities()})

    def _decided(self) -> Iterator[Row]:
        """The judgements; those about rows by the keys that these have now."""
        about: list[Judgement] = []
        for judgement in self._judged:
            if judgement.kind == "misprint" and judgement.left.startswith("@"):
                about.append(judgement)
            else:
                yield dict(zip(JUDGEMENT, (getattr(judgement, c) for c in JUDGEMENT), strict=True))
        by_key = {j.left: j for j in about}
        several = "; ".join(sorted({j.reason for j in about}))
        for key, _ in sorted(self._misprinted):
            own = by_key.get(f"@{key}") or (about[0] if len(about) == 1 else None)
            told = (own.reason, own.by, own.date) if own else (several, "", "")
            yield {"kind": "misprint", "left": f"@{key}"} | dict(
                zip(JUDGEMENT[3:], told, strict=True)
            )
        for record, target in sorted(self._records.made.items()):
            yield {"kind": "same", "left": target, "right": record, "reason": _SEVERAL}
