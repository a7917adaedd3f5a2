"""A million names: how long the index takes, and how long a question of each kind.

Run by hand: ``python bench/names.py [N]``; prints milliseconds, best of three.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import time

from kg.store import name_entries, name_index
from kg.store.name_match import Sought

QUESTIONS = (
    "a whole name",
    "a surname",
    "words in another order",
    "a title before it",
    "a slip",
    "a word that thousands have",
    "nothing",
)


def records(count: int) -> list[Sought]:
    """Names of two or three words out of some tens of thousands, common ones often."""
    draw = random.Random(1)
    parts = [
        a + b
        for a in ["ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu"]
        for b in ["ra", "se", "ti", "lo"]
    ]
    words = ["".join(draw.choices(parts, k=3)) for _ in range(40_000)]
    found = []
    for i in range(count):
        name = [
            words[int(draw.paretovariate(0.5)) % len(words)] for _ in range(draw.choice((2, 3)))
        ]
        found.append(Sought(f"e{i}", (" ".join(name),), ("minister",) * (i % 9 == 0), ("person",)))
    return found


def main() -> None:
    """Fill an index and ask it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(name_entries.SCHEMA)
    db.execute("create table entity (id text primary key, name text, kind text, rest text)")
    db.execute("create table name (folded text, entity text, primary key (folded, entity))")
    people = records(count)
    begun = time.process_time()
    db.execute("begin")
    name_entries.fill(db, people)
    db.execute("commit")
    print(f"{count:,} names: {time.process_time() - begun:.1f} s")
    index = name_index.NameIndex(db)
    one = people[count // 2 // 9 * 9].names[0]
    first, *_, last = one.split()
    asked = (
        one,
        last,
        f"{last} {first}",
        f"minister {one}",
        one[:4] + one[5:],
        "minister",
        "qxqxqx",
    )
    for what, text in zip(QUESTIONS, asked, strict=True):
        spent = []
        for _ in range(3):
            begun = time.process_time()
            hits = index.hits(text)
            spent.append(time.process_time() - begun)
        print(f"{what:<28} {min(spent) * 1000:8.1f} ms  {len(hits)} hits")


if __name__ == "__main__":
    main()
