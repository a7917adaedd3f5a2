"""What a table that is not UTF-8 may be written in: how its words read in each encoding.

Excel saves “CSV” in the encoding of the machine: Cyrillic, Greek, Hebrew, Arabic, Thai, Chinese,
Japanese and Korean ones too. Which it was cannot be known for sure, so that the words are shown.
"""

from __future__ import annotations

import re
import unicodedata

_CELLS = re.compile(rb'[,;\t\r\n"|]+')
_WORD = re.compile(rb"[\x80-\xff]{3,}")
# The letters that are met most often in the languages of an encoding of one byte a letter.
_LETTERS = {
    "cp1251": "оеаинтсрвлк",
    "koi8_u": "оеаинтсрвлк",
    "cp866": "оеаинтсрвлк",
    "cp1253": "αοιετσνηυρςά",
    "cp1255": "יוהלארמתבשנ",
    "cp1256": "اليمونرتبدةه",
    "cp874": "ารนกอเงมยลิ่",
    "cp1250": "ąćčďęěłńňřśšťůźžżő",
}
# In those of two bytes a sign, the first byte of the signs that are met most often.
_SIGNS = {
    "gb18030": ((0xB0, 0xD7),),
    "cp949": ((0xB0, 0xC8),),
    "cp932": ((0x82, 0x83), (0x88, 0x97)),
    "big5": ((0xA4, 0xC6),),
}
_NEAR = 65_536


def readings(data: bytes, where: int) -> list[tuple[str, str]]:
    """The encodings in which cells of a file read as words, the likeliest first.

    Arguments:
        data: the bytes of the file.
        where: the first byte that is not UTF-8; the cells from there on are looked at.

    Returns:
        Up to three, each with the first cell as it reads there. Nothing where the cells read as
        those of Western Europe do: a letter here and there that is not ASCII.

    Example:
        >>> readings("имя;Ольга Гонтарь".encode("cp1251"), 0)[0]
        ('cp1251', 'имя')
        >>> readings("René".encode("cp1252"), 3)
        []
    """
    begun = max(data.rfind(mark, 0, where) for mark in (b",", b";", b"\t", b"\n", b'"')) + 1
    cells = [c for c in _CELLS.split(data[begun : where + _NEAR])[:-1] if not _is_utf8(c)]
    cells = cells or [data[begun:]]
    if _western(cells):
        return []
    scored = sorted(((_score(cells, name), name) for name in (*_LETTERS, *_SIGNS)), reverse=True)
    best = scored[0][0]
    return [
        (name, cells[0].decode(name, "replace").strip()[:40])
        for score, name in scored[:3]
        if score > 0.2 and score > best / 2
    ]


def _is_utf8(cell: bytes) -> bool:
    try:
        cell.decode()
    except UnicodeDecodeError:
        return False
    return True


def _western(cells: list[bytes]) -> bool:
    """Whether what is not ASCII is single letters inside words, as Windows-1252 has them."""
    high = sum(b > 0x7F for c in cells for b in c)
    runs = sum(len(run) for c in cells for run in _WORD.findall(c))
    inside = [
        text[i]
        for text in (c.decode("cp1252", "replace") for c in cells)
        for i in range(1, len(text) - 1)
        if not text[i].isascii() and text[i - 1].isalpha() and text[i + 1].isalpha()
    ]
    return runs * 2 < high and sum(c.isalpha() or c in "’·-" for c in inside) * 2 >= len(inside)


def _score(cells: list[bytes], name: str) -> float:
    """How much of what is not ASCII is what the languages of an encoding mostly have."""
    found, whole = 0.0, 0
    for cell in cells:
        try:
            text = cell.decode(name)
        except UnicodeDecodeError:
            return 0.0
        letters = [c for c in text if not c.isascii()]
        whole += len(letters)
        if name in _SIGNS:
            # Two bytes a sign stand side by side: ASCII letters among them are halves of signs.
            if sum(c.isascii() and c.isalpha() for c in text) > len(letters):
                return 0.0
            usual = sum(any(a <= c.encode(name)[0] <= b for a, b in _SIGNS[name]) for c in letters)
            # What is Hangul throughout is no Chinese by chance.
            korean = all("\uac00" <= c <= "\ud7a3" for c in letters)
            found += usual * (1.2 if name == "cp949" and korean else 1)
        else:
            if any(unicodedata.category(c)[0] in "CS" for c in letters):
                return 0.0
            found += sum(c in _LETTERS[name] for c in letters)
    return found / (whole or 1)
