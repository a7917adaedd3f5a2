"""What is well formed in the tables and odd all the same: warnings, each of a kind with a name.

A kind is switched off in case.toml: ``[check]`` and ``quiet = ["unusual-class"]``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.model import dates
from kg.model.problems import Problem
from kg.model.standing import OPPOSITION, SUPPORT
from kg.text.companies import bare
from kg.text.names import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.case.claim_rows import Said
    from kg.case.ids import Register
    from kg.case.row import Problems, Row
    from kg.model.claims import Attestation
    from kg.model.ontology import Ontology

    # Column, what is found, what of it follows the document's name, what is expected, a hint, the kind.
    _Odd = tuple[str, str, str, str, str, str]

KINDS = {
    "said-after-print": "a voice that spoke after its document was published",
    "beyond-document": "a time after the day on which the document was published",
    "far-year": "a year far from those of the case",
    "both-sides": "one voice for and against one claim in one passage",
    "alike": "two records of one class with one name",
    "foreign-id": "two records with one foreign id",
    "amount-left-out": "a row that denies who took part in an event and leaves out an amount",
    "unusual-class": "a claim between classes that its relation seldom joins",
}
_EARLY, _LATE, _ROOM = 1000, 2100, 20
_MANY = 50
# So many times are remembered.
_KEPT = 20_000
_SLIP = "is it a slip of a key?"
_JUDGE = "say in judgements.csv whether they are the same, different or unsure; kg duplicates lists such pairs"
_CHANGED = "a document that was changed later says so in its column updated"
_TAKEN = dict.fromkeys(SUPPORT, "for") | dict.fromkeys(OPPOSITION, "against")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


@dataclass
class Watch:
    """Looks at the rows of the ledger one by one, and at the end at all that it has counted.

    Cost: linear in the rows; one short entry for each passage and claim.
    """

    known: Register
    latest_print: int = 0
    _sides: dict[int, str] = field(default_factory=dict)
    _odd: dict[tuple[str, ...], tuple[_Odd, ...]] = field(default_factory=dict)
    _joins: dict[tuple[str, str, str], int] = field(default_factory=dict)
    first: dict[tuple[str, str, str], Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.latest_print = self.latest(self.known.changed.values())

    @staticmethod
    def latest(days: Iterable[str]) -> int:
        """The last year of some days, but for such as are a slip; 0 if there is none."""
        years = (int(day[:4]) for day in days if day)
        return max((y for y in years if y <= _LATE), default=0)

    def see(self, row: Row, said: Said) -> None:
        """Look at one good row, and warn of what is odd in it."""
        self.alone(row, said)
        self._both_sides(row, said)
        self._count(row, said)

    def alone(self, row: Row, said: Said) -> None:
        """Warn of what is odd in a row whatever stands in others."""
        a = said.attestation
        printed = self.known.changed.get(a.document, "")
        times = a.period, a.said, printed, a.stance
        # The times of a case are few: what is odd in them is looked for once.
        if (odd := self._odd.get(times)) is None:
            days = row.get("from"), row.get("to"), row.get("said"), printed
            odd = self._far(*days) or (tuple(_after_print(*days, a.stance)) if printed else ())
            if len(self._odd) < _KEPT:
                self._odd[times] = odd
        for column, found, after, expected, hint, kind in odd:
            told = f"{found}{row.get('document')}{after}" if after else found
            row.warn(column, told, expected, hint, kind)

    def _far(self, start: str, end: str, said: str, printed: str) -> tuple[_Odd, ...]:
        last = (int(printed[:4]) if printed else self.latest_print or _LATE) + _ROOM
        for column, cell in (("from", start), ("to", end), ("said", said)):
            for year in _YEAR.findall(cell):
                if not _EARLY <= int(year) <= last:
                    expected = f"a year from {_EARLY} to {last}"
                    return ((column, f"the year {year}", "", expected, _SLIP, "far-year"),)
        return ()

    def _both_sides(self, row: Row, said: Said) -> None:
        a = said.attestation
        taken = side(a)
        if taken and self._sides.setdefault(hash(passage_of(a)), taken) != taken:
            row.warn(*both_sides(a))

    def _count(self, row: Row, said: Said) -> None:
        if said.figure:
            return
        kinds = self.known.kinds
        joins = said.relation, kinds.get(said.subject, ""), kinds.get(said.object, "")
        if joins in self._joins:
            self._joins[joins] += 1
        elif pair := joined(self.known, said.subject, said.object):
            self._joins[joins] = 1
            self.first.setdefault((said.relation, *pair), row)

    def pairs(self) -> dict[str, Counter[tuple[str, str]]]:
        """How many claims of each relation join each two classes."""
        found: dict[str, Counter[tuple[str, str]]] = {}
        for (relation, one, other), times in self._joins.items():
            pair = _held(self.known.terms, one), _held(self.known.terms, other)
            found.setdefault(relation, Counter())[pair] += times
        return found

    def tell(self, problems: Problems) -> None:
        """Warn of what only all rows together show."""
        for relation, pair, found, expected in unusual(self.pairs()):
            row = self.first[relation, *pair]
            row.warn("object", found, expected, kind="unusual-class")
        warn_of_records(self.known, problems)


def _after_print(start: str, end: str, said: str, last: str, stance: str) -> Iterator[_Odd]:
    """What a document whose last day is told cannot know of."""
    for column, cell in (("said", said), ("from", start), ("to", end)):
        if not cell or cell in ("?", "..") or dates.parse(cell).earliest <= last:
            continue
        found = f"{cell}, and ", f" is of {last} or earlier"
        if column == "said":
            expected = "words spoken before they were printed"
            yield column, *found, expected, _CHANGED, "said-after-print"
        elif stance in _TAKEN:
            expected = "a time that the document can know of; “announces” for what is to come"
            yield column, *found, expected, _CHANGED, "beyond-document"
            return


def warn_of_records(known: Register, problems: Problems) -> None:
    """Warn of what the records show by themselves. Cost: linear in the records."""
    for own, day in known.changed.items():
        if day and not str(_EARLY) <= day[:4] <= str(_LATE):
            file, number = known.where[own]
            found, expected = f"a document of {day[:4]}", f"a year from {_EARLY} to {_LATE}"
            slip = Problem(file, number, "", found, expected, _SLIP, True, kind="far-year")
            problems.add(slip)
    warn_alike(known, problems)
    warn_shared(known, problems)


def joined(known: Register, subject: str, target: str) -> tuple[str, str] | None:
    """The classes of the two ends of a claim; None if they are not both entities."""
    one, other = known.kinds.get(subject), known.kinds.get(target)
    if one is None or other is None:
        return None
    return _held(known.terms, one), _held(known.terms, other)


def unusual(
    pairs: Mapping[str, Counter[tuple[str, str]]],
) -> Iterator[tuple[str, tuple[str, str], str, str]]:
    """(relation, classes, what is found, what is expected) of each pair of classes that a relation
    joins once where it nearly always joins others; by their names."""
    for relation, counted in sorted(pairs.items()):
        total = counted.total()
        usual, most = max(counted.items(), key=lambda pair: pair[1])
        if total < _MANY or most * 10 < total * 9:
            continue
        for pair in sorted(pair for pair, times in counted.items() if times == 1):
            found = f"{relation} from a {pair[0]} to a {pair[1]}, once in {total:,} rows"
            yield relation, pair, found, f"as mostly, from a {usual[0]} to a {usual[1]}"


def side(a: Attestation) -> str:
    """The side that a row takes of its claim, where a voice can be on one alone in a passage."""
    return "" if a.value else _TAKEN.get(a.stance, "")


def passage_of(a: Attestation) -> tuple[str, str, str, str]:
    """What has one side alone: a claim, a voice, a passage of a document."""
    return a.claim, a.voice, a.document, a.passage or a.locator


def both_sides(a: Attestation) -> tuple[str, str, str, str, str]:
    """Column, what is found, what is expected, a hint and the kind, of a row of the other side."""
    found = f"{a.voice} {a.stance} here what it takes the other side of in another row"
    expected = "one side of a claim in one passage"
    return "stance", found, expected, "whose word is it? see the column voice", "both-sides"


def _held(terms: Ontology, kind: str) -> str:
    """The nearest class with a table: narrower ones differ too easily."""
    return terms.tabled(kind)


def warn_alike(known: Register, problems: Problems) -> None:
    """Warn of records of one class whose names differ in nothing that matters.

    Documents are alike if they have one day as well; records that a judgement is about are not
    told. Cost: linear in the records.
    """
    judged = {frozenset((j.left, j.right)) for j in known.judgements}
    seen: dict[tuple[str, ...], str] = {}
    for own, name in known.names.shown.items():
        kind = _held(known.terms, known.kinds.get(own, ""))
        if not name or not kind or known.resolve(own) != own:
            continue
        day = known.documents[own][1].text if own in known.documents else ""
        other = seen.setdefault((kind, key(name), day), own)
        if other != own and frozenset((other, own)) not in judged:
            file, row = known.where[own]
            found = f"“{name}”, and {known.names.told(other)} has that name"
            expected = "one record for one thing"
            told = Problem(file, row, "name", found, expected, _JUDGE, True, kind="alike")
            problems.add(told)


def warn_shared(known: Register, problems: Problems) -> None:
    """Warn of records that have one foreign id, unless a judgement is about the two of them."""
    judged = {frozenset((j.left, j.right)) for j in known.judgements}
    for mark, own in known.shared:
        other = known.foreign[mark]
        if known.resolve(own) == known.resolve(other) or frozenset((own, other)) in judged:
            continue
        file, row = known.where[own]
        found = f"“{':'.join(mark)}”, and {known.names.told(other)} has that foreign id"
        expected, hint = "one record for one thing", _JUDGE
        told = Problem(file, row, "", found, expected, hint, True, kind="foreign-id")
        problems.add(told)


def key(name: str) -> str:
    """A name without case, accents, punctuation, and the form of a company at its ends.

    >>> key("Oceanic Trading Ltd.") == key("OCEANIC TRADING LIMITED"), key("Ltd")
    (True, 'ltd')
    """
    return bare(folded(name))
