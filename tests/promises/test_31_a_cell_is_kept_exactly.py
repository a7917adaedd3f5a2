"""A cell comes out of every export as it went in.

Fault: `NA`, `null`, `007`, `1e5`, `TRUE`, markup, quotes or a template's marks stand in a cell.
Seen: the same text, in every format; exit code 0.
Kept: every character of it.
"""

import sys
from pathlib import Path

import pytest
from draws import draws
from hostile import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from kg.case.row import Problems
from kg.case.table import read

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import strings  # it is no package

CELLS = [
    *("NA", "N/A", "null", "None", "nan", "007", "1e5", "TRUE", "1,000", "-", "0", "=1+1"),
    *("@x", "'", "''", "\\", "\\n", "\t.", ".\t.", "%s", "{}", "#REF!", "2022-10-29", "1.0"),
    *("é", "ﬁ", "👮\u200d♀️", "\u202eabc", "\u200b.", "|", "a|b", "a  b"),
]


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_is_kept_exactly(tmp_path, cell):
    path = tmp_path / "people.csv"
    path.write_text(f'id,name\na,"{cell}"\n', encoding="utf-8")
    problems = Problems()
    rows = [[*row.cells.values()] for row in read(path, ("id", "name"), ("id", "name"), problems)]
    assert (rows, problems.found) == ([["a", cell.strip()]], [])


def test_texts_come_back_from_every_field_by_every_export(tmp_path):
    _, back = strings.through(TEXTS, tmp_path / "case")
    assert back.wrong == []
    exports = {
        *("query: entities", "query: attestations", "query csv --raw", "query tsv", "query json"),
        *("query xml", "query nt", "query ttl", "list csv --raw", "list tsv --raw", "list json"),
        *(
            "list markdown",
            "show json",
            "show text",
            "show markdown",
            "show html",
            "path json",
            "page",
        ),
    }
    assert exports <= set(back.same)
    assert back.same["show json"] == len(TEXTS)


@draws(3)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=12))
def test_any_text_comes_back_or_is_refused(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("any")
    fine = [t for t in texts if strings.written(t) and not strings.FORBIDDEN.search(t)]
    if fine:
        assert strings.through(fine, folder / "good")[1].wrong == []
    assert [
        *strings.refused([t for t in texts if strings.FORBIDDEN.search(t)], folder / "bad")
    ] == []
