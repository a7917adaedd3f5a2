"""Whose name some words are: which record is meant, or what has to be asked back."""

from __future__ import annotations

from kg.model.errors import Ambiguous, NotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.graph import Graph


def named(graph: Graph, text: str) -> str:
    """The id of what has this id, IRI, name or alias, or alone has all these words.

    What was taken for words that are nobody's name is told. Raises NotFound with what is spelt
    alike, Ambiguous with all that may be meant.
    """
    try:
        found = graph.ledger.find(graph.local(text))
    except NotFound:
        from kg.text.untrusted import sound

        if "\ufffd" in sound(text):
            # Bytes that are no text are part of no name; its other letters are not taken for it.
            raise
        return _worded(graph, text)
    if bodies := _named_after(graph, found, text):
        raise Ambiguous(text, _called(graph, [found, *bodies]))
    return found


def _worded(graph: Graph, text: str) -> str:
    """The record that words stand for which are nobody's name."""
    from kg.text.forms import bare

    names = graph.ledger.names
    if (plain := bare(text)) != text:
        try:
            several = [graph.ledger.find(plain)]
        except NotFound:
            several = names.worded(text)
    else:
        several = names.worded(text)
    if len(several) == 1:
        graph.taken(text, several[0])
        return several[0]
    hits = names.hits(text, limit=8)
    if not several:
        raise NotFound(text, _called(graph, [hit.entity for hit in hits]))
    from kg.store.name_match import FOLDED, FORM

    # A short name or another text of its row is a name too, though not one that is looked up.
    whole = [hit.entity for hit in hits if hit.tier <= FOLDED]
    if len(whole) == 1:
        graph.taken(text, whole[0])
        return whole[0]
    # What goes by such initials may be meant as well, and rather.
    short = [hit.entity for hit in hits if hit.tier == FORM]
    raise Ambiguous(text, _called(graph, [*dict.fromkeys((*short, *several))]))


def _named_after(graph: Graph, found: str, text: str) -> list[str]:
    """The bodies that go by a place's name, if one of them is not declared to belong to it.

    Who says “Fuzhou” may mean the city, its authorities or its police. A place is taken for
    what is named after it, and that is told, only where all of it would be found there.
    """
    if text == found or graph.local(text) != text or text.startswith("id:"):
        return []
    terms, ledger = graph.terms, graph.ledger
    kind = ledger.entity(found).kind
    if terms.walked(kind) or not any(terms.is_a(kind, place) for place in terms.places):
        return []
    bodies = [n for n in ledger.names.named_after(text) if n != found and _acts(graph, n)]
    if {*bodies} - {*ledger.parts(found)}:
        return bodies
    if bodies:
        graph.taken(text, found, bodies)
    return []


def _acts(graph: Graph, name: str) -> bool:
    """Whether a record is a public authority, or is called what its class is: a bureau, a bank."""
    entity, terms = graph.ledger.entity(name), graph.terms
    if not terms.walked(entity.kind):
        return False
    if any(terms.is_a(entity.kind, k) for k in terms.playing("PublicAuthority")):
        return True
    label = terms.classes[entity.kind].label.casefold()
    return any(label in called.casefold().split() for called in (entity.name, *entity.aliases))


def _called(graph: Graph, ids: Sequence[str]) -> list[tuple[str, str]]:
    return [(id_, graph.ledger.name(id_)) for id_ in ids]
