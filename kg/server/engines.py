"""The graph as it is now, with the processes that answer about it: a new build brings new ones.

Each answer is of one generation, whole: a process opens one and never another.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kg.server.pool import Pool
from kg.sparql.query import Question
from kg.store.graph import CURRENT, Graph, open_graph

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kg.sparql.child import Limits
    from kg.sparql.prepared import Prepare

    Stamp = tuple[int, int, int]

# So many queries are remembered as harmless.
_KNOWN = 256


class Engine:
    """A generation of the graph: its name, the processes that answer queries, and those of verbs."""

    def __init__(self, graph: Graph, queries: Pool, verbs: Pool) -> None:
        self.graph, self.queries, self.verbs = graph, queries, verbs
        self.generation = os.path.basename(graph.folder)
        self.prefixes = graph.prefixes
        self._questions: dict[str, Question] = {}

    def question(self, query: str) -> Question:
        """A query that is not refused; the same one is not looked at twice. Raises UsageError."""
        found = self._questions.get(query)
        if found is None:
            found = Question(query, self.prefixes, self.queries.limits, graphs=True)
            if len(self._questions) >= _KNOWN:
                self._questions.clear()
            self._questions[query] = found
        return found

    @property
    def at_work(self) -> bool:
        """Whether it has processes still."""
        return bool(self.queries.processes or self.verbs.processes)

    def retire(self) -> None:
        """What is under way is answered still; then its processes go."""
        self.queries.retire()
        self.verbs.retire()

    async def close(self) -> None:
        """Have every process gone."""
        await self.queries.close()
        await self.verbs.close()


class Engines:
    """What answers about the graph of an out folder.

    `verbs` makes, of a graph, what prepares a process for the verbs.
    """

    def __init__(
        self, out: str, limits: Limits, size: int, verbs: Callable[[Graph], Prepare]
    ) -> None:
        # Loaded once, before there are processes: they share it, and can load nothing later.
        from kg.sparql import served

        self._served = served
        self.out, self.limits, self._size, self._verbs = os.path.abspath(out), limits, size, verbs
        self._path = os.path.join(self.out, CURRENT)
        self._stamp: Stamp = (0, 0, 0)
        self._engine: Engine | None = None
        self._retired: list[Engine] = []

    def now(self) -> Engine:
        """The current generation's. Raises NoGraph and BadGraph, as `open_graph` does."""
        try:
            found = os.stat(self._path)
            stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
        except OSError:
            stamp = (0, 0, 0)
        if stamp != self._stamp or self._engine is None:
            self._follow(open_graph(self.out), stamp)
        assert self._engine
        return self._engine

    def _follow(self, graph: Graph, stamp: Stamp) -> None:
        before = self._engine
        if before is None or before.graph.folder != graph.folder:
            queries = Pool(self._prepared(graph), self.limits, self._size)
            verbs = Pool(self._verbs(graph), self.limits, self._size, 32)
            self._engine = Engine(graph, queries, verbs)
            queries.start()
            verbs.start()
            if before:
                before.retire()
                self._retired = [one for one in (*self._retired, before) if one.at_work]
        self._stamp = stamp

    def _prepared(self, graph: Graph) -> Callable[[], Any]:
        def prepare() -> Any:
            return self._served.prepare(graph.part("store"), graph.prefixes, self.limits)

        return prepare

    async def close(self) -> None:
        """Have every process gone."""
        for engine in (*self._retired, *([self._engine] if self._engine else [])):
            await engine.close()
