"""What kind of disagreement two rows are, on cases of a few rows each."""

from itertools import count
from pathlib import Path

import pytest
from asking import run

from kg.analysis.conflicts import KINDS, conflicts
from kg.analysis.entry_text import text
from kg.analysis.finding import HARDNESS
from kg.analysis.pair import OPEN
from kg.exchange.handed.content import Content
from kg.exchange.handed.sheets import sheets
from kg.model.errors import NotFound
from kg.store.graph import open_graph
from kg.store.lens import Lens

TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:Body a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "body"@en ; kg:table "bodies" .
kg:Place a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "place"@en ; kg:table "places" .
kg:owns a kg:State ; rdfs:label "owns"@en ; rdfs:domain kg:Body ; rdfs:range kg:Body .
kg:raided a kg:Event ; rdfs:label "raided"@en ; rdfs:domain kg:Body ; rdfs:range kg:Body .
kg:partOf a kg:State ; kg:role kg:PartOf ; rdfs:label "is part of"@en ; rdfs:domain kg:Body ; rdfs:range kg:Body .
kg:shut a kg:Event ; rdfs:label "shut"@en ; rdfs:domain kg:Body ; rdfs:range kg:Body ;
    kg:role kg:Closes .
kg:hasState a kg:State ; rdfs:label "is"@en ; rdfs:domain kg:Body ; rdfs:range kg:Place ;
    kg:closedState "place-closed" .
kg:within a kg:Attribute ; kg:role kg:PartOf ; rdfs:label "within"@en ; kg:column "within" ;
    rdfs:domain kg:Place ; rdfs:range kg:Place .
