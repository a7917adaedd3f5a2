"""A damaged graph never answers wrongly.

Fault: bytes of the graph's files are flipped, cut off or deleted.
Seen: “damaged: FILE; run kg build”; exit code 3. Or the answer from before, where the damage
  lies in nothing that was asked. Never another answer.
Kept: the tables. `kg build` makes the graph again.
"""

import contextlib
import io
import shutil
from pathlib import Path

import faults
import pytest
from asking import run
from draws import chance

from kg.case.folder import find
from kg.model.errors import BadGraph, NoGraph
from kg.store.build import build
from kg.store.graph import open_graph

READINGS = {
    "query": lambda case: run("query", case, "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"),
    "show": lambda case: run("show", case, "body-fuzhou"),
    "path": lambda case: run("path", case, "person-lu", "place-irl", through=["all"]),
    "find": lambda case: run("find", case, "police"),
    "view": lambda case: run("view", case, out=f"{case}/page.html", force=True),
}
PARTS = {
    "query": ("current", "sums.txt", "store/CURRENT", "store/MANIFEST", ".sst"),
    "show": ("current", "sums.txt", "ledger.sqlite", "terms.txt"),
    "path": ("current", "sums.txt", "ledger.sqlite", "adjacency.bin", "terms.txt"),
    "find": ("current", "sums.txt", "ledger.sqlite"),
    "view": ("current", "ledger.sqlite", "manifest.json", "terms.txt"),
}


def read(folder, verb):
    """What a verb prints and writes; the error if it says that the graph is damaged."""
    said = io.StringIO()
    page = folder / "page.html"
    page.unlink(missing_ok=True)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = READINGS[verb](str(folder))
    except (BadGraph, NoGraph) as error:
        return error
    return code, said.getvalue(), page.read_bytes() if page.exists() else b""


def files(folder, name):
    if name == "current":
        return [folder / "out" / "current"]
    made = Path(open_graph(folder / "out").folder)
    return sorted(p for p in made.rglob("*") if name in p.as_posix() and p.stat().st_size)


@pytest.fixture(scope="module")
def whole(built_case, tmp_path_factory):
    folder = tmp_path_factory.mktemp("damage") / "case"
    shutil.copytree(built_case, folder)
    return folder


@pytest.mark.parametrize("verb", READINGS)
def test_flipped_cut_and_deleted(whole, verb):
    dice = chance()
    before = read(whole, verb)
    assert before[0] == 0
    told = 0
    for name in PARTS[verb]:
        for path in files(whole, name):
            data = path.read_bytes()
            few = len(data) < 200 and verb == "find"
            places = (
                range(len(data))
                if few
                else dice.sample(range(len(data)), 2 if verb == "query" else 5)
            )
            changes = [
                bytes([*data[:i], data[i] ^ 1 << dice.randrange(8), *data[i + 1 :]]) for i in places
            ]
            for changed in (*changes, data[: len(data) // 2], data[:-1], b"", None):
                path.unlink() if changed is None else path.write_bytes(changed)
                try:
                    found = read(whole, verb)
                finally:
                    path.write_bytes(data)
                if isinstance(found, Exception):
                    told += 1
                    assert "run kg build" in str(found)
                    assert path.name in str(found) or name == "current"
                else:
                    assert found == before, (path, changed)
    assert told > 15
    assert read(whole, verb) == before


def test_a_list_of_tables_cut_short_is_no_empty_graph(whole):
    # The engine opens it without an error, as a store that holds nothing.
    (path,) = files(whole, "store/MANIFEST")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    found = read(whole, "query")
    path.write_bytes(data)
    assert str(found).startswith(f"damaged: {path}")


def test_a_large_file_is_summed_again_once_it_is_another(whole, monkeypatch):
    from kg.store import checksums

    monkeypatch.setattr(checksums, "LARGE", 100)
    (path,) = files(whole, "ledger.sqlite")
    data = path.read_bytes()
    checksums.note(path.parent)
    read_again = []
    real = checksums.crc
    monkeypatch.setattr(checksums, "crc", lambda p: read_again.append(Path(p).name) or real(p))
    open_graph(whole / "out").part("ledger.sqlite")
    assert "ledger.sqlite" not in read_again
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(BadGraph, match=r"ledger\.sqlite"):
        open_graph(whole / "out").part("ledger.sqlite")
    path.write_bytes(data)
    assert run("doctor", whole, format="json") == 0
    read_again.clear()
    open_graph(whole / "out").part("ledger.sqlite")
    assert read_again == []


def test_build_mends_what_is_damaged(make_case, kg):
    folder = make_case()
    build(find(folder))
    whole = faults.state(folder / "out")
    for name in ("ledger.sqlite", "current"):
        path = files(folder, name)[-1]
        path.write_bytes(path.read_bytes()[:-3])
        ran = kg(folder, "query", "SELECT * { ?s ?p ?o }")
        assert ran.returncode == (0 if name == "ledger.sqlite" else 3)
        assert kg(folder, "build").stdout.startswith("built: ")
        assert faults.state(folder / "out") == whole
