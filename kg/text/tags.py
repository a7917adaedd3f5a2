"""Language tags, as they are usually written."""

from __future__ import annotations


def cased(tag: str) -> str:
    """A tag with the letter case that BCP 47 advises: many stores keep small letters alone.

    >>> cased("zh-hans-cn")
    'zh-Hans-CN'
    """
    first, *rest = tag.split("-")
    parts = (p.title() if len(p) == 4 else p.upper() if len(p) == 2 else p for p in rest)
    return "-".join((first, *parts))
