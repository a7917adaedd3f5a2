"""A byte-order mark and any line ends make the same graph.

Fault: a table comes with a mark, or with CRLF, CR or mixed line ends.
Seen: nothing; exit code 0.
Kept: the same rows, whatever program wrote the table.
"""

from pathlib import Path

import inprocess
import pytest

from kg.case.folder import find
from kg.store.build import build


def mixed(text):
    ends = ("\r", "\n", "\r\n")
    return "".join(line + ends[i % 3] for i, line in enumerate(text.split("\n")[:-1]))


@pytest.fixture(scope="module")
def written(make_case):
    """Everything a graph holds, made from tables with given line ends."""
    people = 'id,name,description\nperson-lu,Lu Jianwang,"First\nsecond\n\nfourth"\n'
    claims = (
        "subject,relation,object,document,locator,gloss\n"
        'person-lu,visited,place-irl,doc-page,p. 1,"Was\nthere"\n'
    )

    def write(change):
        changed = {n: change(t).encode() for n, t in (("people", people), ("claims", claims))}
        graph = build(find(make_case(**changed)))[0]
        ledger = graph.ledger
        adjacency = Path(graph.part("adjacency.bin")).read_bytes()
        return (
            inprocess.lines(graph.part("store")),
            [*ledger.entities()],
            [*ledger.claims()],
            adjacency,
        )

    return write


ENDS = {
    "mark": lambda t: "\ufeff" + t,
    "crlf": lambda t: t.replace("\n", "\r\n"),
    "cr": lambda t: t.replace("\n", "\r"),
    "mark-crlf": lambda t: "\ufeff" + t.replace("\n", "\r\n"),
    "mixed": mixed,
    "no-last-end": lambda t: t.rstrip("\n"),
}


@pytest.mark.parametrize("change", ENDS.values(), ids=ENDS)
def test_line_ends_and_marks_make_the_same_graph(written, change):
    assert written(change) == written(str)


def test_a_lone_cr_in_a_quoted_cell_is_a_line_end(written):
    graph = written(lambda t: t.replace("First\nsecond", "First\rsecond"))
    assert graph == written(str)
