"""The node-link JSON of networkx and d3: nodes, and an edge for each claim with all its evidence.

`networkx.node_link_graph(json.load(file), edges="edges")` reads it as a MultiDiGraph.
"""

from __future__ import annotations

from kg.model.claims import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kg.exchange.handed.content import Content
    from kg.model.claims import Entity

ENDING = ".json"
LOSES = ""


def pieces(content: Content) -> Iterator[str]:
    """The content of the file: one object, equal graphs equal text, a node or an edge a piece.

    A claim between two entities is an edge, its id the key, its `status`, `basis`, `voices`,
    `documents` and `opposing` counts beside it and each attestation under `spoken`. A figure and a
    claim about an attestation join no two entities: they are listed under ``graph.claims``, told
    the same way; ``graph.seen`` says through which lens, if there is one. Cost: linear in the attestations.
    """
    from json import dumps

    from kg.text.untrusted import in_json

    def written(value: object) -> str:
        return in_json(dumps(value, ensure_ascii=False, indent=1))

    about = {**content.about, "claims": [plain(c) for c in content.others()]}
    yield f'{{\n"directed": true,\n"multigraph": true,\n"graph": {written(about)},\n"nodes": ['
    for i, entity in enumerate(content.entities()):
        yield f"{',' if i else ''}\n{written(_node(entity))}"
    yield '\n],\n"edges": ['
    joining = (c for c in content.told() if content.joins(c))
    for i, claim in enumerate(joining):
        ends = {"source": claim.subject, "target": claim.object, "key": claim.id}
        yield f"{',' if i else ''}\n{written(ends | plain(claim))}"
    yield "\n]\n}\n"


def _node(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind,
        "aliases": list(entity.aliases),
        "names": [list(pair) for pair in entity.names],
        "attributes": [list(pair) for pair in entity.attributes],
    }
