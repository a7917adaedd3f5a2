"""A build takes over what has not changed, and is equal to one that builds everything anew."""

import contextlib
import os
import random
import shutil

import draws
import increments
import pytest
from hypothesis import given
from hypothesis import strategies as st
from increments import anew, built, contents, differing

from kg.model.errors import BadTables, NoGraph
from kg.store import build as building
from kg.store import changes, increment
from kg.store.graph import open_graph

CASE = 'title = "Edited"\nbase = "https://example.org/id/"\n'
TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
kg:Person a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ; kg:table "people" .
kg:Body a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "body"@en ; kg:table "bodies" .
kg:Place a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "place"@en ; kg:table "places" ;
    kg:walked false .
kg:controls a kg:State ; rdfs:label "controls"@en ; rdfs:domain kg:Entity ; rdfs:range kg:Entity .
kg:owns a kg:State ; rdfs:label "owns"@en ; rdfs:domain kg:Entity ; rdfs:range kg:Body ;
    rdfs:subPropertyOf kg:controls ; kg:column "owner_of" .
kg:knows a kg:State , kg:Symmetric ; rdfs:label "knows"@en ; rdfs:domain kg:Person ; rdfs:range kg:Person .
kg:visited a kg:Event ; rdfs:label "visited"@en ; rdfs:domain kg:Person ; rdfs:range kg:Entity .
kg:liesIn a kg:State ; kg:role kg:LocatedIn ; rdfs:label "lies in"@en ;
    rdfs:domain kg:Body ; rdfs:range kg:Place .
kg:heads a kg:State ; kg:role kg:HoldsOffice ; rdfs:label "heads"@en ; rdfs:domain kg:Person ;
    rdfs:range kg:Body .
kg:lawyerOf a kg:State ; kg:speaksFor true ; rdfs:label "is the lawyer of"@en ; rdfs:domain kg:Person ;
    rdfs:range kg:Entity .
kg:disputes a kg:State ; rdfs:label "disputes"@en ; kg:acceptsAttestation true ;
    rdfs:domain kg:Entity ; rdfs:range kg:Entity .
