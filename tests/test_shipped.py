"""What the issue of the shipped case promises from outside: its counts, its look-ups, its paths."""

from pathlib import Path

import pytest

from kg.analysis.dossier import dossier
from kg.analysis.paths import Options, find_paths
from kg.model.claims import named
from kg.model.namespaces import PREFIXES
from kg.sparql import query

ROOT = Path(__file__).parent.parent


def ask(graph, sparql):
    answer = query.run(graph.store, sparql, PREFIXES | {"id": graph.base})
    return [tuple(t.value if t else None for t in row) for row in answer.rows]


def test_stations_operated_by_bureaus(shipped):
    sparql = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?b a kg:Bureau ; kg:operates ?s . ?s kg:code ?c }"
    assert ask(shipped, sparql) == [("69",)]


def test_stations_lie_in_38_countries(shipped):
    sparql = "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?s kg:code ?code ; kg:country ?c }"
    assert ask(shipped, sparql) == [("38",)]


def test_stations_by_bureau(shipped):
    sparql = """SELECT ?b (COUNT(DISTINCT ?s) AS ?n)
        WHERE { ?b a kg:Bureau ; kg:operates ?s . ?s kg:code ?c } GROUP BY ?b"""
    found = {b.rpartition("/")[2]: int(n) for b, n in ask(shipped, sparql)}
    assert found == {
        "bureau-fuzhou": 33,
        "bureau-qingtian": 22,
        "bureau-nantong": 9,
        "bureau-lishui": 2,
        "bureau-wenzhou": 2,
        "bureau-laiyang": 1,
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("海外110", "network-stations"),
        ("overseas 110", "network-stations"),
        ("FBI", "agency-fbi"),
        ("magnus fiskesjo", "person-magnus-fiskesjoe"),
        ("irl01", "station-irl01"),
        ("station-irl01", "station-irl01"),
        ("id:station-irl01", "station-irl01"),
        ("https://w3id.org/actors-kg/id/station-irl01", "station-irl01"),
    ],
)
def test_a_name_in_any_script_finds_its_entity(shipped, text, found):
    assert shipped.find(text) == found


def test_a_path_to_the_ministry_names_its_evidence(shipped):
    paths = find_paths(
        shipped,
        shipped.find("Lu Jianwang"),
        shipped.find("Ministry of Public Security"),
        Options(k=1),
    )
    assert [p.nodes for p in paths] == [
        ("person-lu-jianwang", "person-unnamed-mps-official", "ministry-public-security-chn")
    ]
    claims = [c for hop in paths[0].hops for c in hop.claims]
    assert {c.standing.basis for c in claims} == {"Alleged"}
    assert all(a.voice and a.document and a.locator for c in claims for a in c.attestations)


def test_the_critic_disputes_the_report_at_a_place(shipped):
    told = dossier(shipped, shipped.find("Jeremy Daum"))
    disputed = {c.object for c in told.claims if c.relation == "disputes" and c.figure is False}
    assert any(o.startswith("report-110-overseas") for o in disputed)
    opposed = [s for c in told.speaks for s in c.spoken if s.side == "against"]
    assert all(s.locator for s in opposed)
    assert len(opposed) >= 10


def test_the_denial_meets_what_it_denies(shipped):
    sparql = """SELECT ?status ?stance WHERE {
        ?c rdf:subject id:network-stations ; rdf:predicate kg:describedAs ;
           rdf:object id:topic-overseas-police-station ; kg:status ?status .
        ?a kg:about ?c ; kg:voice id:person-mao-ning ; kg:stance ?stance }"""
    assert [(s.rpartition("#")[2], t.rpartition("#")[2]) for s, t in ask(shipped, sparql)] == [
        ("Contested", "denies")
    ]


def test_nobody_is_said_to_be_convicted(shipped):
    labels = ask(
        shipped, "SELECT ?l WHERE { ?t rdfs:label ?l FILTER(CONTAINS(LCASE(?l), 'convict')) }"
    )
    assert labels == []


