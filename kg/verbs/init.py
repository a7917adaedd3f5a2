"""kg init: a folder for a case of one's own."""

from __future__ import annotations

from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.text.formats import Guard
    from kg.verbs.place import Place


def likes() -> tuple[str, ...]:
    """The cases that a new one can be like."""
    from kg.case.new import LIKE

    return LIKE


VERB = Verb(
    "init",
    "tables",
    "Begin a case: tables, terms, two rows to look at, a tutorial.",
    more="""\
The folder is new, or empty, or holds nothing but the texts of documents in texts/, each of which
gets a row in data/documents.csv. What is made can be checked, built and drawn at once.""",
    params=(
        Param("folder", "The folder to make.", argument=True, needed=True, metavar="DIR"),
        Param("empty", "Headers alone, without the rows to look at.", kind=bool),
        Param("like", "Take the terms and headers of this case.", choices=likes, metavar="CASE"),
    ),
    examples=("init harbour", "init harbour --empty", "init stations --like example"),
    method="",
)


def answer(place: Place, *, folder: str, empty: bool, like: str) -> Answer:
    """Make the folder; say what is in it and what comes next."""
    from pathlib import Path

    from kg.case import new
    from kg.text.untrusted import one_line, word

    made = new.make(Path(folder), empty=empty, like=like)
    where = one_line(folder)
    base = "title and base in data/case.toml are made up: put in your own before handing on"
    following = "kg check, kg build, kg view; README.md has the tutorial"

    def write(form: str, width: int, guard: Guard) -> str:
        return "".join(f"{where}/{name}\n" for name in made)

    return Answer(made, write, notes=[base, f"next: cd {word(folder)}; {following}"])