kg:staff a kg:Measure ; rdfs:label "staff"@en ; rdfs:domain kg:Body .
kg:share a kg:Quality ; rdfs:label "share"@en ; kg:column "share" ; kg:qualityOf kg:owns ; rdfs:range xsd:decimal .
"""
PEOPLE, BODIES, PLACES = ("ann", "bob", "cy", "dee"), ("acme", "bank", "club"), ("here", "there")
DOCUMENTS = ("doc-a", "doc-b", "doc-c")
HEAD = "subject,relation,object,from,to,stance,voice,said,instead_of,document,locator,gloss,passage,key"
TABLES = {
    "people": "id,name,aliases\n" + "".join(f"{n},{n.title()} Doe,{n}y\n" for n in PEOPLE),
    "bodies": "id,name,owner_of,document,locator\n"
    + "".join(f"{n},The {n},,,\n" for n in BODIES)
    + "firm,The firm,acme,doc-a,row 1\n",
    "places": "id,name\nhere,Here\nthere,There\n",
    "documents": "id,name,authors,published\ndoc-a,Paper A,ann,2020-05\ndoc-b,Paper B,,2021\ndoc-c,Paper C,bob,\n",
}
STANCES = ("asserts",) * 4 + ("alleges", "announces", "questions", "denies", "disputes", "retracts")
ENDS = {
    "controls": (PEOPLE + BODIES, PEOPLE + BODIES),
    "owns": (PEOPLE + BODIES, BODIES),
    "knows": (PEOPLE, PEOPLE),
    "visited": (PEOPLE, PLACES + BODIES),
    "liesIn": (BODIES, PLACES),
    "heads": (PEOPLE, BODIES),
}


def row(dice, keys=()):
    """A row of claims.csv, made of few words, so that rows meet."""
    relation = dice.choice((*ENDS, "owns", "controls"))
    one, two = (dice.choice(held) for held in ENDS[relation])
    begun, said = (
        dice.choice(("", "2018", "2019-03", "2023")),
        dice.choice(("", "", "2017", "2020-06")),
    )
    stance = dice.choice(STANCES)
    instead = f"@{dice.choice(keys)}" if keys and dice.random() < 0.1 else ""
    if keys and dice.random() < 0.1:
        relation, two, stance = "disputes", f"@{dice.choice(keys)}", "asserts"
    voice, place = dice.choice(("", "", *PEOPLE)), f"para {dice.randrange(4)}"
    gloss, passage = dice.choice(("", "So it is", "As they say")), dice.choice(("", "0-9", "5-20"))
    cells = (one, relation, two, begun, "", stance, voice, said, instead, dice.choice(DOCUMENTS))
    return ",".join((*cells, place, gloss, passage, ""))


def keyed(text, key):
    return text[: text.rindex(",") + 1] + key


def figure(dice):
    return f"{dice.choice(BODIES)},staff,{dice.randrange(4)},,{dice.choice(DOCUMENTS)},p. {dice.randrange(3)}"


class Edited:
    """A case whose tables are changed at random."""

    def __init__(self, dice):
        self.dice = dice
        self.rows = [row(dice) for _ in range(dice.randrange(3, 30))]
        self.rows = [
            keyed(r, f"k{i}") if dice.random() < 0.2 else r for i, r in enumerate(self.rows)
        ]
        self.rows = list(dict.fromkeys(self.rows))
        self.figures = [figure(dice) for _ in range(3)]
        self.tables = dict(TABLES)
        self.made = len(self.rows)

    @property
    def keys(self):
        return [key for r in self.rows if (key := r.rpartition(",")[2])]

    def edit(self):
        """Change something; mostly rows."""
        getattr(self, self.dice.choice(EDITS))()

    def add(self):
        self.made += 1
        fresh = row(self.dice, self.keys)
        if self.dice.random() < 0.3:
            fresh = keyed(fresh, f"k{self.made}")
        self.rows.insert(self.dice.randrange(len(self.rows) + 1), fresh)

    def drop(self):
        if self.rows:
            self.rows.pop(self.dice.randrange(len(self.rows)))

    def change(self):
        if self.rows:
            place = self.dice.randrange(len(self.rows))
            cells, other = self.rows[place].split(","), row(self.dice, self.keys).split(",")
            for column in self.dice.choice(
                ((3,), (5,), (6,), (7,), (0, 1, 2), (11,), (12,), (9, 10))
            ):
                cells[column] = other[column]
            self.rows[place] = ",".join(cells)

    def twice(self):
        if self.rows:
            self.rows.append(self.dice.choice(self.rows))

    def shuffle(self):
        self.dice.shuffle(self.rows)

    def back(self):
        self.drop()
        self.add()

    def count(self):
        self.figures[self.dice.randrange(3)] = figure(self.dice)

    def rename(self):
        self.tables["people"] = self.tables["people"].replace(
            "Ann", self.dice.choice(("Anna", "Ann"))
        )

    def judge(self):
        self.tables["judgements"] = self.dice.choice(
            (
                "kind,left,right,reason\nsame,acme,bank,One register\n",
                "kind,left,right,reason\nunsure,acme,club,Alike\n",
                "kind,left,right,reason\n",
            )
        )

    def call(self):
        self.tables["names"] = "entity,name,language,document,locator\n" + self.dice.choice(
            ("acme,Acme Inc,en,doc-a,p. 1\n", "ann,Annie,,doc-b,p. 2\n")
        )

    def write(self, folder):
        """Write the tables, in one of the forms that mean the same."""
        tables = {
            **self.tables,
            "claims": "\n".join((HEAD, *self.rows)) + self.dice.choice(("", "\n")),
            "figures": "\n".join(
                ("subject,measure,value,scope,document,locator", *self.figures, "")
            ),
        }
        for name, text in tables.items():
            (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")


EDITS = (
    "add",
    "add",
    "drop",
    "drop",
    *("change",) * 5,
    "twice",
    "shuffle",
    "back",
    "count",
    "rename",
    "judge",
    "call",
)


@pytest.fixture(scope="module", autouse=True)
def in_process():
    """To begin a process of its own takes a loader longer than to load so little."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "Loader", increments.Loading)
        patch.setattr(increment, "Loader", increments.Loading)
        # What is on the disk, and when, is looked at in tests/promises.
        patch.setattr(os, "fsync", lambda _: None)
        yield


