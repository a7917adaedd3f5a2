"""A case: a folder with `data/` and `ontology/`, and what its case.toml says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.case import cells, example, tomlfile
from kg.case import form as forms_of
from kg.case.form import Form, Forms
from kg.case.table import MAX_BYTES
from kg.model.errors import BadCase, parameter
from kg.model.ontology import CORE, Ontology
from kg.text.spelling import did_you_mean

if TYPE_CHECKING:
    from kg.case.row import Problems
    from kg.case.source import Rows

LEDGER = ("claims", "figures", "events", "names", "judgements", "withhold")
_TEXTS = ("base", "description", "graph", "language", "licence", "store", "title", "version")
_KEYS = tuple(sorted((*_TEXTS, "check", "editors", "tables")))
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]*:[A-Za-z0-9._~:/-]+")
_NOTES = (".md", ".txt")
_SHEETS = (".csv", ".tsv", ".xlsx", ".xls", ".ods")


@dataclass(frozen=True)
class Case:
    """Where a case lies, what it is called, where what is made from it goes.

    `store` and `graph` are asked only by whoever says so: a case may come from a stranger.
    """

    root: Path
    out: Path
    title: str
    description: str
    licence: str
    base: str
    language: str
    editors: tuple[str, ...]
    version: str
    forms: Forms = field(default_factory=Forms)
    quiet: frozenset[str] = frozenset()
    store: str = ""
    graph: str = ""

    @cached_property
    def ontology(self) -> Ontology:
        """The core terms and the case's own."""
        from kg.case import terms

        return terms.read(self.ontology_files, self.language)

    @property
    def ontology_files(self) -> list[Path]:
        """The Turtle files of the case. Raises BadCase for one that is no ordinary file."""
        return [_ordinary(p) for p in sorted((self.root / "ontology").glob("*.ttl"))]

    @property
    def tables(self) -> list[Path]:
        """The tables of the case, by name; hidden files are some program's own."""
        return [p for p in self._sheets if p.suffix[1:] in self.forms.formats]

    def table(self, stem: str) -> Path | None:
        """The file that holds a table; nothing if there is none."""
        return next((p for p in self.tables if p.stem == stem), None)

    def form(self, path: Path) -> Form:
        """How the table in a file is written."""
        return self.forms.of(path.name)

    @property
    def unread(self) -> list[Path]:
        """Files beside the tables that look like tables and are none: other formats, `.CSV`."""
        return [p for p in self._sheets if p.suffix[1:] not in self.forms.formats]

    @property
    def _sheets(self) -> list[Path]:
        found = (p for p in (self.root / "data").iterdir() if not p.name.startswith((".", "~$")))
        return sorted(p for p in found if p.suffix.lower() in _SHEETS)

    @property
    def unread_terms(self) -> list[Path]:
        """Files beside the ontology's that are none of its: other formats, `.TTL`."""
        found = (p for p in (self.root / "ontology").glob("*") if not p.name.startswith("."))
        return sorted(p for p in found if p.suffix != ".ttl" and p.suffix.lower() not in _NOTES)

    @property
    def inputs(self) -> list[Path]:
        """Every file that a graph is made from."""
        return [self.root / "data" / "case.toml", *self.ontology_files, *self.tables]

    @property
    def about(self) -> dict[str, Any]:
        """What the manifest of its graph says of it."""
        names = ("title", "description", "licence", "base", "language", "editors", "version")
        return {name: getattr(self, name) for name in names}

    def turtle(self) -> Iterator[str]:
        """The core terms and the case's own, as N-Triples."""
        from kg.case import turtle

        yield from map(turtle.named, [Path(CORE), *self.ontology_files])

    def rows(self, problems: Problems) -> Rows:
        """Every entity and attestation of the tables, checked."""
        from kg.case import reader

        problems.quiet = self.quiet
        return reader.rows(self, problems)

    def digests(self) -> dict[str, str]:
        """SHA-256 of every input, by its path within the case.

        Raises BadCase for one that is no ordinary file, or too large: it might never end.
        """
        found = {}
        for path in self.inputs:
            with _ordinary(path).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(self.root).as_posix()] = digest
        return found


