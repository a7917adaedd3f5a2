"""A table that has a header and no rows is one of no rows.

Fault: a table has been begun and not filled.
Seen: a warning that says so; exit code 0.
Kept: everything else is built.
"""

import pytest
from asking import run


@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n", "\n,,\n"])
def test_a_header_alone_is_no_rows(make_case, capsys, end):
    folder = make_case(judgements=f"left,right,kind,reason{end}".replace(",,", ",,,"))
    assert run("check", folder) == 0
    assert "warning: judgements.csv: a header and no rows; expected rows" in capsys.readouterr().err
    assert run("build", folder) == 0
