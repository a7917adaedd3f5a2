"""CSV: a folder of tables, for spreadsheets and statistics; no cell is calculated."""

from __future__ import annotations

from kg.exchange.handed.sheets import sheets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content
    from kg.exchange.handed.sheets import Sheet

ENDING = ""
LOSES = ""


def files(content: Content) -> Iterator[tuple[str, Iterator[str]]]:
    """A file a table, and one that says what they are. Cost: linear; conflicts are searched."""
    yield "README.txt", iter(f"{line}\n" for line in content.head(LOSES))
    for sheet in sheets(content):
        yield f"{sheet.name}.csv", _lines(sheet)


def _lines(sheet: Sheet) -> Iterator[str]:
    import csv
    import io

    from kg.text.formats import Guard

    guard, out = Guard(), io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(sheet.columns)
    for row in sheet.rows:
        write([guard(c) if isinstance(c, str) else c for c in row])
        if out.tell() > 1 << 16:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()
