"""JSON that kg wrote itself, read without the module `json`, whose loading takes as long as some commands."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Plain:
    """How it is read: every value as Python has it."""

    strict = True
    object_hook = object_pairs_hook = array_hook = None
    parse_float, parse_int, parse_constant = float, int, float


def parsed(text: str) -> Any:
    """What a text of JSON says; nothing may stand before it. Raises ValueError for what is none.

    >>> parsed('{"rows": [1, true, "a"]}')
    {'rows': [1, True, 'a']}
    """
    # The reader behind `json`, which is written in C and needs nothing else.
    from _json import make_scanner

    try:
        value, end = make_scanner(_Plain())(text, 0)  # type: ignore[arg-type]  # typeshed names it after itself
    except StopIteration as error:
        raise ValueError(f"no JSON at character {error.value}") from None
    if text[end:].strip():
        raise ValueError(f"something follows the JSON at character {end}")
    return value
