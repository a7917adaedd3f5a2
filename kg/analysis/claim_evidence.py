"""One claim with all that it rests on: what any printed id of a claim or of a row opens."""

from __future__ import annotations

from kg.analysis.evidence import Spoken, Teller, Told
from kg.analysis.evidence_text import asides, claim_lines
from kg.model.claims import plain
from kg.model.errors import Ambiguous, NotFound, NothingThere
from kg.model.record import Record
from kg.store.graph import Graph
from kg.text.phrases import seen_through
from kg.text.terminal import wrap
from kg.text.untrusted import markdown as escaped
from kg.text.untrusted import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

SHORTEST = 6
"""How many digits of a hash name a claim or a row at least."""


class Evidence(Record):
    """A claim with its evidence; `lens` says in words through which lens, empty for the whole."""

    claim: Told
    lens: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values; the names of the fields are stable."""
        found: dict[str, Any] = plain(self)
        return found

    def __repr__(self) -> str:
        return f"<{self.claim.sentence}: {self.claim.standing.words}>"

    def _repr_html_(self) -> str:
        from kg.analysis.cards import claim

        return claim(self.claim, self.lens)

    def _repr_markdown_(self) -> str:
        return markdown(self)


def named(text: str) -> str:
    """The hash, or the beginning of one, that a text is; empty if it is none.

    >>> named("claim/27ac45"), named("27AC45 "), named("27ac"), named("bureau-fuzhou")
    ('27ac45', '27ac45', '', '')
    """
    word = text.strip().rpartition("/")[2].lower()
    return word if len(word) >= SHORTEST and not word.strip("0123456789abcdef") else ""


def opened(graph: Graph, whole: Graph, text: str) -> Evidence:
    """The claim of a hash, of a claim or of a row, whole or its beginning, as `graph` shows it.

    `whole` is the same graph without a lens. Raises NotFound, Ambiguous with every match, and
    NothingThere for a claim that the lens does not show.
    """
    hash_ = named(text)
    ids = whole.ledger.opened(hash_) if hash_ else []
    if not ids:
        raise NotFound(text)
    if len(ids) > 1:
        words = Teller(whole).words
        raise Ambiguous(text, [(i, words.claim(whole.ledger.claim(i))) for i in ids])
    claim = graph.ledger.visible(ids[0])
    if claim is None:
        raise NothingThere(f"the claim {ids[0]} is not shown by this choice of sources")
    return Evidence(Teller(graph).tell(claim), graph.seen)


def text(found: Evidence, width: int) -> str:
    """A claim for a terminal, every row with where it stands and how it came there."""
    told = found.claim
    lines = [wrap(seen_through(found.lens), width)] if found.lens else []
    lines += claim_lines(told._replace(spoken=()), width, "")
    for s in told.spoken:
        lines.append("")
        lines.append(wrap(s.sentence, width, "  ", "    "))
        lines += [wrap(line, width, "    ", "      ") for line in _proof(s)]
    lines += ["", f"claim {told.id}"]
    return "\n".join(lines) + "\n"


def _proof(s: Spoken) -> Iterator[str]:
    if s.side == "withdrawn":
        yield "taken back, or replaced by a later statement of the same voice"
    if s.gloss:
        yield s.gloss
    yield from asides(s)
    for way in s.chain:
        yield f"chain: {way}"
    place = " ".join(filter(None, (s.passage, s.digest)))
    yield f"passage: {place}" if place else "passage: not told"
    yield f"row {s.id}"


def _lines(found: Evidence) -> Iterator[tuple[int, str]]:
    """(depth, text) of all that is told, for the formats with lists."""
    for s in found.claim.spoken:
        yield 0, s.sentence
        yield from ((1, line) for line in _proof(s))


def markdown(found: Evidence) -> str:
    """A claim as Markdown, every foreign character that Markdown reads escaped."""
    told = found.claim
    lines = [f"# {escaped(told.sentence)}", "", f"*{escaped(told.standing.words)}*", ""]
    lines += [escaped(seen_through(found.lens)), ""] if found.lens else []
    lines += [f"{'    ' * depth}- {escaped(line)}" for depth, line in _lines(found)]
    return "\n".join([*lines, "", f"claim `{told.id}`"]) + "\n"


def html(found: Evidence, language: str) -> str:
    """A claim as one HTML page: text only, nothing fetched, nothing that runs."""
    from html import escape as quoted

    def escape(text: str) -> str:
        return quoted(shown(text))

    told = found.claim
    lens = f"<p><strong>{escape(seen_through(found.lens))}</strong></p>" if found.lens else ""
    rows = "".join(
        f"<li>{escape(s.sentence)}<ul>{''.join(f'<li>{escape(x)}</li>' for x in _proof(s))}</ul></li>"
        for s in told.spoken
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="generator" content="kg">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        f"<title>{escape(told.sentence)}</title>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(told.sentence)}</h1>\n<p><em>{escape(told.standing.words)}</em></p>\n{lens}"
        f"<ul>{rows}</ul>\n<p>claim <code>{escape(told.id)}</code></p>\n</main>\n</body>\n</html>\n"
    )
