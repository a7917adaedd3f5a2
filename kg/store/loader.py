"""RDF text into a new store, by a process of its own, while the rest of a build goes on.

Run as a script it is that process: the store's folder as its word, what went wrong on stderr, and on
stdin N-Triples in three parts with a byte between: what the store begins with, what goes again, and
what comes in its place. With an older store's folder as a second word it begins as that one is, and the
first part is empty. A text that breaks off before its last line came from a builder that is gone:
nothing more is written then.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable
    from typing import IO, Any


_CHUNK = 1 << 20
# The engine holds new triples back where it has 20 tables of one kind; it has four kinds.
_FEW_TABLES, _MANY_TABLES = 4 * 12, 4 * 16
# The engine sorts millions of short keys that lie all over its memory. In large pages, and where
# glibc neither gives memory back between nor looks for neighbours of what is freed, that takes
# half the time. Other systems do not read it.
_MEMORY = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=67108864:"
    "glibc.malloc.trim_threshold=1073741824:glibc.malloc.mxfast=0"
}
LAST_LINE = b"# whole\n"
# No text in UTF-8 has it.
TURN = b"\xff"


class Loader:
    """Begins to load at once; `send` it all of the text, then `finish`. As a context it ends with it.

    With the folder of an `old` store the new one begins as its copy, which takes no time whatever its
    size; then all of the text is what is to be amended.
    """

    def __init__(
        self, folder: str | os.PathLike[str], old: str | os.PathLike[str] | None = None
    ) -> None:
        import signal
        import subprocess

        self._held: list[str] = []
        self._amended = False
        self._length = 0
        folders = [os.fspath(name) for name in (folder, old) if name]
        command = [sys.executable, os.path.abspath(__file__), *folders]
        pipe = subprocess.PIPE
        # A group of its own: Ctrl-C is the builder's to handle, which ends the loader.
        # It comes only when there is a loader to end.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
        try:
            self._process: subprocess.Popen[bytes] = subprocess.Popen(
                command,
                env=_MEMORY | os.environ,
                stdin=pipe,
                stdout=subprocess.DEVNULL,
                stderr=pipe,
                process_group=0,
                pipesize=_CHUNK,
            )
        except BaseException:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            raise
        try:
            # Whatever came meanwhile is raised here.
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> Loader:
        return self

    def __exit__(self, *error: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._close(self._process.stdin)
        self._close(self._process.stderr)

    def send(self, part: str) -> None:
        """Send some text. Raises OSError with the loader's own words if it has failed."""
        self._held.append(part)
        self._length += len(part)
        if self._length >= _CHUNK:
            self._write()

    def feed(self, parts: Iterable[str]) -> None:
        """Send several. Raises OSError as `send` does."""
        for part in parts:
            self.send(part)

    def amend(self, gone: Iterable[str], come: Iterable[str]) -> None:
        """Say, once all else is sent, what is to go again, and what comes. Raises OSError as `send` does.

        Cost: the process holds it all; a line takes some times as long as one that is sent.
        """
        self._amended = True
        for part in (gone, come):
            self._write(TURN)
            self.feed(part)

    def end(self) -> None:
        """Say that this was all of it, so that the rest is loaded while the builder does something else."""
        if not self._amended:
            self.amend((), ())
        self.send(LAST_LINE.decode())
        self._write()
        self._close(self._process.stdin)

    def finish(self) -> None:
        """Wait until the store is whole. Raises OSError with the loader's own words."""
        stdin, stderr = self._process.stdin, self._process.stderr
        if stdin and not stdin.closed:
            self.end()
        said = stderr.read() if stderr else b""
        if code := self._process.wait():
            words = said.decode(errors="replace").strip().splitlines()
            how = f"was killed (signal {-code})" if code < 0 else f"ended ({code})"
            raise OSError(words[-1] if words else f"the process that loads the store {how}")

    def _write(self, more: bytes = b"") -> None:
        stdin = self._process.stdin
        if stdin is None:
            raise OSError("the loader takes no input")
        data = "".join(self._held).encode() + more
        self._held.clear()
        self._length = 0
        try:
            stdin.write(data)
            stdin.flush()
        except BrokenPipeError:
            self._close(stdin)
            self.finish()
            raise

    def _close(self, pipe: IO[bytes] | None) -> None:
        if pipe:
            try:
                pipe.close()
            except BrokenPipeError:
                # What it holds nobody takes any more.
                return


