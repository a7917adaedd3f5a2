"""A graph of kg's own in RDF back as the case that it was built from: every row, its ids, its ontology.

What RDF does not hold is no row: why records were merged, judgements that are about
neither of two records, the title of the case, comments in its tables.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.case import event_rows, turtle
from kg.case import terms as case_terms
from kg.case.term import best
from kg.exchange.draft import Draft
from kg.exchange.rdf import words
from kg.exchange.rdf.facts import Facts, Text
from kg.exchange.rdf.own_facts import ATTESTATION, CLAIM, OwnFacts
from kg.exchange.rdf.own_rows import OwnRows
from kg.exchange.tables import ontology, statements
from kg.exchange.tables.events import Events
from kg.exchange.tables.records import NAMED_IN, Records
from kg.exchange.tables.text import Row, csv
from kg.exchange.tally import READ, WRITTEN, Tally
from kg.model.claims import Entity
from kg.model.errors import BadData
from kg.model.namespaces import FIXED, KG, RDFS, SKOS, XSD
from kg.model.ontology import CALLED, CORE, Ontology
from kg.store.triples import literal

_REASON = "as the RDF has it that this case was read from"


def write(
    facts: Facts, prefixes: Mapping[str, str], title: str, draft: Draft, folder: Path
) -> None:
    """Write the case into a new folder. Raises BadData for what is no whole graph of kg's."""
    (folder / "data").mkdir()
    (folder / "ontology").mkdir()
    _Case(facts, prefixes, draft.tally, folder).write(title)


