"""kg conflicts: where documents disagree."""

from __future__ import annotations

from kg.model.errors import UsageError, parameter
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import ENTITY, LENS, LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from kg.text.formats import Guard
    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "conflicts",
    "sources",
    "Show where the documents disagree, and in what way.",
    params=(
        ENTITY,
        Param("all", "Also differences that period, date or unit explain.", kind=bool),
        Param("rule", "Only what this rule of the ontology finds.", metavar="NAME"),
        Param("settled", "Also entries that judgements settled or silenced.", kind=bool),
        Param("explain", "All of one entry: its rows, its rule, its claims.", metavar="ENTRY"),
        *LENS,
        *LISTED,
    ),
    examples=(
        "conflicts",
        "conflicts --entity FBI --all",
        "conflicts --rule voluntaryOrNot",
    ),
    formats=LISTS,
)


def answer(
    place: Place,
    lens: LensRequest,
    *,
    entity: str,
    all: bool,
    rule: str,
    settled: bool,
    explain: str,
) -> Answer:
    """Conflicts; none is no failure. One that is to be explained and is not there is."""
    from kg.analysis import conflicts, entry_text
    from kg.analysis.judged import Judged

    graph = place.graph
    about = graph.find(entity) if entity else ""
    seen = lens.on(graph)
    if explain:
        return explained(place, lens, explain)
    judged = Judged(graph)
    rows = conflicts.conflicts(
        graph, seen, entity=about, all=all, rule=rule, settled=settled, judged=judged
    )
    hint = f"; {parameter('all')} shows differences that the fields explain"
    made = listed(
        rows, conflicts.Entry, "no conflict" + hint * (not all), prose=entry_text.text, code=0
    )
    if judged.unmet and not (about or rule or lens.asks):
        # One may be of an entry that only `all` shows.
        if not all:
            conflicts.conflicts(graph, seen, all=True, judged=judged)
        made.notes += [
            f"judgements.csv: {told}; settle the entry that it has become, or take the row out"
            for told in judged.told()
        ]
    return made


def explained(place: Place, lens: LensRequest, explain: str) -> Answer:
    """One entry with every row of every side, by the beginning of its id."""
    from kg.analysis import conflicts, entry_text

    graph = place.graph
    rows = conflicts.conflicts(graph, lens.on(graph), all=True, settled=True)
    rows = [e for e in rows if e.id.startswith(explain)]
    rules = [f"{r.name}: {r.reason}" for r in graph.terms.rules if rows and r.name in rows[0].rules]

    def full(rows: Sequence[Any], width: int) -> str:
        return entry_text.explained(rows[0], width, rules)

    answer = listed(rows[:1], conflicts.Entry, f"no entry {explain}", prose=full)
    plain = answer.write

    def write(form: str, width: int, guard: Guard) -> str:
        if form == "html" or not plain:
            raise UsageError(f"{parameter('format')} {form}: an entry is text, markdown or json")
        return plain(form, width, guard)

    answer.write, answer.pieces = write, None
    return answer
