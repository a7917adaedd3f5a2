"""kg serve: what programs ask over HTTP, and what they get."""

import asyncio
import gzip
import hashlib
import json
import os
import re
import signal
import sys
import urllib.request
from pathlib import Path
from xml.etree import ElementTree

import faults
import inprocess
import processes
import pyoxigraph as ox
import pytest
from serving import FORM, QUERY, Loop, Served, serving

from kg import verbs
from kg.case.folder import find
from kg.model.errors import OutOfBounds, UsageError
from kg.server import guards, run, workbench
from kg.server.app import application
from kg.server.engines import Engine
from kg.server.pool import Busy, Pool
from kg.server.workbench import VENDOR
from kg.sparql import query as queries
from kg.sparql import served
from kg.sparql.child import Limits
from kg.store.build import build
from kg.store.graph import open_graph
from kg.verbs.place import Place

NAMES = "SELECT ?n { id:person-lu rdfs:label ?n }"
GRAPH = "CONSTRUCT { ?s kg:operates ?o } { ?s kg:operates ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


@pytest.fixture(scope="module")
def server(built_case):
    with serving(built_case) as made:
        yield made


def test_a_query_comes_by_get_by_form_and_by_itself(server):
    form = b"query=" + NAMES.replace(" ", "+").replace("?", "%3F").encode()
    replies = [
        server.sparql(NAMES),
        server.ask(method="POST", body=form, headers={"content-type": FORM}),
        server.ask(method="POST", body=NAMES.encode(), headers={"content-type": QUERY}),
        server.ask("/sparql/", query=NAMES, format="json", unknown="x"),
    ]
    assert {r.status for r in replies} == {200}
    rows = [r.json["results"]["bindings"] for r in replies]
    assert [[b["n"]["value"] for b in r] for r in rows] == [["Lu Jianwang"]] * 4


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        (NAMES, "", "application/sparql-results+json"),
        (NAMES, "*/*", "application/sparql-results+json"),
        (NAMES, "text/csv", "text/csv"),
        (NAMES, "text/*;q=0.5, application/xml;q=0.4", "text/csv"),
        (NAMES, "text/csv;q=0.1, text/tab-separated-values", "text/tab-separated-values"),
        (NAMES, "application/sparql-results+xml, application/rdf+xml", "application/sparql-results+xml"),
        (NAMES, "application/json;q=0, */*;q=0.1, application/sparql-results+json;q=0", "application/sparql-results+xml"),
        ("ASK {}", "text/turtle;q=0.9, application/xml", "application/sparql-results+xml"),
        (GRAPH, "", "text/turtle"),
        (GRAPH, "application/sparql-results+xml, application/rdf+xml", "application/rdf+xml"),
        (GRAPH, "application/ld+json", "application/ld+json"),
        (GRAPH, "application/n-triples, text/turtle;q=0.9", "application/n-triples"),
    ],
)  # fmt: skip
def test_the_client_says_which_form_it_takes(server, query, accept, kind):
    reply = server.sparql(query, accept)
    assert (reply.status, reply.kind) == (200, kind)
    assert reply.headers["vary"] == "Accept, Accept-Encoding"


def test_a_form_that_the_answer_cannot_have_is_406(server):
    reply = server.sparql(GRAPH, "text/csv")
    assert reply.status == 406
    assert "text/turtle" in reply.text
    assert server.sparql(NAMES, "image/png").status == 406
    bad = server.sparql("SELECT ('a\\u0001' AS ?x) {}", "application/sparql-results+xml")
    assert (bad.status, "U+0001" in bad.text) == (406, True)
    slash = "CONSTRUCT { <urn:a> <http://example.org/b/> 1 } {}"
    assert server.sparql(slash, "application/rdf+xml").status == 406
    assert server.sparql(slash, "text/turtle").status == 200


