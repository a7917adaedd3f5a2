"""Where the shipped case lies."""

from __future__ import annotations

import os


def root() -> str:
    """The shipped case's folder: inside an installed package, or the checkout's own top level."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    inside = os.path.join(package, "example")
    return inside if os.path.isdir(inside) else os.path.dirname(package)
