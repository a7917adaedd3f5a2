"""kg serve on a socket: requests one behind the other, clients that leave, processes that die."""

import asyncio
import os
import re
import signal
from urllib.parse import quote

import pytest
from serving import FORM, QUERY, Served, Wire, serving, until

from kg.server import guards

NAMES = "SELECT ?n { id:person-lu rdfs:label ?n }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


@pytest.fixture(scope="module")
def heard():
    return []


@pytest.fixture(scope="module")
def wire(built_case, heard):
    with serving(built_case) as server:
        made = Wire(server, guards.Rules(log=heard.append))
        made.server = server
        # Its process is ready: what is stopped, left or counted below is at work, and not still beginning.
        made.send(get("ASK {}", "Connection: close"))
        yield made
        made.close()


def get(query, *headers, method="GET", host="localhost"):
    lines = (f"{method} /sparql?query={quote(query)} HTTP/1.1", f"Host: {host}", *headers, "", "")
    return "\r\n".join(lines).encode()


def replies(raw):
    """(status, headers, body) of each answer, one behind the other, as HTTP parts them."""
    found = []
    while raw:
        head, _, raw = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        status = int(first.split()[1])
        size = 0 if status == 304 else int(headers["content-length"])
        body, raw = raw[:size], raw[size:]
        found.append((status, headers, body))
    return found


def test_requests_one_behind_the_other_are_answered_in_their_order(wire):
    form = b"query=ASK%7B%7D"
    post = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\nContent-Length: {len(form)}\r\n\r\n"
    asked = b"".join(
        (
            get(NAMES),
            get("ASK {"),
            post.encode() + form,
            b"GET /sparql HTTP/1.1\r\nHost: localhost\r\n\r\n",
            get(NAMES, "Accept: text/csv"),
            b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
            get("ASK {}", "Connection: close"),
        )
    )
    found = replies(wire.send(asked))
    assert [status for status, _, _ in found] == [200, 400, 200, 200, 200, 404, 200]
    assert found[3][1]["content-type"] == "text/turtle; charset=utf-8"
    assert found[4][2].split() == [b"n", b"Lu", b"Jianwang"]
    assert found[-1][1]["connection"] == "close"


def test_many_requests_at_once_are_answered(wire):
    """Those that need no engine come back at once, however many stand behind each other."""
    two = b"GET /sparql?query=a&query=b HTTP/1.1\r\nHost: localhost\r\n\r\n"
    found = replies(wire.send(get(NAMES) + two * 1500 + get("ASK {}", "Connection: close")))
    assert [s for s, _, _ in found] == [200, *[400] * 1500, 200]
    wrong = get("ASK {}", host="evil.example")
    assert [s for s, _, _ in replies(wire.send(get(NAMES) + wrong * 10))] == [200, 403]


def test_the_short_way_says_what_the_long_one_says(wire):
    """The same query by GET on a socket and through the application."""
    large = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 300"
    for query, more in (
        (NAMES, {}),
        (large, {"accept-encoding": "gzip"}),
        ("ASK {", {}),
        (NAMES, {"accept": "image/png"}),
        (NAMES, {"sec-fetch-site": "cross-site"}),
        (NAMES, {"if-none-match": wire.server.sparql(NAMES).headers["etag"]}),
    ):
        lines = [f"{name}: {value}" for name, value in more.items()]
        ((status, headers, body),) = replies(wire.send(get(query, *lines, "Connection: close")))
        long = wire.server.ask(query=query, headers=more)
        assert (status, body) == (long.status, long.body)
        assert {"connection": "close"} | long.headers == headers
    assert wire.server.ask(query=large, headers={"accept-encoding": "gzip"}).body[:2] == b"\x1f\x8b"


