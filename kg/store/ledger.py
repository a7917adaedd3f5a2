"""The ledger of a built graph: every entity, claim and attestation, row by row.

An SQLite file beside the RDF store, made from the same rows in the same pass.
The store answers SPARQL; this answers "all of it about one thing, now" in
microseconds and without loading an engine. While a graph is built it is also
where attestations are gathered by claim, so that no step holds them all.
"""

from __future__ import annotations

import os
import sqlite3

from kg.model.claims import Attestation, Claim, Entity
from kg.model.errors import Ambiguous, NotFound
from kg.model.standing import Standing
from kg.store import checksums, name_index, passage_index
from kg.text.names import exact, folded
from kg.text.untrusted import sound
from kg.text.words import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

WriteFailed = sqlite3.OperationalError

_ATTESTATION = Attestation._fields
_CLAIM = tuple(f for f in Claim._fields if f not in ("standing", "attestations"))
_STANDING = tuple(f for f in Standing._fields if f != "words")
_COLUMNS = ",".join((*_CLAIM, *_STANDING))
_NUMBERS = ("figure", "voices", "documents", "opposing")
_SCHEMA = f"""
create table entity (id text primary key, name text, kind text, rest text) without rowid;
create table name (folded text, entity text, primary key (folded, entity)) without rowid;
create table said (id text primary key, subject text, relation text, object text, figure int,
    {", ".join(f"{c} text" for c in _ATTESTATION if c not in ("id", "claim", "living"))},
    claim text, living int) without rowid;
create table claim (id text primary key,
    {", ".join(f"{c} {'int' if c in _NUMBERS else 'text'}" for c in (*_CLAIM[1:], *_STANDING))}
    ) without rowid;
create table belongs (part text, whole text, primary key (part, whole)) without rowid;
create table country (id text primary key) without rowid;
create table possibly_same (left text, right text, reason text, primary key (left, right));
{name_index.SCHEMA}{passage_index.SCHEMA}"""
_INSERT = f"insert into said values ({','.join('?' * (len(_ATTESTATION) + 4))})"
_INDEXES = (
    """
create index claim_subject on claim (subject);
create index claim_object on claim (object);
create index said_document on said (document);
create index said_voice on said (voice);
create index belongs_whole on belongs (whole);
create index said_instead on said (instead_of) where instead_of<>'';
"""
    + name_index.INDEXES
)


