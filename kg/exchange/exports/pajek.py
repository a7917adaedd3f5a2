"""Pajek: a numbered list of entities and of arcs, for programs that calculate with networks."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content

ENDING = ".net"
LOSES = (
    "evidence, classes, aliases, attributes, figures, claims about attestations; an arc's weight is "
    "its number of voices, its label tells relation, status, basis and that there is no direction: "
    "networkx takes all arcs of a file with edges for edges"
)


def pieces(content: Content) -> Iterator[str]:
    """The content of the file. Cost: linear. Names that several have get their id behind them."""
    names: dict[str, int] = {}
    for entity in content.entities():
        names[_plain(entity.name)] = names.get(_plain(entity.name), 0) + 1
    number = {entity: i + 1 for i, entity in enumerate(sorted(content.held))}
    yield "".join(f"% {line}\n" for line in content.head(LOSES))
    yield f"*Vertices {len(number)}\n"
    for entity in content.entities():
        name = _plain(entity.name)
        told = name if names[name] == 1 else f"{name} ({entity.id})"
        yield f'{number[entity.id]} "{told}"\n'
    yield "*Arcs\n"
    for edge in content.edges():
        way = "" if edge.directed == "true" else ", no direction"
        label = _plain(f"{edge.label} ({edge.status}, {edge.basis}{way})")
        ends = f"{number[edge.source]} {number[edge.target]}"
        yield f'{ends} {max(edge.voices, 1)} l "{label}"\n'


def _plain(text: str) -> str:
    """A text on one line without a double quote, which ends a label and cannot be written in one."""
    return " ".join(text.split()).replace('"', "'")
