"""A made-up case of many rows in Virtuoso: what it takes to build, to load, and to ask.

    python bench/stores.py ROWS FOLDER           tables, graph, bulk files, a server, then the questions
    python bench/stores.py ROWS --ask URL PID    only the questions, of a server that runs and is loaded

Printed is a row of Markdown for each step: seconds on the clock, of the processor (kg's, the server's),
and memory at its peak. Each question is asked twice, since the first finds nothing in the server's memory;
the first finds no local index. FOLDER takes 5 KB a row, and 1.1 KB more in Virtuoso, Virtuoso 2.4 KB a row
of memory where there is as much. The server is left running. Needs Linux and Debian's virtuoso-opensource.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import synthetic
from used import used

KG = str(Path(sys.executable).with_name("kg"))
TICKS = os.sysconf("SC_CLK_TCK")
ISQL, HTTP = 21111, 21890
GRAPH = "https://example.org/id/"
PAGE = 8192
SETTINGS = """\
[Database]
DatabaseFile = {0}/v.db
ErrorLogFile = {0}/v.log
LockFile = {0}/v.lck
TransactionFile = {0}/v.trx
xa_persistent_file = {0}/v.pxa
FileExtend = 1000
[TempDatabase]
DatabaseFile = {0}/t.db
TransactionFile = {0}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{1}
NumberOfBuffers = {3}
MaxDirtyBuffers = {4}
DirsAllowed = {0}
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{2}
EnabledDavVSP = 0
[SPARQL]
ResultSetMaxRows = 10000
"""
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
DENIED = (
    "SELECT ?a ?c { ?a <https://w3id.org/actors-kg/ontology#stance> "
    "<https://w3id.org/actors-kg/ontology#Denies> ; <https://w3id.org/actors-kg/ontology#about> ?c } LIMIT 1000"
)


def questions(rows):
    """Words of kg for a case of so many rows; the hub is p0, in two of a hundred claims."""
    people = rows // 5
    one, other, far = f"p{people // 40}", f"p{people * 9 // 20}", f"p{people * 3 // 4}"
    yield ["show", one]
    yield ["neighbors", one]
    yield ["claims", "--entity", one]
    yield ["conflicts", "--entity", one]
    yield ["path", one, other]
    yield ["path", one, other, "-k", "10"]
    yield ["path", far, f"p{people - 9}", "-k", "10"]
    yield ["path", "p7", "p90", "-k", "10"]
    yield ["claims", "--document", "d5", "--voice", one]
    yield ["query", COUNT]
    yield ["query", DENIED]
    yield ["claims", "--entity", "p0", "--format", "csv"]
    yield ["show", "p0", "--format", "json"]
    yield ["stats"]
    yield ["find", f"Person {people // 40}"]


class Server:
    """What a server has used so far."""

    def __init__(self, pid):
        self.pid = pid

    def seconds(self):
        """Of the processor."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak(self):
        """MB of memory at its peak."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


def row(name, server, command, **more):
    """Run a command and print what it took."""
    before = server.seconds() if server else 0.0
    processor, took, peak = used(command, **more)
    theirs = f"{server.seconds() - before:.1f}" if server else ""
    print(f"| {name} | {took:.1f} | {processor:.1f} | {theirs} | {peak:,.0f} |", flush=True)


def ask(rows, url, server):
    """Print what each question takes, without a local index."""
    for words in questions(rows):
        with tempfile.TemporaryDirectory() as cache:
            environment = {**os.environ, "XDG_CACHE_HOME": cache, "KG_STORE_TIMEOUT": "600"}
            shown = " ".join("'…'" if " " in w else w for w in words)
            for turn in ("", ", again"):
                command = [KG, "--store", url, "--graph", GRAPH, *words]
                if words[0] in ("path", "query"):
                    command += ["--timeout", "600"]
                # What needs the local index is refused where the server does not give the whole graph.
                row(
                    f"`{shown}`{turn}",
                    server,
                    command,
                    environment=environment,
                    answers=(0, 1, 3, 4),
                )


def isql(*statements):
    """Have Virtuoso carry out statements; the process."""
    told = [f"exec={s}" for s in statements]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(["isql-vt", str(ISQL), "dba", "dba", *told], **quiet)


def start(folder, rows):
    """A server with memory for so many rows, at most for 10 GB of pages."""
    buffers = min(rows // 5 + 20_000, 10 * 10**9 // PAGE)
    text = SETTINGS.format(folder, ISQL, HTTP, buffers, buffers * 3 // 4)
    (folder / "v.ini").write_text(text, "utf-8")
    with (folder / "log").open("w") as log:
        command = ["virtuoso-t", "+foreground", "+configfile", folder / "v.ini"]
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    while isql("status();").wait():
        if process.poll() is not None:
            raise SystemExit(f"Virtuoso did not start; see {folder}/log")
        time.sleep(1)
    return Server(process.pid)


def whole(rows, folder):
    """All of it, in a folder that is new."""
    case, bulk = folder / "case", folder / "bulk"
    url = f"http://127.0.0.1:{HTTP}/sparql"
    began = time.perf_counter()
    synthetic.write(case, rows)
    print(f"| tables | {time.perf_counter() - began:.1f} | | | |", flush=True)
    environment = dict(os.environ)
    row("`build`", None, [KG, "--case", str(case), "build"], environment=environment)
    server = start(folder, rows)
    command = [KG, "--case", str(case), "--store", url, "build", "--bulk", str(bulk)]
    row("`build --bulk`", server, command, environment=environment)
    began, before = time.perf_counter(), server.seconds()
    # A second loader beside that of the script takes every other file.
    first = subprocess.Popen(
        ["isql-vt", str(ISQL), "dba", "dba", str(bulk / "load.sql")], stdout=subprocess.DEVNULL
    )
    time.sleep(5)
    second = isql("rdf_loader_run();")
    if first.wait() or second.wait():
        raise SystemExit("the files were not loaded")
    isql("checkpoint;").wait()
    took = time.perf_counter() - began
    print(f"| load | {took:.1f} | | {server.seconds() - before:.1f} | {server.peak():,.0f} |")
    size = sum(f.stat().st_size for f in bulk.iterdir()) / 1e6
    print(
        f"\n{size:,.0f} MB of files, {(folder / 'v.db').stat().st_size / 1e6:,.0f} MB in Virtuoso"
    )
    ask(rows, url, server)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rows", type=int)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--ask", nargs=2, metavar=("URL", "PID"))
    options = parser.parse_args()
    print("| step | clock | kg | server | memory, MB |\n| --- | --- | --- | --- | --- |")
    if options.ask:
        ask(options.rows, options.ask[0], Server(int(options.ask[1])))
    elif options.folder:
        whole(options.rows, options.folder.resolve())
    else:
        parser.error("name a folder, or a server with --ask")
