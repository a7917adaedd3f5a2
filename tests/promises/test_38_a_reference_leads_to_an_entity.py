"""A claim about something that stands in no table is told, row by row, and makes nothing.

Fault: subject, object, document, voice or via is no entity's id.
Seen: each one with its row, column and the id spelt most alike; where a table could not be read
  whole, one line that says how many could not be checked; exit code 3.
Kept: no entity comes into being by being named.
"""

import pytest

SAID = "subject,relation,object,document,locator\n"


@pytest.mark.parametrize("number", [1, 1000])
def test_dangling_ends_are_listed_one_by_one(make_case, complain, number):
    lines = "".join(f"nobody-{i},visited,place-irl,doc-page,row {i}\n" for i in range(number))
    found = complain(make_case(claims=SAID + lines))
    assert len(found) == number
    for i, line in enumerate(found):
        assert line.startswith(
            f"claims.csv, row {i + 2}, column subject: “nobody-{i}” is in no table"
        )


@pytest.mark.parametrize(
    ("people", "first"),
    [
        (b"id,name\nperson-lu,Lu\nperson-x,\xff\n", "people.csv, row 3: not UTF-8"),
        (b"id,name\nperson-x,a,b\nperson-lu,Lu\n", "people.csv, row 2: 3 cells"),
        (b"id;name\n", "people.csv, row 1: one column only"),
    ],
)
def test_a_table_not_read_whole_is_told_once_and_not_at_every_reference(
    make_case, complain, people, first
):
    lines = "".join(f"person-{i},visited,place-irl,doc-page,row {i}\n" for i in range(300))
    found = complain(make_case(people=people, claims=SAID + lines))
    assert found[0].startswith(first)
    assert found[1:] == [
        "people.csv: 300 references could not be checked, because not all of it could be read; "
        "expected rows that can be read; mend them first"
    ]


def test_what_no_torn_table_can_hold_is_still_told(make_case, complain):
    people = "id,name\nperson-x,a,b\n"
    claims = f"{SAID}person-lu,visited,nowhere,doc-none,p. 1\nnobody-fuzhou,operates,station-irl01,doc-page,p. 2\n"
    found = complain(make_case(people=people, claims=claims))
    assert [line.split(";")[0] for line in found] == [
        "people.csv, row 2: 3 cells",
        "claims.csv, row 2, column document: “doc-none” is in no table",
        "claims.csv, row 3, column subject: “nobody-fuzhou” is in no table",
        "people.csv: 2 references could not be checked, because not all of it could be read",
    ]


def test_a_key_in_a_row_that_could_not_be_read_is_told_once(make_case, complain):
    claims = "subject,relation,object,document,locator,key\nperson-lu,visited,place-irl,doc-page,p. 1,a,b\n"
    claims += "body-ngo,disputes,@a,doc-page,p. 2,\nbody-state,disputes,@a,doc-page,p. 3,\n"
    found = complain(make_case(claims=claims))
    assert len(found) == 2
    assert found[1].startswith("claims.csv: 2 references could not be checked")


def test_one_mistake_down_a_column_is_told_once(make_case, complain):
    lines = "".join(f"person-lu,visitted,place-irl,doc-page,row {i}\n" for i in range(21_000))
    (found,) = complain(make_case(claims=SAID + lines))
    assert found.startswith(
        "claims.csv, rows 2, 3, 4, 5, 6 and 20,995 more, column relation: “visitted”; expected"
    )
    assert found.endswith("did you mean “visited”?")


def test_dates_of_one_wrong_form_are_one_mistake(make_case, complain):
    head = "subject,relation,object,from,document,locator\n"
    lines = "".join(f"person-lu,visited,place-irl,{i}/3/2019,doc-page,{i}\n" for i in range(1, 9))
    *first, last = complain(make_case(claims=head + lines))
    assert [line.split(";")[0] for line in first] == [
        f"claims.csv, row {i + 1}, column from: “{i}/3/2019”" for i in range(1, 6)
    ]
    assert last.startswith("claims.csv, rows 7, 8, 9, column from: “6/3/2019”; expected")


def test_different_mistakes_of_one_column_stay_apart_and_end(make_case):
    from kg.case.folder import find
    from kg.store.check import check

    lines = "".join(f"person-lu,visited{i},place-irl,doc-page,row {i}\n" for i in range(21_000))
    found = check(find(make_case(claims=SAID + lines)))
    assert (len(found.problems), found.dropped) == (1000, 20_000)
    assert found.problems[0].hint == "did you mean “visited”?"
