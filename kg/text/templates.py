"""Sentences with gaps for what is told: ``{payer} paid {amount} to {payee}[ in {place}]``.

A name in braces is a gap; what stands in square brackets is left out where nothing is told for
one of its gaps.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def gaps(template: str) -> tuple[str, ...]:
    """The names of the gaps, in their order. Raises ValueError for brackets that do not match.

    >>> gaps("{payer} paid {payee}[ in {place}]")
    ('payer', 'payee', 'place')
    """
    return tuple(name for _, parts in _groups(template) for text, name in parts if not text)


def filled(template: str, told: Mapping[str, str], missing: Callable[[str], str]) -> str:
    """The sentence with what is told; `missing` gives the words for a gap that nobody fills.

    >>> filled("{payer} paid {payee}[ in {place}]", {"payer": "Ann"}, lambda name: f"(no {name})")
    'Ann paid (no payee)'
    """
    found = []
    for optional, parts in _groups(template):
        names = [name for text, name in parts if not text]
        if optional and not all(told.get(name) for name in names):
            continue
        found += [text or told.get(name) or missing(name) for text, name in parts]
    return " ".join("".join(found).split())


def _groups(template: str) -> Iterator[tuple[bool, list[tuple[str, str]]]]:
    """What stands in brackets and what outside them, as (in brackets, its texts and gaps)."""
    parts: list[tuple[str, str]] = []
    optional, at = False, 0
    while at < len(template):
        character = template[at]
        if character in "[]":
            if (character == "]") is not optional:
                raise ValueError(f"“{character}” without its other half")
            yield optional, parts
            parts, optional, at = [], not optional, at + 1
        elif character == "{":
            end = template.find("}", at)
            if end < 0 or not template[at + 1 : end].strip():
                raise ValueError("“{” without a name and “}”")
            parts.append(("", template[at + 1 : end].strip()))
            at = end + 1
        elif character == "}":
            raise ValueError("“}” without its other half")
        else:
            ends = [place for mark in "[]{}" if (place := template.find(mark, at)) >= 0]
            end = min(ends, default=len(template))
            parts.append((template[at:end], ""))
            at = end
    if optional:
        raise ValueError("“[” without its other half")
    yield False, parts
