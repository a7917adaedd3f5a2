"""Qualities of a relation: columns of the ledger that the ontology declares, kept with each row."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from types import SimpleNamespace

import inprocess
import pyoxigraph as ox
import pytest
from browsing import expect
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis import chronology, dossier, dossier_text, listing, path_text, statistics
from kg.analysis import conflicts as disagreeing
from kg.analysis.paths import find_paths
from kg.case import fmt
from kg.case.folder import find
from kg.exchange import exports
from kg.exchange.handed.content import Content
from kg.model.claims import Attestation, reach
from kg.model.errors import BadCase, UsageError
from kg.model.namespaces import PREFIXES
from kg.model.ontology import Ontology
from kg.page import render, subgraph
from kg.sparql.files import data_file
from kg.sparql.query import Limits
from kg.store import shacl
from kg.store.build import build
from kg.store.check import check
from kg.store.ledger import qualities_of, qualities_text
from kg.store.lens import Lens
from kg.store.seen_graph import through
from kg.store.stores import Local
from kg.text.qualities import qualities as in_words
from kg.text.qualities import ranged

# Two vocabularies with nothing in common: what holds of one holds of the other.
WORDS = {
    "english": {
        "ns": "https://example.org/terms#",
        "thing": "Thing",
        "owns": "owns",
        "paid": "paid",
        "share": "share",
        "amount": "amount",
        "currency": "currency",
        "role": "role",
        "real": "beneficial",
        "through": "through",
        "signed": "signed",
        "staff": "staff",
    },
    "german": {
        "ns": "urn:begriffe/",
        "thing": "Ding",
        "owns": "besitzt",
        "paid": "zahlte",
        "share": "anteil",
        "amount": "betrag",
        "currency": "währung",
        "role": "rolle",
        "real": "wirklich",
        "through": "über",
        "signed": "gezeichnet",
        "staff": "leute",
    },
}
TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <{ns}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
my:{thing} a rdfs:Class ; rdfs:subClassOf kg:Entity ; kg:table "things" .
my:{owns} a kg:State ; rdfs:domain my:{thing} ; rdfs:range my:{thing} .
my:{paid} a kg:Event ; kg:repeats true ; rdfs:domain my:{thing} ; rdfs:range my:{thing} .
my:{staff} a kg:Measure ; rdfs:domain my:{thing} .
my:{share} a kg:Quality ; rdfs:range xsd:decimal ; kg:qualityOf my:{owns} ; kg:column "share" ; kg:inUnit "%" .
my:{amount} a kg:Quality ; rdfs:range xsd:decimal ; kg:qualityOf my:{paid} ; kg:column "amount" ; kg:unitFrom my:{currency} .
my:{currency} a kg:Quality ; kg:qualityOf my:{paid} ; kg:column "currency" .
my:{role} a kg:Quality ; kg:column "role" .
my:{real} a kg:Quality ; rdfs:range xsd:boolean ; kg:column "real" ; kg:qualityOf my:{owns} .
my:{through} a kg:Quality ; rdfs:range my:{thing} ; kg:column "through" .
my:{signed} a kg:Quality ; rdfs:range xsd:date ; kg:column "signed" .
"""
HEAD = "subject,relation,object,share,amount,currency,role,real,through,signed,from,stance,document,locator\n"
CLAIMS = """\
ann,{owns},acme,25.0,,,,true,,2019-05,,,doc-a,1
ann,{owns},acme,30..50,,,director | secretary,,Bob,,,,doc-b,2
ann,{paid},bob,,1200,EUR,,,,,2020-01,,doc-a,3
ann,{paid},bob,,0.50,USD,,,,,2020-02,,doc-a,3
bob,{owns},acme,60,,,,,,,,denies,doc-a,4
ann,{owns},bob,80,,,,,,,2020,,doc-b,5
ann,{owns},bob,50..,,,,,,,,,doc-a,5
bob,{owns},ann,10,,,,,,,,,doc-a,6
bob,{owns},ann,20,,,,,,,,,doc-a,7
"""
TABLES = {
    "things": "id,name\nann,Ann\nacme,Acme\nbob,Bob\n",
    "documents": "id,name,published\ndoc-a,Register,2020\ndoc-b,Paper,2021\n",
    "figures": "subject,measure,value,role,document,locator\nacme,{staff},5,full time,doc-a,1\n",
}


