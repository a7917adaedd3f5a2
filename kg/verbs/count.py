"""kg count: how many of what."""

from __future__ import annotations

from kg.model.errors import UsageError, parameter
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DATA, ENTITY, LENS, LISTED, STANDS, stances

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place


def _of() -> Sequence[str]:
    from kg.analysis.counting import OF

    return (*OF, "sums")


def _by() -> Sequence[str]:
    from kg.analysis.counting import BY

    return BY


VERB = Verb(
    "count",
    "questions",
    "Count claims, passages, figures or entities; add amounts up.",
    more="""\
By country means that of the subject or the object: where it lies, what it is part of, for which it acts. A claim
counts once under each of its voices, documents and countries: the numbers of such groups add up to more than there
are claims. Sums add up the numbers of events by class if nothing is said, each unit for itself: where voices give
several for one event, from the lowest to the highest.""",
    params=(
        Param("of", "What to count: claims if nothing is said.", argument=True, choices=_of),
        Param(
            "by",
            "By what; status if nothing is said. Twice for a table of two.",
            many=True,
            choices=_by,
        ),
        ENTITY,
        Param("subject", "Only with this subject.", of="entity"),
        Param("object", "Only with this object.", of="entity"),
        Param("relation", "Only of this relation.", of="relation"),
        Param("role", "Of sums: by who plays this role in the events.", of="relation"),
        Param("stance", "Only with such a stance.", choices=stances),
        *STANDS,
        *LENS,
        *LISTED,
        *DATA,
    ),
    examples=(
        "count --by country",
        "count passages --by voice --by stance",
        "count entities --by class -o classes.csv",
        "count sums",
    ),
    formats=LISTS,
    after="ask",
)


def answer(
    place: Place,
    lens: LensRequest,
    *,
    of: str,
    by: Sequence[str],
    entity: str,
    subject: str,
    object: str,
    relation: str,
    role: str,
    stance: str,
    only: str,
    locator: str,
) -> Answer:
    """A row for each group, the largest first."""
    from kg.analysis import counting

    graph = place.graph
    ends = {"entity": entity, "subject": subject, "object": object, "only": only}
    wanted = {k: graph.find(v) if v else "" for k, v in ends.items()}
    wanted |= {"relation": relation, "stance": stance, "locator": locator}
    plain = "class" if of == "sums" else "status"
    groups = [by] if isinstance(by, str) else list(by) or [plain]
    if of == "sums":
        from kg.analysis import sums

        added = sums.sums(graph, lens.on(graph), by=groups, role=role, **wanted)
        return listed(added, sums.Sum, "there is no number of an event", prose=sums.text)
    if role:
        raise UsageError(f"{parameter('role')} is for sums: kg count sums")
    rows = counting.count(graph, lens.on(graph), of=of or "claims", by=groups, **wanted)
    return listed(rows, counting.Number, "there is nothing to count", prose=counting.text)
