"""Other people's clients ask kg serve, unchanged; it stays one graph while the graph is built again and again."""

import json
import os
import re
import signal
import socket
import sys
import textwrap
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import faults
import processes
import psutil
import pytest

from kg.case.folder import find
from kg.store.build import build

HERE = processes.ROOT / ".venv-interop"
NAMES = "SELECT ?n { id:person-lu rdfs:label ?n }"
LONG = (
    "PREFIX id: <https://example.org/id/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX kg: <https://w3id.org/actors-kg/ontology#> "
)


def python(code, *words):
    """What a program prints, run by the Python that has the clients."""
    command = (HERE / "bin" / "python", "-W", "error::DeprecationWarning:__main__", "-c")
    ran = processes.run(HERE, *map(str, command), textwrap.dedent(code), *words, env={})
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def node(code, *words):
    """What a program of JavaScript prints, run where the clients are installed."""
    file = HERE / "asking.mjs"
    file.write_text(textwrap.dedent(code), "utf-8")
    ran = processes.run(HERE, "node", str(file), *words, env=dict(os.environ))
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@contextmanager
def started(folder, *words):
    """A server, and the address that it says."""
    command = (*processes.KG, "serve", "--port", "0", *words)
    with processes.start(folder, *command) as server:
        try:
            yield server, server.stdout.readline().decode().split()[0]
        finally:
            server.kill()


@pytest.fixture(scope="module")
def address(built_case):
    with started(built_case, "--limit", "1000") as (_, said):
        yield said


def test_sparqlwrapper(address):
    said = python(
        """
        import sys, json
        from SPARQLWrapper import SPARQLWrapper, JSON, XML, CSV, TSV, TURTLE, RDFXML, JSONLD, N3, POST, POSTDIRECTLY
        from SPARQLWrapper.SPARQLExceptions import QueryBadFormed
        found = {}
        def ask(query, form=None, method="GET"):
            one = SPARQLWrapper(sys.argv[1] + "sparql")
            one.setQuery(sys.argv[2] + query)
            if form: one.setReturnFormat(form)
            if method != "GET": one.setMethod(POST)
            if method == "direct": one.setRequestMethod(POSTDIRECTLY)
            return one.query().convert()
        rows = "SELECT ?n { id:person-lu rdfs:label ?n }"
        graph = "CONSTRUCT { ?s kg:operates ?o } { ?s kg:operates ?o }"
        for method in ("GET", "POST", "direct"):
            found["json " + method] = ask(rows, JSON, method)["results"]["bindings"][0]["n"]["value"]
        found["xml"] = "Lu Jianwang" in ask(rows, XML).toxml()
        found["default"] = "Lu Jianwang" in ask(rows).toxml()
        found["csv"] = ask(rows, CSV).decode()
        found["tsv"] = ask(rows, TSV).decode()
        found["ask"] = ask("ASK {}", JSON)["boolean"]
        found["turtle"] = "station-irl01" in ask(graph, TURTLE).decode()
        found["rdf"] = len(ask(graph, RDFXML))
        found["jsonld"] = len(ask(graph, JSONLD))
        found["describe"] = len(ask("DESCRIBE id:person-lu")) > 3
        try: ask("SELECT")
        except QueryBadFormed as error: found["wrong"] = "cannot be read at line" in str(error)
        print(json.dumps(found))
        """,
        address,
        LONG,
    )
    assert json.loads(said) == {
        "json GET": "Lu Jianwang",
        "json POST": "Lu Jianwang",
        "json direct": "Lu Jianwang",
        "xml": True,
        "default": True,
        "csv": "n\r\nLu Jianwang\r\n",
        "tsv": '?n\n"Lu Jianwang"@en\n',
        "ask": True,
        "turtle": True,
        "rdf": 1,
        "jsonld": 1,
        "describe": True,
        "wrong": True,
    }


def test_rdflib(address):
    said = python(
        """
        import sys, json
        from rdflib import Graph, URIRef
        from rdflib.plugins.stores.sparqlstore import SPARQLStore
        found = {}
        for method in ("GET", "POST", "POST_FORM"):
            graph = Graph(SPARQLStore(sys.argv[1] + "sparql", method=method))
            (row,) = graph.query(sys.argv[2] + "SELECT ?n { id:person-lu rdfs:label ?n }")
            found[method] = str(row.n)
        lu = URIRef("https://example.org/id/person-lu")
        found["triples"] = len(list(graph.triples((lu, None, None)))) > 3
        found["in"] = (lu, None, None) in graph
        found["ask"] = bool(graph.query("ASK {}"))
        made = graph.query(sys.argv[2] + "CONSTRUCT { ?s kg:operates ?o } { ?s kg:operates ?o }")
        found["graph"] = len(made.graph)
        print(json.dumps(found))
        """,
        address,
        LONG,
    )
    assert json.loads(said) == {
        "GET": "Lu Jianwang",
        "POST": "Lu Jianwang",
        "POST_FORM": "Lu Jianwang",
        "triples": True,
        "in": True,
        "ask": True,
        "graph": 1,
    }


