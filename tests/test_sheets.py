"""Workbooks as tables: what each kind of typed cell is read as, what is refused, rows as the sheet counts."""

import datetime
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.case import sheet_file, sheet_marks
from kg.case.form import Form
from kg.case.row import Problems
from kg.case.table import read

COLUMNS = ("id", "name", "aliases", "description")


def read_all(path, form=Form()):  # noqa: B008
    problems = Problems()
    rows = [
        (r.number, [*r.cells.values()]) for r in read(path, COLUMNS[:2], COLUMNS, problems, form)
    ]
    return rows, [str(p) for p in problems.found]


@pytest.fixture
def xlsx(tmp_path):
    """Write rows into the sheet of a workbook, formats by cell; returns the file."""

    def write(*rows, formats=None, start=1, name="people", change=None):
        book = openpyxl.Workbook()
        page = book.active
        page.title = name
        for i, row in enumerate(rows, start):
            for j, value in enumerate(row, start):
                page.cell(i, j).value = value
        for cell, code in (formats or {}).items():
            page[cell].number_format = code
        if change:
            change(book, page)
        book.save(tmp_path / "people.xlsx")
        return tmp_path / "people.xlsx"

    return write


TYPED = [
    ("text", "  Lu  ", "General", "Lu"),
    ("text that looks like a number", "007", "General", "007"),
    ("an escape in the file", "_x0041_b", "General", "Ab"),
    ("a whole number", 54, "General", "54"),
    ("a decimal without noise", 0.1 + 0.2, "General", "0.3"),
    ("a small number", 0.0000001, "General", "0.0000001"),
    ("a day", datetime.date(2022, 5, 1), "dd/mm/yyyy", "2022-05-01"),
    ("a date shown as a month", datetime.date(2022, 5, 1), "mmm-yy", "2022-05"),
    ("a date shown as a year", datetime.date(2022, 5, 1), "yyyy", "2022"),
    (
        "a date with words in its format",
        datetime.date(2022, 5, 1),
        'd" of "mmmm yyyy',
        "2022-05-01",
    ),
    ("yes", True, "General", "true"),
    ("a sum of money", 1200.5, "#,##0.00 €", "1200.5"),
]


@pytest.mark.parametrize(
    ("value", "code", "cell"), [t[1:] for t in TYPED], ids=[t[0] for t in TYPED]
)
def test_a_typed_cell_is_read_by_the_rule(xlsx, value, code, cell):
    path = xlsx(["id", "name"], ["a", value], formats={"B2": code})
    assert read_all(path) == ([(2, ["a", cell])], [])


def error(book, page):
    page["B2"].value, page["B2"].data_type = "#DIV/0!", "e"


def formula(book, page):
    page["B2"].value = "=1+1"


def merged(book, page):
    page.merge_cells("A2:B2")


REFUSED = [
    ("an error", None, "General", "name (B2): an error of a formula", error),
    ("a formula never worked out", None, "General", "name (B2): a formula whose result", formula),
    ("merged cells", None, "General", "id (A2): cells merged into one", merged),
    ("a percentage", 0.12, "0%", "name (B2): a percentage", None),
    ("a day without a year", datetime.date(2022, 5, 16), "d-mmm", "shown without its year", None),
    ("a time of day", datetime.time(10, 5), "h:mm", "a time or a duration, 10:05:00", None),
    ("a duration", datetime.timedelta(hours=30), "[h]:mm", "a time or a duration", None),
    (
        "date and time",
        datetime.datetime(2022, 5, 1, 9),
        "yyyy-mm-dd hh:mm",
        "a date with a time",
        None,
    ),
    ("more than 15 digits", 1234567890123456, "0", "a number of more than 15 digits", None),
]


@pytest.mark.parametrize(
    ("value", "code", "told", "change"), [t[1:] for t in REFUSED], ids=[t[0] for t in REFUSED]
)
def test_what_is_not_certain_is_refused_with_its_cell(xlsx, value, code, told, change):
    path = xlsx(["id", "name"], ["a", value], ["b", "B"], formats={"B2": code}, change=change)
    rows, found = read_all(path)
    assert rows == [(3, ["b", "B"])]
    assert len(found) == 1
    assert found[0].startswith("people.xlsx, row 2, column ")
    assert told in found[0]


def test_rows_count_as_the_sheet_does(xlsx):
    path = xlsx(["id", "name"], ["a", "A"], [None, None], ["b", None], start=4)
    rows, found = read_all(path)
    assert (rows, found) == ([(5, ["a", "A"]), (7, ["b", ""])], [])


