"""A graph as tables: entities, claims, attestations, figures, conflicts, who says what.

What workbooks, CSV and Parquet files hold alike. A cell is a text or a whole number.
"""

from __future__ import annotations

import marshal
from tempfile import SpooledTemporaryFile

from kg.exchange.handed.columns import EDGE, EDGE_NUMBERS, JOINT, node_columns
from kg.exchange.handed.content import in_columns
from kg.model.claims import TEXTS
from kg.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.analysis.evidence import Spoken, Told
    from kg.exchange.handed.content import Content
    from kg.model.claims import Entity

    Cell = str | int


class Sheet(Record):
    """A table: its name, its columns, those with whole numbers, those with addresses; its rows, read once."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
    numbers: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


# So many bytes of rows are kept in memory.
_IN_MEMORY = 32 << 20
_PLACED = (
    *("side", "stance", "voice", "voice_name", "document", "document_name", "locator", "passage"),
    *("digest", "chain", "period", "said", "known", "gloss", "quote", "value", "number", "unit"),
    *("qualifier", "instead_of", "sentence"),
)
# What a row holds as its cell stands has a column, whatever is added to it.
_SAID = (*_PLACED, *(field for field in TEXTS if field not in _PLACED))


def sheets(content: Content) -> Iterator[Sheet]:
    """Every table, in order. Cost: conflicts are searched; the rest is linear, row by row.

    Each claim is told once: rows of later tables wait in temporary files.
    """
    columns = node_columns(content)
    own = [c.attribute for c in columns if c.attribute]
    links = [n for n in own if content.terms.attributes[n].datatype == "anyURI"]
    yield Sheet(
        "entities",
        ("id", "iri", "name", "class", "other_names", *own),
        (_entity(content, own, e) for e in content.entities()),
        links=("iri", *links),
    )
    besides = list(content.terms.qualities)
    names = ("id", "source", "source_name", "target", "target_name", *EDGE)
    told = _Pass(content, besides)
    yield Sheet("claims", names, told.claims(), EDGE_NUMBERS)
    said = ("claim", "attestation", *_SAID, *besides)
    yield Sheet("attestations", said, told.attestations())
    figures = (
        *("claim", "subject", "subject_name", "measure", "label", "scope", "scope_name"),
        *("status", "basis", *EDGE_NUMBERS),
        *("stated", "number", "unit", "qualifier", "stance", "voice_name", "document_name"),
        *("locator", "period", "sentence", *besides),
    )
    yield Sheet("figures", figures, told.figures(), EDGE_NUMBERS)
    yield _conflicts(content)
    yield _matrix(content)


class _Pass:
    """All claims in words, once: their own rows as they come, those of other tables kept for later."""

    def __init__(self, content: Content, besides: Sequence[str]) -> None:
        self._content, self._besides = content, besides
        self._attestations, self._figures = _Kept(), _Kept()
        self._told = False

    def claims(self) -> Iterator[tuple[Cell, ...]]:
        """The rows of claims."""
        # Whoever left them half read, and comes again, finds each row of the others once.
        kept = () if self._told else (self._attestations, self._figures)
        for rows in kept:
            rows.clear()
        for claim in self._content.told():
            if kept:
                self._keep(claim)
            if not claim.figure:
                yield _claim(claim)
        self._told = True

    def _keep(self, claim: Told) -> None:
        for said in claim.spoken:
            self._attestations.add(_said(claim, said, self._besides))
            if claim.figure and said.number:
                self._figures.add(_figure(claim, said, self._besides))

    def attestations(self) -> Iterator[tuple[Cell, ...]]:
        """The rows of attestations."""
        self._tell()
        yield from self._attestations.rows()

    def figures(self) -> Iterator[tuple[Cell, ...]]:
        """The rows of figures."""
        self._tell()
        yield from self._figures.rows()

    def _tell(self) -> None:
        """Tell the claims, if nobody has read their rows to the end."""
        if not self._told:
            for _ in self.claims():
                pass


class _Kept:
    """Rows laid down in order, in memory as long as they are few."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # closed below

    def add(self, row: tuple[Cell, ...]) -> None:
        """Lay down one more."""
        marshal.dump(row, self._file)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """All of them, from the first."""
        self._file.seek(0)
        while True:
            try:
                yield marshal.load(self._file)  # written by this process
            except EOFError:
                return

    def clear(self) -> None:
        """Forget them."""
        self._file.seek(0)
        self._file.truncate()

    def __del__(self) -> None:
        self._file.close()


def _entity(content: Content, own: Sequence[str], entity: Entity) -> tuple[Cell, ...]:
    others = JOINT.join((*entity.aliases, *(name for _, name in entity.names)))
    values = (JOINT.join(entity.values(name)) for name in own)
    kind = content.kind(entity.kind)
    return entity.id, content.iri(entity.id), entity.name, kind, others, *values


def _claim(claim: Told) -> tuple[Cell, ...]:
    edge = in_columns(claim, {})
    ends = edge.source, claim.subject_name, edge.target, claim.object_name
    return edge.id, *ends, *edge[3:-1]


def _said(claim: Told, said: Spoken, besides: Sequence[str]) -> tuple[Cell, ...]:
    cells = (getattr(said, name) for name in _SAID)
    told = (JOINT.join(c) if isinstance(c, tuple) else c for c in cells)
    return claim.id, said.id, *told, *_besides(said, besides)


def _besides(said: Spoken, names: Sequence[str]) -> Iterator[str]:
    """What a row says of its claim besides, a cell for each quality of the ontology."""
    return (JOINT.join(q.value for q in said.qualities if q.name == name) for name in names)


def _figure(claim: Told, said: Spoken, besides: Sequence[str]) -> tuple[Cell, ...]:
    s = claim.standing
    what = claim.subject, claim.subject_name, claim.relation, claim.relation_label
    scope = claim.object, claim.object_name
    counts = s.status.lower(), s.basis.lower(), s.voices, s.documents, s.opposing
    number = said.stated, said.number, said.unit, said.qualifier, said.stance
    where = said.voice_name, said.document_name, said.locator, said.period, said.sentence
    return claim.id, *what, *scope, *counts, *number, *where, *_besides(said, besides)


def _conflicts(content: Content) -> Sheet:
    from kg.analysis import conflicts

    def rows() -> Iterator[tuple[Cell, ...]]:
        for e in conflicts.conflicts(content.whole, content.lens):
            for side in e.sides:
                who = JOINT.join(side.voices), JOINT.join(side.documents), JOINT.join(side.claims)
                told = side.side, "\n".join([side.label, *side.said] if side.label else side.said)
                yield e.id, e.question, e.kind, e.hard, e.reason, *told, *who, e.settles

    named = ("side", "said", "voices", "documents", "claims")
    columns = ("entry", "question", "kind", "strength", "reason", *named, "settled_by")
    return Sheet("conflicts", columns, rows())


def _matrix(content: Content) -> Sheet:
    from kg.analysis.matrix import matrix
    from kg.analysis.matrix_text import lines

    held = lines(matrix(content.graph))
    columns = getattr(held[0], "_fields", ()) if held else ("claim", "sentence", "standing")
    return Sheet("matrix", columns, held)