class Writer:
    """Fills a new ledger. Entities and attestations go in in any order; claims once, at the end."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        # Nothing reads the file before the whole generation is put in place.
        self._db.executescript("pragma journal_mode=off; pragma synchronous=off;" + _SCHEMA)
        self._db.execute("begin")

    def add_entity(self, entity: Entity, keys: Iterable[str]) -> None:
        """Store an entity; `keys` are the texts that it can be found by."""
        import json

        rest = json.dumps([entity.aliases, entity.names, entity.attributes], ensure_ascii=False)
        row = (entity.id, entity.name, entity.kind, rest)
        self._db.execute("insert into entity values (?,?,?,?)", row)
        self.add_names(entity.id, keys)

    def add_names(self, entity: str, keys: Iterable[str]) -> None:
        """Let an entity be found by more texts."""
        texts = {folded(k) for k in keys}
        # F.B.I. is FBI; a name is found by its initials either way.
        names = {(t, entity) for t in texts | {joined(t) for t in texts}}
        self._db.executemany("insert or ignore into name values (?,?)", sorted(names))

    def complete(self, target: str, parts: Iterable[Entity]) -> list[tuple[str, str, str, str]]:
        """Give a record the names and attributes of the records merged into it.

        Values that differ are all kept, its own first; returns them as (record, attribute,
        value held, value added).
        """
        import json

        row = self._db.execute("select * from entity where id=?", (target,)).fetchone()
        if row is None:
            # Its own row was refused; that is told, and nothing is built.
            return []
        whole = _entity(row)
        # Sets that keep their order: of a hundred thousand records one must be made in linear time.
        aliases, names = dict.fromkeys(whole.aliases), dict(whole.names)
        attributes = dict.fromkeys(whole.attributes)
        first = dict(reversed(whole.attributes))
        clashes = []
        for part in parts:
            aliases |= dict.fromkeys(a for a in (part.name, *part.aliases) if a != whole.name)
            # A thing has one name in each language; another one is an alias.
            aliases |= dict.fromkeys(n for tag, n in part.names if names.setdefault(tag, n) != n)
            for prop, value in part.attributes:
                if (prop, value) not in attributes and prop in first:
                    clashes.append((part.id, prop, first[prop], value))
            attributes |= dict.fromkeys(part.attributes)
            first = dict(reversed(part.attributes)) | first
        rest = json.dumps([[*aliases], [*names.items()], [*attributes]], ensure_ascii=False)
        self._db.execute("update entity set rest=? where id=?", (rest, target))
        return clashes

    def entities(self) -> Iterator[Entity]:
        """What was stored, by id."""
        return (_entity(r) for r in self._db.execute("select * from entity order by id"))

    def counts(self) -> tuple[int, int, int]:
        """How many entities, claims and attestations have been stored."""
        one = "select (select count(*) from entity), count(distinct claim), count(*) from said"
        entities, claims, said = self._db.execute(one).fetchone()
        return entities, claims, said

    def add_said(
        self, subject: str, relation: str, object_: str, figure: bool, a: Attestation
    ) -> tuple[str, str, str] | None:
        """Store an attestation; if its id is held already, return gloss, digest, quote held."""
        try:
            self._db.execute(
                _INSERT, (a.id, subject, relation, object_, figure, *a[2:-1], a.claim, 1)
            )
        except sqlite3.IntegrityError:
            one = "select gloss, digest, quote from said where id=?"
            held: tuple[str, str, str] = self._db.execute(one, (a.id,)).fetchone()
            return held
        return None

    def add_possibly_same(self, left: str, right: str, reason: str) -> None:
        """Store an unsure judgement, readable from both sides."""
        for pair in ((left, right), (right, left)):
            self._db.execute("insert or ignore into possibly_same values (?,?,?)", (*pair, reason))

    def replaced(self) -> set[str]:
        """The ids of those in whose place their own voice has put another one."""
        own = "select a.id from said a join said b on b.instead_of=a.id where a.voice=b.voice"
        return {str(row[0]) for row in self._db.execute(own)}

    def gathered(
        self, replacing: bool = False
    ) -> Iterator[tuple[tuple[str, str, str, bool], list[Attestation]]]:
        """Each claim as (subject, relation, object, figure) with its attestations, by id.

        With `replacing` only those of which an attestation stands in place of another one.
        """
        self._db.execute("create index if not exists said_claim on said (claim, id)")
        columns = ", ".join(_ATTESTATION)
        some = "where claim in (select claim from said where instead_of<>'')" if replacing else ""
        rows = self._db.execute(
            f"select subject, relation, object, figure, {columns} from said {some} order by claim, id"
        )
        group: list[Attestation] = []
        key: tuple[str, str, str, bool] | None = None
        for subject, relation, object_, figure, *values in rows:
            a = _attestation(values)
            if key is not None and group[0].claim != a.claim:
                yield key, group
                group = []
            key = (subject, relation, object_, bool(figure))
            group.append(a)
        if key is not None:
            yield key, group

    def add_claims(self, claims: Iterable[tuple[Claim, Iterable[str]]]) -> None:
        """Store settled claims; with each the ids of its attestations that count no more."""
        for claim, overtaken in claims:
            row = (*claim[: len(_CLAIM)], *claim.standing[: len(_STANDING)])
            self._db.execute(f"insert into claim values ({','.join('?' * len(row))})", row)
            for mark in overtaken:
                self._db.execute("update said set living=0 where id=?", (mark,))

    def index(
        self,
        records: Iterable[name_index.Sought],
        labels: Callable[[str], str],
        descriptions: Iterator[tuple[str, str]],
    ) -> None:
        """Write what records and passages are found by in words."""
        name_index.fill(self._db, records)
        passage_index.fill(self._db, labels, descriptions)

    def add_belonging(self, pairs: Iterable[tuple[str, str]], countries: Iterable[str]) -> None:
        """Store what is declared to belong to what, as (part, whole), and what is a country."""
        apart = (pair for pair in pairs if pair[0] != pair[1])
        self._db.executemany("insert or ignore into belongs values (?,?)", apart)
        self._db.executemany("insert or ignore into country values (?)", ((c,) for c in countries))

    def close(self) -> None:
        """Index and finish the file."""
        self._db.execute("commit")
        self._db.executescript(_INDEXES)
        self._db.close()

    def __del__(self) -> None:
        # One that was given up: nothing of it is kept. There is none if it could not be opened.
        if db := getattr(self, "_db", None):
            db.close()


class Ledger:
    """Reads a finished ledger."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        try:
            # Read only, and serialised by SQLite itself: any thread may ask.
            address = _uri(os.path.abspath(path))
            self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._db.execute("select id from entity limit 1")
            self._names: name_index.NameIndex | None = None
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
        return _entity(row)

    def name(self, entity: str) -> str:
        """The name of an id, or the id itself if there is no such entity."""
        row = self._db.execute("select name from entity where id=?", (entity,)).fetchone()
        return str(row[0]) if row else entity

    def entities(self, kind: str = "") -> Iterator[Entity]:
        """All entities by id, or those of one class."""
        where = " where kind=?" if kind else ""
        args = (kind,) if kind else ()
        # A generator holds its ledger, which else may be closed before it is read.
        for row in self._db.execute(f"select * from entity{where} order by id", args):
            yield _entity(row)

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
            "select * from entity where instr(rest, ?) order by id", (f'"{entity}"',)
        )
        return (e for e in map(_entity, rows) if entity in (v for _, v in e.attributes))

    def find(self, text: str, base: str = "") -> str:
        """The id of what has this id, IRI, name or alias, in any script.

        Of several names that are found alike the exact one is meant, if one thing has it.
        Raises NotFound, Ambiguous with every match.
        """
        wanted = sound(text.removeprefix(base) if base else text)
        wanted = wanted.removeprefix("id:")
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
            rows = [r for r in rows if wanted in map(exact, _entity(r).texts)] or rows
        if len(rows) == 1:
            return str(rows[0][0])
        if rows:
            raise Ambiguous(text, [(id_, name) for id_, name, *_ in rows])
        raise NotFound(text)

    @property
    def names(self) -> name_index.NameIndex:
        """Finds records by words of their names."""
        if self._names is None:
            self._names = name_index.NameIndex(self._db)
        return self._names

    @property
    def passages(self) -> passage_index.PassageIndex:
        """Finds passages by their words."""
        return passage_index.PassageIndex(self._db)

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
            f"select {_COLUMNS} from claim where subject=? or object=? "
            "order by figure, relation, subject, object",
            (entity, entity),
        ).fetchall()
        return [self._claim(r) for r in rows]

    def claims(self) -> Iterator[Claim]:
        """Every claim, by relation, subject, object."""
        rows = self._db.execute(
            f"select {_COLUMNS} from claim order by figure, relation, subject, object"
        )
        yield from map(self._claim, rows)

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
            "order by figure, relation, subject, object",
            (voice,),
        ).fetchall()
        return [self._claim(r) for r in rows]

    def attestation(self, id_: str) -> Attestation:
        """One attestation. Raises NotFound."""
        row = self._db.execute(
            f"select {','.join(_ATTESTATION)} from said where id=?", (id_,)
        ).fetchone()
        if row is None:
            raise NotFound(id_)
        return _attestation(row)

    def replacements(self, attestation: str) -> list[Attestation]:
        """The attestations that stand instead of this one."""
        rows = self._db.execute(
            f"select {','.join(_ATTESTATION)} from said where instead_of=? and instead_of<>'' order by id",
            (attestation,),
        )
        return [_attestation(r) for r in rows]

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
            f"select {','.join(_ATTESTATION)} from said where claim=? order by id", (row[0],)
        )
        values: dict[str, Any] = dict(zip(_CLAIM, row, strict=False))
        values["figure"] = bool(values["figure"])
        standing: Any = row[len(_CLAIM) :]
        return Claim(
            **values, standing=Standing(*standing), attestations=tuple(map(_attestation, said))
        )


def _uri(path: str) -> str:
    """A read-only address of a finished file; `immutable` spares looking for locks."""
    for mark in "%?#":
        path = path.replace(mark, f"%{ord(mark):02x}")
    return f"file:{path}?mode=ro&immutable=1"


def _entity(row: Sequence[str]) -> Entity:
    import json

    aliases, names, attributes = json.loads(row[3])
    pairs = (tuple((k, v) for k, v in x) for x in (names, attributes))
    return Entity(row[0], row[1], row[2], tuple(aliases), *pairs)


def _attestation(values: Iterable[object]) -> Attestation:
    row = dict(zip(_ATTESTATION, values, strict=True))
    row["living"] = bool(row["living"])
    return Attestation(**row)  # type: ignore[arg-type]  # the columns are the fields
