"""Full text: where some words stand in what the case holds, with the claim and its evidence."""

from __future__ import annotations

from itertools import islice

from kg.analysis.evidence_text import MARK
from kg.model.errors import UsageError
from kg.model.record import Record
from kg.model.standing import Standing, side
from kg.store.graph import Graph
from kg.store.lens import Lens, Seen
from kg.store.seen_graph import through
from kg.text.figures import number
from kg.text.names import folded
from kg.text.phrases import SPOKE, as_sentence
from kg.text.sentences import Wording
from kg.text.terminal import wrap
from kg.text.words import asked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Passage(Record):
    """Where some words stand: `where` is gloss, quote, locator, names or description.

    A description has a name as its sentence, and no standing: nobody is said to have said it.
    """

    where: str
    sentence: str
    standing: Standing
    stance: str
    voice: str
    value: str
    period: str
    said: str
    document: str
    locator: str
    via: tuple[str, ...]
    gloss: str
    quote: str
    side: str
    subject: str
    claim: str
    id: str


class Passages(Record):
    """What was found; `whole` where it has all words, `more` where there is more of it."""

    rows: list[Passage]
    whole: bool
    more: bool


def search(graph: Graph, lens: Lens, text: str, *, limit: int = 20) -> Passages:
    """The passages that have all words of a text, best first.

    Glosses, quotes, locators, descriptions and the names of all that a passage speaks of
    count, in any script; where nothing has all the words, what has some. A `limit` of 0 is
    none. Descriptions are nobody's words: a lens shows none. Raises UsageError for a text
    without a word. Cost: what has the words is ranked.
    """
    if not any(c.isalnum() for c in text):
        raise UsageError("say what to look for")
    for some in (False, True):
        rows = _found(graph, lens, text, some)
        if kept := list(islice(rows, limit or None)):
            return Passages(kept, not some, bool(limit) and next(rows, None) is not None)
    return Passages([], True, False)


def _found(graph: Graph, lens: Lens, text: str, some: bool) -> Iterator[Passage]:
    ledger, eye = graph.ledger, Seen(graph, lens)
    words = Wording(through(graph, lens).ledger, graph.terms)
    wanted = asked(folded(text))
    for mark, entity in ledger.passages.hits(text, some=some):
        if entity:
            if lens.clear:
                e = ledger.entity(entity)
                told = graph.terms.value(e, "Description")
                empty = ("",) * 6
                yield Passage(
                    "description", e.name, Standing(), *empty, "", (), told, "", "", e.id, "", e.id
                )
            continue
        for claim in eye.claims([ledger.claim(ledger.attestation(mark).claim)]):
            for a in claim.attestations:
                if a.id == mark:
                    yield Passage(
                        where=_where(wanted, a.gloss, a.quote, a.locator),
                        sentence=as_sentence(words.claim(claim)),
                        standing=words.stood(claim),
                        stance=a.stance,
                        voice=words.name(a.voice),
                        value=number(a) if a.value else "",
                        period=words.period(a, claim) if a.period else "",
                        said=a.said,
                        document=words.name(a.document),
                        locator=a.locator,
                        via=words.ways(a),
                        gloss=a.gloss,
                        quote=a.quote,
                        side=side(a),
                        subject=claim.subject,
                        claim=claim.id,
                        id=a.id,
                    )


def _where(words: Sequence[str], gloss: str, quote: str, locator: str) -> str:
    """Which of its texts has the most of the words; names if none has any."""
    texts = {"gloss": gloss, "quote": quote, "locator": locator}
    counts = {k: sum(word in folded(v) for word in words) for k, v in texts.items()}
    best = max(counts, key=lambda k: counts[k])
    return best if counts[best] else "names"


def text(rows: Sequence[Passage], width: int) -> str:
    """Passages for a terminal: what is said, by whom, where; the claim and its standing."""
    return "".join(line + "\n" for row in rows for line in _lines(row, width))


def _lines(row: Passage, width: int) -> Iterator[str]:
    if row.where == "description":
        yield wrap(f"{row.sentence} ({row.id}): {row.gloss}", width, "• ", "  ")
        return
    yield wrap(row.sentence + (f": {row.value}" if row.value else ""), width, "• ", "  ")
    yield wrap(row.standing.words, width, "  ")
    when = f" (said {row.said})" if row.said else ""
    via = f", citing {' and '.join(row.via)}" if row.via else ""
    gloss = f": {row.gloss}" if row.gloss else ""
    yield wrap(
        f"{row.voice} {SPOKE[row.stance]}{when}{gloss} — {row.document}, {row.locator}{via}",
        width,
        f"    {MARK[row.side]} ",
        "      ",
    )
    if row.quote:
        yield wrap(f"“{row.quote}”", width, "      ↳ ", "        ")