def test_a_bad_header_is_told_by_its_row(xlsx):
    assert read_all(xlsx(["id", "nam"], ["a", "A"], start=3))[1][0].startswith(
        "people.xlsx, row 3, column nam: unknown column"
    )


def add(name, state="visible", cell=None):
    def change(book, page):
        other = book.create_sheet(name)
        other.sheet_state = state
        other["A1"], other["B1"], other["A2"] = "id", "name", cell

    return change


def test_hidden_sheets_are_not_read(xlsx):
    path = xlsx(["id", "name"], ["a", "A"], name="Sheet1", change=add("Other", "hidden"))
    assert read_all(path) == ([(2, ["a", "A"])], [])


def test_of_several_sheets_the_one_of_the_name_is_read(xlsx):
    path = xlsx(["id", "name"], ["a", "A"], change=add("Other", cell="b"))
    assert read_all(path) == ([(2, ["a", "A"])], [])


def test_of_several_others_one_must_be_named(xlsx):
    path = xlsx(["id", "name"], ["a", "A"], name="Sheet1", change=add("Other", cell="b"))
    told = "people.xlsx: 2 sheets: “Sheet1”, “Other”; expected one, or one called people; "
    assert read_all(path)[1] == [
        told + 'under [tables.people] in data/case.toml, add: sheet = "Sheet1"'
    ]
    assert read_all(path, Form(sheet="Other")) == ([(2, ["b", ""])], [])
    assert (
        "no sheet “x”; expected one of “Sheet1”, “Other”" in read_all(path, Form(sheet="x"))[1][0]
    )


def test_what_is_no_workbook_is_told(tmp_path):
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"id,name\na,A\n")
    assert "no whole xlsx workbook" in read_all(path)[1][0]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "no whole xlsx workbook" in read_all(path)[1][0]


def repacked(path, member, change):
    """The workbook with one of its members changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    parts[member] = change(parts[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_entities_are_refused(xlsx):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    path = xlsx(["id", "name"], ["a", "A"])
    repacked(path, "xl/worksheets/sheet1.xml", lambda data: bomb + data)
    assert "declares entities" in read_all(path)[1][0]


def test_a_cell_far_outside_is_refused(xlsx):
    def far(book, page):
        page["XFD1048576"] = "x"

    told = read_all(xlsx(["id", "name"], ["a", "A"], change=far))[1]
    assert told == [
        "people.xlsx: a sheet of 1,048,576 rows and 16,384 columns; expected at most 10,000,000 cells;"
        " delete what lies far outside"
    ]


def test_what_unpacks_to_too_much_is_refused(xlsx, monkeypatch):
    path = xlsx(["id", "name"], ["a", "A"])
    monkeypatch.setattr(sheet_file, "_UNPACKED", 1000)
    assert "more than 1,000 bytes once unpacked" in read_all(path)[1][0]


def test_a_cell_with_two_values_is_refused_and_its_row_told(xlsx):
    path = xlsx(["id", "name"], ["a", "A"])
    tail = b"<is><t>b</t></is><v>2</v></c>"
    cell = b'<row r="2"><c r="A2" t="inlineStr">'
    rest = b"</row></sheetData>"
    repacked(
        path,
        "xl/worksheets/sheet1.xml",
        lambda d: d[: d.index(b'<row r="2"')] + cell + tail + rest + d.partition(rest)[2],
    )
    assert read_all(path) == (
        [],
        [
            "people.xlsx, row 2, column id (A2): a cell with two values; expected one; open and save the file"
        ],
    )


def test_a_last_row_of_formulas_without_a_value_is_told(xlsx):
    told = read_all(xlsx(["id", "name"], ["a", "A"], ["=1+1", None]))
    assert told[0] == [(2, ["a", "A"])]
    assert ["row 3, column id (A3): a formula whose result" in t for t in told[1]] == [True]


@given(data=st.data())
def test_a_damaged_workbook_is_rows_or_named_faults(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("book") / "people.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["id", "name"])
    book.active.append(["a", datetime.date(2022, 5, 1)])
    book.active.merge_cells("A3:B4")
    book.save(path)
    member = data.draw(
        st.sampled_from(["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
    )

    def damage(content):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 40)))
        return content[:start] + data.draw(st.binary(max_size=5)) + content[end:]

    rows, found = read_all(repacked(path, member, damage))
    assert rows or found or member != "xl/worksheets/sheet1.xml"


def test_one_long_text_in_many_cells_is_refused(xlsx, ods, monkeypatch):
    monkeypatch.setattr(sheet_marks, "_TEXT", 2000)
    assert read_all(xlsx(["id", "name"], ["a", "x" * 300]))[1] == []
    path = xlsx(["id", "name"], *(["a", "x"] for _ in range(7)))
    inline, shared = b't="inlineStr"><is><t>x</t></is>', b't="s"><v>0</v>'
    repacked(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(inline, shared))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>{'x' * 300}</t></si></sst>")
    assert "a sheet of too much text; expected at most 2,000 characters" in read_all(path)[1][0]
    long = typed("string", table_number_columns_repeated="9").replace(">x<", f">{'x' * 300}<")
    assert "a sheet of too much text" in read_all(ods(["id", "name"], ["a", long]))[1][0]


def test_cells_without_an_address_are_counted(xlsx):
    path = xlsx(["id", "name"], ["a", 0.5], formats={"B2": "0%"})

    def bare(data):
        return data.replace(b' r="B2"', b"").replace(b' r="A2"', b"")

    repacked(path, "xl/worksheets/sheet1.xml", bare)
    assert "name (B2): a percentage" in read_all(path)[1][0]


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">
<office:automatic-styles>
<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>
<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="hidden" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>
<table:table table:name="Sheet1">%s</table:table>
</office:spreadsheet></office:body></office:document-content>"""


