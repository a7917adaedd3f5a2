"""A made-up case of any size, in the same tables as a real one, the same every time."""

import csv
import random
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELATIONS = ("investigates", "criticised", "contacted", "warned", "aided", "targets")
STANCES = ("asserts",) * 7 + ("alleges", "alleges", "denies", "disputes")
HEAD = "subject,relation,object,from,to,stance,voice,via,document,locator,gloss,passage"


def write(folder: Path, claims: int) -> None:
    """Write a case with so many rows in its ledger; a fifth as many actors, heavy-tailed."""
    dice = random.Random(claims)
    data = folder / "data"
    data.mkdir(parents=True)
    shutil.copytree(ROOT / "ontology", folder / "ontology")
    (data / "case.toml").write_text(
        'title = "made up"\nbase = "https://example.org/id/"\nlanguage = "en"\n', encoding="utf-8"
    )
    people, papers = max(claims // 5, 20), max(claims // 100, 5)
    _table(data / "people.csv", "id,name", ((f"p{i}", f"Person {i}") for i in range(people)))
    _table(
        data / "documents.csv",
        "id,name,published",
        ((f"d{i}", f"Document {i}", f"20{i % 20 + 5:02}-0{i % 9 + 1}") for i in range(papers)),
    )

    def row(i: int) -> tuple[object, ...]:
        one, two = (int(people * dice.random() ** 3) for _ in "ab")
        if one == two:
            two = (one + 1) % people
        voice = f"p{dice.randrange(people)}" if i % 3 else ""
        when = f"20{i % 20 + 5:02}" if i % 2 else ""
        place = (
            f"d{dice.randrange(papers)}",
            f"para {i % 40}",
            f"What row {i} says",
            f"{i}-{i + 9}",
        )
        middle = (when, "", dice.choice(STANCES), voice, "")
        return (f"p{one}", dice.choice(RELATIONS), f"p{two}", *middle, *place)

    _table(data / "claims.csv", HEAD, (row(i) for i in range(claims)))


def _table(path, head, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head.split(","))
        writer.writerows(rows)
