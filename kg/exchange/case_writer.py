"""A draft as the folder of a case: tables, ontology, case.toml, as `kg check` reads them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.exchange.draft import Draft
from kg.exchange.spool import Spool
from kg.exchange.tally import KEPT, WRITTEN
from kg.exchange.vocabulary import Drafted, Vocabulary, turtle
from kg.model.claims import QUALIFIERS

UNKNOWN = "unresolved"
_CLAIM = ("subject", "relation", "object")
_FIGURE = ("subject", "measure", "value", "unit", "qualifier", "scope")
_EVIDENCE = (
    "from",
    "to",
    "stance",
    "voice",
    "via",
    "said",
    "document",
    "locator",
    "gloss",
    "quote",
)
_NEEDED = ("document", "locator")
_SPLIT = ("anyURI",)
assert "exact" in QUALIFIERS


def settle(draft: Draft, spool: Spool, taken: set[str]) -> None:
    """What is named and never described is made a record of its own; then everything gets its id."""
    for key in spool.undescribed():
        kind = draft.term(
            "class",
            UNKNOWN,
            label="unresolved reference",
            comment="What the source names by an id and does not describe.",
            table=UNKNOWN,
            marks={"kg:rank": "80"},
        )
        draft.terms.use(kind)
        draft.thing(key, kind, key.rpartition("/")[2])
        draft.tally.add(KEPT, "thing", "named by an id and not described in the source")
    spool.give_ids(taken)


def write(folder: Path, draft: Draft, spool: Spool, about: Mapping[str, str]) -> None:
    """Write all of a new case. `about` has title, base, namespace, description, licence, language."""
    data, terms = folder / "data", folder / "ontology"
    data.mkdir()
    terms.mkdir()
    (folder / "texts").mkdir()
    domains = tables(data, draft, spool)
    ledger(data, draft, spool)
    made = turtle(draft.terms.needed(), domains, about["namespace"], about["title"])
    (terms / "terms.ttl").write_text(made, "utf-8")
    (data / "case.toml").write_text(_toml(about), "utf-8")


def _toml(about: Mapping[str, str]) -> str:
    keys = ("title", "description", "licence", "base", "language")
    lines = [f"{k} = {json.dumps(about[k], ensure_ascii=False)}" for k in keys if about.get(k)]
    return "\n".join([*lines, ""])


def tables(data: Path, draft: Draft, spool: Spool) -> dict[str, str]:
    """Write the entity tables; gives the domain of each attribute, by its name."""
    terms, kinds = draft.terms, spool.kinds()
    held: dict[str, list[str]] = {}
    classes: dict[str, str] = {}
    for kind in sorted(kinds):
        table, of = terms.table(kind)
        held.setdefault(table, []).append(kind)
        classes[table] = of
    domains = _domains(terms, classes, held)
    for table in sorted(held):
        of = classes[table]
        columns = [t for t in _attributes(terms) if any(k in t.within for k in held[table])]
        languages = sorted({n for _, _, told in spool.things(held[table]) for n in told["names"]})
        rows = _entities(spool, held[table], of, columns, languages)
        head = ["id", "name", "class", "aliases", *(f"name_{n}" for n in languages)]
        count = _put(data / f"{table}.csv", [*head, *(t.column for t in columns), *_NEEDED], rows)
        draft.tally.add(WRITTEN, f"{table}.csv", "", count)
    return domains


def _attributes(terms: Vocabulary) -> list[Drafted]:
    return [t for t in terms.terms.values() if t.kind == "attribute" and t.used]


def _domains(
    terms: Vocabulary, classes: Mapping[str, str], held: Mapping[str, list[str]]
) -> dict[str, str]:
    """The class that each attribute goes on: the one of its table, or what all its tables are."""
    found = {}
    for term in _attributes(terms):
        of = [classes[t] for t, kinds in held.items() if term.within & {*kinds}]
        common = [c for c in terms.line(of[0]) if all(c in terms.line(o) for o in of)] if of else []
        found[term.name] = common[0] if common else "Entity"
    return found


def _entities(
    spool: Spool, kinds: list[str], of: str, columns: list[Drafted], languages: list[str]
) -> Iterator[list[str]]:
    for id, kind, told in spool.things(kinds):
        cells = [id, told["name"] or id, "" if kind == of else kind]
        cells.append(" | ".join(told["aliases"]))
        cells += [told["names"].get(n, "") for n in languages]
        for term in columns:
            cells.append(_joined(spool, term, told["attributes"].get(term.name, [])))
        document = spool.id(told["document"]) if told["document"] else ""
        cells += [document, told.get("locator", "")]
        yield cells


def _joined(spool: Spool, term: Drafted, values: list[Any]) -> str:
    texts = [spool.id(v["@"]) if isinstance(v, dict) else v for v in values]
    several = term.datatype in ("string", *_SPLIT) or any(isinstance(v, dict) for v in values)
    return " | ".join(texts if several else texts[:1])


def ledger(data: Path, draft: Draft, spool: Spool) -> None:
    """Write the tables of claims and figures."""
    qualities = [t for t in draft.terms.terms.values() if t.kind == "quality" and t.used]
    own = [t.column for t in qualities]
    for figure, stem, head in ((False, "claims", _CLAIM), (True, "figures", _FIGURE)):
        rows = _claims(spool, figure, head, qualities)
        path = data / f"{stem}.csv"
        count = _put(path, [*head, *_EVIDENCE, *own], rows)
        if count or not figure:
            draft.tally.add(WRITTEN, f"{stem}.csv", "", count)
        if figure and not count:
            path.unlink()


def _claims(
    spool: Spool, figure: bool, head: tuple[str, ...], qualities: list[Drafted]
) -> Iterator[list[str]]:
    for subject, relation, object, told in spool.claims(figure):
        ends = {"subject": subject, "relation": relation, "object": object}
        ends |= {"measure": relation, "scope": object}
        cells = [ends.get(column) or told.get(column, "") for column in head]
        for column in _EVIDENCE:
            value = told.get(column, "")
            if column == "via":
                value = " | ".join(spool.id(n) for n in value)
            elif column in ("voice", "document") and value:
                value = spool.id(value)
            cells.append(value)
        own = told.get("qualities", {})
        yield [*cells, *(own.get(t.name, "") for t in qualities)]


def _put(path: Path, head: list[str], rows: Iterable[list[str]]) -> int:
    """Write a table; says how many rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count