kg:size a kg:Measure ; rdfs:label "size"@en ; rdfs:domain kg:Body .
"""
TABLES = {
    "bodies": "id,name\n"
    + "".join(f"{b},Body {b.upper()}\n" for b in ("a", "b", "c", "d", "n", "m"))
    + 'comma,"Hall, the old one"\n',
    "places": (
        "id,name,within\nplace-world,World,\nplace-irl,Ireland,place-world\n"
        "place-nld,Netherlands,place-world\nplace-closed,closed,\n"
    ),
    "documents": (
        "id,name,authors,published,version_of\ndoc-x,Document X,,,\ndoc-y,Document Y,,,\n"
        "doc-z,Document Z,,,\nby-two,By two,n | a,,\ndoc-early,Early report,n,2022-09,\ndoc-late,Late report,n,2022-12,\n"
        "work,Work,n,,\nwork-v1,Work one,n,,work\nwork-v2,Work two,n,,work\n"
    ),
}
CLAIMS = "subject,relation,object,from,to,stance,voice,via,said,instead_of,document,locator,key,passage\n"
FIGURES = (
    "subject,measure,value,qualifier,unit,scope,from,to,stance,voice,via,said,instead_of,document,"
    "locator,key\n"
)
NUMBER = {
    "subject": "a",
    "measure": "size",
    "value": "54",
    "scope": "place-world",
    "document": "doc-x",
}
FACT = {"subject": "a", "relation": "raided", "object": "b", "document": "doc-x"}


def table(head, rows, **common):
    names, numbers = head.strip().split(","), count(1)
    lines = [common | {"locator": f"p. {next(numbers)}"} | row for row in rows]
    return head + "".join(",".join(line.get(n, "") for n in names) + "\n" for line in lines)


def built(folder: Path, claims=(), figures=(), judgements=(), terms=""):
    """The graph of a case of these rows, with further terms or rules."""
    for part in ("data", "ontology"):
        (folder / part).mkdir(parents=True)
    (folder / "ontology" / "terms.ttl").write_text(TERMS + terms, encoding="utf-8")
    (folder / "data" / "case.toml").write_text('title = "T"\nbase = "https://example.org/id/"\n')
    tables = TABLES | {
        "claims": table(CLAIMS, claims, **FACT),
        "figures": table(FIGURES, figures, **NUMBER),
        "judgements": "left,right,kind,reason,by,date\n"
        + "".join(f"{one},{other},unsure,Spelt alike,me,2026-01-01\n" for one, other in judgements),
    }
    for name, content in tables.items():
        (folder / "data" / f"{name}.csv").write_text(content, encoding="utf-8")
    assert run("build", folder) == 0
    return open_graph(folder / "out")


def types(graph, **options):
    return [c.kind for c in conflicts(graph, Lens(), **options)]


N, M = {"voice": "n"}, {"voice": "m", "document": "doc-y"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {"value": "60"}, "genuine"),
        ({}, {"value": "54.0"}, None),
        ({}, {"value": "60", "scope": "place-irl"}, None),
        ({"scope": "place-nld"}, {"value": "60", "scope": "place-irl"}, None),
        ({}, {"value": "60", "scope": ""}, None),
        ({"unit": "stations"}, {"value": "60", "unit": "persons"}, "different-definition"),
        ({"unit": "stations"}, {"unit": "persons"}, "different-definition"),
        ({"unit": "Persons"}, {"unit": "person"}, None),
        ({"value": "5", "unit": "km"}, {"value": "5000", "unit": "metres"}, None),
        ({"value": "5", "unit": "km"}, {"value": "5", "unit": "miles"}, "genuine"),
        ({"value": "5", "unit": "USD"}, {"value": "5", "unit": "US dollars"}, None),
        ({"value": "5", "unit": "USD"}, {"value": "5", "unit": "EUR"}, "different-definition"),
        ({"value": "2.9", "unit": "million EUR"}, {"value": "4200000", "unit": "€"}, "genuine"),
        ({"qualifier": "at-least", "value": "80"}, {"value": "120"}, "qualifier"),
        ({"qualifier": "at-least", "value": "120"}, {"value": "80"}, "genuine"),
        ({"qualifier": "more-than", "value": "80"}, {"value": "120"}, "qualifier"),
        ({"qualifier": "less-than", "value": "80"}, {"value": "120"}, "genuine"),
        ({"qualifier": "about", "value": "100"}, {"value": "105"}, "qualifier"),
        ({"qualifier": "more-than"}, {}, "genuine"),
        ({"qualifier": "more-than"}, {"qualifier": "less-than"}, "genuine"),
        ({"qualifier": "more-than"}, {"qualifier": "at-least"}, None),
        ({"qualifier": "more-than"}, {"voice": "n"}, None),
        (
            {"from": "2020", "to": "2021"},
            {"value": "60", "from": "2022", "to": "2023"},
            "different-period",
        ),
        ({"from": "2020", "to": "2021"}, {"value": "60", "from": "2021", "to": "2023"}, "genuine"),
        ({"said": "2022-01"}, {"value": "60", "said": "2022-03"}, "different-period"),
        ({"said": "2022-03"}, {"value": "60", "said": "2022-01"}, "genuine"),
        (
            {"said": "2022-01", "from": "2020", "to": "2021"},
            {"value": "60", "said": "2022-03", "from": "2020", "to": "2021"},
            "genuine",
        ),
        ({"said": "2022-01"}, {"value": "60", "said": "2022-03", "voice": "n"}, "later-revision"),
        ({"via": "doc-early"}, {"value": "40", "via": "doc-late", "voice": "n"}, "later-revision"),
        ({"via": "work-v1"}, {"value": "40", "via": "work-v2", "voice": "n"}, "later-revision"),
        ({}, {"value": "60", "voice": "n"}, "genuine"),
    ],
)
def test_two_numbers(tmp_path, one, other, expected):
    graph = built(tmp_path, figures=[N | one, M | other])
    assert types(graph, all=True) == ([expected] if expected else [])
    assert types(graph) == ([expected] if expected in OPEN else [])


def test_a_revision_has_the_later_number_on_the_right(tmp_path):
    graph = built(
        tmp_path, figures=[N | {"value": "102", "said": "2022-01"}, N | {"said": "2022-12"}]
    )
    (found,) = conflicts(graph, Lens(), all=True)
    assert "102" in found.sides[0].said[0]
    assert "54" in found.sides[1].said[0]


def test_a_late_document_does_not_make_an_old_number_new(tmp_path):
    rows = [
        N | {"value": "102", "via": "doc-late"},
        N | {"via": "doc-early", "document": "doc-y"},
        N | {"document": "doc-late", "locator": "p. 9"},
    ]
    (found,) = conflicts(built(tmp_path, figures=rows), Lens(), all=True)
    assert (found.kind, "102" in found.sides[1].said[0]) == ("later-revision", True)


def test_one_digit_of_a_date_is_perhaps_a_misprint_whatever_the_scope(tmp_path):
    dates = {"value": "230000", "from": "2021-04", "to": "2022-07"}
    rows = [N | dates, M | dates | {"scope": "place-irl"}]
    rows.append({"document": "doc-z"} | dates | {"from": "2001-04", "scope": "place-nld"})
    (found,) = conflicts(built(tmp_path, figures=rows), Lens())
    assert found.kind == "misprint"
    assert found.sides[0].documents == ("doc-z",)
    assert found.sides[1].documents == ("doc-x", "doc-y")
    assert "Perhaps a misprint" in found.reason


def test_one_voice_in_two_documents_may_be_misprinted_in_one(tmp_path):
    dates = {"value": "230000", "from": "2021-04", "to": "2022-07"}
    rows = [N | dates, N | dates | {"from": "2001-04", "document": "doc-y"}]
    (found,) = conflicts(built(tmp_path, figures=rows), Lens())
    assert (found.kind, found.sides[0].documents) == ("misprint", ("doc-y",))


def test_three_dates_are_three_pairs(tmp_path):
    dates = {"value": "230000", "to": "2022-07"}
    rows = [N | dates | {"from": f"20{y}1-04", "locator": y} for y in "012"]
    found = conflicts(built(tmp_path, figures=rows), Lens())
    assert [[len(side.said) for side in c.sides] for c in found] == [[1, 1]] * 3


@pytest.mark.parametrize(
    "other", [{"from": "2012-05"}, {"from": "2001-04", "to": "2023-07"}, {"from": "2001"}]
)
def test_another_date_is_no_misprint(tmp_path, other):
    dates = {"value": "230000", "from": "2021-04", "to": "2022-07"}
    assert types(built(tmp_path, figures=[N | dates, M | dates | other]), all=True) == []


def test_small_numbers_are_equal_by_chance(tmp_path):
    dates = {"value": "2", "from": "2021-04", "to": "2022-07"}
    graph = built(tmp_path, figures=[N | dates, M | dates | {"from": "2001-04"}])
    assert types(graph, all=True) == []


def test_who_counts_a_part_has_not_disagreed(tmp_path):
    graph = built(
        tmp_path,
        claims=[N | {"subject": "c", "relation": "partOf", "object": "a"}],
        figures=[N, M | {"subject": "c", "value": "9"}, M | {"subject": "d", "scope": ""}],
    )
    assert types(graph, all=True) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"stance": "alleges"}, {"stance": "denies"}, "denial"),
        ({}, {"stance": "disputes"}, "denial"),
        ({"stance": "announces"}, {"stance": "denies"}, "denial"),
        ({"from": "2019"}, {"stance": "denies"}, "denial"),
        ({"from": "2019"}, {"stance": "denies", "from": "2022"}, "different-period"),
        ({"stance": "denies"}, {"stance": "denies"}, None),
        ({"said": "2019"}, {"stance": "denies", "said": "2022", "voice": "n"}, "later-revision"),
        ({"said": "2019"}, {"stance": "retracts", "said": "2022", "voice": "n"}, "later-revision"),
        ({"said": "2019"}, {"stance": "alleges", "said": "2022", "voice": "n"}, None),
    ],
)
def test_a_stance_against_another(tmp_path, one, other, expected):
    graph = built(tmp_path, claims=[N | one, M | other])
    assert types(graph, all=True) == ([expected] if expected else [])


def test_a_denial_says_who_says_what_where(tmp_path):
    graph = built(tmp_path, claims=[N | {"stance": "alleges"}, M | {"stance": "denies"}])
    (found,) = conflicts(graph, Lens())
    assert found.question == "Is it so that Body A raided Body B?"
    assert found.reason == "Put forward by one voice, denied by one voice."
    assert found.sides[0].said == ("Body N alleged that Body A raided Body B — “Document X”, p. 1",)
    assert "contested" in found.standing[0]
    assert [side.voices for side in found.sides] == [("n",), ("m",)]
    assert text([found], 80).splitlines() == [
        f"{found.id} Is it so that Body A raided Body B?",
        "  < Body N alleged it — “Document X”, p. 1",
        "  > Body M denied it — “Document Y”, p. 2",
        "  conflict, denial: Put forward by one voice, denied by one voice.",
    ]


def test_each_side_of_an_entry_has_its_name(tmp_path):
    numbers = [N | {"value": "54"}, M | {"value": "17"}]
    graph = built(tmp_path, claims=[N, M | {"stance": "denies"}], figures=numbers)
    found = {e.kind: e for e in conflicts(graph, Lens())}
    assert [(s.side, s.voices) for s in found["denial"].sides] == [
        ("for", ("n",)),
        ("against", ("m",)),
    ]
    assert [(s.side, s.voices) for s in found["genuine"].sides] == [("1", ("m",)), ("2", ("n",))]
    sheet = next(s for s in sheets(Content(graph)) if s.name == "conflicts")
    at = sheet.columns.index("side")
    assert [row[at] for row in sheet.rows] == ["for", "against", "1", "2"]


def test_what_another_voice_puts_in_its_place_opposes_it(tmp_path):
    rows = [N | {"key": "k"}, M | {"object": "c", "instead_of": "@k"}]
    (found,) = conflicts(built(tmp_path, claims=rows), Lens())
    assert found.kind == "denial"
    assert "Body M asserted that Body A raided Body C" in found.sides[1].said[0]


def test_what_the_same_voice_puts_in_its_place_is_a_revision(tmp_path):
    rows = [N | {"key": "k"}, N | {"object": "c", "instead_of": "@k", "document": "doc-y"}]
    graph = built(tmp_path, claims=rows)
    assert types(graph) == []
    assert types(graph, all=True) == ["later-revision"]


def test_who_denies_one_number_has_said_nothing_of_another(tmp_path):
    graph = built(tmp_path, figures=[N, M | {"value": "102", "stance": "denies"}])
    assert types(graph, all=True) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"from": "2022-10"}, {"from": "2022-12/2023-01"}, ["genuine"]),
        ({"from": "2022-10"}, {"from": "2022-10/2022-12"}, []),
        ({"from": "2022-10/"}, {"from": "2023-01"}, []),
        ({"from": "2022-10"}, {}, []),
        ({"relation": "owns", "from": "2016"}, {"relation": "owns", "from": "2022"}, []),
    ],
)
def test_two_dates(tmp_path, one, other, expected):
    assert types(built(tmp_path, claims=[N | one, M | other])) == expected


@pytest.mark.parametrize(
    ("voice", "document", "date", "expected"),
    [
        ("n", "doc-x", "2023-05-02", "different-period"),
        ("n", "doc-y", "2013-05-01", "misprint"),
        ("n", "doc-y", "2021-07-09", "genuine"),
        ("m", "doc-y", "2013-05-01", "genuine"),
    ],
)
def test_two_dates_of_one_voice(tmp_path, voice, document, date, expected):
    row = {"voice": voice, "document": document, "from": date}
    graph = built(tmp_path, claims=[N | {"from": "2023-05-01"}, row])
    assert types(graph, all=True) == [expected]


def test_a_later_date_of_the_same_voice_stands_on_the_right(tmp_path):
    first = N | {"from": "2023-05", "said": "2023-06"}
    second = N | {"from": "2022-11-09", "said": "2023-08", "document": "doc-y"}
    (found,) = conflicts(built(tmp_path, claims=[first, second]), Lens(), all=True)
    assert found.kind == "later-revision"
    assert "2022-11-09" in found.sides[1].said[0]


def test_one_thing_is_closed_once(tmp_path):
    state = {"relation": "hasState", "subject": "b", "object": "place-closed", "from": "2023-01"}
    graph = built(tmp_path, claims=[N | {"relation": "shut", "from": "2022-10"}, M | state])
    (found,) = conflicts(graph, Lens())
    assert (found.kind, found.hard, found.sides[0].voices) == ("genuine", "conflict", ("n",))
    assert len({claim for side in found.sides for claim in side.claims}) == 2


def test_across_records_that_may_be_one(tmp_path):
    rows = [N | {"from": "2022-10"}, M | {"object": "c", "from": "2023-01"}]
    rows += [N | {"relation": "owns"}, M | {"relation": "owns", "object": "c", "stance": "denies"}]
    graph = built(tmp_path, claims=rows, judgements=[("b", "c")])
    found = conflicts(graph, Lens())
    assert [(c.kind, c.across) for c in found] == [("denial", "b | c"), ("genuine", "b | c")]
    assert all("unsure: Spelt alike." in c.reason and c.hard == "tension" for c in found)


def test_without_the_judgement_they_have_nothing_to_do_with_each_other(tmp_path):
    rows = [N | {"from": "2022-10"}, M | {"object": "c", "from": "2023-01"}]
    assert types(built(tmp_path, claims=rows), all=True) == []


def test_a_lens_hides_what_it_hides(tmp_path):
    graph = built(tmp_path, claims=[N, M | {"stance": "denies"}])
    assert conflicts(graph, Lens(documents=("doc-x",))) == []


def test_the_entity_may_be_an_end_a_voice_or_a_document(tmp_path):
    rows = [
        N,
        M | {"stance": "denies"},
        N | {"object": "c"},
        M | {"object": "c", "stance": "denies"},
    ]
    graph = built(tmp_path, claims=rows)
    assert len(conflicts(graph, Lens(), entity="b")) == 1
    assert len(conflicts(graph, Lens(), entity="m")) == 2
    assert len(conflicts(graph, Lens(), entity="doc-y")) == 2
    assert conflicts(graph, Lens(), entity="d") == []
    with pytest.raises(NotFound):
        conflicts(graph, Lens(), entity="nobody")


# ---------------------------------------------------------------- the shipped case
def test_the_shipped_case_has_the_known_disagreements(shipped):
    found = conflicts(shipped, Lens())
    (date,) = (c for c in found if c.kind == "misprint")
    assert "2001-04" in date.sides[0].said[0]
    assert all("2021-04" in sentence for sentence in date.sides[1].said)
    raid, total = sorted((c for c in found if c.kind == "genuine"), key=lambda c: not c.across)
    assert "54 or more than 54 stations" in total.question
    assert raid.across == "station-manhattan-changle | station-manhattan-unnamed"
    assert any("person-mao-ning" in c.sides[1].voices for c in found if c.kind == "denial")
    assert all(c.question.endswith("?") and c.reason.endswith(".") for c in found)
    assert all(len(c.sides) > 1 for c in found)
    rules = {rule for c in found for rule in c.rules}
    named = {
        r.name for r in shipped.terms.rules if r.kind in ("rulesOut", "exclusive", "superlative")
    }
    # A country and a date are told alike by all; what is found of a date has its kind.
    assert named - rules <= {"oneCountry", "raidedOnce"}


def test_no_entry_takes_more_than_five_lines(shipped):
    found = conflicts(shipped, Lens(), all=True)
    blocks = text(found, 100).split("\n\n")
    assert len(blocks) == len(found)
    assert max(len(block.strip().splitlines()) for block in blocks) <= 5
    assert len({c.id for c in found}) == len(found)


def test_54_and_102_stations_are_explained(shipped):
    found = conflicts(shipped, Lens(), all=True)
    both = [c for c in found if "54 or" in c.question and "102 stations" in c.question]
    assert {c.kind for c in both} == {"genuine", "count"}


def test_around_an_entity_is_the_same_as_everywhere(shipped):
    every = conflicts(shipped, Lens())
    for entity in ("person-mao-ning", "station-manhattan-unnamed", "network-repatriation"):
        some = conflicts(shipped, Lens(), entity=entity)
        assert some
        assert [c for c in every if c in some] == some


def test_order_and_kinds(shipped):
    found = conflicts(shipped, Lens(), all=True)
    ranks = [HARDNESS.index(c.hard) for c in found]
    assert ranks == sorted(ranks)
    assert {c.kind for c in found} <= {*KINDS}
    assert found == conflicts(shipped, Lens(), all=True)


def test_three_numbers_each_put_in_the_place_of_the_last_are_one_entry(tmp_path):
    rows = [
        {"voice": "n", "value": "50", "unit": "persons"},
        {"voice": "m", "value": "60", "unit": "persons", "document": "doc-y"},
        {"voice": "c", "value": "25..30", "unit": "persons", "document": "doc-z"},
    ]
    rows = [row | {"key": key} for row, key in zip(rows, ("one", "two", "three"), strict=True)]
    rows[1]["instead_of"], rows[2]["instead_of"] = "@one", "@two"
    (found,) = conflicts(built(tmp_path, figures=rows), Lens())
    assert (found.kind, found.question) == (
        "genuine",
        "The size of Body A (World): 25 to 30 or 50 or 60 persons?",
    )
    assert [side.voices for side in found.sides] == [("c",), ("n",), ("m",)]


def test_a_long_series_is_no_quarrel_and_many_numbers_for_one_thing_are_one(tmp_path):
    many = [
        N | {"value": str(n), "locator": str(n), "document": ("doc-x", "doc-y")[n % 2]}
        for n in range(60)
    ]
    days = [row | {"from": f"2{n:03}", "to": f"2{n:03}"} for n, row in enumerate(many)]
    assert conflicts(built(tmp_path / "days", figures=days), Lens()) == []
    (found,) = conflicts(built(tmp_path / "many", figures=many), Lens())
    assert (found.kind, len(found.sides)) == ("genuine", 60)


def test_what_is_put_in_the_place_of_a_number_that_it_may_equal_opposes_that_number(tmp_path):
    rows = [
        N | {"value": "50", "qualifier": "at-least", "key": "one"},
        M | {"value": "60", "instead_of": "@one"},
        {"voice": "c", "value": "60", "document": "doc-z"},
    ]
    (found,) = conflicts(built(tmp_path, figures=rows), Lens())
    assert found.kind == "denial"
    assert [side.voices for side in found.sides] == [("n",), ("m",)]


def test_a_printed_id_of_an_entry_is_opened_by_show(built_case, kg):
    mark = kg(built_case, "conflicts").stdout.split()[0]
    shown = kg(built_case, "show", mark)
    assert (shown.returncode, shown.stdout) == (
        0,
        kg(built_case, "conflicts", "--explain", mark).stdout,
    )
    assert kg(built_case, "show", mark, "--format", "html").returncode == 2
    assert kg(built_case, "show", "c-0000000").returncode == 1


def test_a_third_number_stands_beside_two_that_nothing_explains(tmp_path):
    """It would be explained by itself: its document came later, and a count may have grown."""
    said = {"scope": "", "value": "41"}
    later = {"scope": "", "value": "60", "qualifier": "at-least", "document": "doc-z"}
    rows = [N | said, M | {"scope": "", "value": "17"}, {"voice": "d"} | later]
    graph = built(tmp_path, figures=rows)
    (found,) = conflicts(graph, Lens())
    assert len(found.sides) == 3 and found.question.endswith("17 or 41 or at least 60?")


def test_who_rejects_a_denial_stands_with_those_who_put_the_claim_forward(tmp_path):
    terms = (
        'kg:rejects a kg:Event ; kg:role kg:ObjectsTo ; rdfs:label "rejects"@en ;\n'
        "    kg:acceptsAttestation true ; rdfs:domain kg:Body ; rdfs:range kg:Entity .\n"
    )
    rejects = {"subject": "n", "relation": "rejects", "object": "@no"}
    rows = [N, M | {"stance": "denies", "key": "no"}, N | rejects | {"document": "doc-z"}]
    (found,) = conflicts(built(tmp_path, claims=rows, terms=terms), Lens())
    assert [side.voices for side in found.sides] == [("n",), ("m",)]
    assert [side.short.partition(" — ")[0] for side in found.sides] == [
        "Body N asserted it",
        "Body M denied it",
    ]


def test_an_entry_on_a_denial_alone_tells_who_rejects_it_and_who_denies(tmp_path):
    terms = (
        'kg:rejects a kg:Event ; kg:role kg:ObjectsTo ; rdfs:label "rejects"@en ;\n'
        "    kg:acceptsAttestation true ; rdfs:domain kg:Body ; rdfs:range kg:Entity .\n"
    )
    rejects = {"subject": "n", "relation": "rejects", "object": "@no", "document": "doc-z"}
    rows = [M | {"stance": "denies", "key": "no"}, rejects]
    (found,) = conflicts(built(tmp_path, claims=rows, terms=terms), Lens())
    assert found.question == "Does Body M’s denial that Body A raided Body B hold?"
    assert [side.short.partition(" — ")[0] for side in found.sides] == [
        "the document asserted that Body N rejects it",
        "Body M denied it",
    ]
