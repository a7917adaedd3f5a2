"""A prepared process as the server sees it: what it was given, what it says, how it ends.

It is given the next question before it has answered the last, so that neither side waits for the
other. What it has not begun can be taken back: a number in memory that both sides see says up to
which question it passes over.
"""

from __future__ import annotations

import asyncio
import mmap
import os
import signal
import socket
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from kg.sparql.child import fork
from kg.sparql.frames import Reader, framed
from kg.sparql.prepared import serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kg.server.pool import Pool
    from kg.sparql.child import Limits
    from kg.sparql.prepared import Prepare

    Messages = list[tuple[str, Any]]

# A process that had so much more memory in use than when it began makes room for a new one.
_GROWN = 1 << 28
# Seconds that a process may take to get ready, and between two looks whether it has ended.
_READY, LOOK = 60, 0.002
# One that answers within so many seconds is given the next question ahead.
QUICK = 0.005


class Job:
    """A request on its way to a process; `then` hears once what comes of it, unless it is left."""

    __slots__ = ("frame", "number", "since", "then")

    def __init__(self, request: Any, then: Callable[[Any], None]) -> None:
        self.frame, self.number, self.since = framed(request), 0, monotonic()
        self.then: Callable[[Any], None] | None = then

    def tell(self, found: Any) -> None:
        """Have it heard what came of it."""
        then, self.then = self.then, None
        if then:
            then(found)


class Process(asyncio.BufferedProtocol):
    """One process of a pool, forked when this is made. Its first job is the one that it is at work on."""

    def __init__(self, pool: Pool, prepare: Prepare, limits: Limits) -> None:
        self._pool = pool
        self.jobs: deque[Job] = deque()
        # When it began the first of them, as far as is seen from here.
        self.begun = 0.0
        self.ready, self.ending, self.in_time = False, False, True
        # Whether it answered the last within the time that is quick.
        self.quick = False
        self._told: Messages = []
        self._given, self._memory, self._reader = 0, 0, Reader()
        self._passed = memoryview(mmap.mmap(-1, mmap.PAGESIZE)).cast("Q")
        ours, self._life, self.pid = self._forked(prepare, limits)
        self._transport: asyncio.Transport | None = None
        loop = asyncio.get_running_loop()
        self._hurry = loop.call_later(_READY, self.end)
        self._task: asyncio.Task[Any] = loop.create_task(self._connect(ours))

    def _forked(self, prepare: Prepare, limits: Limits) -> tuple[socket.socket, int, int]:
        ours, theirs = socket.socketpair()
        life, held = os.pipe()
        # What ends the parent must not reach the child before it knows what to do with it.
        ending = (signal.SIGINT, signal.SIGTERM)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ending)
        try:
            pid = fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                serve(theirs.fileno(), life, prepare, limits, self._passed)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        os.close(life)
        ours.setblocking(False)
        return ours, held, pid

    async def _connect(self, ours: socket.socket) -> None:
        await asyncio.get_running_loop().create_connection(lambda: self, sock=ours)

    def give(self, job: Job) -> None:
        """Have it answer this one after those that it has."""
        if not self.jobs:
            self.begun = monotonic()
        self._given += 1
        job.number = self._given
        self.jobs.append(job)
        assert self._transport
        self._transport.write(job.frame)

    def take_back(self) -> list[Job]:
        """Those that it has not begun, in their order: it passes over them."""
        first, *back = self.jobs
        if back:
            self.jobs = deque([first])
            self._passed[0] = self._given
        return back

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It can be written to."""
        self._transport = transport  # type: ignore[assignment]

    def get_buffer(self, sizehint: int) -> memoryview:
        """Where to put what it says."""
        return self._reader.room()

    def buffer_updated(self, nbytes: int) -> None:
        """It says something, whole or in part."""
        for (number, messages, memory, there), body in self._reader.came(nbytes):
            if there:
                messages.append(("body", body))
            self._heard(number, messages, memory)

    def _heard(self, number: int, messages: Messages | None, memory: int) -> None:
        if not self.ready:
            self._begin(messages or [], memory)
            return
        if not self.jobs or self.jobs[0].number != number:
            # Taken back when it was just begun, or passed over.
            return
        job = self.jobs.popleft()
        now = monotonic()
        self.quick, self.begun = now - self.begun < QUICK, now
        if messages is None:
            # Passed over with those after it.
            self.give(job)
            return
        if memory > self._memory + _GROWN:
            rest = list(self.jobs)
            self.jobs.clear()
            self.end()
            self._pool.returned(rest)
        job.tell((messages, True))
        self._pool.came(self)

    def _begin(self, messages: Messages, memory: int) -> None:
        self._hurry.cancel()
        if ("ready", True) in messages:
            self.ready, self._memory = True, memory
            self._pool.came(self)
        else:
            # It could not be prepared; whoever waits hears why.
            self._told = messages
            self.end()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has ended, or is about to."""
        self.ending = True
        self._hurry.cancel()
        with suppress(OSError):
            os.close(self._life)
        self._task = asyncio.get_running_loop().create_task(self._reap())

    async def _reap(self) -> None:
        while True:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                break
            await asyncio.sleep(LOOK)
        self.pid = 0
        # What it answers comes whole: that it was at work on a query is known from here alone.
        told = [("opened", True)] if self.ready else self._told
        self._pool.gone(self, [*told, ("status", status)])

    def end(self) -> None:
        """Have it gone at once."""
        self.ending = True
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def late(self) -> None:
        """Its time is over."""
        self.in_time = False
        self.end()
