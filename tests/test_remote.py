"""A graph in a store elsewhere: the same rows as of one on this disk, or an error that says why."""

import gzip
import os
import shutil
import socket

import pytest
from asking import run
from endpoint import basic, running

from kg import verbs
from kg.case import folder as cases
from kg.cli import stores
from kg.model.errors import BadGraph, NoGraph, OutOfBounds, UsageError
from kg.model.namespaces import PREFIXES
from kg.sparql.query import Limits, Term
from kg.store.build import build
from kg.store.graph import open_graph, previous
from kg.store.remote import client, loading, records
from kg.store.remote.address import Address, Named, named, resolved
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.graph import open_store
from kg.store.remote.rewriting import Query
from kg.store.remote.server import SERVE
from kg.verbs.place import Place

GRAPH = "https://example.org/graph"
VERBS = [
    ("show", {"name": "body-fuzhou"}),
    ("show", {"name": "Harry Lu"}),
    ("find", {"text": "fuzhou"}),
    ("path", {"start": "body-fuzhou", "end": "place-irl"}),
    ("path", {"start": "body-fuzhou", "end": "person-lu", "through": ["all"], "k": 5}),
    ("neighbors", {"name": "station-irl01"}),
    ("claims", {"entity": "body-fuzhou"}),
    ("claims", {"relation": "operates"}),
    ("claims", {"document": ["doc-report"]}),
    ("claims", {"voice": ["body-fuzhou"], "rows": True}),
    ("claims", {"document": ["doc-report"], "entity": "body-fuzhou", "status": ["uncontested"]}),
    ("claims", {"status": ["denied"]}),
    ("claims", {"known_by": "2022-10"}),
    ("show", {"name": "body-fuzhou", "document": ["doc-report"]}),
    ("show", {"name": "body-fuzhou", "as_of": "2022-10-01"}),
    ("path", {"start": "body-fuzhou", "end": "place-irl", "document": ["doc-report"]}),
    ("timeline", {"name": "person-lu", "document": ["doc-report"]}),
    ("figures", {"document": ["doc-report"]}),
    ("conflicts", {"document": ["doc-report"]}),
    ("matrix", {"document": ["doc-report"]}),
    ("figures", {}),
    ("timeline", {"name": "person-lu"}),
    ("conflicts", {}),
    ("conflicts", {"entity": "body-fuzhou"}),
    ("matrix", {}),
    ("sources", {}),
    ("search", {"words": ["Listed"]}),
    ("stats", {}),
    ("ask", {"name": "denials"}),
]


@pytest.fixture(scope="module")
def store(built_case):
    with running() as endpoint:
        loading.load(open_graph(built_case / "out"), None, Address(endpoint.url, GRAPH), print)
        yield endpoint


