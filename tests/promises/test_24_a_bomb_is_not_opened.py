"""A packed file, or one beyond the size, is refused by its first bytes or its size.

Fault: a table is a gzip or zip file that unpacks to far more, or has 10 GB.
Seen: what the file is, or its size and the greatest one; exit code 3.
Kept: the memory, the disk, the graph that was there before.
"""

import gzip
import io
import resource
import zipfile

import pytest

from kg.case import table as table_module
from kg.case.folder import find
from kg.case.row import Problems
from kg.case.table import read
from kg.model.errors import BadCase


def read_bytes(path):
    problems = Problems()
    rows = list(read(path, ("id", "name"), ("id", "name"), problems))
    return rows, [str(p) for p in problems.found]


@pytest.fixture(scope="module")
def bombs():
    zeros = bytes(20_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("people.csv", zeros)
    return {"gzip": gzip.compress(zeros, 9), "zip": packed.getvalue()}


@pytest.mark.parametrize("kind", ["gzip", "zip"])
def test_a_packed_table_is_named_and_not_unpacked(tmp_path, bombs, kind):
    path = tmp_path / "people.csv"
    path.write_bytes(bombs[kind])
    assert path.stat().st_size < 100_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows, (found,) = read_bytes(path)
    assert rows == []
    assert found.startswith(f"people.csv: this is a {kind} file")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 10_000


@pytest.mark.parametrize(
    "head", ["1f8b08", "504b0304", "d0cf11e0", "25504446", "53514c697465", "425a68", "fd377a585a"]
)
def test_what_is_no_csv_file_is_named(tmp_path, head):
    path = tmp_path / "people.csv"
    path.write_bytes(bytes.fromhex(head) + b"\xff\x00\n")
    rows, (found,) = read_bytes(path)
    assert not rows
    assert found.startswith("people.csv: this is a")


def test_a_file_beyond_the_size_is_not_read(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(10 << 30)
    assert read_bytes(path) == (
        [],
        [
            "big.csv: 10,737,418,240 bytes, more than 8,589,934,592; expected a UTF-8 CSV file; "
            "save the sheet as “CSV UTF-8”"
        ],
    )


def test_an_empty_stretch_of_any_size_is_no_text(tmp_path):
    path = tmp_path / "sparse.csv"
    with path.open("wb") as file:
        file.truncate(table_module.MAX_BYTES)
    rows, (found,) = read_bytes(path)
    assert not rows
    assert "looks like UTF-16" in found


def test_a_build_reads_no_file_beyond_the_size(make_case):
    folder = make_case()
    with (folder / "data" / "people.csv").open("r+b") as file:
        file.truncate(10 << 30)
    with pytest.raises(BadCase, match="expected at most 8,589,934,592"):
        find(folder).digests()
