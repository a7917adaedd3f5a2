"""The numbers that rows say besides, as figures that can be set side by side."""

from __future__ import annotations

from kg.model.claims import Attestation, Claim, reach
from kg.model.qualities import NUMBERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model.ontology import Ontology


def numeric(terms: Ontology, said: Iterable[Attestation]) -> list[str]:
    """The qualities of some rows that are numbers, by name."""
    held = {name for a in said for name, _ in a.qualities}
    return sorted(name for name in held if terms.qualities[name].datatype in NUMBERS)


def figure(terms: Ontology, claim: Claim, name: str) -> Claim:
    """A claim as if the number of one of its qualities were a figure: rows without one have none.

    The rows keep their ids.
    """
    return claim._replace(attestations=tuple(_numbered(terms, a, name) for a in claim.attestations))


def _numbered(terms: Ontology, a: Attestation, name: str) -> Attestation:
    held = dict(reversed(a.qualities))
    if name not in held:
        return a._replace(value="", unit="", qualifier="")
    term = terms.qualities[name]
    low, high = reach(held[name])
    qualifier = "exact" if low and high else "at-least" if low else "at-most"
    value = low or high if low == high or not (low and high) else f"{low}..{high}"
    unit = term.unit or held.get(term.unit_from, "")
    return a._replace(value=value, unit=unit, qualifier=qualifier)
