"""A build takes over what has not changed, and is equal to one that builds everything anew."""

import contextlib
import random
import shutil

import draws
import pytest
from hypothesis import given
from hypothesis import strategies as st
from increments import anew, built, contents, differing
from test_events import BANK, write

from kg.model.errors import BadTables, NoGraph
from kg.store import changes
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
DAYS = ("", "2019", "2020-05", "2020-11-03", "2021", "2021-02", "2024")
STANCES = ("asserts",) * 4 + ("alleges", "announces", "questions", "denies", "disputes", "retracts")
ENDS = {
    "controls": (PEOPLE + BODIES, PEOPLE + BODIES),
    "owns": (PEOPLE + BODIES, BODIES),
    "knows": (PEOPLE, PEOPLE),
    "visited": (PEOPLE, PLACES + BODIES),
    "liesIn": (BODIES, PLACES),
    "heads": (PEOPLE, BODIES),
    "lawyerOf": (PEOPLE, PEOPLE + BODIES),
}


def row(dice, keys=(), ends=ENDS, documents=DOCUMENTS):
    """A row of claims.csv, made of few words, so that rows meet."""
    relation = dice.choice((*ENDS, "owns", "controls"))
    one, two = (dice.choice(held) for held in ends[relation])
    begun, said = (
        dice.choice(("", "2018", "2019-03", "2023")),
        dice.choice(("", "", "2017", "2020-06")),
    )
    stance = dice.choice(STANCES)
    instead = f"@{dice.choice(keys)}" if keys and dice.random() < 0.1 else ""
    if keys and dice.random() < 0.1:
        relation, two, stance = "disputes", f"@{dice.choice(keys)}", "asserts"
    voice, place = dice.choice(("", "", *ends["knows"][0])), f"para {dice.randrange(4)}"
    gloss, passage = dice.choice(("", "So it is", "As they say")), dice.choice(("", "0-9", "5-20"))
    cells = (one, relation, two, begun, "", stance, voice, said, instead, dice.choice(documents))
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
        self.people, self.names = [*PEOPLE], {n: f"{n.title()} Doe" for n in PEOPLE}
        self.papers = [*DOCUMENTS]
        self.judged = []

    @property
    def keys(self):
        return [key for r in self.rows if (key := r.rpartition(",")[2])]

    def edit(self):
        """Change something; mostly rows."""
        getattr(self, self.dice.choice(EDITS))()

    def add(self):
        self.made += 1
        fresh = self.row()
        if self.dice.random() < 0.3:
            fresh = keyed(fresh, f"k{self.made}")
        self.rows.insert(self.dice.randrange(len(self.rows) + 1), fresh)

    def drop(self):
        if self.rows:
            self.rows.pop(self.dice.randrange(len(self.rows)))

    def change(self):
        if self.rows:
            place = self.dice.randrange(len(self.rows))
            cells, other = self.rows[place].split(","), self.row().split(",")
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

    def row(self):
        """A row about what there is now; some of its ends are told by their names."""
        people = (*self.people, *(self.names[n] for n in self.people[:2]))
        ends = {
            relation: tuple(people + e[len(PEOPLE) :] if e[:1] == PEOPLE[:1] else e for e in both)
            for relation, both in ENDS.items()
        }
        return row(self.dice, self.keys, ends, self.papers)

    def come(self):
        """Somebody new, with rows."""
        name = self.dice.choice(("eve", "fay", "abe", "cya", "acme", f"p{self.made}"))
        if name not in self.people and name not in BODIES:
            first = self.dice.choice((name.title(), name.title(), "Ann", "Bob B"))
            alias = self.dice.choice(("", f"{name}y", "bob", "Ann Doe", "cyy"))
            self.insert("people", f"{name},{first} Doe,{alias}")
            self.people.append(name)
            self.names[name] = f"{first} Doe"
        for _ in range(self.dice.randrange(3)):
            self.add()

    def insert(self, table, line):
        head, *lines = self.tables[table].splitlines()
        lines.insert(self.dice.randrange(len(lines) + 1), line)
        self.tables[table] = "\n".join((head, *lines, ""))

    def leave(self):
        """Somebody is no more, with all that names them, or not."""
        name = self.dice.choice(self.people)
        if len(self.people) > 3:
            head, *lines = self.tables["people"].splitlines()
            kept = [line for line in lines if not line.startswith(f"{name},")]
            self.tables["people"] = "\n".join((head, *kept, ""))
            self.people.remove(name)
            if self.dice.random() < 0.8:
                words = {name, self.names[name]}
                self.rows = [r for r in self.rows if words.isdisjoint(r.split(","))]
                for table in ("documents", "names"):
                    if table in self.tables:
                        text = self.tables[table].replace(f",{name},", ",,")
                        self.tables[table] = text.replace(f"\n{name},", "\nann,")

    def rename(self):
        """Another name, or alias."""
        name = self.dice.choice(self.people)
        head, *lines = self.tables["people"].splitlines()
        said = self.dice.choice((f"{name.title()} Doe", f"{name.title()}a", "Bob Doe", "Dr Doe"))
        alias = self.dice.choice(("", f"{name}y", f"{name}y | Doc", "annie", "dee"))
        fresh = f"{name},{said},{alias}"
        lines = [fresh if line.startswith(f"{name},") else line for line in lines]
        self.tables["people"] = "\n".join((head, *lines, ""))
        self.names[name] = said

    def refit(self):
        """Another cell of a body: what owns it, or its name."""
        owner = self.dice.choice((*BODIES, ""))
        told = self.dice.choice(("The firm", "The Firm Ltd", "The bank"))
        head, *lines = self.tables["bodies"].splitlines()
        place = "doc-a,row 1" if owner or self.dice.random() < 0.5 else ","
        lines = [line for line in lines if not line.startswith("firm,")]
        self.tables["bodies"] = "\n".join((head, *lines, f"firm,{told},{owner},{place}", ""))

    def print(self):
        """A document more, or another date or author of one."""
        name = self.dice.choice((*DOCUMENTS, "doc-d", "doc-e"))
        author = self.dice.choice(("", *self.people[:3], self.names[self.people[0]]))
        fresh = f"{name},Paper {name[-1].upper()},{author},{self.dice.choice(DAYS)}"
        head, *lines = self.tables["documents"].splitlines()
        lines = [line for line in lines if not line.startswith(f"{name},")]
        self.tables["documents"] = "\n".join((head, *lines)) + "\n"
        self.insert("documents", fresh)
        if name not in self.papers:
            self.papers.append(name)
            self.add()

    def judge(self):
        some = (
            "unsure,acme,club,Alike",
            "unsure,ann,bob,May be",
            "different,ann,bob,Two registers",
            "misprint,doc-b,,A slip",
            "settled,ann,acme,Looked up",
        )
        self.judged = self.dice.sample(some, self.dice.randrange(3))
        if self.dice.random() < 0.1:
            self.judged = ["same,acme,bank,One register"]
        self.tables["judgements"] = "\n".join(("kind,left,right,reason", *self.judged, ""))

    def call(self):
        self.tables["names"] = "entity,name,language,document,locator\n" + self.dice.choice(
            (
                "acme,Acme Inc,en,doc-a,p. 1\n",
                "ann,Annie,,doc-b,p. 2\n",
                "ann,Annie,,doc-b,p. 2\nacme,The bank,de,doc-a,p. 1\n",
            )
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
    *("change",) * 4,
    *("come",) * 4,
    *("rename",) * 2,
    "leave",
    "refit",
    *("print",) * 2,
    "twice",
    "shuffle",
    "back",
    "count",
    "judge",
    "call",
)


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


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """A case of three rows, built."""
    folder = begin(tmp_path_factory.mktemp("three") / "case")
    counted = "subject,measure,value,scope,document,locator\nacme,staff,7,,doc-a,p. 9\n"
    saved(folder, **TABLES, claims=claims(OWNS, DENIED, KNOWS), figures=counted)
    built(folder)
    return folder


