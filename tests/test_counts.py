"""What is counted when a graph is built, and what is looked up instead of read."""

import csv
import io
import shutil
import sqlite3
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis import conflicts
from kg.analysis.claim_texts import NAMES, claim_texts
from kg.analysis.listing import ClaimRow, claims, each_claim
from kg.analysis.parts import Parts
from kg.analysis.statistics import stats
from kg.analysis.weight import heaviest, heaviest_of
from kg.case import folder as cases
from kg.model.standing import STATUSES
from kg.page.request import Choice
from kg.page.subgraph import Selection
from kg.store import adjacency, adjacency_writer, counts
from kg.store.build import assemble, build
from kg.store.graph import Graph
from kg.store.lens import Lens, Seen
from kg.store.seen_graph import through
from kg.text import formats
from kg.text.formats import Guard
from kg.verbs.answer import Rows, listed

LENSES = (
    Lens(statuses=("Contested", "Denied")),
    Lens(bases=("Alleged",)),
    Lens(documents=("doc-page",)),
    Lens(documents=("doc-page", "doc-report"), statuses=("Contested",)),
    Lens(voices=("body-ngo",)),
    Lens(known_by="2022-12-31", undated=True),
    Lens(as_of="2022-06-30"),
)
ROWS = """subject,relation,object,from,stance,voice,document,locator
body-fuzhou,operates,station-irl01,2022,alleges,body-ngo,doc-page,row 1
body-fuzhou,operates,station-irl01,,denies,body-state,doc-page,para 2
body-fuzhou,operates,station-irl01,,asserts,person-lu,doc-report,p. 9
person-lu,visited,place-irl,2022-10-29,,,doc-report,p. 3
person-lu,visited,place-irl,2021,alleges,body-ngo,doc-page,p. 4
body-fuzhou,owns,body-state,2020,asserts,body-ngo,doc-report,p. 4
body-state,operates,station-irl01,,denies,body-state,doc-report,p. 5
"""


@pytest.fixture(scope="module")
def graph(make_case):
    with build(cases.find(make_case(claims=ROWS)))[0] as held:
        yield held


def counted(db):
    return db.execute("select * from counted order by what, item").fetchall()


def test_the_counts_of_the_whole_are_those_of_reading_all_of_it(graph):
    looked_up = stats(graph, Lens(), top=1000)
    read = stats(graph, Lens(statuses=STATUSES), top=1000)
    # A lens shows the entities that its claims are about; the whole has the others too.
    some = [r for r in looked_up if r.group != "entities" and r.item != "entities"]
    assert some == [r for r in read if r.group != "entities" and r.item != "entities"]
    assert len({r.group for r in some}) > 5
    held = list(graph.ledger.entities())
    assert looked_up[0].number == len(held)
    assert {r.id: r.number for r in looked_up if r.group == "entities"} == {
        kind: sum(e.kind == kind for e in held) for kind in {e.kind for e in held}
    }


@pytest.mark.parametrize("step", [2, 3, 7])
def test_counts_kept_while_rows_change_are_those_of_counting_anew(graph, tmp_path, step):
    path = tmp_path / "ledger.sqlite"
    shutil.copy(graph.part("ledger.sqlite"), path)
    with closing(sqlite3.connect(path)) as db:
        before = counted(db)
        marks = [row[0] for row in db.execute("select id from claim order by id")][::step]
        gone = [row[0] for row in db.execute("select id from entity order by id")][::step]
        with counts.changing(db, marks, gone):
            for i, mark in enumerate(marks):
                db.execute("update said set stance='denies', voice='' where claim=?", (mark,))
                db.execute("update claim set status='Denied', earliest='' where id=?", (mark,))
                if i % 2:
                    db.execute("delete from said where claim=?", (mark,))
                    db.execute("delete from claim where id=?", (mark,))
            db.executemany("delete from entity where id=?", ((name,) for name in gone))
        kept = counted(db)
        db.execute("delete from counted")
        counts.fill(db)
        assert kept == counted(db) != before


