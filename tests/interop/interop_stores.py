"""Two real stores, Oxigraph's server and Virtuoso 7: loaded, asked by every verb, and failing in their ways."""

import gzip
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import processes
import pytest
from test_named import GIVEN, NAMES

from kg.model.errors import BadGraph, KgError, OutOfBounds
from kg.sparql import named
from kg.sparql.query import Limits
from kg.store.graph import open_graph
from kg.store.remote import loading
from kg.store.remote.address import Address
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.graph import open_store

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = """\
[Database]
DatabaseFile = {0}/v.db
ErrorLogFile = {0}/v.log
LockFile = {0}/v.lck
TransactionFile = {0}/v.trx
xa_persistent_file = {0}/v.pxa
[TempDatabase]
DatabaseFile = {0}/t.db
TransactionFile = {0}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{1}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = {0}
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{2}
EnabledDavVSP = 0
[SPARQL]
ResultSetMaxRows = {3}
MaxQueryExecutionTime = {4}
"""
LOGIN = {"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "dba"}
VERBS = [
    "show bureau-fuzhou",
    "show 'Safeguard Defenders'",
    "find fuzhou",
    "find 福州",
    "path bureau-fuzhou place-irl --through all --timeout 60",
    "path 'Lu Jianwang' 'Ministry of Public Security' -k 3 --timeout 60",
    "neighbors person-lu-jianwang",
    "claims --entity bureau-fuzhou",
    "claims --document doc-stations-page --status contested",
    "figures",
    "timeline bureau-fuzhou",
    "conflicts",
    "conflicts --entity bureau-fuzhou",
    "show bureau-fuzhou --document doc-stations-page",
    "claims --entity bureau-fuzhou --voice safeguard-defenders",
    "timeline bureau-fuzhou --known-by 2022-12",
    "query 'SELECT ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }'",
    "matrix --entity bureau-fuzhou",
    "sources",
    "search stations",
    "stats",
    "count --by relation",
]


def free():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Server:
    """A store that runs: where it is asked, and its process."""

    def __init__(self, url, process, folder):
        self.url, self.process, self.folder = url, process, folder


@contextmanager
def running(kind, folder, rows=10_000, seconds=60):
    """A store of a kind, empty, until the block ends; Virtuoso with limits of rows and of time."""
    port = free()
    if kind == "oxigraph":
        program = Path(sys.executable).with_name("oxigraph")
        command = [program, "serve", "--location", folder / "db", "--bind", f"127.0.0.1:{port}"]
        url = f"http://127.0.0.1:{port}/query"
    else:
        (folder / "v.ini").write_text(SETTINGS.format(folder, free(), port, rows, seconds), "utf-8")
        command = ["virtuoso-t", "+foreground", "+configfile", folder / "v.ini"]
        url = f"http://127.0.0.1:{port}/sparql"
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        answers(url, process)
        yield Server(url, process, folder)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def answers(url, process):
    """Wait until a store answers."""
    for _ in range(5 * processes.HANG):
        if process.poll() is not None:
            break
        try:
            Endpoint(Address(url, "x:none")).rows("SELECT ?s { ?s ?p ?o } LIMIT 1", counted=False)
            return
        except KgError:
            threading.Event().wait(0.2)
    raise AssertionError(f"{url} never answers")


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def store(request, tmp_path_factory, kg, case):
    with running(request.param, tmp_path_factory.mktemp(request.param)) as server:
        made = kg(case, "build", "--store", server.url, **LOGIN)
        assert made.returncode == 0, made.stderr
        server.cache = str(tmp_path_factory.mktemp("cache"))
        yield server


@pytest.fixture(scope="module")
def case(tmp_path_factory, kg):
    """A copy of the shipped case, with its graph."""
    folder = tmp_path_factory.mktemp("case")
    for part in ("data", "ontology", "queries"):
        shutil.copytree(ROOT / part, folder / part)
    assert kg(folder, "build").returncode == 0
    return folder


def both(kg, case, store, words, cache=""):
    """What a command line answers here, and over a store."""
    here = kg(case, *words)
    there = kg(case, "--store", store.url, *words, XDG_CACHE_HOME=cache or store.cache)
    told = there.stderr.replace("fetching the graph, once for this version\n", "")
    return (here.returncode, here.stdout, here.stderr), (there.returncode, there.stdout, told)


@pytest.mark.parametrize("line", VERBS)
def test_each_verb_answers_as_on_this_disk(kg, case, store, line):
    here, there = both(kg, case, store, [*shlex.split(line), "--format", "json"])
    assert here == there


def test_parts_are_enough_for_what_is_about_a_part(kg, case, store, tmp_path):
    for line in (VERBS[0], VERBS[4], VERBS[7], VERBS[13]):
        here, there = both(kg, case, store, shlex.split(line), str(tmp_path))
        assert here == there
    assert not list(tmp_path.rglob("ledger.sqlite"))


def test_a_page_is_the_same_to_the_byte(kg, case, store, tmp_path):
    words = ["view", "--focus", "bureau-fuzhou"]
    assert kg(case, *words, "-o", str(tmp_path / "a.html")).returncode == 0
    more = {"XDG_CACHE_HOME": store.cache}
    made = kg(case, "--store", store.url, *words, "-o", str(tmp_path / "b.html"), **more)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.fixture(scope="module")
def graphs(case, store):
    os.environ["XDG_CACHE_HOME"] = store.cache
    there = open_store(Address(store.url), str(case / "out"), Limits(60), "", print)
    yield open_graph(case / "out"), there
    there.close()
    del os.environ["XDG_CACHE_HOME"]


@pytest.mark.parametrize("name", NAMES)
def test_a_named_question_has_the_same_rows(graphs, name):
    query, given = named.named(name), GIVEN.get(name, {})
    here, there = graphs

    def rows(graph):
        found = named.ask(graph, query, given, Limits(20)).rows
        return sorted(tuple((t.kind, _plain(t)) if t else ("", "") for t in row) for row in found)

    assert rows(there) == rows(here)


def _plain(term):
    """A value without its spelling: stores keep numbers by value."""
    from kg.store.remote.records import plain

    return plain(term.value) if term.datatype else term.value


def test_the_tour_of_the_readme(kg, case, store):
    lines = re.findall(r"^<!-- kg (.*) -->$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    asked = [shlex.split(line) for line in lines]
    # What is about tables, and no graph, is not asked of a store.
    asked = [w for w in asked if w[0] not in ("build", "check", "diff", "init", "import", "doctor")]
    assert len(asked) > 3
    for words in asked:
        here = kg(case, *words)
        settings = {"KG_STORE": store.url, "XDG_CACHE_HOME": store.cache}
        there = kg(case, *words, **settings)
        assert (there.returncode, there.stdout) == (here.returncode, here.stdout), words


def test_later_only_what_differs_is_sent(kg, case, store, tmp_path):
    mine = tmp_path / "mine"
    shutil.copytree(case, mine)
    where = ("--store", store.url, "--graph", "urn:kg:later")
    assert "0 taken away" in kg(mine, "build", *where, **LOGIN).stdout
    table = mine / "data" / "claims.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(lines[:2] + lines[3:]), "utf-8")
    told = kg(mine, "build", *where, **LOGIN).stdout
    added, gone = map(int, re.search(r"loaded: (\d+) triples? added, (\d+) taken", told).groups())
    assert added < 20 and 10 < gone < 60
    more = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    for words in (("stats", "--format", "json"), ("show", "bureau-fuzhou")):
        assert kg(mine, *words, *where, **more).stdout == kg(mine, *words).stdout


def isql(server, *words):
    """What Virtuoso answers to statements."""
    settings = (server.folder / "v.ini").read_text("utf-8")
    port = re.search(r"^ServerPort = (.*)$", settings, re.MULTILINE)[1]
    command = ["isql-vt", port, "dba", "dba", *words]
    made = subprocess.run(command, capture_output=True, text=True, timeout=processes.HANG)
    return made.stdout + made.stderr


def test_bulk_files_are_loaded_by_the_stores_own_loader(kg, case, tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "_IN_FILE", 10_000)
    with running("virtuoso", tmp_path) as server:
        bulk = tmp_path / "bulk"
        graph = open_graph(case / "out")
        written = loading.bulk(graph, Address(server.url, graph.base), str(bulk))
        assert sum(name.startswith("graph-") for name in written) > 3
        # One of the files cannot be read: nothing says then that the graph is whole.
        kept = (bulk / "graph-0002.nt.gz").read_bytes()
        (bulk / "graph-0002.nt.gz").write_bytes(gzip.compress(b"no triple\n"))
        assert "some files were not loaded" in isql(server, str(bulk / "load.sql"))
        server.cache = str(tmp_path / "cache")
        here, there = both(kg, case, server, ["show", "bureau-fuzhou"])
        assert there[0] == 3
        (bulk / "graph-0002.nt.gz").write_bytes(kept)
        with ThreadPoolExecutor() as pool:
            first = pool.submit(isql, server, str(bulk / "load.sql"))
            isql(server, "exec=rdf_loader_run();")
            assert "Error" not in first.result()
        here, there = both(kg, case, server, ["show", "bureau-fuzhou"])
        assert here == there


def test_bulk_files_are_loaded_by_oxigraph(kg, case, tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "_IN_FILE", 10_000)
    bulk, graph = tmp_path / "bulk", open_graph(case / "out")
    with running("oxigraph", tmp_path) as server:
        loading.bulk(graph, Address(server.url, graph.base), str(bulk))
    shutil.rmtree(tmp_path / "db")
    for line in (bulk / "README").read_text("utf-8").splitlines()[1:]:
        program, *words = shlex.split(line.replace("STORE", str(tmp_path / "db")))
        command = [Path(sys.executable).with_name(program), *words]
        subprocess.run(command, check=True, capture_output=True, timeout=processes.HANG)
    with running("oxigraph", tmp_path) as server:
        server.cache = str(tmp_path / "cache")
        here, there = both(kg, case, server, ["show", "bureau-fuzhou"])
        assert here == there


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_a_store_that_dies_in_a_query_is_told(kind, tmp_path):
    with running(kind, tmp_path) as server:
        there = Endpoint(Address(server.url, "x:none"), Limits(60))
        threading.Timer(1, server.process.kill).start()
        # Thousands of millions of rows are counted before it answers.
        several = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(60)))} }}" for n in range(7))
        with pytest.raises((BadGraph, OutOfBounds)):
            there.rows(f"SELECT (COUNT(*) AS ?n) {{ {several} }}", counted=False)
        with pytest.raises(BadGraph, match="cannot be asked"):
            there.rows("SELECT ?s { ?s ?p ?o }")


