"""A mapping proposed for a table that nobody has described: by its header and its first rows.

What it proposes is a file for a person to look at: every guess stands in it with its reason.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import chain, count, islice
from typing import Any

from kg.case import encodings, local_forms, slugs
from kg.case.form import SEPARATORS
from kg.exchange import imports
from kg.exchange.columns import Column, look, pick
from kg.exchange.source import LeftOut, Source, stem
from kg.model.standing import STANCES

ROWS = 2000
_TEXTS = ("text", "few")


def propose(source: Source, name: str) -> str:
    """A mapping as TOML for a table (CSV, TSV, a workbook, JSON lines). `name` is its format.

    Raises BadData for a source that cannot be read. Reads at most `ROWS` rows.
    """
    options = _options(source) if name == "csv" else {}
    records = imports.format(name).records(source, options)
    rows = [r for r in islice(records, ROWS) if not isinstance(r, LeftOut)]
    columns: dict[str, Column] = {}
    for _, _, record in rows:
        for key, value in _flat(record):
            columns.setdefault(key, Column(key)).cells.append(value)
    held = [c for c in columns.values() if c.cells]
    if not held:
        raise source.bad("it has no filled cell; there is nothing to propose")
    for column in held:
        look(column)
    return _written(source, name, options, held, len(rows))


def _flat(record: Any) -> list[tuple[str, str]]:
    found = []
    for key, value in record.items():
        place = f'"{key}"' if "." in key else key
        if isinstance(value, dict):
            found += [(f"{place}.{k}", v) for k, v in _flat(value)]
            continue
        for one in value if isinstance(value, list) else (value,):
            if one not in (None, "") and not isinstance(one, (dict, list)):
                found.append((place, str(one).strip()))
    return [(k, v) for k, v in found if v]


def _options(source: Source) -> dict[str, str]:
    """The separator and the encoding of a file, as its beginning looks."""
    found = {}
    with source.opened() as file:
        head = file.read(1 << 16)
    encoding = "utf-16" if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8"
    if encoding == "utf-8":
        try:
            codecs.getincrementaldecoder("utf-8")().decode(head)
        except UnicodeDecodeError as error:
            read = encodings.readings(head, error.start)
            encoding = read[0][0] if read else "cp1252"
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    if encoding != "utf-8":
        found["encoding"] = encoding
    line = next(csv.reader(io.StringIO(text.partition("\n")[0]), delimiter="\0"), [""])[0]
    best = max(SEPARATORS, key=line.count)
    if line.count(best) and best != ("\t" if source.ending == ".tsv" else ","):
        found["separator"] = "tab" if best == "\t" else best
    return found


def _written(
    source: Source, name: str, options: dict[str, str], columns: list[Column], rows: int
) -> str:
    taken: list[Column] = []
    texts = ("text", "few")
    links = [c for c in columns if c.form == "address"]
    taken += links
    subject = pick(columns, "subject", texts, taken)
    object = pick(columns, "object", texts, taken) if subject else None
    lines = [
        f"# A mapping for {source.name}, proposed from its header and its first {rows:,} rows.",
        "# Look at every line: it is a guess. docs/import.md (kg help import) has the language.",
        f"title = {_quoted(source.path.stem)}",
        f"format = {_quoted(name)}",
        "",
        *_reading(options, columns),
    ]
    documents = _documents(links)
    lines += documents
    cited = 'document = ["cited", "source"]' if documents else ""
    if subject and object:
        lines += _pair(columns, subject, object, taken, cited)
    else:
        taken = [c for c in taken if c not in (subject, object)]
        lines += _things(source, columns, taken, cited)
    return "\n".join(lines).rstrip() + "\n"


def _reading(options: dict[str, str], columns: list[Column]) -> list[str]:
    said = {k: _quoted(v) for k, v in options.items()}
    orders = Counter(c.dates for c in columns if c.dates)
    if orders:
        said["dates"] = _quoted(orders.most_common(1)[0][0])
    numbers = [cell for c in columns if c.form == "number" for cell in c.cells]
    if any(re.search(r",\d{1,2}$", n) for n in numbers):
        said["decimal"] = _quoted(",")
        if any("." in n for n in numbers):
            said["thousands"] = _quoted(".")
    elif any("," in n for n in numbers):
        said["thousands"] = _quoted(",")
    if not said:
        return []
    told = []
    if (
        len(
            {o for c in columns if c.form == "date" for p in c.cells for o in local_forms.orders(p)}
        )
        > 1
    ):
        told = [
            "# Days and months may be the other way round: nothing in a file says which comes first."
        ]
    return ["[read]", *told, *(f"{k} = {v}" for k, v in said.items()), ""]


def _documents(links: list[Column]) -> list[str]:
    made = []
    for column in links:
        made += [
            "# Addresses become documents, with names made of them.",
            "[[document]]",
            'as = "cited"',
        ]
        made += [f"url = {_place(column)}", ""]
    return made


def _pair(
    columns: list[Column], subject: Column, object: Column, taken: list[Column], cited: str
) -> list[str]:
    """A row ties two: an entity each, and a claim."""
    relation = pick(columns, "relation", ("few", "text"), taken)
    kinds: dict[str, Column | None] = {}
    free = [c for c in columns if c not in taken and c.form in ("few", "text") and c.is_a("kind")]
    for end in (subject, object):
        near = next((c for c in free if slugs.slug(end.name) in slugs.slug(c.name)), None)
        kinds[end.name] = near
        if near:
            taken.append(near)
            free.remove(near)
    made = []
    for label, end in (("subject", subject), ("object", object)):
        kind = kinds[end.name]
        called = _place(kind) if kind else _quoted("=" + _class(end.name, label))
        made += [
            "[[entity]]",
            f"as = {_quoted(label)}",
            f"class = {called}",
            f"name = {_place(end)}",
            "",
        ]
    start = pick(columns, "start", ("date",), taken) or pick(columns, "date", ("date",), taken)
    end_ = pick(columns, "end", ("date",), taken)
    # Read as a word beside the claim, a denial would stand as an assertion.
    stance = next((c for c in columns if c not in taken and _stances(c)), None)
    taken += [stance] if stance else []
    gloss = pick(columns, "description", _TEXTS, taken)
    if relation and relation.different <= 200:
        said = relation.cells
        for word in sorted(set(said))[:200]:
            made += [f"[relations.{_quoted(word)}]", f"label = {_quoted(word.lower())}", ""]
    elif relation:
        gloss, relation = gloss or relation, None
    made += ["[[claim]]", 'subject = "subject"']
    made += [
        f"relation = {_place(relation) if relation else _quoted('=linkedTo')}",
        'object = "object"',
    ]
    for cell, column in (("from", start), ("to", end_), ("gloss", gloss)):
        if column:
            made.append(f"{cell} = {_place(column)}")
    if stance:
        made.append(f"stance = {{ from = {_quoted(stance.name)}, lower = true }}")
    made += [cited] if cited else []
    rest = _called([c for c in columns if c not in taken])
    made += [f"qualities.{called} = {_place(column)}" for called, column in rest]
    made.append("")
    for called, column in rest:
        if column.form == "number":
            made += [f"[qualities.{called}]", 'type = "decimal"', ""]
    return made


def _stances(column: Column) -> bool:
    return all(cell.lower() in STANCES for cell in column.cells)


def _things(source: Source, columns: list[Column], taken: list[Column], cited: str) -> list[str]:
    """A row is one thing."""
    unique = [c for c in columns if c.different == len(c.cells)]
    key = pick([c for c in unique if c.form in ("text", "number")], "id", ("text", "number"), taken)
    name = pick(columns, "name", _TEXTS, taken) or next(
        (c for c in columns if c not in taken and c.form == "text"), key or columns[0]
    )
    taken.append(name)
    kind = pick(columns, "kind", ("few",), taken)
    aliases = pick(columns, "aliases", _TEXTS, taken)
    description = pick(columns, "description", _TEXTS, taken)
    called = _class(stem(source.name).replace("-", " "), "record")
    made = ["[[entity]]", f"class = {_place(kind) if kind else _quoted('=' + called)}"]
    if key:
        made += [f"id = {_place(key)}", f"scope = {_quoted(slugs.slug(called))}"]
    made.append(f"name = {_place(name)}")
    for cell, column in (("aliases", aliases), ("description", description)):
        if column:
            made.append(f"{cell} = {_place(column)}")
    made += [cited] if cited else []
    types = []
    for called, column in _called([c for c in columns if c not in taken]):
        made.append(f"attributes.{called} = {_place(column)}")
        typed = {"date": "date", "number": "decimal"}.get(column.form)
        types += [f"[attributes.{called}]", f'type = "{typed}"', ""] if typed else []
    return [*made, "", *types]


def _called(columns: list[Column]) -> list[tuple[str, Column]]:
    """What the columns that no rule takes are called, quoted: each otherwise, whatever a name leaves out of a header."""
    found: dict[str, Column] = {}
    for column in columns:
        word = _class(column.name, "value", small=True)
        numbers = (f"{word}{number}" for number in count(2))
        found[next(w for w in chain((word,), numbers) if w not in found)] = column
    return [(_quoted(word), column) for word, column in found.items()]


def _class(header: str, other: str, small: bool = False) -> str:
    words = slugs.slug(header).split("-")
    joined = "".join(word.title() for word in words if word)
    if not joined or not joined[0].isalpha():
        joined = other.title() + joined
    return joined[0].lower() + joined[1:] if small else joined


def _place(column: Column) -> str:
    if column.split:
        return f"{{ from = {_quoted(column.name)}, split = {_quoted(column.split.strip() or column.split)} }}"
    return _quoted(column.name)


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)
