"""What the whole case knows of its entities, and which records an editor holds to be one.

Made in a first pass over the tables, kept while the second reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.case import cells
from kg.case.names import Names, take
from kg.case.row import Problems, Row, quoted
from kg.model import dates
from kg.model.ontology import Ontology
from kg.model.problems import Problem
from kg.text.spelling import did_you_mean

JUDGEMENT = ("left", "right", "verdict", "reason", "by", "date")
VERDICTS = ("same", "different", "unsure")
# Likeness is looked for until so many names have been compared, not for ever.
_COMPARISONS = 300_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an editor holds of two records: the same, different, or unsure."""

    left: str
    right: str
    verdict: str
    reason: str
    by: str
    date: str


@dataclass
class Register:
    """One small entry an entity: its class, its row; for documents, who speaks in them and when.

    `changed` has the last day of each document, of print or of its last change;
    `incomplete` has the tables with rows that could not be read, with the class each holds, and
    `unchecked` how many references may lead into them; `merged` maps the records that a judgement
    says are another one to that one; `repeated` keeps the first row of ids that stand in several.
    """

    terms: Ontology
    kinds: dict[str, str] = field(default_factory=dict)
    where: dict[str, tuple[str, int]] = field(default_factory=dict)
    documents: dict[str, tuple[str, dates.Span]] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    incomplete: dict[str, str] = field(default_factory=dict)
    unchecked: dict[str, int] = field(default_factory=dict)
    repeated: dict[str, dict[str, str]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    judgements: list[Judgement] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    _near: dict[str, str] = field(default_factory=dict)

    def resolve(self, name: str) -> str:
        """The record that stands for this one."""
        return self.merged.get(name, name)

    def add(self, row: Row, kind: str) -> None:
        """Enter the entity of a row whose table holds a class; its first row counts."""
        name = row.get("id")
        if not cells.ID.fullmatch(name):
            return
        if name in self.kinds:
            self.repeated[name] = {}
            return
        narrower = row.get("class") or kind
        self.kinds[name] = narrower if self.terms.is_a(narrower, kind) else kind
        self.where[name] = row.place
        self.names.add(row)
        if self.terms.is_a(kind, "Document"):
            self.documents[name] = _speaker(name, row)
            self.changed[name] = _span(row, "updated").latest or _span(row, "published").latest

    def expect(self, row: Row, column: str, name: str, kind: str = "") -> bool:
        """Whether an entity has this id; if not, it is reported, as one of a class if given."""
        if name in self.kinds:
            return True
        if name and (torn := [t for t, k in self.incomplete.items() if self._may_hold(k, kind)]):
            self.leave_unchecked(row, " and ".join(torn))
        else:
            several = self.having(name)
            none = "names several records" if several else "is in no table"
            found = f"{quoted(name)} {none}" if name else "nothing"
            wanted = cells.a(kind) if kind else "an entity"
            hint = " or ".join(map(self.names.told, several)) if several else self.near(name)
            row.fault(column, found, f"the id of {wanted}", hint)
        return False

    def having(self, name: str) -> list[str]:
        """The records, one of each that are judged to be the same, that have exactly this name."""
        return sorted({self.resolve(own) for own in self.names.of(name)})

    def meant(self, text: str) -> str:
        """The id that a cell's text means: itself, or of the only record that has that name."""
        if text in self.kinds:
            return text
        found = self.having(text)
        return found[0] if len(found) == 1 else text

    def settle_speakers(self) -> None:
        """Put ids in the place of the names that documents give their authors."""
        for name, (voice, printed) in self.documents.items():
            self.documents[name] = (self.meant(voice), printed)

    def _may_hold(self, kind: str, wanted: str) -> bool:
        is_a = self.terms.is_a
        return not wanted or is_a(kind, wanted) or is_a(wanted, kind)

    def leave_unchecked(self, row: Row, tables: str) -> None:
        """Leave out a row that refers to what may stand in a row that could not be read."""
        row.fine = False
        self.unchecked[tables] = self.unchecked.get(tables, 0) + 1

    def tell_unchecked(self, problems: Problems) -> None:
        """Report in one line a table what could not be checked for it."""
        for tables, number in self.unchecked.items():
            references = "1 reference" if number == 1 else f"{number:,} references"
            found = f"{references} could not be checked, because not all of it could be read"
            problems.add(Problem(tables, 0, "", found, "rows that can be read", "mend them first"))

    def near(self, name: str) -> str:
        """A hint naming the id or the names spelt most alike."""
        if name not in self._near and len(self._near) * len(self.kinds) > _COMPARISONS:
            return ""
        if name not in self._near:
            hint = did_you_mean(name, self.kinds)
            near = "" if hint else ", ".join(self.names.near(name))
            self._near[name] = hint or (f"nearest are {near}" if near else "")
        return self._near[name]

    def judge(self, rows: Iterable[Row]) -> None:
        """Read the judgements and merge the records that they say are one."""
        read = []
        for row in rows:
            take(row, ("left", "right"), self.meant)
            if made := _judgement(row, self):
                read.append((row, made))
        self.judgements = [made for _, made in read]
        self.merged = _merged([(j.left, j.right) for j in self.judgements if j.verdict == "same"])
        for row, made in read:
            if made.verdict != "same" and self.resolve(made.left) == self.resolve(made.right):
                found = f"“{made.verdict}”, and by other rows the two are the same"
                row.fault("verdict", found, "judgements that agree")


def _speaker(name: str, row: Row) -> tuple[str, dates.Span]:
    """Whose voice an unattributed passage is, and when it was published."""
    authors, publisher = row.values("authors"), row.get("publisher")
    voice = authors[0] if len(authors) == 1 else "" if authors else publisher
    return voice or name, _span(row, "published")


def _span(row: Row, column: str) -> dates.Span:
    """The date in a cell; what is wrong with it is told when the row is read in full."""
    try:
        return dates.parse(row.get(column))
    except ValueError:
        return dates.UNSAID


def _judgement(row: Row, known: Register) -> Judgement | None:
    for side in ("left", "right"):
        known.expect(row, side, row.get(side))
    if row.get("left") and row.get("left") == row.get("right"):
        row.fault("right", f"{quoted(row.get('right'))}, the same record as left", "another record")
    if row.get("verdict") not in VERDICTS:
        hint = did_you_mean(row.get("verdict"), VERDICTS)
        row.fault("verdict", quoted(row.get("verdict")), " or ".join(VERDICTS), hint)
    if not row.get("reason"):
        row.fault("reason", "nothing", "why they are held to be so")
    cells.date(row, "date")
    return Judgement(*(row.get(c) for c in JUDGEMENT)) if row.fine else None


def _merged(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The record that each other one of its group gives way to, in whatever order they are told.

    The one that is never on the right stands, of several the first by name.
    Cost: quadratic in the records that are one.
    """
    groups: dict[str, set[str]] = {}
    giving_way = set()
    for left, right in pairs:
        giving_way.add(right)
        group = groups.get(left, {left}) | groups.get(right, {right})
        groups.update(dict.fromkeys(group, group))
    merged = {}
    for name, group in groups.items():
        standing = min(group - giving_way or group)
        if name != standing:
            merged[name] = standing
    return merged
