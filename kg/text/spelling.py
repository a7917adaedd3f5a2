"""What was probably meant by a word that is not known."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """A hint naming what is spelt most alike, or an empty text."""
    import difflib

    names = list(known)
    lower = {n.casefold(): n for n in names}
    close = difflib.get_close_matches(found.casefold(), lower, n=1, cutoff=0.6)
    return f"did you mean “{lower[close[0]]}”?" if close else ""