def test_answers_are_what_the_engine_says(server, built_case, kg):
    ran = kg(built_case, "query", NAMES, "--format", "csv")
    assert server.sparql(NAMES, "text/csv").text.replace("\r", "") == ran.stdout
    star = "SELECT * { ?s ?p ?o . ?o ?zz ?aa } LIMIT 1"
    graph = open_graph(built_case / "out")
    names = queries.run(graph.store, star, graph.prefixes).variables
    assert server.sparql(star).json["head"]["vars"] == [*names]
    tree = ElementTree.fromstring(server.sparql(NAMES, "application/xml").text)
    assert [e.text for e in tree.iter() if e.tag.endswith("literal")] == ["Lu Jianwang"]
    triples = ox.parse(server.sparql(GRAPH).body, ox.RdfFormat.TURTLE)
    assert [t.object.value for t in triples] == ["https://example.org/id/station-irl01"]


def test_a_large_answer_is_packed_for_whoever_takes_it(server):
    everything = "SELECT * { ?s ?p ?o }"
    packed = server.sparql(everything, **{"accept-encoding": "br, gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == server.sparql(everything).body


def test_what_is_known_already_is_not_sent_again(server):
    first = server.sparql(NAMES)
    tag = first.headers["etag"]
    assert first.headers["kg-generation"] in tag
    again = server.sparql(NAMES, **{"if-none-match": tag})
    assert (again.status, again.body) == (304, b"")
    assert server.sparql(NAMES, "text/csv", **{"if-none-match": tag}).status == 200
    assert "etag" not in server.sparql("SELECT (RAND() AS ?r) {}").headers


def test_the_service_describes_itself(server):
    reply = server.ask(headers={"accept": "text/turtle"})
    store = ox.Store()
    store.load(reply.body, ox.RdfFormat.TURTLE)
    asked = (
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
        "PREFIX void: <http://rdfs.org/ns/void#> SELECT ?e ?n { ?s a sd:Service ; "
        "sd:endpoint ?e ; sd:defaultDataset/sd:defaultGraph/void:entities ?n }"
    )
    (row,) = store.query(asked)
    assert row["e"].value == "http://localhost/sparql"
    assert server.ask(headers={"accept": "application/ld+json"}).json
    page = server.ask(headers={"accept": "text/html,*/*;q=0.8"})
    assert (page.status, page.headers["location"]) == (303, "/")


@pytest.mark.parametrize("library", ["starlette", "uvicorn", "httptools"])
def test_what_is_not_installed_is_named(built_case, monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    verb = verbs.named("serve")
    with pytest.raises(UsageError, match=rf"serve needs {library}.*'actors-kg\[serve\]'"):
        verbs.answer_of(verb, Place(str(built_case)), {})


def test_a_wrong_query_is_told_where(server):
    reply = server.sparql("SELECT ?x { ?x kg:operates }")
    assert reply.status == 400
    assert "cannot be read at line 1, column" in reply.text
    for query in (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "LOAD <file:///etc/passwd>",
        "SELECT * {" + "{" * 300 + "}" * 300 + "}",
    ):
        assert server.sparql(query).status == 400, query
    assert server.ask(query="ASK {}", **{"default-graph-uri": "file:///etc/passwd"}).status == 400


@pytest.mark.parametrize("form", ["SELECT *", "CONSTRUCT { ?s ?p ?o }"])
def test_a_query_has_its_limits_and_the_next_is_answered(built_case, form):
    with serving(built_case, Limits(1000, 64 << 20, 3)) as tight:
        reply = tight.sparql(f"{form} {{ ?s ?p ?o }} LIMIT 4")
        assert (reply.status, "more than 3 rows" in reply.text) == (507, True)
        assert tight.sparql("ASK {}").json["boolean"] is True


def test_a_query_is_stopped_in_its_time_and_the_next_is_answered(built_case):
    for seconds in processes.clocks(0.2):
        with serving(built_case, Limits(seconds)) as hasty:
            reply, after = hasty.sparql(ENDLESS), hasty.sparql("ASK {}")
        assert reply.status == 504
        assert f"stopped after {seconds:g} s" in reply.text
        # The next has the same time, which on a slow machine may be too short.
        if after.status == 200:
            break
    assert after.json["boolean"] is True


@pytest.mark.parametrize("form", ["application/json", "application/xml", "text/csv", "text/turtle"])
def test_rows_are_counted_and_not_what_looks_like_them(form, server, built_case):
    """Three rows of texts that hold what parts rows are three rows."""
    if form == "text/turtle":
        form, text = "text/tab-separated-values", "\\n"
    else:
        text = '},{<result>\\n\\"}},{\\"\\n},{'
    query = f'SELECT * {{ VALUES ?x {{ "{text}" "{text}x" "{text}y" %s }} }}'
    with serving(built_case, Limits(1000, rows=3)) as few:
        assert few.sparql(query % "", form).status == 200
        assert few.sparql(query % '"z"', form).status == 507


def test_so_many_wait_and_no_more(built_case):
    async def many(server):
        replies = await asyncio.gather(*(server.asked(query="ASK {}") for _ in range(200)))
        return [r.status for r in replies]

    with serving(built_case) as server:
        found = server.loop.run_until_complete(many(server))
    assert {*found} == {200, 503}
    # One is under way, 128 wait.
    assert len([s for s in found if s == 200]) >= 128


def test_one_waits_as_long_as_another_may_take_and_no_longer(built_case):
    """The only process gets ready for one, who is never answered; the other is turned away."""

    async def two():
        asking = [asyncio.create_task(server.asked(query="ASK {}")) for _ in range(2)]
        (late,), (other,) = await asyncio.wait(asking, return_when=asyncio.FIRST_COMPLETED)
        other.cancel()
        await asyncio.wait([other])
        return late.result()

    loop = Loop()
    engines = Graphs(open_graph(built_case / "out"), "")
    pool = engines.engine.queries = Pool(ends(signal.pause), Limits(1000), 1, patience=0.01)
    server = Served(guards.Guards(application(engines, str(built_case)), guards.Rules()), loop)
    late = loop.run_until_complete(two())
    assert (late.status, late.headers["retry-after"]) == (503, "1")
    assert "no process was free for 0.01 s" in late.text
    loop.run_until_complete(pool.close())
    loop.close()


def test_who_leaves_the_queue_makes_room():
    async def three():
        first, left = (asyncio.create_task(pool.ask(n)) for n in range(2))
        await asyncio.wait([first, left], timeout=0)
        left.cancel()
        await asyncio.wait([left])
        with pytest.raises(Busy, match="no process was free"):
            await pool.ask(2)
        first.cancel()
        await asyncio.wait([first])
        await pool.close()

    pool = Pool(ends(signal.pause), Limits(1000), 1, waiting=2, patience=0.05)
    loop = Loop()
    loop.run_until_complete(three())
    loop.close()


def test_an_answer_is_of_the_graph_that_is_there(make_case):
    folder = make_case()
    build(find(folder))
    people = "SELECT (COUNT(*) AS ?n) { ?s a kg:Person }"
    with serving(folder) as server:
        seen = []
        for _ in range(2):
            reply, told = server.sparql(people), server.ask("/api/stats")
            assert reply.headers["kg-generation"] == told.headers["kg-generation"]
            count = reply.json["results"]["bindings"][0]["n"]["value"]
            seen.append((int(count), reply.headers["kg-generation"]))
            faults.touch(folder)
            (note,) = server.ask("/api/stats").json["notes"]
            assert note.startswith("the tables changed since the build (people.csv)")
            assert server.ask("/api/workbench").json["note"] == note
            build(find(folder))
        assert [n for n, _ in seen] == [1, 2]
        assert len({g for _, g in seen}) == 2


# The W3C's tests of the protocol, by their names: method, type and body, what the query string says,
# and what is to come of it: true, a kind of answer, or an error of the client's. Updates are refused.
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
A = "<" + DATA + "> a ?type"
GIVEN = "GRAPH ?g1 { " + A.format(1) + " } GRAPH ?g2 { " + A.format(2) + " }"
DEFAULT, NAMED, BOTH = "default-graph-uri", "named-graph-uri", {"named-graph-uri": [1, 2]}
UPDATE = "application/sparql-update"
W3C = {
    "query_post_form": ("POST", FORM, "query=ASK%20%7B%7D", {DEFAULT: [0]}, True),
    "query_dataset_default_graphs_get": ("GET", "", f"ASK {{ {A.format(1)} . {A.format(2)} . }}", {DEFAULT: [1, 2]}, True),
    "query_dataset_default_graphs_post": ("POST", QUERY, f"ASK {{ {A.format(1)} . {A.format(2)} . }}", {DEFAULT: [1, 2]}, True),
    "query_dataset_named_graphs_post": ("POST", QUERY, f"ASK {{ {GIVEN} }}", BOTH, True),
    "query_dataset_named_graphs_get": ("GET", "", f"ASK {{ {GIVEN} }}", BOTH, True),
    "query_dataset_full": ("POST", QUERY, f"ASK {{ {A.format(3)} {GIVEN} }}", {DEFAULT: [3], **BOTH}, True),
    "query_multiple_dataset": ("POST", QUERY, f"ASK FROM <{DATA.format(3)}> {{ {GIVEN} }}", BOTH, True),
    "query_get": ("GET", "", "ASK {}", {DEFAULT: [0]}, True),
    "query_content_type_select": ("POST", QUERY, "SELECT (1 AS ?value) {}", {DEFAULT: [0]}, "application/sparql-results+json"),
    "query_content_type_ask": ("POST", QUERY, "ASK {}", {DEFAULT: [0]}, "application/sparql-results+json"),
    "query_content_type_describe": ("POST", QUERY, "DESCRIBE <http://example.org/>", {DEFAULT: [0]}, "text/turtle"),
    "query_content_type_construct": ("POST", QUERY, "CONSTRUCT { <s> <p> 1 } WHERE {}", {DEFAULT: [0]}, "text/turtle"),
    "update_dataset_default_graph": ("POST", UPDATE, "CLEAR ALL", {"using-graph-uri": [1]}, 403),
    "update_dataset_default_graphs": ("POST", UPDATE, "CLEAR ALL", {"using-graph-uri": [1, 2]}, 403),
    "update_dataset_named_graphs": ("POST", UPDATE, "CLEAR ALL", {"using-named-graph-uri": [1, 2]}, 403),
    "update_dataset_full": ("POST", UPDATE, "CLEAR ALL", {"using-graph-uri": [1]}, 403),
    "update_post_form": ("POST", FORM, "update=CLEAR+ALL", {}, 403),
    "update_post_direct": ("POST", UPDATE, "CLEAR ALL", {}, 403),
    "update_base_uri": ("POST", UPDATE, "BASE <http://example.org/> CLEAR ALL", {}, 403),
    "query_post_direct": ("POST", QUERY, "ASK {}", {}, True),
    "bad_query_method": ("PUT", FORM, "ASK {}", {DEFAULT: [0]}, 405),
    "bad_multiple_queries": ("GET", "", ["ASK {}", "SELECT * {}"], {}, 400),
    "bad_query_wrong_media_type": ("POST", "text/plain", "ASK {}", {}, 415),
    "bad_query_missing_form_type": ("POST", "", "query=ASK%20%7B%7D", {}, 415),
    "bad_query_missing_direct_type": ("POST", "", "ASK {}", {}, 415),
    "bad_query_non_utf8": ("POST", QUERY + "; charset=UTF-16", "ASK {}", {}, 415),
    "bad_query_syntax": ("GET", "", "ASK {", {}, 400),
    "bad_update_get": ("GET", "", "", {"update": ["CLEAR ALL"]}, 400),
    "bad_multiple_updates": ("POST", FORM, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", {}, 403),
    "bad_update_wrong_media_type": ("POST", "text/plain", "CLEAR NAMED", {}, 415),
    "bad_update_missing_form_type": ("POST", "", "update=CLEAR%20NAMED", {}, 415),
    "bad_update_non_utf8": ("POST", UPDATE + "; charset=UTF-16", "CLEAR NAMED", {}, 415),
    "bad_update_syntax": ("POST", FORM, "update=CLEAR%20XYZ", {}, 403),
    "bad_update_dataset_conflict": ("POST", UPDATE, "CLEAR ALL", {"using-named-graph-uri": [1]}, 403),
}  # fmt: skip


class Graphs:
    """Stands for the engines of a graph, over a store that has named graphs."""

    def __init__(self, graph, folder):
        self.limits = Limits()
        pool = Pool(lambda: served.prepare(folder, {}, self.limits), self.limits, 1)
        self.engine = Engine(graph, pool, pool)

    def now(self):
        return self.engine


def ends(how):
    """What prepares a process that ends so when it is asked."""

    def answer(request):
        how()
        yield "body", b""

    return lambda: answer


def no_memory():
    raise MemoryError


@pytest.mark.parametrize(
    ("how", "status"), [(no_memory, 507), (os.abort, 507), (lambda: os._exit(1), 500)]
)
def test_a_process_that_dies_is_told_and_replaced(built_case, how, status):
    loop = Loop()
    engines = Graphs(open_graph(built_case / "out"), "")
    pool = engines.engine.queries = Pool(ends(how), Limits(), 1)
    server = Served(guards.Guards(application(engines, str(built_case)), guards.Rules()), loop)
    assert [server.sparql("ASK {}").status for _ in range(2)] == [status] * 2
    loop.run_until_complete(pool.close())
    loop.close()


def test_a_graph_that_was_swept_away_meanwhile_gives_way_to_the_next(built_case):
    def swept():
        raise OutOfBounds("the graph was built again, twice, since it was opened; open it again")

    graph = open_graph(built_case / "out")
    loop, limits = Loop(), Limits()
    store = graph.part("store")
    pools = [
        Pool(prepare, limits, 1)
        for prepare in (swept, lambda: served.prepare(store, graph.prefixes, limits))
    ]
    before, after = (Engine(graph, pool, pool) for pool in pools)

    class Engines:
        limits = Limits()
        asked = iter([before])

        def now(self):
            return next(self.asked, after)

    server = Served(guards.Guards(application(Engines(), str(built_case)), guards.Rules()), loop)
    assert server.sparql("ASK {}").json["boolean"] is True
    for pool in pools:
        loop.run_until_complete(pool.close())
    loop.close()


def test_what_cannot_be_prepared_is_told(built_case):
    def broken():
        raise OSError("Corruption: block checksum mismatch")

    loop = Loop()
    engines = Graphs(open_graph(built_case / "out"), "")
    pool = engines.engine.queries = Pool(broken, Limits(), 1)
    server = Served(guards.Guards(application(engines, str(built_case)), guards.Rules()), loop)
    replies = [server.sparql("ASK {}") for _ in range(2)]
    assert [r.status for r in replies] == [503, 503]
    assert "damaged" in replies[0].text
    loop.run_until_complete(pool.close())
    loop.close()


def _documents(folder):
    store = ox.Store(folder)
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for number in range(4):
        name = ox.NamedNode(DATA.format(number))
        store.add(ox.Quad(name, kind, ox.NamedNode("http://xmlns.com/foaf/0.1/Document"), name))
    store.flush()


@pytest.fixture(scope="module")
def suite(tmp_path_factory, built_case):
    folder = str(tmp_path_factory.mktemp("w3c"))
    inprocess.apart(_documents, folder)
    loop = Loop()
    engines = Graphs(open_graph(built_case / "out"), folder)
    yield Served(guards.Guards(application(engines, str(built_case)), guards.Rules()), loop)
    loop.run_until_complete(engines.engine.queries.close())
    loop.close()


@pytest.mark.parametrize("name", W3C)
def test_the_protocol_as_the_w3c_tests_it(suite, name):
    method, kind, body, said, expected = W3C[name]
    fields = {
        n: [DATA.format(v) if isinstance(v, int) else v for v in values]
        for n, values in said.items()
    }
    if method == "GET" and body:
        fields["query"] = body
    reply = suite.ask(
        method=method,
        body=b"" if method == "GET" else body.encode(),
        headers={"content-type": kind} if kind else {},
        **fields,
    )
    if isinstance(expected, int) and expected is not True:
        assert reply.status == expected
    else:
        assert reply.status == 200, reply.text
        assert reply.json["boolean"] if expected is True else reply.kind == expected


def test_a_verb_is_asked_by_its_parameters(server):
    found = server.ask("/api/find", text="Lu", limit="1").json
    assert [row["id"] for row in found["answer"]] == ["person-lu"]
    assert (found["notes"], found["code"]) == ([], 0)
    claims = server.ask("/api/claims", entity="body-fuzhou", status=["contested", "denied"]).json
    assert [c["status"] for c in claims["answer"]] == ["Contested"]
    path = server.ask("/api/path", start="body-fuzhou", end="place-irl", through="all")
    assert (
        path.json["answer"]["paths"]
        if isinstance(path.json["answer"], dict)
        else path.json["answer"]
    )
    assert server.ask("/api/claims", format="csv").kind == "text/csv"
    body = b"text=Lu&limit=1"
    posted = server.ask("/api/find", "POST", body, {"content-type": FORM})
    assert posted.json == found


def test_an_empty_answer_is_an_answer_and_says_why(server):
    found = server.ask("/api/find", text="Zzyzx")
    assert (found.status, found.json["answer"], found.json["code"]) == (200, [], 1)
    assert found.json["notes"] == ["nothing is called “Zzyzx”"]


@pytest.mark.parametrize(
    ("path", "fields", "status", "told"),
    [
        ("/api/show", {"name": "Lu Jianwan"}, 404, "nothing is called"),
        ("/api/show", {"name": "\0"}, 404, "nothing is called"),
        ("/api/sources", {"echo": '"\0"'}, 404, "nothing is called"),
        ("/api/show", {}, 400, "show needs name"),
        ("/api/show", {"nmae": "x"}, 400, "did you mean “name”"),
        ("/api/find", {"text": "Lu", "limit": "many"}, 400, "expected a whole number"),
        ("/api/find", {"text": "Lu", "limit": "-1"}, 400, "expected at least 0"),
        ("/api/find", {"text": ["Lu", "Li"]}, 400, "expected one, found 2"),
        ("/api/find", {"list": "/etc/passwd"}, 400, "takes no list"),
        ("/api/find", {"text": "Lu", "column": "Name"}, 400, "takes no column"),
        ("/api/path", {"among": "/etc/passwd"}, 400, "files are not read"),
        ("/api/view", {"query": "/etc/passwd"}, 400, "files are not read"),
        ("/api/claims", {"status": "true"}, 400, "expected"),
        ("/api/claims", {"format": "html"}, 400, "expected json"),
        ("/api/claims", {"out": "/tmp/x"}, 400, "takes no out"),
        ("/api/build", {}, 404, "nothing is at /api/build"),
        ("/api/export", {}, 404, "nothing is at /api/export"),
        ("/api/query", {}, 404, "nothing is at /api/query"),
    ],
)
def test_what_is_wrong_is_said(server, path, fields, status, told):
    reply = server.ask(path, **fields)
    assert reply.status == status
    assert told in reply.json["error"]


def test_who_may_be_meant_is_listed(server):
    near = server.ask("/api/show", name="Lu Jianwan").json["near"]
    assert near == [{"id": "person-lu", "name": "Lu Jianwang"}]


def test_what_is_said_once_is_said_to_each(server):
    told = [server.ask("/api/timeline", name="Lu").json["notes"] for _ in range(2)]
    assert told[0] == told[1]
    assert any("is taken for" in note for note in told[0])
    more = server.ask("/api/path", start="body-fuzhou", end="body-ngo", k="1", spoken="yes").json
    assert all("\ufdd0" not in note for note in more["notes"])


def test_a_page_may_run_its_scripts_and_ask_the_server_nothing(server):
    page = server.ask("/api/view", focus="Lu Jianwang")
    assert page.kind == "text/html"
    assert "sandbox allow-scripts" in page.headers["content-security-policy"]
    assert "allow-same-origin" not in page.headers["content-security-policy"]


def test_the_workbench_comes_with_a_policy_of_its_own(server):
    page = server.ask("/")
    assert (page.status, page.kind) == (200, "text/html")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    named = re.findall(r'(?:src|href)="(workbench/[^"]+)"', page.text)
    assert sorted(named) == sorted(
        f"workbench/{name}"
        for name in workbench.FILES
        if name not in ("index.html", f"{VENDOR}LICENSE")
    )
    for name in named:
        found = server.ask(f"/{name}")
        assert found.status == 200
        again = server.ask(f"/{name}", headers={"if-none-match": found.headers["etag"]})
        assert again.status == 304
        assert not re.search(rb"""(?:url\(|@import|fetch\(\s*["'])\s*["']?https?:""", found.body)
    assert server.ask("/workbench/__init__.py").status == 404
    assert server.ask("/workbench/../app.py").status == 404
    about = server.ask("/api/workbench").json
    assert (about["title"], about["language"]) == ("A case of ten rows", "en")
    for query in about["questions"].values():
        assert server.sparql(query).status == 200
    walked = server.ask("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})
    assert walked.status == 200


def test_what_others_wrote_is_as_they_published_it():
    folder = Path(workbench.__file__).parent / VENDOR
    record = json.loads((folder / "vendor.json").read_text("utf-8"))
    there = {
        p.name: "sha256-" + hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.iterdir()
        if p.name != "vendor.json"
    }
    assert record["files"] == there
    assert record["licence"] == "MIT"


def test_the_description_has_every_verb_and_parameter(server):
    said = server.ask("/api/openapi.json").json
    assert said["openapi"].startswith("3.1")
    find = said["paths"]["/api/find"]["get"]
    assert [p["name"] for p in find["parameters"]] == ["text", "kind", "limit", "format"]
    assert said["paths"]["/api/show"]["get"]["parameters"][0]["required"] is True
    assert "/api/build" not in said["paths"]
    json.dumps(said)


def test_a_port_that_is_taken_is_told(built_case, kg):
    with run.bound("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(OutOfBounds, match=f"port {port} of 127.0.0.1 is taken"):
            run.bound("127.0.0.1", port)
    with pytest.raises(UsageError, match="no such address"):
        run.bound("no such host", 0)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--allow-origin", "example.org"), "expected http or https, a host"),
        (("--allow-origin", "https://example.org/x"), "expected http or https, a host"),
        (("--port", "70000"), "70000"),
    ],
)
def test_what_cannot_be_served_is_refused(built_case, kg, words, told):
    ran = kg(built_case, "serve", *words)
    assert ran.returncode == 2
    assert told in ran.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_says_where_it_is_and_ends_when_it_is_told(built_case, number, code):
    command = (*processes.KG, "serve", "--port", "0", "--processes", "1")
    with processes.start(built_case, *command) as server:
        try:
            line = server.stdout.readline().decode()
            address = line.partition(" ")[0]
            with urllib.request.urlopen(f"{address}sparql?query=ASK%7B%7D") as reply:
                assert json.load(reply)["boolean"] is True
            server.send_signal(number)
            server.wait(processes.HANG)
        finally:
            server.kill()
    assert line == f"{address} answers until Ctrl-C; SPARQL at /sparql\n"
    assert server.returncode == code
