"""A column that is missing, unknown or there twice is named.

Fault: a header lacks a column, has one that nobody knows, or has one twice.
Seen: the column, and the known one that is spelt most alike; exit code 3.
Kept: no cell is read under a wrong name.
"""

import pytest


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (
            "id,nmae",
            [
                "column nmae: unknown column",
                "did you mean “name”?",
                "column name: the column is missing",
            ],
        ),
        ("ID,name", ["column ID: unknown column", "did you mean “id”?"]),
        ("id,name,name", ["column name: the column is there twice"]),
        ("id,name,,aliases", ["column number 3: no name"]),
        ("name,aliases", ["column id: the column is missing"]),
        ("id,name,Name_FR", ["column Name_FR: unknown column"]),
        (
            "id,name,wholly-other",
            ["column wholly-other: unknown column; expected one of aliases, class"],
        ),
    ],
)
def test_a_wrong_column_is_named(make_case, complain, header, told):
    row = "person-lu,Lu" + "," * (header.count(",") - 1)
    found = "\n".join(complain(make_case(people=f"{header}\n{row}\n")))
    for words in told:
        assert words in found
