"""Decisions typed at a terminal: what is asked, what is written, what a hasty end leaves."""

from __future__ import annotations

import sys

import processes
import pytest
from interop_shells import Typed

PEOPLE = """\
id,name
p1,Wopke Hoekstra
p2,"Hoekstra, Wopke"
p3,Jo Smith
p4,Jo Smith
"""


@pytest.fixture
def asked(make_case):
    folder = make_case(people=PEOPLE, claims="subject,relation,object,document,locator\n")
    command = (sys.executable, "-m", "kg")
    assert processes.run(folder, *command, "build").returncode == 0
    made = Typed(
        [*command, "duplicates", "--decide", "--least", "0"],
        folder,
        processes.environment(TERM="xterm"),
    )
    made.table = folder / "data" / "judgements.csv"
    yield made
    made.close()


def test_a_decision_is_in_the_table_before_the_next_question(asked):
    assert asked.shows("1 of 2")
    asked.type("y\n")
    assert asked.shows("why?")
    asked.type("the same man\n")
    assert asked.shows("2 of 2")
    (head, row) = asked.table.read_text("utf-8").splitlines()
    assert head.startswith("kind,left,right,reason")
    assert ",the same man," in row
    # Ctrl-C leaves what was decided.
    asked.type("\x03")
    assert asked.shows("stopped")
    assert asked.table.read_text("utf-8").splitlines() == [head, row]


def test_the_end_of_the_input_ends_it(asked):
    assert asked.shows("1 of 2")
    asked.type("\x04")
    assert asked.shows("nothing was decided")
    assert not asked.table.exists()
