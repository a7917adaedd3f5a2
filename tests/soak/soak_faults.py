"""Every byte of the small files of a graph flipped, thousands of the large; a fault at every call."""

import os
import shutil
import sys
from pathlib import Path

import draws
import faults
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "promises"))
from test_51_a_damaged_graph_never_answers_wrongly import READINGS, files, read
from test_56_a_fault_nobody_thought_of_is_one_line_and_a_report import VERBS

EVERY = int(os.environ.get("SOAK_EVERY", "1"))
SMALL = 1500


@pytest.mark.parametrize("verb", READINGS)
def test_flipped_at_every_byte(built_case, tmp_path, verb, capsys):
    folder = tmp_path / "case"
    shutil.copytree(built_case, folder)
    chance, before = draws.chance(), read(folder, verb)
    made = Path(faults.open_graph(folder / "out").folder)
    parts = sorted(p for p in made.rglob("*") if p.is_file() and p.stat().st_size)
    told = same = 0
    for path in [*files(folder, "current"), *parts]:
        data = path.read_bytes()
        places = range(len(data))
        if len(data) > SMALL:
            places = chance.sample(places, 150)
        for i in places[::EVERY]:
            path.write_bytes(data[:i] + bytes([data[i] ^ 1 << chance.randrange(8)]) + data[i + 1 :])
            found = read(folder, verb)
            path.write_bytes(data)
            if isinstance(found, Exception):
                told += 1
            else:
                assert found == before, (path, i)
                same += 1
    assert read(folder, verb) == before
    with capsys.disabled():
        print(
            f"\n  {verb}: {told + same} bytes flipped: {told} told, {same} without effect, 0 else"
        )


@pytest.mark.parametrize("words", VERBS, ids=[v[0] for v in VERBS])
def test_a_library_raises_at_every_call(built_case, tmp_path, words, capsys):
    folder = tmp_path / "case"
    shutil.copytree(built_case, folder)
    before = faults.state(folder / "out")
    reports = tmp_path / "reports"
    reports.mkdir()
    count = faults.steps(folder, "library", *words)
    codes: dict[int, int] = {}
    # A query runs in a child, which counts for itself.
    for k in faults.sampled(count, 80 // EVERY) or range(1, 30):
        ran = faults.drive(folder, "library", "fault", k, *words, TMPDIR=str(reports))
        codes[ran.returncode] = codes.get(ran.returncode, 0) + 1
        assert "Traceback" not in ran.stderr, (k, ran.stderr)
        if ran.returncode == 70:
            assert ran.stdout == "", (k, ran.stdout)
            assert len(list(reports.iterdir())) == 1
        else:
            # What a library says while it is closed or loaded may be heard by nobody.
            assert ran.returncode == 0, (k, ran.stderr)
        shutil.rmtree(reports)
        reports.mkdir()
        if words[0] != "build":
            assert faults.state(folder / "out") == before
        else:
            assert faults.state(folder / "out")
    with capsys.disabled():
        print(
            f"\n  {words[0]}: a fault at {sum(codes.values())} of {count} calls: by exit code {codes}"
        )
