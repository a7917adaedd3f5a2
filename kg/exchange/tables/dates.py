"""When documents were in print, as the rows of the tables have it: it says what was known when."""

from __future__ import annotations

from kg.case.evidence_cells import heard
from kg.model import dates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kg.exchange.tables.records import Records
    from kg.model.claims import Attestation
    from kg.store.graph import Graph


class Printed:
    """The dates of print of all documents, of the records merged into them too."""

    def __init__(
        self,
        graph: Graph,
        records: Records,
        merged: Mapping[str, Sequence[str]],
        misprints: Collection[str],
    ) -> None:
        self._merged, self._misprints = merged, misprints
        self._spans: dict[str, dates.Span] = {}
        terms = graph.terms
        for kind in terms.below("Document"):
            for entity in graph.ledger.entities(kind):
                for row in records.rows(entity):
                    columns = terms.columns(terms.tables[row.table].id).items()
                    dated = [c for c, t in columns if "PublishedOn" in t.roles]
                    told = next((row.cells[c] for c in dated if row.cells.get(c)), "")
                    self._spans[row.cells["id"]] = dates.parse(told)

    def ends(self, a: Attestation) -> tuple[str, str]:
        """Document and voice as the row of an attestation has them: the records that were merged
        into these, where its days are theirs."""
        if a.document in self._merged or a.voice in self._merged:
            return self._row(a)[:2]
        return a.document, a.voice

    def misprinted(self, a: Attestation) -> bool:
        """Whether the day on which something was said counts as a misprint, by what is known when."""
        return bool(a.said) and self._row(a)[2]

    def _row(self, a: Attestation) -> tuple[str, str, bool]:
        said = dates.parse(a.said)
        for told in (said, dates.UNSAID):
            for document in (a.document, *self._merged.get(a.document, ())):
                printed = self._spans.get(document, dates.UNSAID)
                spoke = said if said.text else printed
                if (spoke.earliest, spoke.latest or printed.latest) != (
                    a.said_earliest,
                    a.said_latest,
                ):
                    continue
                for voice in (a.voice, *self._merged.get(a.voice, ())):
                    if self._heard(told, document, *a.via, voice) == (
                        a.known_earliest,
                        a.known_latest,
                    ):
                        return document, voice, told is not said
        return a.document, a.voice, False

    def _heard(self, said: dates.Span, *names: str) -> tuple[str, str]:
        spans = (self._spans.get(name) for name in names if name not in self._misprints)
        return heard(said, (span for span in spans if span))
