"""The disputed claims as rows, voices or documents as columns, stances in the cells."""

from __future__ import annotations

from itertools import combinations

from kg.analysis.weight import heaviest
from kg.model.claims import Attestation, Claim
from kg.model.parties import parties
from kg.model.record import Record
from kg.model.standing import OPPOSITION, STANCES, SUPPORT, living
from kg.store.graph import Graph
from kg.text.phrases import as_sentence, count
from kg.text.sentences import Wording
from kg.text.terminal import cut, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BY = ("voice", "document")
SIGNS = {
    "asserts": "+",
    "alleges": "(+)",
    "announces": "…",
    "questions": "?",
    "denies": "−",
    "disputes": "(−)",
    "retracts": "×",
}


# So many pairs stand above the rows on a terminal.
_MOST = 12


class Line(Record):
    """A claim: its id, as a sentence, its standing in words, the stance of each column."""

    claim: str
    sentence: str
    standing: str
    cells: tuple[str, ...]


class Met(Record):
    """Two columns: on how many claims they are on one side, and on how many on opposite ones.

    Of a figure those that speak of the same number.
    """

    left: str
    right: str
    agree: int
    oppose: int


class Matrix(Record):
    """`columns` are ids, `names` what they are called; columns with most cells come first.

    `sides` has for each column the id of the side that it shares with others or is on for another
    one, `side_names` what that is called; empty for a voice that stands alone, and for documents.
    Columns of one side stand together. `pairs` are those that speak of a claim in common, most opposed first.
    """

    by: str
    columns: tuple[str, ...]
    names: tuple[str, ...]
    sides: tuple[str, ...]
    side_names: tuple[str, ...]
    rows: tuple[Line, ...]
    pairs: tuple[Met, ...]


def matrix(graph: Graph, *, entity: str = "", by: str = "voice") -> Matrix:
    """The claims that somebody opposes, or all that concern an entity; `by` is one of `BY`.

    Of what is opposed, the claims that most sides speak of come first. `entity` is an id; of a
    document or a voice, the claims that it speaks of. Raises NotFound.
    Cost: one pass over the claims; the pairs are as many as two columns meet in a row.
    """
    words, ledger = Wording(graph.ledger, graph.terms), graph.ledger
    if entity:
        found = {c.id: c for c in (*ledger.claims_about(entity), *ledger.said_by(entity))}
        if graph.terms.is_a(ledger.entity(entity).kind, "Document"):
            kept = (c for c in ledger.claims() if any(a.document == entity for a in c.attestations))
            found |= {c.id: c for c in kept}
        claims = sorted(found.values(), key=lambda c: (c.figure, c.relation, c.subject, c.object))
    else:
        claims = heaviest(c for c in ledger.claims() if c.standing.opposing)
    held = [(claim, _cells(claim, by)) for claim in claims]
    sizes: dict[str, int] = {}
    for _, cells in held:
        for name in cells:
            sizes[name] = sizes.get(name, 0) + 1
    shared = _sides(claims) if by == "voice" else {}
    first: dict[str, tuple[int, str]] = {}
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        first.setdefault(shared.get(name, name), (-sizes[name], name))
    together = {name: first[shared.get(name, name)] for name in sizes}
    columns = sorted(sizes, key=lambda name: (together[name], -sizes[name], name))
    sides = tuple(shared.get(name, "") for name in columns)
    rows = [
        Line(
            claim.id,
            as_sentence(words.claim(claim)),
            words.standing(claim),
            tuple(cells.get(name, "") for name in columns),
        )
        for claim, cells in held
    ]
    names = tuple(words.title(name) for name in columns)
    called = tuple(words.title(side) if side else "" for side in sides)
    return Matrix(by, tuple(columns), names, sides, called, tuple(rows), _pairs(held))


def _sides(claims: Iterable[Claim]) -> dict[str, str]:
    """The side of each voice that shares one with another, or speaks for another."""
    said = [a for claim in claims for a in living(claim.attestations)]
    found = parties((a.voice, a.parties) for a in said)
    many = {side for voice, side in found.items() if voice != side}
    return {voice: side for voice, side in found.items() if side in many}


