"""A whole graph in the forms of other programs: one module a form. Touches an open graph.

A form is a module of this folder: its name is what `kg export` calls it (with hyphens for
underscores), `ENDING` the ending of its files, and its function `document` makes the text.
It takes every claim as `kg.analysis.evidence` tells it, so that none leaves without its standing,
its voices and its documents.
"""

from __future__ import annotations

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
    import os

    files = sorted(os.listdir(os.path.dirname(os.path.abspath(__file__))))
    modules = (f.removesuffix(".py") for f in files if f.endswith(".py"))
    return [module.replace("_", "-") for module in modules if module != "__init__"]


def form(name: str) -> Form:
    """The form of one of the `names`."""
    made: Form = __import__(f"kg.exchange.{name.replace('-', '_')}", fromlist=("ENDING",))
    return made
