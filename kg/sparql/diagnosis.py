"""What is wrong with a query that cannot be read, in plain words, and where.

The engine says at which place it gave up and what it could have read there, which
is seldom where the mistake is. So the commonest mistakes are looked for first,
over the query's tokens; only what is none of them is told in the engine's way.
`kg.sparql.query` loads this only for a query that was found wrong.
"""

from __future__ import annotations

import re

from kg.sparql.tokens import SHOWN, is_comment, is_word, placed, short, unclosed
from kg.text.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_WORDS = frozenset(
    word
    for line in (
        "a abs add adjust all as asc ask avg base bind bnode bound by ceil clear coalesce concat",
        "construct contains copy count create data datatype day default delete desc describe",
        "distinct drop encode_for_uri exists false filter floor from graph group group_concat",
        "haslang haslangdir having hours if in insert into iri isblank isiri isliteral isnumeric",
        "istriple isuri lang langdir langmatches lateral lcase limit load max md5 min minus",
        "minutes month move named not now object offset optional order predicate prefix rand",
        "reduced regex replace round sameterm sample seconds select separator service sha1 sha256",
        "sha384 sha512 silent str strafter strbefore strdt strends strlang strlangdir strlen",
        "strstarts struuid subject substr sum timezone to triple true tz ucase undef union unknown",
        "uri using uuid values version where with year",
    )
    for word in line.split()
)
_AGGREGATES = ("count", "sum", "avg", "min", "max", "sample", "group_concat")
_CLOSED_BY = {"{": "}", "(": ")", "[": "]"}
_WIDTH = 72


def unreadable(said: str, query: str, prefixes: Mapping[str, str]) -> str:
    """What is wrong with a query that the engine cannot read: its line and column, the place shown."""
    place = re.search(r"at (\d+):(\d+): (?:expected )?(.*)", said, re.DOTALL)
    found = next(_mistakes(query, prefixes, said), None)
    if found:
        offset, words = found
        row = query.count("\n", 0, offset) + 1
        column = offset - (query.rfind("\n", 0, offset) + 1) + 1
    elif place:
        row, column = int(place[1]), int(place[2])
        words = "what stands before this place is not complete, or does not fit what follows"
    else:
        return f"the query cannot be answered: {said}"
    lines = query.split("\n")
    shown = f"\n{_pointed(lines[row - 1], column)}" if row <= len(lines) else ""
    return f"the query cannot be read at line {row}, column {column}: {words}{shown}"


def _pointed(line: str, column: int) -> str:
    """A line with a mark under one of its columns; of a long one the part around it."""
    start = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
    part = line[start : start + _WIDTH].expandtabs(1).rstrip("\r")
    return f"  {part}\n  {' ' * (column - 1 - start)}^"


def _mistakes(query: str, prefixes: Mapping[str, str], said: str) -> Iterator[tuple[int, str]]:
    """(offset, what is wrong there) of the mistakes that can be known for sure, likeliest first."""
    found = [(at, token) for at, token in placed(query) if not is_comment(token)]
    if not found:
        yield 0, "there is no query; begin with SELECT, ASK, CONSTRUCT or DESCRIBE"
        return
    yield from _quotes(found)
    yield from _brackets(found)
    yield from _names(found, prefixes)
    yield from _clauses(found)
    yield from _triples(found)
    if "SELECT * is not authorized" in said:
        at = next((o for o, t in found if t == "*"), 0)
        yield at, "SELECT * does not go with GROUP BY or COUNT, SUM, …; name the variables"
    elif "variable that is unbound" in said:
        at = next((o for o, t in found if t.lower() == "select"), 0)
        yield (
            at,
            (
                "SELECT shows a variable that is neither grouped nor counted; where there is GROUP BY "
                "or COUNT, SUM, …, each must be in GROUP BY or within one of these"
            ),
        )


