"""Run the W3C's SPARQL 1.1 tests through `kg.sparql.query.run` and compare with what is published.

    make conformance SUITE=DIR              write docs/conformance.md
    make conformance SUITE=DIR CHECK=--check    exit 1 if a run would write something else

SUITE is the folder of the W3C's rdf-tests that holds `manifest-sparql11-query.ttl`.
"""

import csv
import hashlib
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.model.errors import KgError, UsageError
from kg.sparql import query, results
from kg.sparql.files import data_file

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "conformance.md"
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
SKIPPED = ("entailment", "service-description", "protocol", "graph-store-protocol")
KINDS = {
    "QueryEvaluationTest": "evaluation",
    "CSVResultFormatTest": "evaluation",
    "PositiveSyntaxTest11": "syntax",
    "NegativeSyntaxTest11": "syntax",
}
# Why a test fails, for those that are known to; the others are told by what differs.
GRAPH = "the engine looks at what stands in GRAPH ?g once, ?g bound within, and not graph by graph"
ZERO_PATH = "the engine's path of length zero begins only at terms that the data has"
TAGGED = "the engine's GROUP_CONCAT keeps the language that all its texts have"
REASONS = {
    "aggregates/agg-empty-group-count-graph": GRAPH,
    "aggregates/agg-groupconcat-04": TAGGED,
    "aggregates/agg-groupconcat-06": TAGGED,
    "bindings/graph": GRAPH,
    "functions/bnode01": "the engine's BNODE(text) gives the same node in every row",
    "negation/graph-minus": GRAPH,
    "property-path/zero_or_more_set_end": ZERO_PATH,
    "property-path/zero_or_more_set_start": ZERO_PATH,
    "property-path/zero_or_one_set_end": ZERO_PATH,
    "property-path/zero_or_one_set_start": ZERO_PATH,
}


class Manifest:
    """A manifest and its tests, with relative names resolved on the suite's address."""

    def __init__(self, suite: Path, name: str) -> None:
        self.suite, self.folder = suite, name
        self.store = ox.Store()
        path = suite / name / "manifest.ttl"
        self.store.load(
            path.read_bytes(), ox.RdfFormat.TURTLE, base_iri=f"{BASE}{name}/manifest.ttl"
        )

    def objects(self, node: Any, name: str) -> list[Any]:
        found = self.store.quads_for_pattern(node, ox.NamedNode(name), None)
        return [q.object for q in found]

    def one(self, node: Any, name: str) -> Any:
        return next(iter(self.objects(node, name)), None)

    def path(self, iri: Any) -> Path:
        return self.suite / iri.value.removeprefix(BASE)

    def tests(self) -> Iterator[tuple[Any, str]]:
        """(test, type) of each entry, in the manifest's order."""
        for whole in self.store.quads_for_pattern(None, ox.NamedNode(MF + "entries"), None):
            node = whole.object
            while node.value != RDF + "nil":
                test = self.one(node, RDF + "first")
                yield test, self.one(test, RDF + "type").value.rpartition("#")[2]
                node = self.one(node, RDF + "rest")


def outcome(manifest: Manifest, test: Any, kind: str) -> str:
    """An empty text if a test passes, else what is wrong."""
    action = manifest.one(test, MF + "action")
    if KINDS[kind] == "syntax":
        return syntax(manifest, action, positive=kind.startswith("Positive"))
    query_file = manifest.one(action, QT + "query")
    files = [
        data_file(str(manifest.path(d)), base=d.value)
        for d in manifest.objects(action, QT + "data")
    ]
    files += [
        data_file(str(manifest.path(d)), d.value, base=d.value)
        for d in manifest.objects(action, QT + "graphData")
    ]
    text = manifest.path(query_file).read_text("utf-8")
    expected = manifest.path(manifest.one(test, MF + "result"))
    try:
        answer = query.run(files, text, {}, form="nt", base=query_file.value)
    except KgError as error:
        return str(error).split("\n")[0]
    if expected.suffix == ".csv":
        same = csv_rows(results.write(answer, "csv", {})) == csv_rows(expected.read_text("utf-8"))
        return "" if same else "the answer differs"
    return compared(answer, expected, "order by" in text.lower())


