"""Words of names that are withheld, where they still stand in what is handed on.

A name gives way to other words as its record has it. A surname alone, a form with an ending, the name of a
relative, an id that tells it: nobody can tell by rule whether they tell who is meant, so each is named to
the person who hands the rest on. What cannot tell anybody is left out: particles, forms of companies, words
of the ontology, words that several other records have in their names.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from kg.text.companies import is_form
from kg.text.names import folded
from kg.text.phrases import count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# So many places are told, and so many words of each.
_MOST, _WORDS = 12, 4
# A word that so many other records have in their names is a common one.
_COMMON = 3
# An ending: “Папасом”, “Papasa”.
_ENDING = 3
# What stands in names and names nobody, folded; of the letters of other scripts as they are written.
_NOBODY = """\
a abu ad al am an and as at bin bint by d da das de degli dei del della den der des di do dos du e el en et
for from het i ibn in la las le les lo los mac mc near o of on op os r s st stn ste sur t tal te ten ter the
til to und van vd ve vom von w y z zu zum zur dr mr mrs ms miss prof sir lady dame lord jr sr ii iii iv и в на
по из де аль эль ибн бин г και του της των τη το ο η οι بن ابن بنت ابو ام ال و في من بنو דר בן בת של ה"""
_PARTICLES = frozenset(_NOBODY.split())
# Scripts that are written without spaces between words: Han, kana, Hangul, Thai to Khmer.
_RUN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_RUNS = re.compile(f"[{_RUN}]")
_SHORT = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]+")
# What follows a family name of one character.
_FORMS = ("某", "氏", "先生", "女士", "小姐", "夫人", "老师", "씨", "모씨", "さん")
_NUMBER = re.compile(r"(?<=row )([0-9]+)")
# Letters that change at the end of a word, and such as are put before one.
_INFLECTED = re.compile("[\u0370-\u052f]")
_PREFIXED = re.compile("[\u0590-\u06ff]")


class Remnants:
    """Gathers the places in which words of `names` stand; `others` are the names of records that are kept,
    `plain` texts whose words tell nobody."""

    def __init__(
        self, names: Iterable[str], others: Iterable[str], plain: Iterable[str] = ()
    ) -> None:
        words = {word for name in names for word in _words(name)}
        times = Counter(word for name in others for word in {*folded(name).split()} & words)
        dull = {word for text in plain for word in folded(text).split()}
        told = (w for w in words if times[w] < _COMMON and w not in dull)
        self._runs, self._exact, self._near = set[str](), set[str](), set[str]()
        for word in told:
            if _RUNS.search(word):
                self._runs.add(word)
            else:
                self._exact.add(word)
                if len(word) > _ENDING:
                    self._near.add(_stem(word))
        self.found: dict[tuple[str, str], list[str]] = {}
        self.looked_at = lru_cache(50_000)(self._in_chunk)

    def note(self, text: str, row: str, column: str) -> None:
        """Look at a text that is handed on, and note where it stands if it holds such a word.

        `row` names a row or a record, `column` what of it the text is.
        """
        if not text or not (self._exact or self._runs):
            return
        found = [word for chunk in text.split() for word in self.looked_at(chunk)]
        if found:
            held = self.found.setdefault((row, column), [])
            held.extend(word for word in dict.fromkeys(found) if word not in held)

    def _in_chunk(self, chunk: str) -> tuple[str, ...]:
        return tuple(self._found(chunk))

    def _found(self, chunk: str) -> Iterator[str]:
        # A word in small letters has no ending that makes a name of it: “marked” is not Mark.
        proper = chunk != chunk.lower() or not _cased(chunk)
        for word in folded(chunk).split():
            if word in self._exact or (proper and self._is_near(word)):
                yield word
            elif self._runs and _RUNS.search(word):
                yield from sorted(run for run in self._runs if run in word)

    def _is_near(self, word: str) -> bool:
        first = range(_ENDING + 1) if _PREFIXED.match(word) else (0,)
        return any(
            word[i:j] in self._near
            for i in first
            for j in range(max(i + _ENDING + 1, len(word) - _ENDING), len(word) + 1)
        )

    def told(self, place: Callable[[str], str]) -> list[str]:
        """A line that names the places and the words; none if there are none. `place` says what a row is called."""
        lines = [
            f"{place(row)}, {column}: {', '.join(f'“{w}”' for w in words[:_WORDS])}"
            for (row, column), words in self.found.items()
        ]
        if not lines:
            return []
        # Rows of a table in its order.
        lines.sort(key=lambda line: [int(p) if p.isdecimal() else p for p in _NUMBER.split(line)])
        many = count(len(lines), "place")
        more = [f"and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
        head = f"words of withheld names still stand in {many} of what is handed on"
        hint = "write them otherwise, or add what stands there as an alias of the record"
        return [f"{head}: {'; '.join([*lines[:_MOST], *more])}; {hint}"]


def _words(name: str) -> Iterator[str]:
    """The words of a name that can tell who is meant."""
    parts = folded(name).split()
    for word in parts:
        if _SHORT.fullmatch(word):
            yield from _short(word)
        elif (len(word) > 1 or len(parts) == 1) and not (
            word in _PARTICLES or is_form(word) or word.isdecimal()
        ):
            yield word
    # “Al Masri” is one word, too, and so is “Mc Donald”.
    for one, other in pairwise(parts):
        if one in _PARTICLES and not _RUNS.search(other) and len(one) > 1:
            yield one + other


def _short(word: str) -> Iterator[str]:
    """A name of East Asia, and what people are called by of it: without the family name, or by it alone."""
    yield word
    if len(word) in (3, 4):
        yield word[1:]
    if len(word) in (2, 3):
        yield from (word[0] + form for form in _FORMS)
    if len(word) == 4:
        yield word[:2]
        yield word[2:]


def _stem(word: str) -> str:
    """A word without the letter that changes with the case."""
    return word[:-1] if _INFLECTED.match(word) and len(word) > _ENDING + 1 else word


def _cased(text: str) -> bool:
    return text.lower() != text.upper()
