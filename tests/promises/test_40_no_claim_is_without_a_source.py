"""A claim that names no document, or no place in it, is refused.

Fault: a row of the ledger, or a cell of an entity table that makes a claim, has no source.
Seen: the row, and that no claim stands without a source; exit code 3.
Kept: nothing unsourced comes into the graph.
"""

import pytest


@pytest.mark.parametrize(
    ("document", "locator", "column"),
    [
        ("", "p. 1", "document"),
        ("doc-page", "", "locator"),
        (" ", " ", "document"),
        ("body-ngo", "p. 1", "document"),
    ],
)
def test_a_row_without_document_or_place_is_refused(make_case, complain, document, locator, column):
    claims = "subject,relation,object,document,locator\n"
    claims += f"person-lu,visited,place-irl,{document},{locator}\n"
    figures = "subject,measure,value,document,locator\n"
    figures += f"body-fuzhou,stationCount,5,{document},{locator}\n"
    stations = f"id,name,country,document,locator\nstation-irl01,D,place-irl,{document},{locator}\n"
    found = complain(make_case(claims=claims, figures=figures, stations=stations))
    for table in ("claims", "figures", "stations"):
        assert any(line.startswith(f"{table}.csv, row 2, column {column}: ") for line in found)


def test_an_entity_without_claims_needs_no_source(make_case, complain):
    stations = "id,name,country,document,locator\nstation-irl01,Dublin,,,\n"
    assert complain(make_case(stations=stations)) == []
