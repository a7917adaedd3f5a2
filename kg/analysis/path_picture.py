"""Paths as a picture for a notebook: a row each, from left to right, as inline SVG."""

from __future__ import annotations

import unicodedata

from kg.analysis.cards import safe
from kg.analysis.evidence import Teller
from kg.model.claims import SPEECH, UNSURE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.analysis.evidence import Told
    from kg.model.claims import Hop, Path
    from kg.store.graph import Graph

# In points of the picture: the size of a letter, of a row, of the gap between two names.
_LETTER, _ROW, _GAP, _EDGE = 6.6, 78, 190, 8
_LONGEST = 30
_LABEL = 27
_INK = {"Contested": "#b3402f", "Denied": "#b3402f"}
_PLAIN, _QUIET = "#2c6fad", "#777777"


def svg(graph: Graph, paths: Sequence[Path]) -> str:
    """The picture of paths, the best on top; what is contested is dashed and red, what is no tie dotted.

    Names and labels are cut; each has the whole text as its title. Cost: linear in the hops.
    """
    teller = Teller(graph)
    rows = [list(_row(graph, teller, path, i * _ROW + 34)) for i, path in enumerate(paths)]
    width = max((right for row in rows for right, _ in row), default=0) + _EDGE
    height = len(rows) * _ROW
    shapes = "".join(shape for row in rows for _, shape in row)
    return (
        "<div style='overflow-x:auto'>"
        f"<svg xmlns='http://www.w3.org/2000/svg' role='img' aria-label='paths' viewBox='0 0 {width:.0f} {height}' "
        f"width='{width:.0f}' height='{height}' style='font:12px sans-serif'>{shapes}</svg></div>"
    )


def _row(graph: Graph, teller: Teller, path: Path, y: int) -> Iterator[tuple[float, str]]:
    """(right edge, shape) of all that stands in a row."""
    x = float(_EDGE)
    for i, node in enumerate(path.nodes):
        name = teller.words.name(node)
        cut = _cut(name, _LONGEST)
        width = _wide(cut) + 18
        kind = graph.terms.drawn_as(graph.ledger.entity(node).kind)
        ink = kind.colour or _QUIET
        yield (
            x + width,
            f"<g><title>{safe(f'{name} ({kind.label})')}</title>"
            f"<rect x='{x:.0f}' y='{y - 14}' width='{width:.0f}' height='28' rx='6' fill='none' "
            f"stroke='{safe(ink)}' stroke-width='2'/>"
            f"<text x='{x + width / 2:.0f}' y='{y + 4}' text-anchor='middle' "
            f"fill='currentColor'>{safe(cut)}</text></g>",
        )
        x += width
        if i < len(path.hops):
            yield x + _GAP, _hop(teller, path.hops[i], x, y)
            x += _GAP


def _hop(teller: Teller, hop: Hop, x: float, y: int) -> str:
    """A line with its label above, and below it how the first claim stands."""
    told = [teller.tell(c) for c in hop.claims]
    whole = f"{teller.words.hop(hop)}: " + "; ".join(c.standing.words for c in told)
    first = told[0] if told else None
    ink = _INK.get(first.standing.status, _PLAIN) if first else _QUIET
    dash = "4 3" if first and first.standing.status in _INK else ""
    if hop.kind in (SPEECH, UNSURE):
        ink, dash = _QUIET, "1 4"
    left, right = x + 3, x + _GAP - 3
    line = (
        f"<line x1='{left:.0f}' y1='{y}' x2='{right:.0f}' y2='{y}' stroke='{ink}' stroke-width='2'"
        f"{f' stroke-dasharray={chr(39)}{dash}{chr(39)}' if dash else ''}/>"
    )
    tips = "".join(_tip(side, left if side < 0 else right, y, ink) for side in _ways(hop, told))
    labels = list(dict.fromkeys(c.relation_label for c in told)) or [hop.kind or "tie"]
    more = f" +{len(labels) - 1}" if len(labels) > 1 else ""
    middle = (left + right) / 2
    below = _standing(first, len(told)) if first else hop.reason
    return (
        f"<g><title>{safe(whole)}</title>{line}{tips}"
        f"<text x='{middle:.0f}' y='{y - 7}' text-anchor='middle' fill='currentColor'>"
        f"{safe(_cut(labels[0], _LABEL - len(more)) + more)}</text>"
        f"<text x='{middle:.0f}' y='{y + 17}' text-anchor='middle' fill='currentColor' opacity='.75' "
        f"font-size='10'>{safe(_cut(below, _LABEL + 8))}</text></g>"
    )


def _standing(claim: Told, number: int) -> str:
    s = claim.standing
    voices = f"{s.voices} voice{'s' * (s.voices != 1)}"
    against = f", {s.opposing} against" if s.opposing else ""
    more = f", +{number - 1} more" if number > 1 else ""
    return f"{s.basis.lower()}, {s.status.lower()}, {voices}{against}{more}"


def _ways(hop: Hop, told: Sequence[Told]) -> list[int]:
    """At which ends the line has a tip: 1 for the right, -1 for the left; none without direction."""
    found = {1 if c.subject == hop.start else -1 for c in told if not c.symmetric}
    return sorted(found) if hop.kind not in (SPEECH, UNSURE) else []


def _tip(side: int, x: float, y: int, ink: str) -> str:
    back = x - 9 * side
    return f"<path d='M{x:.0f} {y} L{back:.0f} {y - 5} L{back:.0f} {y + 5} Z' fill='{ink}'/>"


def _cut(text: str, most: int) -> str:
    """As much of a text as has room, in letters of the usual width."""
    plain = " ".join(text.split())
    if _letters(plain) <= most:
        return plain
    kept = ""
    for character in plain:
        if _letters(kept + character) > most - 1:
            break
        kept += character
    return f"{kept.rstrip()}…"


def _letters(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _wide(text: str) -> float:
    return _letters(text) * _LETTER