@pytest.fixture
def fresh(built_case, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with running() as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def hub(make_case):
    """A case of one body that 60 others are tied to by 240 claims, and a store that gives 200 rows at most."""
    bodies = [f"b{n},Body {n}\n" for n in range(60)]
    ends = [pair for n in range(60) for pair in ((f"b{n}", "body-state"), ("body-state", f"b{n}"))]
    ties = [(one, verb, other) for one, other in ends for verb in ("owns", "disputes")]
    rows = (f"{','.join(tie)},body-ngo,doc-page,row {n}\n" for n, tie in enumerate(ties))
    hub = "subject,relation,object,voice,document,locator\n" + "".join(rows)
    known = "id,name\nbody-fuzhou,Fuzhou\nbody-ngo,The NGO\nbody-state,The embassy\n"
    folder = make_case(claims=hub, bodies=known + "".join(bodies))
    build(cases.find(folder))
    with running() as endpoint:
        loading.load(open_graph(folder / "out"), None, Address(endpoint.url, GRAPH), print)
        endpoint.most = 200
        yield folder, endpoint


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


def opened(endpoint, graph=GRAPH, **limits):
    return open_store(Address(endpoint.url, graph), "out", Limits(**limits), "", print)


def answered(capsys, verb, where, given, address=None):
    from kg.cli import output

    code = output.run(verbs.named(verb), str(where), {"format": "json", **given}, address)
    said = capsys.readouterr()
    return code, said.out, [n for n in said.err.splitlines() if not n.startswith("fetching")]


@pytest.mark.parametrize("verb, given", VERBS, ids=[f"{v}-{n}" for n, (v, _) in enumerate(VERBS)])
def test_each_verb_answers_as_on_this_disk(
    store, built_case, verb, given, capsys, monkeypatch, tmp_path, kept
):
    here = answered(capsys, verb, built_case, given)
    for cache in (tmp_path, kept):
        monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
        assert answered(capsys, verb, built_case, given, Named(store.url, GRAPH)) == here


def test_a_part_is_asked_for_and_never_the_whole(store, built_case, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for verb, given in (VERBS[0], *VERBS[3:4], *VERBS[5:11], *VERBS[13:14], *VERBS[16:18]):
        answered(capsys, verb, built_case, given, Named(store.url, GRAPH))
    assert not list(tmp_path.rglob("ledger.sqlite"))


def questions(store, built_case, capsys, monkeypatch, where, verb, given):
    """How many questions the store is asked by a verb with nothing here before."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(where))
    before = len(store.queries)
    answered(capsys, verb, built_case, given, Named(store.url, GRAPH))
    return len(store.queries) - before


def test_what_is_said_of_rows_is_asked_for_together(
    store, built_case, capsys, monkeypatch, tmp_path
):
    several = questions(
        store, built_case, capsys, monkeypatch, tmp_path, "show", {"name": "body-fuzhou"}
    )
    rows = open_graph(built_case / "out").ledger.claims_about("body-fuzhou")
    assert sum(len(c.attestations) for c in rows) > 1
    # Each row by itself would be a question more for each of them.
    assert several < 35


@pytest.mark.parametrize(
    "given",
    [
        {"start": "body-fuzhou", "end": "place-irl", "through": ["all"]},
        {"among": ["body-fuzhou", "person-lu", "station-irl01"]},
    ],
    ids=["two", "among"],
)
def test_a_path_that_goes_far_is_found_in_the_local_index(
    store, built_case, given, capsys, monkeypatch, tmp_path
):
    monkeypatch.setattr("kg.store.remote.growing._MOST", 0)
    monkeypatch.setattr("kg.store.remote.growing._LIKE", 1_000_000)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    here = answered(capsys, "path", built_case, given)
    assert answered(capsys, "path", built_case, given, Named(store.url, GRAPH)) == here
    assert list(tmp_path.rglob("ledger.sqlite"))


def test_a_path_goes_on_row_by_row_where_the_graph_is_not_given_whole(
    store, built_case, capsys, monkeypatch, tmp_path
):
    monkeypatch.setattr("kg.store.remote.growing._MOST", 0)
    monkeypatch.setattr("kg.store.remote.growing._LIKE", 1_000_000)
    monkeypatch.setattr("kg.store.remote.index._MOST_IN_SHARES", 0)
    monkeypatch.setattr(Endpoint, "dumped", lambda *_: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    given = {"start": "body-fuzhou", "end": "place-irl", "through": ["all"]}
    here = answered(capsys, "path", built_case, given)
    assert answered(capsys, "path", built_case, given, Named(store.url, GRAPH)) == here
    assert not list(tmp_path.rglob("ledger.sqlite"))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?o { ?s kg:operates ?o } ORDER BY ?s",
        "ASK { ?s kg:operates ?o }",
        "CONSTRUCT { ?o rdfs:seeAlso ?s } WHERE { ?s kg:operates ?o }",
        "CONSTRUCT WHERE { ?s kg:operates ?o }",
        "DESCRIBE id:body-fuzhou",
        "DESCRIBE ?o { ?s kg:operates ?o }",
        "PREFIX x: <https://example.org/id/> SELECT ?n { x:person-lu rdfs:label ?n }",
        "SELECT ?n # kg: { in a comment\n{ id:person-lu rdfs:label ?n }",
    ],
)
def test_a_query_has_the_answer_of_the_embedded_store(store, built_case, text):
    here, there = open_graph(built_case / "out"), Endpoint(Address(store.url, GRAPH))
    found = there.query(text, here.prefixes)
    same = here.store.query(text, here.prefixes)
    assert (found.kind, found.variables, found.rows, found.boolean, found.text) == (
        (same.kind, same.variables, same.rows, same.boolean, same.text)
    )
    there.client.close()


def test_rows_over_the_limit_are_cut_and_said_to_be(store):
    there = Endpoint(Address(store.url, GRAPH))
    found = there.query("SELECT ?s { ?s ?p ?o }", PREFIXES, Limits(rows=3))
    assert (len(found.rows), found.truncated) == (3, True)
    there.client.close()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <x:y> {}",
        "INSERT DATA {}",
        "SELECT * { SERVICE <x:y> {} }",
        "SELECT ?s {\n  ?s kg:operates }",
        "SELECT ?s { ?s gk:operates ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o",
        "SELECT ?s ?n { ?s ?p ?o } GROUP BY ?s",
        "SELECT ?s { ?s ?p ?o FILTR(?o > 3) }",
        "",
    ],
)
def test_what_is_wrong_is_told_as_by_the_embedded_store_and_not_sent(store, built_case, text):
    there, before = Endpoint(Address(store.url, GRAPH)), len(store.queries)
    with pytest.raises(UsageError) as told:
        there.query(text, PREFIXES)
    with pytest.raises(UsageError) as here:
        open_graph(built_case / "out").store.query(text, PREFIXES)
    assert str(told.value) == str(here.value)
    assert len(store.queries) == before
    there.client.close()


def test_a_value_holds_in_every_group_that_names_it():
    query = Query(
        "SELECT ?a { ?a ?p ?o { SELECT ?o { ?o ?q ?a } } VALUES ?a { <x:b> } }",
        {},
        {"a": Term("uri", "x:a")},
    )
    value = "VALUES ?a { <x:a> }"
    assert query.text == (
        f"SELECT ?a {{ {value}  ?a ?p ?o {{ {value}  SELECT ?o {{ {value}  ?o ?q ?a }} }} "
        "VALUES ?a { <x:b> } }"
    )


def changed(folder):
    path = folder / "data" / "claims.csv"
    path.write_text(path.read_text("utf-8").replace(",Listed,", ",Listed there,"), "utf-8")
    build(cases.find(folder))
    return open_graph(folder / "out")


def test_later_only_what_differs_is_sent(fresh, built_case, tmp_path, capsys):
    folder = tmp_path / "case"
    shutil.copytree(built_case, folder)
    address = Address(fresh.url, GRAPH)
    first = open_graph(folder / "out")
    added, gone = loading.load(first, None, address, print)
    assert (added > 100, gone) == (True, 0)
    assert loading.load(first, None, address, print) == (0, 0)
    now = changed(folder)
    assert loading.load(now, previous(now.out), address, print) == (1, 1)
    capsys.readouterr()
    here = answered(capsys, "show", folder, {"name": "body-fuzhou"})
    assert answered(capsys, "show", folder, {"name": "body-fuzhou"}, Named(fresh.url)) == here
    assert "Listed there" in here[1]


@pytest.mark.parametrize("left", (0, 1, 4))
def test_a_loading_that_breaks_off_is_never_read(fresh, built_case, left, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(built_case, folder)
    address = Address(fresh.url, GRAPH)
    loading.load(open_graph(folder / "out"), None, address, print)
    now = changed(folder)
    fresh.left = left
    with pytest.raises(BadGraph, match="the disk is full"):
        loading.load(now, previous(now.out), address, print)
    if left:
        with pytest.raises((BadGraph, NoGraph)):
            opened(fresh)
    else:
        # Nothing was changed yet: the old graph is there.
        opened(fresh).close()
    fresh.left = None
    loading.load(now, previous(now.out), address, print)
    graph = opened(fresh)
    assert graph.version == now.version
    graph.close()


def test_a_graph_loaded_anew_meanwhile_is_told(fresh, built_case, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(built_case, folder)
    address = Address(fresh.url, GRAPH)
    loading.load(open_graph(folder / "out"), None, address, print)
    place = Place(str(folder), store=Named(fresh.url, GRAPH))
    place.graph.ledger.claims_about("body-fuzhou")
    place.settled()
    now = changed(folder)
    loading.load(now, previous(now.out), address, print)
    with pytest.raises(OutOfBounds, match="loaded anew meanwhile"):
        place.settled()
    place.graph.close()


FAULTS = [
    ("cut", OutOfBounds, "gave 2 of"),
    ("late", OutOfBounds, "did not answer within"),
    ("broken off", BadGraph, "broke off"),
    ("sent on", BadGraph, "elsewhere.example"),
    ("busy", BadGraph, "come back"),
    ("nonsense", BadGraph, "no SPARQL JSON"),
    ("404", BadGraph, "no endpoint"),
    ("403", BadGraph, "KG_STORE_USER"),
    ("400", UsageError, "no idea"),
    ("500", BadGraph, "no idea"),
]


@pytest.mark.parametrize("fault, kind, words", FAULTS, ids=[f for f, _, _ in FAULTS])
def test_a_fault_of_the_store_is_an_error_in_its_words(
    fresh, built_case, monkeypatch, fault, kind, words
):
    monkeypatch.setattr(client, "_PAUSE", 0)
    address = Address(fresh.url, GRAPH)
    loading.load(open_graph(built_case / "out"), None, address, print)
    there = Endpoint(address)
    assert there.server.name == "Oxigraph"
    fresh.fault = fault
    with pytest.raises(kind, match=words):
        there.query("SELECT ?s { ?s kg:operates ?o } LIMIT 9", PREFIXES, Limits(seconds=0.2)) if (
            fault == "late"
        ) else there.query("SELECT ?s { ?s a kg:Claim }", PREFIXES)
    there.client.close()


@pytest.mark.parametrize("name", ["Oxigraph/0.5", "Virtuoso/07.20", "Other/1"])
def test_an_index_that_does_not_come_whole_is_none(fresh, built_case, name, capsys):
    loading.load(open_graph(built_case / "out"), None, Address(fresh.url, GRAPH), print)
    fresh.name = name
    graph = opened(fresh)
    _ = graph.manifest
    fresh.fault = "cut"
    with pytest.raises(OutOfBounds, match="rows"):
        graph.ledger.find("Fuzhou police")
    assert not graph.indexed
    fresh.fault = ""
    assert graph.ledger.find("Fuzhou police") == "body-fuzhou"
    assert graph.indexed
    graph.close()


@pytest.mark.parametrize("told", ["soon", "0", "nan", "1e9"])
def test_patience_that_is_no_time_is_refused(store, monkeypatch, told):
    monkeypatch.setenv("KG_STORE_TIMEOUT", told)
    with pytest.raises(UsageError, match="expected seconds"):
        _ = Place("nowhere", store=Named(store.url, GRAPH)).graph


def test_who_is_late_is_told_what_gives_more_time(fresh, built_case, capsys, monkeypatch):
    loading.load(open_graph(built_case / "out"), None, Address(fresh.url, GRAPH), print)
    fresh.fault = "late"
    monkeypatch.setenv("KG_STORE_TIMEOUT", "0.2")
    where = built_case, {"name": "body-fuzhou"}, Named(fresh.url, GRAPH)
    with pytest.raises(OutOfBounds, match="raise KG_STORE_TIMEOUT"):
        answered(capsys, "show", *where)


def test_nothing_answers_there():
    with socket.socket() as deaf, pytest.raises(BadGraph, match="is it running"):
        deaf.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/query"
        Endpoint(Address(url, GRAPH)).rows("SELECT ?s { ?s ?p ?o }")


@pytest.mark.parametrize(
    "settings, header",
    [
        ({"KG_STORE_USER": "ann", "KG_STORE_PASSWORD": "x y"}, basic("ann", "x y")),
        ({"KG_STORE_TOKEN": "secret"}, "Bearer secret"),
    ],
    ids=["basic", "bearer"],
)
def test_a_login_comes_from_the_environment(fresh, monkeypatch, settings, header):
    fresh.wanted = header
    there = Endpoint(Address(fresh.url, GRAPH))
    with pytest.raises(BadGraph, match="set KG_STORE_USER and KG_STORE_PASSWORD"):
        there.rows("SELECT ?s { ?s ?p ?o }", counted=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert there.rows("SELECT ?s { ?s ?p ?o }", counted=False) == []
    fresh.wanted = "another"
    with pytest.raises(BadGraph, match="is not what it expects"):
        there.rows("SELECT ?s { ?s ?p ?o }", counted=False)
    there.client.close()


def test_a_password_is_sent_readable_to_this_machine_only(monkeypatch):
    monkeypatch.setenv("KG_STORE_TOKEN", "secret")
    with pytest.raises(UsageError, match="use https"):
        client._auth("", "http://store.example/sparql")


@pytest.mark.parametrize(
    "url, words",
    [
        ("http://ann:secret@store.example/sparql", "has no place in an address"),
        ("store.example", "expected an address"),
        ("file:///etc/passwd", "expected http"),
        ("http://store.example/#x", "no part after #"),
        ("http://store.example/a b", "expected an address"),
    ],
)
def test_what_is_no_address_is_refused_without_its_secret(url, words):
    with pytest.raises(UsageError, match=words) as error:
        resolved(Named(url))
    assert "secret" not in str(error.value)


def test_a_store_is_named_by_option_or_environment(monkeypatch):
    assert stores.taken(["show", "x", "--store=http://a/q", "--graph", "x:g"]) == (
        ["show", "x"],
        Named("http://a/q", "x:g"),
    )
    assert stores.taken(["query", "--graph", "x:g=f.ttl", "ASK {}"])[1] is None
    monkeypatch.setenv("KG_STORE", "http://b/q")
    monkeypatch.setenv("KG_GRAPH", "x:h")
    assert named() == Named("http://b/q", "x:h", ambient=True)
    with pytest.raises(UsageError, match="nothing"):
        stores.taken(["find", "--store"])
    with pytest.raises(UsageError, match="twice"):
        stores.taken(["--store", "a", "--store", "b"])


def test_a_case_names_a_store_only_to_who_asks_for_that(built_case, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(built_case, folder)
    with pytest.raises(UsageError, match=r"case\.toml names no store"):
        _ = Place(str(folder), store=Named("case")).address
    toml = folder / "data" / "case.toml"
    toml.write_text(
        'store = "http://127.0.0.1:9/query"\ngraph = "x:g"\n' + toml.read_text("utf-8"), "utf-8"
    )
    assert Place(str(folder)).address is None
    assert Place(str(folder), store=Named("case")).address == Address(
        "http://127.0.0.1:9/query", "x:g"
    )


def test_of_several_graphs_one_is_named(fresh, built_case):
    built = open_graph(built_case / "out")
    with pytest.raises(NoGraph, match="kg build"):
        opened(fresh, "")
    for graph in ("x:one", "x:two"):
        loading.load(built, None, Address(fresh.url, graph), print)
    with pytest.raises(UsageError, match="<x:one>, <x:two>"):
        opened(fresh, "")
    with pytest.raises(NoGraph, match="x:three"):
        opened(fresh, "x:three")
    opened(fresh, "x:two").close()


@pytest.mark.parametrize(
    "name, wanted",
    [
        ("Oxigraph/0.5", {"README"}),
        ("Virtuoso/07.20", {"load.sql", "resume.sql", "README"}),
        ("Other/1", {"README"}),
    ],
)
def test_bulk_files_hold_a_whole_graph(fresh, built_case, tmp_path, monkeypatch, name, wanted):
    import pyoxigraph as ox

    fresh.name = name
    monkeypatch.setattr(loading, "_IN_FILE", 300)
    address, folder = Address(fresh.url, GRAPH), tmp_path / "bulk"
    written = loading.bulk(open_graph(built_case / "out"), address, str(folder))
    packed = [n for n in written if n.endswith(".nt.gz")]
    assert {*written} == {*packed, *wanted} == {*os.listdir(folder)}
    assert packed[:2] == ["graph-0000.nt.gz", "graph-0001.nt.gz"]
    told = "".join((folder / file).read_text() for file in wanted)
    assert all(file in told for file in packed)
    with pytest.raises(UsageError, match="empty folder"):
        loading.bulk(open_graph(built_case / "out"), address, str(folder))
    for file in packed:
        text = gzip.decompress((folder / file).read_bytes())
        assert text.count(b"\n") <= 300
        graph = ox.NamedNode(GRAPH if file.startswith("graph") else address.beside)
        fresh.store.load(input=text, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
    opened(fresh).close()


def test_a_store_that_nobody_knows_how_to_write_to_is_only_read(fresh, built_case):
    fresh.name = "Other/1"
    with pytest.raises(UsageError, match="bulk"):
        loading.load(open_graph(built_case / "out"), None, Address(fresh.url, GRAPH), print)


@pytest.mark.parametrize(
    "closed", [(403, b"The server is read-only"), (404, b"Not Found"), (405, b""), (501, b"")]
)
def test_a_server_that_takes_no_updates_is_told_as_one(fresh, built_case, closed):
    fresh.closed = closed
    with pytest.raises(BadGraph, match=rf"takes no updates \({closed[0]}.*it is read-only"):
        loading.load(open_graph(built_case / "out"), None, Address(fresh.url, GRAPH), print)
    # Whoever has no right to write is another matter.
    fresh.closed = (403, b"you may not")
    with pytest.raises(BadGraph, match="KG_STORE_USER"):
        loading.load(open_graph(built_case / "out"), None, Address(fresh.url, GRAPH), print)


@pytest.mark.parametrize("fault", ["", "400", "404", "405"])
def test_kg_serve_is_no_store(fresh, built_case, fault):
    fresh.name, fresh.fault = SERVE, fault
    with pytest.raises(UsageError, match="is kg serve, which is read-only"):
        loading.load(open_graph(built_case / "out"), None, Address(fresh.url, GRAPH), print)
    with pytest.raises(UsageError, match="is kg serve, which is read-only"):
        opened(fresh)
    assert not fresh.updates


@pytest.mark.parametrize(
    "verb, given",
    [
        ("doctor", {}),
        ("diff", {}),
        ("check", {}),
        ("fmt", {"dry_run": True}),
        ("verify", {}),
        ("merge", {"base": "a", "ours": "b", "theirs": "c"}),
    ],
)
def test_what_is_about_this_disk_refuses_a_store_that_was_named_for_it(
    fresh, built_case, monkeypatch, verb, given
):
    from kg.verbs import answer_of

    with pytest.raises(UsageError, match="on this disk; leave store out"):
        answer_of(verbs.named(verb), Place(str(built_case), store=Named(fresh.url)), given)
    # One that the environment names is for the verbs that read a store.
    monkeypatch.setenv("KG_STORE", fresh.url)
    place = Place(str(built_case), store=named())
    place.here("this is")
    assert place.address is None and place.graph.folder.startswith(str(built_case))
    assert not fresh.queries


def test_order_and_spelling_that_rdf_does_not_keep_come_back(make_case, fresh, capsys):
    people = "id,name,aliases\nperson-lu,Lu Jianwang,Zed | Ann\n"
    folder = make_case(
        people=people, places="id,name,latitude\nplace-irl,Ireland,53.350\nplace-world,W,\n"
    )
    built = build(cases.find(folder))[0]
    loading.load(built, None, Address(fresh.url, GRAPH), print)
    graph = opened(fresh)
    for name in ("person-lu", "place-irl"):
        assert graph.ledger.entity(name) == built.ledger.entity(name)
    assert graph.ledger.entity("person-lu").aliases == ("Zed", "Ann")
    graph.close()


def test_a_missing_library_is_named(monkeypatch):
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'actors-kg\[remote\]'"):
        _ = Place(store=Named("http://127.0.0.1:9/query")).graph


def test_unpacked_records_are_what_was_packed():
    from kg.model.claims import Entity

    entity = Entity("a", "A", "Person", ("x",), (("zh", "甲"),), (("code", "1"),))
    assert records.unpacked(records.packed(entity), Entity) == entity


def test_build_brings_the_graph_into_a_store(fresh, make_case, capsys):
    folder = make_case()
    from kg.cli import output

    address = Named(fresh.url)
    assert output.run(verbs.named("build"), str(folder), {}, address) == 0
    assert "loaded: " in capsys.readouterr().out
    assert output.run(verbs.named("build"), str(folder), {}, address) == 0
    assert "unchanged: <https://example.org/id/>" in capsys.readouterr().out
    with pytest.raises(UsageError, match="bulk"):
        run("build", folder, bulk="x")


def test_no_question_of_a_ledger_is_answered_by_what_happens_to_be_here():
    from kg.store.ledger import Ledger
    from kg.store.remote.parts import _PartLedger

    # These ask others, or nothing; the last three are asked by a build of the one before it, on its disk.
    settled = {"day", "partial", "shown", "visible", "unseen"}
    settled |= {"attestations", "resting_on", "texts"}
    asked = {name for name in vars(Ledger) if not name.startswith("_")}
    assert asked - settled == {n for n in vars(_PartLedger) if n in asked}


@pytest.mark.parametrize("verb, given", [VERBS[0], VERBS[4]], ids=["show", "path"])
def test_parts_that_a_store_cuts_are_asked_for_in_halves(
    store, built_case, capsys, monkeypatch, tmp_path, verb, given
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    here = answered(capsys, verb, built_case, given)
    # More than the small files and any one thing have, less than a share of claims has.
    monkeypatch.setattr(store, "most", 40)
    there = answered(capsys, verb, built_case, given, Named(store.url, GRAPH))
    assert there == here


@pytest.mark.parametrize(
    "verb, given",
    [
        ("claims", {"entity": "body-state"}),
        ("path", {"start": "b7", "end": "b50", "timeout": 600.0}),
    ],
    ids=["claims", "path"],
)
def test_a_hub_whose_claims_are_too_many_for_one_answer_comes_in_parts(
    hub, capsys, monkeypatch, tmp_path, verb, given
):
    folder, store = hub
    monkeypatch.setattr("kg.store.remote.fetching._WIDE", 1_300)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    here = answered(capsys, verb, folder, given)
    assert answered(capsys, verb, folder, given, Named(store.url, GRAPH)) == here
    assert not list(tmp_path.rglob("ledger.sqlite"))
