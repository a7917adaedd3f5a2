"""Requests a second of `kg serve` beside `oxigraph serve-read-only`, on the same store and queries.

    python bench/serve.py [--case DIR] [--clients 16] [--seconds 60] [--builds 20]

So many connections ask at once, each as soon as it is answered; the queries of a kind take turns, and
so do the servers, ten seconds each. Printed is how many answers a second each gives and their ratio, what
an answer takes of the processors (of both servers, and of the client, which is the same for both), and
half and 99 of 100 waiting times. Then the case is built again and again while clients ask: errors, answers
that are older than the graph was when they were asked for, answers of two graphs mixed, and memory.
Takes six times `--seconds`: looking queries up, longer queries, builds. Needs Linux.
"""

import argparse
import os
import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

BIN = Path(sys.executable).parent
# Of each entity that is asked about: it differs from one question to the next.
LOOK_UPS = (
    "SELECT ?o {{ <{0}> kg:operates ?o }}",
    "SELECT ?l {{ <{0}> rdfs:label ?l }}",
    "ASK {{ <{0}> kg:operates ?o }}",
)
LONGER = (
    "SELECT ?s ?p ?o { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } LIMIT 150",
    "SELECT * { ?s ?p ?o } LIMIT 1000",
    "SELECT ?v (COUNT(DISTINCT ?c) AS ?n) { ?a kg:about ?c ; kg:voice ?v ; kg:document ?d } "
    "GROUP BY ?v ORDER BY DESC(?n)",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } LIMIT 300",
)
ENTITIES = "SELECT DISTINCT ?s { ?c rdf:subject ?s } LIMIT 40"
# The same number by two ways through the graph: a mixture would show.
TWICE = (
    "SELECT ?n ?m { { SELECT (COUNT(*) AS ?n) { ?s a kg:Person } } "
    "{ SELECT (COUNT(DISTINCT ?p) AS ?m) { ?p a kg:Person ; rdfs:label ?l } } }"
)
HEAD = (
    "PREFIX kg: <https://w3id.org/actors-kg/ontology#> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
SLICE = 10.0
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A server that listens, where it is asked, and what it uses."""

    def __init__(self, command, port, path):
        self.port, self.path = port, path
        self.process = subprocess.Popen(
            list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for _ in range(400):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if self.process.poll() is not None:
                sys.exit(self.process.stderr.read().decode())
            time.sleep(0.05)
        sys.exit(f"{command[0]} does not listen")

    def request(self, query, accept=""):
        """The bytes that ask a query."""
        kind = "text/turtle" if query.startswith("CONSTRUCT") else "application/sparql-results+json"
        return (
            f"GET {self.path}?query={quote(HEAD + query)} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Accept: {accept or kind}\r\n\r\n"
        ).encode()

    def _every(self):
        every = defaultdict(list)
        for line in subprocess.run(
            ["ps", "-o", "pid=,ppid=", "-A"], capture_output=True, text=True, check=True
        ).stdout.splitlines():
            pid, parent = map(int, line.split())
            every[parent].append(pid)
        found = [self.process.pid]
        for pid in found:
            found += every[pid]
        return found

    def memory(self):
        """Memory of all its processes in MB, shared pages counted by their part."""
        total = 0
        for pid in self._every():
            try:
                rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except OSError:
                continue
            found = re.search(r"^Pss:\s+(\d+)", rolled, re.M)
            total += int(found[1]) if found else 0
        return total / 1000

    def processor(self):
        """Seconds of the processors that all its processes have used, those that have ended too."""
        total = 0
        for pid in self._every():
            try:
                stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            total += sum(map(int, stat[11 : 15 if pid == self.process.pid else 13]))
        return total / TICKS

    def end(self):
        """Have it gone."""
        self.process.terminate()
        self.process.wait()


class Caller:
    """One connection, which asks as soon as it is answered."""

    def __init__(self, port, requests):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests, self._held = requests, b""
        self.ask()

    def ask(self):
        """Send the next question."""
        self.began = time.perf_counter()
        self.socket.send(next(self._requests))

    def answer(self):
        """The answer if it is there whole, else nothing."""
        data = self._held + self.socket.recv(1 << 20) if self._held else self.socket.recv(1 << 20)
        if not data:
            sys.exit("the server has closed a connection")
        end = data.find(b"\r\n\r\n")
        at = data.lower().find(b"content-length: ", 0, end) if end >= 0 else -1
        if at >= 0:
            whole = len(data) >= end + 4 + int(data[at + 16 : data.index(b"\r", at)])
        else:
            whole = end >= 0 and data.endswith(b"\r\n0\r\n\r\n")
        self._held = b"" if whole else data
        return data if whole else b""


def asked(port, requests, clients, going, look=None):
    """The waiting times of all that were answered; `look` sees each answer, and who asked."""
    waited = []
    poll = select.epoll()
    callers = {}
    for n in range(clients):
        one = Caller(port, cycle(requests[n % len(requests) :] + requests[: n % len(requests)]))
        callers[one.socket.fileno()] = one
        poll.register(one.socket.fileno(), select.EPOLLIN)
    while callers:
        for number, _ in poll.poll():
            one = callers[number]
            data = one.answer()
            if not data:
                continue
            if not data.startswith(b"HTTP/1.1 200"):
                sys.exit(data[:400].decode(errors="replace"))
            now = time.perf_counter()
            waited.append(now - one.began)
            if look:
                look(one, data)
            if going(now):
                one.ask()
            else:
                poll.unregister(number)
                one.socket.close()
                del callers[number]
    return waited


def until(seconds):
    """Whether the time is not over yet, for so many seconds from now."""
    end = time.perf_counter() + seconds
    return lambda now: now < end


def compare(name, queries, servers, options):
    """Each server in turn, so long as is wanted: a line of the table."""
    held, took, used, client = [[], []], [0.0, 0.0], [0.0, 0.0], 0.0
    requests = [[server.request(q) for q in queries] for server in servers]
    for server, texts in zip(servers, requests, strict=True):
        asked(server.port, texts, options.clients, until(min(2.0, options.seconds)))
    parts = max(1, round(options.seconds / SLICE))
    for _ in range(parts):
        for n, server in enumerate(servers):
            before, own, began = server.processor(), time.process_time(), time.perf_counter()
            going = until(options.seconds / parts)
            held[n] += asked(server.port, requests[n], options.clients, going)
            took[n] += time.perf_counter() - began
            client += time.process_time() - own
            used[n] += server.processor() - before
    rates = [len(held[n]) / took[n] for n in (0, 1)]
    cost = [1e6 * used[n] / len(held[n]) for n in (0, 1)]
    half, most = ([sorted(h)[len(h) * part // 100] * 1e3 for h in held] for part in (50, 99))
    print(
        f"{name:16} {rates[0]:8,.0f} {rates[1]:9,.0f} {rates[0] / rates[1]:6.2f}"
        f"{cost[0]:9,.0f} {cost[1]:9,.0f} {1e6 * client / sum(map(len, held)):7,.0f}"
        f"{half[0]:8,.1f} {half[1]:6,.1f} {most[0]:8,.1f} {most[1]:6,.1f}",
        flush=True,
    )


def rebuilt(options):
    """Build a copy of the case again and again while it is asked: what goes wrong, and memory."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("data", "ontology"):
            if (Path(options.case) / part).is_dir():
                shutil.copytree(Path(options.case) / part, Path(folder) / part)
        kg = [BIN / "kg", "--case", folder]
        subprocess.run([*kg, "build"], check=True, capture_output=True)
        port = free_port()
        server = Server([*kg, "serve", "--port", str(port)], port, "/sparql")
        try:
            _rebuilt(Path(folder), kg, server, options)
        finally:
            server.end()


def _rebuilt(folder, kg, server, options):
    there, graphs, wrong, memory = [0], set(), {"older": 0, "mixed": 0}, []

    def look(caller, data):
        one, other = map(int, data.rpartition(b"\r\n\r\n")[2].split()[1].split(b","))
        wrong["mixed"] += one != other
        wrong["older"] += one < getattr(caller, "least", 0)
        graphs.add(one)
        # Of what is asked next, nothing older than what is there now may be answered.
        caller.least = there[0]

    requests = [server.request(TWICE, "text/csv")]
    asked(server.port, requests, options.clients, until(2), look)
    (first,) = graphs
    before = server.memory()

    def build():
        people = folder / "data" / "people.csv"
        for number in range(options.builds):
            text = people.read_text("utf-8")
            rest = "," * text.partition("\n")[0].count(",")
            row = f"person-again-{number},Again {number}{rest[1:]}\n"
            people.write_text(text + row, "utf-8")
            subprocess.run([*kg, "build"], check=True, capture_output=True)
            there[0] = first + number + 1
            memory.append(server.memory())

    builder = threading.Thread(target=build)
    builder.start()
    waited = asked(server.port, requests, options.clients, lambda _: builder.is_alive(), look)
    builder.join()
    asked(server.port, requests, options.clients, until(2), look)
    print(
        f"{options.builds} builds while {len(waited):,} questions were answered, of {len(graphs)} graphs: "
        f"no error, {wrong['older']} older than the graph, {wrong['mixed']} mixed; "
        f"longest wait {max(waited) * 1e3:,.0f} ms"
    )
    tenth = memory[: len(memory) // 2 + 1][-1]
    print(
        f"memory of kg serve: {before:,.0f} MB before, {tenth:,.0f} after half of the builds, "
        f"{max(memory):,.0f} at most, {server.memory():,.0f} MB after them"
    )


def free_port():
    """A port that nobody listens at."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def entities(server):
    """Some entities of the graph, about which is asked."""
    found = []

    def look(_, data):
        found[:] = re.findall(rb'"value":"([^"]+)"', data)

    asked(server.port, [server.request(ENTITIES)], 1, lambda _: False, look)
    return [iri.decode() for iri in found]


def main():
    """Measure, and print."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--case", default=".")
    given.add_argument("--clients", type=int, default=16)
    given.add_argument("--seconds", type=float, default=60)
    given.add_argument("--builds", type=int, default=20)
    options = given.parse_args()
    out = Path(options.case) / "out"
    store = out / "generations" / (out / "current").read_text().splitlines()[0] / "store"
    ours, theirs = free_port(), free_port()
    beside = ["serve-read-only", "--location", store, "--bind", f"127.0.0.1:{theirs}"]
    servers = [
        Server([BIN / "kg", "--case", options.case, "serve", "--port", str(ours)], ours, "/sparql"),
        Server([BIN / "oxigraph", *beside], theirs, "/query"),
    ]
    print(f"{options.clients} clients, {options.seconds:g} s each, {os.cpu_count()} processors")
    print(
        f"{'':16} {'answers a second':^25}{'µs of processors':^27}{'ms, half':>15} {'99 of 100':>15}"
    )
    print(
        f"{'':16} {'kg':>8} {'oxigraph':>9} {'ratio':>6}{'kg':>9} {'oxigraph':>9} {'client':>7}",
        end="",
    )
    print(f"{'kg':>8} {'oxi.':>6} {'kg':>8} {'oxi.':>6}")
    try:
        asks = [text.format(iri) for iri in entities(servers[0]) for text in LOOK_UPS]
        compare("look-ups", asks, servers, options)
        compare("longer queries", LONGER, servers, options)
    finally:
        for server in servers:
            server.end()
    if options.builds:
        rebuilt(options)


if __name__ == "__main__":
    main()
