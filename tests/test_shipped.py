"""What the issue of the shipped case promises from outside: its counts, its look-ups, its paths."""

import pytest

from kg.analysis.dossier import dossier
from kg.analysis.paths import Options, find_paths
from kg.model.namespaces import PREFIXES
from kg.sparql import query


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
    assert edges == {(c.subject, c.relation, c.object) for c in claims if c.supported}
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
