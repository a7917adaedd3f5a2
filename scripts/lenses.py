"""Every verb that takes a lens, through lens after lens, at the shipped case's entities.

    python scripts/lenses.py [N]

A lens is one status, basis, document, voice or day. Nothing may fail, and what is told
through one speaks of it alone: not of “these documents”, and not of nobody, none or
everything. N is how many entities are looked at through each, other ones through each; through
all but those of one voice always those whose rows stand instead of others, or speak of rows,
too, and verbs that read all claims only through a status, a basis or a day. If it is left
out, all entities are looked at by all verbs.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import cycle, islice, pairwise
from pathlib import Path
from typing import Any

from kg.model.errors import KgError, NothingThere
from kg.model.standing import BASES, STATUSES
from kg.store.graph import Graph, open_graph
from kg.text.formats import Guard
from kg.verbs import answer_of, every
from kg.verbs.description import LENS, Verb
from kg.verbs.place import Place

# What speaks of all that there is: through a lens nobody has looked there.
WHOLE = re.compile(
    r"these documents|\bnone\b|\bnobody\b|\beverything\b|nothing is claimed", re.IGNORECASE
)
DAYS = ({"as_of": "2022-10-01"}, {"known_by": "2022-10-31"}, {"said": "2022-09..2022-12"})
# Those that read all claims, or look far: for a few entities of each lens alone.
WIDE = (
    *("stats", "sources", "gaps", "view", "path", "compare", "conflicts"),
    *("matrix", "central", "duplicates", "report"),
)
# Those of them that cost a second each: for a few entities even where all are looked at.
DEAR = ("view", "path", "central", "duplicates", "report")
FEW = 2


def lenses(graph: Graph) -> Iterator[dict[str, Any]]:
    """Each lens as the options of a verb, one value each."""
    yield from ({"status": (status,)} for status in STATUSES)
    yield from ({"basis": (basis,)} for basis in BASES)
    yield from DAYS
    said = [a for claim in graph.ledger.claims() for a in claim.attestations]
    yield from ({"document": (name,)} for name in sorted({a.document for a in said}))
    yield from ({"voice": (name,)} for name in sorted({a.voice for a in said}))


# What a verb has to be told that is asked about no entity.
BARE: dict[str, dict[str, Any]] = {
    "search": {"words": ("police",)},
    "export": {"form": "node-link"},
}


def asked(verb: Verb, entity: str, other: str) -> dict[str, Any] | None:
    """What a verb is asked about an entity; None where it can't be."""
    names = {p.name for p in verb.params}
    given: dict[str, Any] = {
        "show": {"name": entity},
        "neighbors": {"name": entity},
        "timeline": {"name": entity},
        "path": {"start": entity, "end": other, "max_hops": 3, "timeout": 60.0},
        "view": {"focus": (entity,)},
    }.get(verb.name, {"entity": entity} if "entity" in names else {})
    return given or None


class Sweep:
    """Asks verbs through lenses; what is wrong is a line in `failures`."""

    def __init__(self, graph: Graph, sampled: bool = False) -> None:
        self.sampled = sampled
        self.graph, self.place = graph, Place("example", graph)
        self.verbs = [v for v in every() if any(p.group == LENS for p in v.params)]
        self.failures: list[str] = []
        self.asked = 0
        self._own = sorted(self._texts(), key=len, reverse=True)
        said = {a.document for c in graph.ledger.claims() for a in c.attestations}
        self._documents = dict(zip(("left", "right"), sorted(said), strict=False))

    def _texts(self) -> set[str]:
        """The case's own texts that hold such words: they stay as they are."""
        ledger, terms = self.graph.ledger, self.graph.terms
        texts = {t for e in ledger.entities() for t in e.texts}
        for claim in ledger.claims():
            for a in claim.attestations:
                texts |= {a.gloss, a.quote, a.locator}
        for group in terms.groups:
            texts |= {text for t in group.values() for text in (t.label, t.inverse, t.definition)}
        return {one_space(t) for t in texts if WHOLE.search(t)}

    def ask(self, verb: Verb, lens: dict[str, Any], given: dict[str, Any]) -> None:
        """Ask once; an answer may be that there is nothing."""
        self.asked += 1
        told = f"{verb.name} {given} {lens}"
        try:
            answer = answer_of(verb, self.place, {**given, **lens})
            texts = list(answer.notes)
            if answer.page:
                texts.append(answer.page.told)
            elif answer.write:
                texts.append(answer.write("text", 10**6, Guard()))
        except NothingThere as error:
            texts = [str(error)]
        except (KgError, LookupError, ValueError, TypeError, AttributeError) as error:
            self.failures.append(f"{told}: {type(error).__name__}: {error}")
            return
        for text in texts:
            plain = one_space(text)
            for own in self._own:
                plain = plain.replace(own, "…")
            if found := WHOLE.search(plain):
                near = plain[max(0, found.start() - 60) : found.end() + 40]
                self.failures.append(f"{told}: …{near}…")

    def through(self, lens: dict[str, Any], entities: Iterable[str], wide: bool = True) -> None:
        """Every verb through one lens; those that look far only if it is `wide`."""
        names = list(entities)
        for verb in self.verbs:
            far = verb.name in WIDE
            if far and not wide:
                continue
            needed = {p.name for p in verb.params if p.needed}
            if wide and verb.name != "path" and needed.isdisjoint({"name", "left"}):
                self.ask(verb, lens, BARE.get(verb.name, {}))
            if verb.name == "sources":
                self.ask(verb, lens, {"origins": True})
            if verb.name == "compare" and "document" not in lens:
                self.ask(verb, lens, self._documents)
            few = FEW if verb.name in DEAR or (far and self.sampled) else None
            for entity, other in islice(pairwise([*names, names[0]]), few):
                if given := asked(verb, entity, other):
                    self.ask(verb, lens, given)


def one_space(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


def sweep(graph: Graph, each: int = 0) -> Sweep:
    """Go through every lens with so many entities each; with all of them if it is 0."""
    found = Sweep(graph, sampled=bool(each))
    names = [e.id for e in graph.ledger.entities()]
    turn, always = cycle(names), sorted(entangled(graph))
    for lens in lenses(graph):
        some = list(islice(turn, each)) if each else names
        whose = {"voice", "document"} & {*lens}
        looked_at = dict.fromkeys((*some, *(() if "voice" in lens else always)))
        found.through(lens, looked_at, wide=not (each and whose))
    return found


def entangled(graph: Graph) -> set[str]:
    """The ends of claims of which a row stands instead of another one, or speaks of one."""
    ledger, ends = graph.ledger, set[str]()
    for claim in ledger.claims():
        for a in (a for a in claim.attestations if a.instead_of):
            instead = ledger.claim(ledger.attestation(a.instead_of).claim)
            ends |= {claim.subject, claim.object, instead.subject, instead.object, a.voice}
        if claim.object.startswith("attestation/"):
            spoken_of = ledger.attestation(claim.object.removeprefix("attestation/"))
            about = ledger.claim(spoken_of.claim)
            ends |= {claim.subject, about.subject, about.object, spoken_of.voice}
    return {end for end in ends if end and not end.startswith("attestation/")}


def main(words: list[str]) -> int:
    """Sweep the built graph of the case in the folder; 1 if anything is wrong."""
    found = sweep(open_graph(Path("out")), int(words[0]) if words else 0)
    for line in found.failures:
        print(line)
    print(f"{found.asked:,} questions through lenses, {len(found.failures)} failures")
    return int(bool(found.failures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
