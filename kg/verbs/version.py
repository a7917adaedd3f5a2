"""kg version: which kg this is."""

from __future__ import annotations

from kg.verbs.answer import Answer
from kg.verbs.description import Verb

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.verbs.place import Place

VERB = Verb("version", "kg", "Print the version.", examples=("version",), method="")


def answer(place: Place) -> Answer:
    """The version."""
    from kg import __version__

    return Answer(__version__, lambda *_: f"kg {__version__}\n")
