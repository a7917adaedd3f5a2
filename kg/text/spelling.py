"""What was probably meant by a word that is not known."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Likely:
    """A word to be looked for among known ones, once it is certain that the hint is wanted."""

    __slots__ = ("found", "known")

    def __init__(self, found: str, known: Collection[str]) -> None:
        self.found, self.known = found, known

    def hint(self) -> str:
        """As `did_you_mean`. Cost: a comparison with each known word."""
        return did_you_mean(self.found, self.known)


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """A hint naming what is spelt most alike, or an empty text."""
    import difflib

    names = list(known)
    lower = {n.casefold(): n for n in names}
    close = difflib.get_close_matches(found.casefold(), lower, n=1, cutoff=0.6)
    return f"did you mean “{lower[close[0]]}”?" if close else ""
