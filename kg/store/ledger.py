"""The ledger of a built graph: every entity, claim and attestation, row by row.

An SQLite file beside the RDF store, made from the same rows in the same pass.
The store answers SPARQL; this answers "all of it about one thing, now" in
microseconds and without loading an engine.
"""

from __future__ import annotations

# What the module sqlite3 is made of; that loads datetime besides, which takes a tenth of a look-up.
import _sqlite3 as sqlite3
import os

from kg.model.claims import Attestation, Claim, Entity
from kg.model.errors import Ambiguous, NotFound
from kg.model.standing import Standing
from kg.store import checksums
from kg.text.names import exact, folded
from kg.text.untrusted import sound
from kg.text.words import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from kg.store.counts import Counts
    from kg.store.name_index import NameIndex
    from kg.store.passage_index import PassageIndex

# The columns of its tables, said once: whoever writes it follows them.
ATTESTATION = Attestation._fields
CLAIM = tuple(f for f in Claim._fields if f not in ("standing", "attestations"))
STANDING = tuple(f for f in Standing._fields if f != "words")
STATED = "select voice, subject, object from said where id=?"
_COLUMNS = ",".join((*CLAIM, *STANDING))
# As `Claim.order` has it.
_IN_ORDER = "figure, relation, subject, object"
# The claims that are about an entity, and those about its statements and statements of it.
_ABOUT = """
with recursive about (id) as (
    select id from claim where subject=:entity or object=:entity
    union select b.claim from said a join said b on b.instead_of=a.id and b.instead_of<>''
        where a.voice=:entity
    union select c.id from said a join claim c on c.object='attestation/'||a.id
        where a.voice=:entity
    union select c.id from about join said a on a.claim=about.id
        join claim c on c.object='attestation/'||a.id)
select id from about"""
_GROUP, _END, _JOINT = "\x1d", "\x1e", "\x1f"
_OFTEN = "select claim from said group by claim having count(*) > 1"
# The condition that a claim has several rows.
SEVERAL = f"id in ({_OFTEN})"
# So many claims are read with their attestations in one question.
_AT_ONCE = 500


