"""Text that was not written by us, and how it is shown."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

# C0 but tab and newline, DEL and C1, line and paragraph separator, bidirectional controls,
# zero-width characters, tags, non-characters and lone surrogates.
_UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
# Safe, though Python does not call it printable: tabs, newlines, two spaces, the marks around a parameter's name.
_SAFE = dict.fromkeys(map(ord, "\t\n\xa0\u3000\ufdd0\ufdd1"))
# To look at more than so many characters takes longer than to load `re`.
_MANY = 100_000
_SUSPICIOUS = "[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern, compiled when a text is first not plainly printable; re keeps it."""
    import re

    return re.compile(text)


def sound(text: str) -> str:
    """The text with what no UTF-8 can hold, halves of characters, as replacement characters.

    Command lines have them in place of bytes that are no UTF-8.
    """
    return text if text.isprintable() else _pattern("[\ud800-\udfff]").sub("\ufffd", text)


def shown(text: str) -> str:
    r"""The text with everything that could move a terminal's cursor made visible.

    >>> shown("a\x1b[31mb\u202ec")
    'a\\x1b[31mb\\u202ec'
    """
    if text.isprintable() or (len(text) < _MANY and text.translate(_SAFE).isprintable()):
        return text
    return _pattern(_UNSAFE).sub(_escape, text)


def one_line(text: str) -> str:
    """`shown`, with tabs and newlines folded into spaces.

    >>> one_line("a\\n\\t\\n b\\n")
    'a  b '
    """
    if text.isprintable():
        return text
    text = text.replace("\t", "\n")
    while "\n\n" in text:
        text = text.replace("\n\n", "\n")
    return shown(text.replace("\n", " "))


def word(text: str) -> str:
    """`one_line`, as a word of a command that a person is told to type: quoted where a shell would part it.

    >>> word("my case"), word("case")
    ("'my case'", 'case')
    """
    from shlex import quote

    return quote(one_line(text))


def in_json(written: str) -> str:
    r"""JSON with what could move a cursor or turn a line written as JSON's own escapes.

    >>> in_json('["a\u202eb"]')
    '["a\\u202eb"]'
    """
    if written.isascii() and "\x7f" not in written:
        return written
    return _pattern(_UNSAFE).sub(_json_escape, written)


def markdown(text: str) -> str:
    r"""The text on one line, with everything that Markdown would read escaped.

    >>> markdown("a *b* [c]")
    'a \\*b\\* \\[c\\]'
    """
    text = " ".join(one_line(text).split())
    for mark in "\\`*_[]<>#|&":
        text = text.replace(mark, "\\" + mark)
    return text


def suspicious(text: str) -> str:
    r"""The invisible characters in a name that can make it pass for another, as escapes.

    >>> suspicious("Lu\u202eJianwang"), suspicious("Lu")
    ('\\u202e', '')
    """
    if text.isascii():
        return ""
    return " ".join(sorted({_escape(m) for m in _pattern(_SUSPICIOUS).finditer(text)}))


def mixed_scripts(text: str) -> bool:
    """Whether one word mixes Latin letters with Cyrillic or Greek ones that look like them."""
    if text.isascii():
        return False
    import unicodedata

    for word in text.split():
        scripts = {unicodedata.name(c, "").split(" ")[0] for c in word if c.isalpha()}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK"}:
            return True
    return False


def _json_escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
