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
    best = most_alike(found, known)
    return f"did you mean “{best}”?" if best else ""


def most_alike(found: str, known: Iterable[str]) -> str:
    """The known word that is spelt most alike, or an empty text where none is near."""
    import difflib

    lower: dict[str, list[str]] = {}
    for name in sorted(known):
        lower.setdefault(name.casefold(), []).append(name)
    close = difflib.get_close_matches(found.casefold(), lower, n=1, cutoff=0.6)
    if not close:
        return ""
    # Of names that differ in their capitals alone, the one that is written most alike.
    alike = lower[close[0]]
    return max(alike, key=lambda n: difflib.SequenceMatcher(None, found, n).ratio())
