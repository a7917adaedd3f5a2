"""The ontology of a case as a Turtle file: its own terms, in their order."""

from __future__ import annotations

import re

from kg.model.namespaces import RDF, RDFS, local

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.model.ontology import Ontology, Term

# What a term is said to be below or to join, in the order that its fields have.
_ORDERED = {f"<{RDFS}{name}>": field for name, field in (
    ("subClassOf", "parents"), ("subPropertyOf", "parents"), ("domain", "domains"), ("range", "ranges"),
)}  # fmt: skip
_TYPE = f"<{RDF}type>"
_PLAIN = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")


def turtle(
    lines: Iterable[str], prefixes: Mapping[str, str], terms: Ontology | None = None
) -> Iterator[str]:
    """Triples, a line of N-Triples each, as Turtle under these prefixes; a subject a piece.

    Subjects stand in the order of `terms`, then by name.
    """
    known = [t for group in terms.groups for t in group.values()] if terms else []
    order = {f"<{term.iri}>": (i, term) for i, term in enumerate(known)}
    about: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        subject, predicate, target = line.rstrip().removesuffix(" .").split(" ", 2)
        about.setdefault(subject, []).append((predicate, target))
    yield "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in prefixes.items())
    short = _Short(prefixes)
    for subject in sorted(about, key=lambda s: (order[s][0] if s in order else len(order), s)):
        term = order[subject][1] if subject in order else None
        said: dict[str, list[str]] = {}
        for predicate, target in sorted(about[subject], key=lambda pair: _place(pair, term)):
            said.setdefault(short(predicate), []).append(short(target))
        parts = (f"{predicate} {' , '.join(targets)}" for predicate, targets in said.items())
        yield f"\n{short(subject)} " + " ;\n    ".join(parts) + " .\n"


def _place(pair: tuple[str, str], term: Term | None) -> tuple[bool, str, int, str]:
    """Where a triple stands among those of its subject."""
    predicate, target = pair
    names: Sequence[str] = (
        getattr(term, _ORDERED[predicate]) if term and predicate in _ORDERED else ()
    )
    name = local(target[1:-1])
    return predicate != _TYPE, predicate, names.index(name) if name in names else len(names), target


class _Short:
    """Writes IRIs by prefixes, where that is a plain name."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._spaces = sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        self._held: dict[str, str] = {_TYPE: "a"}

    def __call__(self, node: str) -> str:
        """A node of N-Triples as Turtle has it."""
        if node[0] == '"':
            text, _, kind = node.rpartition('"^^') if node[-1] == ">" else (node, "", "")
            return f'{text}"^^{self(kind)}' if kind else node
        if node not in self._held:
            self._held[node] = self._shortened(node)
        return self._held[node]

    def _shortened(self, node: str) -> str:
        iri = node[1:-1]
        for prefix, space in self._spaces:
            if space and iri.startswith(space) and _PLAIN.fullmatch(iri[len(space) :]):
                return f"{prefix}:{iri[len(space) :]}"
        return node
