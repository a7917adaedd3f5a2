"""Work that may go wrong badly, in a child process with a clock and a limit on memory.

What runs there sends messages through a pipe as it goes; whatever happens to it, the parent
lives and can say what happened. `Child` is the parent's side, `serve` the child's. The child
dies with its parent where the system can tell it so, and may use only so much memory and
processor time.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # the module signal loads as long as a query takes
import os
import sys
import time

from kg.model.errors import BadData, KgError, OutOfBounds, UsageError, bounded, parameter
from kg.sparql.frames import Reader, write

_ENDING = (_signal.SIGINT, _signal.SIGTERM)
# What a process has for its calls on most systems.
_STACK = 8 << 20
# SIGKILL, SIGABRT, SIGSEGV and the two SIGBUS, the same on Linux and macOS.
KILL, ABORT, FAULTS = 9, 6, (11, 7, 10)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, NoReturn

    # What runs in the child: it yields a name and what marshal can carry, again and again.
    Work = Callable[[], Iterator[tuple[str, Any]]]


class Limits:
    """What a query may use: wall-clock seconds, bytes of memory, rows.

    Raises UsageError for more than a million seconds or GiB, and for what is no number.
    """

    def __init__(self, seconds: float = 10.0, memory: float = 1 << 30, rows: int = 100_000) -> None:
        self.seconds, self.rows = bounded("timeout", seconds, 1_000_000), rows
        self.memory = int(bounded("memory", memory / (1 << 30), 1_000_000) * (1 << 30))


class Child:
    """Work under way in a process of its own. `messages` must be read, once.

    Work without limits sets its own (`bound`).
    """

    def __init__(self, work: Work, limits: Limits | None) -> None:
        self.limits = limits or Limits()
        self._pid = 0
        self._pipe, writer = os.pipe()
        life, self._life = os.pipe()
        # Ctrl-C waits until there is somebody to stop.
        before = _signal.pthread_sigmask(_signal.SIG_BLOCK, _ENDING)
        try:
            self._pid = self._start(work, limits, writer, life)
        finally:
            _signal.pthread_sigmask(_signal.SIG_SETMASK, before)
        os.close(writer)
        os.close(life)

    def _start(self, work: Work, limits: Limits | None, writer: int, life: int) -> int:
        """Start the process; gives its number."""
        pid = fork()
        if pid == 0:
            try:
                os.close(self._pipe)
                os.close(self._life)
                serve(writer, life, work, limits)
            finally:
                os._exit(1)
        return pid

    def __del__(self) -> None:
        # Stopped before its answer was waited for.
        self.end()

    def end(self, wait: bool = False) -> int:
        """Have the child gone, by itself or killed; only until then is the number its own."""
        pid = getattr(self, "_pid", 0)
        if not pid:
            return 0
        if not wait:
            os.kill(pid, KILL)
        status = os.waitpid(pid, 0)[1]
        self._let_go()
        return status

    def _let_go(self) -> int:
        """Have no more to do with the child; its number, under which it is still to be waited for."""
        pid, self._pid = self._pid, 0
        os.close(self._pipe)
        os.close(self._life)
        return pid

    def over(self, name: str) -> bool:
        """Whether nothing is waited for after a message of this name."""
        return False

    def messages(self) -> Iterator[tuple[str, Any]]:
        """What the child says until it ends; last comes ``("status", how it ended)``, unless it was `over` before.

        Raises TimeoutError when its time is over, KeyboardInterrupt where Ctrl-C ended it.
        """
        try:
            for message in _received(self._pipe, self.limits.seconds):
                yield message
                if self.over(message[0]):
                    return
            status = self.end(wait=True)
        finally:
            self.end()
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in _ENDING:
            # Ctrl-C reached the child first; our own is on its way.
            time.sleep(0.1)
            raise KeyboardInterrupt
        yield "status", status


def killer(status: int) -> int:
    """The signal that ended a process; 0 if none did."""
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def fault(said: Mapping[str, Any], limits: Limits, what: str) -> Exception | None:
    """What went wrong with `what`, as an error to raise, if the child's messages tell of anything."""
    if "refused" in said:
        code, text = said["refused"]
        return BadData(text) if code == BadData.exit_code else UsageError(text)
    if "memory" in said:
        return too_large(limits, what)
    if "fault" in said:
        return RuntimeError(f"in the process of {what}: {said['fault']}")
    if "failed" in said:
        return OutOfBounds(f"{what} could not be run: {said['failed']}")
    return None


