"""Names in place of ids: what a cell means, what kg fmt writes, what it asks."""

import openpyxl
import pytest

from kg.case import fmt, tablewriter
from kg.case import folder as cases
from kg.model.errors import spoken
from kg.store.check import check

HEAD = "subject,relation,object,document,locator,voice,via\n"


@pytest.fixture
def make(make_case):
    """A case with these ledger rows, and other tables by name."""

    def make_it(*rows, **tables):
        claims = HEAD + "".join(row + "\n" for row in rows)
        return cases.find(make_case(claims=claims, **tables))

    return make_it


def complaints(case):
    return [str(p) for p in check(case).problems]


def formatted(case, *new):
    plan = fmt.plan(case, new)
    tablewriter.write(plan.changes)
    return plan, [spoken(str(p), lambda name: f"--{name}") for p in plan.problems.found]


def text(case, table):
    return (case.root / "data" / f"{table}.csv").read_text()


NAMES = (
    "FUZHOU  police,operates,dublin station,A page,row 1,The NGO,The report < Harry Lu | body-state"
)


def test_a_name_stands_for_the_only_record_that_has_it(make):
    case = make(NAMES)
    said = []
    found = check(case, said.append)
    assert found.problems == ()
    row = (
        said[-1]
        if said[-1].relation == "operates"
        else next(s for s in said if s.relation == "operates")
    )
    assert (row.subject, row.object) == ("body-fuzhou", "station-irl01")
    a = row.attestation
    assert (a.document, a.voice, a.chain) == (
        "doc-page",
        "body-ngo",
        "doc-report < person-lu | body-state",
    )


def test_entity_tables_and_judgements_take_names_too(make):
    stations = (
        "id,name,country,document,locator\nstation-irl01,Dublin station,Ireland,A page,row 1\n"
    )
    documents = (
        "id,name,authors,published\ndoc-page,A page,The NGO,2022-12\ndoc-report,The report,,\n"
    )
    judgements = "kind,left,right,reason\nunsure,Fuzhou police,The embassy,One letterhead\n"
    case = make(
        "body-fuzhou,operates,station-irl01,doc-page,row 1,,",
        stations=stations,
        documents=documents,
        judgements=judgements,
    )
    said = []
    assert check(case, said.append).problems == ()
    assert {s.object for s in said} >= {"place-irl", "station-irl01"}
    assert {s.attestation.voice for s in said if s.relation == "operates"} == {"body-ngo"}


def test_of_several_records_of_a_name_one_must_be_named(make):
    people = "id,name,aliases\nperson-lu,Lu Jianwang,Harry Lu\nperson-lu-2,Lu,Harry Lu\n"
    case = make("Harry Lu,visited,place-irl,doc-page,row 1,,", people=people)
    told = (
        "claims.csv, row 2, column subject: “Harry Lu” names several records; expected the id of a "
        "Person; “person-lu” (Lu Jianwang) or “person-lu-2” (Lu)"
    )
    assert told in complaints(case)
    assert formatted(case)[1] == [
        "claims.csv, row 2, column subject: “Harry Lu” names several records; expected one of them; "
        "“person-lu” (Lu Jianwang) or “person-lu-2” (Lu)"
    ]
    assert "Harry Lu,visited" in text(case, "claims")


def test_a_name_nearly_right_is_told_with_the_nearest(make):
    case = make("Lu Jianwan,visited,place-irl,doc-page,row 1,,")
    assert complaints(case) == [
        "claims.csv, row 2, column subject: “Lu Jianwan” is in no table; expected the id of a "
        "Person; nearest are “person-lu” (Lu Jianwang)"
    ]
    _, asked = formatted(case)
    assert asked == [
        "claims.csv, row 2, column subject: “Lu Jianwan” is no record's name; nearest are “person-lu” "
        '(Lu Jianwang); expected one of them; write its id; if it is somebody else: --new "Lu Jianwan"'
    ]
    plan, asked = formatted(case, "Lu Jianwan")
    assert ([m.id for m in plan.made], asked) == (["lu-jianwan"], [])


