"""Whether the label of a relation is a noun, which no sentence can be made of as it stands.

“Ann owns the company” reads; “Ann director the company” does not: it is written as
“director: Ann → the company”.
"""

from __future__ import annotations

_BEFORE = frozenset(("of", "to", "for", "in", "at", "by", "with", "from", "on", "under"))
_OF_VERBS = """\
is are was were be been has have had may can could will would does did gave took made held met said
sent sold bought paid led ran won lost left built wrote became began went came saw told set put let
cut hit kept found taught fought brought sought stood spoke knew drew rose fell"""
_OF_NOUNS = """\
accomplice address advocate agency aide ally alias architect assistant associate attorney aunt bank beneficiary
birthplace boss boyfriend branch bride captain ceo cfo chair chairwoman chef chief chieftain child children
citizen city client coach colleague commissar companion company contact cook coo count country cousin crew cto
customer daughter date delegate deputy diplomat duke envoy expert family father fiance fiancee figurehead friend
general girlfriend godson grandchild grandson groom guarantee guarantor guardian guide head heir hero home host
hostess husband idol inmate intern judge kin king landlord lawyer leader legate liaison lieutenant link major
mastermind mate mentor mother name namesake nationality neighbour neighbor nephew niece nominee nurse office
official owner pal parent partner patron peer people pilot place plaintiff predecessor president priest prime
prince princess prodigy protege proxy pupil queen rapporteur relative representative residence rival role saboteur
saint schoolmate school scribe seat secretary sergeant sheriff sibling sister slave son spokesperson spouse spy
staff state status steward stooge student subject subsidiary successor surety surgeon taskmaster thief tie
treasurer trustee twin type tycoon uncle unit vassal veteran victim vice vizier wife witness"""
_VERBS, _NOUNS = frozenset(_OF_VERBS.split()), frozenset(_OF_NOUNS.split())
_ENDS = (
    "er",
    "or",
    "ist",
    "ship",
    "ion",
    "ment",
    "ee",
    "ant",
    "ence",
    "ance",
    "ency",
    "eur",
    "ian",
    "woman",
    "mate",
    "ity",
    "man",
)


def is_noun(label: str, language: str = "en") -> bool:
    """Whether a label is a noun, or nouns; what cannot be told is taken for a verb.

    English words are judged by their endings and by lists; German ones by their capital.

    >>> [is_noun(text) for text in ("director", "captain", "parent company", "owns", "was paid by")]
    [True, True, True, False, False]
    >>> is_noun("Geschäftsführer von", "de"), is_noun("besitzt", "de"), is_noun("persoon", "nl")
    (True, False, False)
    """
    words = label.replace("-", " ").split()
    tag = language.casefold().partition("-")[0]
    if not words or tag not in ("en", "de", ""):
        return False
    if tag == "de":
        return words[0][:1].isupper() and not label.isupper()
    words = [word.casefold() for word in words]
    while len(words) > 1 and words[-1] in _BEFORE:
        words.pop()
    first, last = words[0], words[-1]
    if first in _VERBS or (len(words) > 1 and first.endswith("ed")) or _third(first):
        return False
    return last in _NOUNS or last.endswith(_ENDS)


def is_plural(label: str, language: str = "en") -> bool:
    """Whether the label of a measure is an English plural; what cannot be told is one thing.

    >>> [is_plural(text) for text in ("deaths", "people displaced", "persons lost at sea")]
    [True, True, True]
    >>> [is_plural(text) for text in ("number of deaths", "sales volume", "gross loss", "muertos")]
    [False, False, False, True]
    >>> is_plural("muertos", "es")
    False
    """
    if language.casefold().partition("-")[0] not in ("en", ""):
        return False
    words = label.casefold().split()
    end = next((i for i, word in enumerate(words) if word in _BEFORE), len(words))
    head = words[:end]
    if not head:
        return False
    # “persons persuaded”: what follows the noun says what was done to them.
    done = len(head) > 1 and (head[-1].endswith(("ed", "en")) or head[-1] in _VERBS)
    noun = head[0] if done else head[-1]
    return noun in ("people", "children", "men", "women") or _third(noun)


def _third(word: str) -> bool:
    """Whether a word may be a verb of the third person, as “owns”."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))