def too_large(limits: Limits, what: str) -> OutOfBounds:
    """That it needs more memory than it may use."""
    return OutOfBounds(
        f"{what} needs more than {limits.memory / (1 << 30):g} GiB; narrow it, "
        f"or raise {parameter('memory')}"
    )


def fork() -> int:
    """Fork, whether or not threads run."""
    if "threading" not in sys.modules:
        return os.fork()
    import warnings

    with warnings.catch_warnings():
        # Since 3.12 forking while threads run warns; the child runs its work and leaves.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _received(pipe: int, seconds: float) -> Iterator[tuple[str, Any]]:
    """What the child says."""
    import select

    deadline = time.monotonic() + seconds
    reader = Reader()
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise TimeoutError
        size = os.readv(pipe, (reader.room(),))
        if not size:
            return
        for message, _ in reader.came(size):
            yield message


def serve(pipe: int, life: int, work: Work, limits: Limits | None) -> NoReturn:
    """Do the work, tell what it says through a pipe, and end the process.

    `life` is a pipe on which nothing is ever said: it closes when the parent dies.
    """
    code = 0
    try:
        begin(life)

        def bounded() -> Iterator[tuple[str, Any]]:
            if limits:
                bound(limits)
            yield from work()

        tell(lambda message: write(pipe, message), bounded())
    except BaseException:
        code = 1
    finally:
        os._exit(code)


def begin(life: int) -> None:
    """Be a child: end with the parent, which keeps a pipe open, and say nothing on stderr."""
    _die_with_parent(life)
    # The engine prints its own death; the parent tells it better.
    if "faulthandler" in sys.modules:
        sys.modules["faulthandler"].disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def tell(send: Callable[[tuple[str, Any]], None], work: Iterator[tuple[str, Any]]) -> None:
    """Do the work and send what it says, or what went wrong with it."""
    try:
        for message in work:
            send(message)
    except MemoryError:
        send(("memory", True))
    except KgError as error:
        send(("refused", (error.exit_code, str(error))))
    except (SyntaxError, ValueError) as error:
        # Put into words by the parent, which can still load what that takes.
        send(("unread", str(error)))
    except (OSError, RuntimeError) as error:
        # The engine compares the sum of every block that it reads.
        damaged = "Corruption: " in str(error)
        kind = "failed" if isinstance(error, OSError) else "unread"
        send(("damaged" if damaged else kind, str(error)))
    except Exception as error:
        send(("fault", f"{type(error).__name__}: {error}"))


def _die_with_parent(life: int) -> None:
    """Be ended by the closing of a pipe; where that rings no bell, the processor limit remains."""
    import fcntl

    # Ctrl-C reaches the whole group: the engine, which hears no Python, must die of it too.
    for number in (_signal.SIGINT, _signal.SIGTERM, _signal.SIGIO):
        _signal.signal(number, _signal.SIG_DFL)
    _signal.pthread_sigmask(_signal.SIG_UNBLOCK, (_signal.SIGINT, _signal.SIGTERM))
    fcntl.fcntl(life, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(life, fcntl.F_GETFL)
    fcntl.fcntl(life, fcntl.F_SETFL, flags | os.O_ASYNC | os.O_NONBLOCK)
    try:
        # It may have closed before.
        os.read(life, 1)
        os._exit(1)
    except BlockingIOError:
        return


def bound(limits: Limits) -> None:
    """Bound the child's memory, and its processor time in case the parent dies first.

    The address space may grow by the limit from what it is now; macOS does not
    enforce that.
    """
    import resource

    # The engine's threads and block cache reserve address space they do not use.
    reserve = 1 << 30
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Where a shell allows more, what is nested too deeply would go on until its time is over.
    stack, hard = resource.getrlimit(resource.RLIMIT_STACK)
    if stack == resource.RLIM_INFINITY or stack > _STACK:
        resource.setrlimit(resource.RLIMIT_STACK, (_STACK, hard))
    bound_time(limits)
    if os.path.exists("/proc/self/statm"):
        with open("/proc/self/statm", "rb") as file:
            taken = int(file.read().split()[0]) * resource.getpagesize()
        # Within what this process was given itself, and for good: what it forks has no more.
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = taken + reserve + limits.memory
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def bound_time(limits: Limits, seconds: float = 0.0) -> None:
    """Bound the processor time from here on, by a limit or so many seconds; it can be bounded anew."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    longest = int(used.ru_utime + used.ru_stime + (seconds or limits.seconds)) + 2
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = longest if hard == resource.RLIM_INFINITY else min(longest, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
