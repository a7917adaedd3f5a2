"""Real files that packages of other projects ship, imported: counts beside those of the format's own library."""

from __future__ import annotations

import csv
import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from kg.case.folder import find
from kg.exchange import importing, mapping
from kg.exchange.addresses import address
from kg.store.check import check

HERE = Path(__file__).resolve().parent
PYTHON = HERE.parent.parent / ".venv-interop" / "bin" / "python"


def told(program):
    """What a program for the other environment prints, as JSON."""
    ran = subprocess.run([PYTHON, "-c", program], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def rows(folder, table):
    path = folder / "data" / f"{table}.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def imported(path, folder, **options):
    lines = importing.run(Path(path), folder, **options)
    checked = check(find(folder))
    assert checked.fine, checked.problems[:5]
    return {(x.step, x.kind): x.number for x in lines}


GALAXIES = """
import json, os, pymispgalaxies
from pymispgalaxies import Clusters
folder = os.path.join(os.path.dirname(pymispgalaxies.__file__), "data", "misp-galaxy", "clusters")
found = {}
for name, cluster in Clusters().items():
    values = list(cluster.values())
    path = os.path.join(folder, name + ".json")
    if not os.path.isfile(path):
        continue
    related, refs = set(), set()
    for v in values:
        for r in v.related or ():
            related.add((v.uuid, r["type"], r["dest-uuid"]))
        for u in (v.meta.refs if v.meta and v.meta.refs else ()):
            refs.add((v.uuid, u))
    found[name] = [path, len(values), sorted(related), sorted(refs)]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def galaxies():
    return told(GALAXIES)


@pytest.mark.parametrize(
    "name", ["threat-actor", "ransomware", "malpedia", "tool", "mitre-intrusion-set"]
)
def test_a_galaxy_has_as_many_values_relations_and_references(galaxies, name, tmp_path):
    path, values, related, refs = galaxies[name]
    counts = imported(path, tmp_path / "made")
    claims = rows(tmp_path / "made", "claims")
    things = rows(tmp_path / "made", "cluster-values") + rows(tmp_path / "made", "unresolved")
    ids = {row["foreign_ids"].partition(":")[2]: row["id"] for row in things}
    assert counts["read", "value"] == values
    ours = {(r["subject"], r["object"]) for r in claims}
    assert {(ids[a], ids[b]) for a, _, b in related} <= ours
    links = {row["url"]: row["id"] for row in rows(tmp_path / "made", "documents")}
    wanted = {(ids[a], links[address(u)]) for a, u in refs if address(u)}
    assert {(r["subject"], r["object"]) for r in claims if r["relation"] == "describedIn"} >= wanted


BODS = """
import json, bods_fixtures
found = {}
for case in bods_fixtures.list_cases():
    loaded = bods_fixtures.load(case)
    found[str(case)] = loaded.statements if hasattr(loaded, "statements") else list(loaded)
print(json.dumps(found))
"""


def test_every_case_of_bods_has_its_statements_and_interests(tmp_path):
    for number, statements in enumerate(told(BODS).values()):
        path = tmp_path / f"case-{number}.json"
        path.write_text(json.dumps(statements), "utf-8")
        counts = imported(path, tmp_path / f"made-{number}")
        types = Counter(s["recordType"] for s in statements)
        assert {kind: counts.get(("read", kind), 0) for kind in types} == types
        details = [s["recordDetails"] for s in statements if s["recordType"] == "relationship"]
        interests = sum(len(d.get("interests") or [None]) for d in details)
        merged = counts.get(("merged", "claim"), 0)
        assert len(rows(tmp_path / f"made-{number}", "claims")) + merged == interests


STIX = """
import json, stix2
bundle = stix2.parse(open(%r, encoding="utf-8").read(), allow_custom=True)
objects = bundle.objects
print(json.dumps([
    sorted([o.type, o.id] for o in objects),
    sorted([o.source_ref, o.relationship_type, o.target_ref] for o in objects if o.type == "relationship"),
]))
"""


def test_stix_is_read_as_stix2_reads_it(tmp_path):
    page = (HERE.parent.parent / "docs" / "import.md").read_text("utf-8")
    text = page.partition("`harbour-stix.json`\n\n```json\n")[2].partition("```")[0]
    path = tmp_path / "bundle.json"
    path.write_text(text, "utf-8")
    objects, links = told(STIX % str(path))
    counts = imported(path, tmp_path / "made")
    assert {k: n for (step, k), n in counts.items() if step == "read"} == Counter(
        t for t, _ in objects
    )
    ours = {(r["subject"], r["relation"], r["object"]) for r in rows(tmp_path / "made", "claims")}
    assert {(a.replace("--", "-"), t, b.replace("--", "-")) for a, t, b in links} <= ours


SCHEMATA = """
import json
from followthemoney import model
found = {}
for schema in model:
    own = {p.name: str(p.type.name) for p in schema.properties.values() if not p.stub}
    edge = [schema.source_prop.name, schema.target_prop.name] if schema.edge else []
    found[schema.name] = [edge, schema.abstract, sorted(n for n, t in own.items() if t == "entity")]
print(json.dumps(found))
"""


def test_the_mapping_of_followthemoney_has_every_schema_and_link():
    schemata = told(SCHEMATA)
    plan = mapping.read(mapping.SHIPPED / "ftm.toml")
    classes = {name for kind, name, _ in plan.terms if kind == "class"}
    claims = [rule for rule in plan.rules if rule.kind == "claim"]
    links = {rule.of[0]: rule for rule in claims if len(rule.of) == 1}
    named = {path[-1] for rule in claims for ref in rule.refers["object"] for path in ref.id.paths}
    named |= {
        path[-1] for rule in claims for ref in rule.refers["subject"] for path in ref.id.paths
    }
    for name, (edge, _, references) in schemata.items():
        if edge:
            rule = links[name]
            assert [rule.refers[e][0].id.paths[0][-1] for e in ("subject", "object")] == edge, name
        else:
            # What a link names beside its ends are qualities of it.
            assert name in classes or name in links, name
            assert {*references} <= named, name
