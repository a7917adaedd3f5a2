"""The tables of a case again: what is built from them is the same graph, and the same tables."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest
from asking import run
from draws import draws
from hypothesis import given
from hypothesis import strategies as st
from owncase import FIGURES, HEAD, ROWS, TABLES, laid, rows, table

import kg
from kg.case.folder import find
from kg.exchange import exports
from kg.exchange.handed import serialized
from kg.exchange.handed.content import Content
from kg.model.errors import UsageError
from kg.store.build import assemble
from kg.store.check import check
from kg.store.graph import Graph
from kg.store.lens import Lens
from kg.store.seen_graph import through
from kg.text.files import write_folder


class Laid:
    """A case that is put together without its store, which costs a process."""

    def __init__(self, case):
        self._case = case

    def __getattr__(self, name):
        return getattr(self._case, name)

    def digests(self):
        return {}


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    """Lays tables down, makes their graph, the tables of that, the graph of these and its tables."""
    top = tmp_path_factory.mktemp("around")

    def made(name, lens=Lens()):  # noqa: B008  # a frozen value
        """The graph of the case in a folder, and its tables in another one."""
        case = find(top / name)
        (top / f"{name}-graph").mkdir()
        assemble(Laid(case), top / f"{name}-graph")
        graph = Graph(str(top / f"{name}-graph"), str(top), case.base)
        files = exports.files(exports.form("tables"), Content(graph, lens, str(top / name)))
        write_folder(files, str(top / f"{name}-again"))
        return graph

    def travel(*claims, lens=Lens(), **tables):  # noqa: B008  # a frozen value
        shutil.rmtree(top)
        laid(top / "one", *claims, **tables)
        with made("one", lens) as before, made("one-again") as after:
            found = ledger(before), triples(before), ledger(after), triples(after)
            found += whole_rows(through(before, lens)), whole_rows(after)
        return found, content(top / "one-again"), content(top / "one-again-again")

    return travel


def ledger(graph):
    """Every row of its ledger, table by table; indexes number what is in the tables as it comes."""
    with closing(sqlite3.connect(graph.part("ledger.sqlite"))) as held:
        named = "select name from sqlite_master where type='table' order by name"
        tables = [
            name for (name,) in held.execute(named) if not name.startswith(("passage", "sought"))
        ]
        return {name: sorted(map(repr, held.execute(f"select * from {name}"))) for name in tables}


def triples(graph):
    return sorted(line for piece in serialized.lines(Content(graph)) for line in piece.splitlines())


def content(folder):
    """The files of a folder, by name."""
    found = sorted(p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


def whole_rows(graph):
    """The attestations that refer to no other one, by id."""
    held = (c for c in graph.ledger.claims() if not c.object.startswith("attestation/"))
    return {a.id for c in held for a in c.attestations if not a.instead_of}


def same(found, first, second):
    assert found[0] == found[2]
    assert found[1] == found[3]
    assert first == second


KEYED = (
    "p1,owns,p4,,,,p2,,2022,,d1,p. 7,,,,,early,,\n"
    "p1,owns,p4,,,retracts,p2,,2023,@early,d1,p. 8,,,,,,,\n"
)
JUDGED = TABLES["judgements"] + (
    'misprint,@early,,"it says 2202, and means 2022"\nmisprint,d1,,another year\n'
    "silenced,stances:0a1b,,no quarrel\ndifferent,p1,p2,two people\n"
)


def test_all_that_tables_hold_comes_back(around):
    found, first, second = around(ROWS + KEYED, FIGURES, judgements=JUDGED)
    same(found, first, second)
    told = first["data/judgements.csv"].decode()
    assert "it says 2202, and means 2022" in told
    assert "@early" not in told
    assert "stances:0a1b" in told
    assert first["data/people.csv"].decode().splitlines() == [
        "id,name,class,aliases,name_zh,description,same_as,born,boss",
        'p1,"Ann ""A"" Lee",,Annie | A. Lee,安,Boss,https://a.example/1 | https://b.example/2,1970-05,p2',
        "p2,Bob,Editor,Bob Old,,,,,",
        "p3,Bob,Editor,,,,,,",
        "p4,Carl,,,,,,,",
    ]


PEOPLE = {
    "id": st.sampled_from(["p2", "p3", "p5", "p6"]),
    "name": st.sampled_from(["Bob", "Rob | Bob", "R. Bob"]),
    "class": st.sampled_from(["", "Editor"]),
    "aliases": st.sampled_from(["", "Bobby | Rob", "Bob"]),
    "name_de": st.sampled_from(["", "Robert", "Bob"]),
    "name_zh": st.sampled_from(["", "鲍"]),
    "born": st.sampled_from(["", "1970", "1971~"]),
    "boss": st.sampled_from(["", "p1", "p1 | p4"]),
    "same_as": st.sampled_from(
        ["", "https://a.example/b", "https://a.example/c | https://b.example/"]
    ),
    "document": st.sampled_from(["", "d1", "d2"]),
    "locator": st.sampled_from(["p. 1", "p. 2"]),
}


def person(row):
    return row if row["document"] else row | {"locator": ""}


@draws(3)
@given(
    st.lists(st.fixed_dictionaries(PEOPLE).map(person), unique_by=lambda r: r["id"], min_size=4),
    rows(),
    st.lists(st.sampled_from(["p3", "p5", "p6"]), unique=True),
    st.sampled_from(["", "2019", "2020-05"]),
)
def test_any_records_held_to_be_one_come_back(around, people, claims, merged, printed):
    head = "id,name,class,aliases,name_de,name_zh,born,boss,same_as,document,locator\n"
    fixed = "p1,Ann,,,,,,,,,\np4,Carl,,,,,,,,,\n"
    judged = "".join(f"same,p2,{name},alike\n" for name in merged) + "same,d1,d3,one\n"
    found, first, second = around(
        table(HEAD, claims),
        people=head + fixed + table(head, people),
        sources=f"id,name,published\nd1,One,2020-05\nd2,Two,\nd3,Three,{printed}\n",
        judgements="kind,left,right,reason\n" + judged,
        names="entity,name,language,document,locator\np2,Bob der Alte,de,d3,p. 1\n",
    )
    same(found, first, second)


@pytest.mark.parametrize(
    "lens",
    [
        *(Lens(documents=("d2",)), Lens(voices=("p4",)), Lens(statuses=("Contested",))),
        *(Lens(as_of="2019-06-30"), Lens(known_by="2020-06-01", undated=True)),
    ],
)
def test_what_a_lens_shows_is_a_case_of_its_own(around, lens):
    found, first, second = around(ROWS + KEYED, FIGURES, lens=lens)
    # The head says through which lens the first was seen.
    for files in (first, second):
        del files["README.txt"]
    assert first == second
    assert found[4] and found[5] == found[4]


STORY = """\
title = "What happened"
[[step]]
title = "Who owns"
[[step.says]]
text = "Ann owns Bob"
claims = ["p1 owns p2"]
"""


def test_the_story_goes_with_the_tables_that_it_rests_on(around, tmp_path):
    laid(tmp_path / "case", ROWS)
    (tmp_path / "case" / "data" / "story.toml").write_text(STORY)
    (tmp_path / "case" / "queries").mkdir()
    (tmp_path / "case" / "queries" / "all.rq").write_text("ASK {}")
    case = find(tmp_path / "case")
    (tmp_path / "graph").mkdir()
    assemble(Laid(case), tmp_path / "graph")
    form = exports.form("tables")
    with Graph(str(tmp_path / "graph"), str(tmp_path), case.base) as graph:
        kept = {}
        for name, lens in (("whole", Lens()), ("part", Lens(documents=("d2",)))):
            files = exports.files(form, Content(graph, lens, str(case.root)))
            write_folder(files, str(tmp_path / name))
            kept[name] = content(tmp_path / name)
    assert kept["whole"]["data/story.toml"].decode() == STORY
    assert kept["part"]["queries/all.rq"] == kept["whole"]["queries/all.rq"] == b"ASK {}"
    assert "data/story.toml" not in kept["part"]
    assert b"The story of the case is left out" in kept["part"]["README.txt"]


def test_a_case_is_never_written_over(built_case, tmp_path):
    where = str(tmp_path / "again")
    assert run("export", built_case, "tables", out=where) == 0
    assert not [p for p in check(find(where)).problems if not p.warning]
    with pytest.raises(UsageError, match="is a case already, and is never written over"):
        run("export", built_case, "tables", out=where, force=True)


def test_rdf_files_have_no_tables(tmp_path):
    (tmp_path / "a.ttl").write_text(
        "<https://a.example/> <https://a.example/p> <https://b.example/> ."
    )
    with pytest.raises(UsageError, match="kg import makes a case of them"):
        kg.read(tmp_path / "a.ttl").export("tables").write(tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_the_shipped_case_comes_back(shipped, tmp_path):
    files = exports.files(exports.form("tables"), Content(shipped, root=str(find("example").root)))
    write_folder(files, str(tmp_path / "again"))
    case = find(tmp_path / "again")
    (tmp_path / "graph").mkdir()
    assemble(Laid(case), tmp_path / "graph")
    with Graph(str(tmp_path / "graph"), str(tmp_path), case.base) as graph:
        assert ledger(graph) == ledger(shipped)
        assert triples(graph) == triples(shipped)
    assert (case.root / "data" / "story.toml").is_file()
