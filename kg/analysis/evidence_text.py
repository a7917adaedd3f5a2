"""A claim with its evidence in lines: each voice with its place, and what is said of it."""

from __future__ import annotations

from kg.text.phrases import SPOKE, capital
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis.evidence import Spoken, Told

MARK = {"for": "+", "against": "−", "open": "?", "withdrawn": "×"}
"""The mark of each side."""


def claim_lines(told: Told, width: int, indent: str = "  ") -> Iterator[str]:
    """A claim for a terminal: sentence, standing, then each voice with its place."""
    yield wrap(told.sentence, width, indent + "• ", indent + "  ")
    yield wrap(told.standing.words, width, indent + "  ")
    for spoken in told.spoken:
        yield from _spoken_lines(spoken, width, indent + "    ")


def _spoken_lines(s: Spoken, width: int, indent: str) -> Iterator[str]:
    own = s.voice == s.document or not s.voice
    said = f"{s.voice_name} {s.stands}"
    if own:
        # A file of data that names nobody has no voice that could take a stance.
        bare = s.stands.removeprefix(SPOKE[s.stance])
        said = f"{s.place}: {s.stands}" if s.voice else capital(s.place) + bare
    if s.period:
        said += f", {s.period}"
    if s.said:
        said += f" (said {s.said})"
    gloss = f"{' –' if own else ':'} {s.gloss}" if s.gloss else ""
    yield wrap(
        f"{said}{gloss}" if own else f"{said}{gloss} — {s.place}",
        width,
        f"{indent}{MARK[s.side]} ",
        indent + "  ",
    )
    for remark in asides(s):
        yield wrap(remark, width, f"{indent}  ↳ ", indent + "    ")


def asides(s: Spoken) -> Iterator[str]:
    """What stands below an attestation: the words of its passage, what it replaces, remarks on it."""
    if s.quoted:
        yield s.quoted
    if s.instead_of:
        yield f"Instead of {s.instead_of}"
    yield from s.remarks


def whole(s: Spoken) -> str:
    """An attestation in one line: its sentence, gloss, the passage's own words, remarks."""
    return " ".join(filter(None, (s.sentence, s.gloss, s.quoted, *s.remarks)))
