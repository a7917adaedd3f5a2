"""The rules of the tables: tests/bad/ holds a case for each way to break one, here are the others."""

from __future__ import annotations

from pathlib import Path

import inprocess
import pytest
from draws import draws
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.case import reader
from kg.case import row as rows_of_tables
from kg.case.claim_rows import CLAIM, FIGURE
from kg.case.folder import find
from kg.case.ids import JUDGEMENT
from kg.case.kept import Kept
from kg.case.row import Problems
from kg.model.errors import BadCase, BadTables
from kg.store.build import build
from kg.store.check import check

BAD = sorted(p for p in (Path(__file__).parent / "bad").iterdir() if p.is_dir())
SAID = "subject,relation,object,document,locator,stance,voice,instead_of,key\n"


@pytest.mark.parametrize("files", BAD, ids=lambda p: p.name)
def test_every_bad_row_is_told_and_nothing_changes(files, spoilt_case, complain, monkeypatch):
    expected = (files / "expected.txt").read_text(encoding="utf-8").splitlines()
    folder = spoilt_case(files)
    monkeypatch.chdir(folder)
    try:
        found = complain(Path())
    except BadCase as error:
        found = str(error).splitlines()
    assert found == expected
    before = {p: p.read_bytes() for p in Path("out").rglob("*") if p.is_file()}
    if not all(line.startswith("warning: ") for line in expected):
        with pytest.raises((BadTables, BadCase)):
            build(find())
        assert {p: p.read_bytes() for p in before} == before


def graph_of(folder):
    return build(find(folder))[0]


def the_claim(folder, relation):
    (claim,) = (c for c in graph_of(folder).ledger.claims() if c.relation == relation)
    return claim


@pytest.mark.parametrize("name", ["claims", "figures", "judgements", "people"])
def test_a_table_that_leads_nowhere_is_told(make_case, complain, name):
    folder = make_case()
    path = folder / "data" / f"{name}.csv"
    path.unlink(missing_ok=True)
    path.symlink_to(folder / "gone.csv")
    assert complain(folder)[0].startswith(
        f"{name}.csv: No such file or directory; expected a UTF-8"
    )


def test_a_cell_of_an_entity_table_is_a_claim_with_its_source(make_case):
    claim = the_claim(make_case(), "locatedIn")
    (a,) = claim.attestations
    assert (claim.subject, claim.object) == ("station-irl01", "place-irl")
    assert (a.document, a.voice, a.locator, a.stance) == (
        "doc-page",
        "doc-page",
        "row 1",
        "asserts",
    )


def test_a_passage_without_voice_speaks_for_author_else_publisher_else_itself(make_case):
    documents = (
        "id,name,authors,publisher\ndoc-page,A page,,body-state\ndoc-report,R,body-ngo,body-state\n"
        "doc-many,Of two,body-ngo | body-state,body-fuzhou\ndoc-bare,Bare,,\n"
    )
    names = ("doc-page", "doc-report", "doc-many", "doc-bare")
    claims = SAID + "".join(f"person-lu,visited,place-irl,{d},p. 1,,,,\n" for d in names)
    claim = the_claim(make_case(documents=documents, claims=claims), "visited")
    voices = {a.document: a.voice for a in claim.attestations}
    assert [voices[d] for d in names] == ["body-state", "body-ngo", "doc-many", "doc-bare"]


def test_a_row_of_another_voice_instead_of_one_is_opposition(make_case):
    claims = (
        f"{SAID}person-lu,visited,place-irl,doc-page,p. 1,,body-ngo,,a\n"
        "body-ngo,owns,body-state,doc-page,p. 2,,body-state,@a,\n"
    )
    claim = the_claim(make_case(claims=claims), "visited")
    assert (claim.standing.status, claim.standing.voices, claim.standing.opposing) == (
        "Contested",
        1,
        1,
    )


