"""What is said of claims besides, as one value of each quality for an edge of a network."""

from __future__ import annotations

from kg.model.standing import forward

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store.graph import Graph

    Value = str | int | float

# Longer numbers stay texts: a float would round them.
_LONG = 16


def qualities(graph: Graph) -> Mapping[str, Mapping[str, Value]]:
    """What is said of claims besides by those who put them forward, by claim and quality.

    The values of a quality are all numbers or all texts: a column has one type.
    """
    import re

    number = re.compile(r"-?[0-9]+(\.[0-9]+)?")
    found: dict[str, dict[str, dict[str, None]]] = {}
    if graph.terms.qualities:
        for claim in graph.ledger.qualified():
            for a in forward(claim.attestations):
                for name, value in a.qualities:
                    found.setdefault(name, {}).setdefault(claim.id, {})[value] = None
    besides: dict[str, dict[str, Value]] = {}
    for name, held in found.items():
        made = {mark: " | ".join(values) for mark, values in held.items()}
        plain = all(len(v) < _LONG and number.fullmatch(v) for v in made.values())
        kind = (float if any("." in v for v in made.values()) else int) if plain else str
        for mark, text in made.items():
            besides.setdefault(mark, {})[name] = kind(text)
    return besides
