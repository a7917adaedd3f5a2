"""Only this machine asks the server, and nobody can keep it from answering.

Fault: a web page sends a browser here; a name of another site leads here; a body is too large, a client
  too slow, or gone; a query asks for files or for other machines.
Seen: 403 for foreign hosts, origins and pages, 413 and 408 for bodies, 400 for files and other machines; with
  `--host` a line that says who can ask now, and exit code 2 where the case withholds something.
Kept: the server answers the next. It opens no file and no connection, and logs no question.
"""

import asyncio
import socket
import sys

import pytest
from serving import QUERY, serving

from kg import verbs
from kg.case.folder import find
from kg.model.errors import UsageError
from kg.server import connection, endpoint, guards
from kg.store.build import build
from kg.verbs.place import Place

ASK = {"query": "ASK {}"}


@pytest.fixture(scope="module")
def server(built_case):
    with serving(built_case, port=8000, origins=["https://good.example"]) as made:
        yield made


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "LOCALHOST:8000"}, 200),
        ({"host": "[::1]:8000"}, 200),
        ({"host": "localhost:8001"}, 403),
        ({"host": "localhost"}, 403),
        ({"host": "evil.example:8000"}, 403),
        ({"host": "127.0.0.1.evil.example:8000"}, 403),
        ({"host": ""}, 403),
        ({"origin": "http://127.0.0.1:8000"}, 200),
        ({"origin": "http://localhost:8000"}, 403),
        ({"origin": "https://127.0.0.1:8000"}, 403),
        ({"origin": "http://127.0.0.1:3000"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "https://good.example.evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://good.example", "sec-fetch-site": "cross-site"}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, 200),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/sparql", "/api/openapi.json"])
def test_foreign_hosts_and_pages_are_refused(server, path, headers, status):
    fields = ASK if path == "/sparql" else {}
    reply = server.ask(path, headers={"host": "127.0.0.1:8000"} | headers, **fields)
    assert reply.status == status
    shared = "access-control-allow-origin" in reply.headers
    assert shared == (headers.get("origin") == "https://good.example")