@pytest.mark.parametrize("lens", LENSES)
def test_what_a_lens_looks_up_is_what_it_shows_of_everything(graph, lens):
    everything = list(graph.ledger.claims())
    shown = list(Seen(graph, lens).claims(everything))
    assert list(Seen(graph, lens).claims()) == shown
    assert list(through(graph, lens).ledger.claims()) == shown
    assert [c.id for c in shown] == [r.id for r in claims(graph, lens)]
    some = [c for c in shown if c.relation == "operates"]
    assert list(through(graph, lens).ledger.claims(("operates",))) == some


@pytest.mark.parametrize("lens", LENSES)
def test_the_network_of_a_lens_is_one_that_is_built_of_what_it_shows(graph, lens, tmp_path):
    seen = through(graph, lens)
    builder = adjacency_writer.Builder((e.id, e.kind) for e in graph.ledger.entities())
    for claim in Seen(graph, lens).claims():
        builder.add(claim)
    walked = {name: graph.terms.walked(name) for name in graph.terms.classes}
    gone = [e.id for e in graph.ledger.entities() if graph.terms.ended(e, lens.as_of)]
    builder.write(tmp_path / "adjacency.bin", walked, gone)
    one, other = seen.adjacency, adjacency.Adjacency(tmp_path / "adjacency.bin")
    names = ("start", "other", "edge", "kind", "gone", "subject", "object", "relation", "status")
    for name in (*names, "basis", "voices", "sides", "documents", "earliest", "latest"):
        assert list(getattr(one, name)) == list(getattr(other, name)), name
    for name in ("relations", "statuses", "bases", "kinds", "walked"):
        assert getattr(one, name) == getattr(other, name), name
    assert [one.mark(e) for e in range(len(one.subject))] == [
        other.mark(e) for e in range(len(other.subject))
    ]


@pytest.mark.parametrize("lens", [Lens(), LENSES[0], LENSES[5]])
def test_the_heaviest_claims_are_found_without_holding_all(graph, lens):
    ledger = through(graph, lens).ledger
    everything = list(ledger.claims())
    for most in (1, 3, len(everything) - 1, len(everything), len(everything) + 1):
        assert heaviest_of(ledger, most) == [c.id for c in heaviest(everything)[:most]]


@pytest.mark.parametrize("room", [0, 3, 10_000])
def test_a_selection_gives_views_of_what_weighs_most(graph, room):
    order = [c.id for c in heaviest(graph.ledger.claims())]
    everybody = frozenset(e.id for e in graph.ledger.entities())
    for choice in (None, Choice(everybody, everybody)):
        selection = Selection(graph, choice, room)
        everything = {claim.id for claim in selection.view().claims}
        assert selection.number == len(everything) > 3
        for most in (3, 1):
            view = selection.view(most)
            heavy = [mark for mark in order if mark in everything][:most]
            assert sorted(claim.id for claim in view.claims) == sorted(heavy)
            assert view.light == selection.number - most


def test_rows_that_come_one_after_the_other_are_written_as_a_list_of_them_is(graph):
    made = []

    def make():
        for row in each_claim(graph, Lens()):
            made.append(row.id)
            yield row

    rows = Rows(make)
    assert rows
    assert len(made) == 1
    whole = claims(graph, Lens())
    assert list(rows) == whole == list(rows)
    for form in ("csv", "tsv", "json", "markdown", "text"):
        one, other = Guard(), Guard()
        answer = listed(
            Rows(make), ClaimRow, "none", prose=lambda some, _: "".join(r.id for r in some)
        )
        told = listed(whole, ClaimRow, "none", prose=lambda some, _: "".join(r.id for r in some))
        pieces = list(answer.pieces(form, 80, one))
        assert "".join(pieces) == told.write(form, 80, other)
        assert one.cells == other.cells
    assert not Rows(lambda: iter(()))
    assert listed(Rows(lambda: iter(())), ClaimRow, "none").notes == ["none"]


