"""A process that is prepared once and asked again and again, each time within its limits.

`kg.server.process` is the parent's side. What a piece of work may use, and how its faults are told, is as
for one that has a process to itself (`kg.sparql.child`).
"""

from __future__ import annotations

import os
import sys
from resource import RUSAGE_SELF, getrusage
from time import monotonic

from kg.sparql.child import begin, bound, bound_time, tell
from kg.sparql.frames import Reader, write

# Bytes in which a system counts the memory of a process.
_UNIT = 1 if sys.platform == "darwin" else 1024
# Of so many answers one is followed by a look at what was used, as is each that took so many seconds: all between two
# looks take a third of a second at most.
_OFTEN, _QUICK = 64, 0.005

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, NoReturn

    from kg.sparql.child import Limits

    # What prepares the process: it gives what answers a request, by messages, of which a ``body`` of bytes is the last.
    Prepare = Callable[[], Callable[[Any], Iterator[tuple[str, Any]]]]


def serve(
    channel: int, life: int, prepare: Prepare, limits: Limits, passed: memoryview
) -> NoReturn:
    """Do one piece of work after another, each as it is asked for, until nobody asks any more.

    `prepare` gives what answers a request, once. What it says, and then what each answer says, goes
    out as one frame (`kg.sparql.frames`): the number of the request (from 1 on, 0 when prepared), all that
    `Child.messages` would give but the ``body``, the bytes of memory that were in use at most, and whether
    the body of the frame is one. Requests may be
    sent ahead: those up to the number that `passed` holds when their turn comes are passed over, and
    nothing is said of them but None. Each has its time and its memory; that it takes longer than
    it may is for the parent to see. What was open in the parent is closed here.
    """
    code = 0
    try:
        _let_go(channel, life)
        begin(life)
        answer: Any = None

        def prepared() -> Iterator[tuple[str, Any]]:
            nonlocal answer
            bound(limits)
            answer = prepare()
            yield "ready", True

        use, until = _Use(), 0.0
        _tell(channel, 0, prepared(), use)
        for number, request in enumerate(_requests(channel) if answer else (), 1):
            if number <= passed[0]:
                write(channel, (number, None, 0, False))
                continue
            if use.seconds >= until:
                # The next question has its own time.
                bound_time(limits, 2 * limits.seconds)
                until = use.seconds + limits.seconds
            _tell(channel, number, answer(request), use)
    except BaseException:
        code = 1
    finally:
        os._exit(code)


def _let_go(*kept: int) -> None:
    """Let go of what was open in the parent.

    The numbers stay taken, by what leads nowhere: an event loop that ran in the parent (libuv) closes
    what it takes for its own, by number, in whatever this process forks.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in map(int, os.listdir("/dev/fd")):
        if number > 2 and number not in (nowhere, *kept):
            os.dup2(nowhere, number, inheritable=False)


class _Use:
    """What this process has used, when it was looked at last: seconds of the processor, bytes of memory at most."""

    seconds, memory = 0.0, 0

    def look(self) -> None:
        """Look at it now."""
        used = getrusage(RUSAGE_SELF)
        self.seconds, self.memory = used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT


def _tell(channel: int, number: int, work: Iterator[tuple[str, Any]], use: _Use) -> None:
    """Do some work and tell of it; after what was quick it is looked now and then what was used."""
    began = monotonic()
    said: list[tuple[str, Any]] = []
    tell(said.append, work)
    there = bool(said) and said[-1][0] == "body"
    body = said.pop()[1] if there else b""
    if number % _OFTEN == 0 or monotonic() - began > _QUICK:
        use.look()
    write(channel, (number, said, use.memory, there), body)


def _requests(channel: int) -> Iterator[Any]:
    """The requests, until nobody asks any more."""
    reader = Reader()
    while size := os.readv(channel, (reader.room(),)):
        for request, _ in reader.came(size):
            yield request
