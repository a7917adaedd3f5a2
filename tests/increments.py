"""A graph built of differences beside one built anew: everything that they hold, part by part."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

import inprocess
from pyoxigraph import RdfFormat, Store

from kg.case.folder import find
from kg.store import remembered
from kg.store.build import build


def built(folder, **how):
    """Build a case; the graph, and what was said meanwhile."""
    said = []
    graph, _ = build(find(folder), progress=said.append, **how)
    return graph, said


def anew(folder, other):
    """A graph of the same case, built in one go in another folder."""
    shutil.rmtree(other, ignore_errors=True)
    other.mkdir(parents=True)
    for part in ("data", "ontology"):
        shutil.copytree(folder / part, other / part)
    return built(other)[0]


def contents(graph):
    """All that a graph holds, by part, in an order of its own."""
    folder = Path(graph.folder)
    found = {"store": _quads(folder / "store"), **_ledger(folder / "ledger.sqlite")}
    names = ("adjacency.bin", "speech.bin", "terms.txt", "ontology.nt", "judgements.json")
    for name in (*names, "manifest.json", "withheld.json", "warnings.json"):
        with contextlib.suppress(FileNotFoundError):
            found[name] = (folder / name).read_bytes()
    if "known.sqlite" in os.listdir(folder):
        db = sqlite3.connect(folder / "known.sqlite")
        found |= {
            n: db.execute(f"select * from {n}").fetchall() for n in ("record", "called", "document")
        }
        db.close()
    if "rows.bin" in os.listdir(folder):
        rows = remembered.read(str(folder / "rows.bin"), str(folder / "warnings.json"))
        rows.steps = rows.changes = 0
        found["rows"] = rows
    return found


def _quads(folder):
    return inprocess.apart(_dumped, str(folder))


def _dumped(folder):
    return sorted(bytes(Store.read_only(folder).dump(format=RdfFormat.N_QUADS)).splitlines())


def _ledger(path):
    db = sqlite3.connect(path)
    found = {}
    tables = db.execute(
        "select name, sql from sqlite_master where type='table' order by name"
    ).fetchall()
    virtual = [name for name, sql in tables if sql.startswith("CREATE VIRTUAL")]
    for name, _ in tables:
        parts = [v for v in virtual if name.startswith(v + "_") or name == v]
        if parts or name.startswith("sqlite_stat"):
            continue
        rows = db.execute(f"select * from {name}").fetchall()
        if name in ("passage", "spelt"):
            # In which order its entries are numbered tells nothing.
            rows = [row[1:] for row in rows]
        if name == "sought":
            # The order tells, how far apart they are does not.
            rows = [(i, *row[1:]) for i, row in enumerate(sorted(rows))]
        found[f"ledger {name}"] = sorted(rows, key=repr)
    for name in virtual:
        db.execute(f"create virtual table temp.terms using fts5vocab(main, {name}, instance)")
        rows = db.execute("select * from temp.terms").fetchall()
        own = {"passage_words": "n, said || entity from passage", "spelling": "n, word from spelt"}
        told = dict(db.execute(f"select {own.get(name, 'n, entity from sought')}"))
        rows = [(term, told[n], *rest) for term, n, *rest in rows]
        found[f"ledger {name}"] = sorted(rows, key=repr)
        db.execute("drop table temp.terms")
    found["ledger indexes"] = sorted(
        db.execute("select name, sql from sqlite_master where type='index'").fetchall(), key=repr
    )
    db.close()
    return found


def differing(one, other):
    """The parts in which two graphs differ, with what only one of them has."""
    found = {}
    for name in sorted({*one, *other}):
        a, b = one.get(name), other.get(name)
        if a == b:
            continue
        if isinstance(a, list) and isinstance(b, list):
            left, right = {repr(x) for x in a}, {repr(x) for x in b}
            found[name] = sorted(left - right)[:5], sorted(right - left)[:5]
        else:
            found[name] = str(a)[:300], str(b)[:300]
    return found
