"""kg path: the best paths between two actors."""

from __future__ import annotations

from kg.model.errors import parameter
from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DATA, FILE, LENS, TIMEOUT, WALK, output

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.formats import Guard
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

FORMATS = ("text", "json")
VERB = Verb(
    "path",
    "questions",
    "Find the best paths between two actors, with evidence.",
    more="Every hop names relation, direction, documents, voices, status and basis.",
    params=(
        Param("start", "An id, IRI, name or alias.", argument=True, needed=True, of="entity"),
        Param("end", "An id, IRI, name or alias.", argument=True, needed=True, of="entity"),
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
    k: int,
    max_hops: int,
    relation: Sequence[str],
    via: Sequence[str],
    in_order: bool,
    avoid: Sequence[str],
    through: Sequence[str],
    directed: bool,
    hubs: bool,
    ties: bool,
    spoken: bool,
    unsure: bool,
    min_voices: int,
    timeout: float,
    view: str,
    force: bool,
) -> Answer:
    """Paths, or why there is none; a page of them if `view` names a file."""
    from kg.analysis import path_absence, path_text, paths

    whole = place.graph
    options = paths.Options(
        k=k,
        max_hops=max_hops,
        relations=tuple(relation),
        statuses=tuple(s.capitalize() for s in lens.status),
        bases=tuple(b.capitalize() for b in lens.basis),
        via=tuple(whole.find(v) for v in via),
        in_order=in_order,
        avoid=tuple(whole.find(a) for a in avoid),
        through=tuple(through),
        min_voices=min_voices,
        hubs=hubs,
        directed=directed,
        ties=ties,
        spoken=spoken,
        unsure=unsure,
        seconds=timeout,
    )
    first, last = whole.find(start), whole.find(end)
    eye = lens.of_any_standing()
    graph = eye.through(whole)
    # One more than is shown tells whether there are more.
    found = paths.find_paths(graph, first, last, options._replace(k=k + 1))
    more = len(found) > k
    found = found[:k]

    def write(form: str, width: int, guard: Guard) -> str:
        if form == "json":
            from kg.text.formats import json

            return json(path_text.to_json(graph, found, told.seen))
        return path_text.text(graph, found, width, told.seen) if found else ""

    told = Answer(path_text.Paths(graph, found), write, code=int(not found))
    if found and view:
        from kg.page import request
        from kg.text.files import write as written
        from kg.verbs.view import drawn

        page = drawn(graph, request.walked(graph, found))
        page.path = view
        written(page.html, view, force=force, case=place.where)
        told.notes.append(page.line())
    if not found:
        told.notes.append(path_absence.why_none(graph, first, last, options, whole))
    elif more:
        these = "this one" if k == 1 else f"these {k}"
        told.notes.append(f"there are more paths than {these}; raise {parameter('k')}")
    return told
