"""RDF files of other people's, to be asked as they are: read strictly, and nothing fetched.

They are read and parsed within a query's child process (`kg.sparql.worker`), under its
clock and its memory limit. What could take them all is refused (`kg.sparql.rdf_guard`), and so is a
JSON-LD context that is elsewhere.
"""

from __future__ import annotations

import os
import re
import stat
from urllib.parse import quote

import pyoxigraph as ox

from kg.model.errors import BadData, UsageError, parameter
from kg.model.namespaces import FIXED
from kg.model.record import Record
from kg.sparql import rdf_guard
from kg.sparql.tokens import is_comment, tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

# A file may be as large as this part of the memory limit: as a store it takes many times that.
PART = 16
FORMATS = {
    "ttl": "TURTLE",
    "nt": "N_TRIPLES",
    "nq": "N_QUADS",
    "trig": "TRIG",
    "rdf": "RDF_XML",
    "xml": "RDF_XML",
    "owl": "RDF_XML",
    "jsonld": "JSON_LD",
    "n3": "N3",
}
PACKED = ".gz"
ALL_IN_DEFAULT = "everything is in the default graph"
# The parsers' own limit for one term.
_LONGEST = 16 << 20
_PREFIX = re.compile(r"([^\W\d_]([\w.-]*[\w-])?)?")
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class DataFile(Record):
    """A file to be read: into the graph of a name, or as it says itself; at most so many bytes."""

    path: str
    format: str
    graph: str = ""
    base: str = ""
    most: int = 1 << 26


def data_file(path: str, graph: str = "", memory: int = 1 << 30, base: str = "") -> DataFile:
    """A file to be asked, by its path; the ending of its name says what it holds.

    With `graph`, an IRI, what the file says goes into the graph of that name. `base`
    resolves its relative IRIs; without one they begin with ``file:///`` and the
    file's name, which tells nobody where it lay.

    Raises UsageError for what is no file or of no known ending, BadData for one that is too
    large to be read into so much `memory`.
    """
    if _REMOTE.match(path) and not os.path.exists(path):
        raise UsageError(f"{path} is an address and no file: nothing is fetched; save it first")
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        raise UsageError(f"{path}: there is no such file") from None
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a device or pipe"
        raise UsageError(f"{path} is {kind}; give an RDF file")
    inner = os.path.basename(path).lower().removesuffix(PACKED)
    form = FORMATS.get(os.path.splitext(inner)[1].removeprefix("."))
    if form is None:
        endings = f".{', .'.join(FORMATS)}, each also with {PACKED}"
        raise UsageError(f"{path}: expected a name that ends in {endings}")
    most = memory // PART
    if found.st_size > most:
        raise BadData(_too_large(path, found.st_size, most))
    if graph:
        try:
            ox.parse(b"", ox.RdfFormat.TURTLE, base_iri=graph)
        except ValueError as error:
            raise UsageError(f"{parameter('graph')} {graph}: no absolute IRI ({error})") from None
    named = base or "file:///" + quote(os.path.basename(path))
    return DataFile(path, form, graph, named, most)


def _too_large(path: str, size: int, most: int) -> str:
    return (
        f"{path} is too large: {size / 1e6:,.1f} MB, at most {most / 1e6:,.1f} MB are read into "
        f"{most * PART / (1 << 30):g} GiB; raise {parameter('memory')}"
    )


def graph_file(word: str) -> tuple[str, str]:
    """IRI and path of a word IRI=FILE; both may hold “=”.

    Of the places where it can be parted, that one counts behind which there is a file.
    Raises UsageError if there is none or several.
    """
    marks = [i for i, c in enumerate(word) if c == "=" and 0 < i < len(word) - 1]
    if not marks:
        raise UsageError(f"{parameter('graph')} {word}: expected IRI=FILE")
    there = [i for i in marks if os.path.exists(word[i + 1 :])]
    if len(there) > 1:
        names = " or ".join(word[i + 1 :] for i in there)
        raise UsageError(
            f"{parameter('graph')} {word}: the file may be {names}; rename one, or give its folder"
        )
    at = there[0] if there else marks[-1]
    return word[:at], word[at + 1 :]


def read(files: Sequence[DataFile]) -> list[bytes]:
    """The bytes of the files, unpacked and without a byte-order mark. Raises BadData."""
    texts = []
    for file in files:
        try:
            with open(file.path, "rb") as opened:
                data = opened.read()
        except OSError as error:
            raise BadData(f"{file.path}: {error.strerror}") from None
        if file.path.lower().endswith(PACKED):
            data = _unpacked(file, data)
        texts.append(data.removeprefix(b"\xef\xbb\xbf"))
    return texts


def _unpacked(file: DataFile, data: bytes) -> bytes:
    """What a packed file holds, which may be several packed ones in a row."""
    import zlib

    parts: list[bytes] = []
    left = file.most
    try:
        while data:
            reader = zlib.decompressobj(wbits=31)
            parts.append(reader.decompress(data, left + 1))
            left -= len(parts[-1])
            if left < 0:
                raise BadData(_too_large(f"{file.path} unpacked", file.most - left, file.most))
            if not reader.eof:
                raise BadData(f"{file.path}: it breaks off; fetch or pack it again")
            # What may follow: another packed file, or zeros that fill a block.
            data = reader.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise BadData(f"{file.path}: not packed as its name says ({error})") from None
    return b"".join(parts)


