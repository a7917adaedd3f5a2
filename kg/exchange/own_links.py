"""Links that kg handed on in the form of another program: how each stands, read back as rows.

Such a form holds status, basis and counts of a claim, and who said so as text. What comes back is the
standing: that a claim is alleged, denied, contested or taken back; whose word it is stays a remark.
"""

from __future__ import annotations

import re

from kg.model.standing import BASIS_OF, STATUSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REASON = (
    "it stands as it did in the graph of kg that it is from; whose word it is stays a remark on it"
)
_STANCES = {basis.casefold(): stance for stance, basis in BASIS_OF.items()}
# A claim that nobody puts forward any more: opposed, or taken back by all who spoke of it.
_UNSUPPORTED = {"denied": "denies", "retracted": "retracts", "corrected": "retracts"}
_UNSUPPORTED["withdrawn"] = "retracts"
_IN_WORDS = re.compile(r"(\w+), (\w+); [0-9]+ voices, [0-9]+ documents, [0-9]+ opposing")
_COUNTS = ("voices", "documents", "opposing")
# Where a record that a format reads has it, until it is counted.
FIELD = "kg_stands"
# What stands after the place of a row against a link, beside one that puts it forward; mappings too.
AGAINST = ", against"


class Stands(tuple[str, ...]):
    """The stances of a link that kg wrote, as no file can hold them."""

    __slots__ = ()


def stances(status: object, basis: object) -> tuple[str, ...]:
    """The stances that make a claim stand so: one for it, one against it where it is contested; none
    where these are no status and basis of kg.

    >>> stances("contested", "alleged"), stances("Denied", "Unsupported"), stances("active", "")
    (('alleges', 'disputes'), ('denies',), ())
    """
    words = str(status).casefold(), str(basis).casefold()
    if words[0] not in {s.casefold() for s in STATUSES}:
        return ()
    if words[0] in _UNSUPPORTED:
        return (_UNSUPPORTED[words[0]],)
    if not (put := _STANCES.get(words[1])):
        return ()
    return (put, "disputes") if words[0] == "contested" else (put,)


def of_fields(held: Mapping[str, object]) -> tuple[str, ...]:
    """The same of a link whose fields are named as kg names them."""
    if not all(name in held for name in _COUNTS):
        return ()
    return stances(held.get("status", ""), held.get("basis", ""))


def in_words(text: str) -> tuple[str, ...]:
    """The same of a standing in words: ``contested, asserted; 1 voices, 1 documents, 1 opposing``."""
    found = _IN_WORDS.fullmatch(text)
    return stances(found[1], found[2]) if found else ()


def kind(said: Sequence[str]) -> str:
    """What a link that is read so is called in a tally: ``link that is disputed``."""
    put = {"alleges": "alleged", "announces": "announced", "questions": "questioned"}
    told = {"denies": "denied", "retracts": "taken back"} | put
    words = [told[said[0]]] if said[0] in told else []
    words += ["disputed"] if len(said) > 1 else []
    return f"link that is {' and '.join(words)}" if words else "link"