def _quotes(found: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for at, token in found:
        if token in "“”„‘’«»":
            yield at, f"{token} is no quotation mark in SPARQL; write \" or '"
        elif unclosed(token):
            long = token.startswith(('"""', "'''"))
            yield at, f"the text that begins here is not closed{'' if long else ' on its line'}"


def _brackets(found: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    open_: list[tuple[int, str]] = []
    for at, token in found:
        if token in _CLOSED_BY:
            open_.append((at, token))
        elif token in ("}", ")", "]"):
            if not open_:
                yield at, f"this {token} closes nothing; one too many, or its partner is missing"
                return
            where, opener = open_.pop()
            if _CLOSED_BY[opener] != token:
                yield where, f"this {opener} is not closed: a {token} comes first"
                return
    if open_:
        where, opener = open_[-1]
        yield where, f"this {opener} is never closed; a {_CLOSED_BY[opener]} is missing"


def _names(
    found: Sequence[tuple[int, str]], prefixes: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    known = {*prefixes}
    based = False
    for i, (at, token) in enumerate(found):
        before = found[i - 1][1].lower() if i else ""
        if before == "prefix":
            if not token.endswith(":"):
                yield at, "a prefix is declared with a colon: PREFIX name: <https://…>"
            known.add(token.removesuffix(":"))
        elif token.lower() == "base":
            based = True
        elif token.startswith("<") and token.endswith(">") and len(token) > 1:
            if not based and not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token):
                yield (
                    at,
                    f"{short(token)} is no whole address; write it with its https://, or give BASE",
                )
        elif ":" in token and not token.startswith(('"', "'", "_:", "?", "$", "@")):
            name = token.partition(":")[0]
            if name not in known:
                hint, name = did_you_mean(name, known), short(name)
                some = sorted(known)
                there = ", ".join(map(short, some[:SHOWN])) + (", …" if some[SHOWN:] else "")
                yield (
                    at,
                    f"the prefix {name}: is not known; known are {there}; "
                    f"others are declared before SELECT, as PREFIX {name}: <https://…>"
                    + (f"; {hint}" if hint else ""),
                )
        elif is_word(token) and token.lower() not in _WORDS:
            near = did_you_mean(token, _WORDS) if len(token) > 2 else ""
            hint = near.upper().replace("DID YOU MEAN", "did you mean")
            token = short(token)
            usual = f"a variable is written ?{token}, a text in quotation marks"
            yield at, f"“{token}” is no word of SPARQL; {hint or usual}"


def _clauses(found: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    last = found[-1]
    following = [*found[1:], (last[0] + len(last[1]), "")]
    listing = False
    for (at, token), (after, follows) in zip(found, following, strict=True):
        word = token.lower()
        listing = word == "select" or (listing and word not in ("where", "{", "from"))
        if word in ("order", "group") and follows.lower() != "by":
            yield at, f"{token.upper()} is followed by BY"
        elif word in ("limit", "offset") and not follows.isdigit():
            yield at, f"{token.upper()} needs a whole number, as {token.upper()} 10"
        elif word in ("where", "optional", "minus", "union", "exists") and follows != "{":
            yield after, f"after {token.upper()} a {{ is missing"
        elif word == "filter" and follows[:1] in ("?", "$", '"', "'"):
            yield after, "what FILTER tests stands in brackets: FILTER(?n > 3)"
        elif listing and token == ",":
            yield at, "SELECT lists its variables without commas"
    yield from _columns(found)
    words = [t.lower() for _, t in found]
    if not {"select", "ask", "construct", "describe"} & {*words}:
        yield found[0][0], "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"


def _columns(found: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Calculated columns of SELECT that have no brackets or no name."""
    listing, depth, named, opened = False, 0, False, 0
    for at, token in found:
        word = token.lower()
        if word == "select":
            listing, depth = True, 0
        elif word in ("where", "{", "from"):
            listing = False
        if not listing:
            continue
        if depth == 0 and word in _AGGREGATES:
            yield at, f"a calculated column needs brackets and a name: ({token}(…) AS ?name)"
        elif token == "(":
            opened, named = (at, False) if depth == 0 else (opened, named)
            depth += 1
        elif word == "as" and depth == 1:
            named = True
        elif token == ")":
            depth -= 1
            if depth == 0 and not named:
                yield opened, "a calculated column needs a name: (… AS ?name)"


def _triples(found: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Triples of plain terms with a part too few or too many."""
    row: list[int] | None = []
    inside = values = False
    for at, token in found:
        if token in ("{", "}", "."):
            if inside and row and len(row) < 3 and token != "{":
                yield row[0], "a triple has three parts: subject, property, object"
            inside = (token == "{" and not values) or (inside and token == ".")
            values = values and token != "{"
            row = []
            continue
        values = values or token.lower() == "values"
        if row is not None:
            plain = token == "a" or token[0].isdigit() or (len(token) > 1 and not is_word(token))
            row = [*row, at] if plain else None
            if row and len(row) == 4 and inside:
                yield at, "a “.” is missing before this: a triple has three parts"