MANIFEST = """<?xml version="1.0"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"""


@pytest.fixture
def ods(tmp_path):
    """Write rows of cells, as XML, into an ods file."""

    def cell(value):
        if value.startswith("<"):
            return value
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    def write(*rows):
        path = tmp_path / "people.ods"
        lines = "".join(
            f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows
        )
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", MANIFEST)
            archive.writestr("content.xml", ODS % lines)
        return path

    return write


def typed(kind, **more):
    said = " ".join(f'{k.replace("_", ":", 1).replace("_", "-")}="{v}"' for k, v in more.items())
    return (
        f'<table:table-cell office:value-type="{kind}" {said}><text:p>x</text:p></table:table-cell>'
    )


MONTH = typed("date", office_date_value="2022-05-01", table_style_name="ce1")
ODS_CELLS = [
    ("a day", typed("date", office_date_value="2022-05-01"), "2022-05-01"),
    ("a date shown as a month", MONTH, "2022-05"),
    ("a number", typed("float", office_value="54"), "54"),
    ("yes", typed("boolean", office_boolean_value="true"), "true"),
]


@pytest.mark.parametrize(("xml", "cell"), [t[1:] for t in ODS_CELLS], ids=[t[0] for t in ODS_CELLS])
def test_cells_of_ods_follow_the_same_rule(ods, xml, cell):
    assert read_all(ods(["id", "name"], ["a", xml])) == ([(2, ["a", cell])], [])


BROKEN = typed(
    "string", table_formula="of:=1/0", office_string_value="", calcext_value_type="error"
)
LINES = '<table:table-cell office:value-type="string"><text:p>a<text:line-break/>b</text:p></table:table-cell>'
SPAN = '<table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>a</text:p></table:table-cell>'
ODS_REFUSED = [
    ("an error", BROKEN, "an error of a formula"),
    ("a percentage", typed("percentage", office_value="0.12"), "a percentage"),
    ("a broken line", LINES, "a line break that cannot be read"),
    ("merged cells", SPAN, "cells merged into one"),
    ("a time", typed("time", office_time_value="PT30H"), "a time or a duration"),
]


@pytest.mark.parametrize(
    ("xml", "told"), [t[1:] for t in ODS_REFUSED], ids=[t[0] for t in ODS_REFUSED]
)
def test_cells_of_ods_that_are_not_certain_are_refused(ods, xml, told):
    rows, found = read_all(ods(["id", "name"], ["a", xml], ["b", "B"]))
    assert rows == [(3, ["b", "B"])]
    assert [told in f and "row 2" in f for f in found] == [True]


def test_repeated_rows_and_cells_of_ods_are_counted(ods):
    path = ods(["id", "name"], ["a", "A"])
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    repacked(path, "content.xml", lambda d: d.replace(b'"Sheet1">', b'"Sheet1">' + blank.encode()))
    assert read_all(path) == ([(5, ["a", "A"])], [])
    many = b'<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
    rows = b'<table:table-row table:number-rows-repeated="1000000">' + many
    tail = b"<text:p>x</text:p></table:table-cell></table:table-row></table:table>\n</office:sp"
    repacked(path, "content.xml", lambda d: d.replace(b"</table:table>\n</office:sp", rows + tail))
    assert "rows and" in read_all(path)[1][0]