def test_an_edge_is_there_exactly_where_support_lives(shipped):
    relations = " ".join(f"kg:{name}" for name in shipped.terms.relations)
    sparql = f"SELECT ?s ?r ?o {{ VALUES ?r {{ {relations} }} ?s ?r ?o FILTER(isIRI(?s)) }}"
    base, kg = shipped.base, PREFIXES["kg"]
    edges = {
        (s.removeprefix(base), r.removeprefix(kg), o.removeprefix(base))
        for s, r, o in ask(shipped, sparql)
        if s.startswith(base)
    }
    claims = [c for c in shipped.ledger.claims() if not c.figure]
    # kg:disputes is also the name of a stance, which attestations hold.
    terms = shipped.terms
    wider = {r: [w for w in terms.relations if r in terms.narrower(w)] for r in terms.relations}
    assert edges == {
        (c.subject, relation, named(c.object)[1] or c.object)
        for c in claims
        if c.supported
        for relation in wider[c.relation]
    }
    assert any(not c.supported for c in claims)


def test_every_claim_has_voice_document_locator_and_gloss(shipped):
    missing = [
        a.id
        for claim in shipped.ledger.claims()
        for a in claim.attestations
        if not (a.voice and a.document and a.locator and a.passage and a.digest)
        or (not a.gloss and claim.relation not in ("country", "city"))
    ]
    assert missing == []


def standing(graph, subject, relation, obj):
    sparql = f"""SELECT ?status ?basis WHERE {{ ?c rdf:subject id:{subject} ;
        rdf:predicate kg:{relation} ; rdf:object id:{obj} ; kg:status ?status ; kg:basis ?basis }}"""
    return [tuple(term.rpartition("#")[2] for term in row) for row in ask(graph, sparql)]


@pytest.mark.parametrize(
    ("relation", "topic", "status"),
    [
        ("describedAs", "topic-started-in-pandemic", "Contested"),
        ("usedFor", "topic-covid-help", "Contested"),
        ("usedFor", "topic-services-interrupted-by-pandemic", "Uncontested"),
        ("usedFor", "topic-paperwork-in-pandemic", "Uncontested"),
    ],
)
def test_only_what_was_disputed_of_the_pandemic_is_contested(shipped, relation, topic, status):
    assert standing(shipped, "network-stations", relation, topic) == [(status, "Asserted")]


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("group-most-48-since-2016", "group-48-stations"),
        ("group-most-48-nantong-wenzhou", "group-48-stations"),
        ("group-stations-unknown-to-hosts", "network-stations"),
        ("group-stations-europe", "network-stations"),
        ("group-most-assistance-centres", "group-assistance-centres"),
        ("group-articles-deleted", "group-articles-chinese-domestic"),
    ],
)
def test_what_is_said_of_most_or_some_is_said_of_a_part(shipped, part, whole):
    assert standing(shipped, part, "partOf", whole) == [("Uncontested", "Asserted")]


def test_what_may_be_is_not_entered_as_what_is(shipped):
    sparql = """SELECT DISTINCT ?r WHERE { ?c rdf:subject ?s ; rdf:predicate ?r ;
        rdf:object ?o . ?a kg:about ?c ; kg:voice id:org-ccdi . FILTER(?r = kg:usesMethod) }"""
    assert ask(shipped, sparql) == []
    assert standing(shipped, "network-stations", "usedFor", "topic-tracking-dissidents") == []


def test_titles_of_references_are_claims_of_their_outlets(shipped):
    sparql = """SELECT DISTINCT ?l WHERE { ?a kg:document id:doc-stations-page ; kg:locator ?l ;
        kg:about ?c . FILTER(STRSTARTS(?l, "Reference ")) FILTER NOT EXISTS { ?c rdf:predicate kg:cites } }"""
    named = {int(row[0].split()[1]) for row in ask(shipped, sparql)}
    # 5 is a bare name, 13 is a question, 34 a figure of speech.
    assert set(range(1, 39)) - named == {5, 13, 34}


def test_the_notes_on_the_data_count_right(shipped):
    notes = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    claims = list(shipped.ledger.claims())
    rows = sum(len(claim.attestations) for claim in claims)
    assert f"| all | {rows:,} | {sum(len(c.attestations) for c in claims if c.figure)} |" in notes
    assert f"| all | | {len(claims):,} | {sum(c.figure for c in claims)} |" in notes
    (entities,) = ask(
        shipped, "SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE { ?e a/rdfs:subClassOf* kg:Entity }"
    )
    assert f"{int(entities[0]):,} entities, by class" in notes
