"""What the whole case knows of its entities, and which records an editor holds to be one.

Made in a first pass over the tables, kept while the second reads them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import combinations

from kg.case import cells
from kg.case.names import Names, take
from kg.case.row import Problems, Row, quoted
from kg.case.withhold import Withheld
from kg.model import dates
from kg.model.groups import join, root
from kg.model.ontology import Ontology
from kg.model.problems import Problem
from kg.text.spelling import Likely
from kg.text.terminal import count

JUDGEMENT = ("kind", "left", "right", "reason", "by", "date")
RECORDS = ("same", "different", "unsure")
ENTRIES = ("misprint", "settled", "silenced")
KINDS = (*RECORDS, *ENTRIES)
# What else than a record a judgement can be about: a row's key, or an entry's hash.
ENTRY = re.compile(r"@[A-Za-z0-9][A-Za-z0-9_.-]*|[a-z0-9][a-z0-9:/-]*")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an editor decided: of which kind, about what, why, who and when.

    ``same``, ``different`` and ``unsure`` are about two records, by id; the other kinds about
    a record, a row of the ledger (``@key``) or an entry that `kg conflicts` prints, with an
    optional second one: ``misprint`` (it stands so in the text and is wrong), ``settled`` (both
    were looked at, and which holds is known), ``silenced`` (it is no conflict).
    """

    kind: str
    left: str
    right: str
    reason: str
    by: str
    date: str


class _Nearest(Likely):
    """An id that is not known, to be looked for among ids and then among names."""

    __slots__ = ("may_be_new", "names")

    def __init__(self, found: str, known: Collection[str], names: Names, may_be_new: bool) -> None:
        super().__init__(found, known)
        self.names, self.may_be_new = names, may_be_new

    def hint(self) -> str:
        """The id spelt most alike, else the records whose names are; else how to make one."""
        new = (
            self.may_be_new
            and self.found
            and not cells.ID.fullmatch(self.found)
            and self.found[0] != "@"
        )
        if said := super().hint():
            return f"{said} If it is new, kg fmt gives it a record" if new else said
        if near := self.names.near(self.found):
            return f"nearest are {near}"
        return "kg fmt gives a new name a record" if new else ""


@dataclass
class Register:
    """One small entry an entity: its class, its row; for documents, who speaks in them and when.

    `changed` has the last day of each document, of print or of its last change;
    `incomplete` has the tables with rows that could not be read, with the class each holds, and
    `unchecked` how many references may lead into them; `misprints` are the ids and ``@keys`` whose date a
    judgement calls misprinted; `heard` has when what documents tell came to be known, by their ids; `merged` maps the records that a judgement
    says are another one to that one, and `judged` has where; `waiting` has the names of records
    that have no id yet; `pointing` has the rows, columns
    and keys of judgements about rows; `foreign` has the first record of each foreign id, by scheme and
    value, and `shared` each further one as (foreign id, record); `bare` are the events of which a row
    says nothing but its stance, `opposed` those of which one denies or takes back who took part; `repeated` keeps the first row of ids that stand in several.
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
    withheld: list[Withheld] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    waiting: Names = field(default_factory=Names)
    misprints: set[str] = field(default_factory=set)
    judged: dict[str, tuple[str, int]] = field(default_factory=dict)
    pointing: list[tuple[Row, str, str]] = field(default_factory=list)
    foreign: dict[tuple[str, str], str] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)
    opposed: set[str] = field(default_factory=set)
    shared: list[tuple[tuple[str, str], str]] = field(default_factory=list)
    heard: dict[tuple[str, ...], tuple[str, str]] = field(default_factory=dict)
    _making: dict[str, tuple[list[str], ...]] = field(default_factory=dict)
    _foreign_columns: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def resolve(self, name: str) -> str:
        """The record that stands for this one."""
        return self.merged.get(name, name)

    def add(self, row: Row, kind: str) -> None:
        """Enter the entity of a row whose table holds a class; its first row counts."""
        name = row.get("id")
        if not name:
            self.waiting.add(row)
        if not cells.ID.fullmatch(name):
            return
        if name in self.kinds:
            self.repeated[name] = {}
            return
        narrower = row.get("class")
        self.kinds[name] = narrower if narrower and self.terms.is_a(narrower, kind) else kind
        self.where[name] = row.place
        self.names.add(row)
        self.note_foreign(name, row, kind)
        if self.terms.is_a(kind, "Document"):
            self.documents[name] = self._speaker(name, row, kind)

    def note_foreign(self, name: str, row: Row, kind: str) -> None:
        """Enter the ids that a row of a class's table has in other data sets."""
        if kind not in self._foreign_columns:
            held = self.terms.columns(kind).items()
            self._foreign_columns[kind] = [(c, t.id) for c, t in held if "ForeignId" in t.roles]
        for column, attribute in self._foreign_columns[kind]:
            for value in row.values(column):
                scheme, number = self.terms.foreign_id(attribute, value)
                mark = scheme.casefold(), number
                if self.foreign.setdefault(mark, name) != name:
                    self.shared.append((mark, name))

    def expect(self, row: Row, column: str, name: str, kind: str = "") -> bool:
        """Whether an entity has this id; if not, it is reported, as one of a class if given."""
        if name in self.kinds:
            return True
        if self.waiting.of(name) and not self.having(name):
            # That its record has no id is told already, and what gives it one.
            row.fine = False
        elif name and (torn := [t for t, k in self.incomplete.items() if self._may_hold(k, kind)]):
            self.leave_unchecked(row, " and ".join(torn))
        else:
            several = self.having(name)
            none = "names several records" if several else "is in no table"
            found = f"{quoted(name)} {none}" if name else "nothing"
            wanted = cells.a(kind) if kind else "an entity"
            held = " or ".join(map(self.names.told, several))
            row.fault(
                column, found, f"the id of {wanted}", held or self.near(name, may_be_new=True)
            )
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
            found = f"{count(number, 'reference')} could not be checked, because not all of it could be read"
            problems.add(Problem(tables, 0, "", found, "rows that can be read", "mend them first"))

    def near(self, name: str, may_be_new: bool = False) -> Likely:
        """A hint naming the id or the names spelt most alike, or how a new name gets a record."""
        return _Nearest(name, self.kinds, self.names, may_be_new)

    def _speaker(self, name: str, row: Row, kind: str) -> tuple[str, dates.Span]:
        """Whose voice an unattributed passage is, and when it was published."""
        if kind not in self._making:
            held = self.terms.columns(kind).items()
            roles = ("Author", "Publisher", "PublishedOn", "ChangedOn")
            self._making[kind] = tuple([c for c, t in held if r in t.roles] for r in roles)
        written, issued, printed, changed = self._making[kind]
        authors = [v for c in written for v in row.values(c)]
        publishers = [v for c in issued for v in row.values(c)]
        makers = authors or publishers[:1]
        day = _day(row, printed)
        self.changed[name] = max(day.latest, _day(row, changed).latest)
        return makers[0] if len(makers) == 1 else name, day

    def judge(self, rows: Iterable[Row]) -> None:
        """Read the judgements and merge the records that they say are one.

        Records of two classes neither of which lies below the other are no one thing.
        """
        read = []
        for row in rows:
            if row.get("kind") in RECORDS:
                take(row, ("left", "right"), self.meant, self.kinds)
            if made := _judgement(row, self):
                read.append((row, made))
        self.judgements = [made for _, made in read]
        self.misprints = {j.left for j in self.judgements if j.kind == "misprint"}
        self.merged = merged((j.left, j.right) for j in self.judgements if j.kind == "same")
        for row, made in read:
            if made.kind in ENTRIES:
                sides = (("left", made.left), ("right", made.right))
                self.pointing += [(row, s, cell[1:]) for s, cell in sides if cell[:1] == "@"]
            if made.kind == "same":
                self.judged.setdefault(made.right, row.place)
                self.judged.setdefault(made.left, row.place)
                self._compare(row, made)
            elif made.kind in RECORDS and self.resolve(made.left) == self.resolve(made.right):
                found = f"“{made.kind}”, and by other rows the two are the same"
                row.fault("kind", found, "judgements that agree")

    def _compare(self, row: Row, made: Judgement) -> None:
        """Report two records of different classes that are said to be one."""
        names = dict.fromkeys((made.left, made.right, self.resolve(made.left)))
        for one, other in combinations(names, 2):
            kinds = self.kinds[one], self.kinds[other]
            if not (self.terms.is_a(*kinds) or self.terms.is_a(*kinds[::-1])):
                found = f"{quoted(one)} is {cells.a(kinds[0])}, {quoted(other)} {cells.a(kinds[1])}"
                expected = "two records of one class, or of a class and a narrower one"
                row.fault("right", found, expected, "mend the class of one of them")
                return


