"""Parameters that several verbs share, in groups: the lens, the output, the options of paths."""

from __future__ import annotations

from kg.model.errors import parameter
from kg.text.formats import LISTS
from kg.verbs.description import LENS as LENS_GROUP
from kg.verbs.description import OUTPUT as OUTPUT_GROUP
from kg.verbs.description import Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypedDict

    from kg.analysis.paths import Options
    from kg.store.graph import Graph
    from kg.store.lens import Lens

    class Walked(TypedDict):
        """The values of `WALK`, as they were given."""

        k: int
        max_hops: int
        relation: Sequence[str]
        via: Sequence[str]
        in_order: bool
        avoid: Sequence[str]
        through: Sequence[str]
        directed: bool
        hubs: bool
        ties: bool
        gone: bool
        spoken: bool
        unsure: bool


def statuses() -> Sequence[str]:
    """The statuses of claims, as they are typed."""
    from kg.model.standing import STATUSES

    return [word.lower() for word in STATUSES]


def bases() -> Sequence[str]:
    """The bases of claims, as they are typed."""
    from kg.model.standing import BASES

    return [word.lower() for word in BASES]


def stances() -> Sequence[str]:
    """The stances of attestations."""
    from kg.model.standing import STANCES

    return STANCES


# Each is a field of `LensRequest` and a parameter of `kg.store.lens.asked`.
LENS = (
    Param("document", "Only what this document says.", many=True, of="document", group=LENS_GROUP),
    Param("voice", "Only what this voice says.", many=True, of="entity", group=LENS_GROUP),
    Param("status", "Only claims of this status.", many=True, choices=statuses, group=LENS_GROUP),
    Param("basis", "Only claims on this basis.", many=True, choices=bases, group=LENS_GROUP),
    Param("as_of", "Only what was so on this day.", metavar="DATE", group=LENS_GROUP),
    Param("known_by", "Only what was said or in print by then.", metavar="DATE", group=LENS_GROUP),
    Param("said", "Only what was said or in print then.", metavar="FROM..TO", group=LENS_GROUP),
    Param("undated", "Also what nothing dates.", kind=bool, group=LENS_GROUP),
)


class LensRequest:
    """The options of the lens as they were given: names, words and dates, to be resolved on a graph."""

    __slots__ = ("as_of", "basis", "document", "known_by", "said", "status", "undated", "voice")

    def __init__(
        self,
        document: Sequence[str] = (),
        voice: Sequence[str] = (),
        status: Sequence[str] = (),
        basis: Sequence[str] = (),
        as_of: str = "",
        known_by: str = "",
        said: str = "",
        undated: bool = False,
    ) -> None:
        self.document, self.voice, self.status, self.basis = document, voice, status, basis
        self.as_of, self.known_by, self.said, self.undated = as_of, known_by, said, undated

    @property
    def asks(self) -> bool:
        """Whether it asks for anything."""
        return any(getattr(self, name) for name in self.__slots__ if name != "undated")

    def words(self, graph: Graph) -> str:
        """What it lets through, in words; empty if that is all. Raises as `on`."""
        from kg.store.lens import in_words

        return in_words(graph, self.on(graph)) if self.asks else ""

    @property
    def dated(self) -> bool:
        """Whether it asks for a time, and so may leave out what has none."""
        return bool(self.as_of or self.known_by or self.said)

    def on(self, graph: Graph) -> Lens:
        """The lens. Raises NotFound, Ambiguous, and UsageError for what is no word or date."""
        from kg.store.lens import asked

        return asked(graph, **{name: getattr(self, name) for name in self.__slots__})

    def through(self, graph: Graph) -> Graph:
        """The graph as the lens shows it; the graph itself if nothing is asked for."""
        if not self.asks:
            return graph
        from kg.store.seen_graph import through

        return through(graph, self.on(graph))

    def standing(self, graph: Graph) -> dict[str, tuple[str, ...]]:
        """The statuses and bases that it lets through, if it asks for any. Raises UsageError."""
        if not (self.status or self.basis):
            return {}
        from kg.model.standing import BASES, STATUSES
        from kg.store.lens import words

        return {
            "statuses": words(graph, "status", self.status, STATUSES),
            "bases": words(graph, "basis", self.basis, BASES),
        }

    def of_any_standing(self) -> LensRequest:
        """The same without a choice of status and basis."""
        given = {name: getattr(self, name) for name in self.__slots__}
        return LensRequest(**{**given, "status": (), "basis": ()})


def left_out(graph: Graph) -> list[str]:
    """How many attestations the lens left out because nothing dates them, if there are any."""
    number = len(graph.undated)
    note = f"{number:,} undated left out; {parameter('undated')} shows them"
    return [note] if number else []


