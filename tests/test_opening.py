"""A dossier opens on its point, puts disputes first, and tells what it leaves out."""

from __future__ import annotations

import pytest

from kg.analysis import dossier, dossier_text, opening
from kg.case.folder import find
from kg.model.errors import UsageError
from kg.store.build import build
from kg.text.terminal import coloured

CLAIMS = """\
subject,relation,object,from,to,stance,voice,document,locator,gloss,key
body-fuzhou,operates,station-irl01,2022,,alleges,body-ngo,doc-page,row 1,Listed,d1
body-fuzhou,operates,station-irl01,,,denies,body-state,doc-page,para 2,Calls it wrong,
body-fuzhou,owns,body-state,,,,,doc-report,p. 1,,
body-fuzhou,owns,body-ngo,,,,,doc-report,p. 2,,
body-fuzhou,owns,body-ngo,,,,,doc-page,p. 3,,
body-ngo,owns,body-fuzhou,,,alleges,body-state,doc-report,p. 4,,
"""


@pytest.fixture(scope="module")
def graph(make_case):
    return build(find(make_case(claims=CLAIMS)))[0]


def test_the_point_is_who_says_how_much_and_what_is_disputed(graph):
    told = opening.paragraph(dossier.dossier(graph, "body-fuzhou"))
    assert told.startswith("Five claims about it by three voices in two documents.")
    assert "One is disputed: “Fuzhou police operates Dublin station” (alleged by one voice" in told
    assert "contested (opposed by one voice)" in told
    assert "Two are only alleged, first of all: “" in told
    assert "The newest, known from 2022-12-01 at the earliest: “" in told
    assert "speaks itself on three claims" in opening.paragraph(dossier.dossier(graph, "body-ngo"))
    assert opening.paragraph(dossier.dossier(graph, "place-irl")) != ""
    assert opening.paragraph(dossier.dossier(graph, "person-lu")) == ""


def test_disputes_come_first_and_each_claim_once(graph):
    whole = dossier.dossier(graph, "body-fuzhou")
    titles = [title for title, _ in opening.sections(whole)]
    assert titles == ["Disputed (1)", "→ owns (2)", "← (owns) (1)", "Figures (1)"]
    listed = [c.id for _, claims in opening.sections(whole) for c in claims]
    assert sorted(listed) == sorted(c.id for c in (*whole.claims, *whole.figures))
    owned = dict(opening.sections(whole))["→ owns (2)"]
    assert [c.object for c in owned] == ["body-ngo", "body-state"]


def test_what_is_left_out_is_told(graph):
    whole = dossier.dossier(graph, "body-fuzhou")
    text = dossier_text.text(whole, 80, limit=1)
    assert "… and 1 more" in text
    assert "The embassy" not in text.split("→ owns")[1].split("←")[0]
    assert "more" not in dossier_text.text(whole, 80)
    brief = dossier_text.text(whole, 80, brief=True)
    assert "Five claims" in brief
    assert "→ owns" not in brief
    for told in (dossier_text.markdown(whole), dossier_text.html(whole, "en")):
        assert told.index("Five claims") < told.index("Disputed (1)")


def test_one_relation_alone_is_shown(graph):
    some = dossier.dossier(graph, "body-fuzhou", relation="operates")
    assert [c.relation for c in (*some.claims, *some.figures)] == ["operates"]
    assert not dossier.dossier(graph, "body-fuzhou", relation="Number of stations").claims
    with pytest.raises(UsageError, match="operates"):
        dossier.dossier(graph, "body-fuzhou", relation="operats")


def test_standings_are_coloured_and_texts_are_not(monkeypatch):
    line = "    alleged by one voice in one document, contested (opposed by one voice)\n"
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert coloured(line).count("\x1b[") == 2
    assert coloured("    denied: opposed by one voice, put").count("\x1b[") == 2
    gloss = "A contested election was denied: so the paper says\n"
    assert coloured(gloss) == gloss
    monkeypatch.setenv("NO_COLOR", "1")
    assert coloured(line) == line


def test_a_place_gathers_what_belongs_to_it(shipped):
    ireland = dossier.dossier(shipped, "place-irl")
    assert {"government-irl", "place-dublin"} <= {id_ for id_, _, _ in ireland.members}
    assert {"ministry-foreign-irl", "government-irl"} & {c.subject for c in ireland.gathered}
    text = dossier_text.text(ireland, 100)
    assert "About what belongs to it, and said by it (" in text
    assert "Belongs to it (" in text
    ordered = dossier.dossier(shipped, "place-irl", relation="ordered the closure of")
    assert {c.relation for c in ordered.gathered} == {"orderedClosureOf"}
    assert not {c.id for c in ireland.gathered} & {c.id for c in ireland.claims}


def test_what_is_announced_is_there_and_says_so(shipped):
    canada = dossier.dossier(shipped, "place-can")
    announced = [c for c in canada.gathered if c.standing.basis not in ("Asserted", "Alleged")]
    assert any("announced by" in c.standing.words for c in announced)
