"""N-Triples as a store answers them, read by line: much less for a store to write than a table in JSON."""

from __future__ import annotations

import re

from kg.model.errors import BadGraph
from kg.model.namespaces import XSD
from kg.sparql.query import Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    # What is said of one thing: values by predicate.
    Facts = dict[str, list[Term]]

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def facts(text: str) -> tuple[dict[str, Facts], int]:
    """What a text says, by the IRI of the subject, and how many triples that are.

    Values are as `kg.sparql.query` gives them: a language tag in small letters, ``xsd:string`` unsaid.
    Raises BadGraph for a line that is none.

    >>> facts('<x:a> <x:b> "c"@EN .')
    ({'x:a': {'x:b': [Term('literal', 'c', '', 'en')]}}, 1)
    """
    found: dict[str, Facts] = {}
    terms: dict[str, Term] = {}
    number = 0
    # Only a line feed ends a line: other signs that may are within texts.
    for line in text.split("\n"):
        parts = line.split(None, 2)
        if not parts or line.startswith("#"):
            continue
        end = parts[-1].rstrip()
        if len(parts) != 3 or not end.endswith("."):
            raise BadGraph(f"the store answers with what is no N-Triples: {line[:200]}")
        subject, predicate, value = parts[0], parts[1], end[:-1].rstrip()
        term = terms.get(value)
        if term is None:
            term = terms[value] = _term(value)
        said = found.setdefault(_plain(subject[1:-1]), {})
        said.setdefault(_plain(predicate[1:-1]), []).append(term)
        number += 1
    return found, number


def _term(text: str) -> Term:
    if text[0] == "<":
        return Term("uri", _plain(text[1:-1]))
    if text[0] != '"':
        return Term("bnode", text.removeprefix("_:"))
    end = text.rindex('"')
    value, more = _plain(text[1:end]), text[end + 1 :]
    if more.startswith("@"):
        return Term("literal", value, "", more[1:].lower())
    datatype = _plain(more[3:-1]) if more else ""
    return Term("literal", value, "" if datatype == XSD + "string" else datatype)


def _plain(text: str) -> str:
    return _ESCAPE.sub(_sign, text) if "\\" in text else text


def _sign(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SHORT.get(match[3], match[3])