def output(formats: Sequence[str] = LISTS) -> tuple[Param, ...]:
    """The options of whatever writes an answer in several formats."""
    return (
        Param(
            "format",
            "How to write the answer.",
            choices=formats,
            metavar="F",
            group=OUTPUT_GROUP,
            shell=True,
        ),
        *FILE,
        Param(
            "raw",
            "In csv and tsv, keep as it is what a spreadsheet may calculate.",
            kind=bool,
            group=OUTPUT_GROUP,
            shell=True,
        ),
    )


# What writes an answer from a graph: where to, and from which.
FILE = (
    Param("out", "Write to this file.", metavar="FILE", short="-o", group=OUTPUT_GROUP, shell=True),
    Param(
        "force",
        "Overwrite a file that kg did not make, but never a case's.",
        kind=bool,
        group=OUTPUT_GROUP,
        shell=True,
    ),
    Param("build", "Build first what has changed.", kind=bool, group=OUTPUT_GROUP, shell=True),
)
# RDF files in the place of a case.
DATA = (
    Param(
        "data",
        "Ask this RDF file, and no case.",
        many=True,
        metavar="FILE",
        group=OUTPUT_GROUP,
        shell=True,
    ),
    Param(
        "memory",
        "GiB that reading RDF files may use.",
        kind=float,
        default=1.0,
        low=0.01,
        metavar="GIB",
        group=OUTPUT_GROUP,
        shell=True,
    ),
)
LISTED = output()
# Of a verb that reads no graph, or looks at it as it is.
WITHOUT_GRAPH = tuple(p for p in LISTED if p.name != "build")

TEXTS = Param("texts", "The folder of the documents' texts; the case's texts/.", metavar="DIR")
DRY_RUN = Param("dry_run", "Write nothing; print what would change.", kind=bool)

NAME = Param(
    "name",
    "An id, IRI, name or alias, in any script.",
    argument=True,
    needed=True,
    of="entity",
    metavar="NAME",
)
ENTITY = Param("entity", "Only what concerns this entity.", of="entity")
# Where a row stands, in lists of the ledger.
STANDS = (
    Param("only", "Only what this document alone speaks of.", of="document", metavar="DOCUMENT"),
    Param("locator", "Only what stands there: p. 12, note vi.", metavar="PLACE"),
)
TIMEOUT = Param(
    "timeout", "Seconds after which to stop.", kind=float, default=10.0, low=0.1, metavar="SECONDS"
)
MEMORY = Param("memory", "GiB that it may use.", kind=float, default=1.0, low=0.01, metavar="GIB")
QUESTION = Param("name", "Ask a named question instead; kg ask lists them.", of="question")
SET = Param("set", "A value of the named question, as name=value.", many=True)

GONE = Param("gone", "Also what is no more: dissolved, revoked.", kind=bool)
# What joins entities beside ties in the world.
ASIDE = (
    Param("spoken", "Also from a voice to what it speaks about.", kind=bool),
    Param("unsure", "Also across records judged to be perhaps the same.", kind=bool),
)
# What a path may use: the fields of `Walked`, and of `kg.analysis.paths.Options`.
WALK = (
    Param("k", "How many paths.", kind=int, default=3, low=1, high=100, metavar="N"),
    Param("max_hops", "Hops at most.", kind=int, default=6, low=1, high=12, metavar="N"),
    Param("relation", "Paths only by this relation.", many=True, of="relation"),
    Param("via", "Paths that pass this entity; several in any order.", many=True, of="entity"),
    Param("in_order", "Pass them in the order in which they are given.", kind=bool),
    Param("avoid", "Paths past this entity.", many=True, of="entity"),
    Param("through", "Paths through members of this class too, or “all”.", many=True, of="class"),
    Param("directed", "Paths from subject to object only.", kind=bool),
    Param("hubs", "Paths through a hub cost nothing more.", kind=bool),
    Param("ties", "Leave out relations of opposition, such as an arrest.", kind=bool),
    GONE,
    *ASIDE,
)


def options(graph: Graph, walk: Walked, **more: Any) -> Options:
    """The options of a search, names resolved; `more` are those that `WALK` does not say.

    Raises NotFound and Ambiguous for a name.
    """
    from kg.analysis.paths import Options

    given: dict[str, Any] = {**walk, "relations": tuple(walk["relation"])} | more
    del given["relation"]
    for name in ("via", "avoid"):
        given[name] = tuple(map(graph.find, given[name]))
    return Options(**given | {"through": tuple(walk["through"])})
