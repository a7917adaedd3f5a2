"""A ledger being written: rows in any order, gathered by claim, settled claims last.

While a graph is built this is also where attestations wait for their claim, so that no step
holds them all.
"""

from __future__ import annotations

import os
import sqlite3

from kg.model.claims import BESIDE, Attestation, Claim, Entity
from kg.store import counts, name_entries, passage_index
from kg.store.ledger import (
    ATTESTATION,
    CLAIM,
    STANDING,
    STATED,
    attestation_of,
    entity_of,
    packed,
    qualities_text,
)
from kg.text.names import folded
from kg.text.words import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.store.name_match import Sought

WriteFailed = sqlite3.OperationalError

_NUMBERS = ("figure", "voices", "documents", "opposing", "sides", "opposing_sides")
_SCHEMA = f"""
create table entity (id text primary key, name text, kind text, rest text) without rowid;
create table name (folded text, entity text, primary key (folded, entity)) without rowid;
create table said (id text primary key, subject text, relation text, object text, figure int,
    {", ".join(f"{c} text" for c in ATTESTATION if c not in ("id", "claim", "living"))},
    claim text, living int);
create table claim (id text primary key,
    {", ".join(f"{c} {'int' if c in _NUMBERS else 'text'}" for c in (*CLAIM[1:], *STANDING))}
    );
create table belongs (part text, whole text, primary key (part, whole)) without rowid;
create table country (id text primary key) without rowid;
create table possibly_same (left text, right text, reason text, primary key (left, right));
{name_entries.SCHEMA}{passage_index.SCHEMA}{counts.SCHEMA}"""
_INSERT = f"insert into said values ({','.join('?' * (len(ATTESTATION) + 4))})"
_INDEXES = """
create index entity_kind on entity (kind);
create index claim_subject on claim (subject);
create index claim_object on claim (object);
create index said_document on said (document);
create index if not exists said_voice on said (voice);
create index belongs_whole on belongs (whole);
create index said_instead on said (instead_of) where instead_of<>'';
"""


def joined_record(
    whole: Entity, parts: Iterable[Entity]
) -> tuple[Entity, list[tuple[str, str, str, str]]]:
    """A record with the names and attributes of those merged into it, and the values that differ.

    All values are kept, its own first; those that differ come as (record, attribute, value held,
    value added).
    """
    # Sets that keep their order: of a hundred thousand records one must be made in linear time.
    aliases, names = dict.fromkeys(whole.aliases), dict(whole.names)
    attributes = dict.fromkeys(whole.attributes)
    first = dict(reversed(whole.attributes))
    clashes = []
    for part in parts:
        aliases |= dict.fromkeys(a for a in (part.name, *part.aliases) if a != whole.name)
        # A thing has one name in each language; another one is an alias.
        others = [n for tag, n in part.names if names.setdefault(tag, n) != n]
        aliases |= dict.fromkeys(n for n in others if n != whole.name)
        for prop, value in part.attributes:
            if (prop, value) not in attributes and prop in first:
                clashes.append((part.id, prop, first[prop], value))
        attributes |= dict.fromkeys(part.attributes)
        first = dict(reversed(part.attributes)) | first
    held = ((*aliases,), (*names.items(),), (*attributes,))
    return Entity(whole.id, whole.name, whole.kind, *held), clashes


def found_by(keys: Iterable[str]) -> set[str]:
    """The texts of the index of names that stand for some texts of a record."""
    texts = {folded(k) for k in keys}
    # F.B.I. is FBI; a name is found by its initials either way.
    return texts | {joined(t) for t in texts}