def test_a_page_asks_before_it_asks_and_is_told(server):
    asks = {"host": "127.0.0.1:8000", "access-control-request-method": "POST"}
    good = server.ask(method="OPTIONS", headers=asks | {"origin": "https://good.example"})
    assert (good.status, good.headers["vary"]) == (204, "Origin")
    assert good.headers["access-control-allow-origin"] == "https://good.example"
    assert "POST" in good.headers["access-control-allow-methods"]
    assert (
        server.ask(method="OPTIONS", headers=asks | {"origin": "https://bad.example"}).status == 403
    )
    plain = server.ask(method="OPTIONS", headers={"host": "127.0.0.1:8000"})
    assert (plain.status, plain.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert "access-control-allow-origin" not in plain.headers


def test_an_address_of_the_machine_is_its_own_and_a_name_is_not(built_case):
    with serving(built_case, port=8000, wide=True) as wide:

        def status(host):
            return wide.ask(headers={"host": host}, **ASK).status

        assert [status(h) for h in ("192.0.2.7:8000", "[2001:db8::1]:8000")] == [200, 200]
        assert status(f"{socket.gethostname()}:8000") == 200
        assert [status(h) for h in ("rebound.example:8000", "192.0.2.7:81")] == [403, 403]  # fmt: skip


def test_every_answer_says_what_a_browser_may_do_with_it(server):
    for path in ("/sparql", "/api/openapi.json", "/nothing"):
        headers = server.ask(path, headers={"host": "127.0.0.1:8000"}, **ASK).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["content-security-policy"].startswith("default-src 'none'")


def test_a_body_that_is_too_large_or_does_not_come_is_refused(server, monkeypatch):
    def post(body, **more):
        headers = {"host": "127.0.0.1:8000", "content-type": QUERY} | more
        return server.ask(method="POST", body=body, headers=headers).status

    assert post(b"ASK {}" + b" " * endpoint.MOST) == 413
    assert post([b" " * endpoint.MOST, b"ASK {}"]) == 413
    assert post(b"ASK {}", **{"content-length": "10000000"}) == 413
    monkeypatch.setattr(endpoint, "BODY_SECONDS", 0.05)
    assert post([b"ASK "]) == 408
    assert post(b"ASK {}") == 200


def test_no_file_and_no_other_machine_is_asked(server, listener, canary):
    def ask(query):
        return server.ask(headers={"host": "127.0.0.1:8000"}, query=query)

    for query in (
        f"SELECT * FROM <{canary}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{canary}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{listener.url}> {{ ?s ?p ?o }} }}",
        f"LOAD <{listener.url}>",
    ):
        reply = ask(query)
        assert reply.status == 400
        assert "canary" not in reply.text.replace(canary, "")
    listener.close()
    assert listener.hits == 0


def test_a_verb_opens_files_of_the_graph_and_its_case_alone(tmp_path):
    """In a process of its own, which it changes for good."""
    import subprocess

    secret = tmp_path / "etc" / "secret"
    secret.parent.mkdir()
    secret.write_text("secret")
    code = (
        "import sys, socket; from kg.server import verbs; import tempfile;"
        "tempfile.tempdir = sys.argv[1] + '/tmp';"
        "verbs._confine([sys.argv[1] + '/case'])\n"
        "for act in (lambda: open(sys.argv[1] + '/etc/secret'), lambda: socket.create_connection(('127.0.0.1', 9)),"
        " lambda: __import__('subprocess').run(['true'])):\n"
        "    try:\n        act()\n    except PermissionError as error:\n        print(error)\n"
        "print(open(sys.argv[1] + '/case/a').read())"
    )
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "a").write_text("a")
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines() == [
        "this file is not open to the server",
        "socket.connect is not allowed here",
        "subprocess.Popen is not allowed here",
        "a",
    ]


def test_who_leaves_ends_his_question(server):
    async def left():
        pool = Slow()
        coming = [{"type": "http.disconnect"}]

        async def receive():
            return coming.pop() if coming else await asyncio.Future()

        with pytest.raises(endpoint.Refused, match="the client has gone"):
            await endpoint.asked(pool, "a question", receive)
        return pool.cancelled

    class Slow:
        cancelled = False

        async def ask(self, request):
            try:
                await asyncio.Future()
            except asyncio.CancelledError:
                self.cancelled = True
                raise

    assert server.loop.run_until_complete(left()) is True


def test_what_is_withheld_is_served_to_this_machine_alone(make_case):
    folder = make_case(withhold="record,what,instead,reason\nperson-lu,name,somebody,asked for\n")
    build(find(folder))
    place, verb = Place(str(folder)), verbs.named("serve")
    with pytest.raises(UsageError, match="the case withholds some of its graph"):
        verbs.answer_of(verb, place, {"host": "0.0.0.0"})
    assert verbs.answer_of(verb, place, {}).value.host == "127.0.0.1"


def test_a_head_that_does_not_come_ends_its_connection(monkeypatch):
    """The protocol's clock, wound by hand: what it does when it rings."""

    class Transport:
        written, closed = b"", False

        def write(self, data):
            self.written += data

        def close(self):
            self.closed = True

        def is_closing(self):
            return self.closed

    clocked = object.__new__(connection.Connection)
    clocked.transport = Transport()
    clocked._late()
    assert clocked.transport.written.startswith(b"HTTP/1.1 408 ")
    assert clocked.transport.closed


def test_a_question_is_not_logged(built_case):
    heard = []
    with serving(built_case, log=heard.append) as server:
        server.sparql("ASK { 'who is it' ?p ?o }")
    (line,) = heard
    assert line.startswith("GET /sparql 200 ")
    assert "who" not in line


def test_only_loopback_is_a_name_of_its_own():
    assert guards.LOOPBACK == ("localhost", "127.0.0.1", "[::1]")
