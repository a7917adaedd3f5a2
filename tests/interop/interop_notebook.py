"""The gallery in a real Jupyter kernel, and tables read through Arrow by polars and DuckDB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = ROOT / ".venv-interop" / "bin" / "python"
sys.path.insert(0, str(ROOT / "scripts"))


def outside(code, folder, *words):
    """What a program prints that has the readers' libraries, and kg with what it needs."""
    here = next(p for p in map(Path, rdflib.__path__)).parent
    made = subprocess.run(
        [PYTHON, "-c", code, *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{here}"},
    )
    assert made.returncode == 0, made.stderr[-3000:]
    return json.loads(made.stdout.splitlines()[-1])


GALLERY = """
import json, sys
import nbformat
from nbclient import NotebookClient

held = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(held, timeout=300, kernel_name="python3").execute()
print(json.dumps(held))
"""


def test_a_kernel_shows_what_the_gallery_has(tmp_path):
    import gallery

    made = outside(GALLERY, tmp_path, str(gallery.PAGE))["cells"]
    for cell, new in zip(gallery.cells(), made, strict=True):
        brief = gallery.BRIEF in cell["metadata"].get("tags", ())
        outputs = [o for o in new.get("outputs", []) if o.get("name") != "stderr"]
        if brief:
            outputs = [o | {"data": {"text/plain": o["data"]["text/plain"]}} for o in outputs]
        assert gallery.shown(cell.get("outputs", [])) == gallery.shown(outputs), cell["source"]


ARROW = """
import json
import duckdb, polars
import kg

case = kg.open("example")
made = {}
for name, table in {
    "claims": case.claims(status="contested"),
    "rows": case.claims(rows=True, voice="Mao Ning"),
    "conflicts": case.conflicts(),
    "figures": case.figures(),
    "asked": case.query("SELECT ?s ?n { ?s kg:voices ?n } LIMIT 5"),
    "none": case.claims(relation="operates", voice="Mao Ning", stance="asserts"),
}.items():
    arrow = table.arrow()
    read = polars.from_arrow(arrow)
    counted = duckdb.sql("select count(*) from arrow").fetchall()[0][0] if len(table) else 0
    columns = {c: str(t) for c, t in zip(read.columns, read.dtypes)}
    made[name] = [len(table), len(read), counted, columns]
claims = polars.DataFrame(case.claims(status="contested").arrow())
made["by"] = claims["by"].to_list() == [list(v) for v in case.claims(status="contested")["by"]]
made["evidence"] = claims["evidence"][0].to_list()
print(json.dumps(made))
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    return outside(ARROW, tmp_path_factory.mktemp("arrow"))


def test_polars_and_duckdb_read_every_row(read):
    for name in ("claims", "rows", "conflicts", "figures", "asked"):
        there, polars, duckdb, _ = read[name]
        assert there == polars == duckdb > 0, name
    assert read["none"][0] == read["none"][1] == 0


def test_columns_have_types_and_evidence_goes_along(read):
    columns = read["claims"][3]
    assert (columns["voices"], columns["sentence"]) == ("Int64", "String")
    assert columns["by"] == columns["evidence"] == "List(String)"
    assert read["by"] is True
    assert all(" " in line for line in read["evidence"])
    assert read["asked"][3]["n"] == "Int64"
