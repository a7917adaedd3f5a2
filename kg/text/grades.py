"""The grade of a source in words: the letter and number that intelligence services use."""

from __future__ import annotations

_SOURCE = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
_WORD = {
    "1": "confirmed by others",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


def explained(grade: str) -> str:
    """A grade with what its letter and number mean; one in own words as it stands.

    >>> explained("B2"), explained("court record")
    ('B2 (usually reliable; probably true)', 'court record')
    """
    letter, number = grade[:1].upper(), grade[1:]
    if letter in _SOURCE and number in _WORD:
        return f"{grade} ({_SOURCE[letter]}; {_WORD[number]})"
    return grade
