"""Frozen values with named fields, made quickly.

The same as `typing.NamedTuple`, and the type checker reads it as that; made with
`collections.namedtuple` alone, because loading `typing` takes every command
longer than its work.
"""

from __future__ import annotations

__all__ = ["Record"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    from collections import namedtuple

    class _Meta(type):
        def __new__(mcs, name, bases, body):
            if not bases:
                return super().__new__(mcs, name, bases, body)
            types = body.get("__annotations__", {})
            fields = list(types)
            defaults = [body[f] for f in fields if f in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            made.__annotations__ = types
            for key, value in body.items():
                if key not in fields and key not in (
                    "__module__",
                    "__qualname__",
                    "__annotations__",
                ):
                    setattr(made, key, value)
            return made

    class Record(metaclass=_Meta):
        """Subclass it with annotated fields; those with defaults come last."""
