"""A table that has a header and no rows is one of no rows.

Fault: a table has been begun and not filled.
Seen: nothing; where no row of the ledger is there at all, `kg check` says so. Exit code 0.
Kept: everything else is built.
"""

import pytest
from asking import run


@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n", "\n,,\n"])
def test_a_header_alone_is_no_rows(make_case, capsys, end):
    folder = make_case(judgements=f"left,right,kind,reason{end}".replace(",,", ",,,"))
    assert run("check", folder, strict=True) == 0
    assert "warning" not in capsys.readouterr().err
    assert run("build", folder) == 0


def test_a_ledger_without_a_row_is_told(make_case, capsys):
    folder = make_case(
        claims="subject,relation,object,document,locator\n",
        figures="subject,measure,value,document,locator\n",
        stations="id,name\n",
    )
    assert run("check", folder) == 0
    assert "nothing is said yet: claims.csv and figures.csv have no row" in capsys.readouterr().err
