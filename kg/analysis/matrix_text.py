"""A matrix in text: for a terminal, as a table, as a page of HTML."""

from __future__ import annotations

from kg.text.phrases import count
from kg.text.terminal import cut, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis.matrix import Matrix

# So many pairs stand above the rows on a terminal.
_MOST = 12


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
        for name, cell in zip(m.names, row.signs, strict=True):
            if cell:
                yield wrap(f"{cell} {name}", width, "    ", "        ")


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


def fields(m: Matrix) -> tuple[str, ...]:
    """What the fields of its rows are called."""
    return ("claim", "sentence", "standing", *heads(m))


def lines(m: Matrix) -> list[tuple[str, ...]]:
    """The rows as named tuples of texts, with a field for each column, for tables."""
    kind = type("Row", (tuple,), {"_fields": fields(m)})
    return [kind((r.claim, r.sentence, r.standing, *r.cells)) for r in m.rows]


def numbered(m: Matrix) -> list[tuple[str, ...]]:
    """The rows for a table on a terminal: signs under numbers, with what each number stands for."""
    fields = ("claim", *(str(i) for i in range(1, len(m.columns) + 1)))
    kind = type("Row", (tuple,), {"_fields": fields})
    return [kind((r.sentence, *r.signs)) for r in m.rows]


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
            f'<td class="{side or "other"}">{escape(c)}</td>' if c else "<td></td>"
            for c, side in zip(row.cells, row.taken, strict=True)
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
