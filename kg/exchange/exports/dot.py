"""DOT of Graphviz: a picture of the whole, contested claims dashed, denied ones dotted."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content

ENDING = ".gv"
LOSES = "evidence but counts of voices and documents, aliases, attributes, figures, claims about attestations"

_LINE = {"contested": "dashed", "denied": "dotted", "retracted": "dotted", "withdrawn": "dotted"}


def pieces(content: Content) -> Iterator[str]:
    """The content of the file. Cost: linear; nodes are numbered, since a colon in an id is a port.

    Through a lens, entities that nothing joins are left out: they would be most of the picture.
    """
    number = {entity: f"n{i}" for i, entity in enumerate(sorted(content.held))}
    yield "".join(f"// {line}\n" for line in content.head(LOSES))
    yield f"digraph {_quoted(content.about.get('title', 'graph'))} {{\n"
    yield "node [style=filled, fontname=Helvetica]; edge [fontname=Helvetica, fontsize=9];\n"
    joined = (
        None if content.lens.clear else {n for e in content.edges() for n in (e.source, e.target)}
    )
    for entity in content.entities():
        if joined is not None and entity.id not in joined:
            continue
        colour = content.terms.drawn_as(entity.kind).colour or "#dddddd"
        dark = sum(int(colour[i : i + 2], 16) * w for i, w in ((1, 3), (3, 6), (5, 1))) < 1300
        marks = {
            "label": entity.name,
            "tooltip": f"{content.kind(entity.kind)}: {entity.name}",
            "fillcolor": colour,
            "fontcolor": "#ffffff" if dark else "#000000",
            "URL": content.iri(entity.id),
        }
        yield f"{number[entity.id]} [{_marks(marks)}];\n"
    for edge in content.edges():
        counts = f"{edge.voices} voices, {edge.documents} documents, {edge.opposing} opposing"
        marks = {
            "label": edge.label,
            "style": _LINE.get(edge.status, "solid"),
            "tooltip": f"{edge.sentence}: {edge.status}, {edge.basis}; {counts}",
            "edgetooltip": edge.id,
        }
        if edge.directed == "false":
            marks["dir"] = "none"
        ends = f"{number[edge.source]} -> {number[edge.target]}"
        yield f"{ends} [{_marks(marks)}];\n"
    yield "}\n"


def _marks(marks: dict[str, str]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in marks.items())


def _quoted(text: str) -> str:
    """A text in quotes; a backslash begins an escape of Graphviz's own."""
    from kg.text.untrusted import one_line

    return '"' + one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
