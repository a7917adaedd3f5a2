"""Paths in words: for a terminal and as JSON, every hop with its evidence."""

from __future__ import annotations

from kg.analysis.evidence import Teller
from kg.analysis.evidence_text import claim_lines
from kg.model.claims import SPEECH, UNSURE, Hop, Path, plain
from kg.model.errors import parameter, spoken
from kg.store.graph import Graph
from kg.text.phrases import seen_through
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from kg.analysis.among import Among
    from kg.model.claims import Hop
    from kg.text.sentences import Wording


class Paths(list[Path]):
    """Paths as they were found, the best first; in a notebook they show themselves.

    `notes` say whether there are more, or why there is none; `lens` through what they were found.
    """

    def __init__(self, graph: Graph, found: Sequence[Path]) -> None:
        super().__init__(found)
        self.graph = graph
        self.notes: list[str] = []
        self.lens = ""

    def __repr__(self) -> str:
        name = self.graph.ledger.name
        lines = (" – ".join(name(node) for node in path.nodes) for path in self)
        return "\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1)) or self._none()

    def _none(self) -> str:
        return "\n".join(self.notes) or "no path"

    def _repr_html_(self) -> str:
        from html import escape

        from kg.analysis.cards import notes
        from kg.analysis.path_picture import svg

        if not self:
            return notes(self.notes) or f"<p>{self._none()}</p>"
        words = escape(spoken(text(self.graph, self, 100, self.lens)))
        said = [f"seen through: {self.lens}"] if self.lens else []
        told = f"<details><summary>In words</summary><pre>{words}</pre></details>"
        return svg(self.graph, self) + told + notes([*said, *self.notes])


class Joined(Paths):
    """What joins several, as a list of all its paths; `found` has them by what they are."""

    def __init__(self, graph: Graph, found: Among) -> None:
        super().__init__(graph, found.paths)
        self.found = found

    def __repr__(self) -> str:
        return self._told(self.lens)

    def _told(self, lens: str) -> str:
        from kg.analysis.among import text as told

        return spoken(told(self.graph, self.found, 100, lens))

    def _repr_html_(self) -> str:
        from html import escape

        from kg.analysis.cards import notes

        # Without a path it is among the notes.
        told = self._told(self.lens if self else "")
        return f"<pre>{escape(told)}</pre>{notes(self.notes)}"


AGAINST = "a hop of opposition, not a tie"
CAVEAT = (
    "A path puts side by side what documents say of its hops. It does not say that its ends "
    "have to do with each other."
)
SPEAKING = "A hop with dots is what one says about the other; it joins nobody to anybody."
DOUBTFUL = "Records that may be the same are two until a source says that they are one."
# So many statements of a hop are told in words.
STATEMENTS = 3
OPPOSITION = "A hop of opposition says that one acts or speaks against the other."


def text(graph: Graph, paths: Sequence[Path], width: int, seen: str = "") -> str:
    """Paths for a terminal; `seen` says in words through which lens they were found."""
    said = caveat(paths)
    if any(hop.adverse for path in paths for hop in path.hops):
        said += f" {parameter('ties')} leaves such hops out."
    if any(len(hop.said) > STATEMENTS for path in paths for hop in path.hops):
        said += f" {parameter('format')} json tells all that is said."
    if seen:
        said += f" {seen_through(seen)}"
    return "\n".join([*_lines(graph, paths, width), "", wrap(said, width)]) + "\n"


def caveat(paths: Sequence[Path]) -> str:
    """What paths do not say."""
    hops = [hop for path in paths for hop in path.hops]
    told = {
        OPPOSITION: any(hop.adverse for hop in hops),
        SPEAKING: any(hop.kind == SPEECH for hop in hops),
        DOUBTFUL: any(hop.kind == UNSURE for hop in hops),
    }
    return " ".join([CAVEAT, *(words for words, holds in told.items() if holds)])


