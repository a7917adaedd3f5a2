"""What a report is made of: sections of sentences and claims, and the list of sources."""

from __future__ import annotations

from kg.model.record import Record


class Passage(Record):
    """How one voice stands to a claim, in which source, where in it, in which words.

    `side` is ``for``, ``against``, ``open`` or ``withdrawn``; `quote` is empty where the case
    may not quote, `gloss` is the editors' account.
    """

    side: str
    said: str
    source: int
    passage: str
    gloss: str
    quote: str


class Numbered(Record):
    """A claim with its number, its standing in words, its passages: support first, then opposition."""

    number: int
    id: str
    sentence: str
    standing: str
    passages: tuple[Passage, ...]


class Point(Record):
    """A sentence, and the numbers of the claims that it rests on."""

    text: str
    claims: tuple[int, ...] = ()


class Section(Record):
    """A heading, what is said under it, and the claims that are told there in full.

    One of a lower `level` belongs to the one before it.
    """

    heading: str
    points: tuple[Point, ...] = ()
    claims: tuple[Numbered, ...] = ()
    level: int = 1


class Cited(Record):
    """A source with its number: who wrote and published it, when, where it is, how far it is trusted."""

    number: int
    id: str
    title: str
    details: str
    address: str


class Report(Record):
    """A report. `about` says what it was made from, `caveat` how it is to be read."""

    title: str
    subtitle: str
    language: str
    about: tuple[str, ...]
    caveat: str
    sections: tuple[Section, ...]
    sources: tuple[Cited, ...]


def checked(report: Report) -> None:
    """Raises ValueError if a sentence rests on a claim that is not told in the report."""
    told = {claim.number for section in report.sections for claim in section.claims}
    for section in report.sections:
        for point in section.points:
            if lacking := set(point.claims) - told:
                raise ValueError(f"“{point.text}” rests on {sorted(lacking)}, which is not told")