def _cells(claim: Claim, by: str) -> dict[str, str]:
    """The stances of each voice or document on a claim, the ones that count."""
    found: dict[str, dict[str, None]] = {}
    for a in living(claim.attestations):
        name = a.voice if by == "voice" else a.document
        found.setdefault(name, {})[_stance(a)] = None
    return {name: " ".join(sorted(said, key=_order)) for name, said in found.items()}


def _stance(a: Attestation) -> str:
    return f"{a.stance} {a.value}" if a.value else a.stance


def _order(text: str) -> tuple[int, str]:
    return STANCES.index(text.partition(" ")[0]), text


def _pairs(held: Iterable[tuple[Claim, dict[str, str]]]) -> tuple[Met, ...]:
    counts: dict[tuple[str, str], list[int]] = {}
    for claim, cells in held:
        sides = {name: _by_number(text, claim) for name, text in cells.items()}
        for pair in combinations(sorted(sides), 2):
            one, other = sides[pair[0]], sides[pair[1]]
            # Who gives another number has not agreed, nor spoken against it.
            if common := one.keys() & other.keys():
                met = counts.setdefault(pair, [0, 0])
                met[any(one[number] != other[number] for number in common)] += 1
    pairs = [Met(*pair, *met) for pair, met in counts.items()]
    return tuple(sorted(pairs, key=lambda m: (-m.oppose, -m.agree, m.left, m.right)))


def _by_number(text: str, claim: Claim) -> dict[str, str]:
    """The side that a cell takes, for each number in it if it is of a figure."""
    if not claim.figure:
        return {"": side} if (side := _side(text)) else {}
    words, found = text.split(), dict[str, list[str]]()
    for stance, number in zip(words, [*words[1:], ""], strict=True):
        if stance in STANCES:
            found.setdefault("" if number in STANCES else number, []).append(stance)
    return {number: side for number, said in found.items() if (side := _side(" ".join(said)))}


def _side(text: str) -> str:
    """For or against; empty for what is both, or neither."""
    stances = {*text.split()} & {*STANCES}
    sides = {"for"} if stances & {*SUPPORT} else set()
    sides |= {"against"} if stances & {*OPPOSITION} else set()
    return sides.pop() if len(sides) == 1 else ""


def sign(cell: str) -> str:
    """A cell in signs, as ``+`` or ``(−)``; numbers stay.

    >>> sign("asserts 54"), sign("denies disputes")
    ('+ 54', '− (−)')
    """
    return " ".join(SIGNS.get(word, word) for word in cell.split())


def text(m: Matrix, width: int) -> str:
    """For a terminal: who stands how to whom, then each claim with the columns that speak of it."""
    return "".join(f"{line}\n" for line in _lines(m, width))


def _lines(m: Matrix, width: int) -> Iterator[str]:
    names = dict(zip(m.columns, m.names, strict=True))
    many = count(len(m.columns), m.by)
    if any(m.sides):
        many += f", {count(len(_groups(m)), 'side')}"
    yield cut(f"{count(len(m.rows), 'claim')}, {many}", width)
    for side, voices in _groups(m):
        if side:
            yield wrap(f"{side}: {', '.join(voices)}", width, "  one side, of ", "    ")
    for met in m.pairs[:_MOST]:
        told = f": {met.agree} agreed, {met.oppose} opposed"
        yield "  " + cut(f"{names[met.left]} / {names[met.right]}", width - 2, told)
    if len(m.pairs) > _MOST:
        yield f"  and {count(len(m.pairs) - _MOST, 'pair')} more; json and html have all"
    yield ""
    for row in m.rows:
        yield wrap(row.sentence, width, "• ", "  ")
        yield wrap(row.standing, width, "  ")
        for name, cell in zip(m.names, row.cells, strict=True):
            if cell:
                yield wrap(f"{sign(cell)} {name}", width, "    ", "        ")