def begin(folder):
    for part in ("data", "ontology"):
        (folder / part).mkdir(parents=True)
    (folder / "data" / "case.toml").write_text(CASE, encoding="utf-8")
    (folder / "ontology" / "terms.ttl").write_text(TERMS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A built case and its rows, which every sequence of edits begins with; a soak begins anew."""
    folder = begin(tmp_path_factory.mktemp("first") / "case")
    case = Edited(random.Random(7))
    case.write(folder)
    built(folder)
    return folder, case


@draws.draws(15)
@given(seed=st.integers(0, 2**32 - 1))
def test_edits_at_random(first, tmp_path_factory, seed):
    dice = random.Random(seed)
    folder = tmp_path_factory.mktemp("edited") / "case"
    case = Edited(dice)
    if draws.TIMES == 1:
        shutil.copytree(first[0], folder)
        case.rows, case.figures = [*first[1].rows], [*first[1].figures]
    else:
        begin(folder)
    said = []
    for _ in range(2 + draws.TIMES // 10):
        case.edit()
        case.write(folder)
        # Rows at random break rules at times; the graph before stays then.
        with contextlib.suppress(BadTables):
            said.append(built(folder)[1])
    with contextlib.suppress(NoGraph, BadTables):
        graph = open_graph(folder / "out")
        other = anew(folder, folder.with_name("anew"))
        assert differing(contents(graph), contents(other)) == {}, said
        assert answers(graph) == answers(other), said
    shutil.rmtree(folder.parent)


def answers(graph):
    """What is found by words, which no table holds in an order of its own."""
    words = ("so it is", "para 2", "ann", "bank", "doe", "owns")
    passages = {word: [*graph.ledger.passages.hits(word, some=True)] for word in words}
    return passages, {word: graph.ledger.names.hits(word) for word in words}


def saved(folder, **tables):
    for name, text in tables.items():
        (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")


def claims(*rows):
    return "\n".join((HEAD, *rows, ""))


OWNS = "ann,owns,acme,2019,,asserts,bob,,,doc-a,p. 1,,,k1"
DENIED = "ann,owns,acme,,,denies,cy,,,doc-b,p. 2,,,"
KNOWS = "ann,knows,bob,,,asserts,,,,doc-a,p. 3,,,"


@pytest.fixture
def small(tmp_path):
    """A case of three rows, built."""
    folder = begin(tmp_path / "case")
    counted = "subject,measure,value,scope,document,locator\nacme,staff,7,,doc-a,p. 9\n"
    saved(folder, **TABLES, claims=claims(OWNS, DENIED, KNOWS), figures=counted)
    built(folder)
    return folder


def same_as_anew(folder):
    other = anew(folder, folder.with_name("anew"))
    assert differing(contents(open_graph(folder / "out")), contents(other)) == {}


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ((OWNS, DENIED), "1 row"),
        ((OWNS, DENIED, KNOWS, "bank,controls,club,,,alleges,dee,,,doc-c,p. 4,,,"), "1 row"),
        ((OWNS, DENIED.replace("denies", "asserts"), KNOWS), "1 row"),
        # The edge of who owns is still one of who controls.
        ((OWNS.replace("owns", "controls"), DENIED, KNOWS), "1 row"),
        ((OWNS, DENIED, KNOWS.replace("ann,knows,bob", "bob,knows,ann")), "1 row"),
        ((KNOWS, DENIED, OWNS), "the order of rows"),
        ((OWNS, "", DENIED, KNOWS), "blank lines"),
        ((OWNS, DENIED, KNOWS, "bob,disputes,@k1,,,asserts,,,,doc-c,p. 4,,,"), "1 row"),
        ((OWNS, DENIED, KNOWS, "ann,owns,acme,2018,,asserts,bob,,@k1,doc-c,p. 4,,,"), "1 row"),
        ((), "3 rows"),
    ],
)
def test_rows_that_change_are_built_alone(small, rows, number):
    saved(small, claims=claims(*rows))
    assert built(small)[1] == [f"building what changed: {number}"]
    same_as_anew(small)


def test_figures_and_a_row_that_comes_back(small):
    saved(small, figures="subject,measure,value,scope,document,locator\nacme,staff,8,,doc-a,p. 9\n")
    assert built(small)[1] == ["building what changed: 1 row"]
    same_as_anew(small)
    before = contents(open_graph(small / "out"))
    for rows in ((OWNS,), (OWNS, DENIED, KNOWS)):
        saved(small, claims=claims(*rows))
        assert built(small)[1] == ["building what changed: 2 rows"]
    assert differing(contents(open_graph(small / "out")), before) == {}


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ({"people": TABLES["people"] + "eve,Eve Doe,\n"}, "data/people.csv changed"),
        ({"judgements": "kind,left,right,reason\n"}, "data/judgements.csv is new"),
        ({"claims": claims(OWNS, DENIED, DENIED, KNOWS)},
         "a new row says the same as another one"),
        ({"claims": claims(OWNS, DENIED, KNOWS, "dee,lawyerOf,ann,,,asserts,,,,doc-a,p. 5,,,")},
         "lawyerOf says who speaks for whom"),
        ({"claims": claims(OWNS, DENIED, KNOWS).replace("locator,gloss", "locator,quote")},
         "the header of claims.csv changed"),
        ({"claims": claims(OWNS, DENIED, KNOWS, 'ann,knows,cy,,,asserts,,,,doc-a,"p.\n6",,,')},
         "a new line of claims.csv is no row of its own, or has letters in parts"),
    ],
)  # fmt: skip
def test_what_reaches_further_is_built_whole_and_says_why(small, tables, reason):
    saved(small, **tables)
    assert built(small)[1][-3:] == [
        f"building all of it: {reason}",
        "reading tables",
        "writing the graph",
    ]


def test_a_twin_that_is_taken_out_is_why_all_is_built(small):
    saved(small, claims=claims(OWNS, DENIED, DENIED, KNOWS))
    built(small)
    saved(small, claims=claims(OWNS, DENIED, KNOWS))
    reason = "of rows that said the same, one was changed or taken out"
    assert built(small)[1][-3] == f"building all of it: {reason}"


def test_differences_become_one_graph_after_some_builds(small, monkeypatch):
    monkeypatch.setattr(changes, "STEPS", 1)
    for rows, told in (
        ((OWNS, DENIED), "building what changed: 1 row"),
        ((OWNS, KNOWS), "building all of it: 1 build of differences stands on the last whole one"),
        ((OWNS, DENIED), "building what changed: 1 row"),
    ):
        saved(small, claims=claims(*rows))
        assert built(small)[1][0] == told


def test_an_error_is_told_whole_and_the_graph_stays(small):
    before = contents(open_graph(small / "out"))
    saved(
        small,
        claims=claims(OWNS, DENIED.replace("denies", "denied"), KNOWS.replace("bob", "nobody")),
    )
    with pytest.raises(BadTables) as told:
        built(small)
    assert [(p.row, p.column) for p in told.value.problems] == [(3, "stance"), (4, "object")]
    assert differing(contents(open_graph(small / "out")), before) == {}
