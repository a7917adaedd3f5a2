"""Where a verb is asked: a case and its graph, each opened when it is first needed."""

from __future__ import annotations

import os

from kg.model.errors import NoGraph, UsageError, parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.case.folder import Case
    from kg.case.story import Story
    from kg.store.graph import Graph
    from kg.store.remote.address import Address, Named


# Seconds in which RDF files have to be read, unless a verb is given more.
READING = 60
# How long one question to a store may take, where the verb has no --timeout.
PATIENCE = "KG_STORE_TIMEOUT"


def _silent(text: str) -> None:
    """Say nothing."""


def _nothing() -> str:
    raise UsageError("there is no stdin to read from; give the text itself")


def _nobody(question: str) -> str:
    raise UsageError("there is nobody to ask; this needs a terminal")


class Place:
    """A case by its folder, or ``example`` for the shipped one; or a graph that is open.

    `say` hears of a build and of a graph that is old, `watch` of how far what takes long has
    come, which differs from run to run; `read` gives what stands on
    stdin; `ask` puts a question to a person and gives the line that they type; with `build`
    the graph is built first where the case has changed. With `data`, names of RDF files, there is
    no case, and the graph is what the files say; they may use so much `memory`, in GiB, and so
    many `seconds`. With a `store` the graph is one that lies there.
    """

    def __init__(
        self,
        where: str = ".",
        graph: Graph | None = None,
        *,
        say: Callable[[str], None] = _silent,
        watch: Callable[[str], None] | None = None,
        read: Callable[[], str] = _nothing,
        ask: Callable[[str], str] = _nobody,
        build: bool = False,
        data: Sequence[str] = (),
        memory: float = 1.0,
        seconds: float = 0,
        store: Named | None = None,
    ) -> None:
        self.where, self.say, self.read, self.ask = where, say, read, ask
        self.watch = watch
        self._build = build
        self._data, self._memory, self._seconds = data, memory, seconds
        self._graph = graph
        self._store = store
        self._case: Case | None = None
        self._handed_on = False

    @property
    def case(self) -> Case:
        """The case. Raises BadCase if the folder is none, UsageError where files are asked."""
        if self._data:
            raise UsageError(f"this is asked of a case, and {parameter('data')} has none")
        if self._case is None:
            from kg.case.folder import find

            self._case = find(self.where)
        return self._case

    @property
    def graph(self) -> Graph:
        """The graph; the example's is built when it is first asked for, that of files always.

        Raises NoGraph, or BadCase where there is nothing to build either; for files as
        `kg.exchange.rdf.opened.opened` does.
        """
        if self._graph is None:
            self._graph = self._opened()
            self._graph.say = self.say
        return self._graph

    @property
    def handed_on(self) -> Graph:
        """The graph without what the case withholds: what pages, exports and reports are made of.

        `say` hears of words of withheld names that still stand in it. Raises as `graph`, and BadGraph
        where what is withheld has changed since it was built.
        """
        from kg.store.withheld import handed_on, remnants

        graph = handed_on(self.graph, self.root)
        if not self._handed_on:
            for told in remnants(graph):
                self.say(f"warning: {told}")
        self._handed_on = True
        return graph

    @property
    def tells_withheld(self) -> bool:
        """Whether what was asked of the graph may hold what the case withholds from others."""
        from kg.store.graph import WITHHELD

        return self._graph is not None and not self._handed_on and self._graph.holds(WITHHELD)

    @property
    def root(self) -> str:
        """The folder of the case; empty where RDF files are asked."""
        from kg.case.example import root

        return (
            "" if self._data or self._store else root() if self.where == "example" else self.where
        )

    def story(self, graph: Graph) -> Story:
        """The story of the case, as it may be handed on, if all that it rests on is in a graph.

        `say` hears of claims that stand otherwise than when it was written. Raises BadTables for a
        story that does not hold, UsageError if there is none.
        """
        from kg.analysis import retelling
        from kg.case import story
        from kg.model.errors import BadTables
        from kg.store.withheld import retold
        from kg.text.phrases import count

        read, wrong = story.read(self.case.root)
        if read is None and not wrong:
            raise UsageError(
                f"{parameter('story')}: the case has no data/{story.FILE}; write one with a part "
                "[[step]] for each step"
            )
        told = retold(self.handed_on, read) if read else None
        held = retelling.problems(graph.ledger, told) if told else []
        gone = [p for p in held if not p.warning]
        if told is None or wrong or gone:
            here = " through this lens" if graph.seen and gone else ""
            if graph.seen:
                gone = [p._replace(found=f"{p.found} ({graph.seen})") for p in gone]
            places = count(len(wrong) + len(gone), "place")
            sentence = f"the story does not hold{here}, in {places}"
            raise BadTables([*wrong, *gone], len(wrong) + len(gone), told=sentence)
        for problem in held:
            self.say(f"warning: {problem}")
        return told

    @property
    def address(self) -> Address | None:
        """The store that was named, with the graph if that is known; None if none was.

        Raises UsageError for what is no address, BadCase where the case is to say it and there is
        none.
        """
        if self._store is None:
            return None
        from kg.store.remote.address import CASE, Address, resolved

        if self._store.url != CASE:
            return resolved(self._store)
        if not self.case.store:
            raise UsageError(
                f"{parameter('store')} {CASE}: data/case.toml names no store; expected a line "
                'store = "http://…"'
            )
        told = resolved(self._store._replace(url=self.case.store))
        return told if told.graph else Address(told.url, self.case.graph)

    def here(self, what: str) -> None:
        """Be about the case on this disk, whatever store the environment names.

        Raises UsageError where a store was named for this verb; `what` says what the verb does here.
        """
        if self._store is not None and not self._store.ambient:
            raise UsageError(f"{what} on this disk; leave {parameter('store')} out")
        self._store = None

    def settled(self) -> None:
        """Raise OutOfBounds if the graph in a store has changed since it was opened."""
        if self._store is not None and self._graph is not None:
            still = getattr(self._graph, "still", None)
            if still:
                still()

    def _opened(self) -> Graph:
        from kg.case.example import out_of, root
        from kg.store.graph import open_graph

        if address := self.address:
            return self._elsewhere(address)
        if self._data:
            if self._build:
                told = f"{parameter('data')} is read anew each time; leave {parameter('build')} out"
                raise UsageError(told)
            from kg.exchange.rdf.opened import opened
            from kg.sparql.child import Limits

            # To read and build takes longer than a question.
            return opened(self._data, Limits(max(self._seconds, READING), self._memory * (1 << 30)))
        example = self.where == "example"
        if not self._build:
            try:
                return checked(
                    open_graph(out_of(self.where)), root() if example else self.where, self.say
                )
            except NoGraph:
                if not example:
                    # Where there is no case either, to build is no help: `case` says what is.
                    _ = self.case.root
                    raise
                self.say("building the example's graph, once")
        from kg.store.build import build

        return build(self.case, progress=self.say if self._build else None)[0]

    def _elsewhere(self, address: Address) -> Graph:
        """The graph in a store."""
        if self._build:
            told = f"{parameter('build')} builds on this disk"
            raise UsageError(f"{told}; load a store with kg build {parameter('store')}")
        if self._data:
            raise UsageError(f"ask {parameter('data')} or {parameter('store')}, not both")
        from kg.store.remote import needed

        needed()
        from kg.case.example import out_of
        from kg.sparql.query import Limits
        from kg.store.remote.graph import open_store

        limits = Limits(self._seconds or _patience(), self._memory * (1 << 30))
        knob = "" if self._seconds else PATIENCE
        return open_store(address, out_of(self.where), limits, self._preferred(), self.say, knob)

    def _preferred(self) -> str:
        """The graph that is meant where a store has several: that of the case one stands in."""
        from kg.model.errors import BadCase

        try:
            return self.case.base
        except BadCase:
            return ""


def _patience() -> float:
    """Seconds that one question to a store may take, of a verb that takes no time itself."""
    told = os.environ.get(PATIENCE, "")
    try:
        seconds = float(told or READING)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1_000_000:
        raise UsageError(f"{PATIENCE} is “{told}”; expected seconds, as 60")
    return seconds


def checked(graph: Graph, root: str, say: Callable[[str], None]) -> Graph:
    """A graph that is the case's own; `say` hears if it is older than the case's tables.

    Raises UsageError if it is another case's.
    """
    from kg.store import freshness, ownership

    ownership.refuse_others(graph.out, root)
    if told := freshness.told(graph, root):
        say(told)
    return graph