def test_a_row_of_the_same_voice_instead_of_one_is_a_correction(make_case):
    claims = (
        f"{SAID}body-ngo,owns,body-state,doc-report,p. 9,,body-ngo,@a,\n"
        "person-lu,visited,place-irl,doc-page,p. 1,,body-ngo,,a\n"
    )
    claim = the_claim(make_case(claims=claims), "visited")
    assert claim.standing[:2] == ("Corrected", "Unsupported")
    assert not claim.attestations[0].living


def test_a_row_can_be_the_object_of_a_row_about_a_row(make_case):
    claims = (
        f"{SAID}body-state,disputes,@b,doc-page,p. 3,,,,\nbody-ngo,disputes,@a,doc-page,p. 2,,,,b\n"
        "person-lu,visited,place-irl,doc-page,p. 1,,,,a\n"
    )
    ledger = graph_of(make_case(claims=claims)).ledger
    (visited,) = (c for c in ledger.claims() if c.relation == "visited")
    (first,) = ledger.claims_about(f"attestation/{visited.attestations[0].id}")
    (second,) = ledger.claims_about(f"attestation/{first.attestations[0].id}")
    assert (first.subject, second.subject) == ("body-ngo", "body-state")


JUDGED = "left,right,kind,reason\n"


def test_same_moves_claims_voices_and_documents_and_keeps_the_names(make_case):
    same = f"{JUDGED}body-ngo,body-state,same,x\ndoc-report,doc-page,same,x\n"
    graph = graph_of(make_case(judgements=same))
    (operates,) = (c for c in graph.ledger.claims() if c.relation == "operates")
    said = {(a.voice, a.document) for a in operates.attestations}
    assert said == {("body-ngo", "doc-report")}
    assert graph.find("The embassy") == "body-ngo"
    assert graph.find("body-state") == "body-ngo"
    assert "body-state" not in {e.id for e in graph.ledger.entities()}


@draws(12)
@given(st.permutations(["b,a", "c,b", "d,b", "e,d"]))
def test_records_held_to_be_one_merge_alike_in_any_order(make_case, pairs):
    people = "id,name\nperson-lu,Lu\na,A\nb,B\nc,C\nd,D\ne,E\nf,F\n"
    judgements = JUDGED + "".join(f"{pair},same,x\n" for pair in [*pairs, "f,e"])
    case = find(make_case(people=people, judgements=judgements))
    known = reader.register(case, Problems())
    assert {known.resolve(name) for name in "abcdef"} == {"c"}


def test_unsure_and_different_merge_nothing(make_case):
    unsure = f"{JUDGED}body-ngo,body-state,unsure,Both write\nbody-ngo,body-fuzhou,different,x\n"
    ledger = graph_of(make_case(judgements=unsure)).ledger
    assert ledger.possibly_same("body-state") == [("body-ngo", "Both write")]
    assert ledger.possibly_same("body-fuzhou") == []


# ------------------------------------------------------------------ any text comes back


TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=60
).filter(str.strip)


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


@draws(15)
@given(st.lists(TEXT, min_size=1, max_size=30))
def test_any_text_comes_back_as_it_was_or_is_refused_by_row_and_column(make_case, texts):
    people = "id,name,name_fr,description\n" + "".join(
        f"p-{i},{quoted(t)},{quoted(t)},{quoted(t)}\n" for i, t in enumerate(texts)
    )
    claims = "subject,relation,object,document,locator,gloss\n" + "".join(
        f"p-{i},visited,place-irl,doc-page,{quoted(t)},{quoted(t)}\n" for i, t in enumerate(texts)
    )
    folder = make_case(people=people, claims=claims)
    found = Problems()
    # However often one character is refused, each of its rows is named.
    patched = pytest.MonkeyPatch()
    patched.setattr(rows_of_tables, "_FIRST", 1000)
    known = reader.register(find(folder), found)
    entities = {e.id: e for e, _ in reader.entities(find(folder), known, found)}
    said = {
        s.subject: s.attestation
        for s in reader.attestations(find(folder), known, found, Kept(known))
    }
    patched.undo()
    bad = [p for p in found.found if not p.warning]
    refused = {(p.file, row): p for p in bad for row in p.rows or (p.row,)}
    for i, text in enumerate(texts):
        if problem := refused.get(("people.csv", i + 2)):
            assert problem.column == "name"
            assert "the character U+" in problem.found
            assert ("claims.csv", i + 2) in refused
            continue
        e, a, wanted = entities[f"p-{i}"], said[f"p-{i}"], text.strip()
        assert (e.name, e.names, e.value("description")) == (wanted, (("fr", wanted),), wanted)
        assert (a.locator, a.gloss) == (wanted, wanted)


WRITABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t"),
    min_size=1,
    max_size=60,
).filter(str.strip)


@draws(6)
@given(st.lists(WRITABLE, min_size=5, max_size=40))
def test_any_text_comes_back_from_ledger_and_store(make_case, texts):
    people = "id,name,aliases,description\n" + "".join(
        f"p-{i},{quoted(t)},{quoted(t)},{quoted(t)}\n" for i, t in enumerate(texts)
    )
    graph = graph_of(make_case(people=people + "person-lu,Lu,,\n"))
    store = inprocess.in_memory(graph.part("store"))
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for i, text in enumerate(texts):
        wanted = text.strip()
        entity = graph.ledger.entity(f"p-{i}")
        assert (entity.name, entity.value("description")) == (wanted, wanted)
        assert entity.aliases == tuple(p.strip() for p in wanted.split(" | ") if p.strip())
        subject = NamedNode(f"{graph.base}p-{i}")
        assert [q.object.value for q in store.quads_for_pattern(subject, label, None)] == [wanted]


CELLS = st.sampled_from(
    [
        *(
            "",
            "person-lu",
            "body-ngo",
            "body-fuzhou",
            "station-irl01",
            "place-irl",
            "doc-page",
            "@k",
            "k",
        ),
        *(
            "visited",
            "operates",
            "stationCount",
            "disputes",
            "nobody",
            "denies",
            "retracts",
            "same",
        ),
        *("2022", "2022-10", "..", "?", "/", "/2022", "2022/2021", "54", "1e5", "-0.50", "x" * 90),
        *(
            "doc-page | body-ngo",
            " | ",
            "10-40",
            "10-40 | 90",
            "<>",
            '""',
            "\\",
            "'",
            "é",
            "\u202e",
        ),
    ]
)
LIKELY = {"subject": "person-lu", "relation": "visited", "object": "place-irl", "locator": "p. 1"}
LIKELY |= {"document": "doc-page", "measure": "stationCount", "value": "54", "left": "body-ngo"}
LIKELY |= {"right": "body-state", "kind": "same", "reason": "x", "id": "p", "name": "P"}


@st.composite
def sheet(draw, columns):
    lines = [",".join(columns)]
    for _ in range(draw(st.integers(1, 4))):
        row = [draw(st.just(LIKELY.get(c, "")) | CELLS) for c in columns]
        lines.append(",".join(map(quoted, row)))
    return "\n".join(lines)


@draws(15)
@given(
    sheet(CLAIM),
    sheet(FIGURE),
    sheet(JUDGEMENT),
    sheet(("id", "name", "class", "url", "published")),
)
def test_any_cells_make_a_graph_or_are_told(make_case, claims, figures, judgements, documents):
    documents += "\ndoc-page,A page,,,\ndoc-report,The report,,,"
    tables = {"claims": claims, "figures": figures, "judgements": judgements}
    case = find(make_case(**tables, documents=documents))
    found = check(case)
    if found.fine:
        assert graph_of(case.root).manifest["counts"]["attestations"] == found.attestations
    else:
        with pytest.raises(BadTables):
            build(case)
