"""Ten thousand owners in a circle."""

import sys
from pathlib import Path

from asking import run

from kg.analysis.paths import Options, find_paths
from kg.case.folder import find
from kg.store.build import build
from kg.store.graph import open_graph

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "promises"))
from test_39_a_circle_ends import CLOSURE, ring


def test_a_ring_of_ten_thousand_is_gone_round(make_case, capsys):
    folder = ring(make_case, 10_000)
    graph = build(find(folder))[0]
    assert run("query", folder, CLOSURE, format="csv", timeout=60) == 0
    assert capsys.readouterr().out == "n\r\n10000\r\n"
    (path,) = find_paths(open_graph(graph.out), "b-0", "b-9997", Options(k=1))
    assert path.nodes == ("b-0", "b-9999", "b-9998", "b-9997")
    assert run("path", folder, "b-0", "b-5000") == 1
    assert run("show", folder, "b-0") == 0
