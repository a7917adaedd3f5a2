"""An import from beginning to end: the source recognised, read into a draft, put in place as a case."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kg.case import slugs, terms
from kg.case.folder import Case, find
from kg.exchange import case_writer, imports, joining
from kg.exchange import mapping as plans
from kg.exchange.draft import Draft
from kg.exchange.mapping import Plan
from kg.exchange.source import Source
from kg.exchange.spool import NoRoom, Spool
from kg.exchange.tally import Line, Tally
from kg.exchange.vocabulary import Vocabulary
from kg.model.errors import OutOfBounds, UsageError

_MADE = "https://example.org"
README = """\
A case of `kg`, imported from {source} ({format}).

`kg check` reads it, `kg build` makes the graph, `kg view` draws it. The terms in `ontology/` are
the source's own: give them better labels, colours and marks (`kg help tables`). `base` in
`data/case.toml` is made up: put in an address that is yours before handing on.
"""


def run(
    sources: Sequence[Path],
    folder: Path,
    *,
    format: str = "",
    mapping: Path | None = None,
    into: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> list[Line]:
    """Make a case of one or more files of one format; gives the tally.

    The folder is new or empty, and there is all of it in the end or nothing; with `into` it is a
    case, which is joined. Raises UsageError for another folder or a format that is none, BadData for
    a source that cannot be read, BadCase and BadTables for a case that cannot be joined,
    OutOfBounds where nothing can be written.
    """
    case = find(folder) if into else None
    if not case:
        refuse(folder)
    opened = [Source(path, say) for path in sources]
    plan = plans.read(mapping) if mapping else None
    with made_beside(folder, kept=not case) as fresh, spooled(fresh) as spool:
        draft = Draft(spool, Vocabulary(case.ontology if case else terms.read([])), say)
        chosen = format or (plan.format if plan else "") or imports.chosen(opened[0], "")
        draft.scheme = imports.known(chosen)
        taken = joining.hold(case, draft, spool) if case else set()
        for source in opened:
            draft.begin(source.stem, source.path.stem)
            whole = imports.read(chosen, source, draft, plan)
            if whole and (case or len(opened) > 1):
                raise source.bad("it is a whole case of kg's", "import it alone, into a new folder")
        about = _about(opened, plan, case)
        say("writing the case")
        if whole:
            draft.tally = Tally()
            whole(fresh)
        else:
            case_writer.settle(draft, spool, taken)
            case_writer.write(fresh, draft, spool, about)
        told = README.format(source=opened[0].name, format=chosen)
        (fresh / "README.md").write_text(f"# {about['title']}\n\n{told}", "utf-8")
        if case:
            joining.join(case, fresh, opened[0].stem, draft)
    return draft.tally.lines()


def _about(opened: Sequence[Source], plan: Plan | None, case: Case | None) -> dict[str, str]:
    """What the case is called, in which language it is, where its names begin."""
    name = slugs.slug(opened[0].stem) or "case"
    said = plan.source if plan else {}
    base = case.base if case else f"{_MADE}/{name}/id/"
    return {
        "title": said.get("title") or opened[0].path.stem,
        "language": said.get("language", "en"),
        "licence": said.get("licence", ""),
        "base": base,
        "namespace": f"{_MADE}/{name}/terms#",
    }


def refuse(folder: Path) -> None:
    """Raise UsageError for a folder that holds anything."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder that is new or empty")
    if folder.is_dir() and (held := sorted(os.listdir(folder))):
        raise UsageError(f"{folder} is not empty: it holds {held[0]}; name a folder that is new")


@contextmanager
def made_beside(folder: Path, kept: bool = True) -> Iterator[Path]:
    """A new folder beside another, which it becomes in one step if nothing goes wrong, and if it is `kept`."""
    above = folder.resolve().parent
    try:
        above.mkdir(parents=True, exist_ok=True)
        _clear(above)
        fresh = Path(tempfile.mkdtemp(prefix=f".kg-import-{os.getpid()}-", dir=above))
    except OSError as error:
        raise OutOfBounds(f"{folder} cannot be made: {error.strerror}") from error
    try:
        yield fresh
        if kept:
            fresh.chmod(0o777 & ~_mask())
            os.replace(fresh, folder.resolve())
    except OSError as error:
        raise OutOfBounds(f"{folder} cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _clear(above: Path) -> None:
    """Remove what imports that were killed left behind."""
    for left in above.glob(".kg-import-*"):
        owner = re.match(r"\.kg-import-([0-9]+)-", left.name)
        if owner and not _runs(int(owner[1])):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@contextmanager
def spooled(folder: Path) -> Iterator[Spool]:
    """A spool in a folder, gone in the end."""
    path = folder / ".spool"
    spool = Spool(path)
    try:
        yield spool
    except NoRoom as error:
        raise OutOfBounds(f"no room for the import: {error}") from error
    finally:
        spool.close()
        path.unlink(missing_ok=True)
