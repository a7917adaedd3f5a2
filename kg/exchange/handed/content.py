"""What is handed on, through a lens or whole: entities, claims as edges with their evidence, what joins no two entities.

Every form takes its values from here, in this order and in these words.
"""

from __future__ import annotations

from kg.analysis.evidence import Teller
from kg.model.record import Record
from kg.store.lens import Lens
from kg.store.seen_graph import through

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from kg.analysis.evidence import Spoken, Told
    from kg.model.claims import Claim, Entity
    from kg.store.besides import Value
    from kg.store.graph import Graph

CAVEAT = (
    "Claims are what documents say, not facts: an edge says who put it forward, in which documents, "
    "and who opposes it. Denied and retracted claims are here too, each with its status."
)


class Edge(Record):
    """A claim in the columns that a table or a graph file holds of it: texts and whole numbers.

    `directed` is “false” where its relation has no direction; `evidence` has a line for each
    attestation: voice, stance, document, place in it. `qualities` are what those who put it forward
    say of it besides, as (name, value): numbers where all of a quality are plain ones.
    """

    id: str
    source: str
    target: str
    relation: str
    label: str
    directed: str
    status: str
    basis: str
    voices: int
    documents: int
    opposing: int
    earliest: str
    latest: str
    sentence: str
    evidence: str
    qualities: tuple[tuple[str, Value], ...] = ()


class Content:
    """What of a graph is handed on; `root` is the folder of its case, if there is one.

    Cost: what is asked is read when it is asked, in order.
    """

    def __init__(self, graph: Graph, lens: Lens | None = None, root: str = "") -> None:
        self.whole, self.lens, self.root = graph, lens or Lens(), root
        self.graph = through(graph, self.lens)
        self.terms = graph.terms
        self._teller = Teller(graph)
        self._held: set[str] | None = None
        self._besides: Mapping[str, Mapping[str, Value]] | None = None

    @property
    def about(self) -> dict[str, str]:
        """Title, base IRI, licence, lens, version and caveat, those that there are."""
        case: Any = self.graph.manifest["case"]
        found = {name: str(case[name]) for name in ("title", "base", "licence") if case.get(name)}
        if self.graph.seen:
            found["seen"] = self.graph.seen
        return {**found, "version": self.graph.version, "caveat": CAVEAT}

    def head(self, loses: str) -> list[str]:
        """What stands above a file that can hold a comment."""
        about = self.about
        lines = [f"{about.get('title', '')} (graph {about['version']})", CAVEAT]
        if seen := about.get("seen"):
            lines.append(f"Seen through: {seen}.")
        if licence := about.get("licence"):
            lines.append(f"Licence: {licence}")
        if loses:
            lines.append(f"This form cannot hold: {loses}.")
        return [" ".join(line.split()) for line in lines]

    def entities(self) -> Iterator[Entity]:
        """Every entity, by id."""
        return self.graph.ledger.entities()

    @property
    def besides(self) -> Mapping[str, Mapping[str, Value]]:
        """What is said of claims besides, by claim and quality."""
        if self._besides is None:
            from kg.store.besides import qualities

            self._besides = qualities(self.graph)
        return self._besides

    @property
    def held(self) -> set[str]:
        """The ids of all entities."""
        if self._held is None:
            self._held = {entity.id for entity in self.entities()}
        return self._held

    def told(self) -> Iterator[Told]:
        """Every claim with its evidence, by relation, subject, object; figures last."""
        return map(self._teller.tell, self.graph.ledger.claims())

    def joins(self, claim: Told) -> bool:
        """Whether a claim is between two entities: neither a figure nor about an attestation."""
        return not claim.figure and claim.subject in self.held and claim.object in self.held

    def edges(self) -> Iterator[Edge]:
        """The claims between two entities."""
        return (in_columns(c, self.besides.get(c.id, {})) for c in self.told() if self.joins(c))

    def edge(self, claim: Claim) -> Edge:
        """One claim, or figure, in columns."""
        return in_columns(self._teller.tell(claim), self.besides.get(claim.id, {}))

    def others(self) -> Iterator[Told]:
        """The claims that join no two entities: figures, and what is said of an attestation."""
        return (c for c in self.told() if not self.joins(c))

    def name(self, entity: str) -> str:
        """What an entity is called."""
        return self._teller.words.name(entity)

    def kind(self, name: str) -> str:
        """What a class is called."""
        return self.terms.classes[name].label

    def iri(self, entity: str) -> str:
        """The IRI of an entity, a claim (``claim/…``) or an attestation (``attestation/…``)."""
        return self.graph.base + entity


def in_columns(claim: Told, besides: Mapping[str, Value]) -> Edge:
    """A claim in columns, with what is said of it besides."""
    s = claim.standing
    return Edge(
        id=claim.id,
        source=claim.subject,
        target=claim.object,
        relation=claim.relation,
        label=claim.relation_label,
        directed="false" if claim.symmetric else "true",
        status=s.status.lower(),
        basis=s.basis.lower(),
        voices=s.voices,
        documents=s.documents,
        opposing=s.opposing,
        earliest=claim.earliest,
        latest=claim.latest,
        sentence=claim.sentence,
        evidence="\n".join(map(evidence, claim.spoken)),
        qualities=tuple(sorted(besides.items())),
    )


def evidence(said: Spoken) -> str:
    """An attestation on one line."""
    back = ", taken back" if said.side == "withdrawn" and said.stance != "retracts" else ""
    period = f" ({said.period})" if said.period else ""
    return f"{said.voice_name} {said.stands}{back}{period}: {said.place}"
