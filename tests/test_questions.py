"""An examination of the shipped case: what an analyst would ask, and what the five documents answer.

The questions and their answers were written from the documents alone. Each row of `questions.csv`
gives the query or the command that answers it, exactly what must come back, and, in `absent`, what
must not: a query that has to stay empty, or words that must not stand in the output.
"""

import argparse
import csv
import re
import shlex
from pathlib import Path

import inprocess
import pyoxigraph
import pytest

from kg import verbs
from kg.analysis import dossier, dossier_text, path_text, paths
from kg.cli import parser
from kg.model.namespaces import KG, PREFIXES, RDF
from kg.verbs.place import Place

with open(Path(__file__).with_name("questions.csv"), encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
KINDS = {
    "lookup", "list", "count", "join", "provenance", "dispute", "correction", "government-action",
    "contradiction", "timeline", "path", "negative", "alias", "as-of",
}  # fmt: skip
WIDE = 100_000


def parts(cell):
    return [part.strip() for part in cell.split(" | ")] if cell else []


def by(*verbs):
    chosen = [row for row in ROWS if row["by"] in verbs]
    return pytest.mark.parametrize("row", chosen, ids=[row["id"] for row in chosen])


@pytest.fixture(scope="module")
def engine(shipped):
    """The engine over the graph, in this process: what one of its own does is not asked here."""
    return inprocess.in_memory(shipped.part("store"))


def ask(engine, graph, sparql):
    """The rows of an answer as cells joined by semicolons, IRIs by their local names, sorted."""

    def cell(term):
        if term is None:
            return ""
        value = term.value
        if isinstance(term, pyoxigraph.NamedNode):
            for namespace in (graph.base, KG, RDF):
                value = value.removeprefix(namespace)
        return value

    found = engine.query(sparql, prefixes=PREFIXES | {"id": graph.base})
    return sorted({" ; ".join(map(cell, row)).strip() for row in found})


def show(graph, words):
    (name,) = words
    return dossier_text.text(dossier.dossier(graph, graph.find(name)), WIDE)


def path(graph, words):
    parser = argparse.ArgumentParser()
    parser.add_argument("start")
    parser.add_argument("end")
    parser.add_argument("-k", type=int, default=3)
    parser.add_argument("--max-hops", type=int, default=6)
    parser.add_argument("--relation", action="append", default=[])
    parser.add_argument("--through", action="append", default=[])
    parser.add_argument("--hubs", action="store_true")
    said = parser.parse_args(words)
    options = paths.Options(
        k=said.k,
        max_hops=said.max_hops,
        relations=tuple(said.relation),
        through=tuple(said.through),
        hubs=said.hubs,
    )
    found = paths.find_paths(graph, graph.find(said.start), graph.find(said.end), options)
    return path_text.text(graph, found, WIDE)


@by("sparql")
def test_a_query_answers(engine, shipped, row):
    assert ask(engine, shipped, row["ask"]) == parts(row["expect"]), row["question"]
    if row["absent"]:
        assert ask(engine, shipped, row["absent"]) == [], row["question"]


@by("show", "path")
def test_a_command_answers(shipped, row):
    verb, *words = shlex.split(row["ask"])
    output = {"show": show, "path": path}[verb](shipped, words)
    assert [text for text in parts(row["expect"]) if text not in output] == [], row["question"]
    assert [text for text in parts(row["absent"]) if text in output] == [], row["question"]


def test_every_kind_of_question_is_asked():
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 150
    assert {row["kind"] for row in ROWS} == KINDS
    assert all(row["question"] and row["answer"] and row["expect"] for row in ROWS)
    assert all(row["absent"] for row in ROWS if row["kind"] == "negative")


def test_what_the_queries_name_is_in_the_graph(engine, shipped):
    # Else a query that has to stay empty would do so for a slip of the pen.
    text = " ".join(row["ask"] + " " + row["absent"] for row in ROWS if row["by"] == "sparql")
    names = {name for name in re.findall(r"\b(?:id|kg):[A-Za-z0-9-]+", text) if name[3:]}
    listed = " ".join(sorted(names))
    unknown = (
        f"SELECT ?x WHERE {{ VALUES ?x {{ {listed} }} FILTER NOT EXISTS {{ ?x rdfs:label ?l }} }}"
    )
    assert ask(engine, shipped, unknown) == []


def _told():
    """(command, what its answer has) of the tables that show the shortest command for a question."""
    page = Path(__file__).parents[1] / "docs" / "questions.md"
    rows = re.findall(r"^\| .* \| `kg (.+)` \| (.*?) ?\|$", page.read_text("utf-8"), re.MULTILINE)
    return [(command, " ".join(words.split())) for command, words in rows]


def test_the_page_has_a_command_for_each_kind():
    page = (Path(__file__).parents[1] / "docs" / "questions.md").read_text("utf-8")
    kinds = {kind.replace("-", " ") for kind in KINDS}
    assert (
        kinds == set(re.findall(r"^\| ([a-z ]+) \| .* \| `kg .*` \|", page, re.MULTILINE)) & kinds
    )
    assert len(_told()) > len(KINDS)


@pytest.mark.parametrize(("command", "words"), _told())
def test_the_shortest_command_answers(shipped, command, words):
    verb, _, given = parser.plain(shlex.split(command))
    place = Place(str(Path(__file__).parents[1]), shipped)
    shipped.say = lambda _: None
    answer = verbs.answer_of(verb, place, given)
    assert answer.code == (0 if words else 1)
    text = answer.write("text", WIDE, lambda cell: cell) if words else ""
    assert words in " ".join(text.split())
