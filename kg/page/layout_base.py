"""What every layout is made of: a plan of the view, and a layout as the page reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.page.boxes import LABEL_MAX, Block, Head, label_of
from kg.page.view import DRAWN_RANK, View, ViewNode, ViewTerm

RIGHT, LEFT, BELOW, ABOVE = range(4)
"""On which side of its symbol a name stands."""

GUTTER = 48
GAP = 26
MANY = 2000
"""From here on fewer shapes are tried: the view starts folded."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A position for each node, in the order of ``view.nodes``, and the bands behind them.

    `label_max` is how wide a line of a name may be, `sides` on which side of its
    symbol each name stands (empty: all at the right). `bends` are (node, node, how
    far the line between them leaves the straight) by number; one that `turns` may
    be drawn from top to bottom where a window is narrow. A `live` one has no positions:
    the page lays it out itself, for what it shows then.
    """

    label: str
    positions: tuple[tuple[int, int], ...]
    heads: tuple[Head, ...]
    label_max: int = LABEL_MAX
    sides: tuple[int, ...] = ()
    bends: tuple[tuple[int, int, int], ...] = ()
    turns: bool = False
    live: bool = False


class Plan:
    """What all layouts ask of a view: ranks, names, neighbours; makes a layout of spots."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.kinds: dict[str, ViewTerm] = {kind.id: kind for kind in view.kinds}
        self.index = {node.id: i for i, node in enumerate(view.nodes)}
        self.faint = {term.id for term in view.relations if term.part == "faint"}
        only = view.highlight[0] if len(view.highlight) == 1 else ""
        self.centre = only if only in self.index and not view.paths else ""
        self.near: dict[str, list[str]] = defaultdict(list)
        for claim in view.claims:
            pair = claim.subject, claim.object
            if claim.relation in self.faint:
                continue
            if pair[0] in self.index and pair[1] in self.index and pair[0] != pair[1]:
                self.near[pair[0]].append(pair[1])
                self.near[pair[1]].append(pair[0])

    @property
    def lane(self) -> ViewTerm | None:
        """The kind whose members head lanes, if there is one."""
        return next((kind for kind in self.view.kinds if kind.part == "lane"), None)

    @property
    def banded(self) -> bool:
        """Whether lanes have members, or most of what is drawn has a cell."""
        if self.lane and any(node.lane not in ("", node.id) for node in self.view.nodes):
            return True
        return 2 * sum(bool(node.cell) for node in self.shown) > len(self.shown)

    @property
    def shown(self) -> list[ViewNode]:
        """The nodes of kinds that start switched on."""
        return [node for node in self.view.nodes if self.rank(node) < DRAWN_RANK]

    def rank(self, node: ViewNode) -> int:
        """The place of a node's kind in the legend."""
        kind = self.kinds.get(node.kind)
        return kind.rank if kind else 99

    def key(self, node: ViewNode) -> tuple[object, ...]:
        """What nodes are ordered by: kind, cell, name."""
        return self.rank(node), node.cell, label_of(node).casefold(), node.id

    def by_kind(self, nodes: Iterable[ViewNode]) -> list[Block]:
        """Blocks of one kind each, in order of rank, titled with the kind's label."""
        groups: dict[str, list[ViewNode]] = defaultdict(list)
        for node in sorted(nodes, key=self.key):
            groups[node.kind].append(node)
        order = sorted(groups, key=lambda kind: (self.rank(groups[kind][0]), kind))
        return [
            Block(self.kinds[kind].label if kind in self.kinds else kind, groups[kind])
            for kind in order
        ]

    def layout(
        self,
        label: str,
        at: dict[str, tuple[float, float]],
        heads: Iterable[Head],
        label_max: int = LABEL_MAX,
        sides: dict[str, int] | None = None,
    ) -> Layout:
        """The layout of these spots; what `sides` leaves out has its name at the right."""
        spots = (at[node.id] for node in self.view.nodes)
        whole = tuple((round(x), round(y)) for x, y in spots)
        names = tuple(sides.get(node.id, RIGHT) for node in self.view.nodes) if sides else ()
        return Layout(label, whole, tuple(heads), label_max, names)
