"""Fixtures for the tests and for the examples in docstrings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    """The graph of the shipped case, built once for all tests of a process."""
    from kg.case.folder import find
    from kg.store.build import build

    return build(find(ROOT, tmp_path_factory.mktemp("shipped")))[0]


@pytest.fixture(autouse=True)
def _examples(request):
    """Examples in docstrings run in an empty folder, so that what they build goes there."""
    if request.node.__class__.__name__ != "DoctestItem":
        yield
        return
    import kg

    request.getfixturevalue("doctest_namespace")["kg"] = kg
    folder = request.getfixturevalue("tmp_path")
    before = Path.cwd()
    os.chdir(folder)
    yield
    os.chdir(before)
