"""The same case makes the same graph anywhere.

Fault: another hash seed, time zone, locale, umask or working folder; the rows of every table shuffled.
Seen: the same triples, adjacency, names, ledger and pages; with the rows in order, the same bytes.
Kept: what two people who build one case can compare.
"""

import json
from pathlib import Path

import faults
import processes
import pytest
from draws import chance
from processes import KG, environment

from kg.store.graph import open_graph


def told(folder):
    """All that is made of a case, the digests of its files and the name made of them aside."""
    graph = open_graph(folder / "out")
    manifest = {k: v for k, v in graph.manifest.items() if k != "inputs"}
    return {
        "triples": faults.triples(folder / "out"),
        "adjacency": Path(graph.part("adjacency.bin")).read_bytes(),
        "ledger": faults.ledger(graph.part("ledger.sqlite")),
        "terms": Path(graph.part("terms.txt")).read_bytes(),
        "manifest": json.dumps(manifest),
        # It names the build, after the digests of the files.
        "page": (folder / "out" / "view.html").read_text("utf-8").replace(graph.version, "V"),
    }


@pytest.fixture(scope="module")
def plain(make_case, kg):
    folder = make_case()
    assert kg(folder, "build").returncode == 0
    assert kg(folder, "view").returncode == 0
    return folder


@pytest.mark.parametrize(
    ("settings", "umask", "away"),
    [
        ({"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"}, 0o077, False),
        (
            {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
            2,
            True,
        ),
    ],
)
def test_the_same_bytes_in_another_place(plain, make_case, settings, umask, away):
    folder = make_case()
    where = folder.parent if away else folder
    for command in ("build", "view"):
        words = ["--case", folder.name, command] if away else [command]
        ran = processes.run(where, *KG, *words, env=environment(**settings), umask=umask)
        assert ran.returncode == 0, ran.stderr
    assert told(folder) == told(plain)
    one, other = open_graph(plain / "out"), open_graph(folder / "out")
    for part in ("ledger.sqlite", "manifest.json"):
        assert Path(one.part(part)).read_bytes() == Path(other.part(part)).read_bytes(), part


def test_the_same_graph_from_shuffled_rows(plain, make_case, kg):
    folder = make_case()
    dice = chance()
    for table in sorted((folder / "data").glob("*.csv")):
        head, *rows = table.read_text(encoding="utf-8").splitlines(True)
        dice.shuffle(rows)
        table.write_text(head + "".join(rows), encoding="utf-8")
    assert kg(folder, "build").returncode == 0
    assert kg(folder, "view").returncode == 0
    assert told(folder) == told(plain)