def test_comunica(address):
    said = node(
        """
        import { SparqlEndpointFetcher } from "fetch-sparql-endpoint";
        const [url, head] = process.argv.slice(2);
        const found = {};
        for (const method of ["GET", "POST"]) {
          const fetcher = new SparqlEndpointFetcher({ method });
          const rows = await (await fetcher.fetchBindings(url + "sparql", head + "SELECT ?n { id:person-lu rdfs:label ?n }")).toArray();
          found[method] = rows[0].n.value;
          const triples = await (await fetcher.fetchTriples(url + "sparql", head + "CONSTRUCT { ?s kg:operates ?o } { ?s kg:operates ?o }")).toArray();
          found["graph " + method] = triples.length;
          found["ask " + method] = await fetcher.fetchAsk(url + "sparql", "ASK {}");
        }
        try { await fetchWrong(); } catch (error) { found.wrong = /cannot be read/.test(error.message); }
        async function fetchWrong() { return (await new SparqlEndpointFetcher().fetchBindings(url + "sparql", "SELECT ?x {?x ?p ?y ?z ?w}")).toArray(); }
        console.log(JSON.stringify(found));
        """,
        address,
        LONG,
    )
    assert json.loads(said) == {
        "GET": "Lu Jianwang",
        "graph GET": 1,
        "ask GET": True,
        "POST": "Lu Jianwang",
        "graph POST": 1,
        "ask POST": True,
        "wrong": True,
    }


def test_another_engine_asks_it_as_a_service(address):
    import pyoxigraph as ox

    query = f"SELECT ?n {{ SERVICE <{address}sparql> {{ {NAMES} }} }}"
    (row,) = ox.Store().query(LONG + query)
    assert row["n"].value == "Lu Jianwang"


def test_the_description_of_the_api_is_valid(address):
    said = python(
        """
        import sys, json, urllib.request
        from openapi_spec_validator import OpenAPIV31SpecValidator
        said = json.load(urllib.request.urlopen(sys.argv[1] + "api/openapi.json"))
        print([str(e)[:300] for e in OpenAPIV31SpecValidator(said).iter_errors()], len(said["paths"]) > 15)
        """,
        address,
    )
    assert said.strip() == "[] True"