def _groups(m: Matrix) -> list[tuple[str, list[str]]]:
    """The columns that stand together: what their side is called, and their names."""
    found: list[tuple[str, list[str]]] = []
    for i, name in enumerate(m.names):
        if i and m.sides[i] and m.sides[i] == m.sides[i - 1]:
            found[-1][1].append(name)
        else:
            found.append((m.side_names[i], [name]))
    return found


def heads(m: Matrix) -> list[str]:
    """What the columns are called where they stand alone: a voice with the one it speaks for."""
    return [
        f"{name} (for {side})" if side and own != mark else name
        for name, side, own, mark in zip(
            _distinct(m), m.side_names, m.sides, m.columns, strict=True
        )
    ]


def lines(m: Matrix) -> list[tuple[str, ...]]:
    """The rows as named tuples of texts, with a field for each column, for tables."""
    names = heads(m)
    kind = type("Row", (tuple,), {"_fields": ("claim", "sentence", "standing", *names)})
    return [kind((r.claim, r.sentence, r.standing, *r.cells)) for r in m.rows]


def numbered(m: Matrix) -> list[tuple[str, ...]]:
    """The rows for a table on a terminal: signs under numbers, with what each number stands for."""
    fields = ("claim", *(str(i) for i in range(1, len(m.columns) + 1)))
    kind = type("Row", (tuple,), {"_fields": fields})
    return [kind((r.sentence, *map(sign, r.cells))) for r in m.rows]


def _distinct(m: Matrix) -> list[str]:
    """What columns are called, by id where two are called alike."""
    return [
        name if m.names.count(name) == 1 else f"{name} ({mark})"
        for mark, name in zip(m.columns, m.names, strict=True)
    ]


def html(m: Matrix, title: str, language: str) -> str:
    """The matrix as one HTML page: a table with fixed heads; nothing fetched, nothing that runs."""
    from html import escape as quoted

    from kg.text.untrusted import shown

    def escape(text: str) -> str:
        return quoted(shown(text))

    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in m.names)
    first = ""
    if any(m.sides):
        spans = (f'<th scope="colgroup" colspan="{len(v)}">{escape(s)}</th>' for s, v in _groups(m))
        first = f"<tr><th>side</th>{''.join(spans)}</tr>"
    body = []
    for row in m.rows:
        cells = "".join(
            f'<td class="{_side(c) or "other"}">{escape(c)}</td>' if c else "<td></td>"
            for c in row.cells
        )
        said = f"{escape(row.sentence)}<br><small>{escape(row.standing)}</small>"
        body.append(f'<tr><th scope="row">{said}</th>{cells}</tr>')
    names = dict(zip(m.columns, m.names, strict=True))
    pairs = "".join(
        f"<tr><td>{escape(names[p.left])}</td><td>{escape(names[p.right])}</td>"
        f"<td>{p.agree}</td><td>{p.oppose}</td></tr>"
        for p in m.pairs
    )
    return _PAGE.format(
        language=escape(language),
        title=escape(title),
        first=first,
        head=head,
        body="\n".join(body),
        pairs=pairs,
        by=m.by,
    )


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="generator" content="kg">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 14px/1.4 sans-serif; margin: 1rem; }}
table {{ border-collapse: collapse; margin-bottom: 2rem; }}
th, td {{ border: 1px solid #999; padding: 2px 6px; text-align: left; vertical-align: top; }}
thead {{ position: sticky; top: 0; }} thead th {{ background: #fff; }}
tbody th {{ position: sticky; left: 0; background: #fff; font-weight: normal; min-width: 18rem; }}
.for {{ background: #d8ecff; }} .against {{ background: #ffe0cc; }} .other {{ background: #eee; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<table>
<thead>{first}<tr><th scope="col">claim</th>{head}</tr></thead>
<tbody>
{body}
</tbody>
</table>
<h2>Pairs</h2>
<table>
<thead><tr><th>{by}</th><th>{by}</th><th>agree on</th><th>oppose on</th></tr></thead>
<tbody>{pairs}</tbody>
</table>
</main>
</body>
</html>
"""
