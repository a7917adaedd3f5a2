"""Names of any script in plain Latin letters, as newspapers spell them."""

from __future__ import annotations

import functools

# What taking accents off leaves as it is.
_LATIN = "ß ss æ ae œ oe ø o ł l đ d ð d þ th ı i ŋ ng ħ h ŧ t"
_CYRILLIC = (
    "а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f "
    "х kh ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю yu я ya і i ї i є ye ґ g ў u ђ dj ј j љ lj њ nj "
    "ћ c џ dz"
)
_GREEK = (
    "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f "
    "χ ch ψ ps ω o"
)


def _pairs() -> dict[str, str]:
    words = f"{_LATIN} {_CYRILLIC} {_GREEK}".split()
    return {k: "" if v == "_" else v for k, v in zip(words[::2], words[1::2], strict=True)}


LETTERS = _pairs()


def latin(text: str) -> str:
    """A text in small letters without accents; letters that nothing here spells stay.

    Cyrillic and Greek are spelt out; other scripts are read by anyascii where it is
    installed (`kg[office]`), of Chinese each sign as a word of its own.

    >>> latin("Magnus Fiskesjö"), latin("Москва"), latin("Ελένη")
    ('magnus fiskesjo', 'moskva', 'eleni')
    """
    if text.isascii():
        return text.lower()
    from unicodedata import normalize

    plain = "".join(LETTERS.get(c, c) for c in normalize("NFC", text).casefold())
    plain = "".join(c for c in normalize("NFKD", plain) if not 0x300 <= ord(c) <= 0x36F)
    # й is a letter of its own, ή an η with a mark.
    plain = "".join(LETTERS.get(c, c) for c in plain)
    if any(c.isalnum() and not c.isascii() for c in plain):
        plain = _read_aloud(plain).casefold()
    return plain


# Scripts in which names are written letter by letter: Cyrillic's rarer letters, Armenian, Hebrew and Arabic; those of
# India, Thai and Lao; Burmese, Georgian and the parts of Korean syllables; Ethiopic; Khmer; signs not seen; kana.
_SCRIPTS = (
    *((0x460, 0x700), (0x900, 0xF00), (0x1000, 0x1050), (0x10D0, 0x1113), (0x1161, 0x1176)),
    *((0x11A8, 0x11C3), (0x1200, 0x1360), (0x1780, 0x17D4), (0x200B, 0x2010), (0x3041, 0x3100)),
)


@functools.cache
def letters() -> dict[str, str]:
    """Small letters of scripts beside Latin, Greek, Russian and Chinese by how each is read; empty
    without anyascii. Korean syllables are there in parts. Cost: about 5 ms, once.

    >>> "ب" in letters()["b"]
    True
    """
    try:
        from anyascii import anyascii
    except ImportError:
        return {}
    from unicodedata import category

    found: dict[str, list[str]] = {}
    for letter in (chr(code) for first, end in _SCRIPTS for code in range(first, end)):
        written = category(letter)[0] in "LMN" or category(letter) == "Cf"
        if written and letter == letter.casefold() and letter not in LETTERS:
            found.setdefault(anyascii(letter).casefold(), []).append(letter)
    return {read: "".join(several) for read, several in found.items()}


@functools.cache
def syllables() -> dict[str, str]:
    """Chinese signs in ordinary use by how each is read; empty without anyascii. Cost: about 50 ms, once.

    In use are those of GB 2312, for short signs, and of the first level of Big5, for full ones.

    >>> "建" in syllables()["jian"], "瞯" in syllables()["jian"]
    (True, False)
    """
    try:
        from anyascii import anyascii
    except ImportError:
        return {}
    found: dict[str, list[str]] = {}
    for sign in map(chr, range(0x4E00, 0xA000)):
        if _in_use(sign) and (read := anyascii(sign).casefold()).isalpha():
            found.setdefault(read, []).append(sign)
    return {read: "".join(signs) for read, signs in found.items()}


def _in_use(sign: str) -> bool:
    # The second level of Big5 begins where the first byte is C9.
    full = sign.encode("big5", "ignore")
    return bool(sign.encode("gb2312", "ignore") or (full and full[0] < 0xC9))


def _read_aloud(text: str) -> str:
    try:
        from anyascii import anyascii
    except ImportError:
        return text
    # Of Chinese each sign is a syllable of its own.
    return "".join(f" {anyascii(c)} " if "\u3400" <= c <= "\u9fff" else anyascii(c) for c in text)
