"""SPARQL 1.1 over a built graph, each query in a child process of its own.

A running query cannot be cancelled from within, and a hostile one can take all
memory or all stack. So the child gets a clock, a memory limit and a row limit
(`kg.sparql.child`), opens the store read-only, and sends its rows through a pipe.
`kg.sparql.worker` is what it does.
"""

from __future__ import annotations

from kg.model.errors import BadData, BadGraph, OutOfBounds, UsageError, parameter
from kg.sparql import ahead
from kg.sparql.child import ABORT, FAULTS, Child, Limits, fault, killer, too_large

__all__ = ["Answer", "Asked", "Limits", "Question", "Term", "read", "run"]

# A query no longer, with no more brackets and without these words is never refused. The limits
# and words themselves are in kg.sparql.guard, which is loaded only for the others.
_SHORT, _FEW = 64 * 1024, 100
_WARY = (
    *("\\", "service", "from", "insert", "delete", "load", "clear", "drop"),
    *("create", "add", "move", "copy", "with"),
)
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, TypedDict, Unpack

    from kg.sparql.files import DataFile
    from kg.store.stores import Store

    class How(TypedDict, total=False):
        """How a query is asked, of whatever store; each may be left out.

        `form` is ``ttl`` or ``nt`` for a graph; `bindings` give variables of the query a value,
        as terms and never as text; `base` is what relative IRIs are resolved against, without
        it they are wrong; `partial` gives the rows that were found when the clock ran out.
        """

        form: str
        bindings: Mapping[str, Term] | None
        base: str
        partial: bool


class Term:
    """An RDF term: kind ``uri``, ``literal``, ``bnode`` or ``triple``, as SPARQL's JSON says."""

    __slots__ = ("datatype", "kind", "language", "value")

    def __init__(self, kind: str, value: str, datatype: str = "", language: str = "") -> None:
        self.kind, self.value, self.datatype, self.language = kind, value, datatype, language

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Term) and self.key() == other.key()

    def __hash__(self) -> int:
        return hash(self.key())

    def __repr__(self) -> str:
        return f"Term{self.key()}"

    def key(self) -> tuple[str, ...]:
        """All that it is, which makes it again."""
        return self.kind, self.value, self.datatype, self.language


class Answer:
    """What came back: `kind` is ``select``, ``ask`` or ``graph``.

    `rows` hold a Term or None for each variable. `text` is a graph in the
    serialisation that was asked for. `truncated` says that the row limit cut it,
    `incomplete` that the clock did. `elsewhere` has the names of the graphs of RDF files that
    are no default graph, and `bare` says that all of their triples are in these; `prefixes`
    are those that were known, the files' own among them.
    """

    elsewhere: tuple[str, ...] = ()
    bare = False

    def __init__(
        self,
        kind: str,
        variables: tuple[str, ...] = (),
        rows: tuple[tuple[Term | None, ...], ...] = (),
        boolean: bool = False,
        text: str = "",
        truncated: bool = False,
        incomplete: bool = False,
    ) -> None:
        self.kind, self.variables, self.rows = kind, variables, rows
        self.boolean, self.text = boolean, text
        self.prefixes: Mapping[str, str] = {}
        self.truncated, self.incomplete = truncated, incomplete

    @property
    def empty(self) -> bool:
        """Whether nothing was found: no row, no triple, or false."""
        return not (self.rows or self.boolean or self.text.strip())


def run(
    where: Store | str | Sequence[DataFile],
    query: str,
    prefixes: Mapping[str, str],
    limits: Limits | None = None,
    **how: Unpack[How],
) -> Answer:
    """Ask a store, or RDF files, a SELECT, ASK, CONSTRUCT or DESCRIBE query.

    `where` is a store (`kg.store.stores`), the folder of an embedded one, or files as
    `kg.sparql.files.data_file` makes them.
    `prefixes` are known to the query without being declared; `form` is ``ttl`` or ``nt`` for
    a graph. `bindings` give variables of the query a value, as terms and never as text. `base`
    is what relative IRIs are resolved against; without it they are wrong. `partial` gives the
    rows that were found when the clock ran out.

    Raises UsageError for a query that is wrong or refused (updates, SERVICE,
    FROM of a graph that is not there, too long, too deep), BadData for a file that
    cannot be read, OutOfBounds for a query that was stopped, BadGraph if the engine
    finds the store damaged.
    Cost: a fork, plus what the query costs; for files, reading them.
    """
    if ask := getattr(where, "query", None):
        found: Answer = ask(query, prefixes, limits, **how)
        return found
    held: Any = where
    question = Question(query, prefixes, limits, graphs=not isinstance(held, str), **how)
    return Asked(held, question).answer()


def read(question: Question) -> None:
    """Have a question read, and not answered. Raises as `run` for what is wrong with it.

    Cost: a fork.
    """
    _Read("", question).answer()


