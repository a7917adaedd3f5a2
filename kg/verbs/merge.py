"""kg merge: two copies of a case, or of a table, as one."""

from __future__ import annotations

from kg.model.errors import KgError, UsageError, parameter
from kg.text.formats import LISTS
from kg.verbs.answer import Answer, listed
from kg.verbs.description import Param, Verb
from kg.verbs.parameters import WITHOUT_GRAPH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.case.merge_rows import Clash
    from kg.verbs.place import Place

VERB = Verb(
    "merge",
    "graph",
    "Join two copies of a case or table, row by row.",
    more="""\
BASE is what both copies began with. Rows are matched by id, by key, or by what they say, wherever they
stand; what one copy changed is taken. Where both changed one cell, both rows are kept, one under the
other, and listed: exit code 1. Without --out nothing is written: the list alone. Of an ontology or
another text that both changed ours is kept and theirs laid beside it: git joins texts. As a merge
driver of git: kg merge %O %A %B -o %A --path %P.""",
    params=(
        Param("base", "What both began with: a folder or a table.", argument=True, needed=True),
        Param("ours", "One copy.", argument=True, needed=True),
        Param("theirs", "The other copy.", argument=True, needed=True),
        Param("path", "The table's own path, where the copies have other names.", metavar="FILE"),
        Param(
            "out",
            "Write the joined case or table there; it may be ours.",
            metavar="PLACE",
            short="-o",
            shell=True,
        ),
        *(p for p in WITHOUT_GRAPH if p.name != "out"),
    ),
    examples=(
        "merge old/ mine/ hers/",
        "merge old/ mine/ hers/ -o joined/",
        "merge old/data/claims.csv mine/data/claims.csv hers/data/claims.csv -o claims.csv",
    ),
    formats=LISTS,
    after="diff",
    told=("force",),
    method="",
)


def answer(
    place: Place, *, base: str, ours: str, theirs: str, path: str, out: str, force: bool
) -> Answer:
    """What a person has to decide; exit code 1 if there is anything."""
    place.here("kg merge joins cases")
    from pathlib import Path

    from kg.case.merge_rows import Clash

    three = [Path(p) for p in (base, ours, theirs)]
    for one in three:
        if not one.exists():
            raise UsageError(f"{one} is not there; give a folder or a table, three times")
    folders = [p.is_dir() for p in three]
    if len({*folders}) > 1:
        raise UsageError("give three folders or three tables")
    target = Path(out) if out else None
    if folders[0]:
        if path:
            raise UsageError(f"{parameter('path')} is for a single table")
        clashes, notes = _cases(three, target)
    else:
        clashes, notes = _table(three, target, path, force)
    if not out:
        notes.append(f"nothing is written; {parameter('out')} says where to")
    code = int(bool(clashes))
    told = listed(clashes, Clash, "nothing to decide", columns=COLUMNS, prose=text, code=code)
    told.notes += notes
    return told


COLUMNS = ("table", "row", "column", "what", "base", "ours", "theirs")


def _cases(three: Sequence[Path], target: Path | None) -> tuple[Sequence[Clash], list[str]]:
    from kg.case import merge_case

    result = merge_case.cases(*three)
    if target is None:
        return result.clashes, []
    merge_case.write(result, three[1], target)
    return result.clashes, [f"{target}: {len(result.files):,} files", *_checked(target)]


def _checked(target: Path) -> list[str]:
    """What is wrong in the joined case, though nothing was in either copy."""
    from kg.case.folder import find
    from kg.store.check import check

    try:
        errors = [p for p in check(find(target)).problems if not p.warning]
    except KgError as error:
        return [f"kg check: {error}"]
    if not errors:
        return []
    from kg.text.terminal import count

    return [
        f"{count(len(errors), 'error')} in the joined case; kg check says where, with {parameter('case')} {target}"
    ]


def _table(
    three: Sequence[Path], target: Path | None, path: str, force: bool
) -> tuple[Sequence[Clash], list[str]]:
    from pathlib import Path

    from kg.case import merge_case, tablewriter
    from kg.case.form import Form
    from kg.case.sheet import KINDS
    from kg.case.tablewriter import Change

    named = Path(path or three[1])
    if named.suffix in KINDS:
        raise UsageError(
            f"{named.name} is a workbook; save its sheet as “CSV UTF-8” to join copies"
        )
    base, ours, theirs = three
    forms = merge_case.forms_near(named)
    data, clashes = merge_case.table(base, ours, theirs, named.name, forms)
    if target is None:
        return clashes, []
    if target.is_dir():
        raise UsageError(f"{parameter('out')} {target}: a folder; name a file")
    inside = target.exists() and target.resolve() == ours.resolve()
    if target.exists() and not inside and not force:
        raise UsageError(f"{target} is there already; {parameter('force')} replaces it")
    before = target.read_bytes() if target.exists() else b""
    tablewriter.write([Change(target, before, data, Form())])
    return clashes, [f"{target}: written"]


def text(clashes: Sequence[Clash], width: int) -> str:
    """What is to be decided, for a terminal: where, what happened, the three values."""
    from kg.text.terminal import wrap

    lines = []
    for c in clashes:
        place = ", ".join(filter(None, (c.table, c.row, c.column and f"column {c.column}")))
        lines.append(wrap(f"{place}: {c.what}", width, "", "  "))
        if c.base or c.ours or c.theirs:
            for name in ("base", "ours", "theirs"):
                lines.append(wrap(getattr(c, name) or "(empty)", width, f"  {name:<7} ", " " * 10))
    return "".join(f"{line}\n" for line in lines)
