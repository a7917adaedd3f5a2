"""A query's tokens, read in one way for everybody who looks at a query before the engine does.

One pattern, each part of which either takes what it has seen or fails at once: reading
takes time in proportion to the query's length, whatever stands in it. What is not
closed (a text, a long text) is a token up to where it would have to end.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# Never given back: (?>…), *+ and ++. A name with dots is one run, cut afterwards.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.?|"(?!""))*+(?:""")?+|\'\'\'(?:[^\'\\]|\\.?|\'(?!\'\'))*+(?:\'\'\')?+'
    r'|"(?:[^"\\\n\r]|\\[^\n\r]?)*+"?+|\'(?:[^\'\\\n\r]|\\[^\n\r]?)*+\'?+'
    r"|<[^<>\"{}|^`\\\x00-\x20]*+>|#[^\n\r]*+|[?$]\w++|@[\w-]++"
    r"|(?P<run>[\w.-]*+)(?P<local>:(?:[\w%:.-]|\\[_~.!$&'()*+,;=/?#@%-])*+)?+",
    re.DOTALL,
)
# Within a run that is no prefixed name; and where the prefix of one begins.
_PART = re.compile(r"[^\W\d]\w*+|\d++(?:\.\d++)?+(?:[eE](?:\+|-)?\d++)?+|[.-]")
_BEGIN = re.compile(r"[^\W\d]")
# So many of a list a message has, so many characters of a token.
SHOWN, _LONG = 20, 60
_CODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def tokens(query: str) -> list[str]:
    r"""Names, keywords, IRIs, texts, comments, brackets and other marks, in their order.

    >>> tokens('ASK { ?s kg:operates "a b"@en . }')
    ['ASK', '{', '?s', 'kg:operates', '"a b"', '@en', '.', '}']
    """
    # SPARQL reads \uXXXX before anything else.
    plain = _CODE.sub(_unescape, query) if "\\" in query else query
    return [token for _, token in placed(plain)]


def placed(query: str) -> Iterator[tuple[int, str]]:
    """(offset, token) of every token of a query as it stands, its escapes left as they are."""
    at, end = 0, len(query)
    while at < end:
        match = _TOKEN.match(query, at)
        if match is None or match.end() == at:
            # A run may be empty: here is white space, or a mark of one character.
            if not query[at].isspace():
                yield at, query[at]
            at += 1
            continue
        run, local = match["run"], match["local"]
        if run is None:
            yield at, match[0]
        elif local is None:
            for part in _PART.finditer(run):
                yield at + part.start(), part[0]
        else:
            yield from _named(at, run, local)
        at = match.end()


def _named(at: int, run: str, local: str) -> Iterator[tuple[int, str]]:
    """A prefixed name, and the marks that stand directly before and after it."""
    # `?o.ex:p` ends a triple before the name, `ex:o.` one behind it; `_:b` is a blank node.
    first = _BEGIN.search(run)
    begin = first.start() if first else len(run)
    for part in _PART.finditer(run[:begin]):
        yield at + part.start(), part[0]
    whole = local.rstrip(".") if not local.endswith("\\.") else local
    yield at + begin, run[begin:] + whole
    for i in range(len(whole), len(local)):
        yield at + len(run) + i, "."


def is_word(token: str) -> bool:
    """Whether a token is a keyword, the name of a function, or stands where one should."""
    return token[0].isalpha() and ":" not in token


def is_comment(token: str) -> bool:
    """Whether a token is nothing to the engine."""
    return token.startswith("#")


def unclosed(token: str) -> bool:
    """Whether a token is a text that is never closed."""
    for mark in ('"""', "'''", '"', "'"):
        if token.startswith(mark):
            body = token[len(mark) :]
            # An escaped mark closes nothing.
            return not body.endswith(mark) or _escaped(body[: -len(mark)])
    return False


def short(token: str) -> str:
    """A token as a message has it: the beginning of what is long."""
    return token if len(token) <= _LONG else token[:_LONG] + "…"


def _escaped(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]