def load(files: Sequence[DataFile], texts: Sequence[bytes]) -> tuple[ox.Store, dict[str, str]]:
    """A store in memory with what the files say, and their prefixes. Raises BadData."""
    store, known = ox.Store(), dict[str, str]()
    store.extend(quad for _, quad in each(files, texts, known))
    return store, known


def each(
    files: Sequence[DataFile], texts: Sequence[bytes], known: dict[str, str]
) -> Iterator[tuple[int, ox.Quad]]:
    """What the files say, each quad with the number of its file; `known` is given their prefixes.

    Of a prefix that two files use differently the first one's counts. Raises BadData.
    """
    for number, (file, data) in enumerate(zip(files, texts, strict=True)):
        rdf_guard.refuse(file, data)
        try:
            for quad in _quads(file, data, number, known):
                yield number, quad
        except (SyntaxError, ValueError) as error:
            raise BadData(_explained(file, data, error)) from None
        except MemoryError as error:
            if "buffer" not in str(error):
                raise
            raise BadData(
                f"{file.path}: a text in it is longer than the {_LONGEST >> 20} MiB that can be read; "
                "take it out"
            ) from None


def named_graphs(store: ox.Store) -> tuple[bool, list[str]]:
    """Whether the default graph is empty, and the names of the others."""
    default = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return next(iter(default), None) is None, sorted(str(g) for g in store.named_graphs())


def known_graphs(store: ox.Store, query: str, prefixes: Mapping[str, str], base: str) -> None:
    """Refuse FROM and FROM NAMED of graphs that no file has. Raises UsageError."""
    asked = _asked_graphs(tokens(query), query, prefixes, base)
    if not asked:
        return
    there = sorted(str(g) for g in store.named_graphs())
    for name in asked:
        if name not in there:
            has = f"there are {', '.join(there)}" if there else ALL_IN_DEFAULT
            raise UsageError(f"FROM {name}: there is no such graph, and nothing is fetched; {has}")


def _asked_graphs(
    found: Sequence[str], query: str, prefixes: Mapping[str, str], base: str
) -> list[str]:
    """The graphs that a query's FROM clauses name, resolved as the engine resolves them."""
    found = [t for t in found if not is_comment(t)]
    lower = [t.lower() for t in found]
    names = []
    for i, word in enumerate(lower):
        if word == "from":
            named = lower[i + 1 : i + 2] == ["named"]
            names += found[i + 1 + named : i + 2 + named]
    if not names:
        return []
    verbs = (i for i, t in enumerate(lower) if t in ("select", "ask", "construct", "describe"))
    head = " ".join(found[: next(verbs, 0)])
    probe = f"{head} SELECT ?g {{ VALUES ?g {{ {' '.join(names)} }} }}"
    try:
        rows = ox.Store().query(probe, prefixes=dict(prefixes), base_iri=base or None)
        # Not a SELECT only if the query itself is wrong, which the engine will say.
        return [str(row["g"]) for row in rows] if isinstance(rows, ox.QuerySolutions) else []
    except SyntaxError:
        return []


def _quads(file: DataFile, data: bytes, number: int, known: dict[str, str]) -> Iterator[ox.Quad]:
    """What a file says; its blank nodes are named after their order in it."""
    names: dict[str, ox.BlankNode] = {}

    def named(term: ox.BlankNode) -> ox.BlankNode:
        if term.value not in names:
            names[term.value] = ox.BlankNode(f"f{number}b{len(names)}")
        return names[term.value]

    target = ox.NamedNode(file.graph) if file.graph else None
    form = getattr(ox.RdfFormat, file.format)
    node, triple = ox.BlankNode, ox.Triple
    reader = ox.parse(
        data, form, base_iri=file.base, without_named_graphs=bool(target), rename_blank_nodes=False
    )
    for quad in reader:
        s, o, g = quad.subject, quad.object, quad.graph_name
        if type(s) is node or type(o) is node or type(g) is node or type(o) is triple or target:
            g = target or _within(g, named)
            yield ox.Quad(_within(s, named), quad.predicate, _within(o, named), g)
        else:
            yield quad
    for prefix, space in reader.prefixes.items():
        # What everybody means by these is not a file's to change.
        if prefix not in FIXED and _PREFIX.fullmatch(prefix) and space:
            known.setdefault(prefix, space)


def _within(term: Any, named: Callable[[ox.BlankNode], ox.BlankNode]) -> Any:
    """A term with its blank nodes named, those within a triple too."""
    if isinstance(term, ox.Triple):
        return ox.Triple(_within(term.subject, named), term.predicate, _within(term.object, named))
    return named(term) if isinstance(term, ox.BlankNode) else term


def _explained(file: DataFile, data: bytes, error: Exception) -> str:
    """The parser's complaint, after file, line and column."""
    said = re.sub(r"^Parser error at [^:]*: ", "", str(error))
    said = re.sub(r" \(line \d+\)$", "", said)
    if "LoadDocumentCallback" in said:
        said = "its @context is elsewhere, and nothing is fetched; put the context into the file"
    line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
    if entity := re.search(r"unrecognized entity `([^`]*)`", said):
        # The parser tells only where within a text it stands.
        plain = rdf_guard.uncommented(data)
        at = plain.find(b"&%s;" % entity[1].encode())
        line = plain.count(b"\n", 0, at) + 1 if at >= 0 else None
        said = f"nothing says what the entity &{entity[1]}; stands for; write it out"
    place = (
        f", line {line}, column {column}" if line and column else f", line {line}" if line else ""
    )
    return f"{file.path}{place}: {said}"
