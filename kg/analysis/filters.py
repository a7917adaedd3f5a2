"""The filters of a listing: which claims are meant, and which of their attestations."""

from __future__ import annotations

from kg.model.claims import Attestation, Claim
from kg.model.errors import UsageError
from kg.model.record import Record
from kg.model.standing import STANCES
from kg.store.graph import Graph
from kg.store.lens import Lens, Seen
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


class Wanted(Record):
    """The filters of a listing; the fields are the arguments of `listing.claims`."""

    entity: str = ""
    subject: str = ""
    object: str = ""
    relation: str = ""
    document: str = ""
    voice: str = ""
    stance: str = ""
    since: str = ""
    until: str = ""


def selected(graph: Graph, lens: Lens, wanted: Wanted) -> Iterator[tuple[Claim, list[Attestation]]]:
    """The claims that meet the filters, with the attestations that do.

    Raises UsageError for a term, stance or date that is none, NotFound for an id that
    is none. Cost: the claims about the entity, else of the voice, else all.
    """
    begin, end = _span(wanted.since, wanted.until)
    pool = (claim for claim in _pool(graph, wanted) if all(_ends(claim, wanted)))
    for claim in Seen(graph, lens).claims(pool):
        if (begin or end) and not any(
            _within(graph, a, claim, begin, end) for a in claim.attestations if a.living
        ):
            continue
        said = [
            a
            for a in claim.attestations
            if wanted.document in ("", a.document)
            and wanted.voice in ("", a.voice)
            and wanted.stance in ("", a.stance)
        ]
        if said:
            yield claim, said


def undated(graph: Graph, lens: Lens, wanted: Wanted) -> int:
    """How many claims `since` and `until` leave out only because nobody dates them."""
    found = selected(graph, lens, wanted._replace(since="", until=""))
    return sum(not any(a.living and _dated(a) for a in claim.attestations) for claim, _ in found)


def known(group: Collection[str], name: str, what: str, *, told: bool = False) -> None:
    """Raise UsageError for a name that is not in the group; `told` names all that are."""
    if name and name not in group:
        wrong = f"“{name}” is no {what}"
        if told:
            wrong = f"{name} is no {what}: expected one of {', '.join(group)}"
        raise UsageError(f"{wrong}; {did_you_mean(name, group)}".rstrip("; "))


def _pool(graph: Graph, w: Wanted) -> Iterable[Claim]:
    terms, ledger = graph.terms, graph.ledger
    known([*terms.relations, *terms.measures], w.relation, "relation or measure")
    known(STANCES, w.stance, "stance")
    for name in (w.entity, w.subject, w.object, w.document, w.voice):
        if name.startswith("attestation/"):
            ledger.attestation(name.removeprefix("attestation/"))
        elif name:
            ledger.entity(name)
    end = w.subject or w.object or w.entity
    if end:
        return ledger.claims_about(end)
    return ledger.said_by(w.voice) if w.voice else ledger.claims()


def _within(graph: Graph, a: Attestation, claim: Claim, begin: str, end: str) -> bool:
    if not _dated(a) or (end and a.earliest > end):
        return False
    term = graph.terms.relations.get(claim.relation)
    lasts = bool(term and term.kind == "state") and " – " not in a.period
    return lasts or not a.latest or a.latest >= begin


def _dated(a: Attestation) -> bool:
    return bool(a.earliest or a.latest)


def _ends(claim: Claim, w: Wanted) -> Iterator[bool]:
    yield w.entity in ("", claim.subject, claim.object)
    yield w.subject in ("", claim.subject)
    yield w.object in ("", claim.object)
    yield w.relation in ("", claim.relation)


def _span(since: str, until: str) -> tuple[str, str]:
    """The first and the last day meant; a year or month means all of it."""
    if not (since or until):
        return "", ""
    from kg.model.dates import parse

    days = []
    for text, name in ((since, "since"), (until, "until")):
        try:
            span = parse(text)
        except ValueError as error:
            raise UsageError(f"{name} {text}: expected {error}") from error
        days.append(span.earliest if name == "since" else span.latest)
        if text and not days[-1]:
            raise UsageError(f"{name} {text}: expected a day, as 2022-10-29")
    begin, end = days
    if begin and end and begin > end:
        raise UsageError(f"since {since} is after until {until}")
    return begin, end
