"""Two builds of a case: everything that can change an answer is named, and nothing else."""

import pytest

from kg.analysis.diff import diff, text
from kg.case.folder import find
from kg.model.errors import OutOfBounds
from kg.store.build import build

ROWS = (
    "subject,relation,object,from,stance,voice,said,document,locator,gloss,quote,passage,passage_digest\n"
    "body-fuzhou,operates,station-irl01,2022,alleges,body-ngo,,doc-page,row 1,Listed,It runs it,10-40,sha256:{}\n"
).format("a" * 32)
JUDGED = "kind,left,right,reason,by,date\nunsure,body-ngo,body-state,look alike,,\n"


@pytest.fixture(scope="module")
def small(make_case):
    folder = make_case(claims=ROWS, judgements=JUDGED)
    return folder, build(find(folder))[0]


def changed(small, make_case, path, old, new):
    """What differs once a text in one file of the case is another one."""
    folder = make_case(claims=ROWS, judgements=JUDGED)
    file = folder / path
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    return diff(small[1], build(find(folder))[0])


@pytest.mark.parametrize(
    ("path", "old", "new", "thing", "before", "after"),
    [
        ("data/claims.csv", "It runs it", "It ran it", "quote", "It runs it", "It ran it"),
        ("data/claims.csv", "Listed", "In a list", "gloss", "Listed", "In a list"),
        ("data/claims.csv", "a" * 32, "b" * 32, "digest", "sha256:aaa", "sha256:bbb"),
        ("data/claims.csv", "10-40", "10-41", "attestation", "Listed", ""),
        ("data/claims.csv", "row 1", "row 2", "attestation", "Listed", ""),
        ("data/claims.csv", "2022,alleges", "2023,alleges", "standing", "2022", "2023"),
        ("data/documents.csv", "2022-12", "2022-11", "day", "2022-12-01", "2022-11-01"),
        ("data/documents.csv", "2022-12", "2022-11", "entity", "2022-12", "2022-11"),
        ("data/judgements.csv", "look alike", "sound alike", "judgement", "look", "sound"),
        ("data/judgements.csv", "unsure", "different", "judgement", "unsure", "different"),
        ("data/people.csv", "Harry Lu", "Larry Lu", "entity", "Harry", "Larry"),
        ("data/places.csv", "53.35", "53.36", "entity", "53.35", "53.36"),
        ("ontology/terms.ttl", '"visited"@en', '"saw"@en', "term", '"visited"@en', '"saw"@en'),
        ("ontology/terms.ttl", "kg:walked false", "kg:walked true", "term", "false", "true"),
        ("ontology/terms.ttl", '"owns"@en ;', '"owns"@en ; kg:adverse true ;', "term", "", "adv"),
        (
            "ontology/terms.ttl",
            "kg:disputes a",
            "kg:owns rdfs:seeAlso <a:b> . kg:disputes a",
            "term",
            "",
            "seeAlso",
        ),
        ("data/case.toml", "A case of ten rows", "Another", "case", "A case", "Another"),
        ("data/case.toml", "example.org/id", "example.org/x", "case", "/id/", "/x/"),
        ("data/case.toml", "base", 'licence = "CC0"\nbase', "case", "", "CC0"),
    ],
)
def test_what_changes_an_answer_is_named(small, make_case, path, old, new, thing, before, after):
    found = changed(small, make_case, path, old, new)
    hits = [c for c in found if c.thing == thing]
    assert hits, found
    assert any(before in c.before for c in hits) and any(after in c.after for c in hits), hits
    assert text(found, 80)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/people.csv", "Harry Lu\n", "Harry Lu\n\n"),
        ("ontology/terms.ttl", "kg:Person a", "# a note\nkg:Person a"),
        ("data/case.toml", "base", "\nbase"),
    ],
)
def test_what_changes_none_is_not(small, make_case, path, old, new):
    assert changed(small, make_case, path, old, new) == []


def test_a_row_and_a_judgement_that_come_and_go(small, make_case):
    folder = make_case(claims=ROWS)
    without = build(find(folder))[0]
    for old, new, change in ((small[1], without, "removed"), (without, small[1], "added")):
        (found,) = diff(old, new)
        assert (found.change, found.thing) == (change, "judgement")
        assert found.sentence == "the judgement on body-ngo and body-state"


def test_a_clock_that_cannot_be_met(small):
    with pytest.raises(OutOfBounds, match=r"stopped after 1e-09 s, at record 1; raise timeout"):
        diff(small[1], small[1], seconds=1e-9)


def test_it_says_how_far_it_is_and_stops_at_a_limit(small, make_case, monkeypatch):
    monkeypatch.setattr("kg.analysis.diff._EVERY", 0)
    told = []
    assert diff(small[1], small[1], progress=told.append) == []
    assert told[0] == "1 records compared"
    other = build(find(make_case()))[0]
    assert len(diff(small[1], other)) > 2
    assert diff(small[1], other, limit=2) == diff(small[1], other)[:2]


def test_what_nothing_dated_before_is_said_so(small, make_case):
    found = changed(small, make_case, "data/claims.csv", "station-irl01,2022,", "station-irl01,,")
    assert [c.after for c in found if c.thing == "standing"] == ["nothing dates it"]
