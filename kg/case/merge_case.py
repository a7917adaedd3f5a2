"""Two copies of a case joined over what both began with: tables row by row, case.toml key by key.

Of any other file that both changed, ours is kept and theirs is laid beside it: text is joined
by tools that are made for it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from kg.case import form as forms_of
from kg.case import merge_table, tablewriter
from kg.case.form import Form, Forms
from kg.case.merge_rows import Clash
from kg.case.tablewriter import Change
from kg.model.errors import KgError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_TABLES = (".csv", ".tsv")
_LEFT_OUT = ("out", "__pycache__")
_KEY = re.compile(r"\s*(\[[^\]]+\])?\s*(?:([A-Za-z0-9_-]+)\s*=)?")
_BESIDE = ".theirs"
_BY_HAND = "git merge-file joins texts"


@dataclass(slots=True)
class Result:
    """Every file of the joined case by its path in it, and what a person has to decide.

    `gone` are files that were taken out.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def cases(base: Path, ours: Path, theirs: Path) -> Result:
    """Join two copies of a case over a third. Raises UsageError for a folder that is no case."""
    for folder in (base, ours, theirs):
        if not (folder / "data" / "case.toml").is_file():
            raise UsageError(f"{folder} is no case: it has no data/case.toml")
    held = [_files(folder) for folder in (base, ours, theirs)]
    forms = [_forms(folder / "data" / "case.toml") for folder in (base, ours, theirs)]
    result = Result()
    for name in sorted({*held[0], *held[1], *held[2]}):
        b, o, t = (files.get(name) for files in held)
        one = _file(name, (b, o, t), forms, result.clashes)
        if one is None:
            if o is not None:
                result.gone.append(name)
            continue
        result.files[name] = one
        if t is not None and any(
            c.table == name and c.what.endswith(_BY_HAND) for c in result.clashes
        ):
            result.files[name + _BESIDE] = t
    return result


def write(result: Result, ours: Path, target: Path) -> None:
    """Write a joined case into a new or empty folder, or into ours, all of it or nothing.

    Raises UsageError for any other folder, OutOfBounds where it cannot be written.
    """
    inside = target.exists() and target.resolve() == ours.resolve()
    if target.exists() and not inside and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} is not empty; name a folder that is new or empty, or ours")
    changes = []
    for name, data in result.files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_bytes() if path.exists() else b""
        changes.append(Change(path, before, data, Form()))
    tablewriter.write(changes)
    for name in result.gone if inside else ():
        (target / name).unlink(missing_ok=True)


def table(
    base: Path, ours: Path, theirs: Path, name: str = "", forms: Forms | None = None
) -> tuple[bytes, list[Clash]]:
    """Join two copies of one table over a third; `name` is the table's file, where theirs differ.

    Raises UsageError, or OutOfBounds, for a file that is no table of that form.
    """
    path = Path(name or ours.name)
    form = (forms or Forms()).of(path.name)
    copies = [merge_table.read(path, p.read_bytes(), form) for p in (base, ours, theirs)]
    made = merge_table.merge(*copies)
    return made.data, made.clashes


def forms_near(path: Path) -> Forms:
    """How tables are written, as the case.toml beside a table says; plainly if there is none."""
    return _forms(path.parent / "case.toml")