def _day(row: Row, columns: Iterable[str]) -> dates.Span:
    """The first date in these columns; what is wrong with it is told when the row is read in full."""
    try:
        return dates.parse(next((cell for c in columns if (cell := row.get(c))), ""))
    except ValueError:
        return dates.UNSAID


def _judgement(row: Row, known: Register) -> Judgement | None:
    kind = row.get("kind")
    if kind not in KINDS:
        row.fault("kind", quoted(kind), f"one of {', '.join(KINDS)}", Likely(kind, KINDS))
    about_records = kind not in ENTRIES
    for side in ("left", "right") if about_records else ():
        known.expect(row, side, row.get(side))
    if not about_records and not row.get("left"):
        row.fault("left", "nothing", "what it is about: an id, @key or an entry of kg conflicts")
    for side in () if about_records else ("left", "right"):
        cell = row.get(side)
        if cell and cell not in known.kinds and not ENTRY.fullmatch(cell):
            expected = "an id, @key or an entry of kg conflicts"
            row.fault(side, quoted(cell), expected, known.near(cell))
    if row.get("left") and row.get("left") == row.get("right"):
        row.fault("right", f"{quoted(row.get('right'))}, the same record as left", "another record")
    if not row.get("reason"):
        row.fault("reason", "nothing", "why they are held to be so")
    cells.date(row, "date")
    return Judgement(*(row.get(c) for c in JUDGEMENT)) if row.fine else None


def merged(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The record that each other one of its group gives way to, in whatever order they are told.

    The one that is never on the right stands, of several the first by name. Linear in the pairs.

    >>> merged([("b", "c"), ("a", "b")])
    {'b': 'a', 'c': 'a'}
    """
    parent: dict[str, str] = {}
    giving_way = set()

    for left, right in pairs:
        giving_way.add(right)
        for name in (left, right):
            parent.setdefault(name, name)
        join(parent, left, right)
    groups: dict[str, list[str]] = {}
    for name in sorted(parent):
        groups.setdefault(root(parent, name), []).append(name)
    found = {}
    for group in groups.values():
        standing = next((name for name in group if name not in giving_way), group[0])
        found.update(dict.fromkeys(group, standing))
    return {name: standing for name, standing in sorted(found.items()) if name != standing}
