"""From a document's name to its text, and from a place in it to the row that cites it."""

from __future__ import annotations

from pathlib import Path

from kg.case import reader, tablewriter, texts
from kg.case.folder import Case
from kg.case.ids import Register
from kg.case.locate import Place
from kg.case.row import SEPARATOR, Problems
from kg.case.tablewriter import Change
from kg.model.errors import Ambiguous, BadTables, KgError, NotFound, UsageError


def document(known: Register, name: str) -> str:
    """The id of the document that an id, name or alias means. Raises NotFound or Ambiguous."""
    found = [own for own in known.having(name) if own in known.documents]
    if name in known.documents:
        return name
    if len(found) > 1:
        raise Ambiguous(name, [(own, known.names.shown[own]) for own in found])
    if not found:
        near = known.names.closest(name)
        raise NotFound(name, [pair for pair in near if pair[0] in known.documents])
    return found[0]


def file_of(case: Case, known: Register, own: str, folder: Path) -> texts.File:
    """The file that holds a document's text. Raises KgError where there is none, or several."""
    digests = {}
    for _, term, row in reader.described(case, Problems(limit=0)):
        for column in texts.digest_columns(case.ontology, term):
            if row.get(column):
                digests[row.get("id")] = row.get(column).removeprefix("sha256:")
    found = texts.find(folder, known, digests)
    if own in found.several:
        told = ", ".join(found.several[own])
        raise KgError(f"{folder} has several files for {own}: {told}; keep one, or give its digest")
    if own not in found.files:
        raise KgError(
            f"{folder} has no file for {own}; name it {own}.txt (or .md, .html, .docx, .pdf), "
            "or enter its SHA-256 in the column digest"
        )
    return found.files[own]


def change(case: Case, known: Register, key: str, own: str, place: Place) -> Change:
    """The ledger's table with a place in the cells of the row of a key.

    Raises NotFound for a key that no row has, UsageError for a row of another document or with
    another passage, and as `kg.case.tablewriter.change` does.
    """
    problems = Problems()
    rows = [(path, row) for path, row in reader.ledger_rows(case, problems) if row.get("key")]
    if problems.errors:
        raise BadTables(problems.found, problems.errors, problems.dropped)
    wanted = key.removeprefix("@")
    found = [(path, row) for path, row in rows if row.get("key") == wanted]
    if not found:
        raise NotFound(key)
    path, row = found[0]
    where = f"{row.file}, row {row.number}"
    cited, held = row.get("document"), row.get("passage")
    if cited and known.meant(cited) != own:
        raise UsageError(f"{where} cites {cited}, not {own}")
    if held and held != place.passage:
        told = f"{where} has the passage {held}; empty the cell first, or write "
        raise UsageError(told + SEPARATOR.join((held, place.passage)) + " for both")
    cells = {(row.number, "passage"): place.passage}
    if "passage_digest" in row.cells:
        cells[row.number, "passage_digest"] = place.digest
    if not cited:
        cells[row.number, "document"] = own
    return tablewriter.change(path, case.form(path), cells)
