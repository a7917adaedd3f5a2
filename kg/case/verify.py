"""The tables' passages and quotes checked against the documents' texts, and digests filled in.

The tables hold of a passage where it stands and its SHA-256, and its words only where they
may be quoted. Whoever has the texts can check with these that each passage is where its row
says, and find one that has moved; a passage that is only nearly the same is not found.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.case import locate, reader, tablewriter, texts
from kg.case.folder import Case
from kg.case.ids import Register
from kg.case.passages import RESULTS, Found, Search, Text, bare, stretches_of
from kg.case.row import Problems, Row
from kg.case.tablewriter import Change
from kg.case.texts import Texts
from kg.model.errors import BadTables, KgError
from kg.text.terminal import count, wrap

COLUMN = "passage_digest"
# What `kg verify` is there to find: the row says something that its document's text does not,
DIFFERING = ("moved", "ambiguous", "missing", "quote")
# or the file of a document is not what its record says, or cannot be read.
SPOILT = ("altered", "several", "unreadable")
MISMATCHES = (*DIFFERING, *SPOILT)
_SHOWN = 12


@dataclass
class _AtHand:
    """The cited documents of a case, with the texts that there are and what is told of the rest."""

    texts: dict[str, str] = field(default_factory=dict)
    told: list[Found] = field(default_factory=list)
    files: Texts = field(default_factory=Texts)


def verify(case: Case, folder: Path) -> list[Found]:
    """Look every passage and quote of the tables up in the texts of a folder and those in it.

    A file is a document's text by the document's ``digest``, else by its name. Rows with
    neither passage nor quote are left out; the others come in the order of the tables, after
    them, as row 0, the documents whose file is altered, ambiguous, unreadable, or absent.

    Raises UsageError if there is no such folder, BadTables if a table cannot be read in full.
    Cost: one digest a row; where rows are not exact, one digest a character of the text for
    each passage length among them.
    """
    read = _read(case)
    hand = _at_hand(folder, read)
    held = {own: Text(words) for own, words in hand.texts.items()}
    passages = [_found(path, row) for path, row in read.rows if _says(row)]
    found = Search(held).results(passages)
    quotes = [row.get("quote") for _, row in read.rows if _says(row)]
    pairs = zip(found, quotes, strict=True)
    return [*(_quoted(f, quote, hand.texts) for f, quote in pairs), *hand.told]


def fill(case: Case, folder: Path) -> tuple[list[Found], list[Change]]:
    """The digests that are blank and can be worked out: rows filled, and the tables with them.

    Fills ``passage_digest`` where a passage is given, and the ``digest`` of documents whose file
    is known by its name; no digest is ever overwritten. Nothing is written: that is
    `kg.case.tablewriter.write`.

    Raises as `verify` does, and as `kg.case.tablewriter.change` does.
    """
    read = _read(case)
    hand = _at_hand(folder, read)
    held = {own: Text(words) for own, words in hand.texts.items()}
    filled: list[Found] = []
    cells: dict[Path, dict[tuple[int, str], str]] = {}
    for path, row in read.rows:
        text = held.get(row.get("document"))
        blank = COLUMN in row.cells and not row.get(COLUMN)
        words = text.words(stretches_of(row.get("passage"))) if text and blank else b""
        if words:
            mark = f"sha256:{hashlib.sha256(words).hexdigest()}"
            filled.append(_found(path, row)._replace(result="filled", digest=mark))
            cells.setdefault(path, {})[row.number, COLUMN] = mark
        file = hand.files.files.get(row.get("id"))
        for column in read.digesting.get(path.stem, ()) if file else ():
            if file and column in row.cells and not row.get(column):
                mark = f"sha256:{file.digest}"
                filled.append(Found(path.name, row.number, row.get("id"), "", "filled", (), mark))
                cells.setdefault(path, {})[row.number, column] = mark
    changes = [tablewriter.change(path, case.form(path), some) for path, some in cells.items()]
    return filled, changes


@dataclass
class _Read:
    """All rows of a case that can hold passages, names as ids, and what is known of its entities.

    `digesting` has the columns of each entity table that hold a text's digest.
    """

    known: Register
    rows: list[tuple[Path, Row]] = field(default_factory=list)
    digesting: dict[str, list[str]] = field(default_factory=dict)

    def digests(self) -> dict[str, str]:
        """The digest that each document's record gives its text."""
        return {
            row.get("id"): bare(row.get(column))
            for path, row in self.rows
            for column in self.digesting.get(path.stem, ())
            if row.get(column)
        }

    def cited(self) -> Counter[str]:
        """How many rows cite each document."""
        return Counter(name for _, row in self.rows if (name := row.get("document")))


