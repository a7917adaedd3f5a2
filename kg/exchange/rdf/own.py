"""A graph of kg's own in RDF back as the case that it was built from: every row, its ids, its ontology.

What RDF does not hold is no row: why records were merged, judgements that are about
neither of two records, the title of the case, comments in its tables.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import islice, permutations, product
from pathlib import Path
from typing import Any

from kg.case import cells, event_rows, turtle
from kg.case import terms as case_terms
from kg.case.claim_rows import Said, sealed
from kg.case.term import best
from kg.exchange.draft import Draft
from kg.exchange.rdf import words
from kg.exchange.rdf.facts import Facts, Text
from kg.exchange.tables import ontology, statements
from kg.exchange.tables.events import Events
from kg.exchange.tables.records import NAMED_IN, Records
from kg.exchange.tables.text import Row, csv
from kg.exchange.tally import KEPT, READ, WRITTEN, Tally
from kg.model.claims import QUALIFIERS, TEXTS, Attestation, Entity, name_end
from kg.model.errors import BadData
from kg.model.namespaces import FIXED, KG, OWL, RDF, RDFS, SKOS, XSD, local
from kg.model.ontology import CALLED, CORE, Ontology
from kg.store.triples import literal
from kg.text.tags import cased

_ATTESTATION, _CLAIM = "attestation/", "claim/"
_WORDS = {v: k for k, v in QUALIFIERS.items()}
# The literals of an attestation, by its fields.
_PLAIN = {field: prop for field, (_, prop) in TEXTS.items()}
_PLAIN |= {"said": "said", "value": "valueAsPrinted", "unit": "unit"}
# So many orders of the ways to a voice are tried at most.
_ORDERS = 720
_REASON = "as the RDF has it that this case was read from"


def is_own(facts: Facts) -> bool:
    """Whether facts are a graph that kg has written."""
    return any(
        p == words.TYPE and o == KG + "Attestation"
        for said in facts.about.values()
        for p, o, _ in said
    )


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
        self._base = self._found_base()
        self._entities = [n for n in map(self._id, facts.about) if cells.ID.fullmatch(n)]
        self._records = {n for n in self._entities if KG + "Entity" in self._of(n, words.TYPE)}
        self._merged = self._found_merged()
        self._language = self._found_language()

    def write(self, title: str) -> None:
        terms = self._ontology()
        self._iris = {
            t.iri: t for group in terms.groups for t in group.values() if t.kind != "class"
        }
        self._classes = {t.iri: t.id for t in terms.classes.values()}
        self._qualities = terms.qualities
        self._tables(terms)
        self._ledger(terms)
        self._judgements()
        about = {"title": title, "base": self._base, "language": self._language}
        text = "".join(f"{k} = {json.dumps(v, ensure_ascii=False)}\n" for k, v in about.items())
        (self._folder / "data" / "case.toml").write_text(text, "utf-8")
        self._tally.add(READ, "triple", "", self._facts.count)

    # ---------------------------------------------------------------- what is where

    def _found_base(self) -> str:
        """What the ids of the case begin with."""
        types = ((n, said) for n, said in self._facts.about.items())
        for name, said in types:
            if (words.TYPE, KG + "Attestation") in ((p, o) for p, o, _ in said):
                base, found, _ = name.rpartition(_ATTESTATION)
                if found:
                    return base
        raise BadData("no attestation has an address of kg's; import it as other RDF")

    def _found_language(self) -> str:
        """The language that all names have."""
        counts: dict[str, int] = {}
        for name in self._records:
            for o in self._of(name, RDFS + "label"):
                if isinstance(o, Text):
                    counts[o.language] = counts.get(o.language, 0) + 1
        return min(counts, key=lambda tag: (-counts[tag], tag != "en", tag), default="en") or "en"

    def _id(self, iri: object) -> str:
        """What stands behind the base; an IRI elsewhere has none."""
        text = iri if isinstance(iri, str) else ""
        return text[len(self._base) :] if text.startswith(self._base) else ""

    def _of(self, name: str, predicate: str) -> list[str | Text]:
        """What is said of an id of the case."""
        said = self._facts.of(self._base + name, predicate)
        return [o for o in said if isinstance(o, (str, Text))]

    def _text(self, iri: str, predicate: str) -> str:
        """A literal that is there once; empty if there is none."""
        return next((o.value for o in self._facts.of(iri, predicate) if isinstance(o, Text)), "")

    def _one(self, iri: str, predicate: str) -> str:
        """The id that is there once; empty if there is none."""
        return next((self._id(o) for o in self._facts.of(iri, predicate) if self._id(o)), "")

    # ---------------------------------------------------------------- the ontology

    def _ontology(self) -> Ontology:
        """Write the case's own terms, and read them back."""
        core = {line for line in turtle.named(CORE).splitlines() if line}
        lines = []
        for name, said in self._facts.about.items():
            own = self._id(name)
            if (
                own in self._records
                or own in self._merged
                or own.startswith((_CLAIM, _ATTESTATION))
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
        return case_terms.read([path], self._language)

    def _used(self, lines: Sequence[str]) -> set[str]:
        starts = {line[1 : line.index(">")] for line in lines}
        return {p for p, s in self._prefixes.items() if s and any(i.startswith(s) for i in starts)}

    # ---------------------------------------------------------------- entities

    def _tables(self, terms: Ontology) -> None:
        """Write the tables of the records."""
        self._terms, self._kinds = terms, dict[str, str]()
        by_kind: dict[str, list[str]] = {}
        for name in sorted(self._records):
            kind = self._kinds[name] = self._kind(terms, name)
            if not any(terms.classes[c].table for c in terms.lineage(kind)):
                raise BadData(f"{self._base}{name} is of the class {kind}, which no table holds")
            by_kind.setdefault(kind, []).append(name)
        parts: dict[str, list[str]] = {}
        for name, target in sorted(self._merged.items()):
            parts.setdefault(target, []).append(name)
        self._rows = Records(terms, parts)
        kinds = [kind for kind in by_kind if not terms.is_event(kind)]
        for stem, columns, rows in self._rows.tables(
            kinds, lambda kind: map(self._entity, by_kind[kind])
        ):
            self._put(stem, columns, list(rows))
        self._merged |= self._rows.made

    def _found_merged(self) -> dict[str, str]:
        """The records that gave way to another one."""
        found = {}
        for name in self._entities:
            for o in self._of(name, OWL + "sameAs"):
                if self._id(o) in self._records and name not in self._records:
                    found[name] = self._id(o)
        return found

    def _kind(self, terms: Ontology, name: str) -> str:
        """The narrowest of its classes."""
        kinds = [self._classes[o] for o in self._of(name, words.TYPE) if o in self._classes]
        if not kinds:
            raise BadData(f"{self._base}{name} is of no class that the ontology in the file has")
        return max(sorted(kinds), key=lambda kind: len(terms.lineage(kind)))

    def _entity(self, name: str) -> Entity:
        """A record with all that is said of it beside claims."""
        labels = [o for o in self._of(name, RDFS + "label") if isinstance(o, Text)]
        own = [o.value for o in labels if o.language == self._language]
        shown = own[0] if own else labels[0].value
        others = {
            (o.language, o.value)
            for o in labels
            if o.language and (o.language, o.value) != (self._language, shown)
        }
        # What documents call it stands in a table of its own.
        used = {o.value for o in self._of(name, KG + CALLED) if isinstance(o, Text)}
        called = [o for o in self._of(name, SKOS + "altLabel") if isinstance(o, Text)]
        aliases = sorted(o.value for o in called if not o.language and o.value not in used)
        kind = self._kinds[name]
        held = self._terms.attributes.values()
        pairs = [
            (term.id, o.value if isinstance(o, Text) else self._id(o) or o)
            for term in held
            if term.column or term.id in NAMED_IN
            for o in self._of(name, term.iri)
        ]
        order = {attribute: i for i, attribute in enumerate((*self._terms.attributes, *NAMED_IN))}
        pairs.sort(key=lambda pair: (order[pair[0]], pair[1]))
        return Entity(name, shown, kind, tuple(aliases), tuple(sorted(others)), tuple(pairs))

    # ---------------------------------------------------------------- rows of the ledger

    def _ledger(self, terms: Ontology) -> None:
        """Every attestation as a row of the table that it is at home in."""
        keyed = self._keyed()
        rows: dict[str, list[Row]] = {stem: [] for stem in statements.TABLES}
        events = Events(terms)
        for name in sorted(self._facts.about):
            if not self._id(name).startswith(_ATTESTATION):
                continue
            (subject, relation, target, figure), a = self._row(name)
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
        labels = ((n, self._of(n, RDFS + "label")) for n in self._records)
        return {
            name: best(
                [(o.language, o.value) for o in found if isinstance(o, Text)], self._language
            )
            for name, found in labels
        }

    def _described(self, event: str) -> tuple[str, str, str, dict[str, str]]:
        """The class of an event, what it is called, the name that its row gave, its other cells."""
        entity = self._entity(event)
        name = entity.name if entity.name in entity.aliases else ""
        return entity.kind, entity.name, name, self._rows.cells(entity)

    def _keyed(self) -> set[str]:
        """The attestations that another row refers to, by id."""
        wanted = set()
        for name, said in self._facts.about.items():
            mine = self._id(name)
            for predicate, target, _ in said:
                other = self._id(target)
                refers = predicate in (KG + "insteadOf", RDF + "object", KG + "scope")
                if refers and other.startswith(_ATTESTATION) and mine:
                    wanted.add(other.removeprefix(_ATTESTATION))
        return wanted

    def _row(self, iri: str) -> tuple[tuple[str, str, str, bool], Attestation]:
        """A row of the ledger: what it is about, and what it says."""
        about = next((o for o in self._facts.of(iri, KG + "about") if isinstance(o, str)), "")
        ends = self._claim(about)
        told: dict[str, Any] = {f: self._text(iri, KG + name) for f, name in _PLAIN.items()}
        stance = next((o for o in self._facts.of(iri, KG + "stance") if isinstance(o, str)), "")
        said = next((o for o in self._facts.of(iri, KG + "qualifier") if isinstance(o, str)), "")
        a = Attestation(
            id=self._id(iri).removeprefix(_ATTESTATION),
            claim="",
            stance=local(stance),
            voice=self._one(iri, KG + "voice"),
            document=self._one(iri, KG + "document"),
            qualifier=_WORDS.get(local(said), "") if ends[3] else "",
            instead_of=self._one(iri, KG + "insteadOf").removeprefix(_ATTESTATION),
            **told,
        )
        return ends, self._hashed(iri, ends, a)

    def _claim(self, iri: str) -> tuple[str, str, str, bool]:
        """Subject, relation, object and whether it is of a number."""
        types = {*self._facts.of(iri, words.TYPE)}
        figure = KG + "Figure" in types
        for s in self._facts.stated.get(iri, ()):
            subject, predicate, target = s.subject, s.predicate, s.object
            break
        else:
            subject, predicate = (
                next((o for o in self._facts.of(iri, p) if isinstance(o, str)), "")
                for p in words.PARTS[:2]
            )
            target = next(iter(self._facts.of(iri, KG + "scope" if figure else words.PARTS[2])), "")
        term = self._iris.get(predicate)
        if term is not None and isinstance(target, Text) and self._id(subject):
            ends = self._id(subject), term.id
            tags = dict.fromkeys((target.language, cased(target.language)))
            forms = [name_end(tag, target.value) for tag in tags]
            known = (f for f in forms if _claim_id(*ends, f) == self._id(iri).removeprefix(_CLAIM))
            return *ends, next(known, forms[0]), False
        if not self._id(subject) or term is None or not (figure or self._id(target)):
            raise BadData(
                f"{iri or 'an attestation'} is no whole claim: part of the file is missing"
            )
        return self._id(subject), term.id, self._id(target), figure

    def _hashed(self, iri: str, ends: tuple[str, str, str, bool], a: Attestation) -> Attestation:
        """With the ways to the voice, the period and the qualities as the row had them, by its hash.

        RDF keeps no order of several ways or values, and prints a day that is both ends once.
        """
        ways = [o.value for o in self._facts.of(iri, KG + "chain") if isinstance(o, Text)]
        between = sorted(" < ".join(way.split(" < ")[1:-1]) for way in ways)
        printed = self._text(iri, KG + "asPrinted")
        periods = (
            [printed, f"{printed} – {printed}"] if printed and " – " not in printed else [printed]
        )
        ways_in_order = islice(permutations(filter(None, between)), _ORDERS)
        tried = product(ways_in_order, periods, self._besides(iri))
        first: Attestation | None = None
        for order, period, qualities in islice(tried, _ORDERS):
            b = a._replace(chain=" | ".join(order), period=period, qualities=qualities)
            first = first or b
            if sealed(Said(*ends, b, ("", 0))).attestation.id == a.id:
                return b
        self._tally.add(KEPT, "row", "its hash is not that of what the file says of it")
        assert first
        return first

    def _besides(self, iri: str) -> list[tuple[tuple[str, str], ...]]:
        """What a row says of its claim besides, with several values of one in every order."""
        found = []
        for name in sorted(self._qualities):
            term = self._qualities[name]
            number = term.datatype in ("decimal", "integer")
            values = self._facts.of(iri, term.iri + ("AsPrinted" if number else ""))
            texts = [
                v.value if isinstance(v, Text) else self._id(v) or v
                for v in values
                if isinstance(v, (str, Text))
            ]
            orders = islice(permutations(sorted(texts)), _ORDERS)
            found.append([tuple((name, text) for text in order) for order in orders])
        return [
            tuple(pair for part in parts for pair in part)
            for parts in islice(product(*found), _ORDERS)
        ]

    # ---------------------------------------------------------------- judgements, files

    def _judgements(self) -> None:
        rows = [{"kind": "same", "left": b, "right": a} for a, b in sorted(self._merged.items())]
        unsure = {
            tuple(sorted((name, other)))
            for name in self._records
            for o in self._of(name, KG + "possiblySame")
            if (other := self._id(o))
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


def _claim_id(subject: str, relation: str, target: str) -> str:
    """The hash of a claim."""
    a = Attestation(*("",) * 6)
    return sealed(Said(subject, relation, target, False, a, ("", 0))).attestation.claim


def _written(term: str | Text) -> str:
    """A term as N-Triples has it."""
    if isinstance(term, str):
        return f"<{term}>"
    if term.language:
        return f"{literal(term.value)}@{term.language}"
    plain = term.datatype in ("", XSD + "string")
    return literal(term.value) + ("" if plain else f"^^<{term.datatype}>")
