"""The cells of a row that say who says so, where and when; claim and id are put in later."""

from __future__ import annotations

from functools import lru_cache

from kg.case import cells
from kg.case.ids import Register
from kg.case.row import Row, quoted
from kg.model import dates
from kg.model.claims import TEXTS, Attestation
from kg.model.record import Record
from kg.model.standing import STANCES
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

SOURCE = ("document", "locator", "passage", "passage_digest", "via", "voice")
EVIDENCE = (
    *("from", "to", "stance", "voice", "via", "said", "instead_of", "document"),
    *(column for column, _ in TEXTS.values()),
    "key",
)
# The columns of TEXTS, in the order of the fields of an attestation.
COPIED = tuple(TEXTS[field][0] for field in Attestation._fields if field in TEXTS)
# What follows them, as it is until other columns are read.
_AFTER = ("value", "unit", "qualifier", "party", "qualities", "living")
REST = tuple(Attestation._field_defaults[field] for field in _AFTER)


class Times(Record):
    """What the cells of time say: a period as printed with its days, and when it was said."""

    printed: str
    earliest: str
    latest: str
    holds_from: str
    holds_to: str
    said: dates.Span


class Way(Record):
    """What stands between document and voice: as an attestation has it, and the names in the cell."""

    chain: str = ""
    names: tuple[str, ...] = ()


STRAIGHT = Way()


@lru_cache(20_000)
def times(start: str, end: str, said: str, kind: str) -> Times | None:
    """What the cells from, to and said of a row say together, of a term of a kind.

    None if there is anything to be told of them.
    """
    if ".." in (start, said):
        return None
    try:
        spans = dates.parse(start), dates.parse(end), dates.parse(said)
    except ValueError:
        return None
    return None if spans[1].latest and dates.after(*spans[:2]) else _together(*spans, kind)


def _told_times(row: Row, kind: str) -> Times:
    """The same of a row, and what is to be told."""
    start, end = cells.date(row, "from"), cells.date(row, "to", open_end=True)
    said = cells.date(row, "said")
    if end.latest and dates.after(start, end):
        found = f"it ends ({end.text}) before it begins ({start.text})"
        row.warn("to", found, "an end after the beginning")
    return _together(start, end, said, kind)


def _together(start: dates.Span, end: dates.Span, said: dates.Span, kind: str) -> Times:
    printed, earliest, latest = dates.period(start, end)
    holds_from, holds_to = start.earliest or start.latest, end.latest
    latest, holds_to = _days(kind, start.text, end.text, latest, holds_to)
    return Times(printed, earliest, latest, holds_from, holds_to, said)


def _days(kind: str, start: str, end: str, latest: str, holds_to: str) -> tuple[str, str]:
    """The last day on which it was so, and on which it counts as so, of a term of a kind."""
    if kind == "event":
        # What has happened is not undone by a later day.
        return latest, ""
    if latest and kind == "state" and start and not end:
        # A state whose end nobody tells has none: "since 2015" is not "in 2015".
        return "", holds_to
    return latest, holds_to


def timed(a: Attestation, kind: str, row: Row) -> Attestation:
    """An attestation with its days as a relation of a kind has them."""
    latest, holds_to = _days(kind, row.get("from"), row.get("to"), a.latest, a.holds_to)
    same = latest == a.latest and holds_to == a.holds_to
    return a if same else a._replace(latest=latest, holds_to=holds_to)


def evidence(row: Row, known: Register, kind: str = "") -> Attestation | None:
    """What a row says of its source and its time; nothing if one of these cells breaks a rule.

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
    way = between(row, known) if via else STRAIGHT
    stance = get("stance") or "asserts"
    if stance not in STANCES:
        expected = f"one of {', '.join(STANCES)}"
        row.fault("stance", quoted(stance), expected, _meant(stance))
    passage = get("passage", "")
    for part in row.values("passage") if "|" in passage else (passage,) if passage else ():
        if not is_passage(part):
            row.fault("passage", quoted(part), "START-END, two rising numbers, as 986-1040")
    digest = get("passage_digest", "")
    if digest and not cells.DIGEST.fullmatch(digest):
        row.fault("passage_digest", quoted(digest), "sha256: and hexadecimal digits")
    spans = (get("from", ""), get("to", ""), get("said", ""))
    when = times(*spans, kind) or _told_times(row, kind)
    if not row.fine:
        return None
    texts = [get(column, "") for column in COPIED]
    told = fields(known, document, voice, way, stance, when, get("key", ""), texts)
    return Attestation._make(("", "", *told))


def is_passage(cell: str) -> bool:
    """Whether a cell is a place in a text: two numbers, the second one larger."""
    ends = cells.PASSAGE.fullmatch(cell)
    return ends is not None and int(ends[1]) < int(ends[2])


def fields(
    known: Register,
    document: str,
    voice: str,
    way: Way,
    stance: str,
    when: Times,
    key: str,
    texts: Iterable[str],
    rest: tuple[Any, ...] = REST,
) -> tuple[Any, ...]:
    """The fields of an attestation after its id and its claim's, of cells that are good.

    `texts` are the cells of `COPIED`, `rest` is what follows them.
    """
    printed, earliest, latest, holds_from, holds_to, said = when
    author, published = known.documents[document]
    voice = voice or author
    misprinted = known.misprints and f"@{key}" in known.misprints
    told = dates.UNSAID if misprinted else said
    known_from, known_to = _known(told, document, way.names, voice, known)
    # Whenever it was said, it was before it was printed.
    _, first, last = said if said.text else published
    spoken = said.text, first, last or published.latest
    days = printed, earliest, latest, *spoken, holds_from, holds_to, known_from, known_to
    locator, *others = texts
    who = known.resolve(voice), known.resolve(document)
    return (stance, *who, locator, way.chain, *days, "", *others, *rest)


def _known(
    said: dates.Span, document: str, via: tuple[str, ...], voice: str, known: Register
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


def between(row: Row, known: Register) -> Way:
    """The cell via, with the ids of the records that stand; reports what cannot be between its ends."""
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
    chain = " | ".join(" < ".join(known.resolve(v) for v in way) for way in ways)
    return Way(chain, tuple([name for way in ways for name in way]))
