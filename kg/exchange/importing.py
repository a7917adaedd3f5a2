"""An import from beginning to end: the source recognised, read into a draft, put in place as a case."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kg.case import terms
from kg.case.folder import Case, find
from kg.exchange import case_writer, imports, joining, own_links
from kg.exchange import mapping as plans
from kg.exchange.draft import Draft, Key
from kg.exchange.plan import Plan
from kg.exchange.source import Source, stem
from kg.exchange.spool import NoRoom, Spool
from kg.exchange.tally import READ, Line, Tally
from kg.exchange.vocabulary import Vocabulary
from kg.model.errors import BadData, OutOfBounds, UsageError
from kg.text.untrusted import one_line, word

_MADE = "https://example.org"
README = """\
A case of `kg`, imported from {source} ({format}).

`kg check` reads it, `kg build` makes the graph, `kg view` draws it. The terms in `ontology/` are
the source's own: give them better labels, colours and marks (`kg help tables`). `base` in
`data/case.toml` is made up: put in an address that is yours before handing on.
"""

# What stands in the head of files that kg has written in the forms of others.
_NANOPUBLICATION = "nanopub.org/nschema"
_OURS = ("Claims are what documents say, not facts", "w3id.org/actors-kg")


def run(
    path: Path,
    folder: Path,
    *,
    format: str = "",
    mapping: Path | None = None,
    into: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> list[Line]:
    """Make a case of a file, or of the files of one format in a folder; gives the tally.

    The folder to make is new or empty, and there is all of it in the end or nothing; with `into` it
    is a case, which is joined. Raises UsageError for another folder or a format that is none, BadData
    for a source that cannot be read, BadCase and BadTables for a case that cannot be joined,
    OutOfBounds where nothing can be written.
    """
    case = find(folder) if into else None
    if not case:
        refuse(folder)
    if not (format or mapping) and (path / "data" / "case.toml").is_file():
        there = one_line(str(path))
        raise UsageError(
            f"{there} is a case of kg's own already, as “kg export tables” writes one; go there, or "
            f"build it with: kg --case {word(str(path))} build"
        )
    opened = [Source(one, say) for one in _files(path)]
    plan = plans.read(mapping) if mapping else None
    with made_beside(folder, kept=not case) as fresh, spooled(fresh) as spool:
        draft = Draft(spool, Vocabulary(case.ontology if case else terms.read([])), say)
        chosen = imports.known(format or (plan.format if plan else "") or _format(opened))
        draft.scheme = chosen
        taken = joining.hold(case, draft, spool) if case else set()
        draft.begin(stem(path.name), path.stem)
        if plan:
            _told(draft, plan)
        whole = None
        for source in opened:
            if path.is_dir() and not (format or imports.format(chosen).fits(source)):
                draft.left("file", f"it is not of the format {chosen}")
                continue
            draft.file = source.path.stem if path.is_dir() else ""
            whole = imports.read(chosen, source, draft, plan)
            if whole and (case or len(opened) > 1):
                raise source.bad("it is a whole case of kg's", "import it alone, into a new folder")
            if not whole and chosen != "rdf" and any(mark in source.head for mark in _OURS):
                say(_bare(source))
            elif not whole and _NANOPUBLICATION in source.head and _OURS[1] in source.head:
                say(
                    f"warning: {source.name} was written by kg export, and is read here as any RDF is: "
                    "what each nanopublication states comes back with its stance and voice, and all that "
                    "is said about it as records; tables, Turtle, JSON-LD and pages of kg bring a case "
                    "back whole"
                )
            elif any(line.reason == own_links.REASON for line in draft.tally.lines()):
                say(_bare(source))
        about = _about(path, plan, case)
        say("writing the case")
        if whole:
            draft.tally = Tally()
            whole(fresh)
        elif not draft.tally.count(READ):
            raise BadData(f"{path.name}: nothing of the format {chosen} is in it")
        else:
            case_writer.settle(draft, spool, taken)
            case_writer.write(fresh, draft, spool, about)
        told = README.format(source=path.name, format=chosen)
        (fresh / "README.md").write_text(f"# {about['title']}\n\n{told}", "utf-8")
        if case:
            joining.join(case, fresh, stem(path.name), draft)
    return draft.tally.lines()


def _bare(source: Source) -> str:
    return (
        f"warning: {source.name} was written by kg export, and what is read of it here are links that "
        "are alleged, denied, disputed or taken back as they were: by whom, and in which document, stands "
        "in remarks on them, or in opinions; tables, Turtle, JSON-LD and pages of kg bring a case back whole"
    )


def _files(path: Path) -> list[Path]:
    """The files of a source: itself, or all in it that are not hidden, by name."""
    if not path.is_dir():
        return [path]
    inside = sorted(p for p in path.rglob("*") if p.is_file())
    found = [p for p in inside if not any(s[:1] == "." for s in p.relative_to(path).parts)]
    found = [p for p in found if p.stat().st_size]
    if not found:
        raise UsageError(f"{path} is a folder without a file to read")
    return found


def _format(opened: Sequence[Source]) -> str:
    """The format of the only source, or of the first of several that has one."""
    for source in opened[:-1]:
        if len(found := imports.fitting(source)) == 1:
            return found[0]
    return imports.chosen(opened[-1])


def _told(draft: Draft, plan: Plan) -> None:
    """What a mapping says of the source as a document."""
    said, attributes = plan.source, dict[str, str | Key]()
    if who := said.get("publisher"):
        kind = draft.term("class", "Publisher")
        attributes["publisher"] = Key(draft.thing(f"{kind}/{who}", kind, who, called=who))
    if day := said.get("published"):
        attributes["publicationDate"] = day
    if said:
        title, link = said.get("title", ""), said.get("url", "")
        draft.document(title, key=draft.source, called="-", url=link, attributes=attributes)


def _about(path: Path, plan: Plan | None, case: Case | None) -> dict[str, str]:
    """What the case is called, in which language it is, where its names begin."""
    name = stem(path.name)
    said = plan.source if plan else {}
    base = case.base if case else f"{_MADE}/{name}/id/"
    return {
        "title": said.get("title") or path.stem,
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
    """A new folder beside another, which it becomes in one step if nothing goes wrong, and if it is `kept`.

    Raises OutOfBounds where it cannot be made or written.
    """
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
    """A spool in a folder, gone in the end. Raises OutOfBounds if the disk is full."""
    path = folder / ".spool"
    spool = Spool(path)
    try:
        yield spool
    except NoRoom as error:
        raise OutOfBounds(f"no room for the import: {error}") from error
    finally:
        spool.close()
        path.unlink(missing_ok=True)
