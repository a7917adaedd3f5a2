"""Relations and measures below each other (rdfs:subPropertyOf): what is told of the tree, what comes down it."""

from __future__ import annotations

from kg.case.term_checks import circles
from kg.case.turtle import Facts
from kg.model.namespaces import RDFS
from kg.model.ontology import Ontology, Term, ordered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

BELOW = RDFS + "subPropertyOf"


def check(facts: Facts, terms: Ontology) -> None:
    """Tell circles, and ends that cannot be those of what a term lies below."""
    for group in (terms.relations, terms.measures):
        for circle in circles(group):
            shown = " > ".join([*circle[:6], *(["…"] if len(circle) > 6 else []), circle[0]])
            found = f"relations lie below each other in a circle: {shown}"
            hint = "take one rdfs:subPropertyOf out"
            facts.tell(group[circle[0]].iri, BELOW, found, "no circle", hint)
        for term in group.values():
            for parent in (group[name] for name in term.parents if name in group):
                for end, own, above in (
                    ("domain", term.domains, parent.domains),
                    ("range", term.ranges, parent.ranges),
                ):
                    _narrower(facts, terms, term, parent, end, own, above)


def _narrower(
    facts: Facts,
    terms: Ontology,
    term: Term,
    parent: Term,
    end: str,
    own: tuple[str, ...],
    above: tuple[str, ...],
) -> None:
    """Tell an end that is no kind of the parent's: in RDF it would be made one."""
    classes = terms.classes
    if not all(name in classes for name in (*own, *above)):
        return
    if lost := next((w for w in above if own and not any(terms.is_a(o, w) for o in own)), ""):
        found = f"the {end} of {term.id} is {' and '.join(own)}, and that of {parent.id} is {lost}"
        expected = f"{lost} or a narrower class, as {term.id} lies below {parent.id}"
        facts.tell(term.iri, RDFS + end, found, expected)


def inherited(group: Mapping[str, Term]) -> dict[str, Term]:
    """The terms of a group, each with what holds of those above it and it says nothing of itself.

    Roles and opposition hold below, so do ends and colours where a term has none of its own.
    """
    return {
        name: _with(term, [group[n] for n in ordered(name, group)[1:]])
        for name, term in group.items()
    }


def _with(term: Term, above: list[Term]) -> Term:
    if not above:
        return term
    first = {
        name: next(
            (value for t in (term, *above) if (value := getattr(t, name))), getattr(term, name)
        )
        for name in ("domains", "ranges", "colour", "colour_dark")
    }
    roles = dict.fromkeys(role for t in (term, *above) for role in t.roles)
    adverse = any(t.adverse for t in (term, *above))
    return term._replace(roles=tuple(sorted(roles)), adverse=adverse, **first)
