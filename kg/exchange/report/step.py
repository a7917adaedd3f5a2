"""What a step of a story is seen through: what it leaves out, and the days that it asks for."""

from __future__ import annotations

from kg.store.lens import Lens, asked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.case.story import Step
    from kg.store.graph import Graph

_DAYS = ("as-of", "known-by", "said")


def own(graph: Graph, step: Step) -> Lens:
    """What a step asks for itself. Raises UsageError for a day that is none.

    Cost: one look at all documents where it leaves some out.
    """
    show = dict(step.show)
    as_of, known_by, said = (str(show.get(name, "")) for name in _DAYS)
    without = [str(name) for name in show.get("without", ())]
    # As on a page, what is a document is left out as one.
    read = graph.ledger.documents_read() if without else set[str]()
    return asked(graph, as_of=as_of, known_by=known_by, said=said)._replace(
        no_documents=tuple(name for name in without if name in read),
        no_voices=tuple(name for name in without if name not in read),
    )


def within(held: Lens, step: Lens) -> Lens:
    """A step's lens within that of the report, which it never widens."""
    return held._replace(
        no_documents=step.no_documents,
        no_voices=step.no_voices,
        as_of=held.as_of or step.as_of,
        known_by=min(filter(None, (held.known_by, step.known_by)), default=""),
        said_from=max(held.said_from, step.said_from),
        said_to=min(filter(None, (held.said_to, step.said_to)), default=""),
    )
