"""What sentences must not lose or add: who still says it, the number said, which hops are no ties."""

import pytest

from kg.analysis.dossier import dossier
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


def test_a_headline_names_who_puts_something_else_in_its_place(make_case):
    rows = (
        "body-fuzhou,operates,station-irl01,alleges,body-ngo,,doc-page,p. 1,said\n"
        "body-ngo,operates,station-irl01,asserts,body-state,@said,doc-page,p. 2,\n"
    )
    head = "subject,relation,object,stance,voice,instead_of,document,locator,key\n"
    graph = build(find(make_case(claims=head + rows)))[0]
    accused = next(c for c in graph.ledger.claims() if c.subject == "body-fuzhou" and c.object)
    said = Wording(graph.ledger, graph.terms).standing(accused, named=True)
    assert said.endswith("(opposed by one voice) – for: The NGO – against: The embassy")


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


def test_a_statement_that_is_replaced_is_named_with_its_number(make_case):
    head = "subject,measure,value,qualifier,unit,instead_of,voice,document,locator,key\n"
    rows = (
        "body-fuzhou,stationCount,102,at-least,houses,,body-ngo,doc-page,p. 1,one\n"
        "body-fuzhou,stationCount,54,,houses,@one,body-state,doc-page,p. 2,\n"
    )
    graph = build(find(make_case(figures=head + rows)))[0]
    words, figure = Wording(graph.ledger, graph.terms), claim(graph, "stationCount")
    (said,) = (words.stance(a, figure) for a in figure.attestations if a.instead_of)
    assert said.endswith(
        "instead of The NGO’s statement that the number of stations of Fuzhou police is "
        "at least 102 houses"
    )


OWN_WORDS = (
    "subject,relation,object,from,stance,voice,instead_of,document,locator,gloss,key\n"
    "body-fuzhou,operates,station-irl01,2019,alleges,body-ngo,,doc-page,p. 1,,said\n"
    "body-fuzhou,operates,station-irl01,2021,denies,body-state,,doc-page,p. 2,,no\n"
    "body-fuzhou,operates,station-irl01,2018,asserts,body-fuzhou,,doc-page,p. 3,,old\n"
    "body-fuzhou,operates,station-irl01,,retracts,body-fuzhou,,doc-page,p. 4,,\n"
    "body-ngo,disputes,@no,,denies,body-ngo,,doc-page,p. 5,Let it stand,\n"
)


def test_a_day_that_only_a_denial_names_is_told_as_the_denials(make_case):
    graph = build(find(make_case(claims=OWN_WORDS)))[0]
    moments = [
        (p, said) for _, p, said in dossier(graph, "station-irl01").timeline if "oper" in said
    ]
    assert [(p, said.partition(" (")[0]) for p, said in moments] == [
        ("since 2019", "Fuzhou police operates Dublin station"),
        (
            "since 2021",
            "The embassy denied that Fuzhou police operates Dublin station, since 2021"
            " — “A page”, p. 2",
        ),
    ]


def test_a_remark_that_is_itself_denied_is_told_as_denied(make_case):
    graph = build(find(make_case(claims=OWN_WORDS)))[0]
    told = next(t for t in dossier(graph, "station-irl01").claims if t.relation == "operates")
    (remark,) = (r for s in told.spoken if s.stance == "denies" for r in s.remarks)
    assert remark == "The NGO denied that The NGO disputes it (“A page”, p. 5): Let it stand"
