"""A workbook: a sheet a table, frozen heads, filters, links; nothing in it is calculated."""

from __future__ import annotations

from kg.exchange.handed.needs import needed
from kg.exchange.handed.sheets import sheets
from kg.model.errors import OutOfBounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from kg.exchange.handed.content import Content
    from kg.exchange.handed.sheets import Sheet

ENDING = ".xlsx"
LOSES = ""

# What the format can hold: rows of a sheet, letters of a cell and of a link, links of a sheet.
_ROWS, _LETTERS, _ADDRESS, _LINKS = 1_048_576, 32_767, 2_079, 65_530
# Letters in a column, lines in a row, points in a line.
_WIDE, _NARROW, _TALLEST, _LINE = 18, 8, 8, 15
_WIDTHS = {
    "name": 36,
    "iri": 30,
    "source_name": 30,
    "target_name": 30,
    "other_names": 30,
    "sentence": 60,
    "gloss": 50,
    "evidence": 60,
    "question": 50,
    "said": 60,
    "reason": 40,
}


def pieces(content: Content) -> Iterator[bytes]:
    """The content of the file. Raises OutOfBounds where a sheet cannot hold the rows.

    Cost: linear; rows go to a temporary file. Texts longer than a cell holds end in “…”.
    """
    import datetime
    import io

    writer = needed("xlsxwriter", "office")
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = writer.Workbook(out, options)
    # No clock: the same graph is the same file.
    day = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
    title = content.about.get("title", "")
    book.set_properties({"title": title, "comments": content.about["caveat"], "created": day})
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    link = book.add_format({"valign": "top", "underline": 1, "font_color": "#0563C1"})
    about = book.add_worksheet("about")
    about.set_column(0, 0, 110)
    for i, line in enumerate(content.head(LOSES)):
        about.write_string(i, 0, _cell(line), plain)
    for sheet in sheets(content):
        _write(book.add_worksheet(sheet.name), sheet, bold, plain, link)
    book.close()
    yield out.getvalue()


def _write(page: Any, sheet: Sheet, bold: Any, plain: Any, link: Any) -> None:
    for c, name in enumerate(sheet.columns):
        page.set_column(c, c, _WIDTHS.get(name, _WIDE))
        page.write_string(0, c, name, bold)
    links = 0
    r = 0
    for r, row in enumerate(sheet.rows, 1):
        if r >= _ROWS:
            raise OutOfBounds(
                f"the table {sheet.name} has more than {_ROWS:,} rows, which is all that a sheet "
                "holds; use csv or parquet, or a lens"
            )
        # Not every program fits the height of a row to its text.
        page.set_row(r, _LINE * _lines(sheet.columns, row))
        for c, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(r, c, value, plain)
            elif value:
                address = sheet.columns[c] in sheet.links and value.startswith(("http:", "https:"))
                if address and len(value) <= _ADDRESS and links < _LINKS:
                    links += 1
                    page.write_url(r, c, value, link, _cell(value))
                else:
                    page.write_string(r, c, _cell(value), plain)
    page.freeze_panes(1, 1)
    if r:
        page.autofilter(0, 0, r, len(sheet.columns) - 1)


def _lines(columns: Sequence[str], row: Sequence[str | int]) -> int:
    """How many lines a row needs, at most so many that rows stay rows."""
    most = 1
    for name, value in zip(columns, row, strict=True):
        if isinstance(value, str) and len(value) > _NARROW:
            # What is wider than a letter takes two; some of a line is lost where words break.
            width = _WIDTHS.get(name, _WIDE) * 5 // 6
            parts = (sum(2 if c > "\u2e7f" else 1 for c in p) for p in value[:2000].split("\n"))
            most = max(most, sum(max(1, -(-letters // width)) for letters in parts))
    return min(most, _TALLEST)


def _cell(text: str) -> str:
    """What a cell holds of a text."""
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
