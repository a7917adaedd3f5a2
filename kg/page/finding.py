"""What a page finds its actors by: the names that the index of names has, and the tables of other forms."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from kg.page.view import View, ViewFinding
from kg.store.name_match import JOINS
from kg.text import demonyms, forms, latin, names
from kg.text.latin import LETTERS, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.name_match import Sought


def besides(sought: Sought, shown: Iterable[str], description: str) -> ViewFinding:
    """What a record is found by besides the names and the description that are shown of it.

    Of other forms those that the page does not work out by itself: initials and words as one it does.
    """
    known = {*shown, sought.entity}
    more = tuple(dict.fromkeys(name for name in sought.names if name not in known))
    made = {form for name in sought.names for form in forms.initials(name)}
    made |= {forms.glued(names.folded(name)) for name in sought.names}
    titles = tuple(t for t in sought.titles if t != names.folded(description))
    return ViewFinding(
        more, titles, sought.classes, tuple(f for f in sought.forms if f not in made)
    )


def tables(view: View) -> dict[str, Any]:
    """The tables that the page finds by; of countries those that are named in it."""
    called = {
        names.folded(n) for node in view.nodes for n in (node.name, node.short, *node.aliases)
    }
    home = {word: told for word, told in demonyms.of_countries().items() if called & {*told}}
    return {
        "small": sorted(forms.SMALL),
        "titles": sorted(forms.TITLES),
        "joins": sorted(JOINS),
        "home": [[word, told] for word, told in home.items()],
        "latin": [list(pair) for pair in LETTERS.items()],
        "letters": [list(pair) for pair in latin.letters().items()],
        "signs": [[read, syllables()[read]] for read in sorted(_read(view))],
    }


def _read(view: View) -> set[str]:
    """The syllables of those names of a view that may be Chinese ones, spelt in Latin letters.

    Only signs that are read so can stand for such a name where somebody types it in Chinese.
    """
    named = {
        names.folded(n)
        for node in view.nodes
        for n in (node.name, node.short, *node.aliases, *node.found_by.names)
        if n.isascii()
    }
    found = set[str]()
    for words in map(str.split, named):
        told = [_parts(word) for word in words]
        if all(told):
            found.update(*told)
    return found


@functools.lru_cache(maxsize=50_000)
def _parts(word: str) -> frozenset[str]:
    """The syllables of all ways to read a word as Chinese ones; none if there is no way.

    >>> {"jian", "wang"} <= _parts("jianwang"), _parts("smith")
    (True, frozenset())
    """
    if not word.isalpha():
        return frozenset()
    known = syllables()
    ways: list[set[str] | None] = [set(), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for begin in range(max(0, end - 6), end):
            before, last = ways[begin], word[begin:end]
            if before is not None and last in known:
                ways[end] = (ways[end] or set()) | before | {last}
    return frozenset(ways[-1] or ())


def letters(view: View) -> set[str]:
    """The characters that can be looked for in a view."""
    texts = (
        (n.name, n.short, n.name_local, *n.aliases, *n.found_by.names, *(v for _, v in n.facts))
        for n in view.nodes
    )
    return {c for some in texts for text in some for c in text}
