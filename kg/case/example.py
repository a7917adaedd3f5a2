"""Where the shipped case lies, and where what is made from a case does."""

from __future__ import annotations

import os


def root() -> str:
    """The shipped case's folder: inside an installed package, or the checkout's own top level."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    inside = os.path.join(package, "example")
    return inside if os.path.isdir(inside) else os.path.dirname(package)


def out_of(where: str) -> str:
    """The out folder of a case that is named by its folder, or as `example`: one form in all that is told.

    >>> out_of("."), out_of("./cases//one/"), out_of("/srv/one"), out_of("example")
    ('out', 'cases/one/out', '/srv/one/out', 'out/example')
    """
    if where == "example":
        return os.path.join("out", "example")
    parts = [part for part in where.split(os.sep) if part not in ("", os.curdir)]
    return os.path.join(os.sep if where.startswith(os.sep) else "", *parts, "out")
