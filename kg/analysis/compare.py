"""Two documents side by side: what they contradict each other in, agree on, and have alone."""

from __future__ import annotations

from kg.analysis.disagreement import Finder
from kg.analysis.pair import OPEN, Pair
from kg.analysis.pair_text import Told, Words
from kg.analysis.sayings import Sayings
from kg.model.claims import Attestation, Claim
from kg.model.errors import UsageError
from kg.model.record import Record
from kg.model.standing import OPPOSITION
from kg.store.graph import Graph
from kg.text.phrases import as_sentence
from kg.text.sentences import Wording
from kg.text.terminal import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TYPES = ("contradict", "differ", "agree", "only-left", "only-right")


class Row(Record):
    """What two documents say of one matter.

    `type` is ``contradict`` (one opposes what the other puts forward, or their numbers or
    dates do not go together), ``differ`` (they say other things, and the fields explain
    it), ``agree``, ``only-left`` or ``only-right``; `why` says it in words. `left` and
    `right` are what each document says, in sentences with their places; `standing` is
    that of the claims over all documents.
    """

    type: str
    subject: str
    sentence: str
    why: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    standing: tuple[str, ...]
    claims: tuple[str, ...]


def compare(graph: Graph, left: str, right: str) -> list[Row]:
    """What two documents contradict each other in, agree on, and have alone.

    `left` and `right` are ids. A document that was not read itself, only cited, is
    compared by what others cite it for. Raises NotFound, and UsageError for what is no
    document, or twice the same. Cost: one pass over the claims, which are held.
    """
    for name in (left, right):
        if not graph.terms.is_a(graph.ledger.entity(name).kind, "Document"):
            raise UsageError(f"{name} is no document")
    if left == right:
        raise UsageError(f"{left} cannot be compared with itself")
    found = _Comparison(graph, (left, right)).rows()
    return sorted(found, key=lambda r: (TYPES.index(r.type), *r[1:]))


