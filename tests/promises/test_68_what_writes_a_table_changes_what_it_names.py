"""A verb that writes a table changes the cells that it names, in one step.

Fault: a table in any form; another hand in the file meanwhile; kill -9 at any step.
Seen: `--dry-run` prints the diff and writes nothing; a file that changed meanwhile is told, exit
  code 4.
Kept: every other byte; each table is whole, as before or as after.
"""

import hashlib

import faults
import pytest

from kg.case import fmt, tablewriter
from kg.case import folder as cases
from kg.model.errors import OutOfBounds

HEAD = "subject,relation,object,document,locator,passage,passage_digest,key\r\n"
CLAIMS = (
    HEAD
    + '"Fuzhou police",operates,Dublin station,"doc-page","p. ""1""",0-3,,d1\r\nAnna Weiß,visited,Ireland,A page,p. 2,,,\r\n'
)
MARK = "sha256:" + hashlib.sha256(b"One").hexdigest()
FORMATTED = CLAIMS.replace('"Fuzhou police"', "body-fuzhou").replace(
    "Dublin station", "station-irl01"
)
FORMATTED = FORMATTED.replace("Anna Weiß", "anna-weiss").replace(
    "Ireland,A page", "place-irl,doc-page"
)
VERBS = {
    ("fmt",): FORMATTED,
    ("verify", "--fill"): CLAIMS.replace("0-3,,d1", f"0-3,{MARK},d1"),
    ("locate", "A page", "One", "--row", "d1"): CLAIMS.replace("0-3,,d1", f"0-3,{MARK},d1"),
}


@pytest.fixture
def placed(make_case):
    folder = make_case(claims="\ufeff" + CLAIMS)
    (folder / "texts").mkdir()
    (folder / "texts" / "A page.txt").write_text("One page.")
    return folder


def tables(folder):
    return {p.name: p.read_bytes() for p in (folder / "data").iterdir()}


@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_the_named_cells_change_and_a_dry_run_changes_nothing(placed, kg, words):
    before = tables(placed)
    ran = kg(placed, *words, "--dry-run")
    assert (ran.returncode, tables(placed)) == (0, before)
    assert "--- a/claims.csv" in ran.stdout
    assert kg(placed, *words).returncode == 0
    after = tables(placed)
    assert after.pop("claims.csv").decode() == "\ufeff" + VERBS[words]
    changed = {name for name in after if after[name] != before[name]}
    assert changed == ({"people.csv"} if words == ("fmt",) else set())


def test_killed_at_any_step_each_table_is_whole(placed):
    before = tables(placed)
    count = faults.steps(placed, "disk", "fmt")
    after = tables(placed)
    seen = set()
    for k in faults.sampled(count, 6):
        for name, data in before.items():
            (placed / "data" / name).write_bytes(data)
        assert faults.drive(placed, "disk", "kill", k, "fmt").returncode in (-9, 0)
        now = tables(placed)
        for name in before:
            assert now[name] in (before[name], after[name])
        # A name is never put away before its record is there.
        assert now["claims.csv"] == before["claims.csv"] or now["people.csv"] == after["people.csv"]
        seen.add(now["claims.csv"])
    assert before["claims.csv"] in seen


def test_what_changed_meanwhile_is_left(placed):
    plan = fmt.plan(cases.find(placed))
    path = placed / "data" / "claims.csv"
    path.write_text(CLAIMS + "person-lu,visited,place-irl,doc-page,p. 3,,,\n")
    before = tables(placed)
    with pytest.raises(OutOfBounds, match=r"claims\.csv changed meanwhile; nothing changed"):
        tablewriter.write(plan.changes)
    assert tables(placed) == before
