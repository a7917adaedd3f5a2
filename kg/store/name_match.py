"""How well a record fits a question in words: its names compared with what is asked.

The few records that the index of names finds are compared in full here.
"""

from __future__ import annotations

from kg.model.record import Record
from kg.text import forms
from kg.text.names import exact, folded
from kg.text.words import dense, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from difflib import SequenceMatcher

# How well a record fits: what `Hit.tier` says.
(*(EXACT, FOLDED, FORM, PHRASE, BEGINNING, WORDS, INSIDE, TITLE, NEAR, WITHIN, SOME),) = range(11)


class Sought(Record):
    """A record by what it is found by: names, titles and offices, labels of its classes.

    `forms` are other forms of its names (`kg.text.forms`), worked out when it is written.
    """

    entity: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    classes: tuple[str, ...]
    forms: tuple[str, ...] = ()


class Hit(Record):
    """A record that a question may mean, how well it fits, and the name that does.

    `whole` where the name is all that was asked but for words that tell little, `ofclass`
    where the question names its class, `across` where several of its names have the words together.
    """

    tier: int
    matched: str
    entity: str
    whole: bool = False
    ofclass: bool = False
    across: bool = False


class Question:
    """What is asked, and how well a record fits it."""

    def __init__(self, text: str) -> None:
        self.key, self.exact = folded(text), exact(text)
        self.short = joined(self.key)
        read = reading(text) if not (len(self.key) == 1 and dense(self.key)) else ()
        whole = (w for t in (self.key, *read) for w in (forms.glued(t) or t,) if " " not in w)
        self.forms = [*dict.fromkeys(w for w in whole if w != self.key)]
        self.groups: dict[str, list[str]] = {}
        self._alike: tuple[SequenceMatcher[str], ...] = ()

    def ranked(
        self, records: Iterable[Sought], weight: Callable[[str], float], *, some: bool = False
    ) -> list[Hit]:
        """The records that fit, best first; with `some`, also those with a part of the words."""
        words = {w: weight(w) for w in self.short.split()}
        whole = sum(words.values()) or 1.0
        rows = []
        for record in records:
            # The id, which is the last, is the name of what has no other that fits as well.
            *called, id_ = record.names
            tiers = ((self._tier(n), n is id_, len(n), n) for n in (*called, id_))
            tier, _, _, name = min(tiers)
            if tier > FORM and {self.key, *self.forms} & {*record.forms}:
                tier, name = FORM, called[0] if called else name
            missing, across = 0.0, False
            if tier > INSIDE:
                missing = _missing(words, (n for part in record[1:] for n in part))
                if not missing:
                    tier = TITLE
                    # Of several names each may have some of them: “Serhii Melnyk”, “Serhiy Melnik”.
                    across = not _missing(words, called)
                elif (score := self.alike(record.names))[0]:
                    # Long texts of the same small words are alike, and mean something else.
                    tier = NEAR if score[0] >= 0.86 or len(words) < 3 else SOME
                    missing, name = 1 - score[0], score[1]
                elif some and missing / whole <= 0.6:
                    tier, missing = SOME, missing / whole
                else:
                    continue
            # What is found by its initials has none of the words.
            share = 0.0 if tier == FORM else max(_share(self.short, n) for n in record.names)
            rows.append(
                (
                    *(self._rank(tier, record), tier, missing, -share, len(name), name),
                    *(record.entity, across),
                )
            )
        if any(r[1] < NEAR for r in rows):
            rows = [r for r in rows if r[1] < NEAR]
        return [Hit(r[1], r[5], r[6], ofclass=r[0] == PHRASE, across=r[7]) for r in sorted(rows)]

    def _rank(self, tier: int, record: Sought) -> int:
        """The order of a tier; what is of a class that the question names comes after whole names."""
        if tier <= FORM:
            return tier
        asked = f" {self.short} "
        named = any(f" {folded(label)} " in asked for label in record.classes)
        return PHRASE if named and tier <= TITLE else tier + 1

    def _tier(self, name: str) -> int:
        here = folded(name)
        for key, text in ((self.key, here), (self.short, joined(here))):
            if text == key:
                return EXACT if exact(name) == self.exact else FOLDED
        words = f" {joined(here)} "
        parts = self.short.split()
        if f" {self.short} " in words:
            return PHRASE
        if f" {self.short}" in words:
            return BEGINNING
        if parts and all(f" {part}" in words for part in parts):
            return WORDS
        return INSIDE if parts and all(part in words for part in parts) else SOME

    def alike(self, names: Sequence[str]) -> tuple[float, str]:
        """How alike the name that is most so is written, from 0.75 to 1, or 0."""
        if not self._alike:
            from difflib import SequenceMatcher

            texts = (self.key, *self.key.split())
            self._alike = tuple(SequenceMatcher(None, "", text) for text in texts)
        whole, *parts = self._alike
        best = (0.0, "")
        for name in names:
            here = folded(name)
            words = here.split()
            worst = min(
                (max((ratio(m, w) for w in words), default=0.0) for m in parts), default=0.0
            )
            best = max(best, (max(ratio(whole, here), worst), name))
        return best


