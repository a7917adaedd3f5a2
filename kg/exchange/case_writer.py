"""A draft as the folder of a case: tables, ontology, case.toml, as `kg check` reads them."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.exchange.draft import NAMES, TOLD, Draft
from kg.exchange.spool import Spool
from kg.exchange.tally import KEPT, WRITTEN
from kg.exchange.terms_file import turtle
from kg.exchange.vocabulary import Drafted, Vocabulary
from kg.model.claims import QUALIFIERS
from kg.model.ontology import CALLED

UNKNOWN = "unresolved"
# What holds the values that have no column of their own.
FURTHER = "furtherDetails"
# Columns for attributes in one table, and for names in other languages.
MOST, SPOKEN = 120, 40
_LEDGER = (
    ("claims", ("subject", "relation", "object")),
    ("figures", ("subject", "measure", "value", "unit", "qualifier", "scope")),
    ("names", ("entity", "name", "language")),
)
EVIDENCE = ("from", "to", "stance", "voice", "via", "said", "document", *TOLD)
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
        id = key.partition("/")[2] or key
        draft.thing(key, kind, id, foreign=id)
        draft.tally.add(KEPT, "thing", "named by an id and not described in the source")
    spool.give_ids(taken)
    draft.terms.settle()


def write(folder: Path, draft: Draft, spool: Spool, about: Mapping[str, str]) -> None:
    """Write all of a new case. `about` has title, base, namespace, description, licence, language."""
    data, terms = folder / "data", folder / "ontology"
    data.mkdir()
    terms.mkdir()
    (folder / "texts").mkdir()
    domains = tables(data, draft, spool)
    ledger(data, draft, spool)
    made = turtle(draft.terms, domains, about["namespace"], about["title"])
    (terms / "terms.ttl").write_text(made, "utf-8")
    (data / "case.toml").write_text(_toml(about), "utf-8")


def _toml(about: Mapping[str, str]) -> str:
    keys = ("title", "description", "licence", "base", "language")
    lines = [f"{k} = {json.dumps(about[k], ensure_ascii=False)}" for k in keys if about.get(k)]
    return "\n".join([*lines, ""])


def tables(data: Path, draft: Draft, spool: Spool) -> dict[str, str]:
    """Write the entity tables; gives the domain of each attribute, by its name.

    Of very many columns in a table the rarest are kept together in one.
    """
    terms, held, classes = draft.terms, dict[str, list[str]](), dict[str, str]()
    for kind in sorted(spool.kinds()):
        table, of = terms.table(kind)
        held.setdefault(table, []).append(kind)
        classes[table] = of
    every = _used(terms, "attribute")
    few = {
        table: _common(draft, every, kinds, "attribute", classes[table])
        for table, kinds in held.items()
    }
    for term in every:
        term.used = any(term in columns for columns in few.values())
    terms.settle()
    for table in sorted(held):
        columns, of = few[table], classes[table]
        languages = _languages(spool, held[table])
        rows = _entities(spool, terms, held[table], of, columns, languages)
        head = ["id", "name", "class", "aliases", *(f"name_{n}" for n in languages)]
        count = _put(data / f"{table}.csv", [*head, *(t.column for t in columns), *_NEEDED], rows)
        draft.tally.add(WRITTEN, f"{table}.csv", "", count)
    return {t.name: _domain(terms, t, classes, few) for t in _used(terms, "attribute")}


def _used(terms: Vocabulary, kind: str) -> list[Drafted]:
    return [t for t in terms.terms.values() if t.kind == kind and t.used]


def _common(
    draft: Draft, every: list[Drafted], within: Collection[str], kind: str, of: str = ""
) -> list[Drafted]:
    """The terms that have a column of their own; the last is for the others, if there are any.

    These are the rare ones of very many, and what the case has for another class than `of`.
    """
    found = {t.name: sum(t.within.get(w, 0) for w in within) for t in every}
    columns = [t for t in every if found[t.name]]
    fitting = [t for t in columns if not of or draft.terms.fits(t, of)]
    if len(fitting) == len(columns) <= MOST:
        return columns
    kept = sorted(fitting, key=lambda t: -found[t.name])[:MOST]
    told = "it has no column of its own: it is kept in one with others, with its name"
    for term in columns:
        if term not in kept:
            draft.tally.add(KEPT, f"{term.label} ({kind})", told, found[term.name])
    rest = draft.terms.use(draft.term(kind, FURTHER, label="further details"))
    for one in within:
        rest.within.setdefault(one, 1)
    return [*(t for t in columns if t in kept), rest]


def _languages(spool: Spool, kinds: list[str]) -> list[str]:
    """The languages that names have a column for: the most frequent."""
    found: dict[str, int] = {}
    for _, _, told in spool.things(kinds):
        for language in told["names"]:
            found[language] = found.get(language, 0) + 1
    return sorted(sorted(found, key=lambda n: (-found[n], n))[:SPOKEN])


def _domain(
    terms: Vocabulary, term: Drafted, classes: Mapping[str, str], few: Mapping[str, list[Drafted]]
) -> str:
    """The class that an attribute goes on: the one of its table, or what all its tables are."""
    of = [classes[table] for table, columns in few.items() if term in columns]
    common = [c for c in terms.line(of[0]) if all(c in terms.line(o) for o in of)]
    return common[0] if common else "Entity"


def _entities(
    spool: Spool,
    terms: Vocabulary,
    kinds: list[str],
    of: str,
    columns: list[Drafted],
    languages: list[str],
) -> Iterator[list[str]]:
    own = {t.name for t in columns}
    for id, kind, told in spool.things(kinds):
        more = [name for n, name in told["names"].items() if n not in languages]
        cells = [id, told["name"] or id, "" if kind == of else terms.local(kind)]
        cells.append(" | ".join(dict.fromkeys([*told["aliases"], *more])))
        cells += [told["names"].get(n, "") for n in languages]
        given = told["attributes"]
        rare = [
            f"{terms.term(n).label}: {' | '.join(map(str, v))}"
            for n, v in given.items()
            if n not in own
        ]
        for term in columns:
            further = rare if term.called == FURTHER else []
            cells.append(_joined(spool, term, given.get(term.name, further)))
        document = spool.id(told["document"]) if told["document"] else ""
        cells += [document, told.get("locator", "")]
        yield cells


def _joined(spool: Spool, term: Drafted, values: list[Any]) -> str:
    texts = [spool.id(v["@"]) if isinstance(v, dict) else v for v in values]
    several = term.datatype in ("string", *_SPLIT) or any(isinstance(v, dict) for v in values)
    return " | ".join(texts if several else texts[:1])


def ledger(data: Path, draft: Draft, spool: Spool) -> None:
    """Write the tables of claims and figures."""
    every = _used(draft.terms, "quality")
    within = {w for t in every for w in t.within}
    qualities = _common(draft, every, within, "quality")
    if any(not draft.terms.fits(t, w) for t in every for w in t.within):
        rest = draft.terms.use(draft.term("quality", FURTHER, label="further details"))
        rest.within.update(dict.fromkeys(within, 1))
        qualities = [*(t for t in qualities if t is not rest), rest]
    for term in every:
        term.used = term in qualities
    draft.terms.settle()
    for table, (stem, head) in enumerate(_LEDGER):
        held = [t for t in qualities if table != NAMES or CALLED in t.within]
        rows = _claims(spool, table, head, held, draft.terms)
        path = data / f"{stem}.csv"
        count = _put(path, [*head, *EVIDENCE, *(t.column for t in held)], rows)
        if count or stem == "claims":
            draft.tally.add(WRITTEN, f"{stem}.csv", "", count)
        else:
            path.unlink()


def _claims(
    spool: Spool,
    table: int,
    head: tuple[str, ...],
    qualities: list[Drafted],
    terms: Vocabulary,
) -> Iterator[list[str]]:
    for subject, relation, object, told in spool.claims(table):
        called = terms.local(relation)
        ends = {"subject": subject, "relation": called, "object": object}
        ends |= {"measure": called, "scope": object, "entity": subject}
        cells = [ends.get(column) or told.get(column, "") for column in head]
        for column in EVIDENCE:
            value = told.get(column, "")
            if column == "via":
                value = " | ".join(spool.id(n) for n in value)
            elif column in ("voice", "document") and value:
                value = spool.id(value)
            cells.append(value)
        given = told.get("qualities", {})
        own = {t.name for t in qualities if t.name in given and terms.fits(t, relation)}
        rare = " | ".join(f"{terms.term(n).label}: {v}" for n, v in given.items() if n not in own)
        further = [rare if t.called == FURTHER else "" for t in qualities]
        yield [
            *cells,
            *(
                given[t.name] if t.name in own else f
                for t, f in zip(qualities, further, strict=True)
            ),
        ]


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
