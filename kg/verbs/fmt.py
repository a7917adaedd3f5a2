"""kg fmt: ids for names, records for new ones, columns in order."""

from __future__ import annotations

from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import DRY_RUN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from kg.case.tablewriter import Change
    from kg.text.formats import Guard
    from kg.verbs.place import Place

VERB = Verb(
    "fmt",
    "tables",
    "Put ids in the place of names; give new names a record.",
    params=(
        Param("new", "This name is new, though others are near.", many=True, metavar="NAME"),
        Param("tidy", "Put columns in order and quote plainly, too.", kind=bool),
        DRY_RUN,
    ),
    more="Only the cells that get an id change, and rows are added for new names; with --tidy "
    "every table is laid out anew, without a word changed.",
    examples=("fmt --dry-run", "fmt", "fmt --tidy"),
    after="check",
    method="",
)


def answer(place: Place, *, new: Sequence[str], tidy: bool, dry_run: bool) -> Answer:
    """What changed, as a diff if nothing is to; exit code 3 if something is to be decided."""
    from kg.case import fmt, tablewriter
    from kg.text.terminal import count

    place.here("kg fmt writes the tables")
    case = place.case
    plan = fmt.plan(case, new)
    changes = [c for c in plan.changes if c.before != c.after]
    notes = fmt.told(plan)
    code = 3 if plan.problems.errors else 0
    if dry_run:
        found = shown(changes or (fmt.tidy(case) if tidy else []), plan)
        found.notes, found.code = [*notes, *found.notes], code
        return found
    written = tablewriter.write(changes)
    if tidy:
        laid_out = tablewriter.write(fmt.tidy(case))
        written = [*dict.fromkeys([*written, *laid_out])]
    filled = f"; {count(plan.filled, 'cell')} filled in"
    names = ", ".join(path.name for path in written)
    notes.append(
        f"changed: {names}{filled if plan.filled else ''}" if names else "nothing to change"
    )
    return Answer(plan, notes=notes, code=code)


def shown(changes: Sequence[Change], value: Any) -> Answer:
    """What would be written, as one unified diff."""
    from kg.case import tablewriter

    def write(form: str, width: int, guard: Guard) -> str:
        return tablewriter.diff(changes)

    notes = [] if any(c.before != c.after for c in changes) else ["nothing would change"]
    return Answer(value, write, notes=notes)