class Lines:
    """Hops in words for a terminal, each with the claims that carry it."""

    def __init__(self, graph: Graph, width: int) -> None:
        self._graph, self._teller, self._width = graph, Teller(graph), width
        self.name = self._teller.words.name

    def hops(self, path: Path, indent: str = "  ") -> Iterator[str]:
        """The lines of a path's hops."""
        for said, together in steps(self._teller.words, path):
            yield wrap(said, self._width, indent, indent + "    ")
            for hop in together:
                if hop.kind == SPEECH:
                    yield from self._said(hop, indent)
                    continue
                for claim in hop.claims:
                    yield from claim_lines(self._teller.tell(claim), self._width, indent + "  ")

    def _said(self, hop: Hop, indent: str) -> Iterator[str]:
        """The statements that a hop of speech rests on, and how what they are about stands."""
        claims = {c.id: c for c in hop.claims}
        words = self._teller.words
        for name in hop.said[:STATEMENTS]:
            a = self._graph.ledger.attestation(name)
            claim = claims[a.claim]
            yield wrap(words.attestation(a, claim), self._width, indent + "  • ", indent + "    ")
            yield wrap(f"that is {words.standing(claim)}", self._width, indent + "    ")
        if (more := len(hop.said) - STATEMENTS) > 0:
            told = f"… and {more:,} more statement{'s' * (more > 1)}"
            yield wrap(told, self._width, indent + "  ")


def _lines(graph: Graph, paths: Sequence[Path], width: int) -> Iterator[str]:
    lines = Lines(graph, width)
    for number, path in enumerate(paths, 1):
        if number > 1:
            yield ""
        hops = f"{len(path.hops)} hop{'s' * (len(path.hops) != 1)}"
        yield f"Path {number} of {len(paths)}: {hops}, cost {path.cost:.2f}"
        yield wrap(" – ".join(map(lines.name, path.nodes)), width, "  ", "    ")
        yield from lines.hops(path)


def steps(words: Wording, path: Path) -> Iterator[tuple[str, tuple[Hop, ...]]]:
    """A path in sentences with the hops that each is about: two that lead through an event are one."""
    ahead = list(path.hops)
    while ahead:
        hop = ahead.pop(0)
        if ahead and (said := words.through(hop, ahead[0])):
            yield said, (hop, ahead.pop(0))
        else:
            yield words.hop(hop) + (f" ({AGAINST})" if hop.adverse else apart(hop)), (hop,)


def apart(hop: Hop) -> str:
    """What is said beside a hop that is no tie in the world; nothing of one that is."""
    if hop.kind == UNSURE:
        return f" (judged unsure: {hop.reason})"
    return " (what is said, no tie in the world)" if hop.kind else ""


def to_json(graph: Graph, paths: Sequence[Path], seen: str = "") -> list[dict[str, Any]]:
    """Plain values; the names of the fields are stable.

    Each hop says with `forward` whether a claim is asserted from its start to its end, and with
    `adverse` that all its claims are of opposition, with `kind` whether it is a tie in the world,
    speech (`said` are the attestations by which one speaks about the other, `claims` what they
    are about) or unsure (two records that may be one, for a `reason`). `told` has the path in
    sentences, two hops through an event being one; `step` is the number of a hop's sentence, from 0.
    Each path says in `lens` through which lens it was found.
    """
    teller = Teller(graph)
    return [_path(teller, path, seen) for path in paths]


def _path(teller: Teller, path: Path, seen: str) -> dict[str, Any]:
    walked = [*steps(teller.words, path)]
    return {
        "lens": seen,
        "cost": path.cost,
        "told": [said for said, _ in walked],
        "nodes": [{"id": n, "name": teller.words.name(n)} for n in path.nodes],
        "hops": [_hop(teller, hop, n) for n, (_, hops) in enumerate(walked) for hop in hops],
    }


def _hop(teller: Teller, hop: Hop, step: int) -> dict[str, Any]:
    return {
        "start": hop.start,
        "end": hop.end,
        "step": step,
        "cost": hop.cost,
        "adverse": hop.adverse,
        "kind": hop.kind or "tie",
        "reason": hop.reason,
        "said": list(hop.said),
        "sentence": teller.words.hop(hop),
        "claims": [
            plain(teller.tell(c))
            | {"forward": c.subject == hop.start or teller.words.symmetric(c.relation)}
            for c in hop.claims
        ],
    }
