"""Tables written as a case declares: separators, encodings, dates, decimal commas, other files."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.doctor import examine
from kg.case import folder as cases
from kg.case import local_forms
from kg.case.form import DATES, Form
from kg.model.errors import BadCase
from kg.store.build import build
from kg.store.check import check

CASE = 'base = "https://example.org/id/"\n'


@pytest.fixture
def make(make_case):
    """A case with lines of its case.toml, and tables as bytes by name."""

    def make_it(said, **tables):
        folder = make_case()
        quiet = (
            "" if "check" in said else '[check]\nquiet = ["beyond-document", "said-after-print"]\n'
        )
        text = f"{CASE}{said}\n{quiet}"
        (folder / "data" / "case.toml").write_text(text, encoding="utf-8")
        for name, content in tables.items():
            path = folder / "data" / name.replace("_", ".")
            for other in path.parent.glob(f"{path.stem}.*"):
                other.unlink()
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return cases.find(folder)

    return make_it


def read(case):
    said = []
    found = check(case, said.append)
    return said, [str(p) for p in found.problems]


CLAIMS = "subject;relation;object;from;to;said;document;locator\nbody-fuzhou;operates;station-irl01;{};{};{};doc-page;row 1\n"


def dated(make, order, start, end="", said="", more=""):
    rows, found = read(
        make(
            f'language = "de"\n[tables]\ndates = "{order}"\n{more}[tables.claims]\nseparator = ";"\n',
            claims_csv=CLAIMS.format(start, end, said),
        )
    )
    said = [s.attestation for s in rows if s.relation == "operates"]
    return said[0] if said else None, found


@pytest.mark.parametrize(
    ("order", "cell", "iso"),
    [
        ("d.m.y", "3.10.2022", "2022-10-03"),
        ("d.m.y", "03.10.2022~", "2022-10-03~"),
        ("d.m.y", "10.2022", "2022-10"),
        ("d.m.y", "1.2.2022/3.2022", "2022-02-01/2022-03"),
        ("d.m.y", "/3.2022", "/2022-03"),
        ("d/m/y", "3/10/2022", "2022-10-03"),
        ("m/d/y", "3/10/2022", "2022-03-10"),
        ("m/d/y", "10/2022", "2022-10"),
        ("y/m/d", "2022/10/3", "2022-10-03"),
        ("d-m-y", "3-10-2022", "2022-10-03"),
        ("y年m月d日", "2022年10月3日", "2022-10-03"),
        ("y年m月d日", "2022年10月", "2022-10"),
        ("y年m月d日", "2022年", "2022"),
        ("d.m.y", "3. Oktober 2022", "2022-10-03"),
        ("d.m.y", "März 2022", "2022-03"),
        ("m/d/y", "2022-10-03", "2022-10-03"),
        ("m/d/y", "2022", "2022"),
    ],
)
def test_dates_of_the_declared_order_are_read(make, order, cell, iso):
    a, found = dated(make, order, cell)
    assert (a.period, found) == (iso, [])


@pytest.mark.parametrize(
    ("order", "cell"),
    [
        ("d.m.y", "31.2.2022"),
        ("d.m.y", "13/2/2022"),
        ("m/d/y", "13/2/2022"),
        ("d.m.y", "3.10.22"),
        ("d.m.y", "0.0.2022"),
        ("d.m.y", "3. Brumaire 2022"),
    ],
)
def test_others_are_refused_as_they_stand(make, order, cell):
    _, found = dated(make, order, cell)
    assert [f"column from: “{cell}”; expected a date" in f for f in found] == [True]


@given(st.dates(), st.sampled_from(DATES))
def test_every_day_is_read_in_every_order(day, order):
    text = order
    for letter, number in (("d", day.day), ("m", day.month), ("y", f"{day.year:04}")):
        text = text.replace(letter, str(number))
    assert local_forms.date(text, Form(dates=order)) == day.isoformat()


def test_what_is_not_declared_is_refused_with_the_line_to_add(make):
    _, found = read(make("", claims_csv=CLAIMS.format("3.10.2022", "", "").replace(";", ",")))
    told = (
        'write 2022-03-10 or 2022-10-03, or under [tables] in data/case.toml, add: dates = "d.m.y"'
    )
    assert found[0].endswith(told)


FIGURES = "subject;measure;value;document;locator\nbody-fuzhou;stationCount;{};doc-page;row 1\n"


def valued(make, cell, decimal='decimal = ","\n'):
    said = f'[tables.figures]\nseparator = ";"\n{decimal}'
    rows, found = read(make(said, figures_csv=FIGURES.format(cell)))
    figures = [s.attestation.value for s in rows if s.figure]
    return (figures or [""])[0], found


def test_decimal_commas_are_read(make):
    assert valued(make, "0,5") == ("0.5", [])
    assert valued(make, "1200") == ("1200", [])
    assert valued(make, "0,5..1,5") == ("0.5..1.5", [])


@pytest.mark.parametrize("cell", ["1.200", "1.200,5", "0.5"])
def test_a_point_beside_decimal_commas_is_refused(make, cell):
    _, found = valued(make, cell)
    told = f"“{cell}”; expected a number with a decimal comma and no other sign"
    assert [told in f for f in found] == [True]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (
            "0,5",
            'write 0.5, or under [tables.figures] in data/case.toml (or [tables], if all are so), add: decimal = ","',
        ),
        ("1,200", "write 1200"),
        ("EUR 1,200", "write 1200, and EUR in the column unit"),
        ("1200 €", "write 1200, and EUR in the column unit"),
        ("$1,200.50", "write 1200.50, and the currency in the column unit, as USD"),
        ("12%", "write 12, and % in the column unit"),
        ("1.200.000", "write 1200000"),
        ("4.2 million", "write 4200000"),
        ("five million", "write 5000000"),
    ],
)
def test_a_number_written_otherwise_is_told_how(make, cell, told):
    value, found = valued(make, cell, "")
    assert value == ""
    assert found[0].endswith(
        f"expected a plain number, as 230000 or 0.5, or a range, as 25..30; {told}"
    )


def test_encoding_and_separator_are_told_at_once(make):
    case = make("", people_csv="id;name\nperson-lu;Käthe\n".encode("cp1252"))
    assert read(case)[1][0].endswith(
        "under [tables.people] in data/case.toml (or [tables], if all are so), "
        'add: encoding = "cp1252" and separator = ";"'
    )


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("3rd March 2019", "write 2019-03-03"),
        ("the twelfth of September 2022", "write 2022-09-12"),
        ("mid-May 2020", "write 2020-05~, or 2020-05 alone"),
        ("Easter 2022", "write 2022, or 2022~ if it is about so"),
    ],
)
def test_a_date_in_words_is_told_as_it_is_to_be_written(make, cell, told):
    _, found = read(make("", claims_csv=CLAIMS.format(cell, "", "").replace(";", ",")))
    assert found[0].endswith(told)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16", "utf-16-le", "utf-8"])
def test_declared_encodings_are_read(make, encoding):
    people = "id,name\nperson-lu,Käthe Lu\n".encode(encoding)
    case = make(f'[tables.people]\nencoding = "{encoding}"\n', people_csv=people)
    assert read(case)[1] == []
    build(case)


def test_what_is_not_in_the_declared_encoding_is_told(make):
    case = make('[tables.people]\nencoding = "ascii"\n', people_csv="id,name\nperson-lu,Käthe\n")
    assert read(case)[1][0] == (
        "people.csv, row 2: not ascii at byte 19; expected ascii, as case.toml says; save the sheet as "
        "“CSV UTF-8”, or name its encoding under [tables.people] in data/case.toml"
    )
    marked = b"\xef\xbb\xbfid,name\nperson-lu,Lu\n"
    found = read(make('[tables]\nencoding = "cp1252"\n', people_csv=marked))[1]
    assert "people.csv: it begins with the mark of UTF-8; expected a CSV file in cp1252" in found[0]


def test_a_separator_that_is_not_the_declared_one_is_told(make):
    case = make(
        '[tables]\nseparator = ";"\n[tables.people]\nseparator = "tab"\n',
        people_csv="id;name\na;A\n",
    )
    told = [f for f in read(case)[1] if f.startswith("people")]
    assert told[0] == (
        "people.csv, row 1: one column only; looks like semicolons between the cells; expected tabs as "
        'case.toml says; under [tables.people] in data/case.toml, add: separator = ";"'
    )


def book(path, *rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)


def test_a_workbook_is_a_table_where_it_is_declared(make):
    case = make("", people_tsv="id\tname\nperson-lu\tLu, Jianwang\n")
    (case.root / "data" / "claims.csv").unlink()
    (case.root / "data" / "figures.csv").unlink()
    book(
        case.root / "data" / "claims.xlsx",
        ["subject", "relation", "object", "document", "locator"],
        ["person-lu", "visited", "Ireland", "A page", 7],
    )
    found = read(case)[1]
    assert (
        "people.tsv: this file is not read; expected a table whose name ends in .csv; save the sheet as "
        '“CSV UTF-8”, under [tables] in data/case.toml write formats = ["csv", "tsv"], or move it away'
    ) in found
    toml = case.root / "data" / "case.toml"
    toml.write_text(toml.read_text() + '[tables]\nformats = ["csv", "tsv", "xlsx"]\n')
    case = cases.find(case.root)
    rows, found = read(case)
    assert found == []
    visit = next(s for s in rows if s.relation == "visited")
    assert (visit.object, visit.attestation.locator, visit.place) == (
        "place-irl",
        "7",
        ("claims.xlsx", 2),
    )
    graph, _ = build(case)
    assert set(graph.manifest["inputs"]) >= {"data/claims.xlsx", "data/people.tsv"}
    assert [f.state for f in examine(case.root) if f.what == "tables"] == ["fine"]
    book(
        case.root / "data" / "claims.xlsx", ["subject", "relation", "object", "document", "locator"]
    )
    assert [f.found for f in examine(case.root) if f.what == "tables"] == [
        "out of date: data/claims.xlsx"
    ]


def test_one_table_in_two_files_is_an_error(make):
    case = make('[tables]\nformats = ["csv", "tsv"]\n')
    (case.root / "data" / "people.tsv").write_text("id\tname\n")
    assert (
        "people.tsv: people.csv is the table people already; expected one file a table; move one away"
        in read(case)[1]
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('tables = "x"', "tables is no section; expected [tables] and lines as separator"),
        (
            '[tables]\nseparater = ";"',
            "[tables] has the unknown key “separater”; expected formats, separator",
        ),
        (
            '[tables]\nseparator = "::"',
            "[tables] separator is “::”; expected “,”, “;”, “|” or “tab”",
        ),
        (
            '[tables]\nencoding = "utf-7"',
            "[tables] encoding is “utf-7”; expected the name of an encoding",
        ),
        ('[tables]\nencoding = "rot13"', "[tables] encoding is “rot13”"),
        ('[tables]\nencoding = "x\\u0000"', "[tables] encoding is"),
        (
            '[tables]\ndates = "dd.mm.yyyy"',
            "[tables] dates is “dd.mm.yyyy”; expected “d.m.y” or “d/m/y”",
        ),
        ('[tables]\ndecimal = ";"', "[tables] decimal is “;”; expected “.” or “,”"),
        ("[tables]\nseparator = 1", "[tables] separator: expected a text in quotes"),
        (
            '[tables]\nformats = "xlsx"',
            '[tables] formats: expected a list of "csv", "tsv", "xlsx", "ods"',
        ),
        ('[tables]\nformats = ["pdf"]', "[tables] formats: expected a list of"),
        (
            '[tables.claims]\nsheet = ""',
            "[tables.claims] sheet is “”; expected the name of a sheet",
        ),
        ('[tables.claims]\nformat = "csv"', "[tables.claims] has the unknown key “format”"),
        ('[check]\nquiet = ["alik"]', "[check] quiet has 'alik'; expected said-after-print"),
        ("[check]\nquit = []", "check: expected the key quiet alone"),
        ("check = 1", "check: expected the key quiet alone"),
    ],
)
def test_what_case_toml_says_wrongly_is_told(make, said, told):
    with pytest.raises(BadCase) as caught:
        make(said)
    assert told in str(caught.value)


def test_ids_do_not_depend_on_the_form(make):
    def marks(case):
        return sorted(s.attestation.id for s in read(case)[0])

    plain = make("", claims_csv=CLAIMS.format("2022-10-03", "", "2022-11").replace(";", ","))
    local = make(
        '[tables.claims]\nseparator = ";"\ndates = "d.m.y"\n',
        claims_csv=CLAIMS.format("3.10.2022", "", "11.2022"),
    )
    assert marks(plain) == marks(local)