class Writer:
    """Fills a new ledger. Entities and attestations go in in any order; claims once, at the end."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        # Whichever thread lets go of it last closes it.
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        # Nothing reads the file before the whole generation is put in place. Ids come in any order:
        # the part of the index that they go into has to be at hand.
        quick = "pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-65536;"
        self._db.executescript(quick + _SCHEMA)
        self._db.execute("begin")

    def add_entity(self, entity: Entity, keys: Iterable[str]) -> None:
        """Store an entity; `keys` are the texts that it can be found by."""
        rest = packed(entity.aliases, entity.names, entity.attributes)
        row = (entity.id, entity.name, entity.kind, rest)
        self._db.execute("insert into entity values (?,?,?,?)", row)
        self.add_names(entity.id, keys)

    def add_names(self, entity: str, keys: Iterable[str]) -> None:
        """Let an entity be found by more texts."""
        names = ((text, entity) for text in sorted(found_by(keys)))
        self._db.executemany("insert or ignore into name values (?,?)", names)

    def complete(self, target: str, parts: Iterable[Entity]) -> list[tuple[str, str, str, str]]:
        """Give a record the names and attributes of the records merged into it.

        Values that differ are all kept, its own first; returns them as (record, attribute,
        value held, value added).
        """
        row = self._db.execute("select * from entity where id=?", (target,)).fetchone()
        if row is None:
            # Its own row was refused; that is told, and nothing is built.
            return []
        whole, clashes = joined_record(entity_of(row), parts)
        rest = packed(whole.aliases, whole.names, whole.attributes)
        self._db.execute("update entity set rest=? where id=?", (rest, target))
        return clashes

    def entities(self) -> Iterator[Entity]:
        """What was stored, by id."""
        return (entity_of(r) for r in self._db.execute("select * from entity order by id"))

    def objects(self, relation: str) -> Iterator[tuple[str, str]]:
        """Subject and object of every claim of a relation."""
        one = "select distinct subject, object from said where relation=? order by subject, object"
        return iter(self._db.execute(one, (relation,)))

    def counts(self) -> tuple[int, int, int]:
        """How many entities, claims and attestations have been stored."""
        one = "select (select count(*) from entity), count(distinct claim), count(*) from said"
        entities, claims, said = self._db.execute(one).fetchone()
        return entities, claims, said

    def add_said(
        self, subject: str, relation: str, object_: str, figure: bool, a: Attestation
    ) -> tuple[str, ...] | None:
        """Store an attestation; if its id is held already, return what is held beside it."""
        try:
            self._db.execute(
                _INSERT,
                (
                    *(a.id, subject, relation, object_, figure, *a[2:-2]),
                    *(qualities_text(a.qualities) if a.qualities else "", a.claim, 1),
                ),
            )
        except sqlite3.IntegrityError:
            one = f"select {', '.join(BESIDE)} from said where id=?"
            held: tuple[str, ...] = self._db.execute(one, (a.id,)).fetchone()
            return held
        return None

    def add_possibly_same(self, left: str, right: str, reason: str) -> None:
        """Store an unsure judgement, readable from both sides."""
        for pair in ((left, right), (right, left)):
            self._db.execute("insert or ignore into possibly_same values (?,?,?)", (*pair, reason))

    def stated(self, attestation: str) -> tuple[str, str, str]:
        """The voice of an attestation, and the ends of its claim."""
        found: tuple[str, str, str] = self._db.execute(STATED, (attestation,)).fetchone()
        return found

    def replaced(self) -> set[str]:
        """The ids of those in whose place their own voice has put another one."""
        own = "select a.id from said a join said b on b.instead_of=a.id where a.voice=b.voice"
        return {str(row[0]) for row in self._db.execute(own)}

    def set_parties(self, party: Callable[[str, str, str], str]) -> None:
        """Note for whom each voice spoke: of voice, first and last day of speaking, as ids."""
        self._db.execute("create index if not exists said_voice on said (voice)")
        some = self._db.execute("select distinct voice, said_earliest, said_latest from said")
        found = [(told, *key) for key in some.fetchall() if (told := party(*key))]
        self._db.executemany(
            "update said set party=? where voice=? and said_earliest=? and said_latest=?", found
        )

    def gathered(
        self, replacing: bool = False, relations: Iterable[str] = ()
    ) -> Iterator[tuple[tuple[str, str, str, bool], list[Attestation]]]:
        """Each claim as (subject, relation, object, figure) with its attestations, by id.

        With `replacing` only those of which an attestation stands in place of another one, with
        `relations` only those of these.
        """
        self._db.execute("create index if not exists said_claim on said (claim, id)")
        columns = ", ".join(ATTESTATION)
        some = "where claim in (select claim from said where instead_of<>'')" if replacing else ""
        names = tuple(relations)
        if names:
            some = f"where relation in ({','.join('?' * len(names))})"
        rows = self._db.execute(
            f"select subject, relation, object, figure, {columns} from said {some} order by claim, id",
            names,
        )
        group: list[Attestation] = []
        key: tuple[str, str, str, bool] | None = None
        for row in rows:
            a = attestation_of(row[4:])
            if key is not None:
                if group[0].claim == a.claim:
                    group.append(a)
                    continue
                yield key, group
            key = (*row[:3], bool(row[3]))
            group = [a]
        if key is not None:
            yield key, group

    def add_claims(self, claims: Iterable[tuple[Claim, Iterable[str]]]) -> None:
        """Store settled claims; with each the ids of its attestations that count no more."""
        rows, gone = [], []
        for claim, overtaken in claims:
            rows.append((*claim[: len(CLAIM)], *claim.standing[: len(STANDING)]))
            gone += [(mark,) for mark in overtaken]
        marks = ",".join("?" * (len(CLAIM) + len(STANDING)))
        self._db.executemany(f"insert into claim values ({marks})", rows)
        self._db.executemany("update said set living=0 where id=?", gone)

    def index(
        self,
        records: Iterable[Sought],
        labels: Callable[[str], str],
        descriptions: Iterator[tuple[str, str]],
    ) -> None:
        """Write what records and passages are found by in words."""
        name_entries.fill(self._db, records)
        passage_index.fill(self._db, labels, descriptions)

    def add_belonging(self, pairs: Iterable[tuple[str, str]], countries: Iterable[str]) -> None:
        """Store what is declared to belong to what, as (part, whole), and what is a country."""
        apart = (pair for pair in pairs if pair[0] != pair[1])
        self._db.executemany("insert or ignore into belongs values (?,?)", apart)
        self._db.executemany("insert or ignore into country values (?)", ((c,) for c in countries))

    def read_meanwhile(self) -> sqlite3.Connection:
        """Index what will come, for whoever reads while it is filled; all ends together."""
        self._db.executescript(_INDEXES + "create index said_claim on said (claim, id);")
        return self._db

    def close(self) -> None:
        """Index, count and finish the file."""
        self._db.execute("commit")
        self._db.executescript(_INDEXES)
        self._db.execute("begin")
        counts.fill(self._db)
        self._db.execute("commit")
        self._db.close()
        del self._db

    def __del__(self) -> None:
        # One that was given up: nothing of it is kept. There is none if it could not be opened
        # or was closed.
        if db := getattr(self, "_db", None):
            db.close()
