"""Counts by what rows share, and what belongs to what."""

from __future__ import annotations

import pytest

from kg.analysis import counting
from kg.analysis.belonging import Countries
from kg.case.folder import find
from kg.model.errors import UsageError
from kg.store.build import build
from kg.store.lens import Lens


@pytest.fixture(scope="module")
def graph(make_case):
    return build(find(make_case()))[0]


def counted(graph, **options):
    rows = counting.count(graph, options.pop("lens", Lens()), **options)
    return [(r.group, r.second, r.number) if r.second else (r.group, r.number) for r in rows]


def test_claims_are_counted_by_what_they_share(graph):
    assert counted(graph, by=["status"]) == [("uncontested", 3), ("contested", 1)]
    assert counted(graph, by=["relation"]) == [
        ("lies in", 1),
        ("operates", 1),
        ("number of stations", 1),
        ("visited", 1),
    ]
    assert counted(graph, by=["year"]) == [("", 2), ("2022", 2)]
    assert counted(graph, by=["voice"], relation="operates") == [("The NGO", 1)]
    assert counted(graph, by=["voice", "stance"], of="passages", relation="operates") == [
        ("The NGO", "alleges", 1),
        ("The embassy", "denies", 1),
    ]
    assert counted(graph, of="figures", by=["document"]) == [("A page", 1), ("The report", 1)]
    assert counted(graph, of="entities", by=["class"])[0] == ("body", 2)


def test_a_lens_counts_what_it_shows(graph):
    lens = Lens(documents=("doc-report",))
    assert counted(graph, by=["status"], lens=lens) == [("uncontested", 2)]
    assert ("place", 2) in counted(graph, of="entities", by=["class"], lens=lens)


def test_countries_are_those_that_the_shipped_case_declares(shipped):
    rows = counting.count(shipped, Lens(), of="entities", by=["country"])
    ireland = next(r for r in rows if r.id == "place-irl")
    assert ireland.group == "Ireland"
    ledger = shipped.ledger
    assert {"government-irl", "place-dublin", "station-irl01"} <= {*ledger.parts("place-irl")}
    held = Countries(ledger)
    assert ireland.number == sum("place-irl" in held.of(e.id) for e in ledger.entities())


def test_what_cannot_be_counted_is_told(graph):
    for wrong in (
        {"by": ["stat"]},
        {"of": "claim"},
        {"by": []},
        {"of": "entities", "by": ["year"]},
    ):
        with pytest.raises(UsageError):
            counting.count(graph, Lens(), **wrong)


def test_on_the_command_line(kg, graph):
    from pathlib import Path

    done = kg(Path(graph.out).parent, "count", "--by", "status")
    assert done.stdout == "      3  uncontested\n      1  contested\n"