@pytest.fixture
def small(three, tmp_path):
    """A copy of it for one test."""
    return shutil.copytree(three, tmp_path / "case")


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


PEOPLE_CSV, BODIES_CSV, PAPERS = (TABLES[name] for name in ("people", "bodies", "documents"))
JUDGED = "kind,left,right,reason\n"


# Each is made of the tables as they were at first; the edit before is taken back with it.
EDITED = [
    # Somebody new, with rows, and without.
    {"people": PEOPLE_CSV + "abe,Abe Doe,\n"},
    {"people": PEOPLE_CSV + "abe,Abe Doe,\n",
      "claims": claims(OWNS, DENIED, KNOWS, "Abe Doe,knows,ann,,,asserts,,,,doc-a,p. 4,,,")},
    {"documents": PAPERS + "doc-d,Paper D,cy,2022\n",
      "claims": claims(OWNS, DENIED, KNOWS, "cy,knows,ann,,,asserts,,,,doc-d,p. 4,,,")},
    # Other names, for which rows that speak of them are found.
    {"people": PEOPLE_CSV.replace("Ann Doe,anny", "Ann Roe,nan")},
    {"people": PEOPLE_CSV.replace("Dee Doe", "Ann Doe")},
    {"bodies": BODIES_CSV.replace("The acme", "Acme Ltd")},
    # A cell that is a claim, or was one.
    {"bodies": BODIES_CSV.replace("acme,doc-a", "bank,doc-b")},
    {"bodies": BODIES_CSV.replace("firm,The firm,acme,doc-a,row 1\n", "")},
    # Another date, or another author, of a document that rows rest on.
    {"documents": PAPERS.replace("2020-05", "2019-01")},
    {"documents": PAPERS.replace("2020-05", "2031")},
    {"documents": PAPERS.replace("2020-05", "")},
    {"documents": PAPERS.replace("Paper B,,", "Paper B,dee,")},
    # Who is no more.
    {"people": PEOPLE_CSV.replace("dee,Dee Doe,deey\n", "")},
    {"people": PEOPLE_CSV.replace("cy,Cy Doe,cyy\n", ""), "claims": claims(OWNS, KNOWS)},
    # What editors decide.
    {"judgements": JUDGED + "unsure,acme,club,Alike\n"},
    {"judgements": JUDGED + "misprint,doc-a,,A slip\ndifferent,ann,bob,Two\n"},
    {"judgements": JUDGED + "settled,@k1,,Looked up\n"},
    {"withhold": "record,what\nann,name\n"},
    # Who calls whom what.
    {"names": "entity,name,language,document,locator\nann,Nan,en,doc-a,p. 1\n"},
    # Who speaks for whom.
    {"claims": claims(OWNS, DENIED, KNOWS, "cy,lawyerOf,bob,,,asserts,,,,doc-a,p. 5,,,")},
    # Nothing that a row says.
    {"people": "\n".join(reversed(PEOPLE_CSV.splitlines()[1:])).join(("id,name,aliases\n", "\n"))},
]  # fmt: skip


