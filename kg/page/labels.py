"""Names on a picture: two of a kind never read the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from kg.page.boxes import label_of
from kg.page.view import View, ViewNode


def told_apart(view: View) -> View:
    """Return `view` with a longer short name wherever nodes of one kind share theirs.

    What is added is what the others lack: words of the full name (a code), else
    the cell, else the id.
    """
    groups: dict[tuple[str, str], list[ViewNode]] = defaultdict(list)
    for node in view.nodes:
        groups[node.kind, label_of(node)].append(node)
    longer = {
        node.id: replace(node, short=f"{label_of(node)} {more}")
        for nodes in groups.values()
        if len(nodes) > 1
        for node, more in zip(nodes, _differences(nodes), strict=True)
    }
    return replace(view, nodes=tuple(longer.get(node.id, node) for node in view.nodes))


def _differences(nodes: list[ViewNode]) -> list[str]:
    used = Counter(word for node in nodes for word in set(_words(node.name)))
    own = [" ".join(word for word in _words(node.name) if used[word] == 1) for node in nodes]
    for words in (own, [f"({node.cell})" if node.cell else "" for node in nodes]):
        if all(words) and len(set(words)) == len(words):
            return words
    return [f"({node.id})" for node in nodes]


def _words(name: str) -> list[str]:
    return [word.strip(",;:") for word in name.split()]
