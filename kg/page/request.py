"""Which entities and claims a page is to show: what a query selects, paths, what is near.

A choice is ids and the words for it; `kg.page.subgraph` reads what they stand for.
Several choices add up.
"""

from __future__ import annotations

import re

from kg.analysis import path_text, paths
from kg.analysis.path_absence import why_none
from kg.model.claims import Claim, Path, is_entity
from kg.model.errors import NotFound, NothingThere, OutOfBounds, UsageError
from kg.model.record import Record
from kg.sparql.query import Answer, Limits
from kg.store.graph import Graph
from kg.store.lens import Lens
from kg.store.seen_graph import through
from kg.text.sentences import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.analysis.among import Among

_TRIPLE = re.compile(r"<([^>]*)> <([^>]*)> (?:<([^>]*)>|.*) \.")


class Choice(Record):
    """What to show: `entities`, and of the claims those between `joined` ones and those in `claims`.

    Those in `named` were asked for one by one and are drawn whatever their class;
    documents, places and topics among the others start out switched off.
    `highlight` are ids that start out lifted, `title` and `text` say what was
    chosen, `said` how. `paths` are those chosen, the best first, `note` what they do not say.
    """

    entities: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    highlight: tuple[str, ...] = ()
    title: str = ""
    text: str = ""
    said: str = ""
    paths: tuple[Path, ...] = ()
    note: str = ""


def together(choices: Sequence[Choice]) -> Choice:
    """All that any of them shows."""
    return Choice(
        frozenset().union(*(c.entities for c in choices)),
        frozenset().union(*(c.joined for c in choices)),
        frozenset().union(*(c.claims for c in choices)),
        frozenset().union(*(c.named for c in choices)),
        tuple(dict.fromkeys(name for c in choices for name in c.highlight)),
        "; ".join(c.title for c in choices),
        " ".join(c.text for c in choices if c.text),
        "; ".join(c.said for c in choices),
        tuple(path for c in choices for path in c.paths),
        " ".join(c.note for c in choices if c.note),
    )


def around(graph: Graph, focus: Sequence[str], depth: int = 1, gone: bool = False) -> Choice:
    """What lies within so many hops of some entities, through what is no more only with `gone`.

    Raises NotFound for an id that is none.
    """
    words = Wording(graph.ledger, graph.terms)
    chosen = {graph.ledger.entity(name).id for name in focus}
    edge = set(chosen)
    for _ in range(depth):
        near = {
            end
            for name in edge
            for claim in graph.ledger.claims_about(name)
            for end in (claim.subject, claim.object)
        }
        edge = {*filter(is_entity, near - chosen)}
        chosen |= edge
        edge = {n for n in edge if gone or not words.state(n)}
    names = " and ".join(graph.ledger.name(name) for name in focus)
    title = f"{names} and what is within {depth} hop{'s' * (depth > 1)}"
    said = f"around {', '.join(focus)}, {depth} hop{'s' * (depth > 1)}"
    whole, ends = frozenset(chosen), tuple(focus)
    return Choice(whole, whole, frozenset(), frozenset(focus), ends, title, "", said)


def walked(graph: Graph, found: Sequence[Path]) -> Choice:
    """The entities of paths with the claims of their hops; the best path starts out lifted."""
    name = graph.ledger.name
    nodes = frozenset(node for path in found for node in path.nodes)
    hops = [hop for path in found for hop in path.hops]
    # What is said of somebody is a claim of others: of a hop of speech a few are drawn with their ends.
    shown = [c for hop in hops for c in hop.claims[: path_text.STATEMENTS if hop.kind else None]]
    claims = frozenset(c.id for c in shown)
    told = {end for c in shown for end in (c.subject, c.object)}
    entities = nodes | {end for end in told if end and not end.startswith("attestation/")}
    ends = found[0].nodes[0], found[0].nodes[-1]
    title = f"Paths between {name(ends[0])} and {name(ends[1])}"
    said = f"the {len(found)} best paths between {ends[0]} and {ends[1]}"
    return Choice(
        entities,
        claims=claims,
        named=nodes,
        highlight=found[0].nodes,
        title=title,
        said=said,
        paths=tuple(found),
        note=path_text.caveat(found),
    )


def joining(graph: Graph, found: Among) -> Choice:
    """The entities that were named, and what joins them; those named start out lifted."""
    drawn = walked(graph, found.paths)
    named = frozenset(found.named)
    return drawn._replace(
        entities=drawn.entities | named,
        named=drawn.named | named,
        highlight=found.named,
        title=f"What joins {len(found.named)} actors",
        said=f"what joins {', '.join(found.named)}",
        paths=(),
    )


def answered(graph: Graph, answer: Answer, title: str, said: str) -> Choice:
    """What an answer names: entities, and claims with their ends; an attestation names its claim.

    Claims that are named, or are the edges of a graph, are the only ones to be
    drawn; an answer without any is drawn with all claims between its entities.
    Raises UsageError for an ASK, OutOfBounds if the answer was cut, NothingThere
    if it names nothing.
    """
    if answer.kind == "ask":
        raise UsageError("an ASK answers yes or no; give a SELECT, CONSTRUCT or DESCRIBE")
    if answer.truncated:
        raise OutOfBounds("the query has more rows than a page can show; narrow it or give a LIMIT")
    found = _Named(graph)
    if answer.kind == "select":
        for row in answer.rows:
            for term in row:
                if term and term.kind == "uri":
                    found.take(term.value)
    else:
        for triple in _triples(answer.text):
            found.take_triple(*triple)
    if not found.entities:
        raise NothingThere(_why_empty(graph, answer))
    named, claims = frozenset(found.entities), frozenset(found.claims)
    joined = frozenset() if claims else named
    return Choice(named, joined, claims, named, (), title, found.text(), said)


