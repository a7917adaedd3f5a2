"""The index of names being filled: records entered, taken out, and entered again.

It stands in the ledger's file: the words of the names, of the titles and offices, and of the classes
of each record, and every word with the number of records that have it. `kg.store.name_index` reads it.
"""

from __future__ import annotations

from collections import Counter

from kg.store.name_match import Sought, reading
from kg.text import forms
from kg.text.names import folded
from kg.text.words import dense, held, joined, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

# The tokenizer `ascii` parts words at spaces alone, once ASCII punctuation is folded away.
SCHEMA = """
create table sought
    (n integer primary key, entity text, names text, titles text, classes text, forms text);
create virtual table sought_words using fts5
    (names, titles, classes, forms, content='', detail=column, tokenize='ascii');
create table word (word text primary key, records int) without rowid;
create virtual table spelling using fts5
    (word, content='', detail=none, tokenize='trigram case_sensitive 1');
create table spelt (n integer primary key, word text);
"""
# The numbers of records are so far apart: others find a place between them.
_APART = 1 << 20
_COLUMNS = "rowid, names, titles, classes, forms"
# Of an index without content what was entered has to be told to it.
_GONE = f"insert into sought_words (sought_words, {_COLUMNS}) values ('delete',?,?,?,?,?)"


def fill(db: sqlite3.Connection, records: Iterable[Sought]) -> None:
    """Write the index. Cost: linear in the names; a million of them take a minute.

    Records with few words come first: of what is too much to be ranked the first are taken.
    """
    for i, record in enumerate(sorted(records, key=_fewest), 1):
        _enter(db, i * _APART, record)
    # At once: the index of passages looks every record up.
    db.execute("create index sought_entity on sought (entity)")
    db.execute("create virtual table temp.terms using fts5vocab(main, sought_words, row)")
    db.execute("insert into word select term, doc from temp.terms order by term")
    db.execute("drop table temp.terms")
    # Slips are looked for in words that somebody wrote, not in other forms of them.
    db.execute("create virtual table temp.terms using fts5vocab(main, sought_words, col)")
    rows = db.execute(
        "select distinct term from temp.terms where col<>'forms' and length(term) > 2 order by term"
    ).fetchall()
    db.execute("drop table temp.terms")
    for n, (word,) in enumerate(rows, 1):
        if not dense(word):
            db.execute("insert into spelt values (?,?)", (n, word))
            db.execute("insert into spelling (rowid, word) values (?,?)", (n, f"^{word}$"))


def _enter(db: sqlite3.Connection, n: int, record: Sought) -> list[str]:
    """Put a record in; returns its words."""
    texts = [[folded(t) for t in part] for part in record[1:4]]
    texts.append(_forms(record.names[:-1], texts[0]))
    texts[0] += [short for t in texts[0] if (short := joined(t)) != t]
    row = (n, record.entity, "\n".join(record.names), *("\n".join(t) for t in texts[1:]))
    db.execute("insert into sought values (?,?,?,?,?,?)", row)
    words = [" ".join(w for t in part for w in held(t)) for part in texts]
    db.execute(f"insert into sought_words ({_COLUMNS}) values (?,?,?,?,?)", (n, *words))
    return words


def change(db: sqlite3.Connection, gone: Iterable[str], records: Iterable[Sought]) -> bool:
    """Take records out, and put others in; whether there is room between the numbers of the others.

    Cost: a look at every word where one is new, or is no more.
    """
    moved: Counter[str] = Counter()
    for entity in sorted({*gone}):
        n, old, _ = _entered(db, entity)
        db.execute(_GONE, (n, *old))
        db.execute("delete from sought where n=?", (n,))
        moved.subtract({w for part in old for w in part.split()})
    for n, record in _places(db, sorted(records, key=_fewest)):
        if not n:
            return False
        moved.update({w for part in _enter(db, n, record) for w in part.split()})
    _recount(db, moved)
    return True


def _places(db: sqlite3.Connection, records: Sequence[Sought]) -> Iterator[tuple[int, Sought]]:
    """Each of some records in their order with a number of its own; 0 where there is no room."""
    groups: dict[tuple[int, int], list[Sought]] = {}
    for record in records:
        groups.setdefault(_between(db, _fewest(record)), []).append(record)
    for (low, high), several in groups.items():
        for i, record in enumerate(several, 1):
            n = low + (high - low) * i // (len(several) + 1)
            yield n if high - low > len(several) else 0, record


