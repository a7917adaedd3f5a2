"""Whoever reads the output may stop reading at any time.

Fault: the output is piped to a program that stops early, as `| head -1`; stdout, stderr or stdin is
    closed, full, or read by nobody.
Seen: what that program read, and no complaint; exit code 0 or 141.
Kept: everything.
"""

import os
import sys

import processes
import pytest


@pytest.mark.parametrize(
    "words", ["query 'SELECT ?s ?p ?o { ?s ?p ?o }' --format tsv", "terms --format csv"]
)
def test_a_reader_that_leaves_early_is_no_fault(built_case, words):
    command = f"{sys.executable} -m kg {words} | head -1; exit ${{PIPESTATUS[0]}}"
    ran = processes.run(built_case, "bash", "-c", command)
    assert len(ran.stdout.splitlines()) == 1
    assert ran.stderr == ""
    assert ran.returncode in (0, 141)


def test_a_reader_that_never_read_is_no_fault(built_case):
    own, theirs = os.pipe()
    os.close(own)
    with processes.start(built_case, *processes.KG, "terms", stdout=theirs) as running:
        os.close(theirs)
        said = running.communicate(timeout=processes.HANG)[1]
    assert (running.returncode, said) == (0, b"")


SAID = "SELECT ?s { ?s kg:operates ?o }"


def ran_in_a_shell(folder, words, ends):
    command = f"{sys.executable} -m kg {words} {ends}"
    return processes.run(folder, "bash", "-c", command)


@pytest.mark.parametrize("ends", [">&-", "2>&-", "<&-", "<&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", ["show person-lu", f"query '{SAID}'"])
def test_a_stream_that_is_closed_is_no_fault(built_case, words, ends):
    whole = ran_in_a_shell(built_case, words, "").stdout
    ran = ran_in_a_shell(built_case, words, ends)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == ("" if ">&-" in ends.split() else whole)


@pytest.mark.parametrize("ends", ["2>&-", "2>/dev/full", "2> >(true)"])
def test_a_build_of_which_nobody_hears_is_done(make_case, ends):
    folder = make_case()
    ran = ran_in_a_shell(folder, "build", ends)
    assert (ran.returncode, ran.stdout[:6]) == (0, "built:")
    assert (folder / "out" / "current").is_file()


@pytest.mark.parametrize(("words", "code"), [("check", 0), ("show nobody", 1), ("nonsense", 2)])
def test_a_complaint_that_nobody_hears_keeps_its_exit_code(built_case, words, code):
    assert ran_in_a_shell(built_case, words, "2>/dev/full").returncode == code


def test_an_answer_that_finds_no_room_is_told(make_case):
    folder = make_case()
    ran = ran_in_a_shell(folder, "build", ">/dev/full")
    assert ran.returncode == 4
    assert ran.stderr.endswith("the answer cannot be written: No space left on device\n")
    assert (folder / "out" / "current").is_file()
