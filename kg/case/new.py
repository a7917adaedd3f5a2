"""A folder for a new case: tables with their headers, an ontology to begin with, two rows to look at."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kg.case import example, slugs
from kg.case.texts import KINDS
from kg.model.errors import OutOfBounds, UsageError
from kg.text import manual

STARTER = Path(__file__).resolve().parent / "starter"
LIKE = ("example",)
# The name of the folder stands here in the starter's files: as a title, and in addresses.
_TITLE, _NAME = "TITLE", "example.org/NAME/"


def make(folder: Path, *, empty: bool = False, like: str = "") -> list[str]:
    """Make a case in a folder, which is made too; returns the files by their path in it.

    With `empty` there are no example rows; `like` takes the terms and headers of a case that
    comes with kg, without its rows. Texts that lie in `texts/` already stay as they are, and have
    a row each in the table of documents. All of it is there in the end, or nothing.

    Raises UsageError for a folder that holds anything else, OutOfBounds where it cannot be written.
    """
    if like not in ("", *LIKE):
        raise UsageError(f"there is no “{like}” to be like; expected {', '.join(LIKE)}")
    _refuse(folder)
    files = dict(_files(folder, empty, like))
    if clash := next((n for n in files if (folder / n).exists()), ""):
        raise UsageError(f"{folder / clash} is there already; move it away first")
    try:
        _write(folder, files)
    except OSError as error:
        raise OutOfBounds(f"{folder} cannot be made: {error.strerror}") from error
    return list(files)


def _refuse(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder that is new or empty")
    # Hidden files are some other program's own, as .git.
    held = sorted(p for p in folder.iterdir() if p.name[0] != ".") if folder.exists() else []
    other = [p.name for p in held if p.name != "texts" or not p.is_dir()]
    if other:
        more = f" and {len(other) - 1} more" if len(other) > 1 else ""
        raise UsageError(
            f"{folder} is not empty: it holds {other[0]}{more}; name a folder that is new, empty, "
            "or holds nothing but texts/"
        )


def _files(folder: Path, empty: bool, like: str) -> Iterator[tuple[str, bytes]]:
    """The path and the bytes of each file."""
    title = folder.resolve().name or "case"
    name = slugs.slug(title) or "case"
    source = Path(example.root()) if like else STARTER
    bare = empty or bool(like)

    def own(text: str) -> bytes:
        return text.replace(_NAME, _NAME.replace("NAME", name)).encode("utf-8")

    toml = (STARTER / "data" / "case.toml").read_text("utf-8")
    yield "data/case.toml", own(toml.replace(_TITLE, json.dumps(title, ensure_ascii=False)))
    for path in sorted((source / "data").glob("*.csv")):
        text = path.read_text("utf-8")
        text = text.partition("\n")[0] + "\n" if bare else text
        if path.name == "documents.csv":
            text += _documents(text, folder / "texts")
        yield f"data/{path.name}", own(text)
    for path in sorted((source / "ontology").glob("*.ttl")):
        yield f"ontology/{path.name}", own(path.read_text("utf-8"))
    if bare:
        yield "README.md", f"# {title}\n\n{_BARE}".encode()
    else:
        yield "README.md", manual.read("tutorial").encode("utf-8")
        for path in sorted((STARTER / "texts").glob("*.txt")):
            yield f"texts/{path.name}", path.read_bytes()


def _documents(table: str, texts: Path) -> str:
    """A row for each text that lies there, by the name of its file: `kg verify` finds it by that."""
    columns = table.partition("\n")[0].split(",")
    taken = {line.partition(",")[0] for line in table.splitlines()}
    made = io.StringIO()
    writer = csv.DictWriter(made, columns, lineterminator="\n")
    for path in sorted(texts.glob("*")):
        name = " ".join(path.stem.replace("_", " ").split())
        known = slugs.slug(name)
        if path.suffix.lower() in KINDS and name[0] != "." and known and known not in taken:
            taken.add(known)
            writer.writerow({"id": known, "name": name})
    return made.getvalue()


_BARE = """\
A case of `kg`: who says what about whom, where, and who disputes it.

- `data/` has the tables. `kg help tables` says what stands in them.
- `ontology/` has the terms: classes, relations, measures. Add your own.
- `texts/` is for the texts of the documents, each named as the id of its document.
- `base` in `data/case.toml` is made up: put in an address that is yours.

`kg check` reads all of it, `kg build` makes the graph, `kg view` draws it.
`kg help tutorial` begins at the beginning.
"""


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files beside the folder first, then move them in; take back what was moved if one fails."""
    above = folder.resolve().parent
    above.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".kg-init-", dir=above))
    moved: list[Path] = []
    made = not folder.exists()
    try:
        for name, data in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (fresh / "texts").mkdir(exist_ok=True)
        folder.mkdir(exist_ok=True)
        for path in sorted(fresh.iterdir()):
            if path.name == "texts" and (folder / "texts").exists():
                for text in sorted(path.iterdir()):
                    moved.append(folder / "texts" / text.name)
                    os.rename(text, moved[-1])
            else:
                moved.append(folder / path.name)
                os.rename(path, moved[-1])
    except BaseException:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        if made and folder.exists():
            folder.rmdir()
        raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
