"""The engine's process, begun before it is known what it will be asked, or as a Python that starts anew.

To load the engine takes as long as reading the words of a query and looking at the graph, which
the parent does at the same time. What the process may use is bounded, as for every question,
before it opens anything. It ends while the parent writes the answer: whoever begins one calls
`settle` at the end.

A process that has opened a store has threads of the engine. One that is forked from it has none of
them, and can wait for them for ever when it opens a store itself: there a new Python is started.
"""

from __future__ import annotations

import os
import sys

from kg.sparql.child import KILL, Child, Limits, bound, serve
from kg.sparql.frames import Reader, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, NoReturn

    import pyoxigraph as ox

    from kg.sparql.child import Work
    from kg.sparql.query import Question, Term

_begun: list[Ahead] = []
# The numbers of those that have said all.
_over: list[int] = []
# What a Python that starts anew does: it gets where modules are found, and three pipes.
_ANEW = """import sys
sys.path[:] = sys.argv[4:]
from kg.sparql.ahead import answer
answer(*map(int, sys.argv[1:4]))"""
_opened = False


class Ahead(Child):
    """A process that waits for its question. It is asked once, or ended."""

    _question = -1

    def __init__(self) -> None:
        self._told, self._question = os.pipe()
        super().__init__(self._work, None)
        os.close(self._told)

    def _work(self) -> Iterator[tuple[str, Any]]:
        """What the child does."""
        os.close(self._question)
        return _answered(self._told)

    def ask(self, folder: str, question: Question) -> None:
        """Ask the store in a folder."""
        self.limits = limits = question.limits
        most = limits.seconds, limits.memory, limits.rows
        given = {name: term.key() for name, term in question.bindings.items()}
        how = question.query, question.prefixes, question.form, question.base, question.partial
        try:
            write(self._question, (folder, most, given, how))
        except BrokenPipeError:
            # It has died: what it said, and how it ended, tells why.
            pass
        finally:
            self._close()

    def over(self, name: str) -> bool:
        """After the end of an answer it is left to end by itself."""
        if name != "end":
            return False
        _over.append(self._let_go())
        return True

    def end(self, wait: bool = False) -> int:
        """Have it gone, whether or not it was asked."""
        self._close()
        return super().end(wait)

    def _close(self) -> None:
        question, self._question = self._question, -1
        if question >= 0:
            os.close(question)


class Anew(Ahead):
    """One that is not forked."""

    def _start(self, work: Work, limits: Limits | None, writer: int, life: int) -> int:
        import subprocess

        pipes = writer, life, self._told
        command = [sys.executable, "-c", _ANEW, *map(str, pipes), *sys.path]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=pipes)
        # It is waited for by its number.
        process.returncode = 0
        return process.pid

    def over(self, name: str) -> bool:
        """Nobody would wait for it later."""
        return False


def answer(writer: int, life: int, told: int) -> NoReturn:
    """Be the engine's process: answer one question that comes by a pipe, and end."""
    serve(writer, life, lambda: _answered(told), None)


def _answered(told: int) -> Iterator[tuple[str, Any]]:
    from kg.sparql import worker

    worker.load()
    reader = Reader()
    while size := os.readv(told, (reader.room(),)):
        for (where, limits, bindings, how), _ in reader.came(size):
            asked = _Asked(Limits(*limits), bindings, *how)
            bound(asked.limits)
            yield from worker.evaluate(where, asked)
            return


class _Asked:
    """A question as the engine's side takes it."""

    def __init__(
        self,
        limits: Limits,
        given: dict[str, tuple[str, ...]],
        query: str,
        prefixes: dict[str, str],
        form: str,
        base: str,
        partial: bool,
    ) -> None:
        self.limits, self.query, self.prefixes = limits, query, prefixes
        self.form, self.base, self.partial = form, base, partial
        self.bindings: Mapping[str, Term] = {}
        if given:
            from kg.sparql.query import Term

            self.bindings = {name: Term(*key) for name, key in given.items()}


def begin() -> None:
    """Begin a process for the question that comes next."""
    _begun.append(Ahead())


def opens_here() -> None:
    """Say that this process opens a store itself."""
    global _opened
    _opened = True


def opened_here(folder: str) -> ox.Store:
    """A store on the disk, opened read-only in this process."""
    import pyoxigraph as ox

    opens_here()
    return ox.Store.read_only(folder)


def _engine_runs_here() -> bool:
    """Whether a store was opened in this process, be it by somebody else."""
    if _opened or "pyoxigraph" not in sys.modules:
        return _opened
    threads = "/proc/self/task"
    return os.path.isdir(threads) and any(map(_of_engine, os.listdir(threads)))


def _of_engine(thread: str) -> bool:
    try:
        with open(f"/proc/self/task/{thread}/comm", "rb") as file:
            return file.read().startswith(b"rocksdb")
    except OSError:
        # It has just ended.
        return False


def asked(where: object, question: Question) -> Child | None:
    """A process that is no fork of this one as it is now, asked a question of a store; None if a fork will do."""
    if not (where and isinstance(where, str)):
        return None
    if _begun:
        child = _begun.pop()
    elif _engine_runs_here():
        child = Anew()
    else:
        return None
    child.ask(where, question)
    return child


def settle() -> None:
    """End what was begun and not asked, and wait for what has ended: the last thing that a command does."""
    while _begun:
        _begun.pop().end()
    while _over:
        pid = _over.pop()
        os.kill(pid, KILL)
        os.waitpid(pid, 0)
