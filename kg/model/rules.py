"""Rules of a case: what excludes what, what may happen again, what a stated total counts.

A rule speaks of claims by patterns of three words, ``?x relation object``: a word with a
question mark stands for any entity, the same one wherever it stands again; ``*`` for
anything, a class for its members; several words may be given with ``/`` between them. ``not`` before them means that
a voice speaks against the claim.
"""

from __future__ import annotations

from kg.model.record import Record

EXCLUSIVE, RULES_OUT, REPEATS, COUNTS, PART = "exclusive", "rulesOut", "repeats", "counts", "part"
SUPERLATIVE = "superlative"
FIRST, LAST, MOST, ONLY = "first", "last", "most", "only"
DEGREES = (FIRST, LAST, MOST, ONLY)
ENDS = ("subject", "object", "both", "date")


class Pattern(Record):
    """Claims of some relations with some ends; of an end, ``?x`` or the records it may be."""

    subject: tuple[str, ...]
    relation: tuple[str, ...]
    object: tuple[str, ...]
    against: bool = False

    @property
    def variables(self) -> tuple[str, ...]:
        """The words that stand for any entity, once each."""
        ends = (*self.subject, *self.object)
        return tuple(dict.fromkeys(w for w in ends if w.startswith("?")))


class Rule(Record):
    """One rule, by its name.

    `kind` is ``exclusive`` (of the `relations` one subject, one object, or one date at a time,
    as `end` says; `one` keeps it to the claims that fit a pattern), ``rulesOut`` (what fits `one` and what fits `other` cannot both be),
    ``superlative`` (what fits `one` says that ``?x`` is the first, the last, the one with the most
    or the only one, as `end` says, of what the patterns `other` find), ``repeats`` (each of the
    `relations` may happen again), ``counts`` (what the measures among
    the `relations` count, by the patterns `one`) or ``part`` (the subject belongs
    to the object, by a relation or by the patterns `one`).
    `about` are the records whose totals a counting rule is for. A `strict` rule finds
    conflicts, another one tensions. `label` is the question it puts, `reason` why it holds.
    """

    name: str
    kind: str
    relations: tuple[str, ...] = ()
    end: str = ""
    one: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    strict: bool = False
    label: str = ""
    reason: str = ""


def pattern(text: str) -> Pattern:
    """A pattern as written. Raises ValueError for what is none.

    >>> pattern("not ?x usedFor topic-a/topic-b")
    Pattern(subject=('?x',), relation=('usedFor',), object=('topic-a', 'topic-b'), against=True)
    """
    words = text.split()
    against = words[:1] == ["not"]
    words = words[against:]
    if len(words) != 3 or not all(part for word in words for part in word.split("/")):
        raise ValueError("three words, as “?x usedFor topic-a”")
    subject, relation, object_ = (tuple(word.split("/")) for word in words)
    return Pattern(subject, relation, object_, against)


def to_text(rules: tuple[Rule, ...]) -> str:
    """Rules as text that `from_text` reads."""
    lines = (
        "\x1f".join("\x1c".join(v) if isinstance(v, tuple) else str(v) for v in rule)
        for rule in rules
    )
    return "\x1e".join(lines)


def from_text(text: str) -> tuple[Rule, ...]:
    """The inverse of `to_text`."""
    found = []
    for line in text.split("\x1e") if text else ():
        cells: dict[str, object] = dict(zip(Rule._fields, line.split("\x1f"), strict=True))
        for name in ("relations", "one", "other", "about"):
            cells[name] = tuple(part for part in str(cells[name]).split("\x1c") if part)
        cells["strict"] = cells["strict"] == "True"
        found.append(Rule(**cells))  # type: ignore[arg-type]  # the cells are the fields
    return tuple(found)
