"""A period that ends before it begins is kept and told.

Fault: a row says `to` 2022-09 and `from` 2022-10.
Seen: a warning with the row and both dates; exit code 0.
Kept: the row, as its document has it.
"""

import pytest

from kg.case.folder import find
from kg.store.build import build

HEAD = "subject,relation,object,from,to,document,locator\n"


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2022-10", "2022-09", True),
        ("2022", "2021", True),
        ("2022-10-02", "2022-10-01", True),
        ("2022-10/2022-12", "2022-09", True),
        ("2022", "2022", False),
        ("2022-10", "2022", False),
        ("2022~", "2022-01", False),
        ("2022", "..", False),
        ("?", "2021", False),
        ("2022-10", "2022-09/2022-11", False),
    ],
)
def test_an_end_before_the_beginning_is_told_and_kept(make_case, complain, start, end, told):
    folder = make_case(
        claims=f"{HEAD}body-fuzhou,operates,station-irl01,{start},{end},doc-page,p. 1\n"
    )
    found = complain(folder)
    wanted = f"warning: claims.csv, row 2, column to: it ends ({end}) before it begins ({start}); expected an end after the beginning"
    assert found == ([wanted] if told else [])
    (claim,) = (c for c in build(find(folder))[0].ledger.claims() if c.relation == "operates")
    assert claim.attestations[0].period == f"{start} – {end}"
