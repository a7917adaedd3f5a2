"""A process that is prepared once and asked again and again, each time within its limits.

`kg.server.process` is the parent's side. What a piece of work may use, and how its faults are told, is as
for one that has a process to itself (`kg.sparql.child`).
"""

from __future__ import annotations

import marshal
import os
import sys
import time

from kg.sparql.child import begin, bound, bound_time, framed, tell, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, NoReturn

    from kg.sparql.child import Limits

    # What prepares the process: it gives what answers a request.
    Prepare = Callable[[], Callable[[Any], Iterator[tuple[str, Any]]]]


def serve(
    channel: int, life: int, prepare: Prepare, limits: Limits, passed: memoryview
) -> NoReturn:
    """Do one piece of work after another, each as it is asked for, until nobody asks any more.

    `prepare` gives what answers a request, once. What it says, and then what each answer says, goes
    out as one message: the number of the request (from 1 on, 0 when prepared), all that
    `Child.messages` would give, and the bytes of memory that were in use at most. Requests may be
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

        write(channel, framed((0, _told(prepared()), _most_memory())))
        until = 0.0
        for number, request in enumerate(_requests(channel) if answer else (), 1):
            if number <= passed[0]:
                write(channel, framed((number, None, 0)))
                continue
            if time.process_time() > until:
                until = _bound_anew(limits)
            write(channel, framed((number, _told(answer(marshal.loads(request))), _most_memory())))
    except BaseException:
        code = 1
    finally:
        os._exit(code)


def _bound_anew(limits: Limits) -> float:
    """Bound the processor time so that the next question has its own; until when that is so."""
    bound_time(limits, 2 * limits.seconds)
    return time.process_time() + limits.seconds


def _let_go(*kept: int) -> None:
    """Let go of what was open in the parent.

    The numbers stay taken, by what leads nowhere: an event loop that ran in the parent (libuv) closes
    what it takes for its own, by number, in whatever this process forks.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in map(int, os.listdir("/dev/fd")):
        if number > 2 and number not in (nowhere, *kept):
            os.dup2(nowhere, number, inheritable=False)


def _told(work: Iterator[tuple[str, Any]]) -> list[tuple[str, Any]]:
    said: list[tuple[str, Any]] = []
    tell(said.append, work)
    return said


def _requests(channel: int) -> Iterator[memoryview]:
    """The requests, framed as messages are, until nobody asks any more."""
    held = b""
    while part := os.read(channel, 1 << 20):
        held = held + part if held else part
        at, size = 0, len(held)
        while size >= at + 8:
            end = at + 8 + int.from_bytes(held[at : at + 8], "little")
            if size < end:
                break
            yield memoryview(held)[at + 8 : end]
            at = end
        held = held[at:]


def _most_memory() -> int:
    """Bytes of memory that this process had in use at most."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
