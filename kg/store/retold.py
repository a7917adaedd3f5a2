"""What is told of a case of which some rows changed: every warning, as if all rows had been read.

What a row shows by itself is known of the others; what several show together is told anew of the
claims that changed.
"""

from __future__ import annotations

from kg.case.kept import OTHERS, PHASES, REFERS, RETRACTIONS, TOGETHER, Told, found
from kg.case.plausibility import both_sides, passage_of, side, unusual
from kg.case.retractions import before as spoken_before
from kg.case.retractions import of_nothing
from kg.case.row import Problems
from kg.model.problems import Problem
from kg.model.standing import statement
from kg.store.remembered import Whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.case.folder import Case
    from kg.model.claims import Attestation, Claim
    from kg.store.changed import Changes
    from kg.store.remembered import Remembered

    # By id: as they were, and as they are.
    Claims = Mapping[str, Claim]

Place = tuple[str, int]


def told(changes: Changes, case: Case, after: Remembered, before: Claims, now: Claims) -> Problems:
    """Every warning as a full build has it, and what is remembered of them. Raises Whole."""
    names = {stem: path.name for stem in after.tables if (path := case.table(stem))}
    events = _still(changes, before, now, {name: stem for stem, name in names.items()})
    for some in (changes.beside.told if changes.beside else Told(), *changes.told.values()):
        for phase, problem, row in some.all():
            events[phase].append((row, problem))

    def warning(where: Place, words: Iterable[str], kind: str = "") -> tuple[int, Problem]:
        column, text, expected, hint = words
        problem = Problem(names[where[0]], 0, column, text, expected, hint, True, kind=kind)
        return where[1] + 1, problem

    for claim in before.values():
        # What hangs on rows of other tables is refused.
        _ = [*_other_side(claim, changes.before)], [*_of_nothing(claim, changes.before)]
    for claim in now.values():
        for where, a in _other_side(claim, after):
            *words, kind = both_sides(a)
            events[where[0]].append(warning(where, words, kind))
        for where, a in _of_nothing(claim, after):
            events[RETRACTIONS].append(warning(where, of_nothing(a, claim.figure)))
    for stem in after.tables:
        # What several rows show is told after what a row shows by itself.
        events[stem].sort(key=lambda event: (event[0], event[1].kind == "both-sides"))
    events[RETRACTIONS].sort(key=lambda event: (event[1].file, event[0]))
    rare = []
    for relation, pair, text, expected in unusual(after.pairs):
        mark = after.single[relation, *pair]
        if not mark or not (place := after.place(mark)):
            raise Whole(f"a row of another table alone joins its classes by {relation}")
        rare.append(warning(place, ("object", text, expected, ""), "unusual-class"))
    if "unusual-class" not in case.quiet:
        events[TOGETHER][:0] = rare
    problems, after.told = Problems(), Told()
    for phase, several in events.items():
        for row, problem in several:
            if problem.kind not in case.quiet:
                after.told.put(phase, problem, row)
                problems.add(problem._replace(row=row))
    return problems


def _still(
    changes: Changes, before: Claims, now: Claims, files: Mapping[str, str]
) -> dict[str, list[tuple[int, Problem]]]:
    """The warnings that still hold, with the rows where they are now, by phase.

    What only several rows together show is left out where one of the rows changed.
    """
    claims = (*before.values(), *now.values())
    marks = {a.id for claim in claims for a in claim.attestations}
    touched = {place for mark in marks if (place := changes.before.place(mark))}
    moved = {stem: made.moved for stem, made in changes.differences.items()}
    anew = {"", *OTHERS, TOGETHER} if changes.beside else {*()}
    events: dict[str, list[tuple[int, Problem]]] = {phase: [] for phase in PHASES}
    for phase, problem, row in changes.before.told.all():
        if problem.kind == "unusual-class" or phase in anew:
            continue
        if row and (stem := files.get(problem.file, "")):
            again = problem.kind == "both-sides" or phase == RETRACTIONS
            if (stem, row - 1) in (touched if again else changes.again):
                continue
            if stem in moved and not (row := moved[stem].now(row - 1) + 1):
                continue
        events[phase].append((row, problem))
    return events


def _other_side(claim: Claim, rows: Remembered) -> Iterator[tuple[Place, Attestation]]:
    """The rows of a claim in which a voice takes another side than first in the same passage."""
    groups: dict[tuple[str, ...], list[tuple[str, Attestation]]] = {}
    for a in claim.attestations:
        if taken := side(a):
            groups.setdefault(passage_of(a), []).append((taken, a))
    for group in groups.values():
        if len({taken for taken, _ in group}) < 2:
            continue
        stand: list[tuple[Place, str, Attestation]] = []
        for taken, a in group:
            where = rows.place(a.id)
            if where and not rows.tables[where[0]].rows.flags[where[1]] & REFERS:
                stand.append((where, taken, a))
            elif where or any(found(rows.elsewhere, a.id)):
                raise Whole("a voice takes both sides in rows of several kinds")
        stand.sort(key=lambda entry: entry[0])
        yield from ((where, a) for where, taken, a in stand if taken != stand[0][1])


def _of_nothing(claim: Claim, rows: Remembered) -> Iterator[tuple[Place, Attestation]]:
    """The rows of a claim that take back what their voice has said in no earlier row."""
    for a in claim.attestations:
        if a.stance != "retracts":
            continue
        if not (where := rows.place(a.id)):
            raise Whole("a row of another table takes back what changed")
        same = (b for b in claim.attestations if b.voice == a.voice and b.stance != "retracts")
        if all(spoken_before(a, b) for b in same if statement(b) == statement(a)):
            yield where, a