def test_what_was_said_before_is_answered_as_before(wire):
    """Heads that came already, in turns, with other queries, and behind what is not a query alone."""
    heads = [
        (),
        ("Accept: text/csv",),
        ("Accept: text/csv;q=0.1", "Accept: text/tab-separated-values"),
        ("Accept: image/png",),
        ("Accept-Encoding: gzip", "Accept: application/sparql-results+xml"),
        (f"If-None-Match: {wire.server.sparql(NAMES).headers['etag']}",),
        ("Origin: http://localhost",),
    ]
    queries = (NAMES, "SELECT * { ?s rdfs:label ?o } LIMIT 50", "ASK {")
    asked = [get(query, *head) for query in queries for head in heads]
    with_body = get(NAMES, "Content-Length: 2") + b"{}"
    expected = get(NAMES, "Expect: 100-continue", "Accept: text/tab-separated-values")
    spoken = wire.run(wire.spoken(*asked, *asked[::-1], with_body, with_body, *asked))

    def bare(reply):
        ((status, headers, body),) = replies(reply)
        return status, {n: v for n, v in headers.items() if n != "date"}, body

    found = list(map(bare, spoken))
    many = len(asked)
    assert found[:many] == found[many : 2 * many][::-1] == found[-many:]
    assert [f[0] for f in found[: len(heads)]] == [200, 200, 200, 406, 200, 304, 200]
    assert [f[0] for f in found[2 * many : -many]] == [200, 200]
    # One that says that its body is to come is told to go on, however often.
    for part in (wire.send(expected + get("ASK {}", "Connection: close")) for _ in "12"):
        assert part.startswith(b"HTTP/1.1 200 ")


def test_a_head_counts_for_its_own_request_alone(wire):
    """What is refused is refused again, what asks to close is closed, whatever was allowed before."""
    good, foreign = get(NAMES, "Accept: text/csv"), get(NAMES, host="evil.example")
    for _ in "123":
        assert [replies(r)[0][0] for r in wire.run(wire.spoken(good, good, foreign))] == [
            200,
            200,
            403,
        ]
        ((status, headers, _),) = replies(wire.send(get(NAMES, "Connection: close")))
        assert (status, headers["connection"]) == (200, "close")
    found = replies(wire.send(good, good + good, get("ASK {}", "Connection: close")))
    assert [(s, "connection" in h) for s, h, _ in found] == [(200, False)] * 3 + [(200, True)]


def test_a_page_that_may_ask_is_told_so_each_time(wire):
    origin = "https://example.org"
    named = Wire(wire.server, guards.Rules(origins=[origin]))
    asked = (
        get(NAMES, f"Origin: {origin}"),
        get(NAMES),
        get(NAMES, "Origin: https://other.example"),
    )
    found = [replies(r)[0] for r in wire.run(named.spoken(*asked[:2], *asked))]
    named.close()
    assert [s for s, _, _ in found] == [200, 200, 200, 200, 403]
    allowed = [h.get("access-control-allow-origin") for _, h, _ in found]
    assert allowed == [origin, None, origin, None, None]
    assert all("Origin" in h["vary"] for _, h, _ in found[:4])


def test_a_connection_has_its_limits_by_the_short_way_too(wire):
    """Too many clients, one who says nothing more, and the end of the server."""

    async def limited():
        reader, writer = await asyncio.open_connection("127.0.0.1", wire.port)

        async def answered(text):
            writer.write(text)
            head = await reader.readuntil(b"\r\n\r\n")
            size = int(re.search(rb"content-length: (\d+)", head)[1])
            return head + await reader.readexactly(size)

        found = [await answered(get("ASK {}")) for _ in "12"]
        (one,) = wire.state.connections
        # What is no request does not keep a connection open.
        writer.write(b"\r\n")
        found.append(await answered(get("ASK {}")))
        clock = one.timeout_keep_alive_task
        one.timeout_keep_alive_handler()
        kept = one.timeout_keep_alive_task is not clock and not one.transport.is_closing()
        one.limit_concurrency = 1
        found.append(await answered(get("ASK {}")))
        writer.close()
        await writer.wait_closed()
        return kept, [reply.split()[1] for reply in found]

    kept, found = wire.run(limited())
    assert (kept, found) == (True, [b"200", b"200", b"200", b"503"])


def test_what_is_asked_when_the_server_ends_is_answered_at_last(wire):
    async def ended():
        (process,) = wire.server.engines.now().queries.processes
        os.kill(process.pid, signal.SIGSTOP)
        asking = asyncio.create_task(wire.sent(get(NAMES)))
        await until(lambda: process.jobs)
        for one in list(wire.state.connections):
            one.shutdown()
        os.kill(process.pid, signal.SIGCONT)
        return await asking

    ((status, headers, _),) = replies(wire.run(ended()))
    assert (status, headers["connection"]) == (200, "close")


