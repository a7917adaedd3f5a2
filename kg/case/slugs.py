"""Ids made of names: lower-case ASCII words with hyphens between."""

from __future__ import annotations

import re
from unicodedata import normalize

# What taking accents off leaves as it is, and Cyrillic and Greek as newspapers spell them.
_LETTERS = {
    **dict(
        zip(
            "ßæœøłđðþıŋħŧ",
            ["ss", "ae", "oe", "o", "l", "d", "d", "th", "i", "ng", "h", "t"],
            strict=True,
        )
    ),
    **dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђјљњћџ",
            [
                "a",
                "b",
                "v",
                "g",
                "d",
                "e",
                "e",
                "zh",
                "z",
                "i",
                "i",
                "k",
                "l",
                "m",
                "n",
                "o",
                "p",
                "r",
                "s",
                "t",
                "u",
                "f",
                "kh",
                "ts",
                "ch",
                "sh",
                "shch",
                "_",
                "y",
                "_",
                "e",
                "yu",
                "ya",
                "i",
                "i",
                "ye",
                "g",
                "u",
                "dj",
                "j",
                "lj",
                "nj",
                "c",
                "dz",
            ],
            strict=True,
        )
    ),
    **dict(
        zip(
            "αβγδεζηθικλμνξοπρσςτυφχψω",
            [
                "a",
                "v",
                "g",
                "d",
                "e",
                "z",
                "i",
                "th",
                "i",
                "k",
                "l",
                "m",
                "n",
                "x",
                "o",
                "p",
                "r",
                "s",
                "s",
                "t",
                "y",
                "f",
                "ch",
                "ps",
                "o",
            ],
            strict=True,
        )
    ),
}
_LONGEST = 60


def slug(name: str) -> str:
    """The id of a name; empty where no letter of it can be written in ASCII.

    Accents are taken off, Cyrillic and Greek spelt out; other scripts are read by anyascii
    where it is installed (`kg[office]`).

    >>> slug("Magnus Fiskesjö"), slug("O’Neil & Sons, Ltd."), slug("Москва")
    ('magnus-fiskesjo', 'oneil-sons-ltd', 'moskva')
    """
    plain = "".join(_LETTERS.get(c, c) for c in normalize("NFC", name).casefold()).replace("_", "")
    plain = "".join(c for c in normalize("NFKD", plain) if not 0x300 <= ord(c) <= 0x36F)
    if any(c.isalnum() and not c.isascii() for c in plain):
        plain = _read_aloud(plain)
    plain = re.sub("['’ʼ`]", "", plain).casefold()
    words = re.findall("[a-z0-9]+", plain)
    found = ""
    for word in words:
        if found and len(found) + len(word) >= _LONGEST:
            break
        found = f"{found}-{word}" if found else word[:_LONGEST]
    return found


def _read_aloud(text: str) -> str:
    try:
        from anyascii import anyascii
    except ImportError:
        return text
    # Of Chinese each sign is a syllable of its own.
    return "".join(f" {anyascii(c)} " if "\u3400" <= c <= "\u9fff" else anyascii(c) for c in text)
