"""kg build --watch: a build after each save, until Ctrl-C."""

import signal

import processes
import pytest
from processes import HANG, KG

from kg.case import saved


@pytest.fixture
def watching(make_case):
    """A case, and a `kg build --watch` that is at work in it."""
    folder = make_case()
    with processes.start(folder, *KG, "build", "--watch") as running:
        yield folder, running
        running.kill()


def heard(running, end):
    """What is said up to the line that begins so; it ends with the process, which a test ends."""
    lines = []
    for line in running.stderr:
        lines.append(line.decode().rstrip("\n"))
        if lines[-1].startswith(end):
            break
    return lines


def save(folder, old, new):
    """Save a table as editors do: in a file beside it, which takes its place."""
    table = folder / "data" / "claims.csv"
    fresh = table.with_name(".claims.csv.new")
    text = table.read_text(encoding="utf-8")
    assert old in text
    fresh.write_text(text.replace(old, new), encoding="utf-8")
    fresh.replace(table)


def test_each_save_is_built_and_an_error_stops_nothing(watching):
    folder, running = watching
    assert heard(running, "built:")[-1] == "built: 9 entities, 4 claims, 6 attestations in out"
    save(folder, "denies", "disputes")
    told = ["building what changed: 1 row", "built: 9 entities, 4 claims, 6 attestations in out"]
    assert heard(running, "built:") == told
    save(folder, "disputes", "disputed")
    assert heard(running, "1 error in")[-2:] == [
        "claims.csv, row 3, column stance: “disputed”; expected one of asserts, alleges, announces, "
        "questions, denies, disputes, retracts; did you mean “disputes”?",
        "1 error in the tables",
    ]
    save(folder, "disputed", "denies")
    assert heard(running, "built:") == told
    running.send_signal(signal.SIGINT)
    rest = running.communicate(timeout=HANG)
    assert (running.returncode, *rest) == (130, b"", b"stopped\n")


def test_a_state_is_names_sizes_and_times(make_case):
    folder = make_case()
    before = saved.state(folder)
    assert saved.state(folder) == before
    (folder / "data" / ".hidden.csv").write_text("x", encoding="utf-8")
    assert saved.state(folder) == before
    save(folder, "denies", "disputes")
    assert {name for name, *_ in saved.state(folder) ^ before} == {"data/claims.csv"}
    (folder / "data" / "claims.csv").unlink()
    assert len(saved.state(folder)) == len(before) - 1