def syntax(manifest: Manifest, action: Any, positive: bool) -> str:
    try:
        text = manifest.path(action).read_text("utf-8")
        query.run([], text, {}, base=action.value)
    except KgError as error:
        said = str(error).split("\n")[0]
        if said.startswith("the query cannot be read"):
            return said if positive else ""
    return "" if positive else "accepted, though it is wrong"


def csv_rows(text: str) -> tuple[set[str], Counter[Any]]:
    """Columns and the bag of rows; blank nodes by any name, numbers by their value."""
    # SELECT * leaves the order of its columns open.
    head, *rows = csv.reader(io.StringIO(text, newline=""))

    def cell(value: str) -> Any:
        if value.startswith("_:"):
            return "_:"
        try:
            return float(value)
        except ValueError:
            return value

    return {*head}, Counter(frozenset(zip(head, map(cell, row), strict=True)) for row in rows)


def compared(answer: query.Answer, expected: Path, ordered: bool) -> str:
    if answer.kind == "graph":
        wanted = triples(expected)
        found = {canonical(ox.parse(answer.text, ox.RdfFormat.N_TRIPLES)), canonical(wanted)}
        return "" if len(found) == 1 else "the graph differs"
    # As users get it: what is compared is read back from the format that is written.
    form = {"srx": "xml", "srj": "json", "tsv": "tsv"}.get(expected.suffix.removeprefix("."), "xml")
    engine_form = getattr(ox.QueryResultsFormat, form.upper())
    ours = ox.parse_query_results(results.write(answer, form, {}).encode(), engine_form)
    if expected.suffix in (".ttl", ".rdf"):
        theirs_vars, theirs = result_set(expected)
        return equal(ours, theirs_vars, theirs, ordered)
    wanted_results = ox.parse_query_results(expected.read_bytes(), engine_form)
    if isinstance(wanted_results, ox.QueryBoolean):
        same = isinstance(ours, ox.QueryBoolean) and bool(ours) == bool(wanted_results)
        return "" if same else "the answer differs"
    names = [v.value for v in wanted_results.variables]
    return equal(ours, names, [[row[n] for n in names] for row in wanted_results], ordered)


def equal(ours: Any, names: list[str], theirs: list[list[Any]], ordered: bool) -> str:
    """Whether two results are the same rows, by whatever names their blank nodes go."""
    if isinstance(ours, ox.QueryBoolean):
        return "the answer differs"
    if {v.value for v in ours.variables} != set(names):
        return "other variables"
    mine = [[row[n] for n in names] for row in ours]
    if len(mine) != len(theirs):
        return f"{len(mine)} rows instead of {len(theirs)}"
    return "" if as_graph(mine, ordered) == as_graph(theirs, ordered) else "the rows differ"


def as_graph(rows: list[list[Any]], ordered: bool) -> str:
    """Rows as a graph in its canonical form: a node a row, a property a column."""
    made = []
    for i, row in enumerate(rows):
        node = ox.NamedNode(f"row:{i}") if ordered else ox.BlankNode(f"row{i}")
        made.append(ox.Triple(node, ox.NamedNode("row:is"), ox.Literal("row")))
        made += [ox.Triple(node, ox.NamedNode(f"column:{k}"), t) for k, t in enumerate(row) if t]
    return canonical(made)


def canonical(found: Any) -> str:
    # A store keeps numbers and dates by their value, so that 1.0 and 1.00 are the same.
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in found)
    data = ox.Dataset(store)
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, data)))


def triples(path: Path) -> list[Any]:
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    base = BASE + str(path.parent.name) + "/" + path.name
    return list(ox.parse(path.read_bytes(), form, base_iri=base))


def result_set(path: Path) -> tuple[list[str], list[list[Any]]]:
    """A result that is written as RDF in the W3C's vocabulary for it."""
    store = ox.Store()
    store.extend(triples(path))
    names = sorted(
        q.object.value
        for q in store.quads_for_pattern(None, ox.NamedNode(RS + "resultVariable"), None)
    )
    rows = []
    for whole in store.quads_for_pattern(None, ox.NamedNode(RS + "solution"), None):
        found = store.query(
            f"PREFIX rs: <{RS}> SELECT ?row ?v ?x {{ ?row rs:binding [ rs:variable ?v ; rs:value ?x ] }}",
            substitutions={ox.Variable("row"): whole.object},
        )
        row = {r["v"].value: r["x"] for r in found}
        rows.append([row.get(n) for n in names])
    return names, rows


