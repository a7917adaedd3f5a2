"""The graph's state, looked at in full."""

import json
import re
import shutil
from pathlib import Path

import faults
import pytest

from kg.analysis.doctor import examine
from kg.store.generations import lock
from kg.store.graph import open_graph


@pytest.fixture
def folder(built_case, tmp_path):
    shutil.copytree(built_case, tmp_path / "case")
    return tmp_path / "case"


def states(folder):
    return {f.what: f.state for f in examine(folder) if f.state != "fine"}


def test_a_sound_graph(folder, kg):
    ran = kg(folder, "doctor", "--format", "json")
    assert (ran.returncode, ran.stderr) == (0, "")
    rows = {row["what"]: row for row in json.loads(ran.stdout)}
    assert {row["state"] for row in rows.values()} == {"fine"}
    held = "triples; claims in the store 4, in the ledger 4; 3 between two entities; 6 attestations"
    assert rows["contents"]["found"].endswith(held)
    assert rows["lock"]["found"] == "free"
    assert list(rows)[:4] == ["kg", "case", "lock", "graph"]


def test_what_is_out_of_date_is_a_warning(folder, kg):
    faults.touch(folder)
    (folder / "out" / "generations" / "dead-1").mkdir()
    (folder / "out" / ".building").write_text("1 since 00:00:00")
    ran = kg(folder, "doctor")
    assert ran.returncode == 0
    assert "out of date:" in ran.stdout
    assert states(folder) == {"tables": "warning", "leftovers": "warning", "lock": "warning"}
    assert "out of date: data/people.csv" in {f.found for f in examine(folder)}


def test_who_builds_now(folder):
    with lock(folder / "out"):
        (found,) = (f for f in examine(folder) if f.what == "lock")
    assert found.state == "fine"
    assert found.found.startswith("being built by process ")


@pytest.mark.parametrize("name", ["ledger.sqlite", "store/CURRENT", "adjacency.bin", "sums.txt"])
def test_a_damaged_part_is_named(folder, kg, name):
    path = Path(open_graph(folder / "out").folder) / name
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    ran = kg(folder, "doctor")
    assert ran.returncode == 3
    assert states(folder) == {name.partition("/")[0]: "wrong"}
    assert "kg build" in ran.stdout


def test_no_graph_no_case_and_a_case_that_cannot_be_read(folder, tmp_path, kg):
    assert states(tmp_path) == {"case": "wrong", "graph": "wrong"}
    (folder / "data" / "case.toml").write_text("title = ")
    assert states(folder) == {"case": "wrong"}
    ran = kg(folder, "doctor")
    assert ran.returncode == 3
    assert "case.toml" in ran.stdout
    (folder / "out" / "current").write_text("nonsense")
    assert states(folder) == {"case": "wrong", "graph": "wrong"}


def test_parts_that_do_not_agree(folder, kg):
    import sqlite3

    from kg.store import checksums

    made = open_graph(folder / "out").folder
    with sqlite3.connect(f"{made}/ledger.sqlite") as held:
        held.execute("delete from claim where relation='visited'")
    held.close()
    checksums.note(made)
    (found,) = (f for f in examine(folder) if f.what == "contents")
    assert (found.state, found.mend) == ("wrong", "kg build --force")
    assert "in the ledger 3" in found.found


def test_what_is_of_an_earlier_form_is_told_and_not_changed(make_case, kg):
    folder = make_case(judgements="left,right,verdict,reason\n")
    terms = folder / "ontology" / "terms.ttl"
    text = terms.read_text("utf-8")
    text = re.sub("kg:role kg:[A-Za-z]+ ; ", "", text)
    more = 'rdfs:range kg:Body ; rdfs:label "x" ; rdfs:domain kg:Body ; kg:layout'
    text += f'kg:shut a kg:Event ; {more} "closing" .\nkg:isNow a kg:State ; {more} "closing-state topic-shut" .\n'
    terms.write_text(text, encoding="utf-8")
    before = {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    ran = kg(folder, "doctor", "--format", "json")
    assert ran.returncode == 3
    rows = [r for r in json.loads(ran.stdout) if r["what"] == "earlier form"]
    roles = {r["found"]: r["mend"] for r in rows if r["state"] == "warning"}
    code = "nothing plays kg:Code; by their names did kg:code (terms.ttl, line 19)"
    assert roles[code] == "kg:role kg:Code on those that mean it"
    assert any("kg:locatedIn (terms.ttl, line 14)" in found for found in roles)
    told = {r["found"]: (r["state"], r["mend"]) for r in rows if r["state"] == "wrong"}
    last = text.count("\n")
    assert told == {
        "judgements.csv, row 1: a column called verdict": ("wrong", "call it kind"),
        f'terms.ttl, line {last - 1}: kg:layout "closing"': ("wrong", "write kg:role kg:Closes"),
        f'terms.ttl, line {last}: kg:layout "closing-state topic-shut"': (
            "wrong",
            'write kg:closedState "topic-shut"',
        ),
    }
    assert {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()} == before