def test_a_slow_query_ends_in_its_time(store):
    there = Endpoint(Address(store.url, "x:none"), Limits(60))
    several = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(60)))} }}" for n in range(7))
    with pytest.raises(KgError):
        there.rows(f"SELECT (COUNT(*) AS ?n) {{ {several} }}", counted=False, seconds=1)
    there.client.close()


def test_a_part_that_virtuoso_gives_when_its_own_time_is_over_is_an_error(tmp_path):
    with running("virtuoso", tmp_path, seconds=1) as server:
        several = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(60)))} }}" for n in range(7))
        query = f"SELECT (COUNT(*) AS ?n) {{ {several} }}"
        # With a time in the address it gives what it has by then; with that of its settings it fails.
        for url, status in ((f"{server.url}?timeout=1000", 200), (server.url, 500)):
            told = httpx.post(url, data={"query": query}, timeout=processes.HANG)
            assert told.status_code == status
            assert (told.headers.get("x-sql-state") == "S1TAT") == (status == 200)
            there = Endpoint(Address(url, "x:none"), Limits(processes.HANG))
            with pytest.raises(OutOfBounds, match="limit of time of its own"):
                there.rows(query, counted=False)
            there.client.close()


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_a_hub_of_more_claims_than_one_answer_has_rows(kind, kg, tmp_path):
    hub = tmp_path / "hub"
    shutil.copytree(ROOT / "ontology", hub / "ontology")
    (hub / "data").mkdir()
    tables = {
        "case.toml": 'title = "hub"\nbase = "https://example.org/id/"\nlanguage = "en"\n',
        "people.csv": "id,name\nhub,Hub\n" + "".join(f"p{n},P {n}\n" for n in range(1_200)),
        "documents.csv": "id,name\nd,D\n",
        "claims.csv": "subject,relation,object,stance,document,locator\n"
        + "".join(f"p{n},contacted,hub,asserts,d,row {n}\n" for n in range(1_200)),
    }
    for name, text in tables.items():
        (hub / "data" / name).write_text(text, "utf-8")
    (tmp_path / "store").mkdir()
    with running(kind, tmp_path / "store", rows=1_000) as server:
        made = kg(hub, "build", "--store", server.url, **LOGIN)
        assert made.returncode == 0, made.stderr
        server.cache = str(tmp_path / "cache")
        for line in ("claims --entity hub --format csv", "path p7 p90 -k 2 --timeout 60"):
            here, there = both(kg, hub, server, shlex.split(line))
            assert here == there
        assert here[0] == 0
    assert not list(tmp_path.rglob("cache/**/ledger.sqlite"))


