"""What the process that loads a store makes of the text that it is sent."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inprocess import apart, lines

from kg.store import loader

A, B, C = (f"<urn:{x}> <urn:p> <urn:o> .\n" for x in "abc")


def text(begin: str, gone: str = "", come: str = "") -> bytes:
    turn = loader.TURN
    parts = (begin.encode(), turn, gone.encode(), turn, come.encode(), loader.LAST_LINE)
    return b"".join(parts)


def source(begin: str, gone: str = "", come: str = "") -> loader.Source:
    return loader.Source(io.BytesIO(text(begin, gone, come)))


class Pieces(io.BytesIO):
    """A pipe that holds so many bytes."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self._size = size

    def read1(self, size: int | None = -1) -> bytes:
        return super().read1(self._size)


def held(folder: str) -> set[str]:
    return {*lines(folder)}


@given(st.text(max_size=30), st.integers(1, 40))
@settings(max_examples=60)
def test_what_a_store_begins_with_ends_before_what_is_amended(begin, size):
    read = loader.Source(Pieces(text(begin, A, B), size))
    assert b"".join(iter(lambda: read.read(2), b"")) == begin.encode()
    assert read.amended() == (A.encode(), B.encode() + loader.LAST_LINE)


def test_what_was_sent_too_early_goes_again(tmp_path):
    store = str(tmp_path / "store")
    apart(loader.load, store, source(A + B, B, C))
    assert held(store) == {A, C}
    assert not [*(tmp_path / "store").glob("LOG*")]


@pytest.mark.parametrize("few", [0, 1000])
def test_a_change_of_a_change_holds_both(tmp_path, monkeypatch, few):
    monkeypatch.setattr(loader, "_FEW_TABLES", few)
    one, two, three = (str(tmp_path / name) for name in ("one", "two", "three"))
    apart(loader.load, one, source(A + B))
    # The copy of a store has nothing of its journal.
    apart(loader.change, two, one, source("", A, C))
    apart(loader.change, three, two, source("", B, A))
    assert (held(one), held(two), held(three)) == ({A, B}, {B, C}, {A, C})
    assert not [*(tmp_path / "three").glob("LOG*")]
