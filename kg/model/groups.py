"""What belongs together, told in pairs: groups in which one member stands for the others."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Member = TypeVar("Member")


def root(parent: dict[Member, Member], member: Member) -> Member:
    """Who stands for the group of a member; `parent` leads from each to another one, or to itself.

    Nearly constant time: each look shortens the way of the next.
    """
    while parent[member] != member:
        parent[member] = member = parent[parent[member]]
    return member


def join(parent: dict[Member, Member], member: Member, other: Member) -> None:
    """Make two groups one; who stands for the group of `other` stands for both.

    >>> parent = {name: name for name in "abc"}
    >>> join(parent, "a", "b")
    >>> root(parent, "a"), root(parent, "b"), root(parent, "c")
    ('b', 'b', 'c')
    """
    parent[root(parent, member)] = root(parent, other)
