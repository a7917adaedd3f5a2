"""Doubles planted among many records: how long `kg duplicates` takes, how many it finds.

Run by hand: ``python bench/twins.py [N]``; writes and builds a case of so many records in a folder
of its own, which takes longer than what is measured.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from kg.analysis.duplicates import duplicates
from kg.case.folder import find
from kg.store.build import build

CASE = 'title = "Twins"\nbase = "https://example.org/id/"\n[check]\nquiet = ["alike"]\n'
TERMS = """\
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
my:Human a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "person"@en ; kg:table "people" .
my:Firm a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "firm"@en ; kg:table "firms" .
my:Land a rdfs:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "country"@en ; kg:table "lands" .
my:born a kg:Attribute ; rdfs:label "date of birth"@en ; kg:column "born" ;
    rdfs:domain my:Human ; rdfs:range xsd:date .
my:land a kg:Attribute ; rdfs:label "country"@en ; kg:column "land" ;
    rdfs:domain kg:Entity ; rdfs:range my:Land .
my:owns a kg:State ; rdfs:label "owns"@en ; rdfs:domain my:Human ; rdfs:range my:Firm .
"""
PARTS = [
    "ba",
    "ber",
    "cha",
    "da",
    "dro",
    "fe",
    "gan",
    "ho",
    "ivan",
    "ka",
    "kov",
    "lar",
    "len",
    "mar",
    "mi",
    "nov",
    "ol",
    "pet",
    "ras",
    "sa",
    "schi",
    "to",
    "ul",
    "vez",
    "win",
]
TRADES = [
    "Trading",
    "Holdings",
    "Capital",
    "Shipping",
    "Energy",
    "Media",
    "Steel",
    "Group",
    "Partners",
    "Works",
]
FORMS = ["Ltd", "LLC", "GmbH", "Inc.", "S.A.", "Limited", "plc"]
CYRILLIC = dict(zip("abvgdezijklmnoprstufhc", "абвгдезийклмнопрстуфхц", strict=True))


class Names:
    """Names of people and firms, some much more common than others."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.first, self.last = self._words(300, 2), self._words(20_000, 3)

    def _words(self, count: int, parts: int) -> list[str]:
        return ["".join(self.dice.choices(PARTS, k=parts)).capitalize() for _ in range(count)]

    def _one(self, words: list[str]) -> str:
        return words[int(self.dice.paretovariate(0.4)) % len(words)]

    def person(self) -> str:
        return f"{self._one(self.first)} {self._one(self.last)}"

    def firm(self) -> str:
        words = [self._one(self.last), *self.dice.sample(TRADES, self.dice.choice((1, 2)))]
        return " ".join([*words, self.dice.choice(FORMS)])

    def slip(self, name: str) -> str:
        i = self.dice.randrange(1, len(name) - 1)
        return self.dice.choice(
            (name[:i] + name[i + 1 :], name[: i - 1] + name[i] + name[i - 1] + name[i + 1 :])
        )

    def double(self, name: str) -> tuple[str, str]:
        """Another form of a person's name, and what is other about it."""
        first, last = name.split(" ")
        how = self.dice.choice(("slip", "initial", "order", "script", "middle"))
        made = {
            "slip": lambda: self.slip(name),
            "initial": lambda: f"{first[0]}. {last}",
            "order": lambda: f"{last}, {first}",
            "script": lambda: "".join(CYRILLIC.get(c, c) for c in name.lower()).title(),
            "middle": lambda: f"{first} {self.dice.choice('ABCDEFG')}. {last}",
        }
        return made[how](), how

    def other_firm(self, name: str) -> tuple[str, str]:
        """Another form of a firm's name, and what is other about it."""
        bare, form = name.rsplit(" ", 1)
        how = self.dice.choice(("form", "capitals", "slip of a firm"))
        made = {
            "form": lambda: f"{bare} {self.dice.choice([f for f in FORMS if f != form])}",
            "capitals": name.upper,
            "slip of a firm": lambda: f"{self.slip(bare)} {form}",
        }
        return made[how](), how


def write(folder: Path, count: int) -> list[tuple[str, str, str]]:
    """A case of so many records, one in a hundred of them twice; the doubles."""
    dice = random.Random(5)
    names = Names(dice)
    lands = [f"l{i}" for i in range(190)]
    people = [
        [f"p{i}", names.person(), _day(dice) if dice.random() < 0.6 else "", dice.choice(lands)]
        for i in range(count * 6 // 10)
    ]
    firms = [[f"f{i}", names.firm(), dice.choice(lands)] for i in range(count * 4 // 10)]
    planted = []
    for i, row in enumerate(dice.sample(people, count // 200)):
        made, how = names.double(row[1])
        people.append([f"pp{i}", made, row[2] if dice.random() < 0.7 else "", row[3]])
        planted.append((row[0], f"pp{i}", how))
    for i, row in enumerate(dice.sample(firms, count // 200)):
        made, how = names.other_firm(row[1])
        firms.append([f"ff{i}", made, row[2]])
        planted.append((row[0], f"ff{i}", how))
    claims = [
        [dice.choice(people)[0], "owns", dice.choice(firms)[0], "d1", "p. 1"] for _ in range(count)
    ]
    tables = {
        "people": ("id,name,born,land", people),
        "firms": ("id,name,land", firms),
        "lands": ("id,name", [[land, f"Country {land[1:]}"] for land in lands]),
        "documents": ("id,name", [["d1", "A register"]]),
        "claims": ("subject,relation,object,document,locator", claims),
    }
    for part in ("data", "ontology"):
        (folder / part).mkdir()
    (folder / "data" / "case.toml").write_text(CASE, encoding="utf-8")
    (folder / "ontology" / "t.ttl").write_text(TERMS, encoding="utf-8")
    for name, (head, rows) in tables.items():
        path = folder / "data" / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head.split(","), *rows])
    return planted


def _day(dice: random.Random) -> str:
    return f"{dice.randint(1930, 2000)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"


def main() -> None:
    """Measure, and print what was found of each kind."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        planted = write(Path(folder), count)
        graph = build(find(folder))[0]
        begun = time.process_time()
        pairs = duplicates(graph).pairs
        spent = time.process_time() - begun
        graph.close()
    held = {frozenset((p.left, p.right)): at for at, p in enumerate(pairs)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count:,} records: {spent:.1f} s of a processor, {peak:,} MB, {len(pairs):,} pairs")
    for how in sorted({h for _, _, h in planted}):
        these = [frozenset((a, b)) for a, b, h in planted if h == how]
        print(f"{how:<16} {sum(t in held for t in these):>5} of {len(these)}")
    true = {frozenset((a, b)) for a, b, _ in planted}
    for first in (100, 300, 1000):
        hits = sum(frozenset((p.left, p.right)) in true for p in pairs[:first])
        print(f"of the first {first:>5} {hits:>5} planted")


if __name__ == "__main__":
    main()
