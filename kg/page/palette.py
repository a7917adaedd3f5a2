"""Symbols and colours for classes whose ontology gives them none.

They are given out over the whole ontology by the names of the classes, so that a class looks
the same on every page of a case. The first seven differ in shape and in colour, by colours
that colour-blind readers tell apart (Okabe and Ito 2008, "Color Universal Design", as dark as
a white ground needs and as light as a dark one); those after them have a letter in the symbol.
"""

from __future__ import annotations

from kg.model.ontology import Ontology, Term

SHAPES = ("circle", "square", "triangle", "diamond", "hexagon", "nabla", "flag")
COLOURS = (
    ("#0072B2", "#4DA6E0"),
    ("#B36B00", "#F0B040"),
    ("#00855F", "#3CCB9F"),
    ("#A8527D", "#E79AC3"),
    ("#C04A00", "#FF8A4C"),
    ("#2B8CC4", "#7CC7F2"),
    ("#7A5F00", "#D9B93B"),
)
_ADVERSE, _TIE = ("#C04A00", "#FF8A4C"), ("#6B6B6B", "#9A9A9A")


class Look:
    """How a class is drawn: shape, colours on a light and on a dark page, letter in the symbol."""

    def __init__(self, symbol: str, colour: str, colour_dark: str, letter: str = "") -> None:
        self.symbol, self.colour, self.colour_dark = symbol, colour, colour_dark
        self.letter = letter


def looks(terms: Ontology) -> dict[str, Look]:
    """The look of each class that a legend counts others under, by its name.

    What the ontology says stays. Shapes and colours that it uses are given to no other class
    as long as there are more. Linear in the classes.
    """
    kinds = {term.id: term for term in map(terms.drawn_as, terms.classes)}
    plain = [
        kinds[name] for name in sorted(kinds) if not (kinds[name].symbol and kinds[name].colour)
    ]
    used = {term.symbol for term in kinds.values()}
    inks = {term.colour.upper() for term in kinds.values()}
    shapes = [s for s in SHAPES if s not in used] or SHAPES
    colours = [c for c in COLOURS if c[0] not in inks] or COLOURS
    plainly = min(len(shapes), len(colours))
    given = {name: _own(term) for name, term in kinds.items()}
    letters: set[str] = set()
    for i, term in enumerate(plain):
        letter = ""
        if i >= plainly and not term.symbol:
            # From here on the whole of both rows is used, each shape with another colour than before.
            shapes, colours = SHAPES, COLOURS
            letter = _letter(term.label, letters)
        round_, place = divmod(i, len(shapes))
        colour, dark = colours[(place + 3 * round_) % len(colours)]
        if term.colour:
            colour, dark = term.colour, term.colour_dark or lighter(term.colour)
        given[term.id] = Look(term.symbol or shapes[place], colour, dark, letter)
    return given


def _own(term: Term) -> Look:
    dark = term.colour_dark or (lighter(term.colour) if term.colour else "")
    return Look(term.symbol or "dot", term.colour or "#767676", dark or "#A0A0A0")


def _letter(label: str, taken: set[str]) -> str:
    """The first letter of a label that no other class has; its first letter if all are taken."""
    letters = [c for c in label.upper() if c.isalpha()]
    free = next((c for c in letters if c not in taken), letters[0] if letters else "?")
    taken.add(free)
    return free


def line(term: Term) -> tuple[str, str]:
    """The colours of a relation or measure: its own, else by whether it is one of opposition."""
    if term.colour:
        return term.colour, term.colour_dark or lighter(term.colour)
    return _ADVERSE if term.adverse else _TIE


def lighter(colour: str) -> str:
    """A colour for a dark page: the same, half way to white.

    >>> lighter("#0072B2")
    '#7FB8D8'
    """
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{(part + 255) // 2:02X}" for part in parts)
