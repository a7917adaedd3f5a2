"""Which queries are refused, and why.

`kg.sparql.query` loads this only for a query that may have to be refused.
"""

from __future__ import annotations

from kg.model.errors import UsageError
from kg.sparql.tokens import is_word, tokens

MAX_LENGTH = 256 * 1024
MAX_DEPTH = 200
UPDATES = ("insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with")


def refuse(query: str, graphs: bool = False) -> None:
    """Refuse what would leave the machine, write, or break the parser; the rest the engine judges.

    With `graphs` there may be named graphs, so that FROM is not refused.
    Raises UsageError. Cost: one pass over the query's tokens.
    """
    if len(query) > MAX_LENGTH:
        raise UsageError(
            f"the query is too long: {len(query):,} characters, at most {MAX_LENGTH:,}"
        )
    depth = deepest = 0
    words: list[str] = []
    for token in tokens(query):
        if token in "{([":
            depth += 1
            deepest = max(deepest, depth)
        elif token in "})]":
            depth -= 1
        elif is_word(token):
            words.append(token.lower())
    if deepest > MAX_DEPTH:
        raise UsageError(
            f"the query is nested too deeply: {deepest:,} brackets, at most {MAX_DEPTH}"
        )
    first = next((w for w in words if w not in ("prefix", "base")), "")
    if first in UPDATES:
        raise UsageError("the graph is read-only: change the tables and run kg build")
    if "service" in words:
        raise UsageError(
            "SERVICE is refused: no remote sources, so that nothing leaves this machine"
        )
    if "from" in words and not graphs:
        raise UsageError(
            "FROM names a graph, and there is no such graph: everything is in the default graph"
        )
