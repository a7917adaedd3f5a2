"""What the files of a generation ought to be: noted when it is built, compared when it is read.

`sums.txt` has a line a file: CRC-32, size, time of writing, time of change, number
of the file, name; its last line is the CRC-32 of the others. This guards against
what disks, copies and careless hands do to files. It is no signature.

Every read compares sizes and the sums of all small files. Of a large file the sum is
taken again only if the file is not the very one that was noted (another time or
number); what a disk does to it beneath the file system is for `kg doctor`. The
large tables of the store (`.sst`) have a sum in every block, which the engine compares
as it reads. It has none for the end of its own list of tables: cut short, that
list would be an empty graph without an error.
"""

from __future__ import annotations

import os
import stat

from kg.model.errors import BadGraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "sums.txt"
# Reading and summing takes about 2 ms a megabyte.
LARGE = 4 << 20
# Where there is more than this to sum, each processor sums.
_MUCH = 64 << 20
# As much as stays near the processor: memory that is new to it costs more than the sum.
_CHUNK = 1 << 16


def sealed(text: str) -> str:
    """A text of whole lines with the sum of them as its last line."""
    import zlib

    return f"{text}{zlib.crc32(text.encode()):08x}\n"


def unsealed(text: str) -> str | None:
    """What was sealed; None if not a byte of it may be believed."""
    body = text[:-9]
    return body if body.endswith("\n") and sealed(body) == text else None


def note(folder: str | os.PathLike[str], before: str | os.PathLike[str] | None = None) -> None:
    """Write the sums of everything in a folder.

    What is the same file under the same name in the folder `before`, has the sum that was noted
    there. Cost: reads the others, large ones side by side.
    """
    names = sorted(_below(os.fspath(folder)))
    held = Sums(os.fspath(before)).files if before else {}
    found = {}
    for name in names:
        path = os.path.join(folder, name)
        if name in held and os.path.samefile(path, os.path.join(before or "", name)):
            found[name] = held[name][0]
    found |= _crcs(folder, [name for name in names if name not in found])
    lines = []
    for name in names:
        info = os.stat(os.path.join(folder, name))
        lines.append(f"{found[name]:08x} {info.st_size} {_stamp(info)} {name}\n")
    fresh = os.path.join(folder, f"{NAME}.new")
    with open(fresh, "w", encoding="utf-8") as file:
        file.write(sealed("".join(lines)))
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, os.path.join(folder, NAME))


class Sums:
    """The sums of a generation, to compare its files with.

    Raises BadGraph if they are missing or damaged themselves.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        path = os.path.join(folder, NAME)
        try:
            if not os.path.isfile(path) and os.path.exists(path):
                raise damaged(path, "is no ordinary file")
            with open(path, "rb") as file:
                text = unsealed(file.read().decode("ascii"))
        except OSError as error:
            raise damaged(path, f"cannot be read: {error.strerror}") from error
        except ValueError:
            text = None
        if text is None:
            raise damaged(path)
        self.files: dict[str, tuple[int, int, str]] = {}
        for line in text.splitlines():
            sum_, size, *stamp, name = line.split(" ", 5)
            self.files[name] = int(sum_, 16), int(size), " ".join(stamp)

    def check(self, part: str, *, whole: bool = False) -> None:
        """Compare a file, or all files of a folder, with what was noted.

        Raises BadGraph naming the first that differs. Cost: 2 ms a megabyte of what
        the module says is read each time; of everything if `whole`.
        """
        for name, found in self.faults(part, whole=whole):
            raise damaged(os.path.join(self._folder, name), found)

    def faults(self, part: str = "", *, whole: bool) -> Iterator[tuple[str, str]]:
        """(file, what is wrong) of every file of a part, or of all, that differs."""
        inside = [n for n in self.files if part in ("", n) or n.startswith(part + "/")]
        if not inside:
            yield part, "is not in the list of sums"
        for name in inside:
            sum_, size, stamp = self.files[name]
            path = os.path.join(self._folder, name)
            try:
                info = os.stat(path)
                if not stat.S_ISREG(info.st_mode):
                    yield name, "is no ordinary file"
                elif info.st_size != size:
                    yield name, f"{info.st_size:,} bytes; expected {size:,}"
                elif (whole or not _trusted(name, size, stamp, info)) and crc(path) != sum_:
                    yield name, "the bytes are not those that were written"
            except FileNotFoundError:
                yield name, "is missing"
            except OSError as error:
                yield name, f"cannot be read: {error.strerror}"

    def moved(self) -> bool:
        """Whether a large file is another than was noted, so that each read sums it anew."""
        return any(
            size > LARGE
            and not name.endswith(".sst")
            and stamp != _stamp(os.stat(os.path.join(self._folder, name)))
            for name, (_, size, stamp) in self.files.items()
        )


def crc(path: str | os.PathLike[str]) -> int:
    """The CRC-32 of a file."""
    import zlib

    found, part = 0, memoryview(bytearray(_CHUNK))
    with open(path, "rb", buffering=0) as file:
        while size := file.readinto(part):
            found = zlib.crc32(part[:size], found)
    return found


def _crcs(folder: str | os.PathLike[str], names: list[str]) -> dict[str, int]:
    """The CRC-32 of some files of a folder, by name."""
    paths = [os.path.join(folder, name) for name in names]
    if sum(map(os.path.getsize, paths)) < _MUCH:
        return dict(zip(names, map(crc, paths), strict=True))
    from concurrent.futures import ThreadPoolExecutor

    # Neither reading nor summing holds Python's lock.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(names, pool.map(crc, paths), strict=True))


def damaged(path: str | os.PathLike[str], found: str = "") -> BadGraph:
    """The error for a file of a graph that cannot be believed."""
    return BadGraph(f"damaged: {os.fspath(path)}{f' ({found})' if found else ''}; run kg build")


def _trusted(name: str, size: int, stamp: str, info: os.stat_result) -> bool:
    return size > LARGE and (name.endswith(".sst") or stamp == _stamp(info))


def _stamp(info: os.stat_result) -> str:
    return f"{info.st_mtime_ns} {info.st_ctime_ns} {info.st_ino}"


def _below(folder: str) -> Iterator[str]:
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.relpath(os.path.join(path, name), folder).replace(os.sep, "/")
            if full not in (NAME, f"{NAME}.new"):
                yield full
