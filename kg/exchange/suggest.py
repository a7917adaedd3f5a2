"""A mapping proposed for a table that nobody has described: by its header and its first rows.

What it proposes is a file for a person to look at: every guess stands in it with its reason.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from kg.case import local_forms, slugs
from kg.case.form import SEPARATORS
from kg.exchange import imports
from kg.exchange.addresses import address
from kg.exchange.source import LeftOut, Source, stem

ROWS = 2000
# Headers by what they usually hold, as whole words.
_WORDS = {
    "subject": "source from subject owner parent payer sender person_a entity_a a node1 start director member employee shareholder holder originator",
    "object": "target to object asset child payee recipient beneficiary receiver entity_b b node2 company organisation organization employer",
    "relation": "relation relationship connection link role position interaction type_of_relation tie predicate edge",
    "id": "id identifier uid uuid key code number no nr ref",
    "name": "name title label fullname full_name company person organisation organization entity",
    "kind": "type class category kind schema",
    "aliases": "alias aliases aka also_known_as other_names alternative_names",
    "description": "description note notes comment comments summary details remarks",
    "source": "source sources url urls link links reference references citation evidence website",
    "start": "start from since begin began start_date date_from valid_from appointed",
    "end": "end to until ended end_date date_to valid_to resigned ceased",
    "date": "date day when year",
    "share": "share percentage percent stake ownership",
    "amount": "amount value sum price total payment",
}
_LISTED = {role: frozenset(words.split()) for role, words in _WORDS.items()}
_TEXTS = ("text", "few")
_SPLITS = ("; ", ";", " | ", "|", "\n")
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:[ ,.'][0-9]{3})*(?:[.,][0-9]+)?|-?[0-9]+(?:[.,][0-9]+)?")


@dataclass
class Column:
    """A column: its header, its filled cells, and what they look like."""

    name: str
    cells: list[str] = field(default_factory=list)
    form: str = "text"
    split: str = ""
    dates: str = ""

    def is_a(self, role: str) -> bool:
        """Whether the header is one that usually has this role."""
        plain = slugs.slug(self.name).replace("-", "_")
        words = {plain, *plain.split("_")[-1:], *plain.split("_")[:1]}
        return bool(words & _LISTED[role])

    @property
    def different(self) -> int:
        """How many different cells there are."""
        return len(set(self.cells))


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
        _look(column)
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
        except UnicodeDecodeError:
            encoding = "cp1252"
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    if encoding != "utf-8":
        found["encoding"] = encoding
    line = next(csv.reader(io.StringIO(text.partition("\n")[0]), delimiter="\0"), [""])[0]
    best = max(SEPARATORS, key=line.count)
    if line.count(best) and best != ("\t" if source.ending == ".tsv" else ","):
        found["separator"] = "tab" if best == "\t" else best
    return found


def _look(column: Column) -> None:
    """What the cells of a column look like."""
    cells = column.cells
    for mark in _SPLITS:
        several = [c for c in cells if mark in c]
        enough = len(several) > max(1, len(cells) // 50)
        links = several and all(address(part) for part in several[0].split(mark))
        if (enough or links) and not (mark == "|" and " | " in several[0]):
            column.split = mark
            break
    parts = [p.strip() for c in cells for p in (c.split(column.split) if column.split else [c])]
    parts = [p for p in parts if p]
    if _most(parts, lambda p: bool(address(p))):
        column.form = "address"
    elif _most(parts, _is_date) or (
        any(map(column.is_a, ("start", "end", "date")))
        and _most(parts, lambda p: _is_date(p) or bool(re.fullmatch(r"[12]\d{3}", p)))
    ):
        orders = Counter(o for p in parts for o in local_forms.orders(p))
        column.form = "date"
        column.dates = orders.most_common(1)[0][0] if orders else ""
    elif _most(parts, lambda p: bool(_NUMBER.fullmatch(p.removesuffix("%").strip()))):
        column.form = "number"
    elif len(parts) > 1 and len(set(parts)) <= max(2, len(parts) // 10):
        column.form = "few"


def _most(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return sum(map(fits, cells)) * 10 >= len(cells) * 9


def _is_date(cell: str) -> bool:
    return bool(local_forms.orders(cell) or re.fullmatch(r"[12]\d{3}-\d\d(-\d\d([T ].*)?)?", cell))


def _pick(
    columns: list[Column], role: str, forms: tuple[str, ...], taken: list[Column]
) -> Column | None:
    free = (c for c in columns if c not in taken and c.form in forms and c.is_a(role))
    found = next(free, None)
    if found:
        taken.append(found)
    return found


def _written(
    source: Source, name: str, options: dict[str, str], columns: list[Column], rows: int
) -> str:
    taken: list[Column] = []
    texts = ("text", "few")
    links = [c for c in columns if c.form == "address"]
    taken += links
    subject = _pick(columns, "subject", texts, taken)
    object = _pick(columns, "object", texts, taken) if subject else None
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
    relation = _pick(columns, "relation", ("few", "text"), taken)
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
    start = _pick(columns, "start", ("date",), taken) or _pick(columns, "date", ("date",), taken)
    end_ = _pick(columns, "end", ("date",), taken)
    gloss = _pick(columns, "description", _TEXTS, taken)
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
    made += [cited] if cited else []
    rest = [c for c in columns if c not in taken]
    for column in rest:
        made.append(
            f"qualities.{_quoted(_class(column.name, 'value', small=True))} = {_place(column)}"
        )
    numbers = [c for c in rest if c.form == "number"]
    made.append("")
    for column in numbers:
        made += [
            f"[qualities.{_quoted(_class(column.name, 'value', small=True))}]",
            'type = "decimal"',
            "",
        ]
    return made


def _things(source: Source, columns: list[Column], taken: list[Column], cited: str) -> list[str]:
    """A row is one thing."""
    unique = [c for c in columns if c.different == len(c.cells)]
    key = _pick(
        [c for c in unique if c.form in ("text", "number")], "id", ("text", "number"), taken
    )
    name = _pick(columns, "name", _TEXTS, taken) or next(
        (c for c in columns if c not in taken and c.form == "text"), key or columns[0]
    )
    taken.append(name)
    kind = _pick(columns, "kind", ("few",), taken)
    aliases = _pick(columns, "aliases", _TEXTS, taken)
    description = _pick(columns, "description", _TEXTS, taken)
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
    for column in columns:
        if column not in taken:
            called = _class(column.name, "value", small=True)
            made.append(f"attributes.{_quoted(called)} = {_place(column)}")
            typed = {"date": "date", "number": "decimal"}.get(column.form)
            types += [f"[attributes.{_quoted(called)}]", f'type = "{typed}"', ""] if typed else []
    return [*made, "", *types]


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