class Ledger:
    """Reads a finished ledger. `day` is the one as of which a lens shows it; empty for the whole."""

    day = ""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        try:
            # Read only, and serialised by SQLite itself: any thread may ask.
            address = read_only(os.path.abspath(path))
            self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._db.execute("select id from entity limit 1")
            self._names: NameIndex | None = None
        except sqlite3.Error as error:
            raise checksums.damaged(path, str(error)) from error

    def close(self) -> None:
        """Close the file; nothing can be asked afterwards."""
        if db := getattr(self, "_db", None):
            db.close()

    def __del__(self) -> None:
        try:
            self.close()
        except Exception:
            # Whoever lets go of a ledger has its answer: nothing is said of how it closed.
            return

    def entity(self, name: str) -> Entity:
        """The entity of an id. Raises NotFound."""
        row = self._db.execute("select * from entity where id=?", (name,)).fetchone()
        if row is None:
            raise NotFound(name)
        return entity_of(row)

    def name(self, entity: str) -> str:
        """The name of an id, or the id itself if there is no such entity."""
        row = self._db.execute("select name from entity where id=?", (entity,)).fetchone()
        return str(row[0]) if row else entity

    def all_names(self) -> Iterator[tuple[str, str]]:
        """(id, name) of every entity."""
        return self._db.execute("select id, name from entity")

    def entities(self, kind: str = "") -> Iterator[Entity]:
        """All entities by id, or those of one class."""
        where = " where kind=?" if kind else ""
        args = (kind,) if kind else ()
        # A generator holds its ledger, which else may be closed before it is read.
        for row in self._db.execute(f"select * from entity{where} order by id", args):
            yield entity_of(row)

    def opened(self, id_: str, limit: int = 9) -> list[str]:
        """The ids of the claims that a hash names, or the beginning of one: a claim's own, or
        that of an attestation of it. At most so many."""
        found = self._db.execute(
            "select id from claim where id>=:a and id<:b union "
            "select claim from said where id>=:a and id<:b order by 1 limit :n",
            {"a": id_, "b": id_ + "g", "n": limit},
        )
        return [str(row[0]) for row in found]

    def naming(self, entity: str) -> Iterator[Entity]:
        """The entities that name another one in an attribute, by id. Cost: one look at each."""
        rows = self._db.execute(
            "select * from entity where instr(rest, ?) order by id", (f"{_JOINT}{entity}{_END}",)
        )
        return (e for e in map(entity_of, rows) if entity in (v for _, v in e.attributes))

    def find(self, text: str) -> str:
        """The id of what has this id, name or alias, in any script.

        Of several names that are found alike the exact one is meant, if one thing has it.
        Raises NotFound, Ambiguous with every match.
        """
        wanted = sound(text).removeprefix("id:")
        if self._db.execute("select 1 from entity where id=?", (wanted,)).fetchone():
            return wanted
        query = (
            "select * from entity where id in (select entity from name where folded=?) order by id"
        )
        key = folded(text)
        rows = self._db.execute(query, (key,)).fetchall()
        if not rows and (initials := joined(key)) != key:
            rows = self._db.execute(query, (initials,)).fetchall()
        if len(rows) > 1:
            wanted = exact(text)
            rows = [r for r in rows if wanted in map(exact, entity_of(r).texts)] or rows
        if len(rows) == 1:
            return str(rows[0][0])
        if rows:
            raise Ambiguous(text, [(id_, name) for id_, name, *_ in rows])
        raise NotFound(text)

    @property
    def counts(self) -> Counts:
        """How many of what it holds, whatever a lens shows of it."""
        from kg.store.counts import Counts

        return Counts(self._db)

    @property
    def names(self) -> NameIndex:
        """Finds records by words of their names."""
        if self._names is None:
            from kg.store.name_index import NameIndex

            self._names = NameIndex(self._db)
        return self._names

    @property
    def passages(self) -> PassageIndex:
        """Finds passages by their words."""
        from kg.store.passage_index import PassageIndex

        return PassageIndex(self._db)

    def claim(self, id_: str) -> Claim:
        """One claim with its attestations. Raises NotFound."""
        row = self._db.execute(f"select {_COLUMNS} from claim where id=?", (id_,)).fetchone()
        if row is None:
            raise NotFound(id_)
        return self._claim(row)

    def whole(self, id_: str) -> Claim:
        """The same, whatever a lens shows of it."""
        return Ledger.claim(self, id_)

    @property
    def partial(self) -> bool:
        """Whether it shows only what a lens lets through."""
        return False

    def shown(self, _: Attestation) -> bool:
        """Whether an attestation is there to be seen: all are, but for a lens."""
        return True

    def visible(self, id_: str) -> Claim | None:
        """A claim, or None where a lens does not show it. Raises NotFound for what is none."""
        return self.claim(id_)

    def unseen(self, _: Claim) -> int:
        """How many more voices speak of a claim than it is shown with: none, but for a lens."""
        return 0

    def claims_about(self, entity: str) -> list[Claim]:
        """The claims that have an entity as subject or object (a figure's scope too), in order."""
        rows = self._db.execute(
            f"select {_COLUMNS} from claim where subject=? or object=? order by {_IN_ORDER}",
            (entity, entity),
        ).fetchall()
        return [self._claim(r) for r in rows]

    def claims(self, relations: Sequence[str] = (), **among: Sequence[str]) -> Iterator[Claim]:
        """Every claim, or those of some relations, by relation, subject, object.

        `among` may name documents or voices of which one speaks of the claim, as `document` and
        `voice`, and the `status` and `basis` that it may have in the whole.
        """
        wanted = [_one_of("relation", relations)] if relations else []
        for column in ("status", "basis"):
            wanted += [_one_of(column, among[column])] if among.get(column) else []
        spoken = [_one_of(c, among[c]) for c in ("document", "voice") if among.get(c)]
        if spoken:
            wanted.append(f"id in (select claim from said where {' and '.join(spoken)})")
        names = ("relation", "status", "basis", "document", "voice")
        values = [v for name in names for v in (among | {"relation": relations}).get(name, ())]
        return self._where(" and ".join(wanted), values)

    def any_where(self, condition: str, values: Sequence[str]) -> bool:
        """Whether a claim does."""
        one = f"select 1 from claim where {condition} limit 1"
        return self._db.execute(one, tuple(values)).fetchone() is not None

    def claims_where(self, some: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Claim]:
        """The claims of the whole that meet one of some conditions on their columns, in the same order.

        Each condition, with the values in it, is asked by itself, by an index if it has one.
        """
        asked = " union ".join(f"select rowid from claim where {text}" for text, _ in some)
        return self._where(f"rowid in ({asked})", [v for _, values in some for v in values])

    def claims_of(self, ids: Sequence[str]) -> Iterator[Claim]:
        """The claims of some ids, in the same order; what is none is left out."""
        return self._where(_one_of("id", ids), ids)

    def _where(self, condition: str, values: Sequence[str]) -> Iterator[Claim]:
        where = f"where {condition}" if condition else ""
        rows = self._db.execute(
            f"select {_COLUMNS} from claim {where} order by {_IN_ORDER}",
            tuple(values),
        )
        while some := rows.fetchmany(_AT_ONCE):
            said: dict[str, list[Attestation]] = {row[0]: [] for row in some}
            marks = ",".join("?" * len(some))
            found = self._db.execute(
                f"select {','.join(ATTESTATION)} from said where claim in ({marks}) "
                # As the index has them: nothing has to be sorted.
                "order by claim, id",
                [*said],
            )
            for a in map(attestation_of, found):
                said[a.claim].append(a)
            yield from (_made(row, said[row[0]]) for row in some)

    def side_by_side(
        self, claim: Sequence[str], said: Sequence[str]
    ) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
        """Some columns of every claim, the first its id, in the same order; each with those of its rows,
        before which stands the claim's id.

        Cost: two passes, each sorted by the database, and nothing is looked up.
        """
        claims = self._db.execute(f"select {','.join(claim)} from claim order by {_IN_ORDER}")
        rows = self._db.execute(f"select claim,{','.join(said)} from said order by {_IN_ORDER}, id")
        row = next(rows, None)
        for one in claims:
            id_, found = one[0], []
            while row and row[0] == id_:
                found.append(row)
                row = next(rows, None)
            yield one, found

    def qualified(self) -> Iterator[Claim]:
        """The claims of which a row says something besides, by id. Cost: one look at each row."""
        rows = self._db.execute(
            f"select {_COLUMNS} from claim where id in (select claim from said where qualities<>'') "
            "order by id"
        )
        return (self._claim(row) for row in rows)

    def between(self, one: str, other: str) -> list[Claim]:
        """The claims that two entities are the ends of, whichever way, by id."""
        rows = self._db.execute(
            f"select {_COLUMNS} from claim where subject=? and object=? union "
            f"select {_COLUMNS} from claim where subject=? and object=? order by id",
            (one, other, other, one),
        ).fetchall()
        return [self._claim(r) for r in rows]

    def told_often(self) -> Iterator[Claim]:
        """The claims with several rows, in order."""
        return self.claims_where([(SEVERAL, ())])

    def told_once(self, most: int) -> Iterator[tuple[str, int, int, str]]:
        """(claim, 1 if a voice speaks, 1 if a document does, first day known) of claims with one row.

        So many: those that count first, then by the latter three downwards and by id. What does
        not count has none of them.
        """
        return self._db.execute(
            "select claim, living and voice<>'' v, living and document<>'' d, "
            "iif(living, ifnull(known_earliest, ''), '') k from said "
            f"where not claim in ({_OFTEN}) order by v desc, d desc, k desc, claim limit ?",
            (most,),
        )

    def parts(self, whole: str) -> list[str]:
        """The ids of all that belongs to a record, and to what belongs to it; without itself."""
        rows = self._db.execute(
            "with recursive found (id) as (select part from belongs where whole=:whole union "
            "select b.part from belongs b join found f on b.whole=f.id) "
            "select id from found where id<>:whole order by id",
            {"whole": whole},
        )
        return [str(row[0]) for row in rows]

    def wholes(self, part: str) -> list[str]:
        """The ids of what a record itself belongs to."""
        rows = self._db.execute("select whole from belongs where part=? order by whole", (part,))
        return [str(row[0]) for row in rows]

    def is_country(self, name: str) -> bool:
        """Whether a record has the code of a country."""
        query = "select 1 from country where id=?"
        return self._db.execute(query, (name,)).fetchone() is not None

    def said_by(self, voice: str) -> list[Claim]:
        """The claims on which an entity has spoken as a voice."""
        rows = self._db.execute(
            f"select {_COLUMNS} from claim where id in (select claim from said where voice=?) "
            f"order by {_IN_ORDER}",
            (voice,),
        ).fetchall()
        return [self._claim(r) for r in rows]

    def standing_in(self, document: str) -> list[Claim]:
        """The claims of which a document has a passage."""
        rows = self._db.execute(
            f"select {_COLUMNS} from claim where id in (select claim from said where document=?) "
            f"order by {_IN_ORDER}",
            (document,),
        ).fetchall()
        return [self._claim(r) for r in rows]

    def stated(self, attestation: str) -> tuple[str, str, str]:
        """The voice of an attestation, and the ends of its claim. Raises NotFound."""
        row = self._db.execute(STATED, (attestation,)).fetchone()
        if row is None:
            raise NotFound(attestation)
        return str(row[0]), str(row[1]), str(row[2])

    def speaking_of(self, entity: str, voice: str = "") -> list[Claim]:
        """The claims that are about an entity, what is said of its own statements among them;
        of a voice only those on which it has spoken, or that say what it holds of a statement."""
        some = (
            " where id in (select claim from said where voice=:voice) or id in "
            "(select id from claim where subject=:voice and object like 'attestation/%')"
        )
        rows = self._db.execute(
            f"select {_COLUMNS} from claim where id in ({_ABOUT}{some if voice else ''}) "
            f"order by {_IN_ORDER}",
            {"entity": entity, "voice": voice},
        ).fetchall()
        return [self._claim(r) for r in rows]

    def attestation(self, id_: str) -> Attestation:
        """One attestation. Raises NotFound."""
        row = self._db.execute(
            f"select {','.join(ATTESTATION)} from said where id=?", (id_,)
        ).fetchone()
        if row is None:
            raise NotFound(id_)
        return attestation_of(row)

    def replacements(self, attestation: str) -> list[Attestation]:
        """The attestations that stand instead of this one."""
        rows = self._db.execute(
            f"select {','.join(ATTESTATION)} from said where instead_of=? and instead_of<>'' order by id",
            (attestation,),
        )
        return [attestation_of(r) for r in rows]

    def about_statement(self, attestation: str) -> list[str]:
        """The claims, by id, that have an attestation as their object."""
        rows = self._db.execute(
            "select id from claim where object=?", (f"attestation/{attestation}",)
        )
        return [str(row[0]) for row in rows]

    def documents_read(self) -> set[str]:
        """The documents that attestations stand in."""
        rows = self._db.execute("select distinct document from said")
        return {str(row[0]) for row in rows}

    def replaced(self) -> frozenset[str]:
        """The ids of all attestations in whose place another one stands."""
        one = "select distinct instead_of from said where instead_of<>''"
        return frozenset(str(row[0]) for row in self._db.execute(one))

    def unsure(self) -> list[tuple[str, str, str]]:
        """(record, other record, reason) of every unsure judgement, from both sides."""
        return self._db.execute("select * from possibly_same order by left, right").fetchall()

    def possibly_same(self, entity: str) -> list[tuple[str, str]]:
        """(other record, reason) of every unsure judgement about an entity."""
        return self._db.execute(
            "select right, reason from possibly_same where left=? order by right", (entity,)
        ).fetchall()

    def examined(self) -> tuple[int, int, list[str]]:
        """How many claims and attestations there are, and what is wrong with the file.

        Cost: reads all of it, several times.
        """
        one = "select (select count(*) from claim), (select count(*) from said)"
        claims, said = self._db.execute(one).fetchone()
        told = [str(row[0]) for row in self._db.execute("pragma integrity_check")]
        return claims, said, [t for t in told if t != "ok"]

    def _claim(self, row: tuple[object, ...]) -> Claim:
        said = self._db.execute(
            f"select {','.join(ATTESTATION)} from said where claim=? order by id", (row[0],)
        )
        return _made(row, map(attestation_of, said))


