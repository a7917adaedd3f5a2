"""kg build: the graph of a case."""

from __future__ import annotations

import os

from kg.model.errors import UsageError, parameter
from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from kg.case.folder import Case
    from kg.store.graph import Graph
    from kg.store.remote.address import Address
    from kg.text.formats import Guard
    from kg.verbs.place import Place

VERB = Verb(
    "build",
    "graph",
    "Build the graph; the old one stays until the new is whole.",
    more="""\
With --store URL the graph is then loaded into that store, under the IRI that --graph names, else
the base of the case: all of it the first time, later what differs. With --bulk DIR files for the
store's own bulk loader are written instead. See kg help stores.""",
    params=(
        Param("force", "Build even if no file of the case has changed.", kind=bool),
        Param("purge", "Leave nothing of the graph before, nor of its pages.", kind=bool),
        Param("watch", "Build again whenever a table is saved, until Ctrl-C.", kind=bool),
        Param("bulk", "Write files for the store's bulk loader here.", metavar="DIR"),
    ),
    examples=(
        "build",
        "build --force",
        "build --purge",
        "build --watch",
        "build --store http://127.0.0.1:7878/query",
    ),
    method="",
)


def answer(place: Place, *, force: bool, purge: bool, watch: bool, bulk: str) -> Answer:
    """Build what has changed, and say how much it is; bring it into a store, if one is named."""
    address = place.address
    if bulk and address is None:
        raise UsageError(f"{parameter('bulk')} is for a store; name it with {parameter('store')}")
    if watch and address:
        told = f"{parameter('watch')} builds on this disk"
        raise UsageError(f"{told}; leave {parameter('store')} out, and load it when it is done")
    if watch:
        _follow(place, force, purge)
    from kg.text.untrusted import one_line

    graph, told, notes = _built(place, force, purge)

    lines = [told] if address is None else [told, _loaded(place, graph, address, bulk)]

    def write(form: str, width: int, guard: Guard) -> str:
        return "".join(f"{one_line(line)}\n" for line in lines)

    return Answer(graph, write, notes=notes)


def _loaded(place: Place, graph: Graph, address: Address, bulk: str) -> str:
    """Bring a graph into a store, or write the files for it; what was done, in words."""
    from kg.store.remote import needed

    needed()
    from kg.store.graph import previous
    from kg.store.remote import loading

    where = address if address.graph else address._replace(graph=place.case.base)
    if bulk:
        names = loading.bulk(graph, where, bulk)
        return f"written to {bulk}: {', '.join(names)}; README tells how they are loaded"
    from kg.text.terminal import count

    added, gone = loading.load(graph, previous(graph.out), where, place.say)
    if not added and not gone:
        return f"unchanged: <{where.graph}> in {where.url}"
    return f"loaded: {count(added, 'triple')} added, {gone:,} taken away, <{where.graph}> in {where.url}"


def _built(
    place: Place, force: bool, purge: bool, case: Case | None = None, every: bool = False
) -> tuple[Graph, str, list[str]]:
    """The graph of a case, what it is in a line, and the warnings; of an unchanged one how many
    there are, unless `every` one is asked for."""
    from kg.text.terminal import count

    graph, done = _unchanged(place) if not (force or purge) else None, False
    if not graph:
        # What builds is loaded where there is something to build.
        from kg.store import build

        graph, done = build.build(case or place.case, force=force, purge=purge, progress=place.say)
    word = "built" if done else "unchanged"
    notes = [f"warning: {warning}" for warning in graph.manifest["warnings"]]
    if notes and not done and not every:
        notes = [f"{count(len(notes), 'warning')} as before: kg check shows them"]
    if done:
        from kg.store.withheld import remnants

        notes += [f"warning: {told}" for told in remnants(graph)]
    notes += [f"warning: {told}" for told in _story(place, graph)]
    c = graph.manifest["counts"]
    sizes = f"{count(c['entities'], 'entity')}, {count(c['claims'], 'claim')}"
    told = f"{word}: {sizes}, {count(c['attestations'], 'attestation')} in {graph.out}"
    return graph, told, notes


def _unchanged(place: Place) -> Graph | None:
    """The graph of a case of which no file has changed since; seen without reading the case."""
    from kg.case.example import out_of, root
    from kg.store import freshness, ownership

    out = out_of(place.where)
    folder = root() if place.where == "example" else place.where
    ownership.refuse_others(out, folder)
    return freshness.unchanged(out, folder)


def _follow(place: Place, force: bool, purge: bool) -> NoReturn:
    """Build after each save and say how it went; warnings are said when they are new."""
    from kg.case import saved
    from kg.case.folder import find
    from kg.model.errors import BadTables, KgError
    from kg.text.untrusted import one_line
    from kg.verbs.check import lines
    from kg.verbs.description import flag

    case, known = place.case, set[str]()
    # Each is the one that was waited for: what is saved while the case is read is another.
    state = saved.state(case.root)
    while True:
        try:
            _, told, notes = _built(place, force, purge, case, every=True)
            for note in notes:
                if note not in known:
                    place.say(one_line(note))
            known = {*notes}
            place.say(one_line(told))
        except KgError as error:
            if isinstance(error, BadTables):
                for line in lines(error.problems, error.dropped):
                    place.say(one_line(line))
            place.say(one_line(error.said(flag)))
        force = False
        while True:
            state = saved.awaited(case.root, state)
            try:
                case = find(place.where)
                break
            except KgError as error:
                place.say(one_line(error.said(flag)))


def _story(place: Place, graph: Graph) -> list[str]:
    """What is wrong in the case's story, which stops no build."""
    from kg.case.example import root
    from kg.store import story_told

    folder = root() if place.where == "example" else place.where
    path = os.path.join(folder, "data", "story.toml")
    if not os.path.isfile(path):
        return []
    now = story_told.state(graph, path)
    if (kept := story_told.held(graph, now)) is not None:
        return kept
    from pathlib import Path

    from kg.analysis import retelling
    from kg.case import story
    from kg.text.untrusted import one_line

    told, problems = story.read(Path(folder))
    if told:
        problems += retelling.problems(graph.ledger, told)
    lines = [one_line(str(problem)) for problem in problems]
    if now == story_told.state(graph, path):
        story_told.keep(graph, now, lines)
    return lines