@pytest.mark.parametrize("whose", ["graph", "tangled", "plain"])
def test_all_claims_are_told_as_each_of_them_is(whose, request):
    held = request.getfixturevalue(whose)
    texts = list(claim_texts(held))
    assert texts == list(
        csv.reader(io.StringIO(formats.records(claims(held, Lens()), NAMES, "csv", 80)))
    )
    assert len(texts) > 3


@pytest.fixture(scope="module")
def plain(make_case):
    """A case of claims with one row each, of many kinds: two that differ in each of what is told."""
    head = "subject,relation,object,from,to,stance,voice,document,locator,passage,instead_of,key"
    ends = ("body-fuzhou,owns,body-state", "body-ngo,owns,body-fuzhou", "body-ngo,owns,body-state")
    ends += ("person-lu,visited,place-irl", "person-lu,visited,place-world")
    ends += ("person-lu,visited,station-irl01", "body-fuzhou,operates,station-irl01")
    rest = (
        *("2016,,,,doc-page,row 1,,,", "2016,2020,denies,body-ngo,doc-page,row 2,10-20,,"),
        *(",,questions,body-ngo,doc-report,row 3,,,k", "2019,,,,doc-report,row 4,,@k,"),
        *("?,,retracts,person-lu,doc-report,row 5,,,", ",,alleges,doc-page,doc-page,row 6,,,"),
        "2019,,denies,,doc-report,row 7,,,",
    )
    rows = [f"{end},{said}" for end, said in zip(ends, rest, strict=True)]
    with build(cases.find(make_case(claims="\n".join((head, *rows, "")))))[0] as held:
        yield held


@given(
    st.lists(
        st.lists(st.text('=+-@＝;,"\n\r\t a10.é\u200b', max_size=4), min_size=2, max_size=3),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
def test_cells_are_guarded_together_as_they_are_one_by_one(rows, raw):
    one, other = Guard(raw), Guard(raw)
    made = "".join(formats.pieces(Rows(lambda: iter(()), lambda: iter(rows)), (), "csv", 80, one))
    out = io.StringIO()
    csv.writer(out).writerows([[other(cell) for cell in row] for row in rows])
    assert made == out.getvalue()
    assert one.cells == other.cells


def test_a_list_is_written_while_it_is_read():
    from kg.analysis.statistics import Stat

    read = []

    def make():
        for number in range(5000):
            read.append(number)
            yield Stat("g", "x" * 100, number, "", "")

    pieces = formats.pieces(make(), Stat._fields, "csv", 80)
    first = next(pieces)
    assert first.startswith("group,item,number")
    assert len(read) < 5000
    rest = list(pieces)
    assert sum(map(len, chain([first], rest))) > 500_000


@pytest.fixture(scope="module")
def tangled(make_case):
    """A case with rules, records that may be one, wholes, remarks, closings and several authors."""
    root = Path(__file__).resolve().parents[1]
    folder = make_case(claims=ROWS)
    for part in ("data", "ontology"):
        shutil.rmtree(folder / part)
        shutil.copytree(root / part, folder / part)
    assemble(cases.find(folder), folder)
    with Graph(str(folder), str(folder), "https://example.org/id/") as held:
        yield held


@pytest.mark.parametrize("lens", [Lens(), Lens(known_by="2022-12-31")])
def test_what_is_found_in_the_claims_that_can_disagree_is_what_is_found_in_all(
    tangled, lens, monkeypatch
):
    see = Seen(tangled, lens).claims
    some = list(conflicts.findings(tangled, see, all=True))
    held = len(list(conflicts.disputable(tangled, Parts(tangled, see))))
    everything = list(tangled.ledger.claims())
    monkeypatch.setattr(conflicts, "disputable", lambda graph, parts: iter(everything))
    assert some == list(conflicts.findings(tangled, see, all=True))
    assert some
    assert held < len(everything)
