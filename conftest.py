"""Fixtures for the tests and for the examples in docstrings."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent

# What the shell of whoever runs the tests says of its window, its language, its store and new files.
TOLD = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PY_COLORS", "TERM", "GITHUB_ACTIONS")
for name in [*os.environ]:
    if name in TOLD or name.startswith(("KG_", "XDG_", "LC_", "LANG")):
        del os.environ[name]
os.umask(0o022)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    """The graph of the shipped case, built once for all tests of a process.

    Where one stands in that folder, it is the graph of `kg --case example`.
    """
    from kg.case.folder import find
    from kg.store.build import build

    return build(find(ROOT, tmp_path_factory.mktemp("shipped") / "out" / "example"))[0]


@pytest.fixture(scope="session")
def stand(shipped):
    """A folder in which the shipped case has been built, for those who run `kg --case example`."""
    return Path(shipped.out).parents[1]


@pytest.fixture(autouse=True)
def _examples(request):
    """Examples in docstrings run where the shipped case is built, in a folder of their own."""
    if request.node.__class__.__name__ != "DoctestItem":
        yield
        return
    import kg

    request.getfixturevalue("doctest_namespace")["kg"] = kg
    folder = request.getfixturevalue("tmp_path")
    if '"example"' in request.node.dtest.docstring:
        shutil.copytree(request.getfixturevalue("stand") / "out", folder / "out")
    before = Path.cwd()
    os.chdir(folder)
    yield
    os.chdir(before)
