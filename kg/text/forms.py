"""Other forms of a name: its initials, its words written as one, what is left of it without titles.

What a text prints is often not what a record is called: “NYT”, “Foxhunt”, “Prof. Daum”.
These forms are found beside the names themselves, and after them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "d",
        "da",
        "das",
        "de",
        "del",
        "der",
        "des",
        "di",
        "die",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "et",
        "for",
        "fur",
        "im",
        "in",
        "la",
        "las",
        "le",
        "les",
        "los",
    ]
) | frozenset(["of", "on", "et", "the", "to", "und", "van", "von", "y", "za", "zu", "zum", "zur"])
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "madam",
        "hon",
        "rev",
        "fr",
        "sr",
        "jr",
        "herr",
        "frau",
        "mme",
        "mlle",
        "monsieur",
        "madame",
        "senor",
        "senora",
        "sra",
        "srta",
        "signor",
        "signora",
        "dott",
        "ing",
        "dipl",
    ]
)
# The fewest words whose initials are a name, and the most.
_FEWEST, _MOST = 3, 6


def initials(name: str) -> list[str]:
    """The initials that a name of several words goes by, with and without its small words.

    Of a long name those of its last words too; what stands in brackets is no part of it, and
    a comma parts it in two.

    >>> initials("The New York Times"), initials("Voice of America")
    (['nyt'], ['voa'])
    >>> "psb" in initials("Fuzhou City Public Security Bureau")
    True
    """
    found: dict[str, None] = {}
    for words in _segments(name):
        large = [w for w in words if w not in SMALL]
        for row in (large, words if words[:1] and words[0] not in SMALL else words[1:]):
            for run in (row[-n:] for n in range(len(row), _FEWEST - 1, -1)):
                if len(run) <= _MOST and run[0] not in SMALL and run[-1] not in SMALL:
                    found["".join(w[0] for w in run)] = None
    return list(found)


def _segments(name: str) -> Iterator[list[str]]:
    from kg.text.names import folded

    outside = []
    depth = 0
    for c in name:
        depth += c in "(["
        outside.append(" " if depth else c)
        depth -= c in ")]" and depth > 0
    text = "".join(outside)
    for mark in ",:;–—/":
        text = text.replace(mark, "\n")
    for part in text.split("\n"):
        words = folded(part).split()
        # A title of many words has no initials that anybody says.
        if _FEWEST <= len(words) <= 8:
            yield words


def glued(folded: str) -> str:
    """The words of a folded name as one; nothing where it has one word, or many.

    >>> glued("fox hunt"), glued("fbi")
    ('foxhunt', '')
    """
    words = folded.split()
    return "".join(words) if 2 <= len(words) <= 4 else ""


def bare(text: str) -> str:
    """A name without the titles that go with any name, and without the ending of a possessive.

    >>> bare("Prof. Jeremy Daum"), bare("China’s foreign ministry"), bare("Dr")
    ('Jeremy Daum', 'China foreign ministry', 'Dr')
    >>> bare("Follow the Money (FTM)"), bare("Acme (Malta)")
    ('Follow the Money', 'Acme (Malta)')
    """
    words = []
    for word in _without_initials(text).split():
        for end in ("'s", "’s", "ʼs", "s’", "s'"):
            if len(word) > len(end) + 1 and word.rstrip(",.;").endswith(end):
                word = word.rstrip(",.;")[: -len(end)] + ("s" if end[0] == "s" else "")
                break
        words.append(word)
    kept = [w for w in words if w.strip(".,").casefold() not in TITLES]
    return " ".join(kept or words)


def _without_initials(text: str) -> str:
    """A name without its own initials in brackets after it."""
    import re

    match = re.fullmatch(r"(.+?)\s*\(([\w.]{2,9})\)\s*", text)
    if not match:
        return text
    words = [w for w in match[1].replace("-", " ").split() if w[0].isalnum()]
    mark = match[2].replace(".", "").casefold()
    for row in (words, [w for w in words if w.casefold() not in SMALL]):
        if "".join(w[0] for w in row).casefold().endswith(mark):
            return match[1]
    return text


def telling(folded: str) -> frozenset[str]:
    """The words of a folded text without the small ones.

    >>> sorted(telling("government of the netherlands"))
    ['government', 'netherlands']
    """
    return frozenset(folded.split()) - SMALL
