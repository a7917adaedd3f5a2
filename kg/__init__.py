"""A knowledge graph that never loses who said it, where, and who disputes it.

In a notebook::

    import kg
    graph = kg.open("example")                    # or a case's folder
    graph.query("SELECT ?s WHERE { ?b kg:operates ?s }")   # a pandas DataFrame
    graph.paths("Lu Jianwang", "Ministry of Public Security")
    graph.show("Jeremy Daum")
    graph.claims(voice="Mao Ning", known_by="2022-12")     # options are keywords
    graph.network()                               # a networkx graph
    graph.view(focus=["Jeremy Daum"])             # shows itself

`kg.check`, `kg.build` and `kg.open` begin; what they return does the rest.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.notebook import Notebook, Page, Table, build, check, open, read

__version__ = "0.1.0"
__all__ = ["Notebook", "Page", "Table", "build", "check", "open", "read"]


def __getattr__(name: str) -> Any:
    """Load the library when it is first asked for: the command line does without it."""
    if name in __all__:
        import os

        from kg.model.systems import refusal

        if told := refusal(os.name):
            raise ImportError(told)
        from kg import notebook

        return getattr(notebook, name)
    raise AttributeError(f"module 'kg' has no attribute '{name}'")


def __dir__() -> list[str]:
    """What is there to begin with, though it is loaded only when it is asked for."""
    return [*__all__, "__version__"]
