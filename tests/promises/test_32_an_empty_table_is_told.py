"""A table with nothing in it is told to be empty.

Fault: a file of no bytes, of blank lines only, or of a byte-order mark only.
Seen: that it is empty, and the header that was expected; exit code 3.
Kept: the graph that was there before.
"""

import pytest

CONTENT = {
    "nothing": "",
    "line": "\n",
    "lines": "\r\n\n \n,,\n",
    "mark": "\ufeff",
    "mark and lines": "\ufeff\n\n",
}


@pytest.mark.parametrize("name", ["figures", "judgements"])
@pytest.mark.parametrize("content", CONTENT.values(), ids=CONTENT)
def test_an_empty_table_is_told(make_case, complain, name, content):
    (found,) = complain(make_case(**{name: content}))
    assert found.startswith(f"{name}.csv: the file is empty; expected a header row: ")
