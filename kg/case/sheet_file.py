"""A workbook opened: bounded and whole before anything in it is read."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kg.case import sheet_ods, sheet_xlsx
from kg.case.sheet_marks import Book, Unreadable

_UNPACKED = 1 << 30


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Book]:
    """Open a workbook. Raises Unreadable, or what zipfile raises for a file that is none."""
    with zipfile.ZipFile(path) as archive:
        if sum(info.file_size for info in archive.infolist()) > _UNPACKED:
            raise Unreadable(f"more than {_UNPACKED:,} bytes once unpacked", "a smaller sheet")
        if any(info.flag_bits & 1 for info in archive.infolist()):
            raise Unreadable("a workbook with a password", "one without")
        # Sizes that lie are found here: what is longer than it says fails its checksum.
        if torn := archive.testzip():
            raise zipfile.BadZipFile(f"{torn} is damaged")
        yield sheet_xlsx.book(archive) if path.suffix == ".xlsx" else sheet_ods.book(archive)
