"""A SPARQL store on loopback for tests of what may go wrong: an engine in memory behind HTTP."""

from __future__ import annotations

import base64
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

NT = "application/n-triples"


class Endpoint(ThreadingHTTPServer):
    """Answers at /query, /update and /store. `fault` says what it does wrong from now on.

    `updates` counts what was written, `queries` what was asked; after `left` more writes it fails.
    Answers end after `most` rows, and do not say so.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store, self.fault, self.wanted = ox.Store(), "", ""
        self.updates, self.queries, self.left = [], [], None
        self.released = threading.Event()
        self.name = "Oxigraph/0.5"
        self.most = None
        # Status and words with which updates are refused.
        self.closed = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/query"


@contextmanager
def running():
    """An endpoint that answers until the block ends."""
    server = Endpoint()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def log_message(self, *_):
        pass

    def version_string(self):
        return self.server.name

    def do_GET(self):
        graph = parse_qs(urlsplit(self.path).query)["graph"][0]
        if self.server.fault == "cut":
            self.said(200, b"", NT)
            return
        text = self.server.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        self.said(200, text, NT)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        path, _, asked = self.path.partition("?")
        server = self.server
        if server.wanted and self.headers.get("Authorization") != server.wanted:
            self.said(401, b"who are you?", "text/plain", ("WWW-Authenticate", "Basic realm=x"))
        elif path == "/query":
            self.query(parse_qs(body))
        elif server.closed:
            self.said(*server.closed, "text/plain")
        elif server.left == 0:
            self.said(500, b"the disk is full", "text/plain")
        else:
            server.left = server.left and server.left - 1
            server.updates.append(body)
            if path == "/update":
                server.store.update(parse_qs(body)["update"][0])
            else:
                graph = ox.NamedNode(parse_qs(asked)["graph"][0])
                server.store.load(input=body, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
            self.said(204, b"", "text/plain")

    def query(self, form):
        server, fault = self.server, self.server.fault
        server.queries.append(form["query"][0])
        if fault == "late":
            server.released.wait()
        elif fault == "broken off":
            self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 1000\r\n\r\n{")
        elif fault == "sent on":
            self.said(302, b"", "text/plain", ("Location", "https://elsewhere.example/"))
        elif fault == "busy":
            self.said(503, b"come back", "text/plain")
        elif fault == "nonsense":
            self.said(200, b"<html>Welcome</html>", "text/html")
        elif fault.isdecimal():
            self.said(int(fault), b"no idea", "text/plain")
        else:
            self.answer(form)

    def answer(self, form):
        graphs = [ox.NamedNode(g) for g in form.get("default-graph-uri", ())]
        try:
            found = self.server.store.query(form["query"][0], default_graph=graphs or None)
        except SyntaxError as error:
            self.said(400, str(error).encode(), "text/plain")
            return
        if isinstance(found, ox.QueryTriples):
            lines = [f"{triple} .\n" for triple in found]
            self.said(200, "".join(lines[: self.most]).encode(), NT)
            return
        text = found.serialize(format=ox.QueryResultsFormat.JSON)
        if self.most is not None:
            text = _cut(text, self.most)
        self.said(200, text, "application/sparql-results+json")

    @property
    def most(self):
        """So many rows an answer has at most, as a store with a limit would give it."""
        return 2 if self.server.fault == "cut" else self.server.most

    def said(self, status, body, kind, *headers):
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _cut(text, most):
    """An answer without the rows that are too many."""
    import json

    said = json.loads(text)
    if "results" in said:
        said["results"]["bindings"] = said["results"]["bindings"][:most]
    return json.dumps(said).encode()


def basic(user, password):
    """The header of a Basic login."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