@pytest.mark.parametrize(
    "name", ["Jianwang", "Mr Lu Jianwang", "Lu, Jianwang", "J. Lu", "Lu J.", "Lu Jianwang Smith"]
)
def test_a_part_of_a_name_is_no_new_name(make, name):
    """Two records for one person would part what is said from who denies it."""
    case = make(f'"{name}",visited,place-irl,doc-page,row 1,,')
    plan, (told,) = formatted(case)
    assert plan.made == []
    assert f"“{name}” is no record's name; nearest are “person-lu” (Lu Jianwang)" in told
    plan, asked = formatted(case, name)
    assert (len(plan.made), asked) == (1, [])


@pytest.mark.parametrize("name", ["Cy Lu", "Lucia", "A. Lu", "Fuzhou"])
def test_a_name_that_shares_a_word_or_is_part_of_another_kind_of_thing_is_new(make, name):
    plan, asked = formatted(make(f"{name},visited,place-irl,doc-page,row 1,,"))
    assert ([m.name for m in plan.made], asked) == ([name], [])


def test_ids_are_filled_in_and_nothing_else_changes(make):
    case = make(NAMES, 'body-fuzhou,operates,station-irl01,"doc-page","row ""2""",,')
    plan, asked = formatted(case)
    assert (plan.made, asked) == ([], [])
    assert text(case, "claims") == (
        HEAD + "body-fuzhou,operates,station-irl01,doc-page,row 1,body-ngo,"
        'doc-report < person-lu | body-state\nbody-fuzhou,operates,station-irl01,"doc-page","row ""2""",,\n'
    )
    assert fmt.plan(case).filled == 0


def test_a_new_name_gets_a_record_in_the_table_of_its_class(make):
    case = make(
        "Magnus Fiskesjö,visited,Галвэй,Another page,row 1,,",
        "Tao Lin,owns,Fuzhou police,doc-page,row 1,,",
        people="id,name\nperson-lu,Lu Jianwang\n",
    )
    plan, asked = formatted(case)
    assert [(m.table, m.id, m.name) for m in plan.made] == [
        ("people.csv", "magnus-fiskesjo", "Magnus Fiskesjö"),
        ("documents.csv", "another-page", "Another page"),
        ("bodies.csv", "tao-lin", "Tao Lin"),
    ]
    assert asked == [
        "claims.csv, row 2, column object: “Галвэй” is no record's name, and could stand in several tables; "
        "expected a row for it in one of bodies, documents, people, places, stations; enter its name "
        "there; kg fmt gives the id"
    ]
    assert (
        text(case, "people") == "id,name\nperson-lu,Lu Jianwang\nmagnus-fiskesjo,Magnus Fiskesjö\n"
    )
    assert text(case, "bodies").endswith("tao-lin,Tao Lin,\n")
    assert "magnus-fiskesjo,visited,Галвэй,another-page,row 1" in text(case, "claims")


def test_a_name_entered_in_a_table_gets_its_id(make):
    case = make("Anna Weiß,visited,place-irl,doc-page,row 1,,", people="id,name\n,Anna Weiß\n,Lu\n")
    plan, asked = formatted(case)
    assert ([m.id for m in plan.made], asked) == (["anna-weiss", "lu"], [])
    assert text(case, "people") == "id,name\nanna-weiss,Anna Weiß\nlu,Lu\n"
    assert complaints(case) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            ["person-lu,Lu Jianwang", ",LU  Jianwang"],
            "a record of that name is there: “person-lu” (Lu Jianwang)",
        ),
        ([",Anna Weiß", ",ANNA weiss"], "a record of that name is there: “anna-weiss”"),
        (["anna-weiss,Somebody", ",Anna Weiß"], "would be anna-weiss, the id of another record"),
        ([",…"], "which makes no id"),
    ],
)
def test_a_second_record_of_a_name_is_an_error(make, rows, told):
    case = make(
        "person-x,visited,place-irl,doc-page,row 1,,", people="id,name\n" + "\n".join(rows) + "\n"
    )
    _, asked = formatted(case)
    assert [told in a for a in asked] == [True]