def ratio(matcher: SequenceMatcher[str], text: str) -> float:
    """How alike two words are, from 0.75 to 1, or 0."""
    matcher.set_seq1(text)
    if matcher.real_quick_ratio() < 0.75 or matcher.quick_ratio() < 0.75:
        return 0.0
    found = float(matcher.ratio())
    return found if found >= 0.75 else 0.0


def once(hits: Iterable[Hit]) -> list[Hit]:
    """Each record where it fits best: the first time."""
    found: dict[str, Hit] = {}
    for hit in hits:
        found.setdefault(hit.entity, hit)
    return [*found.values()]


def closeness(hit: Hit) -> int:
    """The order of those that have not all of what was asked; 0 for all others."""
    return hit.tier if hit.tier >= NEAR else 0


JOINS = frozenset(
    [
        "of",
        "for",
        "at",
        "in",
        "from",
        "with",
        "by",
        "about",
        "on",
        "to",
        "under",
        "against",
        "the",
        "his",
        "her",
        "their",
        "its",
    ]
)


def spans(text: str) -> dict[str, tuple[bool, bool, int, int]]:
    """The runs of words in a text that may be a name, with how little they are the point of it."""
    found: dict[str, tuple[bool, bool, int, int]] = {}
    place = 0
    # A comma parts a name from what is told of it.
    for part in text.replace(";", ",").split(","):
        words = folded(part).split()
        for i in range(len(words)):
            for n in range(1, min(len(words) - i, 8) + 1):
                span = words[i : i + n]
                key = " ".join(span)
                if (len(key) < 3 and key.isascii()) or all(w in JOINS for w in span):
                    continue
                joint = i > 0 and words[i - 1] in JOINS
                rank = (n < len(words), joint, -(place + i + n), -n)
                found[key] = min(found.get(key, rank), rank)
            for n in range(2, min(len(words[i]), 8) + 1) if dense(words[i]) else ():
                for k in range(len(words[i]) - n + 1):
                    rank = (True, False, -n, k)
                    found[words[i][k : k + n]] = rank
        place += len(words)
    return found


def is_after(name: str, key: str) -> bool:
    """Whether a name is that of a body called after what has another name.

    >>> is_after("fuzhou police", "fuzhou"), is_after("authorities of fuzhou", "fuzhou")
    (True, True)
    >>> is_after("bank of north fuzhou", "fuzhou"), is_after("fuzhou", "fuzhou")
    (False, False)
    """
    before, of, rest = name.partition(" of ")
    called = bool(of) and rest in (key, f"the {key}") and len(before.split()) <= 3
    return called or name.startswith(f"{key} ")


def _missing(words: Mapping[str, float], texts: Iterable[str]) -> float:
    """What weigh the words that begin no word of some texts."""
    held = {w for text in texts for w in words_of(text)}
    return sum(value for word, value in words.items() if not any(h.startswith(word) for h in held))


def _share(key: str, name: str) -> float:
    """Which part of a name's words a question has."""
    words = words_of(name)
    return len({*key.split()} & words) / (len(words) or 1)


def words_of(text: str) -> set[str]:
    """The words of a name, initials with points as one word too."""
    here = folded(text)
    return {*here.split(), *joined(here).split()}


def reading(text: str) -> tuple[str, ...]:
    """A folded text that is not in Latin letters, in those: a name is read alike in both.

    Nothing where no way to read it is known: Chinese, Arabic and others need anyascii.
    """
    if text.isascii():
        return ()
    from kg.case.slugs import slug

    read = slug(text).replace("-", " ")
    here = folded(text)
    return (read,) if read and read != here and not here.isascii() else ()


def readings(text: str) -> list[tuple[str, int]]:
    """A text in Latin letters, with how well a record must fit that is found by it alone.

    One letter is a word of a name, or nothing. Signs of a script without spaces are syllables, which
    stand inside many names: one is read like so many others that nothing is found by it, two have
    to be words of a name, and more words or the beginnings of words.

    >>> readings("м"), readings("福")
    ([('m', 3)], [])
    """
    key = folded(text)
    signs = key.replace(" ", "")
    if not signs or not all(map(dense, signs)):
        return [(read, NEAR if len(signs) > 1 else PHRASE) for read in reading(text)]
    if len(signs) == 1:
        return []
    parts, whole = (WORDS, NEAR) if len(signs) > 2 else (PHRASE, PHRASE)
    read = [(word, parts if " " in word else whole) for word in reading(text)]
    return read + [(forms.glued(word), whole) for word, _ in read if forms.glued(word)]
