"""Texts as XML 1.0 holds them."""

from __future__ import annotations

import re

_OUTSIDE = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def text(value: str) -> str:
    """A text between two tags; what XML has no character for is U+FFFD."""
    safe = re.sub(_OUTSIDE, "\ufffd", value)
    return safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """A text as an attribute's value, in double quotes; line ends and tabs are kept."""
    safe = text(value).replace('"', "&quot;")
    return '"' + safe.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;") + '"'


def comment(value: str) -> str:
    """A text as a comment, whatever it holds."""
    return f"<!-- {text(value).replace('--', '- -').rstrip('-')} -->"
