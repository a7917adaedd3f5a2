"""Whoever reads the output may stop reading at any time.

Fault: the output is piped to a program that stops early, as `| head -1`.
Seen: what that program read, and no complaint; exit code 0 or 141.
Kept: everything.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "words", ["query 'SELECT ?s ?p ?o { ?s ?p ?o }' --format tsv", "terms --format csv"]
)
def test_a_reader_that_leaves_early_is_no_fault(built_case, words):
    command = f"{sys.executable} -m kg {words} | head -1; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(
        ["bash", "-c", command],
        cwd=built_case, text=True, capture_output=True, timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert len(ran.stdout.splitlines()) == 1
    assert ran.stderr == ""
    assert ran.returncode in (0, 141)


def test_a_reader_that_never_read_is_no_fault(built_case):
    own, theirs = os.pipe()
    os.close(own)
    ran = subprocess.run(
        [sys.executable, "-m", "kg", "terms"],
        cwd=built_case, stdout=theirs, stderr=subprocess.PIPE, timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    os.close(theirs)
    assert (ran.returncode, ran.stderr) == (0, b"")
