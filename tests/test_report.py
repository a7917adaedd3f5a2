"""A case, an actor or a quarrel as a document: every claim once, both sides, nothing that is not told."""

from __future__ import annotations

import io
import re

import docx
import pytest
from asking import run

import kg
from kg.analysis.conflicts import conflicts
from kg.exchange.handed.content import Content
from kg.exchange.report import compose, html, markdown
from kg.exchange.report import docx as word
from kg.exchange.report.document import checked
from kg.model.errors import NotFound, UsageError
from kg.store.graph import open_graph
from kg.store.lens import Lens, asked


@pytest.fixture(scope="module")
def graph(built_case):
    return open_graph(built_case / "out")


@pytest.fixture(scope="module")
def whole(graph):
    return compose.Composer(Content(graph)).whole()


def claims(report):
    return [claim for section in report.sections for claim in section.claims]


def test_every_claim_is_told_once_with_every_attestation(graph, whole):
    held = {c.id: c for c in graph.ledger.claims()}
    told = claims(whole)
    assert sorted(c.id for c in told) == sorted(held)
    assert sorted(c.number for c in told) == list(range(1, len(held) + 1))
    for c in told:
        assert len(c.passages) >= len(held[c.id].attestations)
    sides = {p.side for c in told for p in c.passages}
    assert {"for", "against"} <= sides


def test_every_sentence_rests_on_claims_that_are_told(graph, whole):
    checked(whole)
    assert any(point.claims for section in whole.sections for point in section.points)
    without = whole._replace(sections=[s._replace(claims=()) for s in whole.sections])
    with pytest.raises(ValueError, match="which is not told"):
        checked(without)


def test_a_figure_is_told_with_its_stance_once(whole):
    told = [p.said for c in claims(whole) for p in c.passages]
    assert any(re.search(r" asserted [\w ]*\d", said) for said in told)
    assert not [said for said in told if re.search(r" (asserted|denied|alleged) \1 ", said)]


def test_every_source_is_listed_with_what_is_known_of_it(graph, whole):
    named = {p.source for c in claims(whole) for p in c.passages}
    assert {s.number for s in whole.sources} == named
    documents = {a.document for c in graph.ledger.claims() for a in c.attestations}
    assert {s.id for s in whole.sources} == documents


def test_a_lens_is_said_and_chooses(graph):
    seen = compose.Composer(Content(graph, asked(graph, status=["contested"]))).whole()
    assert "Seen through: status: contested" in seen.about
    assert claims(seen) and all("contested" in c.standing for c in claims(seen))


def test_where_nothing_is_claimed_a_report_says_so(graph):
    seen = compose.Composer(Content(graph, asked(graph, status=["withdrawn"]))).whole()
    assert not claims(seen)
    assert [p.text for s in seen.sections for p in s.points] == ["No claims."]


def test_an_entity_and_an_entry_have_reports_of_their_own(graph):
    one = next(c for c in graph.ledger.claims() if c.standing.status == "Contested")
    report = compose.Composer(Content(graph)).of_entity(one.subject)
    assert report.title == graph.ledger.name(one.subject)
    assert one.id in {c.id for c in claims(report)}
    entries = conflicts(graph, Lens(), all=True)
    entry = compose.found(entries, entries[0].id[:5])
    quarrel = compose.Composer(Content(graph)).of_dispute(entry)
    assert quarrel.title == entry.question
    assert {c.id for c in claims(quarrel)} == {c for side in entry.sides for c in side.claims}
    with pytest.raises(NotFound):
        compose.found(entries, "c-0000000")


def test_markdown_and_html_lead_from_sentence_to_claim_to_source(whole):
    text = "".join(markdown.pieces(whole))
    page = "".join(html.pieces(whole))
    for made, mark, link in (
        (text, r'<a id="([\w-]+)">', r"\]\(#([\w-]+)\)"),
        (page, r'id="([\w-]+)"', r'href="#([\w-]+)"'),
    ):
        marks = re.findall(mark, made)
        assert len(marks) == len(set(marks))
        assert set(re.findall(link, made)) <= set(marks)
    assert "<script" not in page and "default-src 'none'" in page


def test_hostile_words_stay_words(whole):
    hostile = "<img src=x onerror=alert(1)> [a](javascript:b) \u202e*x*"
    made = whole._replace(title=hostile, subtitle=hostile)
    page = "".join(html.pieces(made))
    assert "<img" not in page and "\u202e" not in page
    text = "".join(markdown.pieces(made))
    assert not re.search(r"(?<!\\)<img|(?<!\\)\]\(javascript", text) and "\u202e" not in text


def test_a_word_document_has_headings_and_links_and_is_the_same_twice(whole):
    (content,) = word.pieces(whole)
    (again,) = word.pieces(whole)
    assert content == again
    made = docx.Document(io.BytesIO(content))
    heads = [p.text for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [*(s.heading for s in whole.sections), "Sources"]
    body = made.element.xml
    anchors = set(re.findall(r'w:anchor="(\w+)"', body))
    assert anchors and anchors <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="(\w+)"', body))
    told = "\n".join(p.text for p in made.paragraphs)
    assert all(c.id in told for c in claims(whole))


def test_the_command_writes_what_the_ending_says(built_case, tmp_path, capsys):
    assert run("report", built_case, out=str(tmp_path / "r.html")) == 0
    assert (tmp_path / "r.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run("report", built_case, out=str(tmp_path / "r.docx")) == 0
    assert (tmp_path / "r.docx").read_bytes()[:2] == b"PK"
    with pytest.raises(UsageError, match=r"ends in \.md, \.html, \.docx, \.pdf"):
        run("report", built_case, out=str(tmp_path / "r.xyz"))
    with pytest.raises(UsageError, match="not both"):
        kg.open(built_case).report(entity="x", dispute="y")


def test_without_a_printer_a_pdf_is_refused(whole, monkeypatch):
    from kg.exchange.report import pdf

    monkeypatch.setattr(pdf, "_BROWSERS", ())
    monkeypatch.setattr(pdf, "_OFFICES", ())
    with pytest.raises(UsageError, match="expected Chromium, Chrome or LibreOffice"):
        list(pdf.pieces(whole))