def turned(*stems):
    """Tables with their rows from the last to the first."""
    held = {"people": PEOPLE_CSV, "documents": PAPERS, "claims": claims(OWNS, DENIED, KNOWS)}
    lines = {stem: held[stem].splitlines() for stem in stems}
    return {stem: "\n".join([head, *rows[::-1], ""]) for stem, (head, *rows) in lines.items()}


def test_records_that_change_are_built_alone(small):
    first = TABLES | {"claims": claims(OWNS, DENIED, KNOWS)}
    for i, tables in enumerate(EDITED, 1):
        for name in ("judgements", "withhold", "names"):
            (small / "data" / f"{name}.csv").unlink(missing_ok=True)
        saved(small, **first | tables)
        (told,) = built(small)[1]
        assert told.startswith("building what changed: ")
        if i % 3 == 0:
            same_as_anew(small)
    assert i % 3 == 0


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ({"people": PEOPLE_CSV + "abe,Abe Doe,\n",
          "claims": claims(OWNS, DENIED, KNOWS, "Abe Doe,knows,ann,,,asserts,,,,doc-a,p. 4,,,")}, "2 rows"),
        ({"judgements": JUDGED + "misprint,doc-a,,A slip\ndifferent,ann,bob,Two\n"}, "2 rows"),
        ({"withhold": "record,what\nann,name\n"}, "withheld: ann"),
        ({"withhold": "record,what\nann,name\nbob,claims\n",
          "people": PEOPLE_CSV + "eve,Eve Doe,\n"}, "1 row; withheld: ann, bob"),
        (turned("people"), "the order of rows, or how they are written, in people.csv"),
        (turned("people", "documents"),
         "the order of rows, or how they are written, in documents.csv, people.csv"),
        (turned("claims"), "the order of rows"),
    ],
)  # fmt: skip
def test_how_much_changed_is_told(small, tables, told):
    saved(small, **tables)
    assert built(small)[1] == [f"building what changed: {told}"]


def test_what_is_no_longer_withheld_is_told(small):
    told = []
    for table in ("ann,name\n", "ann,claims\n", ""):
        saved(small, withhold=f"record,what\n{table}")
        told += built(small)[1]
    assert told == [
        f"building what changed: {words}"
        for words in ("withheld: ann", "withheld otherwise: ann", "no longer withheld: ann")
    ]


def test_a_row_that_says_the_same_in_other_words_keeps_its_warnings(small):
    back = "ann,owns,club,,,retracts,{},,,doc-a,p. 4,,,"
    for voice in ("", "ann", "Ann Doe"):
        saved(small, claims=claims(OWNS, DENIED, back.format(voice)))
        graph, _ = built(small)
        assert "takes back what it says in no earlier row" in graph.manifest["warnings"][0]
    same_as_anew(small)