class _Case:
    """One case being written."""

    def __init__(
        self, facts: Facts, prefixes: Mapping[str, str], tally: Tally, folder: Path
    ) -> None:
        self._facts, self._prefixes, self._tally, self._folder = facts, prefixes, tally, folder
        self._own = OwnFacts(facts)

    def write(self, title: str) -> None:
        terms = self._ontology()
        self._classes = {t.iri: t.id for t in terms.classes.values()}
        self._tables(terms)
        self._ledger(terms)
        self._judgements()
        about = {"title": title, "base": self._own.base, "language": self._own.language}
        text = "".join(f"{k} = {json.dumps(v, ensure_ascii=False)}\n" for k, v in about.items())
        (self._folder / "data" / "case.toml").write_text(text, "utf-8")
        self._tally.add(READ, "triple", "", self._facts.count)

    # ---------------------------------------------------------------- the ontology

    def _ontology(self) -> Ontology:
        """Write the case's own terms, and read them back."""
        core = {line for line in turtle.named(CORE).splitlines() if line}
        lines = []
        for name, said in self._facts.about.items():
            own = self._own.id(name)
            if (
                own in self._own.records
                or own in self._own.merged
                or own.startswith((CLAIM, ATTESTATION))
            ):
                continue
            for predicate, target, _ in said:
                if isinstance(target, (str, Text)):
                    line = f"<{name}> <{predicate}> {_written(target)} ."
                    if line not in core:
                        lines.append(line)
        used = self._used(lines)
        spaces = {p: s for p, s in sorted(self._prefixes.items()) if p not in FIXED and p in used}
        path = self._folder / "ontology" / "terms.ttl"
        path.write_text("".join(ontology.turtle(lines, spaces)), "utf-8")
        self._tally.add(WRITTEN, "terms.ttl", "", len(lines))
        return case_terms.read([path], self._own.language)

    def _used(self, lines: Sequence[str]) -> set[str]:
        starts = {line[1 : line.index(">")] for line in lines}
        return {p for p, s in self._prefixes.items() if s and any(i.startswith(s) for i in starts)}

    # ---------------------------------------------------------------- entities

    def _tables(self, terms: Ontology) -> None:
        """Write the tables of the records."""
        self._terms, self._kinds = terms, dict[str, str]()
        by_kind: dict[str, list[str]] = {}
        for name in sorted(self._own.records):
            kind = self._kinds[name] = self._kind(terms, name)
            if not any(terms.classes[c].table for c in terms.lineage(kind)):
                raise BadData(
                    f"{self._own.base}{name} is of the class {kind}, which no table holds"
                )
            by_kind.setdefault(kind, []).append(name)
        parts: dict[str, list[str]] = {}
        for name, target in sorted(self._own.merged.items()):
            parts.setdefault(target, []).append(name)
        self._rows = Records(terms, parts)
        kinds = [kind for kind in by_kind if not terms.is_event(kind)]
        for stem, columns, rows in self._rows.tables(
            kinds, lambda kind: map(self._entity, by_kind[kind])
        ):
            self._put(stem, columns, list(rows))
        self._merged = self._own.merged | self._rows.made

    def _kind(self, terms: Ontology, name: str) -> str:
        """The narrowest of its classes."""
        kinds = [self._classes[o] for o in self._own.of(name, words.TYPE) if o in self._classes]
        if not kinds:
            raise BadData(
                f"{self._own.base}{name} is of no class that the ontology in the file has"
            )
        return max(sorted(kinds), key=lambda kind: len(terms.lineage(kind)))

    def _entity(self, name: str) -> Entity:
        """A record with all that is said of it beside claims."""
        labels = [o for o in self._own.of(name, RDFS + "label") if isinstance(o, Text)]
        own = [o.value for o in labels if o.language == self._own.language]
        shown = own[0] if own else labels[0].value
        others = {
            (o.language, o.value)
            for o in labels
            if o.language and (o.language, o.value) != (self._own.language, shown)
        }
        # What documents call it stands in a table of its own.
        used = {o.value for o in self._own.of(name, KG + CALLED) if isinstance(o, Text)}
        called = [o for o in self._own.of(name, SKOS + "altLabel") if isinstance(o, Text)]
        aliases = sorted(o.value for o in called if not o.language and o.value not in used)
        kind = self._kinds[name]
        held = self._terms.attributes.values()
        pairs = [
            (term.id, o.value if isinstance(o, Text) else self._own.id(o) or o)
            for term in held
            if term.column or term.id in NAMED_IN
            for o in self._own.of(name, term.iri)
        ]
        order = {attribute: i for i, attribute in enumerate((*self._terms.attributes, *NAMED_IN))}
        pairs.sort(key=lambda pair: (order[pair[0]], pair[1]))
        return Entity(name, shown, kind, tuple(aliases), tuple(sorted(others)), tuple(pairs))

    # ---------------------------------------------------------------- rows of the ledger

    def _ledger(self, terms: Ontology) -> None:
        """Every attestation as a row of the table that it is at home in."""
        ledger = OwnRows(self._own, terms, self._tally)
        keyed = ledger.keyed()
        rows: dict[str, list[Row]] = {stem: [] for stem in statements.TABLES}
        events = Events(terms)
        for name in sorted(self._facts.about):
            if not self._own.id(name).startswith(ATTESTATION):
                continue
            (subject, relation, target, figure), a = ledger.row(name)
            row = statements.cells(a, a.id in keyed, terms)
            if terms.is_event(self._kinds.get(subject, "")) and terms.is_role(relation):
                if figure:
                    row |= statements.ends("figures", "", "", "", a)
                value = row.pop("value") if figure else target
                events.add(subject, terms.term(relation), value, row)
            else:
                stem = statements.table(relation, figure)
                rows[stem].append(row | statements.ends(stem, subject, relation, target, a))
        for stem, held in rows.items():
            if held or stem == "claims":
                self._put(stem, statements.columns(stem, terms), held)
        if found := list(events.rows(self._described, self._shown())):
            self._put("events", event_rows.columns(terms), found)

    def _shown(self) -> dict[str, str]:
        """The names of all records."""
        labels = ((n, self._own.of(n, RDFS + "label")) for n in self._own.records)
        return {
            name: best(
                [(o.language, o.value) for o in found if isinstance(o, Text)], self._own.language
            )
            for name, found in labels
        }

    def _described(self, event: str) -> tuple[str, str, str, dict[str, str]]:
        """The class of an event, what it is called, the name that its row gave, its other cells."""
        entity = self._entity(event)
        name = entity.name if entity.name in entity.aliases else ""
        return entity.kind, entity.name, name, self._rows.cells(entity)

    # ---------------------------------------------------------------- judgements, files

    def _judgements(self) -> None:
        rows = [{"kind": "same", "left": b, "right": a} for a, b in sorted(self._merged.items())]
        unsure = {
            tuple(sorted((name, other)))
            for name in self._own.records
            for o in self._own.of(name, KG + "possiblySame")
            if (other := self._own.id(o))
        }
        rows += [{"kind": "unsure", "left": a, "right": b} for a, b in sorted(unsure)]
        if rows:
            self._put(
                "judgements",
                ("kind", "left", "right", "reason"),
                [r | {"reason": _REASON} for r in rows],
            )

    def _put(self, stem: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        path = self._folder / "data" / f"{stem}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv(columns, rows))
        self._tally.add(WRITTEN, path.name, "", len(rows))


def _written(term: str | Text) -> str:
    """A term as N-Triples has it."""
    if isinstance(term, str):
        return f"<{term}>"
    if term.language:
        return f"{literal(term.value)}@{term.language}"
    plain = term.datatype in ("", XSD + "string")
    return literal(term.value) + ("" if plain else f"^^<{term.datatype}>")