def _one_of(column: str, values: Sequence[str]) -> str:
    """The condition that a column has one of so many values."""
    return f"{column} in ({','.join('?' * len(values))})"


def _made(row: Sequence[Any], said: Iterable[Attestation]) -> Claim:
    """A claim from its row and its attestations."""
    id_, subject, relation, object_, figure, *standing = row
    return Claim(id_, subject, relation, object_, bool(figure), Standing(*standing), tuple(said))


def read_only(path: str) -> str:
    """A read-only address of a finished file; `immutable` spares looking for locks."""
    for mark in "%?#":
        path = path.replace(mark, f"%{ord(mark):02x}")
    return f"file:{path}?mode=ro&immutable=1"


def packed(
    aliases: Iterable[str], names: Iterable[tuple[str, str]], attributes: Iterable[tuple[str, str]]
) -> str:
    """What else an entity has as one text, which `entity_of` reads without loading a parser.

    Its marks are characters that no cell may hold: groups end in one, values in another, and
    a pair is joined by the third.
    """
    pairs = ((f"{k}{_JOINT}{v}" for k, v in group) for group in (names, attributes))
    return _GROUP.join("".join(v + _END for v in group) for group in (aliases, *pairs))


def entity_of(row: Sequence[str]) -> Entity:
    """The entity of a row of its table."""
    aliases, names, attributes = (part.split(_END)[:-1] for part in row[3].split(_GROUP))
    pairs = (tuple(_pair(v) for v in group) for group in (names, attributes))
    return Entity(row[0], row[1], row[2], tuple(aliases), *pairs)


def attributes_of(rest: str) -> list[tuple[str, str]]:
    """The attributes of an entity, from the text that `packed` made."""
    return [_pair(v) for v in rest.rpartition(_GROUP)[2].split(_END)[:-1]]


def _pair(text: str) -> tuple[str, str]:
    key, _, value = text.partition(_JOINT)
    return key, value


def attestation_of(values: Sequence[Any]) -> Attestation:
    """The attestation of the values of `ATTESTATION`, in that order."""
    qualities, living = values[-2:]
    said = qualities_of(qualities) if qualities else ()
    return Attestation._make((*values[:-2], said, living == 1))


def qualities_of(text: str) -> tuple[tuple[str, str], ...]:
    """The qualities that `qualities_text` made a text of."""
    return tuple(_pair(v) for v in text.split(_END)[:-1])


def qualities_text(pairs: Iterable[tuple[str, str]]) -> str:
    """The qualities of an attestation as one text; empty if there are none."""
    return "".join(f"{k}{_JOINT}{v}{_END}" for k, v in pairs)
