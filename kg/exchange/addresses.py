"""Addresses made documents: as a link can hold them, and as a person would call them."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

from kg.case import cells

_SAFE = "%:/?#@!$&'()*+,;=~-._"
_DULL = re.compile(r"(index|default|home)?(\.(html?|php|aspx?|jsp|pdf))?", re.IGNORECASE)


def address(text: str) -> str:
    """An address as a table can hold it, odd characters escaped; empty if it is none.

    >>> address("https://example.org/a b?x=[1]"), address("ftp://example.org/"), address("example")
    ('https://example.org/a%20b?x=%5B1%5D', '', '')
    """
    found = "".join(text.split()) if "\n" in text else text.strip()
    if cells.ADDRESS.fullmatch(found):
        return found
    if not re.match("https?://", found, re.IGNORECASE) or len(found) > 4000:
        return ""
    try:
        found = quote(found, safe=_SAFE)
    except UnicodeError:
        return ""
    found = re.sub("^https?", lambda m: m[0].lower(), found, flags=re.IGNORECASE)
    return found if cells.ADDRESS.fullmatch(found) else ""


def address_name(link: str) -> str:
    """What a person would call the document at an address: its site and the words of its path.

    >>> address_name("https://www.example.org/2017/01/who-owns-the-harbour.html?x=1")
    'example.org: who owns the harbour'
    >>> address_name("https://example.org/"), address_name("https://example.org/doc?id=7")
    ('example.org', 'example.org: doc, id=7')
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    site = parts.netloc.rpartition("@")[2].removeprefix("www.")
    steps = [s for s in parts.path.split("/") if s and not _DULL.fullmatch(s)]
    words = ""
    for step in reversed(steps):
        found = " ".join(re.sub(r"[-_+.]+", " ", _plain(step)).split())
        found = re.sub(r" (html?|php|aspx?|pdf)$", "", found)
        words = f"{found}, {words}" if words else found
        # A number alone says nothing to a reader: what stands before it is told too.
        if re.search(r"[^\W\d_]{3}", words):
            break
    told = f"{site}: {words}" if words else site
    short = len(steps[-1]) < 12 if steps else True
    asked = _plain(parts.query)
    if asked and short and "utm_" not in asked:
        told += f", {asked}" if words else f": {asked}"
    return told if len(told) <= 120 else told[:119] + "…"


def _plain(text: str) -> str:
    found = unquote(text)
    return found if found.isprintable() else text
