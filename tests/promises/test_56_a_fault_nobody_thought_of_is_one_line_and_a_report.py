"""A fault that nobody thought of is one line and a report.

Fault: a library raises, at any call, what nobody expected; the report cannot be written.
Seen: one line with the error and the name of a report, which holds places in the code and
  nothing of the case; exit code 70.
Kept: the old graph.
"""

import faults
import processes
import pytest

VERBS = [
    ("query", "SELECT * { ?s ?p ?o }"),
    ("show", "person-lu"),
    ("path", "person-lu", "place-irl"),
    ("find", "Lu"),
    ("view", "-o", "page.html"),
    ("build", "--force"),
]


@pytest.mark.parametrize("words", VERBS, ids=[v[0] for v in VERBS])
def test_a_library_raises(built_case, tmp_path, words):
    before = faults.state(built_case / "out")
    count = faults.steps(built_case, "library", *words)
    # A query runs in a child, which counts for itself.
    # The last steps of a build free the lock, when all is done.
    for k in [count // 3 or 1, *([count * 9 // 10] if words[0] == "build" else [])]:
        ran = faults.drive(built_case, "library", "fault", k, *words, TMPDIR=str(tmp_path))
        assert (ran.returncode, ran.stdout) == (70, ""), (k, ran.stderr)
        lines = [
            x for x in ran.stderr.splitlines() if x not in ("reading tables", "writing the graph")
        ]
        assert len(lines) == 1, ran.stderr
        assert lines[0].startswith("kg: a fault of our own (")
        assert "LookupError: a fault of person-lu in two" in lines[0]
        (report,) = tmp_path.glob("kg-report-*")
        assert lines[0].endswith(f"please report {report}")
        text = report.read_text(encoding="utf-8")
        assert text.startswith(
            "This holds versions and places in the code, and no text of your case"
        )
        kind = "RuntimeError" if words[0] == "query" else "LookupError"
        assert f"builtins.{kind}\n" in text
        assert "cli/main.py, line" in text
        for secret in ("person-lu", "Lu Jianwang", str(built_case), str(processes.ROOT)):
            assert secret not in text
        report.unlink()
    assert faults.state(built_case / "out") == before


def test_where_no_report_can_be_written(built_case, tmp_path):
    script = (
        "import tempfile, runpy, sys\n"
        "def full(*_, **__): raise OSError(28, 'No space left on device')\n"
        "tempfile.NamedTemporaryFile = full\n"
    )
    driver = faults.DRIVER
    try:
        faults.DRIVER = driver.replace(
            "import os, signal, sys\n", f"import os, signal, sys\n{script}"
        )
        ran = faults.drive(built_case, "library", "fault", 1, "show", "person-lu")
    finally:
        faults.DRIVER = driver
    assert ran.returncode == 70
    (line,) = ran.stderr.splitlines()
    assert line.endswith(
        "its report could not be written (No space left on device); please report this line"
    )