def _forms(path: Path) -> Forms:
    if not path.is_file():
        return Forms()
    try:
        said = tomllib.loads(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise UsageError(f"{path}: {error}; mend it first") from error
    return forms_of.read(said.get("tables", {}), str(said.get("language", "en")))[0]


def _files(folder: Path) -> dict[str, bytes]:
    """Every file of a case by its path: not what is made from it, nor what is hidden."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(p.startswith(".") for p in parts) or parts[0] in _LEFT_OUT or not path.is_file():
            continue
        found["/".join(parts)] = path.read_bytes()
    return found


def _is_table(name: str) -> bool:
    return name.startswith("data/") and name.endswith(_TABLES)


def _file(
    name: str,
    copies: tuple[bytes | None, bytes | None, bytes | None],
    forms: list[Forms],
    clashes: list[Clash],
) -> bytes | None:
    """One file of the joined case; None if it is gone."""
    base, ours, theirs = copies
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if ours is None or theirs is None:
        side = "ours" if ours is None else "theirs"
        clashes.append(
            Clash(name, "", "", f"taken out in {side}, changed in the other; it is kept")
        )
        return theirs if ours is None else ours
    try:
        if _is_table(name):
            three = zip(
                (base or b"", ours, theirs), (f.of(Path(name).name) for f in forms), strict=True
            )
            made = merge_table.merge(*(merge_table.read(Path(name), d, f) for d, f in three))
            clashes += made.clashes
            return made.data
        if name == "data/case.toml" and (found := settings(base or b"", ours, theirs, clashes)):
            return found
    except KgError as error:
        told = (
            f"it cannot be joined row by row ({error}); ours is kept, theirs is in {name}{_BESIDE}"
        )
        clashes.append(Clash(name, "", "", f"{told}; {_BY_HAND}"))
        return ours
    told = f"changed in both copies; ours is kept, theirs is in {name}{_BESIDE}"
    clashes.append(Clash(name, "", "", f"{told}; {_BY_HAND}"))
    return ours


def settings(base: bytes, ours: bytes, theirs: bytes, clashes: list[Clash]) -> bytes | None:
    """A case.toml with what either copy changed, key by key; None where it takes a person.

    Our text stays as it is but for the lines of keys that theirs changed. A key that both changed
    keeps our value, and is told.
    """
    texts = [data.decode("utf-8-sig") for data in (base, ours, theirs)]
    was, one, other = (_flat(tomllib.loads(text)) for text in texts)
    wanted = dict(one)
    lines, found = _lines(texts[1]), _lines(texts[2])
    added: list[Clash] = []
    for key in [*dict.fromkeys([*one, *other])]:
        b, o, t = (values.get(key) for values in (was, one, other))
        if o == t or t == b:
            continue
        if o != b:
            told = "changed in both copies; ours is kept"
            cells = ("" if v is None else str(v) for v in (b, o, t))
            added.append(Clash("case.toml", "", ".".join(key), told, *cells))
        elif t is None:
            lines.pop(key, None)
            del wanted[key]
        else:
            lines[key] = found.get(key, "")
            wanted[key] = t
    text = _text(texts[1], lines)
    try:
        if _flat(tomllib.loads(text)) != wanted:
            return None
    except ValueError:
        return None
    clashes += added
    return text.encode()


Key = tuple[str, ...]


def _flat(said: dict[str, Any], above: Key = ()) -> dict[Key, Any]:
    found: dict[Key, Any] = {}
    for key, value in said.items():
        if isinstance(value, dict):
            found |= _flat(value, (*above, key))
        else:
            found[*above, key] = value
    return found


def _lines(text: str) -> dict[Key, str]:
    """The line of each key that stands on one line."""
    found: dict[Key, str] = {}
    section: Key = ()
    for line in text.splitlines():
        match = _KEY.match(line)
        if match and match[1]:
            section = tuple(part.strip() for part in match[1].strip("[]").split("."))
        elif match and match[2]:
            found[*section, match[2]] = line
    return found


def _text(ours: str, wanted: dict[Key, str]) -> str:
    """Our text with other lines for some keys; new ones at the end of their section."""
    left = dict(wanted)
    parts: dict[Key, list[str]] = {(): []}
    section: Key = ()
    for line in ours.splitlines():
        match = _KEY.match(line)
        if match and match[1]:
            section = tuple(part.strip() for part in match[1].strip("[]").split("."))
            parts[section] = [line]
        elif match and match[2]:
            key = (*section, match[2])
            if key in left:
                parts[section].append(left.pop(key))
        else:
            parts[section].append(line)
    for key, line in left.items():
        held = parts.setdefault(key[:-1], [f"[{'.'.join(key[:-1])}]"] if key[:-1] else [])
        blank = len(held)
        while blank and not held[blank - 1].strip():
            blank -= 1
        held.insert(blank, line)
    return "\n".join(line for lines in parts.values() for line in lines) + "\n"
