"""An import into a case that is there: its records are found again, the new rows stand below its own.

Nothing that stands in the case changes: rows are added, and columns at the right end. Everything is
checked in a copy before the first file is written.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kg.case import reader, tablewriter
from kg.case.folder import Case, find
from kg.case.form import PLAIN
from kg.case.row import Problems
from kg.case.tablewriter import Change
from kg.exchange.draft import Draft
from kg.exchange.spool import Spool
from kg.exchange.tally import MERGED, WRITTEN
from kg.model.errors import BadTables, UsageError
from kg.store.check import check
from kg.text import files

_LAST = ("events", "claims", "figures")


def hold(case: Case, draft: Draft, spool: Spool) -> set[str]:
    """Note the records of a case under the keys that a source may have for them; gives all their ids.

    A record is known again by its id in the source, a document by its address or as the source
    itself, anything else by its name where one record of its class has it. Raises BadTables.
    """
    problems = Problems()
    known = reader.rows(case, problems)
    taken: set[str] = set()
    names: dict[str, list[str]] = {}
    for entity, _ in known.entities:
        taken.add(entity.id)
        for name, value in entity.attributes:
            term = case.ontology.attributes.get(name)
            if name == "foreignId":
                scheme, _, id = value.partition(":")
                spool.hold(f"{'' if scheme == draft.scheme else scheme}/{id}", entity.id)
            elif term and "Address" in term.roles:
                spool.hold(f"document/{value}", entity.id)
        names.setdefault(f"{entity.kind}/{entity.name}", []).append(entity.id)
        if case.ontology.is_a(entity.kind, "Document"):
            spool.hold(f"source/{entity.id.removeprefix('doc-')}", entity.id)
            names.setdefault(f"document/{entity.name}", []).append(entity.id)
    if problems.errors:
        raise BadTables(problems.found, problems.errors, problems.dropped)
    for key, ids in names.items():
        if len(ids) == 1:
            spool.hold(key, ids[0])
    return taken


def join(case: Case, fresh: Path, stem: str, draft: Draft) -> None:
    """Put what was made in a folder into a case. Raises BadTables if the two do not go together."""
    changes = sorted(_changes(case, fresh, draft), key=lambda c: c.path.stem in _LAST)
    terms = (fresh / "ontology" / "terms.ttl").read_text("utf-8")
    ontology = _free(case.root / "ontology", stem) if " a " in terms else None
    _checked(case, changes, ontology, terms)
    if ontology:
        files.replace(ontology, terms.encode())
    try:
        tablewriter.write(changes)
    except BaseException:
        if ontology:
            ontology.unlink(missing_ok=True)
        raise


def _free(folder: Path, stem: str) -> Path:
    number, path = 2, folder / f"{stem}.ttl"
    while path.exists():
        number, path = number + 1, folder / f"{stem}-{number}.ttl"
    return path


def _changes(case: Case, fresh: Path, draft: Draft) -> Iterator[Change]:
    for made in sorted((fresh / "data").glob("*.csv")):
        with made.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        there = case.table(made.stem)
        if not there:
            if rows:
                text = made.read_bytes()
                yield Change(case.root / "data" / made.name, b"", text, PLAIN)
            continue
        yield _added(case, there, head, rows, draft)


def _added(
    case: Case, path: Path, head: Sequence[str], rows: Sequence[Sequence[str]], draft: Draft
) -> Change:
    """A table with rows below its own, and the columns that it lacks at its right end."""
    form = case.form(path)
    if path.suffix not in (".csv", ".tsv"):
        raise UsageError(f"{path.name} is a workbook, which is not written; save it as “CSV UTF-8”")
    before = path.read_bytes()
    mark, text, codec = tablewriter.decoded(path, before, form)
    records = tablewriter.records(path, text, form)
    names = [c.text.strip() for c in records[0]]
    filled = {c for i, c in enumerate(head) if any(row[i] for row in rows)}
    new = [c for c in head if c not in names and c in filled]
    parts, last = [], 0
    for number, record in enumerate(records if new else []):
        if not any(c.text.strip() for c in record):
            continue
        tail = [form.separator + (name if not number else "") for name in new]
        parts += [text[last : record[-1].end], *tail]
        last = record[-1].end
    found = "".join([*parts, text[last:]])
    wide = Change(path, before, mark + found.encode(codec), form)
    held = [dict(zip(names, (c.text.strip() for c in r), strict=False)) for r in records[1:]]
    same = {_content(row) for row in held}
    given = [dict(zip(head, row, strict=True)) for row in rows]
    fresh = [row for row in given if _content(row) not in same]
    if again := len(given) - len(fresh):
        draft.tally.add(MERGED, path.name, "the very same row is in the case already", again)
        draft.tally.add(WRITTEN, path.name, "", -again)
    cells = {k: v for row in fresh for k, v in row.items() if v and k not in (*names, *new)}
    assert not cells, cells
    return _with_rows(wide, [*names, *new], fresh)


def _content(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((k, v) for k, v in row.items() if v))


def _with_rows(change: Change, names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Change:
    mark, text, codec = tablewriter.decoded(change.path, change.after, change.form)
    end = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith(("\n", "\r")):
        text += end
    separator = change.form.separator
    lines = (
        separator.join(tablewriter.quoted(row.get(n, ""), separator) for n in names) + end
        for row in rows
    )
    try:
        after = mark + (text + "".join(lines)).encode(codec)
    except UnicodeEncodeError as error:
        told = (
            f"{change.path.name} is in {change.form.encoding}, which cannot hold what is imported"
        )
        raise UsageError(f"{told}; save it as UTF-8") from error
    return Change(change.path, change.before, after, change.form)


def _checked(case: Case, changes: Sequence[Change], ontology: Path | None, terms: str) -> None:
    """Try it in a copy. Raises BadTables with what would be wrong."""
    with tempfile.TemporaryDirectory(prefix="kg-import-") as folder:
        copy = Path(folder)
        for part in ("data", "ontology"):
            shutil.copytree(case.root / part, copy / part)
        if ontology:
            (copy / "ontology" / ontology.name).write_text(terms, "utf-8")
        for change in changes:
            (copy / "data" / change.path.name).write_bytes(change.after)
        checked = check(find(copy))
        if not checked.fine:
            wrong = [p for p in checked.problems if not p.warning]
            raise BadTables(wrong, len(wrong), checked.dropped)
