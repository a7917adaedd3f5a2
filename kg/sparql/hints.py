"""What to tell of an answer to a query: where else to ask, and terms that nobody knows.

It is loaded only for a query that found nothing, or that has not seen all that there is.
"""

from __future__ import annotations

import re

from kg.model.namespaces import KG
from kg.model.ontology import CORE
from kg.sparql.tokens import SHOWN, short, tokens
from kg.text.spelling import did_you_mean
from kg.text.terminal import count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.model.ontology import Ontology
    from kg.sparql.query import Answer


def hints(query: str, answer: Answer, terms: Ontology | None = None) -> list[str]:
    """What to tell of an answer: where else to ask; of an empty one, what may be wrong with the query.

    Without `terms` it was asked of files, whose terms nobody has listed.
    """
    found = _elsewhere(query, answer)
    if not answer.empty:
        return found
    found += [_having(name) for name in _hidden(tokens(query))]
    if terms:
        unknown = unknown_terms(query, terms)
        for name in unknown[:SHOWN]:
            near = likely(name, terms)
            found.append(f"{short(name)} is no term of this case{'; ' + near if near else ''}")
        if more := len(unknown) - SHOWN:
            found += [f"… and {more:,} more terms are none of this case"] if more > 0 else []
    return found


def _elsewhere(query: str, answer: Answer) -> list[str]:
    """That there are named graphs, if the query speaks of none and so cannot have seen them."""
    if not answer.elsewhere or not (answer.bare or answer.empty):
        return []
    if {"graph", "from"} & {token.lower() for token in tokens(query)}:
        return []
    names = answer.elsewhere
    some = ", ".join(map(short, names[:3])) + (", …" if names[3:] else "")
    graphs = count(len(names), "named graph")
    told = "the default graph is empty: all is in" if answer.bare else "nothing was asked of"
    return [f"{told} {graphs} ({some}); ask with GRAPH ?g {{ … }}, or with FROM"]


def _having(name: str) -> str:
    return (
        f"HAVING does not see ?{short(name)}, a name that SELECT gives; repeat what it names, "
        "as in HAVING (COUNT(*) > 1)"
    )


def _hidden(found: Sequence[str]) -> list[str]:
    """The variables in a HAVING that are only names of calculated columns."""
    named: set[str] = set()
    there: set[str] = set()
    asked: list[str] = []
    having = False
    for before, token in zip(["", *found], found, strict=False):
        word = token.lower()
        having = word == "having" or (having and word not in ("order", "limit", "offset", "}"))
        if token[0] in "?$" and len(token) > 1:
            # In a pattern or in GROUP BY it is there for HAVING too.
            into = named if before.lower() == "as" else there
            asked += [token[1:]] if having else []
            if not having:
                into.add(token[1:])
    ordered = dict.fromkeys(asked)
    return [name for name in ordered if name in named and name not in there]


def unknown_terms(query: str, terms: Ontology) -> list[str]:
    """Each term of a query, as ``kg:name``, that neither the core nor the case's ontology has.

    Only namespaces in which the core or the case declares terms are looked at.
    """
    spaces, known = _known(terms)
    named = {name for token in tokens(query) if (name := _prefixed(token, spaces))}
    return sorted(named - known)


def likely(name: str, terms: Ontology) -> str:
    """A hint naming the term spelt most alike."""
    return did_you_mean(name, _known(terms)[1])


def _known(terms: Ontology) -> tuple[dict[str, str], set[str]]:
    """The namespaces of terms by prefix, and every term as ``kg:name``."""
    known = {t.iri for group in terms.groups for t in group.values()} | _core()
    spaces = {
        prefix: space
        for prefix, space in {**terms.prefixes, "kg": KG}.items()
        if any(iri.startswith(space) and "/" not in iri[len(space) :] for iri in known)
    }
    return spaces, {
        f"{p}:{iri[len(s) :]}" for p, s in spaces.items() for iri in known if iri.startswith(s)
    }


def _prefixed(token: str, spaces: Mapping[str, str]) -> str:
    """A token that names something in one of these namespaces, as ``kg:name``."""
    prefix, colon, _ = token.partition(":")
    if colon and prefix in spaces:
        return token
    for name, space in spaces.items():
        if token.startswith(f"<{space}"):
            return f"{name}:{token[len(space) + 1 : -1]}"
    return ""


def _core() -> set[str]:
    with open(CORE, encoding="utf-8") as file:
        return {KG + n for n in re.findall(r"^kg:(\w+) a ", file.read(), re.MULTILINE)}
