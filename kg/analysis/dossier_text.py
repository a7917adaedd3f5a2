"""A dossier in text: for a terminal, as Markdown, as a page of HTML."""

from __future__ import annotations

from kg.analysis.evidence_text import MARK, claim_lines, whole
from kg.analysis.opening import paragraph, sections
from kg.model.errors import parameter
from kg.text.phrases import seen_through
from kg.text.terminal import wrap
from kg.text.untrusted import markdown as escaped
from kg.text.untrusted import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analysis.dossier import Dossier


def _what(d: Dossier) -> str:
    """Its class, and that it is no more."""
    return f"{d.kind}, {d.state}" if d.state else d.kind


def text(d: Dossier, width: int, *, limit: int = 0, brief: bool = False) -> str:
    """A dossier for a terminal: of each section so many claims (0: all); its head alone if `brief`."""
    return "\n".join(_head(d, width) if brief else _lines(d, width, limit)) + "\n"


def _lines(d: Dossier, width: int, limit: int) -> Iterator[str]:
    yield from _head(d, width)
    for title, told in sections(d):
        yield ""
        yield title
        for claim in told[: limit or None]:
            yield from claim_lines(claim, width)
        if limit and len(told) > limit:
            yield f"  … and {len(told) - limit:,} more; {parameter('limit')} 0 shows all"
    for title, lines in _closing(d):
        yield ""
        yield title
        for line in lines[: limit or None]:
            yield wrap(line, width, "  ", "    ")
        if limit and len(lines) > limit:
            yield f"  … and {len(lines) - limit:,} more"


def _head(d: Dossier, width: int) -> Iterator[str]:
    e = d.entity
    local = " · ".join(name for _, name in e.names)
    yield wrap(f"{e.name}{' · ' + local if local else ''}", width)
    yield wrap(f"{_what(d)} · {e.id}", width)
    if e.aliases:
        yield wrap(f"also: {' · '.join(e.aliases)}", width, "", "  ")
    if d.description:
        yield wrap(d.description, width)
    for label, value in d.facts:
        yield wrap(f"{label}: {value}", width, "", "  ")
    for other, name, reason in d.possibly_same:
        yield wrap(f"possibly the same as {name} ({other}): {reason}", width, "? ", "  ")
    for line in _account(d):
        yield wrap(line, width)


def _account(d: Dossier) -> Iterator[str]:
    """Through which lens it is seen, and the point, or that there is no claim, if there is none."""
    if d.lens:
        yield seen_through(d.lens)
    if point := paragraph(d):
        yield point
    if not (d.claims or d.figures or d.speaks or d.gathered):
        yield "no claim about it is seen" if d.lens else "nothing is claimed about it"


def _closing(d: Dossier) -> Iterator[tuple[str, list[str]]]:
    """What stands after the claims: its members, its documents, the timeline, each document's share."""
    if d.members:
        kinds: dict[str, list[str]] = {}
        for id_, name, kind in d.members:
            kinds.setdefault(kind, []).append(f"{name} ({id_})")
        ranked = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
        lines = [f"{kind}: {name}" for kind, names in ranked for name in names]
        yield f"Belongs to it ({len(d.members)})", lines
    if d.documents:
        yield f"Documents of its own ({len(d.documents)})", [f"{n} ({i})" for i, n in d.documents]
    if d.timeline:
        yield "Timeline", [f"{period}: {sentence}" for _, period, sentence in d.timeline]
    if d.by_document:
        lines = []
        for name, for_, against, other in d.by_document:
            rest = f", {other} neither" if other else ""
            lines.append(f"{name}: {for_} for, {against} against{rest}")
        yield "Passages about it, by document", lines


def markdown(d: Dossier) -> str:
    """A dossier as Markdown, every foreign character that Markdown reads escaped."""
    e = d.entity
    lines = [f"# {escaped(e.name)}", "", f"{escaped(_what(d))} · `{e.id}`"]
    names = [n for _, n in e.names] + list(e.aliases)
    if names:
        lines += ["", f"Also: {' · '.join(map(escaped, names))}"]
    lines += ["", *(f"- {escaped(label)}: {escaped(value)}" for label, value in d.facts)]
    for _, name, reason in d.possibly_same:
        lines.append(f"- possibly the same as {escaped(name)}: {escaped(reason)}")
    for line in _account(d):
        lines += ["", escaped(line)]
    for title, told in sections(d):
        lines += ["", f"## {escaped(title)}", ""]
        for claim in told:
            lines.append(f"- {escaped(claim.sentence)}  \n  *{escaped(claim.standing.words)}*")
            lines += [f"    - {MARK[s.side]} {escaped(whole(s))}" for s in claim.spoken]
    for title, closing in _closing(d):
        lines += ["", f"## {escaped(title)}", "", *(f"- {escaped(line)}" for line in closing)]
    return "\n".join(lines) + "\n"


def html(d: Dossier, language: str) -> str:
    """A dossier as one HTML page: text only, nothing fetched, nothing that runs."""
    from html import escape as quoted

    def escape(text: str) -> str:
        return quoted(shown(text))

    e = d.entity
    parts = [
        f"<h1>{escape(e.name)}</h1>",
        f"<p>{escape(_what(d))} · <code>{escape(e.id)}</code></p>",
    ]
    names = [n for _, n in e.names] + list(e.aliases)
    parts += [f"<p>Also: {escape(' · '.join(names))}</p>"] if names else []
    parts += [f"<p>{escape(d.description)}</p>"] if d.description else []
    parts += [f"<p>{escape(label)}: {escape(value)}</p>" for label, value in d.facts]
    for _, name, reason in d.possibly_same:
        parts.append(f"<p>Possibly the same as {escape(name)}: {escape(reason)}</p>")
    parts += [f"<p><strong>{escape(line)}</strong></p>" for line in _account(d)]
    for title, told in sections(d):
        parts.append(f"<h2>{escape(title)}</h2><ul>")
        for claim in told:
            parts.append(
                f"<li>{escape(claim.sentence)}<br><em>{escape(claim.standing.words)}</em><ul>"
            )
            for s in claim.spoken:
                parts.append(f"<li>{MARK[s.side]} {escape(whole(s))}</li>")
            parts.append("</ul></li>")
        parts.append("</ul>")
    for title, closing in _closing(d):
        items = "".join(f"<li>{escape(line)}</li>" for line in closing)
        parts.append(f"<h2>{escape(title)}</h2><ul>{items}</ul>")
    head = (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="generator" content="kg">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        f"<title>{escape(e.name)}{escape(f' ({d.lens})' if d.lens else '')}</title>\n</head>\n<body>\n<main>\n"
    )
    return head + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"
