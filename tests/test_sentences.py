"""What sentences must not lose or add: who still says it, the number said, which hops are no ties."""

import pytest

from kg.analysis.paths import Options, find_paths
from kg.case.folder import find
from kg.model.standing import STANCES
from kg.page import request, subgraph
from kg.store.build import build
from kg.text.phrases import SPOKE
from kg.text.sentences import Wording

HEAD = "subject,relation,object,from,stance,voice,said,document,locator\n"
ROWS = (
    "body-fuzhou,operates,station-irl01,,alleges,body-ngo,2022-01,doc-page,row 1\n"
    "body-fuzhou,operates,station-irl01,,retracts,body-ngo,2022-06,doc-page,row 2\n"
    "body-fuzhou,operates,station-irl01,,alleges,body-state,2022-01,doc-page,row 3\n"
    "body-ngo,fought,body-state,2022,,,,doc-page,row 4\n"
)
TERM = (
    'kg:fought a kg:Event ; rdfs:label "fought"@en ; kg:adverse true ;\n'
    "    rdfs:domain kg:Body ; rdfs:range kg:Body .\n"
)


@pytest.fixture(scope="module")
def graph(make_case):
    folder = make_case(claims=HEAD + ROWS)
    with (folder / "ontology" / "terms.ttl").open("a", encoding="utf-8") as file:
        file.write(TERM)
    return build(find(folder))[0]


def claim(graph, relation):
    return next(c for c in graph.ledger.claims() if c.relation == relation)


def test_a_headline_names_nobody_who_took_it_back(graph):
    said = Wording(graph.ledger, graph.terms).standing(claim(graph, "operates"), named=True)
    assert said == "alleged by one voice in one document, uncontested – The embassy"


def test_a_headline_never_gives_those_who_oppose_the_name_of_who_accuses(make_case):
    """“Contested (opposed by one voice) – Ann” reads as if it were Ann who opposes it."""
    rows = (
        "body-fuzhou,operates,station-irl01,alleges,body-ngo,doc-page,p. 1\n"
        "body-fuzhou,operates,station-irl01,denies,body-state,doc-page,p. 2\n"
    )
    head = "subject,relation,object,stance,voice,document,locator\n"
    graph = build(find(make_case(claims=head + rows)))[0]
    said = Wording(graph.ledger, graph.terms).standing(claim(graph, "operates"), named=True)
    assert said == (
        "alleged by one voice in one document, contested (opposed by one voice) – for: The NGO – "
        "against: The embassy"
    )


def test_a_figures_sentence_holds_the_number(graph):
    words, figure = Wording(graph.ledger, graph.terms), claim(graph, "stationCount")
    clause = "the number of stations of Fuzhou police (The world)"
    assert words.claim(figure) == clause
    said = [words.stance(a, figure) for a in figure.attestations]
    assert sorted(text.partition(" that ")[2] for text in said) == [
        f"{clause} is 102",
        f"{clause} is 54",
    ]


def test_a_pages_account_of_a_path_tells_hops_of_opposition(graph):
    found = find_paths(graph, "body-ngo", "body-state", Options())
    (path,) = subgraph.select(graph, request.walked(graph, found)).paths
    assert path.said.startswith("1 hop, 1 of opposition, cost ")
    assert path.hops[0][0].endswith("(a hop of opposition, not a tie)")


def test_after_a_name_a_stance_has_the_one_form_of_one_and_of_several(graph):
    """“Heirs of Ann” is one voice and a plural, “Bayes” is none: nobody can tell by the name."""
    assert [*SPOKE] == [*STANCES]
    words = Wording(graph.ledger, graph.terms)
    words.names["body-ngo"] = "Heirs of Ann"
    held = claim(graph, "operates")
    told = {words.stance(a, held)[:24] for a in held.attestations if a.voice == "body-ngo"}
    assert told == {"Heirs of Ann alleged tha", "Heirs of Ann retracted t"}