def updates(suite: Path, names: list[str]) -> tuple[int, list[str]]:
    """How many texts of updates there are, and those that were not refused or wrote something."""
    texts = sorted({p for n in names for p in (suite / n).glob("*.ru")})
    with tempfile.TemporaryDirectory() as folder:
        store = ox.Store(folder)
        store.extend([ox.Quad(*(ox.NamedNode(f"http://example.org/{x}") for x in "spo"))])
        store.flush()
        del store
        before = digest(Path(folder))
        let_through = []
        for path in texts:
            try:
                query.run(folder, path.read_text("utf-8"), {}, base=BASE)
                let_through.append(path.name)
            except UsageError:
                continue
        if digest(Path(folder)) != before:
            let_through.append("the store has changed")
    return len(texts), let_through


def digest(folder: Path) -> str:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return hashlib.sha256(b"".join(p.name.encode() + p.read_bytes() for p in files)).hexdigest()


def included(suite: Path, name: str) -> list[str]:
    """The folders that a manifest of manifests includes."""
    import re

    text = (suite / name).read_text("utf-8").partition("mf:include")[2].partition(")")[0]
    return re.findall(r"<([\w-]+)/manifest\.ttl>", text)


def page(suite: Path) -> tuple[str, list[str]]:
    """The page, and what no list can excuse."""
    folders = included(suite, "manifest-sparql11-query.ttl")
    folders += included(suite, "manifest-sparql11-results.ttl")
    tasks = [
        (m, test, kind)
        for m in (Manifest(suite, name) for name in folders)
        for test, kind in m.tests()
        if kind in KINDS
    ]
    said = [outcome(*task) for task in tasks]
    run: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    failed, remote = [], []
    for (manifest, test, kind), words in zip(tasks, said, strict=True):
        name = f"{manifest.folder}/{test.value.rpartition('#')[2]}"
        if words.startswith("SERVICE"):
            remote.append(name)
            continue
        run[KINDS[kind]] += 1
        passed[KINDS[kind]] += not words
        if words:
            failed.append(f"| `{name}` | {REASONS.get(name, words).replace('|', ' ')} |")
    for name in included(suite, "manifest-sparql11-fed.ttl"):
        fed = Manifest(suite, name)
        remote += [f"{name}/{t.value.rpartition('#')[2]}" for t, _ in fed.tests()]
    count, let_through = updates(suite, included(suite, "manifest-sparql11-update.ttl"))
    lines = [
        "# Conformance",
        "",
        "The W3C's tests of SPARQL 1.1 queries and of the result formats CSV, TSV and JSON, asked through",
        "`kg query`; written by `make conformance SUITE=DIR`.",
        "",
        "| tests | passed | run |",
        "| --- | --- | --- |",
        *(f"| {kind} | {passed[kind]} | {run[kind]} |" for kind in ("evaluation", "syntax")),
        f"| texts of updates, refused with the store unchanged | {count - len(let_through)} | {count} |",
        "",
        f"Not run: {len(remote)} tests of SERVICE. A query that asks another machine is refused on purpose.",
        "",
        "## Tests that fail",
        "",
        "| test | why |",
        "| --- | --- |",
        *sorted(failed),
        "",
    ]
    return "\n".join(lines), let_through


def main() -> None:
    words = [w for w in sys.argv[1:] if w != "--check"]
    if len(words) != 1 or not (Path(words[0]) / "manifest-sparql11-query.ttl").is_file():
        sys.exit(
            "give the folder that holds manifest-sparql11-query.ttl: make conformance SUITE=DIR"
        )
    text, let_through = page(Path(words[0]).resolve())
    if let_through:
        sys.exit("updates that were let through: " + ", ".join(let_through))
    held = PAGE.read_text("utf-8") if PAGE.exists() else ""
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    for line in sorted({*text.splitlines()} ^ {*held.splitlines()}):
        print("new: " if line in text.splitlines() else "gone:", line)
    if "--check" in sys.argv and text != held:
        sys.exit("docs/conformance.md says something else; if that is right, run make conformance")


if __name__ == "__main__":
    main()