class _Comparison:
    """The attestations of two documents, claim by claim."""

    def __init__(self, graph: Graph, sides: tuple[str, str]) -> None:
        self.graph, self.sides = graph, sides
        self.words = Wording(graph.ledger, graph.terms)
        self.sayings = Sayings(graph.terms, self.words.name)
        held = list(graph.ledger.claims())
        read = {a.document for c in held for a in c.attestations}
        self.read = tuple(name in read for name in sides)
        self.claims = list(self.see(held))

    def has(self, a: Attestation, side: int) -> bool:
        """Whether an attestation stands in a document, or cites one that was not read."""
        name = self.sides[side]
        return a.document == name if self.read[side] else name in a.via

    def see(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Claims with what the two documents say, as they stand over all documents."""
        for claim in claims:
            kept = tuple(a for a in claim.attestations if self.has(a, 0) or self.has(a, 1))
            if kept:
                yield claim._replace(attestations=kept)

    def rows(self) -> Iterator[Row]:
        told = set[str]()
        for pair in Finder(self.graph, self.see, True).found(self.claims):
            one_matter = pair.unsure or len({c.id for c, _ in pair.left + pair.right}) == 1
            denial = any(a.stance in OPPOSITION or a.instead_of for _, a in pair.right)
            if pair.type not in OPEN and not (one_matter or denial):
                continue  # two matters that are not in each other's way
            for row in self._of(pair):
                told.update(c.id for c, a in pair.left + pair.right if not a.instead_of)
                yield row
        for claim in self.claims:
            if claim.id not in told:
                yield self._plain(claim)

    def _of(self, pair: Pair) -> Iterator[Row]:
        """The row of what one document has on one side of a pair and the other on the other."""
        ways = []
        for here, there in ((0, 1), (1, 0)):
            left = tuple(v for v in pair.left if self.has(v[1], here))
            right = tuple(v for v in pair.right if self.has(v[1], there))
            if left and right:
                ways.append((here, pair._replace(left=left, right=right)))
        if not ways:
            return
        here, met = ways[0]
        kind = "contradict" if pair.type in OPEN else "differ"
        worded = Words(self.graph).pair(met if len(ways) == 1 else pair)
        if len(ways) == 2:
            ours, theirs = self._sentences(pair, 0), self._sentences(pair, 1)
            note = "Both documents carry both sides. "
            if pair.type == "denial":
                apart = self._apart(pair)
                kind = "differ" if apart else "agree"
                note += f"{apart} " if apart else ""
        else:
            ours, theirs = (worded.left, worded.right)[:: 1 - 2 * here]
            note = self._note(pair, here)
        yield self._row(kind, worded, note + worded.reasoning, ours, theirs)

    def _apart(self, pair: Pair) -> str:
        """In what documents that carry both sides of a denial do not say the same of a side."""
        found = []
        for claims in (pair.left, pair.right):
            said = [[a for _, a in claims if self.has(a, side)] for side in (0, 1)]
            found.append(self.sayings.differ(claims[0][0], *said))
        return " ".join(filter(None, found))

    def _note(self, pair: Pair, here: int) -> str:
        """That the one document carries the other's side too, where it does."""
        other = [self.has(a, here) for _, a in pair.right] + [
            self.has(a, 1 - here) for _, a in pair.left
        ]
        return "One of the documents carries both sides. " if any(other) else ""

    def _row(
        self, kind: str, c: Told, why: str, left: tuple[str, ...], right: tuple[str, ...]
    ) -> Row:
        ids = tuple(dict.fromkeys(c.left_claims + c.right_claims))
        claims = [self.graph.ledger.claim(name) for name in ids]
        sentence = as_sentence(self.words.claim(claims[0]))
        standing = tuple(
            f"{as_sentence(self.words.claim(x))}: {self.words.standing(x)}" for x in claims
        )
        return Row(kind, c.subject, sentence, why, left, right, standing, ids)

    def _sentences(self, pair: Pair, side: int) -> tuple[str, ...]:
        both = pair.left + pair.right
        return tuple(self.words.attestation(a, c) for c, a in both if self.has(a, side))

    def _plain(self, claim: Claim) -> Row:
        sides = [[a for a in claim.attestations if self.has(a, side)] for side in (0, 1)]
        left, right = (tuple(self.words.attestation(a, claim) for a in said) for said in sides)
        kind = "agree" if left and right else "only-left" if left else "only-right"
        why = ""
        if kind == "agree":
            why = self.sayings.differ(claim, *sides)
            kind = "differ" if why else kind
            why = why or " ".join(
                filter(None, (self._why(*sides), self.sayings.besides(claim, *sides)))
            )
        sentence = as_sentence(self.words.claim(claim))
        # The standing is over all documents, and so is worded from the claim with all of them.
        standing = (self.words.standing(self.graph.ledger.claim(claim.id)),)
        return Row(kind, claim.subject, sentence, why, left, right, standing, (claim.id,))

    def _why(self, left: Sequence[Attestation], right: Sequence[Attestation]) -> str:
        """Whether two documents have it from one voice: then they are one source, not two."""
        ours, theirs = {a.voice for a in left}, {a.voice for a in right}
        if {a.id for a in left} & {a.id for a in right}:
            return "The one cites the other for it."
        if ours & theirs:
            return f"Both have it from {self._names(ours & theirs)}."
        return f"From other voices: {self._names(ours)}; {self._names(theirs)}."

    def _names(self, voices: Iterable[str]) -> str:
        return " and ".join(map(self.words.name, sorted(voices)))


def text(rows: Sequence[Row], names: tuple[str, str], width: int) -> str:
    """A comparison for a terminal: counts, then the rows by type with places on both sides.

    `names` are what the two documents are called. What only one of them has is counted
    and listed by its claim and standing alone.
    """
    return "".join(f"{line}\n" for line in _lines(rows, names, width))


def _lines(rows: Sequence[Row], names: tuple[str, str], width: int) -> Iterator[str]:
    for mark, name in zip("<>", names, strict=True):
        yield wrap(name, width, f"{mark} ", "  ")
    for kind in TYPES:
        some = [r for r in rows if r.type == kind]
        yield ""
        yield f"{kind} ({len(some)})"
        for row in some:
            yield from _row_lines(row, width)


def _row_lines(row: Row, width: int) -> Iterator[str]:
    yield wrap(row.sentence, width, "  • ", "    ")
    if row.why:
        yield wrap(row.why, width, "    ")
    for mark, side in (("<", row.left), (">", row.right)):
        for sentence in side if row.left and row.right else ():
            yield wrap(sentence, width, f"    {mark} ", "      ")
    for line in row.standing:
        yield wrap(line, width, "    = ", "      ")