def _between(db: sqlite3.Connection, key: tuple[int, str]) -> tuple[int, int]:
    """The numbers of the records before and after a place, by bisection."""
    (last,) = db.execute("select coalesce(max(n), 0) from sought").fetchone()
    low, high = 0, last + 2 * _APART
    one = "select n, entity, names from sought where n>? and n<? and n{}? order by n{} limit 1"
    while True:
        middle = (low + high) // 2
        row = db.execute(one.format(">=", ""), (low, high, middle)).fetchone()
        row = row or db.execute(one.format("<", " desc"), (low, high, middle)).fetchone()
        if not row:
            return low, high
        n, entity, names = row
        if _fewest(Sought(entity, (*names.split("\n"),), (), ())) < key:
            low = n
        else:
            high = n


def _entered(db: sqlite3.Connection, entity: str) -> tuple[int, list[str], str]:
    """The number of a record, its words as they were entered, and its titles."""
    one = "select n, names, titles, classes, forms from sought where entity=?"
    n, names, *others = db.execute(one, (entity,)).fetchone()
    own = [folded(name) for name in names.split("\n")]
    own += [short for t in own if (short := joined(t)) != t]
    parts = [own, *(text.split("\n") if text else [] for text in others)]
    return n, [" ".join(w for t in part for w in held(t)) for part in parts], others[0]


def retitle(db: sqlite3.Connection, entity: str, titles: Iterable[str]) -> None:
    """Give a record other titles. Cost: a look at every word where one is new, or is no more."""
    n, old, before = _entered(db, entity)
    fresh = [folded(title) for title in titles]
    if before == "\n".join(fresh):
        return
    new = [old[0], " ".join(w for t in fresh for w in held(t)), *old[2:]]
    db.execute(_GONE, (n, *old))
    db.execute(f"insert into sought_words ({_COLUMNS}) values (?,?,?,?,?)", (n, *new))
    db.execute("update sought set titles=? where n=?", ("\n".join(fresh), n))
    moved = Counter({w for part in new for w in part.split()})
    moved.subtract({w for part in old for w in part.split()})
    _recount(db, moved)


def _recount(db: sqlite3.Connection, moved: Counter[str]) -> None:
    """Have words in so many records more, or fewer; those of none are no words."""
    for word, more in sorted(moved.items()):
        if more:
            also = "on conflict (word) do update set records=records+excluded.records"
            db.execute(f"insert into word values (?,?) {also}", (word, more))
    db.execute("delete from word where records=0")
    for word in sorted(moved):
        _respell(db, word)


def _respell(db: sqlite3.Connection, word: str) -> None:
    """Have a word among those in which slips are looked for, if somebody wrote it."""
    written = "select 1 from sought_words where sought_words match ? limit 1"
    query = f"{{names titles classes}} : {quoted(word)}"
    wanted = len(word) > 2 and not dense(word) and db.execute(written, (query,)).fetchone()
    row = db.execute("select n from spelt where word=?", (word,)).fetchone()
    if wanted and not row:
        (n,) = db.execute("select coalesce(max(n), 0) + 1 from spelt").fetchone()
        db.execute("insert into spelt values (?,?)", (n, word))
        db.execute("insert into spelling (rowid, word) values (?,?)", (n, f"^{word}$"))
    elif row and not wanted:
        gone = "insert into spelling (spelling, rowid, word) values ('delete',?,?)"
        db.execute(gone, (row[0], f"^{word}$"))
        db.execute("delete from spelt where n=?", row)


def _fewest(record: Sought) -> tuple[int, str]:
    """How many words the shortest name of a record has that is no id, and the id."""
    return min((n.count(" ") for n in record.names[:-1]), default=0), record.entity


def _forms(names: Sequence[str], folded_names: Sequence[str]) -> list[str]:
    """Other forms of names: initials, their words as one, and how another script is read."""
    found: dict[str, None] = {}
    for name, here in zip(names, folded_names, strict=False):
        found |= dict.fromkeys(forms.initials(name))
        for text in (here, *reading(name)):
            if whole := forms.glued(text):
                found[whole] = None
            if text is not here:
                found[text] = None
    return [form for form in found if form not in folded_names]
