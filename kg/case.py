"""A case: a folder with `data/` and `ontology/`, and what its case.toml says."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg import ontology
from kg.errors import BadCase

LEDGER = ("claims", "figures", "judgements")
_KEYS = {"title", "description", "licence", "base", "language", "editors", "version"}
_SAFE_IRI = frozenset("<>\"{}|\\^`\n\r\t ")


@dataclass(frozen=True)
class Case:
    """Where a case lies, what it is called, where what is made from it goes."""

    root: Path
    out: Path
    title: str
    description: str
    licence: str
    base: str
    language: str
    editors: tuple[str, ...]
    version: str

    @cached_property
    def ontology(self) -> ontology.Ontology:
        """The core terms and the case's own."""
        return ontology.read(self.ontology_files)

    @property
    def ontology_files(self) -> list[Path]:
        """The Turtle files of the case."""
        return sorted((self.root / "ontology").glob("*.ttl"))

    @property
    def tables(self) -> list[Path]:
        """The CSV files of the case, by name."""
        return sorted((self.root / "data").glob("*.csv"))

    @property
    def inputs(self) -> list[Path]:
        """Every file that a graph is made from."""
        return [self.root / "data" / "case.toml", *self.ontology_files, *self.tables]

    def digests(self) -> dict[str, str]:
        """SHA-256 of every input, by its path within the case."""
        found = {}
        for path in self.inputs:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(self.root).as_posix()] = digest
        return found


def find(where: str | Path = ".", out: Path | None = None) -> Case:
    """Read the case in a folder; `example` is the one that comes with the package.

    What is made from a case goes to its `out/`; from the example, to
    `out/example/` of the folder one stands in, since the package's own folder may
    not be writable.

    Raises BadCase with what is missing and how to mend it.
    """
    if str(where) == "example":
        root, default = example_root(), Path("out") / "example"
    else:
        root = Path(where)
        default = root / "out"
    path = root / "data" / "case.toml"
    if not path.is_file():
        raise BadCase(
            f"{root} is no case: it has no data/case.toml; stand in a case's folder, "
            "name one with --case DIR, or try --case example"
        )
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadCase(f"{path}: {error}") from error
    for key in said:
        if key not in _KEYS:
            hint = ontology.did_you_mean(key, _KEYS)
            raise BadCase(f"{path}: unknown key “{key}”; expected {', '.join(sorted(_KEYS))}; {hint}")
    base = str(said.get("base", ""))
    if not base.startswith(("http://", "https://", "urn:")) or _SAFE_IRI & set(base):
        raise BadCase(f"{path}: base is “{base}”; expected an IRI that starts with https://")
    editors = said.get("editors", [])
    return Case(
        root=root,
        out=out or default,
        title=str(said.get("title", root.resolve().name)),
        description=str(said.get("description", "")),
        licence=str(said.get("licence", "")),
        base=base,
        language=str(said.get("language", "en")),
        editors=tuple(map(str, editors if isinstance(editors, list) else [editors])),
        version=str(said.get("version", "")),
    )


def example_root() -> Path:
    """The shipped case: inside an installed package, or the checkout's own top level."""
    package = Path(__file__).resolve().parent
    inside = package / "example"
    return inside if inside.is_dir() else package.parent
