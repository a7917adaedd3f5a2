"""Requests a second of `kg serve` beside `oxigraph serve-read-only`, on the same store and queries.

    python bench/serve.py [--case DIR] [--clients 16] [--seconds 10]

Sixteen connections ask at once, each as soon as it is answered. Printed is, for each query, how many
answers a second each server gives, and their ratio; then what rebuilding the graph again and again does:
errors, stale and mixed answers, memory.
"""

import argparse
import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

BIN = Path(sys.executable).parent
QUERIES = {
    "look-up: who operates what": "SELECT ?s { id:bureau-fuzhou kg:operates ?s }",
    "look-up: one name": "SELECT ?l { id:bureau-fuzhou rdfs:label ?l }",
    "look-up: is it so": "ASK { id:bureau-fuzhou kg:operates ?s }",
    "claims of an entity": (
        "SELECT ?c ?p ?o ?st { ?c rdf:subject id:bureau-fuzhou ; rdf:predicate ?p ; rdf:object ?o ; "
        "kg:status ?st }"
    ),
    "counting by status": "SELECT ?st (COUNT(*) AS ?n) { ?c kg:status ?st } GROUP BY ?st",
    "a thousand triples": "SELECT * { ?s ?p ?o } LIMIT 1000",
    "attestations by voice": (
        "SELECT ?v (COUNT(DISTINCT ?c) AS ?n) { ?a kg:about ?c ; kg:voice ?v ; kg:document ?d } "
        "GROUP BY ?v ORDER BY DESC(?n)"
    ),
    "a graph": "CONSTRUCT { ?s ?p ?o } WHERE { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } LIMIT 300",
}
PREFIXES = {
    "id": "https://w3id.org/actors-kg/id/",
    "kg": "https://w3id.org/actors-kg/ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}
HEAD = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())


class Client(asyncio.Protocol):
    """Asks the same again and again over one connection, and counts the answers."""

    def __init__(self, request, until):
        self.request, self.until = request, until
        self.count, self.errors = 0, []
        self.generations = set()
        self.held = b""
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data):
        self.held += data
        while (end := self.held.find(b"\r\n\r\n")) >= 0:
            head = self.held[:end].lower()
            if found := re.search(rb"content-length: (\d+)", head):
                size = end + 4 + int(found[1])
                if len(self.held) < size:
                    return
            elif (last := self.held.find(b"\r\n0\r\n\r\n", end)) >= 0:
                size = last + 7
            else:
                return
            body, self.held = self.held[end + 4 : size], self.held[size:]
            if b" 200 " not in head.split(b"\r\n")[0] + b" ":
                self.errors.append(head.split(b"\r\n")[0] + body[:200])
            self.count += 1
            self.answered(head, body)
            if time.monotonic() >= self.until:
                self.transport.close()
                return
            self.transport.write(self.request)

    def answered(self, head, body):
        """For whoever looks at what is answered."""

    def connection_lost(self, exc):
        if not self.done.done():
            self.done.set_result(None)


async def asked(port, path, accept, clients, seconds, kind=Client):
    """Answers a second, and the clients."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {accept}\r\n\r\n"
    ).encode()
    loop = asyncio.get_running_loop()
    began = time.monotonic()
    made = [kind(request, began + seconds) for _ in range(clients)]
    for one in made:
        await loop.create_connection(lambda one=one: one, "127.0.0.1", port)
    await asyncio.wait_for(asyncio.gather(*(one.done for one in made)), seconds + 30)
    return sum(one.count for one in made) / (time.monotonic() - began), made


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def started(command, port):
    """A server that is listening."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    for _ in range(200):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return process
        if process.poll() is not None:
            sys.exit(process.stderr.read().decode())
        time.sleep(0.05)
    sys.exit(f"{command[0]} does not listen")


def memory(pid):
    """Resident memory of a process and its children, in MB, shared pages counted by their part."""
    total = 0
    for line in subprocess.run(
        ["ps", "-o", "pid=,ppid=", "-A"], capture_output=True, text=True, check=True
    ).stdout.splitlines():
        one, parent = map(int, line.split())
        if pid in (one, parent):
            try:
                found = re.search(
                    r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.M
                )
            except OSError:
                continue
            total += int(found[1]) if found else 0
    return total / 1000


async def compare(ours, theirs, options):
    print(f"{'query':32} {'kg':>8} {'oxigraph':>9} {'ratio':>6}   answers a second")
    for name, query in QUERIES.items():
        accept = (
            "text/turtle" if query.startswith("CONSTRUCT") else "application/sparql-results+json"
        )
        rates = []
        for port, path in ((ours, "/sparql"), (theirs, "/query")):
            address = f"{path}?query={quote(HEAD + query)}"
            await asked(port, address, accept, options.clients, 0.5)
            rate, made = await asked(port, address, accept, options.clients, options.seconds)
            if errors := [e for one in made for e in one.errors]:
                sys.exit(f"{name}: {errors[0]}")
            rates.append(rate)
        print(f"{name:32} {rates[0]:8,.0f} {rates[1]:9,.0f} {rates[0] / rates[1]:6.2f}", flush=True)


def main():
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--case", default=".")
    given.add_argument("--clients", type=int, default=16)
    given.add_argument("--seconds", type=float, default=10)
    options = given.parse_args()
    out = Path(options.case) / "out"
    name = (out / "current").read_text().splitlines()[0]
    ours, theirs = free_port(), free_port()
    servers = [
        started([BIN / "kg", "--case", options.case, "serve", "--port", str(ours)], ours),
        started(
            [
                BIN / "oxigraph",
                "serve-read-only",
                "--location",
                out / "generations" / name / "store",
                "--bind",
                f"127.0.0.1:{theirs}",
            ],
            theirs,
        ),
    ]
    try:
        before = memory(servers[0].pid)
        asyncio.run(compare(ours, theirs, options))
        after = memory(servers[0].pid)
        print(f"memory of kg serve: {before:,.0f} MB before, {after:,.0f} MB after")
    finally:
        for server in servers:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
