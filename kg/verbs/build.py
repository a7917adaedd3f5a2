"""kg build: the graph of a case."""

from __future__ import annotations

from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.graph import Graph
    from kg.text.formats import Guard
    from kg.verbs.place import Place

VERB = Verb(
    "build",
    "graph",
    "Build the graph; the old one stays until the new is whole.",
    params=(
        Param("force", "Build even if no file of the case has changed.", kind=bool),
        Param("purge", "Leave nothing of the graph before, nor of its pages.", kind=bool),
    ),
    examples=("build", "build --force", "build --purge"),
    method="",
)


def answer(place: Place, *, force: bool, purge: bool) -> Answer:
    """Build what has changed, and say how much it is."""
    from kg.store import build
    from kg.text.terminal import count
    from kg.text.untrusted import one_line

    graph, done = build.build(place.case, force=force, purge=purge, progress=place.say)
    word = "built" if done else "unchanged"
    notes = [f"warning: {warning}" for warning in graph.manifest["warnings"]] if done else []
    notes += [f"warning: {told}" for told in _story(place, graph)]
    c = graph.manifest["counts"]
    sizes = f"{count(c['entities'], 'entity')}, {count(c['claims'], 'claim')}"
    told = f"{word}: {sizes}, {count(c['attestations'], 'attestation')} in {graph.out}"

    def write(form: str, width: int, guard: Guard) -> str:
        return one_line(told) + "\n"

    return Answer(graph, write, notes=notes)


def _story(place: Place, graph: Graph) -> Iterator[str]:
    """What is wrong in the case's story, which stops no build."""
    from kg.analysis import retelling
    from kg.case import story
    from kg.text.untrusted import one_line

    told, problems = story.read(place.case.root)
    if told:
        for problem in (*problems, *retelling.problems(graph.ledger, told)):
            yield one_line(str(problem))
