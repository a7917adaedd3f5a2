"""Where the rows of a graph come from: a case's folder, an importer, another store.

`kg.store.build` takes any of them. A source says what the whole is called and which terms
it has, and then gives every entity, and every attestation with the claim it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kg.case.claim_rows import Said
from kg.case.ids import Judgement
from kg.case.kept import Kept
from kg.case.row import Problems
from kg.case.withhold import Withheld
from kg.model.claims import Entity
from kg.model.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Rows:
    """What a source holds, read once: all entities first, then what is said of them.

    With an entity come the claims that its own row makes. `merged` maps records to the
    ones they give way to, and is known before the first row; `judged` has the place, a file
    and its row, of the judgement that says so. `withheld` is what pages and exports leave out.
    `kept` gathers, while the rows are read, what reading only some of them needs the next time;
    there where the source can be read so.
    """

    entities: Iterable[tuple[Entity, tuple[Said, ...]]]
    attestations: Iterable[Said]
    merged: Mapping[str, str] = field(default_factory=dict)
    judgements: Sequence[Judgement] = ()
    judged: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    withheld: Sequence[Withheld] = ()
    kept: Kept | None = None

    def resolve(self, name: str) -> str:
        """The record that stands for this one."""
        return self.merged.get(name, name)


class Source(Protocol):
    """Gives the rows of one graph, as often as it is read."""

    @property
    def out(self) -> Path:
        """The folder that the graph is built in."""

    @property
    def root(self) -> Path | None:
        """The folder of its files, that a graph is compared with later; None if it has none."""

    @property
    def about(self) -> Mapping[str, Any]:
        """Title, description, licence, base IRI, language, editors, version."""

    @property
    def ontology(self) -> Ontology:
        """The core terms and its own."""

    def turtle(self) -> Iterator[str]:
        """The ontology as N-Triples, core terms included, for the store."""

    def digests(self) -> dict[str, str]:
        """What tells one state of the source from another, part by part: equal, and so is the graph."""

    def rows(self, problems: Problems) -> Rows:
        """Everything it holds; what is wrong is reported and left out."""