def test_virtuoso_cuts_in_silence_and_kg_does_not(kg, case, tmp_path, store):
    words = ["query", "SELECT ?s ?p ?o { ?s ?p ?o }", "--format", "json", "--timeout", "60"]
    found = kg(case, "--store", store.url, *words, XDG_CACHE_HOME=store.cache)
    if "sparql" in store.url:
        assert (found.returncode, found.stdout) == (4, "")
        assert "did not say so" in found.stderr
    else:
        assert len(json.loads(found.stdout)["results"]["bindings"]) > 40_000


@pytest.mark.parametrize(
    "login, words",
    [
        ({}, "set KG_STORE_USER"),
        ({**LOGIN, "KG_STORE_PASSWORD": "wrong"}, "is not what it expects"),
    ],
    ids=["none", "wrong"],
)
def test_a_wrong_login_loads_nothing(kg, case, store, login, words, tmp_path):
    if "sparql" not in store.url:
        # Oxigraph knows no logins.
        return
    where = ("--store", store.url, "--graph", "urn:kg:refused")
    made = kg(case, "build", *where, **login)
    assert made.returncode == 3
    assert words in made.stderr
    found = kg(case, "stats", *where, XDG_CACHE_HOME=str(tmp_path))
    assert found.returncode == 3 and "has no graph <urn:kg:refused>" in found.stderr
