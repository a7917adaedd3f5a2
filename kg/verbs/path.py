"""kg path: the best paths between two actors."""

from __future__ import annotations

from kg.model.errors import UsageError, parameter
from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DATA, FILE, LENS, TIMEOUT, WALK, output
from kg.verbs.parameters import options as walk_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from kg.analysis.paths import Options
    from kg.page.request import Choice
    from kg.store.graph import Graph
    from kg.text.formats import Guard
    from kg.verbs.parameters import LensRequest, Walked
    from kg.verbs.place import Place

FORMATS = ("text", "json")
VERB = Verb(
    "path",
    "questions",
    "Find the best paths between two actors, with evidence.",
    more="""\
Every hop names relation, direction, documents, voices, status and basis. --among FILE, or --among
NAME several times, says what joins so many actors: ties among them, neighbours that they share, the best chains
between the rest.""",
    params=(
        Param("start", "An id, IRI, name or alias.", argument=True, of="entity"),
        Param("end", "An id, IRI, name or alias.", argument=True, of="entity"),
        Param(
            "among",
            "What joins those in this file of names, or of this name and others.",
            many=True,
            of="entity",
            metavar="FILE|NAME",
        ),
        *WALK,
        Param("min_voices", "Only claims of so many voices.", kind=int, low=0, metavar="N"),
        TIMEOUT,
        Param("view", "Draw them on a page, too.", metavar="FILE", shell=True),
        *LENS,
        output(FORMATS)[0],
        *FILE,
        *DATA,
    ),
    examples=(
        "path 'Lu Jianwang' 'Ministry of Public Security'",
        "path bureau-fuzhou FBI -k 5 --max-hops 4 --status contested",
        "path bureau-fuzhou FBI --view paths.html",
        "path --among 'Lu Jianwang' --among FBI --among bureau-fuzhou",
        "path --among names.txt --view joined.html",
    ),
    formats=FORMATS,
    method="paths",
    told=("force",),
    after="neighbors",
)


def answer(
    place: Place,
    lens: LensRequest,
    *,
    start: str,
    end: str,
    among: Sequence[str],
    min_voices: int,
    timeout: float,
    view: str,
    force: bool,
    **walk: Unpack[Walked],
) -> Answer:
    """Paths, or why there is none; a page of them if `view` names a file."""
    from kg.analysis import path_text, paths

    if among and start:
        raise UsageError(f"give two actors, or several with {parameter('among')}")
    if not among and not end:
        raise UsageError(f"give two actors, start and end, or several with {parameter('among')}")
    whole = place.handed_on if view else place.graph
    options = walk_options(
        whole,
        walk,
        **lens.standing(whole),
        min_voices=min_voices,
        seconds=timeout,
    )
    eye = lens.of_any_standing()
    if among:
        return _joining(place, eye.through(whole), among, options, view, force)
    first, last = whole.find(start), whole.find(end)
    graph = eye.through(whole)
    k = options.k
    found, more = paths.first_paths(graph, first, last, options)

    def write(form: str, width: int, guard: Guard) -> str:
        if form == "json":
            from kg.text.formats import json

            return json(path_text.to_json(graph, found, told.seen))
        return path_text.text(graph, found, width, told.seen) if found else ""

    told = Answer(path_text.Paths(graph, found), write, code=int(not found))
    if found and view:
        from kg.page import request

        told.notes.append(_drawn(place, graph, request.walked(graph, found), view, force))
    if not found:
        from kg.analysis import path_absence

        told.notes.append(path_absence.why_none(graph, first, last, options, whole))
    elif more is None:
        told.notes.append(
            f"whether there are more was not found out in {timeout:g} s; raise {parameter('timeout')}"
        )
    elif more:
        these = "this one" if k == 1 else f"these {k}"
        told.notes.append(f"there are more paths than {these}; raise {parameter('k')}")
    if len(found) < k and (number := 0 if options.gone else len(graph.adjacency.gone)):
        what = "one record" if number == 1 else f"{number:,} records"
        told.notes.append(
            f"{what} that is no more is not passed; {parameter('gone')} passes it"
            if number == 1
            else f"{what} that are no more are not passed; {parameter('gone')} passes them"
        )
    return told


def _drawn(place: Place, graph: Graph, chosen: Choice, view: str, force: bool) -> str:
    """Write a page of what was chosen; the line that says what is in it."""
    from kg.text.files import write as written
    from kg.verbs.view import drawn

    page = drawn(graph, chosen)
    page.path = view
    written(page.html, view, force=force, case=place.where)
    return page.line()


def _joining(
    place: Place, graph: Graph, given: Sequence[str], options: Options, view: str, force: bool
) -> Answer:
    """What joins several actors; exit code 1 if nothing joins all of them."""
    from kg.analysis import among, path_text

    whole = place.handed_on if view else place.graph
    found = among.among(graph, among.ids_of(whole, given), options)

    def write(form: str, width: int, guard: Guard) -> str:
        if form == "json":
            from kg.text.formats import json

            return json(among.to_json(graph, found, told.seen))
        # What has no path is told so beside it.
        return among.text(graph, found, width, told.seen if found.paths else "")

    told = Answer(path_text.Joined(graph, found), write, code=int(len(found.apart) > 1))
    if view and found.paths:
        from kg.page import request

        told.notes.append(_drawn(place, graph, request.joining(graph, found), view, force))
    return told