@pytest.mark.parametrize("offer", ["h2c", "websocket"])
def test_an_offer_to_go_on_otherwise_is_not_taken_and_its_request_is_answered(wire, offer):
    """As Java's client makes it, Jena's too: with a body, which is read."""
    lines = ("Connection: Upgrade, HTTP2-Settings", f"Upgrade: {offer}", "HTTP2-Settings: AAEAA")
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {QUERY}\r\nContent-Length: "
    post = "\r\n".join((f"{head}{len(NAMES)}", *lines, "", "")).encode()
    last = get(NAMES, "Connection: close")
    for parts in (
        (post + NAMES.encode() + last,),
        (post, NAMES.encode(), get(NAMES, *lines), last),
    ):
        found = replies(wire.send(*parts))
        assert [status for status, _, _ in found] == [200] * (2 if len(parts) == 1 else 3)
        assert all(b"Lu Jianwang" in body for _, _, body in found)
    assert wire.send(b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n").startswith(
        b"HTTP/1.1 400 "
    )


def test_a_query_by_get_goes_by_no_application(wire):
    async def nobody(scope, receive, send):
        raise AssertionError

    bare = Wire(Served(nobody, wire.server.loop, wire.server.engines), guards.Rules())
    ((status, _, body),) = replies(bare.send(get(NAMES, "Connection: close")))
    bare.close()
    assert (status, b"Lu Jianwang" in body) == (200, True)


def test_what_is_no_request_is_told_so(wire):
    host = b"HTTP/1.1\r\nHost: localhost\r\n"
    # One more than it may be: nothing is left that is not read, which would end the connection otherwise.
    most = (1 << 18) + 1
    for text, status, told in (
        (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400, b"no request of HTTP"),
        ("GET /api/find?text=海外 HTTP/1.1\r\n\r\n".encode(), 400, b"escape each other byte"),
        (get("ASK {}" + " " * 70_000), 414, b"ask by POST"),
        (get("ASK{}".ljust(1 << 16, "1")), 414, b"ask by POST"),
        ((b"GET /sparql " + host + b"X: ").ljust(most, b"x"), 431, b"larger than 256 KiB"),
        ((b"GET /sparql " + host + b"X: y\r\n" * 50_000)[:most], 431, b"larger than 256 KiB"),
    ):
        ((found, headers, body),) = replies(wire.send(text))
        assert (found, headers["connection"]) == (status, "close")
        assert told in body
    # A long query comes by POST.
    query = b"ASK {}" + b" " * 70_000
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {QUERY}\r\n"
    post = f"{head}Content-Length: {len(query)}\r\n\r\n".encode() + query
    assert replies(wire.send(post))[0][0] == 200


def test_who_asks_by_an_old_http_is_answered_once(wire):
    old = get(NAMES).replace(b"HTTP/1.1", b"HTTP/1.0")
    ((status, headers, _),) = replies(wire.send(old + old))
    assert (status, headers["connection"]) == (200, "close")


def test_each_request_is_told_without_what_it_asks(wire, heard):
    heard.clear()
    wire.send(get(NAMES, "Connection: close"))
    (line,) = heard
    assert re.fullmatch(r"GET /sparql 200 \d+ ms", line)


def test_who_leaves_ends_his_query_and_the_next_is_answered(wire):
    (before,) = wire.server.engines.now().queries.processes
    wire.send(get(ENDLESS), last=False)
    found = wire.send(get("ASK {}", "Connection: close"))
    assert replies(found)[0][0] == 200
    assert before not in wire.server.engines.now().queries.processes


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_a_process_that_is_killed_from_outside_is_told_and_replaced(wire, how):
    async def killed():
        asking = asyncio.create_task(wire.sent(get(ENDLESS, "Connection: close")))
        pool = wire.server.engines.now().queries
        await until(lambda: any(process.jobs for process in pool.processes))
        os.kill(pool.processes[0].pid, how)
        return await asking

    found = wire.run(killed())
    assert replies(found)[0][0] == (500 if how == signal.SIGKILL else 400)
    assert replies(wire.send(get("ASK {}", "Connection: close")))[0][0] == 200
