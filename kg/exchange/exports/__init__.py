"""A whole graph in the forms of other programs: one module a form. Touches an open graph.

A form is a module of this folder: its name is what `kg export` calls it (with hyphens for
underscores), `ENDING` the ending of its files, and its function `document` makes the text.
It takes every claim as `kg.analysis.evidence` tells it, so that none leaves without its standing,
its voices and its documents.
"""

from __future__ import annotations

from kg.exchange import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from kg.store.graph import Graph

    class Form(Protocol):
        """A module of this folder."""

        ENDING: str

        def document(self, graph: Graph) -> str:
            """The graph, or what a lens shows of it, as the text of one file."""


def names() -> list[str]:
    """The forms that there are."""
    return modules(__file__)


def form(name: str) -> Form:
    """The form of one of the `names`."""
    made: Form = __import__(f"kg.exchange.exports.{name.replace('-', '_')}", fromlist=("ENDING",))
    return made
