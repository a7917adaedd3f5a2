"""The node-link JSON of networkx and d3: nodes, and an edge for each claim with all its evidence.

`networkx.node_link_graph(json.load(file), edges="edges")` reads it as a MultiDiGraph.
"""

from __future__ import annotations

from kg.analysis.evidence import Teller
from kg.model.claims import plain
from kg.text.formats import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.model.claims import Claim
    from kg.store.graph import Graph

ENDING = ".json"
CAVEAT = (
    "Claims are what documents say, not facts: an edge says who put it forward, in which documents, "
    "and who opposes it. Denied and retracted claims are here too, each with its status."
)


def document(graph: Graph) -> str:
    """The text of the file: as UTF-8, one object, equal graphs equal text.

    A claim between two entities is an edge, its id the key, its `status`, `basis`, `voices`,
    `documents` and `opposing` counts beside it and each attestation under `spoken`. A figure and a
    claim about an attestation join no two entities: they are listed under ``graph.claims``, told
    the same way; ``graph.seen`` says through which lens, if there is one. Cost: time and memory linear in the attestations.
    """
    teller = Teller(graph)
    case = graph.manifest["case"]
    edges, others = [], []
    entities = list(graph.ledger.entities())
    held = {entity.id for entity in entities}
    for claim in graph.ledger.claims():
        if claim.figure or not {claim.subject, claim.object} <= held:
            others.append(_told(teller, claim))
        else:
            ends = {"source": claim.subject, "target": claim.object, "key": claim.id}
            edges.append(ends | _told(teller, claim))
    about = {name: case[name] for name in ("title", "base", "licence") if case.get(name)}
    if graph.seen:
        about["seen"] = graph.seen
    return json(
        {
            "directed": True,
            "multigraph": True,
            "graph": {**about, "version": graph.version, "caveat": CAVEAT, "claims": others},
            "nodes": [
                {
                    "id": entity.id,
                    "name": entity.name,
                    "kind": entity.kind,
                    "aliases": list(entity.aliases),
                    "names": [list(pair) for pair in entity.names],
                    "attributes": [list(pair) for pair in entity.attributes],
                }
                for entity in entities
            ],
            "edges": edges,
        }
    )


def _told(teller: Teller, claim: Claim) -> dict[str, Any]:
    """A claim with its standing and its evidence, as JSON can hold it."""
    told: dict[str, Any] = plain(teller.tell(claim))
    return told
