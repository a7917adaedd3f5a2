"""An input that changes while it is read stops the build.

Fault: a table is saved, or one is added, while a build reads.
Seen: “a file of the case changed while it was read; nothing changed”; exit code 4.
Kept: the old graph.
"""

import itertools
import threading

import faults
import pytest
from processes import HANG

from kg.case.folder import find
from kg.model.errors import OutOfBounds
from kg.store.build import build


@pytest.mark.parametrize("moment", ["reading tables", "writing the graph"])
@pytest.mark.parametrize(
    "how", [faults.touch, lambda f: (f / "ontology" / "more.ttl").write_text("")]
)
def test_at_either_half_of_a_build(staged, moment, how):
    folder, old, _ = staged
    with pytest.raises(OutOfBounds, match="changed while it was read; nothing changed"):
        build(find(folder), progress=lambda step: how(folder) if step == moment else None)
    assert faults.state(folder / "out") == old
    assert len(faults.generations(folder)) == 1


def test_a_writer_that_does_not_rest(staged):
    folder, old, _ = staged
    table = folder / "data" / "people.csv"
    rows, written, done = table.read_text(), threading.Event(), threading.Event()

    def write():
        for i in itertools.count():
            fresh = table.with_suffix(".new")
            fresh.write_text(f"{rows}person-x{i},Another,\n")
            fresh.replace(table)
            written.set()
            if done.is_set():
                return

    def meanwhile(step):
        written.clear()
        assert written.wait(HANG)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with pytest.raises(OutOfBounds, match="changed while it was read; nothing changed"):
            build(find(folder), progress=meanwhile)
    finally:
        done.set()
        writer.join()
    assert faults.state(folder / "out") == old
