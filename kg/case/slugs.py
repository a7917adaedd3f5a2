"""Ids made of names: lower-case ASCII words with hyphens between."""

from __future__ import annotations

import re

from kg.text.latin import latin

_LONGEST = 60


def slug(name: str) -> str:
    """The id of a name; empty where no letter of it can be written in ASCII.

    Accents are taken off, Cyrillic and Greek spelt out; other scripts are read by anyascii
    where it is installed (`kg[office]`).

    >>> slug("Magnus Fiskesjö"), slug("O’Neil & Sons, Ltd."), slug("Москва")
    ('magnus-fiskesjo', 'oneil-sons-ltd', 'moskva')
    """
    words = re.findall("[a-z0-9]+", re.sub("['’ʼ`]", "", latin(name)))
    found = ""
    for word in words:
        if found and len(found) + len(word) >= _LONGEST:
            break
        found = f"{found}-{word}" if found else word[:_LONGEST]
    return found
