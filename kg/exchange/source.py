"""A source opened: an ordinary file of a bounded size, read with progress, in the encoding it has."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from kg.case import slugs
from kg.model.errors import BadData, OutOfBounds, UsageError


class LeftOut(NamedTuple):
    """A record that cannot be read for certain."""

    kind: str
    reason: str


# Kind, locator, fields; or one that is left out.
Record = tuple[str, str, Any] | LeftOut
MAX_BYTES = 256 << 30
MAX_LINE = 64 << 20
HEAD = 64 << 10
_PACKED = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"(\xb5/\xfd": "zstd",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
}
# Steps of progress that are told, and the size below which none are.
_STEPS, _QUIET = 10, 20 << 20
_EDITION = re.compile(r"v?[0-9][0-9.]*|v[0-9].*|final|latest|full|export|dump")


def stem(name: str) -> str:
    """A file's name without ending, numbers and dates, so that the next edition has the same.

    >>> stem("enterprise-attack-17.1.json"), stem("2024-05-01.csv"), stem("Реестр 2024.xlsx")
    ('enterprise-attack', '2024-05-01', 'reestr')
    """
    plain = name.lstrip(".")
    whole = slugs.slug(plain.rpartition(".")[0] or plain) or "source"
    kept = [word for word in whole.split("-") if not _EDITION.fullmatch(word)]
    return "-".join(kept) or whole


class Source:
    """One file that is imported."""

    def __init__(self, path: Path, say: Callable[[str], None] = lambda _: None) -> None:
        self.path, self._say = path, say
        self.name = path.name
        self.size = _checked(path)
        with path.open("rb") as file:
            self._head = file.read(HEAD)
        for magic, kind in _PACKED.items():
            if self._head.startswith(magic):
                raise BadData(f"{self.name} is packed with {kind}; unpack it first")
        self._told = 0

    @property
    def ending(self) -> str:
        """The ending of its name, in small letters, with the dot."""
        return self.path.suffix.lower()

    @property
    def head(self) -> str:
        """Its beginning as text, as far as it is any."""
        if self._head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return self._head.decode("utf-16", "replace")
        return self._head.decode("utf-8-sig", "replace")

    def bad(self, what: str, hint: str = "") -> BadData:
        """The error that says what is wrong with it, in one line."""
        return BadData(f"{self.name}: {what}" + (f"; {hint}" if hint else ""))

    def told(self, done: int, what: str = "") -> None:
        """Say how far it is read, by bytes, a tenth at a time, if it is large."""
        if self.size >= _QUIET and done * _STEPS // self.size > self._told:
            self._told = done * _STEPS // self.size
            self._say(f"{self.name}: {self._told * 100 // _STEPS} % read" + (what and f", {what}"))

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The file, for reading bytes."""
        with self.path.open("rb") as file:
            yield file

    def lines(self) -> Iterator[tuple[int, str]]:
        """Every line that is not blank, with its number. UTF-8, a mark at the beginning is fine.

        Raises BadData for what is no UTF-8 and for a line that never ends.
        """
        with self.opened() as file:
            number = done = 0
            while line := file.readline(MAX_LINE):
                number, done = number + 1, done + len(line)
                if len(line) >= MAX_LINE and not line.endswith(b"\n"):
                    raise self.bad(f"line {number:,} is longer than {MAX_LINE:,} bytes")
                if number == 1:
                    line = line.removeprefix(b"\xef\xbb\xbf")
                try:
                    text = line.decode("utf-8").strip()
                except UnicodeDecodeError as error:
                    place = f"line {number:,}, byte {error.start + 1:,}"
                    raise self.bad(f"not UTF-8 at {place}", "save it as UTF-8") from error
                if text:
                    yield number, text
                self.told(done, f"{number:,} lines")


def _checked(path: Path) -> int:
    """The size of a file that can be imported. Raises what says why another cannot."""
    if re.match(r"[a-z][a-z0-9+.-]*://", str(path), re.IGNORECASE) or str(path).startswith(
        ("http:/", "https:/")
    ):
        raise UsageError(f"{path} is an address; kg asks nothing of the network: fetch it first")
    try:
        about = os.stat(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    if not stat.S_ISREG(about.st_mode):
        raise UsageError(f"{path} is no ordinary file; name a file")
    if about.st_size > MAX_BYTES:
        raise OutOfBounds(f"{path}: {about.st_size:,} bytes; at most {MAX_BYTES:,} are read")
    if not about.st_size:
        raise BadData(f"{path.name} is empty")
    return about.st_size
