"""How many of what a ledger holds: counted when it is written, so that nobody has to read it all.

A line of the table is (what, item, number): `what` is class, attribute, quality, relation, standing,
stance, document, voice or day, `item` one of them. Of a standing the item is status and basis; days
are those of the claims, and what has one is counted as dated. Lines of nothing are left out.
"""

from __future__ import annotations

from contextlib import contextmanager

from kg.store.ledger import attributes_of, qualities_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

SCHEMA = """
create table counted (what text, item text, number int, primary key (what, item)) without rowid;
"""
# What is counted, of which table: all of it, or what stands in `touched`.
_COUNTS = {
    "entity": ("select 'class', kind, count(*) from entity {entities} group by kind",),
    "claim": (
        "select 'relation', relation, count(*) from claim {claims} group by relation",
        "select 'standing', status || ' ' || basis, count(*) from claim {claims}"
        " group by status, basis",
        "select 'dated', '', count(*) from claim {claims} {and} earliest || latest <> ''",
        "select 'day', day, count(*) from (select earliest day from claim {claims}"
        " union all select latest from claim {claims}) where day <> '' group by day",
    ),
    "said": (
        "select 'stance', stance, count(*) from said {said} group by stance",
        "select 'document', document, count(*) from said {said} group by document",
        "select 'voice', voice, count(*) from said {said} {and} voice <> '' group by voice",
    ),
}
_ADD = """
insert into counted (what, item, number) {} on conflict (what, item)
    do update set number = number + excluded.number"""


def fill(db: sqlite3.Connection) -> None:
    """Count all that a ledger holds. Cost: reads it some times, what it counts by index once."""
    for group in _COUNTS.values():
        for one in group:
            scope = {"entities": "", "claims": "", "said": "", "and": "where"}
            db.execute(_ADD.format(_from(one, scope)))
    _count_packed(db, "", "", 1)
    db.execute("delete from counted where number = 0")


@contextmanager
def changing(
    db: sqlite3.Connection, claims: Iterable[str], entities: Iterable[str] = ()
) -> Iterator[None]:
    """Keep the counts while the rows of some claims and entities are changed, made or taken out.

    Cost: the rows of these.
    """
    db.execute("create temp table touched (id text primary key) without rowid")
    marks = [*claims, *entities]
    db.executemany("insert or ignore into touched values (?)", ((m,) for m in marks))
    _recount(db, -1)
    yield
    _recount(db, 1)
    db.execute("delete from counted where number = 0")
    db.execute("drop table touched")


def _recount(db: sqlite3.Connection, sign: int) -> None:
    """Add or take off what is touched as it is now."""
    entities = "where id in (select id from touched)"
    said = "where claim in (select id from touched)"
    scope = {"entities": entities, "claims": entities, "said": said, "and": "and"}
    for group in _COUNTS.values():
        for one in group:
            text = one.replace("count(*)", f"{sign} * count(*)")
            db.execute(_ADD.format(_from(text, scope)))
    _count_packed(db, entities, said, sign)


def _from(text: str, scope: dict[str, str]) -> str:
    """A question of all, or of what is touched; the parser needs a condition before `on conflict`."""
    text = text.format(**scope)
    return text if "where" in text else text.replace(" group by", " where true group by")


def _count_packed(db: sqlite3.Connection, entities: str, said: str, sign: int) -> None:
    """The attributes of records and the qualities of rows, which stand in one text each."""
    found: dict[tuple[str, str], int] = {}
    for (rest,) in db.execute(f"select rest from entity {entities}"):
        for name in {name for name, _ in attributes_of(rest)}:
            found["attribute", name] = found.get(("attribute", name), 0) + sign
    and_ = "and" if said else "where"
    some = f"select qualities, count(*) from said {said} {and_} qualities <> '' group by qualities"
    for text, number in db.execute(some):
        for name in {name for name, _ in qualities_of(text)}:
            found["quality", name] = found.get(("quality", name), 0) + sign * number
    rows = ((*key, number) for key, number in found.items())
    db.executemany(_ADD.format("values (?,?,?)"), rows)


class Counts:
    """Reads them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def of(self, what: str) -> dict[str, int]:
        """How many there are of each of a kind."""
        rows = self._db.execute("select item, number from counted where what=?", (what,))
        return dict(rows.fetchall())

    def most(self, what: str, limit: int) -> list[tuple[str, int]]:
        """(item, number) of the most frequent ones, so many at most."""
        return self._db.execute(
            "select item, number from counted where what=? order by number desc, item limit ?",
            (what, limit),
        ).fetchall()

    def spoken_in(self, voice: str) -> int:
        """In how many documents a voice speaks. Cost: a look at each of its rows."""
        one = "select count(distinct document) from said where voice=?"
        return int(self._db.execute(one, (voice,)).fetchone()[0])

    def many(self, what: str) -> int:
        """How many of a kind there are that are counted at all."""
        one = "select count(*) from counted where what=?"
        return int(self._db.execute(one, (what,)).fetchone()[0])

    def days(self) -> tuple[str, str]:
        """The first and the last day that a claim has; empty if none has one."""
        one = (
            "select coalesce(min(item), ''), coalesce(max(item), '') from counted where what='day'"
        )
        first, last = self._db.execute(one).fetchone()
        return first, last
