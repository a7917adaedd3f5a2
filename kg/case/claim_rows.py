"""A row of claims.csv or figures.csv as a checked attestation of a claim."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from kg.case import cells, quality_cells
from kg.case.ids import Register
from kg.case.row import Row, quoted
from kg.model import dates
from kg.model.claims import QUALIFIERS, TEXTS, Attestation, ends
from kg.model.ontology import CALLED, Term
from kg.model.record import Record
from kg.model.standing import STANCES
from kg.text.spelling import Likely, did_you_mean

SOURCE = ("document", "locator", "passage", "passage_digest", "via", "voice")
EVIDENCE = (
    *("from", "to", "stance", "voice", "via", "said", "instead_of", "document"),
    *(column for column, _ in TEXTS.values()),
    "key",
)
_NAMES = re.compile(r"\s*<\s*")
CLAIM = ("subject", "relation", "object", *EVIDENCE)
FIGURE = ("subject", "measure", "value", "unit", "qualifier", "scope", *EVIDENCE)
# The columns of TEXTS, in the order of the fields of an attestation.
_TEXTS = [TEXTS[field][0] for field in Attestation._fields if field in TEXTS]
# What follows them, as it is until other columns are read.
_AFTER = ("value", "unit", "qualifier", "party", "qualities", "living")
_REST = [Attestation._field_defaults[field] for field in _AFTER]
COLUMNS = frozenset((*CLAIM, *FIGURE))
NEEDED = {
    "claims": (*CLAIM[:3], "document", "locator"),
    "figures": (*FIGURE[:3], "document", "locator"),
}


class Said(Record):
    """An attestation with the claim that it is about, and the (file, row) it was read from."""

    subject: str
    relation: str
    object: str
    figure: bool
    attestation: Attestation
    place: tuple[str, int]


def read(row: Row, figure: bool, known: Register) -> Said | None:
    """What a row says, an ``@key`` left as its object; nothing if the row breaks a rule."""
    get = row.cells.get
    term = _term(row, figure, known)
    subject, target = get("subject", ""), get("scope" if figure else "object", "")
    _end(row, "subject", term, term.domains if term else (), known)
    if figure:
        if target:
            _end(row, "scope", term, (), known)
        check_number(row, "value", "qualifier")
    elif target.startswith("@"):
        if term and not term.takes_attestation:
            can = ", ".join(t.id for t in known.terms.relations.values() if t.takes_attestation)
            expected = f"an entity; a row only after {can}" if can else "an entity"
            row.fault("object", quoted(target), expected)
    else:
        _end(row, "object", term, term.ranges if term else (), known)
        if subject and subject == target:
            row.warn("object", "the subject itself", "another entity")
    if term and term.id == CALLED:
        row.fault("relation", quoted(CALLED), "another relation: names stand in names.csv")
    if term:
        check_period(row, term)
    check_instead(row)
    said = quality_cells.read(row, term, known) if term else ()
    a = evidence(row, known, term.kind if term else "")
    if not a or not term:
        return None
    if said:
        a = a._replace(qualities=said)
    if figure:
        qualifier = row.get("qualifier") or "exact"
        a = a._replace(value=row.get("value"), unit=row.get("unit"), qualifier=qualifier)
    one, other = term.ends(known.resolve(subject), known.resolve(target))
    return Said(one, term.id, other, figure, a, row.place)


def check_period(row: Row, term: Term) -> None:
    """Report an end of what happens once."""
    end = row.cells.get("to", "")
    if end and term.kind == "event" and end != row.get("from"):
        found = f"{quoted(end)}, and {term.id} is an event"
        row.fault("to", found, "a time in the column from only")


def check_instead(row: Row) -> None:
    """Report a row to be replaced that is not named by its key."""
    if (instead := row.cells.get("instead_of", "")) and not instead.startswith("@"):
        row.fault("instead_of", quoted(instead), "@ and a key")


def timed(a: Attestation, term: Term, row: Row) -> Attestation:
    """An attestation with its days as a relation of its kind has them."""
    latest, holds_to = _days(row, term.kind, a.latest, a.holds_to)
    same = latest == a.latest and holds_to == a.holds_to
    return a if same else a._replace(latest=latest, holds_to=holds_to)


def _days(row: Row, kind: str, latest: str, holds_to: str) -> tuple[str, str]:
    """The last day on which it was so, and on which it counts as so, of a term of a kind."""
    if kind == "event":
        # What has happened is not undone by a later day.
        return latest, ""
    if latest and kind == "state" and row.cells.get("from") and not row.cells.get("to"):
        # A state whose end nobody tells has none: "since 2015" is not "in 2015".
        return "", holds_to
    return latest, holds_to


class _Times(Record):
    """What the cells of time say: a period as printed with its days, and when it was said."""

    printed: str
    earliest: str
    latest: str
    holds_from: str
    holds_to: str
    said: dates.Span


@lru_cache(20_000)
def _times(start: str, end: str, said: str) -> _Times | None:
    """What three cells say together; None if there is anything to be told of them."""
    if ".." in (start, said):
        return None
    try:
        spans = dates.parse(start), dates.parse(end), dates.parse(said)
    except ValueError:
        return None
    return None if spans[1].latest and dates.after(*spans[:2]) else _together(*spans)


def _told_times(row: Row) -> _Times:
    """The same of a row, and what is to be told."""
    start, end = cells.date(row, "from"), cells.date(row, "to", open_end=True)
    said = cells.date(row, "said")
    if end.latest and dates.after(start, end):
        found = f"it ends ({end.text}) before it begins ({start.text})"
        row.warn("to", found, "an end after the beginning")
    return _together(start, end, said)


def _together(start: dates.Span, end: dates.Span, said: dates.Span) -> _Times:
    return _Times(*dates.period(start, end), start.earliest or start.latest, end.latest, said)


def evidence(row: Row, known: Register, kind: str = "") -> Attestation | None:
    """The columns that say who, where and when; claim and id are put in later.

    `kind` is that of the relation, where the row is of one: its days are as such a relation has them.
    """
    get = row.cells.get
    document, voice, via = get("document", ""), get("voice", ""), get("via", "")
    if not document:
        row.fault("document", "nothing", "the document that says so: no claim without a source")
    elif document in known.documents:
        pass
    elif known.expect(row, "document", document, "Document"):
        found = f"{quoted(document)} is {cells.a(known.kinds[document])}"
        row.fault("document", found, "a document")
    if not get("locator"):
        row.fault("locator", "nothing", "where in the document, as “para 3”")
    if voice and voice not in known.kinds:
        known.expect(row, "voice", voice)
    chain = _chain(row, known) if via else ""
    stance = get("stance") or "asserts"
    if stance not in STANCES:
        expected = f"one of {', '.join(STANCES)}"
        row.fault("stance", quoted(stance), expected, _meant(stance))
    passage = get("passage", "")
    for part in row.values("passage") if "|" in passage else (passage,) if passage else ():
        ends = cells.PASSAGE.fullmatch(part)
        if not ends or int(ends[1]) >= int(ends[2]):
            row.fault("passage", quoted(part), "START-END, two rising numbers, as 986-1040")
    digest = get("passage_digest", "")
    if digest and not cells.DIGEST.fullmatch(digest):
        row.fault("passage_digest", quoted(digest), "sha256: and hexadecimal digits")
    times = _times(get("from", ""), get("to", ""), get("said", "")) or _told_times(row)
    if not row.fine:
        return None
    said = times.said
    latest, holds_to = _days(row, kind, times.latest, times.holds_to)
    author, published = known.documents[document]
    voice = voice or author
    spoke = said if said.text else published
    told = dates.UNSAID if f"@{get('key')}" in known.misprints else said
    named = [name for way in row.values("via") for name in _NAMES.split(way)] if via else []
    known_from, known_to = _known(told, document, named, voice, known)
    locator, *texts = [get(column, "") for column in _TEXTS]
    # Whenever it was said, it was before it was printed.
    spoken = said.text, spoke.earliest, spoke.latest or published.latest
    days = times.printed, times.earliest, latest, *spoken, times.holds_from, holds_to
    who = known.resolve(voice), known.resolve(document)
    return Attestation._make(
        ("", "", stance, *who, locator, chain, *days, known_from, known_to, "", *texts, *_REST)
    )


def _known(
    said: dates.Span, document: str, via: list[str], voice: str, known: Register
) -> tuple[str, str]:
    """When what a document tells came to be known; what is said on no day, once for its sources."""
    held = known.documents
    if via:
        dated = tuple([name for name in (document, *via, voice) if name in held])
    else:
        dated = (document,) if voice == document or voice not in held else (document, voice)
    if not said.text and dated in known.heard:
        return known.heard[dated]
    found = heard(said, [held[name][1] for name in dated if name not in known.misprints])
    if not said.text:
        known.heard[dated] = found
    return found


def heard(said: dates.Span, printed: Iterable[dates.Span]) -> tuple[str, str]:
    """The first and the last day on which a statement may have come to be known.

    The day it was said; where no first day of that is told, its last day or the day on
    which one of its sources was in print, whichever is first. A day that a judgement calls a
    misprint makes nothing known: it is none of these.
    """
    if said.earliest:
        return said.earliest, said.latest or said.earliest
    spans = [(span.earliest or span.latest, span.latest) for span in printed if span.text]
    days = [(first, last or first) for first, last in spans if first]
    return min([*days, *([(said.latest, said.latest)] if said.latest else [])], default=("", ""))


def sealed(said: Said) -> Said:
    """Give claim and attestation their ids: hashes of what they say."""
    a = said.attestation
    claim = _hash(said.subject, said.relation, said.object, "figure" if said.figure else "")
    content = (claim, a.stance, a.voice, a.chain, a.period, a.said, a.instead_of, a.document)
    told = [text for pair in a.qualities for text in pair]
    mark = _hash(*content, a.locator, a.passage, a.value, a.unit, a.qualifier, *told)
    named = Attestation(mark, claim, *a[2:])
    return Said(said.subject, said.relation, said.object, said.figure, named, said.place)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def _term(row: Row, figure: bool, known: Register) -> Term | None:
    """The relation or measure of a row; reports one that the ontology does not have."""
    column = "measure" if figure else "relation"
    name, terms = row.cells.get(column, ""), known.terms
    here = terms.measures if figure else terms.relations
    if name not in here:
        there = terms.relations if figure else terms.measures
        other = "claims.csv" if figure else "figures.csv"
        hint = f"it belongs in {other}" if name in there else Likely(name, here)
        row.fault(column, quoted(name), f"a {column} of the ontology", hint)
    return here.get(name)


def _end(
    row: Row, column: str, term: Term | None, wanted: tuple[str, ...], known: Register
) -> None:
    """Report an end of a claim that is no entity, or of a class its term does not join."""
    name = row.cells.get(column, "")
    kind = known.kinds.get(name)
    if kind is None:
        known.expect(row, column, name, next(iter(wanted), ""))
    elif lacks := known.terms.lacking(kind, wanted):
        says = f", as {term.id} says" if term else ""
        found = f"{quoted(name)} is {cells.a(kind)}"
        row.fault(column, found, f"{cells.a(lacks)}{says}")


# What people write where one of the seven words is meant, by its stem or as it stands.
_MEANT = {
    "denies": "deny deni reject refut contradict rebut repudiat disclaim negat false untrue no not wrong",
    "disputes": "challeng contest object criticis criticiz doubt disagree oppos dispel disput debunk",
    "asserts": "confirm affirm state stating says said say tell told report report assert maintain "
    "insist declar admit acknowledg support true yes agree attest establish know is",
    "alleges": "claim accus suggest believ suspect suppos rumour rumor hint impl alleg assum think",
    "announces": "plan promis intend announc will propos pledg expect forecast predict vow",
    "questions": "ask asks asked wonder question inquir enquir query unclear unsure unknown",
    "retracts": "withdr withdraw retract recant revok take back took back correct apologi delet",
}


@lru_cache(1000)
def _meant(found: str) -> str:
    """The stance that a word means: one of the same meaning, or the nearest in spelling."""
    word = found.casefold().strip()
    for stance, stems in _MEANT.items():
        for stem in stems.split():
            if word == stem or (len(stem) > 3 and word.startswith(stem)):
                return f"did you mean “{stance}”?"
    return did_you_mean(found, STANCES)


def _chain(row: Row, known: Register) -> str:
    """The cell as ids of the records that stand; reports what cannot be between its ends."""
    ends = {row.get("document"): "is the document itself", row.get("voice"): "is the voice itself"}
    ways: list[list[str]] = []
    for way in ([part.strip() for part in way.split("<")] for way in row.values("via")):
        seen = ends | ({way[0]: "is there twice"} if way in ways else {})
        for speaker in way:
            if known.expect(row, "via", speaker) and speaker in seen:
                found = f"{quoted(speaker)} {seen[speaker]}"
                row.fault("via", found, "what stands between document and voice")
            seen.setdefault(speaker, "is there twice")
        ways.append(way)
    return " | ".join(" < ".join(known.resolve(v) for v in way) for way in ways)


def check_number(row: Row, column: str, qualified: str) -> None:
    """Report what is no number, or has a qualifier that there is not; by the names of the columns."""
    value, qualifier = row.get(column), row.get(qualified)
    low, high = ends(value)
    both = cells.NUMBER.fullmatch(low) and cells.NUMBER.fullmatch(high)
    if both and Decimal(low) > Decimal(high):
        row.fault(column, quoted(value), f"a range that rises, as {high}..{low}")
    elif both and ".." in value and qualifier not in ("", "exact", "about"):
        row.fault(qualified, quoted(qualifier), "about, or nothing, beside a range")
    elif not both or value.endswith(".."):
        expected = "a plain number, as 230000 or 0.5, or a range, as 25..30"
        hint = cells.value_hint(value, row.file.rpartition(".")[0])
        if column != "value":
            hint = hint.replace("the column unit", f"the column {column}_unit")
        row.fault(column, quoted(value), expected, hint)
    if qualifier and qualifier not in QUALIFIERS:
        expected = f"one of {', '.join(QUALIFIERS)}"
        row.fault(qualified, quoted(qualifier), expected, Likely(qualifier, QUALIFIERS))
