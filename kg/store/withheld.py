"""The graph as it is handed on: what a case withholds is left out, or stands under no name.

What is withheld is said by `withhold.csv`; how, by `kg.store.part`.
"""

from __future__ import annotations

import json
from collections import deque
from pathlib import Path

from kg.case.row import Problems
from kg.case.story import FILE as STORY
from kg.case.story import Sentence, Step, Story
from kg.model.errors import BadGraph
from kg.store import remembered, scratch
from kg.store.build import assemble
from kg.store.graph import WITHHELD, Graph
from kg.store.part import Part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.store.remembered import Remembered
    from kg.store.stores import Store


def handed_on(graph: Graph, root: str = "") -> Graph:
    """The graph as it may be handed on; itself, if nothing is withheld.

    `root` is the folder of its case, whose table of what is withheld must be the one that the
    graph was built with: raises BadGraph if it is not. Cost: with anything withheld, all of the
    graph is read and written once, into a folder that goes with the process.
    """
    if root:
        _refuse_changed(graph, Path(root))
    if not graph.holds(WITHHELD):
        return graph
    return _assembled(graph, _part(graph))


def _part(graph: Graph) -> Part:
    with open(graph.part(WITHHELD), encoding="utf-8") as file:
        return Part(graph, json.load(file))


def remnants(graph: Graph) -> list[str]:
    """What to warn of before a graph is handed on: the places where words of withheld names still stand.

    Cost: of a graph that is handed on, what was found while it was made; of one as it was built, all
    of it is read once, if anything is withheld.
    """
    if isinstance(graph, _HandedOn):
        return graph.part_of_it.remnants.told(_places(graph.whole))
    if not graph.holds(WITHHELD):
        return []
    part = _part(graph)
    read = part.rows(Problems())
    for each in (part.about, part.turtle(), read.entities, read.attestations):
        deque(each, 0)
    return part.remnants.told(_places(graph))


def _places(graph: Graph) -> Callable[[str], str]:
    """What rows are called: by file and row where the build remembers it, else by what shows them."""
    known: list[Remembered] = []

    def place(row: str) -> str:
        mark = row.removeprefix("attestation/")
        if mark == row:
            return row
        if not known and graph.holds(remembered.ROWS):
            paths = (graph.part(name) for name in (remembered.ROWS, remembered.WARNINGS))
            known.append(remembered.read(*paths))
        for held in known:
            if found := held.place(mark):
                files = (name.removeprefix("data/") for name in graph.manifest["inputs"])
                stem, line = found
                file = next((f for f in files if f.rpartition(".")[0] == stem), stem)
                return f"{file} row {line + 1}"
        return f"row {mark[:8]} (kg show {mark[:8]})"

    return place


def alone(graph: Graph) -> Graph:
    """What a lens shows of a graph as a graph of its own, settled as if there were no more.

    Events of which it shows nothing are left out. Cost: all of it is read and written once, into a
    folder that goes with the process.
    """
    spoken = {
        c.subject for c in graph.ledger.claims(tuple(t.id for t in graph.terms.roles.values()))
    }
    events = (e.id for e in graph.ledger.entities() if graph.terms.is_event(e.kind))
    return _assembled(graph, Part(graph, (), gone=[e for e in events if e not in spoken]))


def _assembled(graph: Graph, part: Part) -> Graph:
    folder = scratch.folder("kg-handed-on-")
    assemble(part, Path(folder))
    return _HandedOn(graph, folder, part)


def retold(graph: Graph, story: Story) -> Story:
    """A story as a graph that is handed on lets it be told: without names that are withheld."""
    if not isinstance(graph, _HandedOn):
        return story
    part = graph.part_of_it

    def told(step: Step) -> Step:
        says = tuple(
            Sentence(_text(s.text), tuple(_ids(c) for c in s.claims), s.status) for s in step.says
        )
        show = tuple((name, _shown(value)) for name, value in step.show)
        return Step(_text(step.title), says, show)

    def _text(text: str) -> str:
        return part.text(text, STORY, "text")

    def _ids(claim: tuple[str, str, str]) -> tuple[str, str, str]:
        return part.id(claim[0]), claim[1], part.id(claim[2])

    def _shown(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if isinstance(value, tuple):
            return tuple(map(part.id, value))
        return " ".join(map(part.id, value.split(" ")))

    return Story(_text(story.title), tuple(map(told, story.steps)))


def _refuse_changed(graph: Graph, root: Path) -> None:
    inputs: Mapping[str, str] = graph.manifest["inputs"]
    now = {p.name for p in (root / "data").glob("withhold.*") if not p.name.startswith(".")}
    then = {name.removeprefix("data/") for name in inputs if name.startswith("data/withhold.")}
    changed = now ^ then
    for name in now & then:
        import hashlib

        if (
            hashlib.sha256((root / "data" / name).read_bytes()).hexdigest()
            != inputs[f"data/{name}"]
        ):
            changed.add(name)
    if changed:
        raise BadGraph(
            f"{min(changed)} is not as it was when the graph was built, and says what is not to be "
            "handed on; run kg build"
        )


class _HandedOn(Graph):
    """A graph without what is withheld. SPARQL is asked of the whole; its answer only chooses."""

    def __init__(self, whole: Graph, folder: str, part: Part) -> None:
        super().__init__(folder, whole.out, whole.base)
        self.whole, self.part_of_it = whole, part
        self.seen = "; ".join(filter(None, (whole.seen, part.told())))
        self.say = whole.say

    @property
    def version(self) -> str:
        return self.whole.version

    @property
    def store(self) -> Store:
        return self.whole.store
