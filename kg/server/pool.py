"""Processes that are prepared ahead and asked again and again, each within its limits.

A process that takes too long is killed and another takes its place, as does one that has grown.
More questions than processes wait their turn, up to a number, as long as one may take; the rest
are turned away.
"""

from __future__ import annotations

import asyncio
import marshal
import math
import os
import signal
import socket
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from kg.sparql.child import fork, framed
from kg.sparql.prepared import serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kg.sparql.child import Limits
    from kg.sparql.prepared import Prepare

    Messages = list[tuple[str, Any]]

# A process that had so much more memory in use than when it began makes room for a new one.
_GROWN = 1 << 28
# Seconds that a process may take to get ready, and between two looks whether it has ended.
_READY, _LOOK = 60, 0.002


class Busy(Exception):
    """Too many questions: it says why, and in how many seconds to ask again."""

    def __init__(self, reason: str, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"too many questions at once: {reason}; ask again in {seconds} s")


class _Worker(asyncio.Protocol):
    """One prepared process, as the parent sees it."""

    def __init__(self, pid: int, life: int, done: Callable[[_Worker, bool], None]) -> None:
        self.pid, self._life, self._done = pid, life, done
        self.transport: asyncio.Transport | None = None
        self.waiter: asyncio.Future[Messages] | None = None
        self.ready = False
        self.told: Messages = []
        self._memory = 0
        self._held = bytearray()
        self.in_time = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        held = self._held
        held += data
        if len(held) < 8 or len(held) < 8 + int.from_bytes(held[:8], "little"):
            return
        messages, memory = marshal.loads(memoryview(held)[8:])
        self._held = bytearray()
        if self.ready:
            self._answered(messages, memory > self._memory + _GROWN)
        elif ("ready", True) in messages:
            self.ready, self._memory = True, memory
            self._done(self, True)
        else:
            # It could not be prepared; whoever waits hears why.
            self.told = messages
            self.end()

    def _answered(self, messages: Messages, grown: bool) -> None:
        waiter, self.waiter = self.waiter, None
        if grown:
            self.end()
        if waiter and not waiter.done():
            waiter.set_result(messages)
        if not grown:
            self._done(self, True)

    def connection_lost(self, exc: Exception | None) -> None:
        with suppress(OSError):
            os.close(self._life)
        asyncio.get_running_loop().create_task(self._reap())

    async def _reap(self) -> None:
        status = await _ended(self.pid)
        self.pid = 0
        waiter, self.waiter = self.waiter, None
        self.told = [*self.told, ("status", status)]
        if waiter and not waiter.done():
            waiter.set_result(self.told)
        self._done(self, False)

    def end(self) -> None:
        """Have it gone at once."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def hurry(self) -> None:
        """It ought to be ready by now."""
        if not self.ready:
            self.end()

    def late(self) -> None:
        """Its time is over."""
        self.in_time = False
        self.end()


async def _ended(pid: int) -> int:
    """How a process ended, once it has."""
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return status
        await asyncio.sleep(_LOOK)


class Pool:
    """So many processes that answer alike. To be used within one running loop.

    `prepare` runs in each of them (`kg.sparql.prepared.serve`); at most `waiting` requests wait,
    each at most `patience` seconds: as many as one may take, if nothing else is said.
    """

    def __init__(
        self,
        prepare: Prepare,
        limits: Limits,
        size: int,
        waiting: int = 128,
        patience: float | None = None,
    ) -> None:
        self._prepare, self.limits, self.size, self._most = prepare, limits, size, waiting
        self._patience = limits.seconds if patience is None else patience
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._queue: deque[asyncio.Future[_Worker]] = deque()
        self._starting: set[asyncio.Task[None]] = set()
        self._retired = False
        self._failed: Messages | None = None
        self.asked = 0

    def start(self) -> None:
        """Fork what is missing."""
        while len(self._all) + len(self._starting) < self.size and not self._retired:
            task = asyncio.get_running_loop().create_task(self._start())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start(self) -> None:
        ours, theirs = socket.socketpair()
        life, held = os.pipe()
        # What ends the parent must not reach the child before it knows what to do with it.
        ending = (signal.SIGINT, signal.SIGTERM)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ending)
        try:
            pid = fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                serve(theirs.fileno(), life, self._prepare, self.limits)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        os.close(life)
        ours.setblocking(False)
        worker = _Worker(pid, held, self._came)
        self._all.add(worker)
        await asyncio.get_running_loop().create_connection(lambda: worker, sock=ours)
        asyncio.get_running_loop().call_later(_READY, worker.hurry)

    def _came(self, worker: _Worker, alive: bool) -> None:
        """A process is free, or has ended."""
        if alive and not self._retired:
            self._failed = None
            while self._queue:
                waiter = self._queue.popleft()
                if not waiter.done():
                    waiter.set_result(worker)
                    return
            self._idle.append(worker)
        elif alive:
            worker.end()
        else:
            self._all.discard(worker)
            with suppress(ValueError):
                self._idle.remove(worker)
            if worker.ready:
                self.start()
            else:
                self._fail(worker)

    def _fail(self, worker: _Worker) -> None:
        """No process could be prepared: nobody waits for one; the next that asks has it tried again."""
        self._failed = worker.told
        while self._queue and not self._all:
            waiter = self._queue.popleft()
            if not waiter.done():
                waiter.set_exception(_Unprepared())

    async def ask(self, request: Any) -> tuple[Messages, bool]:
        """The messages that answer a request, and whether they came in time. Raises Busy.

        Cancelled, it ends the process that is at work on it.
        """
        self.asked += 1
        loop = asyncio.get_running_loop()
        try:
            worker = self._idle.pop() if self._idle else await self._free()
        except _Unprepared:
            return self._failed or [("status", 0)], True
        waiter: asyncio.Future[Messages] = loop.create_future()
        worker.waiter = waiter
        clock = loop.call_later(self.limits.seconds, worker.late)
        assert worker.transport
        worker.transport.write(framed(request))
        try:
            return await waiter, worker.in_time
        except asyncio.CancelledError:
            worker.end()
            raise
        finally:
            clock.cancel()

    async def _free(self) -> _Worker:
        if len(self._queue) >= self._most:
            raise Busy(f"{len(self._queue)} wait already", 1)
        self.start()
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[_Worker] = loop.create_future()
        self._queue.append(waiter)
        clock = loop.call_later(self._patience, self._weary, waiter)
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and not waiter.exception():
                self._came(waiter.result(), True)
            with suppress(ValueError):
                self._queue.remove(waiter)
            raise
        finally:
            clock.cancel()

    def _weary(self, waiter: asyncio.Future[_Worker]) -> None:
        """One has waited long enough, unless a process is getting ready for it."""
        if waiter.done():
            return
        # One that has just been forked is among those that start and among all.
        coming = min(
            len(self._starting) + sum(not worker.ready for worker in self._all),
            self.size - sum(worker.ready for worker in self._all),
        )
        waiting = [one for one in self._queue if not one.done()]
        if waiting.index(waiter) >= coming:
            self._queue.remove(waiter)
            told = f"no process was free for {self._patience:g} s"
            waiter.set_exception(Busy(told, max(1, math.ceil(self._patience))))
        else:
            # That process may end before it is ready.
            asyncio.get_running_loop().call_later(self._patience, self._weary, waiter)

    def retire(self) -> None:
        """Ask it nothing new from here on: what is under way and what waits is answered still."""
        if not self._queue:
            self._retired = True
            for worker in self._idle:
                worker.end()
        else:
            asyncio.get_running_loop().call_later(0.05, self.retire)

    async def close(self) -> None:
        """Have every process gone."""
        self._retired = True
        await asyncio.gather(*self._starting)
        for worker in list(self._all):
            worker.end()
        while self._all:
            await asyncio.sleep(_LOOK)


class _Unprepared(Exception):
    """No process could be prepared."""
