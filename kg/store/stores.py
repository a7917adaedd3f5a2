"""What answers SPARQL: an object that begins a question, so that another store can stand in.

`Graph.store` is one. The embedded store and RDF files are asked in a child process
(`kg.sparql.query`); a store elsewhere is another class with the same `begin`.
"""

from __future__ import annotations

from kg.model.errors import BadGraph, OutOfBounds
from kg.sparql.query import Asked, Question

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Protocol, Unpack

    from kg.sparql.files import DataFile
    from kg.sparql.query import Answer, How, Limits

    class Pending(Protocol):
        """A question under way."""

        def answer(self) -> Answer:
            """Wait for the answer; called once."""


class Store:
    """Answers SELECT, ASK, CONSTRUCT and DESCRIBE over one set of triples, and changes none.

    `graphs` says that there may be named graphs.
    """

    graphs = False

    def begin(self, question: Question) -> Pending:
        """Begin to answer a question; raises as `ask`, some only when the answer is waited for."""
        raise NotImplementedError

    def ask(
        self,
        sparql: str,
        prefixes: Mapping[str, str],
        limits: Limits | None = None,
        **how: Unpack[How],
    ) -> Pending:
        """Begin to answer a query, so that the caller can do something else meanwhile.

        `prefixes` are known to the query without being declared; the rest is `kg.sparql.query.How`.

        Raises UsageError for a query that is wrong or refused, OutOfBounds for one that was
        stopped, BadGraph or BadData for what cannot be read; some only when the answer is
        waited for.
        """
        return self.begin(Question(sparql, prefixes, limits, graphs=self.graphs, **how))

    def query(
        self,
        sparql: str,
        prefixes: Mapping[str, str],
        limits: Limits | None = None,
        **how: Unpack[How],
    ) -> Answer:
        """The answer of a query; arguments and errors as of `ask`."""
        return self.ask(sparql, prefixes, limits, **how).answer()


class Local(Store):
    """A store of this machine: the folder of an embedded one, or RDF files to be read.

    `sound` raises where the folder is not what was written; it looks while the engine opens it,
    and, told so, once more where the engine cannot read it: what was there then may be gone.
    Cost of a query: a fork, plus what the query costs; for files, reading them.
    """

    def __init__(
        self, where: str | Sequence[DataFile], sound: Callable[[bool], object] | None = None
    ) -> None:
        self.where, self._sound = where, sound
        self.graphs = not isinstance(where, str)

    def begin(self, question: Question) -> Pending:
        """As `Store.begin`, in a child process."""
        asked = Asked(self.where, question)
        if not self._sound:
            return asked
        try:
            self._sound(False)
        except BaseException:
            asked.stop()
            raise
        return _Sound(asked, self._sound)


class _Sound:
    """A question to an embedded store, whose folder may be swept away before the engine reads it."""

    def __init__(self, asked: Asked, sound: Callable[[bool], object]) -> None:
        self._asked, self._look = asked, sound

    def answer(self) -> Answer:
        try:
            return self._asked.answer()
        except (BadGraph, OutOfBounds):
            self._look(True)
            raise
