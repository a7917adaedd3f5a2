"""An id that stands in two rows is told with both.

Fault: the same id is given twice, with the same content or with another.
Seen: a warning (the same) or an error (another, or another table), with both rows; exit code 0 or 3.
Kept: neither row silently replaces the other.
"""

import pytest

from kg.case.folder import find
from kg.store.build import build

SAME = "id,name,aliases\nperson-lu,Lu,L\nperson-lu,Lu,L\n"


def test_the_same_content_is_a_warning_and_one_record(make_case, complain):
    folder = make_case(people=SAME)
    (found,) = complain(folder)
    assert found.startswith(
        "warning: people.csv, row 3, column id: “person-lu” is in people.csv, row 2"
    )
    assert build(find(folder))[0].ledger.entity("person-lu").aliases == ("L",)


@pytest.mark.parametrize("row", ["person-lu,Lou,L", "person-lu,Lu,", "person-lu,Lu,L | M"])
def test_other_content_is_an_error_that_names_both_rows(make_case, complain, row):
    (found,) = complain(make_case(people=f"id,name,aliases\nperson-lu,Lu,L\n{row}\n"))
    assert found.startswith(
        "people.csv, row 3, column id: “person-lu” is in people.csv, row 2 already, with other"
    )


def test_the_order_of_columns_and_empty_ones_are_no_content(make_case, complain):
    people = "id,aliases,name,class\nperson-lu,L,Lu,\nperson-lu, L,Lu ,\n"
    (found,) = complain(make_case(people=people))
    assert found.startswith("warning: ")
