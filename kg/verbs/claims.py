"""kg claims: the ledger, claim by claim."""

from __future__ import annotations

from kg.text.formats import LISTS
from kg.verbs.answer import Answer, Rows, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DATA, ENTITY, LENS, LISTED, STANDS, stances

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from kg.verbs.parameters import LensRequest
    from kg.verbs.place import Place

VERB = Verb(
    "claims",
    "questions",
    "List the ledger, claim by claim or row by row.",
    params=(
        ENTITY,
        Param("subject", "Only with this subject.", of="entity"),
        Param("object", "Only with this object.", of="entity"),
        Param("relation", "Only of this relation.", of="relation"),
        Param("stance", "Only with such a stance.", choices=stances),
        Param(
            "quality",
            "Only where a row says so: a quality, or share>25 with one of = != > >= < <=.",
            metavar="QUALITY",
            of="quality",
        ),
        Param("since", "Only what was so then or later.", metavar="DATE"),
        Param("until", "Only what was so then or before.", metavar="DATE"),
        *STANDS,
        Param("rows", "Each attestation instead of each claim.", kind=bool),
        *LENS,
        *LISTED,
        *DATA,
    ),
    examples=(
        "claims --entity 'Lu Jianwang'",
        "claims --status contested -o contested.csv",
        "claims --rows --voice 'Mao Ning'",
        "claims --only doc-recruit",
        "claims --document doc-clt --locator 'note vi' --rows",
    ),
    formats=LISTS,
    after="show",
)


def answer(
    place: Place,
    lens: LensRequest,
    *,
    entity: str,
    subject: str,
    object: str,
    relation: str,
    stance: str,
    quality: str,
    since: str,
    until: str,
    only: str,
    locator: str,
    rows: bool,
) -> Answer:
    """Claims, or their attestations with `rows`."""
    from kg.analysis import filters, listing

    graph, eye = place.graph, lens.on(place.graph)
    ends = {"entity": entity, "subject": subject, "object": object, "only": only}
    wanted = {k: graph.find(v) if v else "" for k, v in ends.items()}
    wanted |= {"relation": relation, "stance": stance, "since": since, "until": until}
    wanted["locator"] = locator
    wanted["quality"] = quality
    each: Callable[..., Iterator[Any]] = listing.each_attestation if rows else listing.each_claim
    texts = None
    if not rows and eye.clear and not any(wanted.values()) and graph.ledger.any_where("1", ()):
        from kg.analysis.claim_texts import claim_texts

        texts = lambda: claim_texts(graph)  # noqa: E731  # beside the other way of making them
    found: Sequence[Any] | Rows = Rows(lambda: each(graph, eye, **wanted), texts)
    if not eye.whole:
        # What a lens leaves out is only known when all has been looked at.
        found = list(found)
    kind = listing.AttestationRow if rows else listing.ClaimRow
    answer = listed(found, kind, "no claim fits", prose=listing.text)
    if since or until:
        dropped = filters.undated(graph, eye, filters.Wanted(**wanted))
        if dropped:
            answer.notes.append(f"{dropped:,} more would fit, but nothing tells when they were so")
    return answer