class Source:
    """What the builder sends, up to what is to be amended; where it breaks off, the process ends."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream: Any = stream
        self._part, self._at = b"", 0
        self._rest: bytes | None = None

    def read(self, size: int) -> bytes:
        """Some more of what the store begins with: the engine asks for two kilobytes at a time."""
        at = self._at
        if part := self._part[at : at + size]:
            self._at = at + size
            return part
        if self._rest is not None:
            return b""
        self._take()
        return self.read(size)

    def _take(self) -> None:
        part, turn, rest = self._stream.read1(_CHUNK).partition(TURN)
        if turn:
            rest += self._stream.read()
            self._rest = rest
        if not (rest.endswith(LAST_LINE) if turn else part):
            os._exit(1)
        self._part, self._at = part, 0

    def amended(self) -> tuple[bytes, bytes]:
        """What is to go, and what comes."""
        while self._rest is None:
            self._take()
        gone, _, come = self._rest.partition(TURN)
        return gone, come


def change(folder: str, old: str, source: Source) -> None:
    """A store that begins as a copy of an old one, of which the tables are the same files."""
    from pyoxigraph import Store

    Store.read_only(old).backup(folder)
    _amend(folder, *source.amended())
    _forget(folder)


def load(folder: str, source: Source) -> None:
    """A new store of the N-Triples that `source` gives."""
    from pyoxigraph import RdfFormat, Store

    store = Store(folder)
    # Of a file the engine wants no more than to read.
    stream: Any = source
    # Every IRI was checked cell by cell before: the engine need not do so again.
    store.bulk_load(input=stream, format=RdfFormat.N_TRIPLES, lenient=True)
    # What the engine compacts it leaves without compression, nearly twice as large; a scan of it takes
    # little more than half the time, a join down to a tenth. So a store is left as it was loaded, in tables of a
    # million triples side by side, until they are so many that each look-up and each change would wait.
    if _tables(folder) > _MANY_TABLES:
        store.optimize()
        store.flush()
    del store
    gone, come = source.amended()
    if gone:
        _amend(folder, gone, come)
    _forget(folder)


def _amend(folder: str, gone: bytes, come: bytes) -> None:
    """Take some N-Triples out of a store, and put others in."""
    from pyoxigraph import Quad, RdfFormat, Store, parse

    store = Store(folder)
    for quad in parse(input=gone, format=RdfFormat.N_TRIPLES, lenient=True):
        store.remove(Quad(quad.subject, quad.predicate, quad.object))
    store.extend(parse(input=come, format=RdfFormat.N_TRIPLES, lenient=True))
    if _tables(folder) < _FEW_TABLES:
        store.flush()
        return
    # Beside 20 tables of one kind the engine writes no other before all are joined, which takes as long as
    # most of a build. What it finds in its journal when a store is opened it writes at once.
    del store
    Store(folder)


def _tables(folder: str) -> int:
    return sum(f.name.endswith(".sst") for f in os.scandir(folder))


def _forget(folder: str) -> None:
    # The engine's diaries: nothing is read from them, and they are larger than a small store.
    for file in os.scandir(folder):
        if file.name.startswith("LOG"):
            os.unlink(file.path)


def _main(folder: str, old: str = "") -> None:
    import _signal as signal  # type: ignore[import-not-found]  # a build waits for this process to load

    # The builder had them blocked when it began this process.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))
    source = Source(sys.stdin.buffer)
    if old:
        change(folder, old, source)
    else:
        load(folder, source)


if __name__ == "__main__":
    try:
        _main(*sys.argv[1:])
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        sys.exit(str(error))
