"""Words found in a document's text, and the cells that say where they stand."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from unicodedata import combining, normalize

_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″＂", '"'),
        **dict.fromkeys("‘’‚‛‹›′＇ʼ`´", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    }
)
_WIDER = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "…": "..."}
# Soft hyphen and the characters that take no room.
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_BROKEN = re.compile(r"-[ \t]*\n\s*(?=\w)")
_LEFT_OUT = re.compile(r"\[(?:…|\.\.\.)\]")
_COMPARED = 4_000_000
_AROUND = 60
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: code points `start` to `end`, the words as printed, what stands around."""

    start: int
    end: int
    words: str
    before: str
    after: str

    @property
    def passage(self) -> str:
        """The cell of the column passage."""
        return f"{self.start}-{self.end}"

    @property
    def digest(self) -> str:
        """The cell of the column passage_digest."""
        return f"sha256:{hashlib.sha256(self.words.encode()).hexdigest()}"


class Plain:
    """A text in the form in which words are compared, with the place of each of its characters.

    White space is one space, soft hyphens are nothing, quotation marks and dashes are of one
    kind, letters stand in parts (NFD). A hyphen at the end of a line is taken out with the
    line's end, or, with `kept`, without it.
    """

    def __init__(self, text: str, kept: bool = False) -> None:
        begins, parts = array("Q"), []
        broken = {m.start(): m.end() for m in _BROKEN.finditer(text)}
        skip, space = 0, True
        for place, character in enumerate(text):
            if place < skip or character in _DROPPED:
                continue
            if place in broken and place and text[place - 1].isalnum():
                skip = broken[place]
                if not kept:
                    continue
            if character.isspace():
                if not space:
                    parts.append(" ")
                    begins.append(place)
                space = True
                continue
            space = False
            written = _WIDER.get(character) or character.translate(_SAME)
            for part in written if written.isascii() else normalize("NFD", written):
                parts.append(part)
                begins.append(place)
        self.text, self.begins = "".join(parts), begins

    def find(self, words: str, fold: bool = False) -> Iterator[tuple[int, int]]:
        """Where words that are in this form stand in the text as printed: (start, end)."""
        held = self.text.casefold() if fold else self.text
        if fold and len(held) != len(self.text):
            held = self.text.lower() if len(self.text.lower()) == len(self.text) else self.text
        at = held.find(words)
        while at >= 0:
            last = at + len(words)
            # A letter without its accent is another letter.
            if not (last < len(held) and combining(held[last])) and not combining(held[at]):
                yield self.begins[at], self.begins[last - 1] + 1
            at = held.find(words, at + 1)


def find(text: str, words: str) -> list[Place]:
    """Every place where words stand in a text, in order, as they are printed there.

    White space, soft hyphens, forms of letters (NFC, NFD), of quotation marks and dashes, and
    hyphens at line ends make no difference; any other character does.

    >>> [p.passage for p in find("The sta-\\ntion “Dublin” is closed.", 'station "Dublin"')]
    ['4-22']
    """
    return [_place(text, *ends) for ends in _ends(text, words)]


def near(text: str, words: str) -> list[Place]:
    """The places that come nearest: other capitals, else most of the words close together."""
    plain = Plain(text)
    wanted = Plain(words).text.strip()
    found = [*plain.find(wanted.lower(), fold=True)] if wanted else []
    if not found:
        found = [*_nearest(plain, wanted)]
    return [_place(text, *ends) for ends in found[:_NEAR]]


def _ends(text: str, words: str) -> list[tuple[int, int]]:
    wanted = Plain(words).text.strip()
    if not wanted:
        return []
    found = {*Plain(text).find(wanted)}
    if _BROKEN.search(text):
        found |= {*Plain(text, kept=True).find(wanted)}
    return sorted(found)


def _nearest(plain: Plain, wanted: str) -> Iterator[tuple[int, int]]:
    """Stretches of as many words that share most of them, at least half, best first."""
    pattern = re.compile(r"[^\W_]+")
    held = [(m.start(), m.end(), m.group().lower()) for m in pattern.finditer(plain.text)]
    needed = Counter(m.group().lower() for m in pattern.finditer(wanted))
    size = sum(needed.values())
    if not size or len(held) < size:
        return
    window: Counter[str] = Counter()
    shared, scores = 0, []
    for i, (_, _, word) in enumerate(held):
        window[word] += 1
        shared += window[word] <= needed[word]
        if i >= size:
            gone = held[i - size][2]
            shared -= window[gone] <= needed[gone]
            window[gone] -= 1
        if i >= size - 1 and shared * 2 >= size:
            scores.append((-shared, i - size + 1))
    taken: list[int] = []
    for _, first in sorted(scores):
        if all(abs(first - other) >= size for other in taken):
            taken.append(first)
            yield plain.begins[held[first][0]], plain.begins[held[first + size - 1][1] - 1] + 1
        if len(taken) == _NEAR:
            return


def _place(text: str, start: int, end: int) -> Place:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Place(start, end, text[start:end], " ".join(before.split()), " ".join(after.split()))


def differs(passage: str, quote: str) -> int:
    """Where in a quote the first character stands that its passage does not have; -1 if it has all.

    Compared as `find` compares; parts left out are marked “[…]” and follow each other.

    >>> differs("He said: it is “closed”.", 'it is "closed"'), differs("It is closed.", "It is shut")
    (-1, 6)
    """
    forms = [Plain(passage).text]
    if _BROKEN.search(passage):
        forms.append(Plain(passage, kept=True).text)
    at = [0] * len(forms)
    offset = 0
    for part in _LEFT_OUT.split(quote):
        plain = Plain(part)
        wanted = plain.text.strip()
        places = [held.find(wanted, first) for held, first in zip(forms, at, strict=True)]
        if max(places) < 0:
            lead = len(plain.text) - len(plain.text.lstrip())
            first = lead + _first_difference(forms[0][at[0] :], wanted)
            inside = plain.begins[first] if first < len(plain.begins) else len(part)
            return offset + inside
        at = [p + len(wanted) if p >= 0 else first for p, first in zip(places, at, strict=True)]
        offset += len(part)
        if left_out := _LEFT_OUT.match(quote, offset):
            offset = left_out.end()
    return -1


def _first_difference(held: str, wanted: str) -> int:
    """The first place in some words at which a text that nearly has them goes on otherwise."""
    if len(held) * len(wanted) > _COMPARED:
        return 0
    for kind, _, _, first, _ in SequenceMatcher(None, held, wanted, False).get_opcodes():
        if kind != "equal" and not (kind == "delete" and first == 0):
            return first
    return 0
