"""A graph of another version says so.

Fault: the graph was built by an older or a newer kg, in another format.
Seen: both versions and both formats, and to run `kg build`; exit code 3.
Kept: the other graph, until the new one is in place. A graph of this format is read whoever built it.
"""

import shutil
import tarfile
from pathlib import Path

import faults
import pytest

from kg import __version__
from kg.case.folder import find
from kg.model.namespaces import PREFIXES
from kg.sparql import query
from kg.store import checksums
from kg.store.build import build
from kg.store.graph import FORMAT, open_graph

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
LATER = checksums.sealed("x-1\n99\nhttps://example.org/id/\n9.9.9\nnone\nand more\n")


@pytest.mark.parametrize(
    ("pointer", "made"),
    [
        ((GOLDEN / "format-1" / "current").read_text(), "kg 0.1.0 (format 1)"),
        (LATER, "kg 9.9.9 (format 99)"),
    ],
)
def test_another_format(make_case, kg, pointer, made):
    folder = make_case()
    theirs = folder / "out" / "generations" / pointer.split("\n")[0]
    theirs.mkdir(parents=True)
    (folder / "out" / "current").write_text(pointer)
    for words in (["query", "ASK {}"], ["show", "person-lu"]):
        ran = kg(folder, *words)
        assert (ran.returncode, ran.stdout) == (3, "")
        now = f"this is kg {__version__}, which reads format {FORMAT}; run kg build"
        assert ran.stderr == f"kg: the graph was made by {made}; {now}\n"
    people = folder / "data" / "people.csv"
    good = people.read_text()
    people.write_text("id,name\nperson-lu,\n")
    assert kg(folder, "build").returncode == 3
    assert theirs.is_dir()
    assert (folder / "out" / "current").read_text() == pointer
    people.write_text(good)
    build(find(folder))
    assert len([*open_graph(folder / "out").ledger.claims()]) == 4
    assert not theirs.exists()


def test_a_graph_of_this_format_that_was_built_before_is_read(make_case, tmp_path):
    with tarfile.open(GOLDEN / f"format-{FORMAT}.tar.xz") as packed:
        packed.extractall(tmp_path, filter="data")
    folder = make_case()
    fresh, _ = build(find(folder))
    old = open_graph(tmp_path / "out")
    assert [*old.ledger.claims()] == [*fresh.ledger.claims()]
    assert [*old.ledger.entities()] == [*fresh.ledger.entities()]
    assert [old.adjacency.name(i) for i in range(len(old.adjacency))] == [
        fresh.adjacency.name(i) for i in range(len(fresh.adjacency))
    ]
    assert old.terms.classes.keys() <= fresh.terms.classes.keys()
    said = "SELECT ?s ?o { ?s kg:operates ?o }"
    asked = (query.run(g.store, said, PREFIXES).rows for g in (old, fresh))
    assert len({str(rows) for rows in asked}) == 1
    shutil.rmtree(folder / "out")
    shutil.copytree(tmp_path / "out", folder / "out")
    assert faults.state(folder / "out")
