"""The tutorial, step by step, as it is printed."""

import re
import shlex
import subprocess

import processes
import tutorial

from kg.case import new


def printed_as_said(said, printed):
    parts = map(re.escape, said.strip().split(tutorial.ANYTHING))
    return re.fullmatch(".*".join(parts), printed.strip(), re.DOTALL)


def test_every_step_prints_what_it_is_said_to_print(tmp_path):
    folder = tmp_path
    known = processes.environment(COLUMNS="80", NO_COLOR="1", PYTHONUNBUFFERED="1")
    steps = [*tutorial.steps(tutorial.PAGE.read_text("utf-8"))]
    assert len([kind for kind, *_ in steps if kind == "run"]) > 20
    for kind, what, said in steps:
        if kind != "run":
            tutorial.put(folder, kind, what, said)
            continue
        verb, *words = shlex.split(what)
        if verb == "cd":
            folder = folder / words[0]
            continue
        assert verb == "kg"
        ran = processes.run(
            folder, *processes.KG, *words, env=known, capture_output=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert ran.returncode in (0, 3 if "expected" in said else 0), ran.stdout
        assert printed_as_said(said, ran.stdout), f"$ {what}\n{ran.stdout}"
    assert (folder / "README.md").read_text("utf-8") == tutorial.PAGE.read_text("utf-8")
    assert (folder / "harbour.html").is_file()


def test_the_first_part_is_short(tmp_path):
    first = tutorial.PAGE.read_text("utf-8").partition("\n## 2. ")[0]
    assert len([kind for kind, *_ in tutorial.steps(first)]) < 16
    words = re.sub(r"^```.*?^```$", "", first, flags=re.MULTILINE | re.DOTALL).split()
    # Five minutes: what is read aloud in two, and what is typed.
    assert len(words) < 400


def test_a_new_case_has_the_tutorial(tmp_path):
    new.make(tmp_path / "a")
    assert (tmp_path / "a" / "README.md").read_text("utf-8").startswith("# Tutorial")
