"""A folded text as the words that an index holds and a question asks for.

Scripts that put no spaces between words are held letter by letter and pair by pair, so that a
word of two Chinese characters is found inside any text.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

# Han and kana; Thai and Lao; Burmese; Khmer; the rarer Han characters.
_DENSE = (
    "([\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|[\u0e00-\u0eff]+|[\u1000-\u109f]+"
    "|[\u1780-\u17ff]+|[\U00020000-\U0003ffff]+)"
)


def _pattern() -> re.Pattern[str]:
    import re

    return re.compile(_DENSE)


def held(folded: str) -> list[str]:
    """The words that an index keeps of a folded text.

    >>> held("fuzhou 警侨事务"), held("fbi")
    (['fuzhou', '警', '侨', '事', '务', '警侨', '侨事', '事务'], ['fbi'])
    """
    if folded.isascii():
        return folded.split()
    return [piece for run, dense in _runs(folded) for piece in (_both(run) if dense else (run,))]


def quoted(word: str) -> str:
    """A word as a question to a full-text index has it, whatever marks it holds.

    >>> print(quoted('say"so'))
    "say""so"
    """
    return '"' + word.replace('"', '""') + '"'


def asked(folded: str) -> list[str]:
    """The words that a folded question asks an index for, each once.

    >>> asked("警侨事务"), asked("警 station")
    (['警侨', '侨事', '事务'], ['警', 'station'])
    """
    if folded.isascii():
        return [*dict.fromkeys(folded.split())]
    found = (piece for run, dense in _runs(folded) for piece in (_pairs(run) if dense else (run,)))
    return [*dict.fromkeys(found)]


def joined(folded: str) -> str:
    """A folded text with single letters that stand side by side as one word: initials.

    >>> joined("f b i"), joined("j r smith"), joined("plan b")
    ('fbi', 'jr smith', 'plan b')
    """
    out: list[str] = []
    run = False
    for word in folded.split():
        single = len(word) == 1 and word.isalpha()
        if single and run:
            out[-1] += word
        else:
            out.append(word)
        run = single
    return " ".join(out)


def dense(word: str) -> bool:
    """Whether a word is of a script that puts no spaces between words."""
    return not word.isascii() and bool(_pattern().match(word))


def syllables(word: str) -> bool:
    """Whether a word is written in the syllables of Korean, each of which says as much as a part of a name."""
    return bool(word) and all("\uac00" <= c <= "\ud7a3" for c in word)


def _runs(folded: str) -> Iterator[tuple[str, bool]]:
    split = _pattern().split
    for word in folded.split():
        for place, run in enumerate(split(word)):
            if run:
                yield run, bool(place % 2)


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def _both(run: str) -> list[str]:
    return [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