def _why_empty(graph: Graph, answer: Answer) -> str:
    if answer.kind == "graph":
        return "the query makes no triple about an entity of this graph: nothing to draw"
    if not answer.rows:
        return "the query has no rows: nothing to draw"
    columns = ", ".join(f"?{v}" for v in answer.variables)
    return (
        f"the query names no entity of this graph in {columns}: nothing to draw; select the "
        f"entities themselves (IRIs that begin with {graph.base}), not their names"
    )


class _Named:
    """Gathers what IRIs stand for."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.entities: set[str] = set()
        self.claims: set[str] = set()
        self._seen: set[str] = set()
        self._edges: dict[str, dict[tuple[str, str], list[str]]] = {}
        self._unsaid = 0
        self._relations = {term.iri: name for name, term in graph.terms.relations.items()}

    def take(self, iri: str) -> None:
        """An IRI, if it is an entity, a claim or an attestation; anything else is passed over."""
        if iri in self._seen:
            return
        self._seen.add(iri)
        ledger, name = self._graph.ledger, self._graph.local(iri)
        if name == iri and iri.startswith(("claim/", "attestation/")):
            return
        kind, slash, mark = name.partition("/")
        try:
            if slash and kind == "attestation":
                self._take_claim(ledger.claim(ledger.attestation(mark).claim))
            elif slash and kind == "claim":
                self._take_claim(ledger.claim(mark))
            else:
                self.entities.add(ledger.entity(name).id)
        except NotFound:
            return

    def _take_claim(self, claim: Claim) -> None:
        self.claims.add(claim.id)
        for end in (claim.subject, claim.object):
            if is_entity(end):
                self.entities.add(end)

    def take_triple(self, subject: str, predicate: str, target: str) -> None:
        """An edge between entities is the claim it stands for; of other triples the subject is taken."""
        self.take(subject)
        name, other = map(self._graph.local, (subject, target))
        if name in self.entities:
            self.take(target)
        if name not in self.entities or other not in self.entities:
            return
        if name not in self._edges:
            self._edges[name] = {}
            for c in self._graph.ledger.claims_about(name):
                for relation, far in self._follow(c, name) if not c.figure else ():
                    self._edges[name].setdefault((relation, far), []).append(c.id)
        marks = self._edges[name].get((self._relations.get(predicate, ""), other), ())
        self.claims.update(marks)
        self._unsaid += not marks

    def _follow(self, claim: Claim, name: str) -> Iterator[tuple[str, str]]:
        """(relation, far end) of the direct edges that go out from an end of a claim."""
        terms = self._graph.terms
        for relation in terms.above(claim.relation):
            if claim.subject == name:
                yield relation, claim.object
            elif any(terms.relations[n].symmetric for n in terms.above(claim.relation)):
                yield relation, claim.subject

    def text(self) -> str:
        """What of a graph is not drawn."""
        if not self._unsaid:
            return ""
        edges = "One edge" if self._unsaid == 1 else f"{self._unsaid:,} edges"
        return f"{edges} of the query’s graph without a claim: not drawn."


def _triples(text: str) -> Iterator[tuple[str, str, str]]:
    for line in text.splitlines():
        if match := _TRIPLE.fullmatch(line):
            yield match[1], match[2], match[3] or ""


def choose(
    graph: Graph,
    lens: Lens,
    *,
    focus: Sequence[str] = (),
    depth: int = 1,
    query: str = "",
    name: str = "",
    values: Mapping[str, str] | None = None,
    path: Sequence[str] = (),
    options: paths.Options | None = None,
    limits: Limits | None = None,
) -> Choice | None:
    """All that is asked for, or None for everything.

    `focus` and `path` are ids; a query is asked of the whole graph, since SPARQL
    knows no lens. Raises NothingThere, saying why, if any part selects nothing.
    """
    seen = through(graph, lens)
    choices = []
    if query:
        answer = graph.store.query(query, graph.prefixes, limits, form="nt")
        choices.append(answered(graph, answer, _title(query), f"query: {' '.join(query.split())}"))
    if name:
        choices.append(_by_name(graph, name, values or {}, limits))
    if path:
        options = options or paths.Options()
        # What the lens wants of a claim's standing, a path wants of each hop.
        eye = through(graph, lens._replace(statuses=(), bases=()))
        options = options._replace(statuses=lens.statuses, bases=lens.bases)
        found = paths.find_paths(eye, path[0], path[1], options)
        if not found:
            raise NothingThere(why_none(eye, path[0], path[1], options, graph))
        choices.append(walked(graph, found))
    if focus:
        choices.append(around(seen, focus, depth, bool(options and options.gone)))
    return together(choices) if choices else None


def _by_name(graph: Graph, name: str, values: Mapping[str, str], limits: Limits | None) -> Choice:
    from kg.sparql import named

    question = named.named(name, graph)
    answer = named.ask(graph, question, values, limits)
    given = ", ".join(f"{k}: {v}" for k, v in values.items())
    title = f"{question.question}{f' ({given})' if given else ''}"
    return answered(graph, answer, title, f"question {name}{f' ({given})' if given else ''}")


def _title(query: str) -> str:
    """What the comment on a query's first line says, or that it is a query."""
    first = query.strip().partition("\n")[0]
    return first.lstrip("# ").strip() if first.startswith("#") else "What a query selects"