def get(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as reply:
        return reply.status, reply.read()


def raw(address, text):
    """What comes back on a socket for some bytes, until the server closes it."""
    port = int(re.search(r":(\d+)/", address)[1])
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(text)
        found = b""
        while part := caller.recv(65536):
            found += part
        return found


def test_slow_broken_and_huge_requests_end_and_the_server_goes_on(address):
    host = f"Host: {address.split('/')[2]}\r\n".encode()
    post = b"POST /sparql HTTP/1.1\r\n" + host + b"Content-Type: application/sparql-query\r\n"
    assert b" 408 " in raw(address, b"GET /sparql HTTP/1.1\r\n")
    assert b" 408 " in raw(address, b"")
    assert b" 408 " in raw(address, post + b"Content-Length: 100\r\n\r\nASK {")
    assert b" 413 " in raw(address, post + b"Content-Length: 10000000\r\n\r\n")
    assert b" 400 " in raw(address, b"\x16\x03\x01\x02\x00\x01\r\n\r\n")
    assert b" 403 " in raw(address, b"GET /sparql HTTP/1.0\r\n\r\n")
    assert b" 403 " in raw(
        address, b"GET /sparql HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    )
    assert get(f"{address}sparql?query=ASK%7B%7D")[0] == 200


def test_who_does_not_read_is_let_go(built_case):
    large = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"
    with started(built_case, "--timeout", "1000") as (server, address):
        port = int(re.search(r":(\d+)/", address)[1])
        process = psutil.Process(server.pid)
        with socket.socket() as caller:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            caller.connect(("127.0.0.1", port))
            head = f"GET /sparql?query={quote(large)} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
            caller.sendall(head.encode())
            caller.recv(1000)
            while any(c.status == "ESTABLISHED" for c in process.net_connections("tcp")):
                pass
            assert get(f"{address}sparql?query=ASK%7B%7D")[0] == 200


@pytest.mark.parametrize("host", ["::1", "0.0.0.0"])
def test_it_listens_where_it_is_told(built_case, host):
    with started(built_case, "--host", host) as (server, said):
        if host == "0.0.0.0":
            assert server.stderr.readline().startswith(b"everybody")
        assert get(f"{said}sparql?query=ASK%7B%7D")[0] == 200


def test_who_leaves_ends_his_query(built_case):
    with started(built_case, "--timeout", "1000", "--processes", "1") as (server, address):
        port = int(re.search(r":(\d+)/", address)[1])
        parent = psutil.Process(server.pid)
        get(f"{address}sparql?query=ASK%7B%7D")
        before = {p.pid for p in parent.children()}
        with socket.create_connection(("127.0.0.1", port)) as caller:
            path = f"/sparql?query={quote(processes.ENDLESS)}"
            caller.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            busy = {p for p in parent.children() if p.pid in before}
            while not any(p.cpu_times().user > 0.3 for p in busy):
                pass
        # The next is answered: by another process.
        assert get(f"{address}sparql?query=ASK%7B%7D")[0] == 200
        assert {p.pid for p in parent.children()} != before


def test_memory_is_bounded(built_case):
    hungry = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
    with started(built_case, "--memory", "0.1", "--timeout", "1000") as (_, address):
        with pytest.raises(urllib.error.HTTPError) as told:
            get(f"{address}sparql?query={quote(hungry)}")
        assert told.value.code == 507
        assert "0.1 GiB" in told.value.read().decode()
        assert get(f"{address}sparql?query=ASK%7B%7D")[0] == 200


def test_it_leaves_nobody_behind_however_it_ends(built_case):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        with started(built_case) as (server, address):
            get(f"{address}sparql?query=ASK%7B%7D")
            children = psutil.Process(server.pid).children()
            assert children
            server.send_signal(number)
            server.wait(processes.HANG)
            psutil.wait_procs(children, processes.HANG)
            assert not any(p.is_running() for p in children)


def test_twenty_builds_while_it_is_asked(make_case):
    """Each answer is of one build, none older than what was there when it was asked for."""
    folder = make_case()
    build(find(folder))
    # The same number twice, by two ways through the graph: a mixture would show.
    query = (
        "SELECT ?n ?m { { SELECT (COUNT(*) AS ?n) { ?s a kg:Person } } "
        "{ SELECT (COUNT(DISTINCT ?p) AS ?m) { ?p a kg:Person ; rdfs:label ?l } } }"
    )
    path = f"sparql?{urlencode({'query': query})}"
    built, wrong, asked, over = [1], [], [0], threading.Event()
    with started(folder) as (server, address):
        ended = psutil.Process(server.pid)

        def ask():
            while not over.is_set():
                least = built[0]
                _, body = get(address + path, Accept="text/csv")
                n, m = map(int, body.split()[1].split(b","))
                asked[0] += 1
                if n != m or n < least:
                    wrong.append((least, n, m))

        def failing():
            try:
                ask()
            except Exception as error:
                wrong.append(repr(error))

        callers = [threading.Thread(target=failing) for _ in range(8)]
        for one in callers:
            one.start()
        for number in range(2, 22):
            faults.touch(folder)
            build(find(folder))
            built[0] = number
        over.set()
        for one in callers:
            one.join()
        assert wrong == []
        assert asked[0] > 20
        assert get(address + path, Accept="text/csv")[1].split()[1] == b"21,21"
        # Those of builds before are gone.
        while len(ended.children()) > 2 * (os.cpu_count() or 1) + 2:
            pass


def test_after_a_thousand_answers_it_is_no_larger(built_case):
    with started(built_case, "--processes", "1") as (server, address):

        def size():
            own = psutil.Process(server.pid)
            return sum(p.memory_full_info().uss for p in (own, *own.children()))

        def some():
            for i in range(500):
                get(f"{address}sparql?query={quote(f'SELECT * {{ ?s ?p ?o }} LIMIT {i}')}")

        some()
        first = size()
        some()
        some()
        assert size() < first + (24 << 20)


def test_the_bench_prints_ratios(built_case):
    script = processes.ROOT / "bench" / "serve.py"
    words = ("--case", str(built_case), "--seconds", "0.2", "--clients", "2", "--builds", "2")
    ran = processes.run(processes.ROOT, sys.executable, str(script), *words)
    assert ran.returncode == 0, ran.stderr
    assert re.search(r"^look-ups +[\d,]+ +[\d,]+ +\d", ran.stdout, re.M)
    assert "2 builds while" in ran.stdout
    assert "no error, 0 older than the graph, 0 mixed" in ran.stdout