def _read(case: Case) -> _Read:
    problems = Problems()
    read = _Read(reader.register(case, Problems(limit=0)))
    for path, row in reader.ledger_rows(case, problems):
        reader.take_names(row, reader.naming(case.ontology, path.stem), read.known)
        read.rows.append((path, row))
    for path, term, row in reader.described(case, problems):
        reader.take_names(row, reader.entity_columns(case.ontology, term), read.known)
        read.digesting.setdefault(path.stem, texts.digest_columns(case.ontology, term))
        read.rows.append((path, row))
    if problems.errors:
        raise BadTables(problems.found, problems.errors, problems.dropped)
    return read


def _says(row: Row) -> bool:
    return bool(row.get("passage") or row.get(COLUMN) or row.get("quote"))


def _found(path: Path, row: Row) -> Found:
    cited = (row.get("document"), row.get("passage"))
    return Found(path.name, row.number, *cited, "", (), row.get(COLUMN))


def _at_hand(folder: Path, read: _Read) -> _AtHand:
    cited, digests = read.cited(), read.digests()
    hand = _AtHand(files=texts.find(folder, read.known, digests))
    for own in sorted(cited):
        file = hand.files.files.get(own)
        if own in hand.files.several:
            hand.told.append(_told(own, "several", ", ".join(hand.files.several[own])))
        elif file is None:
            hand.told.append(_told(own, "absent", f"cited by {count(cited[own], 'row')}"))
        else:
            if own in hand.files.altered:
                hand.told.append(_told(own, "altered", _is_other(own, hand.files, digests)))
            try:
                hand.texts[own] = file.text()
            except KgError as error:
                hand.told.append(_told(own, "unreadable", str(error)))
    return hand


def _told(own: str, result: str, note: str) -> Found:
    return Found("", 0, own, "", result, (), "", note)


def _is_other(own: str, files: Texts, digests: dict[str, str]) -> str:
    now, then = files.altered[own].removeprefix("sha256:")[:12], digests[own][:12]
    told = f"{files.files[own].path.name} has the digest {now}…, its record says {then}…"
    return (
        f"{told}; put the text back that was read, or empty the record's cell digest, enter "
        "anew where passages stand (kg locate), and run kg verify with {parameter('fill')}"
    )


def _quoted(found: Found, quote: str, held: dict[str, str]) -> Found:
    """A row with its quote compared with its passage, or sought where no passage is given."""
    text = held.get(found.document)
    if not quote or text is None or (found.result in ("missing", "ambiguous") and found.passage):
        return found
    if not found.passage:
        places = tuple(p.passage for p in locate.find(text, quote))
        if places:
            return found._replace(result="no-passage", at=places[:3])
        words = text
    else:
        passage = found.at[0] if found.result == "moved" else found.passage
        words = "\n".join(text[a:b] for a, b in stretches_of(passage))
    at = locate.differs(words, quote)
    if at < 0:
        return found
    if not found.passage:
        close = locate.near(text, quote)
        note = f"the quote is not in its text{f'; nearest is “{close[0].words}”' if close else ''}"
        return found._replace(result="quote", note=note)
    note = f"the quote differs from character {at + 1} on: “…{quote[max(0, at - 10) : at + 20]}…”"
    return found._replace(result="quote", note=note)


def mismatches(found: Iterable[Found]) -> list[Found]:
    """The rows whose passage is not where, or not what, they say, and the documents at fault."""
    return [f for f in found if f.result in MISMATCHES]


def text(found: Iterable[Found], width: int) -> str:
    """What was found, for a terminal: what does not match, what is not at hand, the counts."""
    return "\n".join(_lines(list(found), width)) + "\n"


def _lines(rows: list[Found], width: int) -> Iterator[str]:
    for f in rows:
        if f.row and f.result in MISMATCHES:
            now = f"; now at {' or '.join(f.at)}" if f.at else ""
            note = f"; {f.note}" if f.note else ""
            where = f"{f.document} {f.passage}".strip()
            said = f"{f.file}, row {f.row}: {f.result}: {where}{now}{note}"
            yield wrap(said, width, "", "  ")
    for f in rows:
        if not f.row and f.result in SPOILT:
            yield wrap(f"{f.document}: {f.result}: {f.note}", width, "", "  ")
    absent = [f for f in rows if f.result == "absent"]
    for f in absent[:_SHOWN]:
        yield wrap(f"{f.document}: no file is its text; {f.note}", width, "", "  ")
    if len(absent) > _SHOWN:
        yield f"… and {len(absent) - _SHOWN:,} more cited documents without a text"
    by_result = Counter(f.result for f in rows if f.row)
    counts = ", ".join(f"{by_result[r]:,} {r}" for r in (*RESULTS, "filled") if by_result[r])
    several = sum(by_result.values())
    yield f"{count(several, 'passage')}: {counts}" if several else "no passages"
