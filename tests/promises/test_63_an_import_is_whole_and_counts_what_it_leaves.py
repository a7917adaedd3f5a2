"""An import is whole, and counts what it leaves.

Fault: a source with values that no table holds, one that is cut off, a kill or a full disk in between.
Seen: what was left out, by kind and reason, exit code 0, with `--strict` 3; or one line, exit code 3 or 4.
Kept: what can be taken, whole; or nothing half-made, and the next import clears away what a kill left.
"""

import subprocess
import sys

import pytest

from kg.exchange import importing
from kg.model.errors import BadData, OutOfBounds

LINE = '{"id": "%s", "schema": "Person", "properties": {"name": ["%s"], "birthDate": ["%s"]}}\n'
PEOPLE = LINE % ("a", "Ann", "1957") + LINE % ("b", "Bo", "long ago")


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.ftm.json"
    path.write_text(PEOPLE, "utf-8")
    return path


def test_what_cannot_be_taken_is_counted_and_strict_says_so(people, tmp_path, kg):
    ran = kg(tmp_path, "import", people, "made", "--strict", "--format", "csv")
    assert ran.returncode == 3
    assert "left out,value of birth date,1," in ran.stdout
    assert kg(tmp_path, "--case", "made", "check").returncode == 0
    assert kg(tmp_path, "import", people, "again").returncode == 0


def test_a_source_that_is_cut_off_makes_nothing(people, tmp_path):
    people.write_text(PEOPLE[:-20], "utf-8")
    with pytest.raises(BadData, match="line 2"):
        importing.run(people, tmp_path / "made")
    assert [p.name for p in tmp_path.iterdir()] == ["people.ftm.json"]


def test_a_killed_import_leaves_no_case_and_the_next_one_clears_up(people, tmp_path):
    program = (
        "import os, sys; from pathlib import Path; from kg.exchange import importing, source\n"
        "source.Source.lines = lambda self: os._exit(9)\n"
        "importing.run(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    ran = subprocess.run([sys.executable, "-c", program, people, tmp_path / "made"], check=False)
    assert ran.returncode == 9
    assert not (tmp_path / "made").exists()
    assert len(list(tmp_path.glob(".kg-import-*"))) == 1
    importing.run(people, tmp_path / "made")
    assert not list(tmp_path.glob(".kg-import-*")) and (tmp_path / "made" / "data").is_dir()


@pytest.mark.parametrize("step", ["begin", "read", "write"])
def test_a_full_disk_at_any_step_leaves_nothing(people, tmp_path, monkeypatch, step):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    place = {
        "begin": ("kg.exchange.draft.Draft.begin", full),
        "read": ("kg.exchange.spool.Spool.describe", full),
        "write": ("kg.exchange.case_writer.ledger", full),
    }[step]
    monkeypatch.setattr(*place)
    with pytest.raises(OutOfBounds, match="No space left"):
        importing.run(people, tmp_path / "made")
    assert [p.name for p in tmp_path.iterdir()] == ["people.ftm.json"]
