"""The tables' passages checked against the documents' texts, and their digests filled in.

The tables hold of a passage where it stands and its SHA-256, never its words.
Whoever has the texts can check with these that each passage is where its row
says, and find one that has moved; a passage that is only nearly the same is
not found.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.case import csvfile
from kg.case.folder import LEDGER, Case
from kg.case.passages import RESULTS, Found, Search, Text, bare, stretches_of
from kg.model.errors import BadTables, OutOfBounds, UsageError
from kg.text import files
from kg.text.terminal import count, wrap

COLUMN = "passage_digest"
# What `kg verify` is there to find: the row says something that its document's text does not.
MISMATCHES = ("moved", "ambiguous", "missing")
_CELL = re.compile(r'("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\r|\n|\Z)')


def verify(case: Case, texts: Path) -> list[Found]:
    """Look every passage of the tables up in the texts of a folder and of the folders in it.

    A text belongs to the document whose ``digest`` is the SHA-256 of the file's
    bytes. Rows without a passage are left out; the others come in the order of
    the tables.

    Raises UsageError if there is no such folder, BadTables if a table cannot be
    read in full. Cost: one digest a row; where rows are not exact, one digest a
    character of the text for each passage length among them.
    """
    return Search(_texts(case, texts)).results(_rows(case))


def fill(case: Case, texts: Path) -> list[Found]:
    """Write the digests of passages that have none into the tables; returns the rows filled.

    Fills blank ``passage_digest`` cells of every table that has the column;
    all other bytes of the files stay as they are, and no digest is ever
    overwritten. All tables are read before the first is written.

    Raises as `verify` does, and OutOfBounds if a table cannot be written.
    """
    held = _texts(case, texts)
    filled: list[Found] = []
    changed: list[tuple[Path, bytes]] = []
    for path in _tables(case):
        if COLUMN not in _header(path):
            continue
        before = path.read_bytes()
        digests: dict[int, str] = {}
        for found in _rows_of(path):
            text = held.get(found.document)
            if found.digest or not text:
                continue
            if words := text.words(stretches_of(found.passage)):
                digests[found.row] = f"sha256:{hashlib.sha256(words).hexdigest()}"
                filled.append(found._replace(result="filled", digest=digests[found.row]))
        if digests:
            changed.append((path, _with_cells(path, before, digests)))
    for path, content in changed:
        files.replace(path.resolve(), content)
    return filled


def mismatches(found: Iterable[Found]) -> list[Found]:
    """The rows whose passage is not where, or not what, they say."""
    return [f for f in found if f.result in MISMATCHES]


def text(found: Iterable[Found], width: int) -> str:
    """What was found, for a terminal: every row that does not match, then the counts."""
    rows = list(found)
    lines = []
    for f in rows:
        if f.result in MISMATCHES:
            now = f"; now at {' or '.join(f.at)}" if f.at else ""
            said = f"{f.file}, row {f.row}: {f.result}: {f.document} {f.passage}{now}"
            lines.append(wrap(said, width, "", "  "))
    for document in sorted({f.document for f in rows if f.result == "no-text"}):
        several = sum(f.document == document and f.result == "no-text" for f in rows)
        lines.append(f"no file is the text of {document} ({count(several, 'passage')})")
    by_result = {r: sum(f.result == r for f in rows) for r in (*RESULTS, "filled")}
    counts = ", ".join(f"{n:,} {r}" for r, n in by_result.items() if n)
    return (
        "\n".join([*lines, f"{count(len(rows), 'passage')}: {counts}" if rows else "no passages"])
        + "\n"
    )


def _tables(case: Case) -> list[Path]:
    """The tables that can hold passages."""
    return [p for p in case.tables if p.stem in ("claims", "figures") or p.stem not in LEDGER]


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig") as file, contextlib.suppress(csv.Error):
            return [c.strip() for c in next((r for r in csv.reader(file) if any(r)), ())]
    except (UnicodeDecodeError, OSError):
        pass
    return []


def _read(path: Path) -> Iterator[csvfile.Row]:
    """The rows of a table. Raises BadTables once all of it is read, if a row could not be."""
    problems = csvfile.Problems()
    # Which columns a table may have is the check's business; here those it has are read.
    yield from csvfile.read(path, (), {c for c in _header(path) if c}, problems)
    if problems.errors:
        raise BadTables(problems.found, problems.errors, problems.dropped)


def _rows(case: Case) -> Iterator[Found]:
    for path in _tables(case):
        yield from _rows_of(path)


def _rows_of(path: Path) -> Iterator[Found]:
    if "passage" not in _header(path):
        return
    for row in _read(path):
        if row.get("passage") or row.get(COLUMN):
            cited = (row.get("document"), row.get("passage"))
            yield Found(row.file, row.number, *cited, "", (), row.get(COLUMN))


def _texts(case: Case, folder: Path) -> dict[str, Text]:
    """The text of every document of which a file lies in the folder."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; name the one that holds the documents' texts")
    wanted: dict[str, list[str]] = {}
    for path in case.tables:
        held = case.ontology.tables.get(path.stem)
        known = case.ontology.columns(held.id).items() if held else ()
        header = _header(path) if held else []
        columns = [c for c, t in known if "TextDigest" in t.roles and c in header]
        for row in _read(path) if columns else ():
            for digest in filter(None, map(row.get, columns)):
                wanted.setdefault(bare(digest), []).append(row.get("id"))
    found: dict[str, Text] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with path.open("rb") as file:
            mark = hashlib.file_digest(file, "sha256").hexdigest()
        names = [n for w, some in wanted.items() if mark.startswith(w) for n in some]
        # A document kept as a PDF or a picture has no text to look in.
        with contextlib.suppress(UnicodeDecodeError):
            if names:
                found.update(dict.fromkeys(names, Text(path.read_bytes())))
    return found


def _with_cells(path: Path, data: bytes, digests: dict[int, str]) -> bytes:
    """A table's bytes with the digests in the rows of these numbers."""
    text = data.decode()
    column = _header(path).index(COLUMN)
    start = last = 1 if text.startswith("\ufeff") else 0
    parts = [text[:start]]
    read: list[list[str]] = [[]]
    for match in _CELL.finditer(text, start):
        cell = match[1][1:-1].replace('""', '"') if match[1].startswith('"') else match[1]
        if len(read[-1]) == column and len(read) in digests and not cell.strip():
            parts += [text[last : match.start(1)], digests[len(read)]]
            last = match.end(1)
        read[-1].append(cell.replace("\r\n", "\n").replace("\r", "\n"))
        if not match[2]:
            break
        if match[2] != ",":
            read.append([])
    known = [row or [""] for row in csv.reader(io.StringIO(text[start:], None), strict=True)]
    # Only what the reader of tables sees in the same cells is written.
    if [row for row in read if row != [""]] != [row for row in known if row != [""]]:
        raise OutOfBounds(f"{path.name} changed while it was read; nothing changed")
    return "".join([*parts, text[last:]]).encode()