def _ordinary(path: Path) -> Path:
    if not path.is_file():
        raise BadCase(f"{path}: this is no ordinary file; put a file there, or move it away")
    if (size := path.stat().st_size) > MAX_BYTES:
        raise BadCase(f"{path}: {size:,} bytes; expected at most {MAX_BYTES:,}")
    return path


def find(where: str | Path = ".", out: Path | None = None) -> Case:
    """Read the case in a folder; `example` is the one that comes with the package.

    What is made from a case goes to its `out/`; from the example, to
    `out/example/` of the folder one stands in, since the package's own folder may
    not be writable.

    Raises BadCase with what is missing and how to mend it.
    """
    root = Path(example.root()) if str(where) == "example" else Path(where)
    path = root / "data" / "case.toml"
    if not path.is_file():
        raise BadCase(
            f"{root} is no case: it has no data/case.toml; stand in a case's folder, name one with "
            f"{parameter('case')} DIR, begin one with kg init DIR, or try {parameter('case')} example"
        )
    said = tomlfile.read(path)
    if faults := [*_faults(said)]:
        raise BadCase("\n".join(f"{path}: {fault}" for fault in faults))
    language = said.get("language", "en")
    forms, _ = forms_of.read(said.get("tables", {}), language)
    return Case(
        root=root,
        out=out or Path(example.out_of(str(where))),
        title=said.get("title", root.resolve().name),
        description=said.get("description", ""),
        licence=said.get("licence", ""),
        base=said["base"],
        language=language,
        editors=tuple(said.get("editors", ())),
        version=said.get("version", ""),
        forms=forms,
        quiet=frozenset(said.get("check", {}).get("quiet", ())),
        store=said.get("store", ""),
        graph=said.get("graph", ""),
    )


def _faults(said: dict[str, Any]) -> Iterator[str]:
    """Everything wrong in a case.toml."""
    for key, value in said.items():
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS)
            expected = f"unknown key “{key}”; expected {', '.join(_KEYS)}"
            yield f"{expected}; {hint}" if hint else expected
        elif key == "tables":
            yield from forms_of.read(value, "en")[1]
        elif key == "check":
            yield from _check_faults(value)
        elif key == "editors":
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                yield f'editors is {_toml(value)}; expected a list of names, as ["A. Name"]'
        elif not isinstance(value, str):
            yield f"{key} is {_toml(value)}; expected a text in quotes"
    texts = [(k, v) for k, v in said.items() if isinstance(v, str)]
    texts += [("editors", v) for v in said.get("editors", ()) if isinstance(v, str)]
    for key, text in texts:
        if bad := re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text):
            yield f"{key} holds the character U+{ord(bad.group()):04X}; expected text; delete it"
    base = said.get("base")
    expected = "an IRI that ends in “/”, “#” or “:”, as https://example.org/id/"
    if base is None:
        yield f"base is missing; expected {expected}"
    elif isinstance(base, str) and not _is_base(base):
        yield f"base is “{base}”; expected {expected}"
    language = said.get("language", "en")
    if isinstance(language, str) and not cells.LANGUAGE.fullmatch(language):
        yield f"language is “{language}”; expected a language tag, as en or zh-Hans"


def _check_faults(said: object) -> Iterator[str]:
    """Everything wrong in the section [check]: `quiet` names kinds of warnings."""
    from kg.case import plausibility

    kinds = ", ".join(plausibility.KINDS)
    quiet = said.get("quiet", []) if isinstance(said, dict) and {*said} <= {"quiet"} else None
    if not isinstance(quiet, list):
        yield f"check: expected the key quiet alone, a list of kinds of warnings: {kinds}"
        return
    for kind in quiet:
        if kind not in plausibility.KINDS:
            hint = did_you_mean(str(kind), plausibility.KINDS)
            told = f"[check] quiet has {_toml(kind)}; expected {kinds}"
            yield f"{told}; {hint}" if hint else told


def _is_base(text: str) -> bool:
    known = cells.ADDRESS.fullmatch(text) or _URN.fullmatch(text)
    return bool(known) and text.endswith(("/", "#", ":"))


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    try:
        text = repr(value)
    except ValueError:
        return "a number of thousands of digits"
    return text if len(text) <= 80 else f"{text[:79]}…"
