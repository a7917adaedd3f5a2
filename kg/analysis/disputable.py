"""The claims in which a disagreement can be found at all: most of a large graph nobody else speaks of.

What is left out has one row, is no number, and nothing that finds disagreements would set it beside
anything: no rule's pattern fits it, none of its ends may be another record, it says nothing of a
statement or of a document. So what is found in the others is what is found in all.
"""

from __future__ import annotations

from kg.model.rules import EXCLUSIVE, RULES_OUT, SUPERLATIVE, Pattern, pattern
from kg.model.standing import OPPOSITION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.analysis.parts import Parts
    from kg.model.claims import Claim
    from kg.model.rules import Rule
    from kg.store.graph import Graph

    # A condition on claims, and the values in it.
    Some = tuple[str, tuple[str, ...]]

_SEVERAL = "id in (select claim from said group by claim having count(*) > 1)"
_INSTEAD = (
    "id in (select claim from said where instead_of <> '')",
    "id in (select claim from said where id in "
    "(select instead_of from said where instead_of <> ''))",
)
_OF_STATEMENTS = "object >= 'attestation/' and object < 'attestation0'"
# Above so many names a condition is not asked: everything is read.
_MOST = 5000


def disputable(graph: Graph, parts: Parts) -> Iterator[Claim]:
    """The claims that may disagree with something, in the order of the ledger.

    Cost: a look by the database at the claim of every row, and at every claim where there are
    numbers or relations that conditions speak of; then these claims.
    """
    some: list[Some] = [(text, ()) for text in (_SEVERAL, *_INSTEAD, _OF_STATEMENTS)]
    if _used(graph, graph.terms.measures):
        some.append(("figure", ()))
    some += _remarks(graph)
    some += _fitting(graph)
    twins = sorted({one for one, _, _ in graph.ledger.unsure()})
    some += [_among("subject", twins), _among("object", twins)] if twins else []
    if parts.above:
        stance, values = _among("stance", OPPOSITION)
        some.append((f"id in (select claim from said where {stance})", values))
    if sum(len(values) for _, values in some) > _MOST:
        return graph.ledger.claims()
    return graph.ledger.claims_where(some)


def _used(graph: Graph, names: Iterable[str]) -> list[str]:
    """Those of some relations or measures that claims have."""
    return sorted(graph.ledger.counts.of("relation").keys() & {*names})


def _remarks(graph: Graph) -> Iterator[Some]:
    """Claims about statements and documents, closings, and what documents with dates are cited for."""
    terms = graph.terms
    known = terms.relations.values()
    faults = _used(graph, [*terms.playing("FindsFaultWith"), *terms.playing("ObjectsTo")])
    kinds = sorted(k for k in terms.classes if terms.is_a(k, "Document"))
    if faults and kinds:
        relation, ones = _among("relation", faults)
        kind, others = _among("kind", kinds)
        yield f"{relation} and object in (select id from entity where {kind})", ones + others
    if closing := _used(graph, (t.id for t in known if "Closes" in t.roles)):
        yield _among("relation", closing)
    for t in known:
        if t.closed_state:
            yield "relation = ? and object = ?", (t.id, t.closed_state)
    if events := _used(graph, (t.id for t in known if t.kind == "event")):
        relation, values = _among("relation", events)
        yield f"{relation} and id in (select claim from said where chain <> '')", values
    if authors := sorted(_authors(graph)):
        voice, values = _among("voice", authors)
        yield f"id in (select claim from said where {voice})", values


def _authors(graph: Graph) -> set[str]:
    """The authors of documents that have several."""
    named = {*graph.terms.playing("Author")}
    if not named & graph.ledger.counts.of("attribute").keys():
        return set()
    found = set[str]()
    for entity in graph.ledger.entities():
        wrote = {value for name, value in entity.attributes if name in named}
        if len(wrote) > 1:
            found |= wrote
    return found


def _fitting(graph: Graph) -> Iterator[Some]:
    """Claims that fit a pattern of a rule by which something can be found."""
    wanted: dict[Some, None] = {}
    for rule in graph.terms.rules:
        for side in _sides(graph, rule):
            wanted |= dict.fromkeys(side)
    yield from wanted


def _sides(graph: Graph, rule: Rule) -> Sequence[Sequence[Some]]:
    """What a rule sets beside each other; nothing where one side has no claim."""
    if rule.kind == EXCLUSIVE:
        relations = _used(graph, rule.relations)
        return [[_among("relation", relations)]] if relations else []
    if rule.kind not in (RULES_OUT, SUPERLATIVE):
        return []
    sides = []
    for texts in (rule.one, rule.other):
        conditions = [s for text in texts if (s := _of_pattern(graph, pattern(text)))]
        if any(graph.ledger.any_where(*s) for s in conditions):
            sides.append(conditions)
        elif rule.kind == RULES_OUT or texts is rule.one:
            return []
    return sides


def _of_pattern(graph: Graph, wanted: Pattern) -> Some | None:
    """The claims that a pattern may fit, but for the classes of their ends; None for none."""
    conditions: list[Some] = []
    if "*" not in wanted.relation:
        relations = _used(graph, wanted.relation)
        if not relations:
            return None
        conditions.append(_among("relation", relations))
    terms = graph.terms
    held = graph.ledger.counts.of("class")
    both = any(t.symmetric for t in terms.relations.values() if t.id in wanted.relation)
    for column, words in (("subject", wanted.subject), ("object", wanted.object)):
        if words[0] == "*" or words[0].startswith("?"):
            continue
        kinds = [word for word in words if word in terms.classes]
        if not kinds and not both and "*" not in wanted.relation:
            conditions.append(_among(column, words))
        elif len(kinds) == len(words) and not any(
            terms.is_a(k, kind) for k in held for kind in kinds
        ):
            return None
    text = " and ".join(text for text, _ in conditions) or "true"
    return text, tuple(v for _, values in conditions for v in values)


def _among(column: str, values: Sequence[str]) -> Some:
    return f"{column} in ({','.join('?' * len(values))})", tuple(values)