def test_for_whom_somebody_speaks_follows_rows_in_its_place(small):
    lawyer = "cy,lawyerOf,bank,,,alleges,dee,,,doc-a,p. 4,,,k7"
    other = "cy,lawyerOf,club,,,asserts,bob,,@k7,doc-b,p. 5,,,k8"
    third = "cy,knows,dee,,,asserts,bob,,@k8,doc-b,p. 6,,,"
    for rows in ((lawyer, other), (lawyer, other, third)):
        saved(small, claims=claims(OWNS, DENIED, *rows))
        built(small)
    same_as_anew(small)


def test_a_row_that_a_new_name_gives_another_meaning_is_read_again(small):
    saved(small, claims=claims(OWNS, DENIED, "anny,knows,bob,,,asserts,,,,doc-a,p. 3,,,"))
    built(small)
    saved(small, people=PEOPLE_CSV.replace("anny", "").replace("deey", "anny"))
    assert built(small)[1] == ["building what changed: 2 rows"]
    same_as_anew(small)
    saved(small, people=PEOPLE_CSV + "eve,Eve,anny\n")
    with pytest.raises(BadTables, match="names several records"):
        built(small)


def test_events_beside_what_changed(tmp_path):
    root = write(tmp_path / "case", BANK).root
    built(root)
    for file, old, new in (
        ("actors", "cid,Cid\n", "cid,Cid\ndan,Dan\n"),
        # Events are told by the names of those who took part.
        ("actors", "bob,Bob", "bob,Robert"),
        ("documents", "2020-01-01", "2020-02-01"),
    ):
        path = root / "data" / f"{file}.csv"
        if old == "bob,Bob":
            edit(root / "data" / "events.csv", ",Ann,500,EUR,Bob,", ",Ann,500,EUR,bob,")
            built(root)
        edit(path, old, new)
        assert len(built(root)[1]) == 1
    same_as_anew(root)


def test_an_amount_left_left_out_is_told_beside_what_changed(tmp_path):
    events = (
        BANK["data/events.csv"]
        .replace(",one\n", ",\n")
        .replace("Ann,500,EUR,Bob", "ann,500,EUR,bob")
    )
    events += "pay-8,Payment,ann,9,EUR,cid,,,,doc,p. 6,\npay-8,,ann,,,cid,,denies,cid,paper,p. 7,\n"
    names = "entity,name,document,locator\nbob,Bo,doc,p. 1\n"
    figures = "subject,measure,value,unit,stance,voice,document,locator\npay-1,amount,500,EUR,,,paper,p. 9\n"
    tables = {"data/events.csv": events, "data/names.csv": names, "data/figures.csv": figures}
    root = write(tmp_path / "case", BANK, **tables).root
    built(root)
    for file, old, new in (
        ("actors", "cid,Cid\n", "cid,Cid\ndan,Dan\n"),
        ("documents", "2020-01-01", "2020-02-01"),
    ):
        edit(root / "data" / f"{file}.csv", old, new)
        graph, said = built(root)
        assert said[0].startswith("building what changed")
        assert "".join(graph.manifest["warnings"]).count("[amount-left-out]") == 1
    same_as_anew(root)
    figures = root / "data" / "figures.csv"
    edit(figures, "pay-1,", "pay-8,amount,9,EUR,denies,cid,paper,p. 8\npay-1,")
    graph, said = built(root)
    assert "another row denies who took part in pay-8" in said[1]
    assert not graph.manifest["warnings"]
    edit(root / "data" / "actors.csv", "dan,Dan\n", "dan,Dan\neve,Eve\n")
    graph, said = built(root)
    assert said[0].startswith("building what changed")
    assert not graph.manifest["warnings"]
    same_as_anew(root)


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


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
        ({"judgements": "kind,left,right,reason\nsame,acme,bank,One\n"}, "other records are held to be one"),
        ({"bodies": TABLES["bodies"].replace("club", "clan"), "people": TABLES["people"] + "club,Club,\n"},
         "club is of another class"),
        ({"claims": claims(OWNS, DENIED, DENIED, KNOWS)},
         "a new row says the same as another one"),
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


def test_rows_are_counted_in_each_table(small):
    saved(small, names="entity,name,document,locator\nann,Annie,doc-a,p. 1\nbob,Bobby,doc-a,p. 2\n")
    built(small)
    people = PEOPLE_CSV.replace("Cy Doe", "Cy Do")
    saved(small, names="entity,name,document,locator\nann,Annie,doc-a,p. 1\n", people=people)
    assert built(small)[1] == ["building what changed: 2 rows"]
