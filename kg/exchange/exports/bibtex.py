"""BibTeX: the documents that are quoted, for a list of sources."""

from __future__ import annotations

from kg.exchange.handed.documents import documents

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content

ENDING = ".bib"
LOSES = "everything but the documents"
_SPECIAL = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}


def pieces(content: Content) -> Iterator[str]:
    """The content of the file, an entry a piece. Cost: linear in the documents."""
    yield "".join(f"% {line}\n" for line in content.head(LOSES))
    for d in documents(content):
        year, _, rest = d.published.partition("-")
        month = rest[:2]
        fields = {
            "title": f"{{{_tex(d.title)}}}",
            "author": " and ".join(f"{{{_tex(a)}}}" for a in d.authors),
            "publisher": _tex("; ".join(d.publishers)),
            "year": year,
            "month": month.lstrip("0"),
            "date": d.published,
            "language": d.language,
            # Within braces only a brace or a backslash would end or change an address.
            "url": d.address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D"),
        }
        body = "".join(f"  {k} = {{{v}}},\n" for k, v in fields.items() if v)
        yield f"@misc{{{d.id},\n{body}}}\n"


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in " ".join(text.split()))
