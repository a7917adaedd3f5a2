"""kg check: what is wrong with the tables, row by row."""

from __future__ import annotations

from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.case.folder import Case
    from kg.model.problems import Problem
    from kg.store.checked import Checked
    from kg.text.formats import Guard
    from kg.verbs.place import Place

VERB = Verb(
    "check",
    "tables",
    "Check every row of the tables; report everything wrong at once.",
    params=(
        Param("read", "Print each row as a sentence, for proof-reading.", kind=bool),
        Param("strict", "Warnings count as errors.", kind=bool),
    ),
    examples=("check", "check --read"),
    method="",
)


def answer(place: Place, *, read: bool, strict: bool) -> Answer:
    """Every problem as a note, then how much there is; exit code 3 if it cannot be built."""
    from kg.store import checked
    from kg.text.terminal import count

    place.here("kg check reads the tables")
    state, held = checked.held(place.case)
    found = held or _found(place.case)
    if not held:
        checked.keep(place.case, state, found)
    sizes = f"{count(found.entities, 'entity')}, {count(found.claims, 'claim')}"
    bad = not found.fine or (strict and bool(found.problems))
    verdict = "" if bad else "; nothing to mend" if not found.problems else "; it can be built"
    notes = lines(found.problems, found.dropped)
    if not found.attestations and found.fine:
        notes.append("nothing is said yet: claims.csv and figures.csv have no row")
    notes.append(f"{sizes}, {count(found.attestations, 'attestation')}{verdict}")

    def write(form: str, width: int, guard: Guard) -> str:
        return "".join(_sentences(place.case, width)) if read else ""

    return Answer(found, write, notes=notes, code=3 if bad else 0)


def _found(case: Case) -> Checked:
    """What is wrong with a case, its story too."""
    from dataclasses import replace

    from kg.store.check import check

    found = check(case)
    return replace(found, problems=(*found.problems, *_story(case, whole=found.fine)))


def lines(problems: Sequence[Problem], dropped: int) -> list[str]:
    """Every problem on a line of its own."""
    from kg.text.untrusted import one_line

    found = [f"{'warning: ' if p.warning else ''}{one_line(str(p))}" for p in problems]
    return [*found, f"… and {dropped:,} more"] if dropped else found


def _story(case: Case, *, whole: bool) -> Iterator[Problem]:
    """What is wrong in the case's story: nothing of it stops a build.

    Whether what it names is there is asked only of tables that are read whole.
    """
    from kg.analysis import retelling
    from kg.case import story
    from kg.store.check import as_ledger

    told, problems = story.read(case.root)
    if told and whole:
        with as_ledger(case) as ledger:
            problems += retelling.problems(ledger, told)
    yield from (problem._replace(warning=True) for problem in problems)


def _sentences(case: Case, width: int) -> Iterator[str]:
    from kg.store.check import proofread
    from kg.text.phrases import quoted
    from kg.text.terminal import wrap

    for file, row, sentence, gloss, quote in proofread(case):
        yield wrap(f"{file} {row}: {sentence}", width, "", "    ") + "\n"
        # A gloss is in own words: only what is quoted stands in quotation marks.
        if gloss:
            yield wrap(gloss, width, "    ") + "\n"
        if quote:
            yield wrap(quoted(quote), width, "    ") + "\n"