class Question:
    """A query with how it is to be asked. `found` puts what the engine says of it into an answer.

    `graphs` says that there may be named graphs, `named` that it is a question of kg's own or of
    the case, which is asked with values. Raises UsageError for what is refused.
    """

    def __init__(
        self,
        query: str,
        prefixes: Mapping[str, str],
        limits: Limits | None = None,
        *,
        form: str = "ttl",
        bindings: Mapping[str, Term] | None = None,
        base: str = "",
        partial: bool = False,
        graphs: bool = False,
    ) -> None:
        if not _harmless(query):
            from kg.sparql import guard

            guard.refuse(query, graphs=graphs)
        self.query, self.limits, self.graphs = query, limits or Limits(), graphs
        self.prefixes = dict(prefixes)
        self.bindings: Mapping[str, Term] = bindings or {}
        self.named = bindings is not None
        self.form, self.base, self.partial = form, base, partial

    def found(self, messages: list[tuple[str, Any]], in_time: bool = True) -> Answer:
        """The answer that the messages of the engine's process make; raises as `run` does."""
        if not in_time:
            rows = _rows(messages, incomplete=True)
            if self.partial and rows:
                return rows
            raise OutOfBounds(
                f"the query was stopped after {self.limits.seconds:g} s; "
                f"narrow it, or raise {parameter('timeout')}"
            )
        said = dict(messages)
        self.refuse(said)
        if "ask" in said:
            answer = Answer("ask", boolean=said["ask"])
        elif "text" in said:
            answer = Answer("graph", text=said["text"], truncated=said["end"])
        else:
            answer = _rows(messages, truncated=said["end"]) or Answer("select")
        for bare, names in (said for name, said in messages if name == "graphs"):
            answer.bare, answer.elsewhere = bare, tuple(names)
        answer.prefixes = said.get("prefixes", self.prefixes)
        return answer

    def refuse(self, said: Mapping[str, Any]) -> None:
        """Raise what went wrong, as `run` does, if the engine's messages tell of anything."""
        if "unread" in said:
            from kg.sparql import diagnosis

            known = said.get("prefixes", self.prefixes)
            raise UsageError(diagnosis.unreadable(said["unread"], self.query, known))
        if "damaged" in said:
            raise BadGraph(f"damaged: the store ({said['damaged']}); run kg build")
        if error := fault(said, self.limits, "the query"):
            raise error
        if "end" not in said:
            raise self._death(said["status"], "opened" in said)

    def _death(self, status: int, opened: bool) -> Exception:
        signal = killer(status)
        if signal == ABORT:
            return too_large(self.limits, "the query")
        if signal in FAULTS and not opened and self.graphs:
            return BadData(f"{self.asked_of} is nested too deeply")
        if signal in FAULTS:
            return UsageError("the query is nested too deeply, or its chains are too long")
        return OutOfBounds(f"the query's process ended unexpectedly (status {status})")

    asked_of = "a file"


class Asked:
    """A question under way in its child process. `answer` must be called, once, or `stop`."""

    def __init__(self, where: str | Sequence[DataFile], question: Question) -> None:
        self.where, self.question = where, question
        if not isinstance(where, str):
            question.asked_of = " or ".join(f.path for f in where)
        self._child = ahead.asked(where, question) or Child(self._work, question.limits)

    def _work(self) -> Iterator[tuple[str, Any]]:
        """What the child does."""
        from kg.sparql import worker

        return worker.evaluate(self.where, self.question)

    def stop(self) -> None:
        """End it without an answer."""
        self._child.end()

    def answer(self) -> Answer:
        """Wait for the answer; raises as `run` does."""
        messages: list[tuple[str, Any]] = []
        in_time = True
        try:
            for message in self._child.messages():
                messages.append(message)
        except TimeoutError:
            in_time = False
        return self.question.found(messages, in_time)


class _Read(Asked):
    """A question that is only read."""

    def _work(self) -> Iterator[tuple[str, Any]]:
        from kg.sparql import worker

        return worker.read(self.question)


def _rows(
    messages: list[tuple[str, Any]], truncated: bool = False, incomplete: bool = False
) -> Answer | None:
    """The answer of a SELECT from what has come of it; None if it is none, or nothing came."""
    variables = next((said for name, said in messages if name == "variables"), None)
    if variables is None:
        return None
    rows = tuple(
        tuple(Term(*t) if t else None for t in row)
        for name, batch in messages
        if name == "rows"
        for row in batch
    )
    return Answer("select", tuple(variables), rows, truncated=truncated, incomplete=incomplete)


def _harmless(query: str) -> bool:
    """Whether nothing in a query can be what is refused, however it is read."""
    if len(query) > _SHORT or sum(query.count(b) for b in "{([") > _FEW:
        return False
    plain = query.lower()
    return not any(word in plain for word in _WARY)
