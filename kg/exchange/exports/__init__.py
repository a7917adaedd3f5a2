"""A whole graph in the forms of other programs. Touches an open graph.

A form is a module of this folder: its name is what `kg export` calls it (with hyphens for
underscores), `ENDING` the ending of its files, `LOSES` what it cannot hold, and its function
`pieces` makes the content of one file, or `files` that of several. Each takes what it writes
from `kg.exchange.handed.content`, so that no claim leaves without its standing, its voices and its
documents.
"""

from __future__ import annotations

from kg.exchange import modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol

    from kg.exchange.handed.content import Content

    Pieces = Iterable[str | bytes]
    Files = Iterable[tuple[str, Pieces]]

    class Form(Protocol):
        """A module of this folder that writes one file, with an `ENDING` as ``.ttl``."""

        ENDING: str
        LOSES: str

        def pieces(self, content: Content) -> Pieces:
            """The content of the file, piece by piece, in order."""

    class FolderForm(Protocol):
        """A module of this folder that writes a folder; its `ENDING` is empty."""

        ENDING: str
        LOSES: str

        def files(self, content: Content) -> Files:
            """The name and the content of each file, in order."""


def names() -> list[str]:
    """The forms that there are."""
    return modules(__file__)


def form(name: str) -> Form | FolderForm:
    """The form of one of the `names`."""
    made: Form = __import__(f"kg.exchange.exports.{name.replace('-', '_')}", fromlist=("ENDING",))
    return made


def files(chosen: Form | FolderForm, content: Content) -> Files:
    """The files that a form makes of a graph; the one of a form of one file has no name."""
    several: Callable[[Content], Files] | None = getattr(chosen, "files", None)
    if several:
        return several(content)
    one: Callable[[Content], Pieces] = getattr(chosen, "pieces")  # noqa: B009  # the other kind of form
    return (("", one(content)),)