def test_an_alias_of_a_record_without_an_id_stands_for_it(make):
    people = "id,name,aliases\nperson-lu,Lu Jianwang,\n,Cy Sample,C. S. | Old Cy\n"
    case = make("Old Cy,visited,place-irl,doc-page,row 1,C. S.,", people=people)
    plan, asked = formatted(case)
    assert ([m.id for m in plan.made], asked) == (["cy-sample"], [])
    assert text(case, "claims").endswith("cy-sample,visited,place-irl,doc-page,row 1,cy-sample,\n")


def test_a_name_that_only_an_id_is_near_may_be_new(make):
    (told,) = complaints(make("person-lu,visited,Place IRL2,doc-page,row 1,,"))
    assert told.endswith("did you mean “place-irl”? If it is new, kg fmt gives it a record")


def test_before_kg_fmt_a_record_without_an_id_is_told_once(make):
    people = "id,name,aliases\nperson-lu,Lu Jianwang,\n,Cy Sample,Old Cy\n"
    case = make("Old Cy,visited,place-irl,doc-page,row 1,Cy Sample,", people=people)
    (told,) = complaints(case)
    assert told.startswith("people.csv, row 3, column id: nothing;")
    assert told.endswith("kg fmt makes it of the name")


def test_a_workbook_stays_as_it_is_and_stops_nothing(make):
    people = "id,name\nperson-lu,Lu Jianwang\n,Cy Sample\n"
    case = make("Cy Sample,visited,place-irl,doc-page,row 1,,", people=people)
    (case.root / "data" / "figures.csv").unlink(missing_ok=True)
    book = openpyxl.Workbook()
    book.active.append(["subject", "measure", "value", "document", "locator"])
    book.active.append(["Lu Jianwang", "stations", 3, "A page", "row 1"])
    book.save(case.root / "data" / "figures.xlsx")
    with (case.root / "data" / "case.toml").open("a") as file:
        file.write('[tables]\nformats = ["csv", "xlsx"]\n')
    case = cases.find(case.root)
    before = (case.root / "data" / "figures.xlsx").read_bytes()
    plan, asked = formatted(case)
    assert ([m.id for m in plan.made], asked) == (["cy-sample"], [])
    assert (case.root / "data" / "figures.xlsx").read_bytes() == before
    assert fmt.tidy(case) is not None


def test_ids_and_rows_that_a_workbook_lacks_are_told_to_be_entered(make):
    case = make("Bo New,visited,place-irl,doc-page,row 1,,")
    (case.root / "data" / "people.csv").unlink()
    book = openpyxl.Workbook()
    book.active.append(["id", "name"])
    book.active.append(["person-lu", "Lu Jianwang"])
    book.active.append([None, "Cy Sample"])
    book.save(case.root / "data" / "people.xlsx")
    with (case.root / "data" / "case.toml").open("a") as file:
        file.write('[tables]\nformats = ["csv", "xlsx"]\n')
    _, asked = formatted(cases.find(case.root))
    assert asked == [
        "people.xlsx, row 3, column id: nothing, and a workbook is not written by kg; expected an id; "
        "enter cy-sample",
        "people.xlsx: “Bo New” has no row, and a workbook is not written by kg; expected a row for it; "
        "enter one with id bo-new, name Bo New",
    ]


def test_what_could_be_an_id_is_never_a_new_name(make):
    case = make("person-lx,visited,place-irl,doc-page,row 1,,")
    plan, asked = formatted(case)
    assert (plan.made, plan.filled, asked) == ([], 0, [])
    assert "did you mean “person-lu”?" in complaints(case)[0]


def test_columns_are_put_in_order_without_a_word_changed(make):
    people = 'note,name,id\r\n"x","Lu, Jianwang",person-lu\r\n'
    case = make(
        "body-fuzhou,operates,station-irl01,doc-page,row 1,,",
        people=people.replace("note", "aliases"),
    )
    changes = fmt.tidy(case)
    assert [c.path.name for c in changes][-1] == "people.csv"
    tablewriter.write(changes)
    held = (case.root / "data" / "people.csv").read_bytes()
    assert held == b'id,name,aliases\r\nperson-lu,"Lu, Jianwang",x\r\n'
    assert text(case, "claims").startswith("subject,relation,object,voice,via,document,locator\n")
    assert fmt.tidy(case) == []
