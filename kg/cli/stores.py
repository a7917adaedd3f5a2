"""Which store a command line names: ``--store`` and ``--graph``, before the verb or behind it."""

from __future__ import annotations

from kg.model.errors import UsageError
from kg.store.remote.address import Named, named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_OPTIONS = ("--store", "--graph")


def taken(arguments: Sequence[str]) -> tuple[list[str], Named | None]:
    """A command line without these two, and what they name; without ``--store`` the environment does.

    Raises UsageError for one without a value, or given twice.

    >>> rest, store = taken(["--store", "http://127.0.0.1:7878/query", "find", "Lu"])
    >>> rest, store.url
    (['find', 'Lu'], 'http://127.0.0.1:7878/query')
    """
    rest: list[str] = []
    found: dict[str, str] = {}
    words = list(arguments)
    while words:
        word = words.pop(0)
        option, sign, value = word.partition("=")
        if option not in _OPTIONS:
            rest.append(word)
            continue
        if not sign:
            value = words.pop(0) if words else ""
        if not value or (value.startswith("-") and not sign):
            raise UsageError(f"{option}: nothing; expected an address")
        if option in found:
            raise UsageError(f"{option} is given twice")
        found[option] = value
    return rest, named(found.get("--store", ""), found.get("--graph", ""))
