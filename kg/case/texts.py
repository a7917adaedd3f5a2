"""The documents' texts: files matched to documents, and read as plain text of code points."""

from __future__ import annotations

import hashlib
import html.parser
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from kg.case.ids import Register
from kg.case.slugs import slug
from kg.model.errors import KgError, UsageError, parameter
from kg.model.ontology import Ontology, Term

KINDS = (".txt", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx")
_MAX = 256 << 20


@dataclass
class File:
    """A file that is a document's text: matched by ``digest`` or by ``name``."""

    path: Path
    digest: str
    by: str

    def text(self) -> str:
        """Its words. Raises KgError where the file cannot be read as text."""
        return read(self.path)


@dataclass
class Texts:
    """What a folder holds for the documents of a case, by document id.

    `altered` has the documents whose file has another digest than their record says; `several`
    those for which two files differ; `unknown` the files that are no document's.
    """

    files: dict[str, File] = field(default_factory=dict)
    altered: dict[str, str] = field(default_factory=dict)
    several: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[Path] = field(default_factory=list)


def folder_of(root: Path, given: str) -> Path:
    """The folder of texts: the one given, else the case's own. Raises UsageError if there is none."""
    folder = Path(given) if given else root / "texts"
    if folder.is_dir():
        return folder
    if given:
        raise UsageError(f"{folder} is no folder; name the one that holds the documents' texts")
    raise UsageError(
        f"{folder} is no folder; put the documents' texts there, or name it with {parameter('texts')}"
    )


def digest_columns(terms: Ontology, term: Term) -> list[str]:
    """The columns of a class's table that hold the digest of a document's text."""
    return [c for c, prop in terms.columns(term.id).items() if "TextDigest" in prop.roles]


def find(folder: Path, known: Register, digests: dict[str, str]) -> Texts:
    """Match the files of a folder, and of those in it, to the documents that `known` has.

    A file belongs to the document whose digest is its SHA-256; else to the one whose id or
    name, or an alias, is the file's name without its ending, as it stands or as a slug.
    Cost: one digest a file.
    """
    found = Texts()
    by_mark = {mark.removeprefix("sha256:"): own for own, mark in digests.items() if mark}
    lengths = {len(mark) for mark in by_mark}
    loose: dict[str, list[tuple[Path, str]]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        with path.open("rb") as file:
            mark = hashlib.file_digest(file, "sha256").hexdigest()
        if own := next((by_mark[mark[:n]] for n in lengths if mark[:n] in by_mark), ""):
            found.files.setdefault(own, File(path, mark, "digest"))
        elif own := _named(path, known):
            loose.setdefault(own, []).append((path, mark))
        else:
            found.unknown.append(path)
    for own, some in loose.items():
        if own in found.files:
            continue
        best = [pair for pair in some if pair[0].suffix.lower() == ".txt"] or some
        if len({mark for _, mark in best}) > 1:
            found.several[own] = [path.name for path, _ in best]
            continue
        path, mark = best[0]
        found.files[own] = File(path, mark, "name")
        if digests.get(own):
            found.altered[own] = f"sha256:{mark}"
    return found


def _named(path: Path, known: Register) -> str:
    """The only document that a file is named after."""
    stem = path.stem
    if stem in known.documents:
        return stem
    matched = {own for own in known.names.of(stem.replace("_", " ")) if own in known.documents}
    matched |= {own for own in known.names.of(stem) if own in known.documents}
    if not matched:
        plain = slug(stem)
        matched = {
            own
            for own in known.documents
            if plain and plain in (own, slug(known.names.shown.get(own, "")))
        }
    return next(iter(matched)) if len(matched) == 1 else ""


def read(path: Path) -> str:
    r"""A file as text, its line ends ``\n``.

    Plain text and Markdown are UTF-8; of HTML the words are taken that a browser shows, of a
    docx file its paragraphs, of a PDF what pypdf finds on each page.

    Raises KgError, saying what to do, for a file that cannot be read as text.
    """
    if path.stat().st_size > _MAX:
        raise KgError(f"{path.name}: more than {_MAX:,} bytes; keep its text as a .txt file")
    reader = _READERS.get(path.suffix.lower(), _plain)
    try:
        return reader(path).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        told = f"{path.name}: not UTF-8 at byte {error.start:,}"
        raise KgError(f"{told}; save its text as UTF-8 in a .txt file") from error


def _plain(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


class _Words(html.parser.HTMLParser):
    """Collects what a page shows; elements that stand on lines of their own end one."""

    _hidden = ("script", "style", "template", "head", "noscript")
    _inline = frozenset(
        [
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "dfn",
            "em",
            "font",
            "i",
            "kbd",
            "mark",
            "q",
            "s",
            "samp",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "time",
            "tt",
            "u",
            "var",
            "wbr",
            "img",
            "ruby",
            "rb",
            "rt",
            "rp",
            "ins",
            "del",
            "label",
        ]
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self._hidden:
            self._depth += 1
        elif tag not in self._inline:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            self._depth = max(0, self._depth - 1)
        elif tag not in self._inline:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._depth:
            self.parts.append(data)


def _html(path: Path) -> str:
    words = _Words()
    words.feed(_plain(path))
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.parts).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def _docx(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo("word/document.xml")
            if info.file_size > _MAX:
                raise KgError(f"{path.name}: too large once unpacked; keep its text as a .txt file")
            data = archive.read(info)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        raise KgError(f"{path.name} is no whole docx file; keep its text as a .txt file") from error
    parts: list[str] = []
    inside = False

    def start(tag: str, given: object) -> None:
        nonlocal inside
        name = tag.rpartition(":")[2]
        inside = name == "t"
        parts.append({"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(name, ""))

    def end(tag: str) -> None:
        nonlocal inside
        inside = False
        if tag.rpartition(":")[2] == "p":
            parts.append("\n")

    def refuse(*_: object) -> None:
        raise KgError(f"{path.name} declares entities; keep its text as a .txt file")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda words: parts.append(words) if inside else None
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise KgError(f"{path.name} is no whole docx file: {error}") from error
    return "".join(parts)


def _pdf(path: Path) -> str:
    try:
        import pypdf
    except ImportError as error:
        raise KgError(
            f"{path.name} is a PDF, and pypdf, which reads it, is not installed: "
            "pip install 'actors-kg[office]', or keep its text as a .txt file"
        ) from error
    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    except Exception as error:
        raise KgError(
            f"{path.name} cannot be read as a PDF ({error}); keep its text as .txt"
        ) from error
    if not any(page.strip() for page in pages):
        raise KgError(
            f"{path.name} is a PDF of pictures, without text; keep its text as a .txt file"
        )
    return "".join(page + "\n" for page in pages)


_READERS: dict[str, Callable[[Path], str]] = {
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".docx": _docx,
    ".pdf": _pdf,
}
