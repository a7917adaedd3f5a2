"""Two sources that disagree are both kept, whatever the order of the rows.

Fault: one document asserts what another denies; rows are sorted another way.
Seen: both sides with their sources, and the claim as contested; exit code 0.
Kept: every attestation; the same graph from the same rows in any order.
"""

from pathlib import Path

import inprocess
import pytest
from asking import run
from draws import chance

from kg.case.folder import find
from kg.store.build import build

SAID = "subject,relation,object,document,locator,stance,voice,instead_of,key\n"


def graph_of(folder):
    return build(find(folder))[0]


def lines_of(graph):
    return inprocess.lines(graph.part("store"))


@pytest.mark.parametrize("flip", [False, True])
def test_both_sides_are_kept_and_shown(make_case, capsys, flip):
    rows = [
        "body-fuzhou,operates,station-irl01,doc-page,row 1,asserts,body-ngo,,\n",
        "body-fuzhou,operates,station-irl01,doc-report,p. 9,denies,body-state,,\n",
    ]
    folder = make_case(claims=SAID + "".join(rows[::-1] if flip else rows))
    graph = graph_of(folder)
    (claim,) = (c for c in graph.ledger.claims() if c.relation == "operates")
    assert (claim.standing.status, claim.standing.voices, claim.standing.opposing) == (
        "Contested",
        1,
        1,
    )
    capsys.readouterr()
    run("show", folder, "body-fuzhou")
    shown = capsys.readouterr().out
    for words in ("contested", "The NGO asserted", "The embassy denied", "A page", "The report"):
        assert words in shown


@pytest.mark.parametrize("flip", [False, True])
def test_two_numbers_are_kept(make_case, flip):
    rows = ["54,doc-report\n", "102,doc-page\n"]
    head = "subject,measure,scope,locator,value,document\n"
    lines = [
        f"body-fuzhou,stationCount,place-world,p. 1,{r}" for r in (rows[::-1] if flip else rows)
    ]
    graph = graph_of(make_case(figures=head + "".join(lines)))
    (claim,) = (c for c in graph.ledger.claims() if c.figure)
    assert {(a.value, a.document) for a in claim.attestations} == {
        ("54", "doc-report"),
        ("102", "doc-page"),
    }


def test_rows_in_another_order_make_the_same_graph(make_case):
    claims = [
        "body-fuzhou,operates,station-irl01,doc-page,row 1,alleges,body-ngo,,a\n",
        "body-fuzhou,operates,station-irl01,doc-page,para 2,denies,body-state,,\n",
        "body-ngo,disputes,@a,doc-report,p. 2,,,,b\n",
        "body-state,disputes,@b,doc-report,p. 3,,,,\n",
        "person-lu,visited,place-irl,doc-page,p. 1,,body-ngo,@c,\n",
        "person-lu,visited,place-world,doc-page,p. 1,,body-ngo,,c\n",
        "body-ngo,owns,body-state,doc-page,p. 1,,,,\n",
        "body-state,owns,body-ngo,doc-page,p. 1,questions,,,\n",
    ]
    bodies = ["body-fuzhou,Fuzhou police,\n", "body-ngo,The NGO,Ngo\n", "body-state,Embassy,\n"]
    first = graph_of(
        make_case(claims=SAID + "".join(claims), bodies="id,name,class\n" + "".join(bodies))
    )
    dice = chance()
    for _ in range(3):
        for order in (claims, bodies):
            dice.shuffle(order)
        again = graph_of(
            make_case(claims=SAID + "".join(claims), bodies="id,name,class\n" + "".join(bodies))
        )
        assert list(again.ledger.claims()) == list(first.ledger.claims())
        assert list(again.ledger.entities()) == list(first.ledger.entities())
        assert (
            Path(again.part("adjacency.bin")).read_bytes()
            == Path(first.part("adjacency.bin")).read_bytes()
        )
        assert lines_of(again) == lines_of(first)
