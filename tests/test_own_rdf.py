"""A graph that kg wrote as RDF becomes its case again: the same triples, whatever is in the rows."""

import shutil

import pytest
from draws import draws
from hypothesis import given
from owncase import FIGURES, HEAD, ROWS, laid, rows, table

from kg.case import folder as cases
from kg.exchange import importing
from kg.exchange.exports import files, form
from kg.exchange.handed.content import Content
from kg.model.errors import BadData
from kg.store.build import build
from kg.store.check import check
from kg.store.lens import Lens
from kg.verbs.view import drawn


@pytest.fixture(scope="module")
def there_and_back(tmp_path_factory):
    """Builds tables, writes them in a form, imports that; gives the triples of both."""
    root = tmp_path_factory.mktemp("own")

    def travel(claims, figures="", kind="n-triples"):
        # The same tables are built once, however many forms they go through.
        if travel.tables != (claims, figures):
            shutil.rmtree(root)
            laid(root, claims, figures)
            travel.tables = claims, figures
        shutil.rmtree(root / "back", ignore_errors=True)
        made = form(kind)
        path = root / f"g{made.ENDING}"
        path.write_bytes(written(root, kind))
        importing.run(path, root / "back")
        found = check(cases.find(root / "back"))
        assert found.fine, found.problems
        return triples(root), triples(root / "back")

    travel.root, travel.tables = root, None
    return travel


def written(root, kind):
    graph, _ = build(cases.find(root))
    with graph:
        [(_, pieces)] = files(form(kind), Content(graph, Lens()))
        return b"".join(p if isinstance(p, bytes) else p.encode() for p in pieces)


def triples(root):
    return {t for t in written(root, "n-triples").splitlines() if not t.startswith(b"#")}


@pytest.mark.parametrize("kind", ["n-triples", "n-quads", "trig", "rdf-12", "json-ld", "rdf-xml"])
def test_every_syntax_comes_back_as_it_was(there_and_back, kind):
    before, after = there_and_back(ROWS, FIGURES, kind)
    assert before == after
    told = b" ".join(before)
    assert all(term in told for term in (b"terms#payer>", b"#isCalled>", b"#namedIn>", b"#party>"))


@draws(5)
@given(drawn=rows())
def test_any_rows_come_back_as_they_were(there_and_back, drawn):
    before, after = there_and_back(table(HEAD, drawn))
    assert before == after


def test_a_part_of_a_graph_is_no_case(there_and_back, tmp_path):
    before, _ = there_and_back(ROWS)
    path = tmp_path / "g.nt"
    path.write_bytes(b"\n".join(t for t in before if b"/claim/" not in t.split(b" ")[0]))
    with pytest.raises(BadData, match="no whole claim: part of the file is missing"):
        importing.run(path, tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_a_page_comes_back_with_the_rows_that_it_shows(there_and_back, tmp_path):
    there_and_back(ROWS, FIGURES)
    root = there_and_back.root
    with build(cases.find(root))[0] as graph:
        path = tmp_path / "view.html"
        path.write_text(drawn(graph, None).html, "utf-8")
        shown = {
            a.id
            for claim in graph.ledger.claims()
            for a in claim.attestations
            if claim.relation != "isCalled" and not claim.object.startswith("attestation/")
        }
    lines = importing.run(path, tmp_path / "back")
    found = check(cases.find(tmp_path / "back"))
    assert not [str(p) for p in found.problems if not p.warning]
    with build(cases.find(tmp_path / "back"))[0] as graph:
        assert {a.id for claim in graph.ledger.claims() for a in claim.attestations} == shown
        assert graph.ledger.entity("p1").name == 'Ann "A" Lee'
    left = {x.reason: x.number for x in lines if x.step == "left out" and x.kind == "claim"}
    assert left == {"about a statement or a name, which a page tells in words": 5}


@pytest.mark.parametrize(
    "text",
    [
        '<meta name="generator" content="kg 1">',
        '<meta name="generator" content="kg 1"><script type="application/ld+json" id="kg-data">{}'
        '</script><script type="application/json" id="kg-record">{}</script>',
    ],
)
def test_part_of_a_page_is_no_case(tmp_path, text):
    (tmp_path / "f.html").write_text(text)
    with pytest.raises(BadData, match="no whole page of kg"):
        importing.run(tmp_path / "f.html", tmp_path / "back")
    assert not (tmp_path / "back").exists()
