"""Processes that are prepared ahead and asked again and again, each within its limits.

A process that takes too long is killed and another takes its place, as does one that has grown.
More questions than processes wait their turn, up to a number, as long as one may take; the rest
are turned away. A process that answers at once is given some ahead; they are taken back, for another,
as soon as one of them keeps it.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from kg.server.process import LOOK, QUICK, Job, Process

if TYPE_CHECKING:
    from typing import Any

    from kg.server.process import Messages
    from kg.sparql.child import Limits
    from kg.sparql.prepared import Prepare

# Questions that a quick process has at once; seconds between two looks at the clocks, and that work
# goes on for somebody who has left.
_AHEAD, _TICK, _PATIENCE = 8, 0.005, 0.05


class Busy(Exception):
    """Too many questions: it says why, and in how many seconds to ask again."""

    def __init__(self, reason: str, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"too many questions at once: {reason}; ask again in {seconds} s")


if TYPE_CHECKING:
    # What comes of a job: the messages and whether they came in time, or that nobody has time.
    Found = tuple[Messages, bool] | Busy


def hear(heard: asyncio.Future[Any], found: Any) -> None:
    """Give what is waited for, if anybody waits for it still."""
    if not heard.done():
        heard.set_result(found)


class Pool:
    """So many processes that answer alike. To be used within one running loop.

    `prepare` runs in each of them (`kg.sparql.prepared.serve`); at most `waiting` requests wait
    beside those that are answered, each at most `patience` seconds: as many as one may take, if
    nothing else is said.
    """

    def __init__(
        self,
        prepare: Prepare,
        limits: Limits,
        size: int,
        waiting: int = 128,
        patience: float | None = None,
    ) -> None:
        self._prepare, self.limits, self.size, self._waiting = prepare, limits, size, waiting
        self._patience = limits.seconds if patience is None else patience
        self.processes: list[Process] = []
        self._queue: deque[Job] = deque()
        self._retired = False
        self._clock: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Fork what is missing."""
        while len(self.processes) < self.size and not (self._retired and not self._queue):
            self.processes.append(Process(self, self._prepare, self.limits))

    async def ask(self, request: Any) -> tuple[Messages, bool]:
        """The messages that answer a request, and whether they came in time. Raises Busy.

        Cancelled, it ends the process that is at work on it.
        """
        heard: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        job = Job(request, partial(hear, heard))
        self.put(job)
        try:
            found = await heard
        finally:
            self.drop(job)
        if isinstance(found, Busy):
            raise found
        return found

    def put(self, job: Job) -> None:
        """Have a job done. It hears the messages and whether they came in time, or Busy."""
        if not self._queue and (free := self._free()):
            free.give(job)
        else:
            waiting = len(self._queue) + sum(len(p.jobs) for p in self.processes) - self.size
            if waiting >= self._waiting:
                job.tell(Busy(f"{waiting} wait already", 1))
                return
            self._queue.append(job)
            self.start()
        if self._clock is None:
            self._clock = asyncio.get_running_loop().call_later(_TICK, self._look)

    def drop(self, job: Job) -> None:
        """Nobody waits for it any more; what is at work on it for long is ended."""
        if job.then is None:
            return
        job.then = None
        if not job.number:
            self._queue.remove(job)

    def _free(self) -> Process | None:
        """Who can be given a job: the one that has the fewest."""
        found = None
        for one in self.processes:
            if one.ready and not one.ending:
                if not one.jobs:
                    return one
                if one.quick and len(one.jobs) < (len(found.jobs) if found else _AHEAD):
                    found = one
        return found

    def came(self, process: Process) -> None:
        """A process is ready for a job."""
        most = _AHEAD if process.quick else 1
        while self._queue and len(process.jobs) < most and not process.ending:
            process.give(self._queue.popleft())
        if self._retired and not process.jobs:
            process.end()

    def returned(self, jobs: list[Job]) -> None:
        """Jobs that were not begun: they are the next."""
        for job in reversed(jobs):
            job.number = 0
            if job.then:
                self._queue.appendleft(job)
        while self._queue and (free := self._free()):
            free.give(self._queue.popleft())

    def gone(self, process: Process, messages: Messages) -> None:
        """A process has ended, with what it said at last."""
        self.processes.remove(process)
        first, *rest = process.jobs or (None,)
        if first:
            first.tell((messages, process.in_time))
        self.returned(rest)
        if process.ready:
            self.start()
        elif not self.processes:
            # None can be prepared: whoever waits hears why; for the next that asks it is tried again.
            while self._queue:
                self._queue.popleft().tell((messages, True))

    def _look(self) -> None:
        """Look at the clocks, again and again as long as there is anything to do."""
        now, busy = monotonic(), bool(self._queue)
        for one in self.processes:
            if not one.jobs or one.ending:
                continue
            busy, took = True, now - one.begun
            if took > self.limits.seconds:
                one.late()
            elif took > _PATIENCE and not one.jobs[0].then:
                one.end()
            if took > QUICK and (back := one.take_back()):
                one.quick = False
                self.returned(back)
        self._turn_away(now)
        self._clock = asyncio.get_running_loop().call_later(_TICK, self._look) if busy else None

    def _turn_away(self, now: float) -> None:
        """Those that have waited long enough, unless a process is getting ready for them."""
        if not self._queue or now - self._queue[0].since < self._patience:
            return
        coming = sum(not p.ready and not p.ending for p in self.processes)
        late = [j for j in list(self._queue)[coming:] if now - j.since >= self._patience]
        for job in late:
            self._queue.remove(job)
            told = f"no process was free for {self._patience:g} s"
            job.tell(Busy(told, max(1, math.ceil(self._patience))))

    def retire(self) -> None:
        """Ask it nothing new from here on: what is under way and what waits is answered still."""
        self._retired = True
        for one in self.processes:
            if one.ready and not one.jobs:
                one.end()

    async def close(self) -> None:
        """Have every process gone."""
        self._retired = True
        self._queue.clear()
        for one in self.processes:
            one.end()
        while self.processes:
            await asyncio.sleep(LOOK)
        if self._clock:
            self._clock.cancel()