def written(folder, words, terms=TERMS, claims=HEAD + CLAIMS, **tables):
    (folder / "ontology").mkdir(parents=True)
    (folder / "data").mkdir()
    about = 'title = "T"\nbase = "https://example.org/id/"\n'
    (folder / "data" / "case.toml").write_text(about)
    (folder / "ontology" / "terms.ttl").write_text(terms.format(**words), "utf-8")
    for name, table in (TABLES | {"claims": claims} | tables).items():
        (folder / "data" / f"{name}.csv").write_text(table.format(**words), "utf-8")
    return find(folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The world of a vocabulary, built once."""

    @cache
    def make(name):
        case = written(tmp_path_factory.mktemp("qualities") / "case", WORDS[name])
        return SimpleNamespace(case=case, graph=build(case)[0], **WORDS[name])

    return make


@pytest.fixture(params=WORDS)
def world(request, made):
    return made(request.param)


def ask(graph, text):
    return graph.store.query(text, PREFIXES, Limits())


def complaints(folder, claims=HEAD + CLAIMS, terms=TERMS):
    return [str(p) for p in check(written(folder, WORDS["english"], terms, claims)).problems]


# ---------------------------------------------------------------- read back in words
def test_a_claim_says_what_its_rows_say_besides(world):
    rows = listing.claims(world.graph, Lens(), subject="ann", object="acme")
    assert [row.sentence for row in rows] == [
        f"Ann {world.owns} Acme ({world.share} 25.0 % / 30 to 50 %, {world.role} director / secretary, "
        f"{world.real}, {world.through} Bob, {world.signed} 2019-05)"
    ]


def test_a_row_says_its_own_and_a_unit_stands_with_its_number(world):
    rows = listing.attestations(world.graph, Lens(), subject="ann", relation=world.paid)
    rows = sorted(rows, key=lambda row: row.value or row.statement)
    assert [row.statement for row in rows] == [
        f"“Register”, 3: it asserted that Ann {world.paid} Bob ({world.amount} 0.50 USD), in 2020-02.",
        f"“Register”, 3: it asserted that Ann {world.paid} Bob ({world.amount} 1,200 EUR), in 2020-01.",
    ]
    held = {q.name: (q.value, q.unit, q.text, q.sentence) for q in rows[1].qualities}
    assert held == {
        world.amount: ("1200", "EUR", "1,200 EUR", f"{world.amount} 1,200 EUR"),
        world.currency: ("EUR", "", "EUR", ""),
    }


def test_a_denial_keeps_the_share_that_it_denies(world):
    (row,) = listing.attestations(world.graph, Lens(), subject="bob", object="acme")
    assert f"denied that Bob {world.owns} Acme ({world.share} 60 %)" in row.statement
    # What nobody puts forward is not said of the claim.
    assert row.sentence == f"Bob {world.owns} Acme"


def test_a_figure_has_qualities_too(world):
    (row,) = listing.figures(world.graph, Lens())
    assert [str(q) for q in row.qualities] == [f"{world.role} full time"]


def test_a_path_and_a_card_say_them(world):
    paths = find_paths(world.graph, "acme", "ann")
    told = path_text.text(world.graph, paths, 200)
    assert f"Acme ← ({world.owns}) ({world.share} 25.0 % / 30 to 50 %, " in told
    card = dossier_text.text(dossier.dossier(world.graph, "acme"), 200)
    assert f"{world.share} 30 to 50 %" in card and f"{world.through} Bob" in card


def test_a_time_is_told_with_what_is_said_of_then(world):
    rows = chronology.timeline(world.graph, "bob", Lens())
    paid = [(m.period, m.sentence) for m in rows if world.paid in m.sentence]
    assert paid == [
        ("in 2020-01", f"Ann {world.paid} Bob ({world.amount} 1,200 EUR)"),
        ("in 2020-02", f"Ann {world.paid} Bob ({world.amount} 0.50 USD)"),
    ]
    moments = [
        f"{period}: {said}" for _, period, said in dossier.dossier(world.graph, "bob").timeline
    ]
    assert any(
        m.startswith(f"in 2020-01: Ann {world.paid} Bob ({world.amount} 1,200 EUR) (")
        for m in moments
    )


def test_a_lens_shows_no_share_of_what_it_hides(world):
    rows = listing.claims(world.graph, Lens(documents=("doc-b",)), subject="ann", object="acme")
    assert f"{world.share} 30 to 50 %" in rows[0].sentence and "25.0" not in rows[0].sentence
    seen = through(world.graph, Lens(documents=("doc-b",)))
    assert "25.0" not in path_text.text(seen, find_paths(seen, "ann", "acme"), 200)


def test_the_formats_for_programs_have_each_apart(world, kg):
    done = kg(world.case.root, "claims", "--subject", "ann", "--object", "acme", "--format", "json")
    rows = json.loads(done.stdout)
    held = [{q["name"]: q["value"] for q in row["qualities"]} for row in rows[0]["evidence"]]
    assert {world.share: "25.0", world.real: "true", world.signed: "2019-05"} in held
    done = kg(world.case.root, "claims", "--rows", "--subject", "bob", "--format", "csv")
    assert f"{world.share} 60 %" in [
        r["qualities"] for r in csv.DictReader(done.stdout.splitlines())
    ]


def exported(graph, form):
    """The files of an export, by name."""
    files = exports.files(exports.form(form), Content(graph))
    return {
        name: "".join(p if isinstance(p, str) else p.decode() for p in parts)
        for name, parts in files
    }


def test_exports_have_them(made):
    world = made("german")
    table = exported(world.graph, "csv")["attestations.csv"].lstrip("\ufeff")
    held = {(r[world.share], r[world.role]) for r in csv.DictReader(table.splitlines())}
    assert {("25.0", ""), ("30..50", "director | secretary")} < held
    quads = ox.parse(exported(world.graph, "nanopublications")[""], format=ox.RdfFormat.TRIG)
    told = {q.object.value for q in quads if q.predicate.value == world.ns + world.share}
    assert {"25.0", "60"} <= told


# ---------------------------------------------------------------- identity, ledger, RDF
def test_rows_that_differ_in_a_quality_are_two_attestations_of_one_claim(world):
    (claim,) = listing.claims(world.graph, Lens(), subject="bob", object="ann")
    assert len(claim.evidence) == 2 and len({e.id for e in claim.evidence}) == 2


def test_a_row_without_qualities_has_the_id_it_would_have_without_the_columns(tmp_path):
    words = WORDS["english"]
    plain = "subject,relation,object,document,locator\nann,owns,acme,doc-a,1\n"
    more = "subject,relation,object,share,document,locator\nann,owns,acme,,doc-a,1\n"
    ids = []
    for name, table in (("plain", plain), ("more", more)):
        graph, _ = build(written(tmp_path / name, words, claims=table))
        ids.append([a.id for c in graph.ledger.claims(["owns"]) for a in c.attestations])
    assert ids[0] == ids[1]


def test_the_order_of_the_terms_changes_no_id(tmp_path, made):
    lines = TERMS.splitlines(keepends=True)
    turned = "".join(lines[:4] + lines[:3:-1])
    graph, _ = build(written(tmp_path / "turned", WORDS["english"], turned))
    ids = [
        {a.id for c in g.ledger.claims() for a in c.attestations}
        for g in (graph, made("english").graph)
    ]
    assert ids[0] == ids[1]


@given(st.lists(st.tuples(st.text("abz é"), st.text(st.characters(min_codepoint=32))), max_size=4))
def test_qualities_come_back_from_the_ledger(pairs):
    assert qualities_of(qualities_text(pairs)) == tuple(pairs)


def test_in_rdf_they_stand_at_the_attestation(world):
    asked = (
        f"SELECT ?p ?o WHERE {{ ?a kg:about ?c ; kg:locator ?l ; ?p ?o . FILTER(STRSTARTS(STR(?p), '{world.ns}')) "
        "FILTER(?l IN ('1', '2')) }"
    )
    found = {(p.value.removeprefix(world.ns), o.value) for p, o in ask(world.graph, asked).rows}
    assert found == {
        (world.share, "25"), (f"{world.share}AsPrinted", "25.0"), (world.real, "true"),
        (world.signed, "2019-05"), (f"{world.signed}Earliest", "2019-05-01"),
        (f"{world.signed}Latest", "2019-05-31"), (f"{world.share}From", "30"),
        (f"{world.share}To", "50"), (f"{world.share}AsPrinted", "30..50"),
        (world.role, "director"), (world.role, "secretary"), (world.role, "full time"),
        (world.through, "https://example.org/id/bob"),
    }  # fmt: skip


def test_the_graph_conforms_and_a_quality_out_of_place_does_not(made, tmp_path):
    world = made("german")
    assert shacl.validate(world.graph) == []
    store = inprocess.in_memory(world.graph.part("store"))
    lines = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()).decode()
    paid = next(q.subject for q in store if q.predicate.value == world.ns + world.amount)
    share = f"{world.ns}{world.share}"
    path = tmp_path / "broken.nt"
    path.write_text(f'{lines}{paid} <{share}> "much" .\n{paid} <{share}AsPrinted> "much" .\n')
    found = shacl.check(Local([data_file(str(path))]), world.graph.terms)
    assert {v.rule for v in found} == {
        f"{world.share} goes on {world.owns}",
        f"the value of {world.share} is of the class or kind decimal",
    }


def test_the_ontology_comes_back_from_its_text(world):
    terms = world.case.ontology
    read = Ontology.from_text(terms.to_text())
    assert read.qualities == terms.qualities
    assert read.qualities[world.share].on == (world.owns,)
    used = {
        row.term: (row.domain, row.used) for row in statistics.terms(world.graph, kind="quality")
    }
    assert used[world.share] == (world.owns, 7) and used[world.role] == ("", 2)


# ---------------------------------------------------------------- disagreements and filters
def test_two_voices_with_different_numbers_are_a_tension(world):
    found = {e.question: e for e in disagreeing.conflicts(world.graph, Lens())}
    entry = found.pop(f"Ann {world.owns} Acme: {world.share} 25.0 % or 30 to 50 %?")
    assert (entry.hard, entry.kind) == ("tension", "genuine")
    assert f"({world.share} 25.0 %, {world.real}" in entry.sides[0].said[0]
    # Two numbers of one voice in one document, payments that repeat, a number within another.
    assert not found
    explained = disagreeing.conflicts(world.graph, Lens(), all=True)
    assert f"Ann {world.owns} Bob: {world.share} at least 50 % or 80 %?" in [
        e.question for e in explained if e.hard == "explained"
    ]


@pytest.mark.parametrize(
    ("said", "objects"),
    [
        ("share", {"acme", "bob", "ann"}),
        ("share>50", {"acme", "bob"}),
        ("share >= 60", {"acme", "bob"}),
        ("share<15", {"ann"}),
        ("share=40", {"acme"}),
        ("share!=60", {"acme", "bob", "ann"}),
        ("role=Director", {"acme"}),
        ("through=bob", {"acme"}),
        ("through=BOB", {"acme"}),
        ("through!=bob", set()),
        ("signed<2020", {"acme"}),
        ("signed>2019-05", set()),
        ("real=true", {"acme"}),
        ("real=false", set()),
    ],
)
def test_claims_are_found_by_a_quality(world, said, objects):
    name = re.match(r"\w+", said)[0]
    asked = getattr(world, name) + said.removeprefix(name)
    found = listing.claims(world.graph, Lens(), quality=asked)
    assert {row.object for row in found} == objects


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("shar", "“shar” is no quality; did you mean “share”?"),
        ("share>", "expected a quality, or a quality, one of"),
        ("share>many", "quality share>many: expected a number"),
        ("share=..", "quality share=..: expected a number"),
        ("signed>soon", "quality signed>soon: expected a date"),
        ("role>3", "role is no number and no date: expected = or !="),
    ],
)
def test_a_condition_that_is_none_is_refused(made, said, told):
    with pytest.raises(UsageError, match=re.escape(told)):
        listing.claims(made("english").graph, Lens(), quality=said)


# ---------------------------------------------------------------- checked
@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("owns,acme,half,,,,,,", "column share: “half”; expected a plain number, as 25.5, or a range"),
        ("owns,acme,50..30,,,,,,", "expected a range that rises, as 30..50"),
        ("owns,acme,25 %,,,,,,", "“25 %”; expected a plain number, as 25.5, or a range, as 25..50, 25.. or ..50; write 25"),
        ("owns,acme,..,,,,,,", "column share: “..”"),
        ("owns,acme,5 | 6,,,,,,", "column share: “5 | 6”"),
        ("paid,bob,25,,,,,,", "expected a blank cell: share goes on owns, not on paid"),
        ("owns,acme,,,,,yes,,", "column real: “yes”; expected true or false; write true"),
        ("owns,acme,,,,,,nobody,", "column through: “nobody”"),
        ("owns,acme,,,,,,doc-a,", "“doc-a” is a Document; expected a Thing"),
        ("owns,acme,,,,,,,2019-02-30", "column signed: “2019-02-30”"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_told(tmp_path, cells, told):
    (found,) = complaints(tmp_path / "case", f"{HEAD}ann,{cells},,,doc-a,1\n")
    assert told in found


def test_a_column_that_no_quality_fills_is_told(tmp_path):
    (found,) = complaints(tmp_path / "case", "subject,relation,object,shares,document,locator\n")
    assert "column shares: unknown column" in found and "did you mean “share”?" in found


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('my:x a kg:Quality .', 'x is a quality that fills no column; expected kg:column and a column of claims.csv, as "x"'),
        ('my:x a kg:Quality ; kg:column "object" .', "x fills the column object, which the ledger has already"),
        ('my:x a kg:Quality ; kg:column "value" .', "x fills the column value, which the ledger has already"),
        ('my:x a kg:Quality ; kg:column "share" .', "share and x both fill the column share"),
        ('my:x a kg:Quality ; kg:column "x" ; kg:qualityOf my:own .', "expected a relation or measure, as my:owns; did you mean “my:owns”?"),
        ('my:x a kg:Quality ; kg:column "x" ; kg:qualityOf my:role .', "expected a relation or measure"),
        ('my:x a kg:Quality ; kg:column "x" ; rdfs:domain my:owns .', "x: rdfs:domain is owns; expected kg:qualityOf my:owns"),
        ('my:x a kg:Quality ; kg:column "x" ; kg:inUnit "%" .', "x has kg:inUnit, and its range is not said; expected xsd:decimal"),
        ('my:x a kg:Quality ; kg:column "x" ; rdfs:range xsd:decimal ; kg:unitFrom my:owns .', "expected a quality, as my:currency"),
        ('my:x a kg:Quality ; kg:column "x" ; rdfs:range xsd:decimal ; kg:unitFrom my:currency ; kg:inUnit "%" .', "expected one of the two"),
        ('my:x a kg:Quality ; kg:column "x" ; rdfs:range xsd:gYear .', "the range of x is gYear"),
        ('my:x a kg:Quality ; kg:column "x" ; kg:adverse true .', "x: kg:adverse stands on a quality"),
        ('my:x a kg:State ; kg:qualityOf my:owns .', "kg:qualityOf stands on a state; expected it on a quality"),
        ('my:x a kg:Quality , kg:Measure ; kg:column "x" .', "declared as two kinds of term"),
    ],
)  # fmt: skip
def test_a_quality_that_is_declared_wrongly_is_told(tmp_path, line, told):
    with pytest.raises(BadCase, match=re.escape(told)):
        _ = written(tmp_path / "case", WORDS["english"], TERMS + line).ontology


def test_names_in_a_column_of_entities_become_ids_and_columns_their_order(tmp_path):
    table = "role,subject,relation,object,through,document,locator\n,Ann,owns,Acme,Bob,doc-a,1\n"
    case = written(tmp_path / "case", WORDS["english"], claims=table)
    plan = fmt.plan(case)
    assert [c.after.decode().splitlines()[1] for c in plan.changes if c.path.stem == "claims"] == [
        ",ann,owns,acme,bob,doc-a,1"
    ]
    (laid,) = (c for c in fmt.tidy(case) if c.path.stem == "claims")
    assert laid.after.decode().startswith("subject,relation,object,role,through,document,locator")


def test_local_numbers_and_dates_are_read_where_declared(tmp_path):
    case = written(
        tmp_path / "case",
        WORDS["english"],
        claims="subject,relation,object,share,signed,document,locator\n"
        'ann,owns,acme,"25,5",1.5.2019,doc-a,1\n',
    )
    toml = case.root / "data" / "case.toml"
    toml.write_text(toml.read_text() + '[tables]\ndecimal = ","\ndates = "d.m.y"\n')
    graph, _ = build(find(case.root))
    (row,) = listing.attestations(graph, Lens(), subject="ann", object="acme")
    assert "share 25.5 %" in row.statement and "signed 2019-05-01" in row.statement


@pytest.mark.parametrize(
    ("value", "told"),
    [("25", "25"), ("-1200.5", "-1,200.5"), ("-2..-1", "-2 to -1"), ("5..", "at least 5"), ("..5", "at most 5")],
)  # fmt: skip
def test_a_number_reads_as_said(value, told):
    assert ranged(value) == told
    assert any(reach(value))


# ---------------------------------------------------------------- the page
def page(world, folder):
    path = folder / "view.html"
    path.write_text(render.render(subgraph.select(world.graph)), "utf-8")
    return path


def test_the_linked_data_of_a_page_says_what_the_graph_says(world, tmp_path):
    text = page(world, tmp_path).read_text("utf-8")
    data = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text, re.DOTALL)[1]
    read = ox.parse(data, format=ox.RdfFormat.JSON_LD)
    told = {
        (q.subject, q.predicate, q.object) for q in read if q.predicate.value.startswith(world.ns)
    }
    asked = f"SELECT ?s ?p ?o WHERE {{ ?s a kg:Attestation ; ?p ?o FILTER(STRSTARTS(STR(?p), '{world.ns}')) }}"
    rows = {(s.value, p.value) for s, p, _ in ask(world.graph, asked).rows}
    assert {(s.value, p.value) for s, p, _ in told} == rows
    share = ox.NamedNode(world.ns + world.share)
    decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    numbers = {o.value for _, p, o in told if p == share and o.datatype.value == decimal}
    assert {"25.0", "80"} < numbers


def test_a_page_shows_them_in_table_and_card(made, tmp_path, browser):
    world = made("german")
    tab = browser.new_page()
    tab.goto(page(world, tmp_path).as_uri() + "#tab=table")
    row = tab.locator("#pane-table tr", has_text="30 to 50 %")
    expect(row).to_contain_text(f"{world.share} 25.0 %")
    row.get_by_role("button", name="Evidence:").click()
    expect(tab.locator("#card h2, #panel h2").first).to_contain_text(
        f"({world.share} 25.0 % / 30 to"
    )
    # The lines of a card, the rows and dots of the timeline say the same of the claim.
    said = f"({world.share} 25.0 % / 30 to"
    tab.goto(tab.url.partition("#")[0] + "#tab=timeline")
    titles = tab.locator("#pane-timeline .dot title").all_text_contents()
    assert any(said in title for title in titles)
    tab.goto(tab.url.partition("#")[0] + "#tab=timeline&sel=n:ann")
    expect(tab.locator("#card .claim .who", has_text=said).first).to_be_visible()
    expect(tab.locator("#pane-timeline .lane title", has_text=said)).to_have_count(1)
    tab.close()


def test_a_quality_that_the_ontology_has_no_more_is_told_by_its_name():
    # As `kg diff` does of a row of an earlier build.
    row = Attestation("a", "c", "asserts", "ann", "doc", "p. 1", qualities=(("gone", "5"),))
    (held,) = in_words(row, Ontology({}, {}, {}, {}), str)
    assert held.sentence == "gone 5"
