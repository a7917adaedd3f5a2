"""Texts that have broken other programs, tables that hold them, and what a page was seen to do."""

from __future__ import annotations

import csv
import io
from typing import Any

MARKUP = [
    "<script>window.PWN=1</script>",
    "</script><script>window.PWN=2</script>",
    "<img src=x onerror=window.PWN=3>",
    "<!--<script>",
    "<svg/onload=window.PWN=4>",
    '" autofocus onfocus="window.PWN=5',
    "javascript:window.PWN=6",
    "</title></style></textarea><b onmouseover=window.PWN=7>",
    "]]><x/>",
    "&lt;b&gt; &amp; &#0; &quot;",
]
TEMPLATES = ["{{7*7}}", "{% raw %}", "${7*7}", "%s %n %d", "{}", "{0.__class__}", "\\", "\\u202e"]
QUERIES = [
    "'; DROP TABLE name;--",
    '" } INSERT { ?s ?p ?o',
    "' OR 1=1",
    '"""',
    "?x",
    "<http://x>",
    "$(id)",
]
PLAIN = [
    "NA",
    "N/A",
    "null",
    "None",
    "nan",
    "007",
    "1e5",
    "TRUE",
    "1,000",
    "0x1F",
    "1.0",
    "2022-10-29",
]
WORDS = [
    "__proto__", "constructor", "“quoted”", "it's \"so\"", "a | b", "a; b", "tab\there", "two\nlines",
    "العربية مرحبا", "עברית", "Z̮̞̠͙͔ͅa̴l̡g͈o", "👩\u200d👩\u200d👧\u200d👦 🇮🇪", "福州市公安局", "Ａ１", "ﬁ", "İıſß", "e\u0301",
    "\u202etxt.exe", "\u2066a\u2069", "zero\u200bwidth", "line\u2028sep\u2029arated", "\ufeffx",
    "[red]x[/red]", "[/oops]", "#REF!", "*bold* _it_ `code` [a](b)", "a\u00a0b", "\U000e0041tag",
]  # fmt: skip
FORMULAS = [
    '=HYPERLINK("http://x","y")', "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "＋1", "－1x", "＠x", "=cmd|' /C calc'!A0",
    "a;=1+1", 'a;"=1+1', "a\n=1+1", "a\t=1+1", "-", "--", "+",
]  # fmt: skip
TEXTS = [*MARKUP, *TEMPLATES, *QUERIES, *PLAIN, *WORDS, *FORMULAS]


def sheet(*rows: list[str] | tuple[str, ...]) -> str:
    """A table as a spreadsheet writes it."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def tables(texts: list[str]) -> dict[str, str]:
    """Tables of the case of ten rows with each text as name, alias, gloss, locator and quote."""
    people = [[f"p-{i}", t, t, t] for i, t in enumerate(texts)]
    claims = [[f"p-{i}", "visited", "place-irl", "doc-page", t, t, t] for i, t in enumerate(texts)]
    head = ["subject", "relation", "object", "document", "locator", "gloss", "quote"]
    return {
        "people": sheet(["id", "name", "aliases", "description"], *people),
        "claims": sheet(head, *claims),
    }


# Outside the page's policy: it is the browser's, not the page's.
REFUSED = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.blockedURI));
"""


class Seen:
    """What a page did: the addresses it asked for, what it wrote to the console, its dialogs."""

    def __init__(self, tab: Any) -> None:
        self._tab = tab
        tab.add_init_script(REFUSED)
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.dialogs: list[str] = []
        tab.on("request", lambda r: self.requests.append(r.url))
        tab.on("console", lambda m: self.messages.append(m.text))
        tab.on("pageerror", lambda e: self.messages.append(str(e)))
        tab.on("dialog", lambda d: (self.dialogs.append(d.message), d.dismiss()))

    def refused(self, count: int) -> None:
        """Wait until the browser has reported so many breaches of the page's policy."""
        # What is refused is told to the page; the console hears of it in its own time.
        self._tab.wait_for_function("count => window.refused.length >= count", arg=count)

    def outside(self) -> list[str]:
        """What it asked for that is neither its own file nor made by itself."""
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]
