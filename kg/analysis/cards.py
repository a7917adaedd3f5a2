"""What a notebook shows of an entity, a claim, a quarrel or a matrix: short HTML, nothing that runs.

Each piece has its own style inline, takes the colours of where it stands, and escapes all that it tells.
"""

from __future__ import annotations

from kg.analysis.evidence_text import MARK, whole
from kg.analysis.opening import DISPUTED, paragraph, sections
from kg.text.phrases import count, seen_through
from kg.text.untrusted import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from kg.analysis.conflicts import Entry
    from kg.analysis.dossier import Dossier
    from kg.analysis.evidence import Spoken, Told

# So many claims, quarrels and rows are shown at first; more of a card are folded away.
FEW = 5
_MOST = 40
_INK = {"for": "#2c6fad", "against": "#b3402f", "open": "#8a6d1a", "withdrawn": "#777777"}
# The colours of the cells of a matrix, by stance: text and ground, for light and dark pages.
_STANCE = {
    "asserts": ("#0b3d62", "#cfe3f4"),
    "alleges": ("#0b3d62", "#e6f0f8"),
    "announces": ("#5c4a10", "#f6efd3"),
    "questions": ("#5c4a10", "#f6efd3"),
    "denies": ("#7a1f12", "#f6d5cf"),
    "disputes": ("#7a1f12", "#faeae7"),
    "retracts": ("#444444", "#e4e4e4"),
}
_CARD = (
    "border:1px solid #8888;border-radius:6px;padding:.6em .9em;margin:.3em 0;max-width:60em;"
    "font-family:sans-serif;line-height:1.4;text-align:left"
)


def safe(text: str) -> str:
    """A text as HTML holds it, with nothing that it would take for markup or that turns a line."""
    from html import escape

    return escape(shown(text))


def entity(d: Dossier) -> str:
    """The card of an entity: names, what it is, the point, what is disputed; the rest folded."""
    e = d.entity
    what = f"{d.kind}, {d.state}" if d.state else d.kind
    others = [*(name for _, name in e.names), *e.aliases]
    parts = [f"<b style='font-size:1.15em'>{safe(e.name)}</b> <code>{safe(e.id)}</code>"]
    parts.append(_small(" · ".join([what, *others])))
    parts += [_line(d.description)] if d.description else []
    parts += [_small(f"{label}: {value}") for label, value in d.facts[:FEW]]
    parts += [_line(f"Possibly the same as {n}: {reason}") for _, n, reason in d.possibly_same]
    parts += [_small(seen_through(d.lens))] if d.lens else []
    told = paragraph(d)
    parts.append(_line(told or "Nothing is claimed about it."))
    for i, (title, claims) in enumerate(sections(d)):
        kept = [*claims]
        first = kept[: 0 if i else FEW]
        if first:
            parts.append(f"<p style='margin:.5em 0 0'><b>{safe(title)}</b></p>{_claims(first)}")
        if rest := kept[len(first) :]:
            named = count(len(rest), "more claim") if first else title
            parts.append(_folded(named, _claims(rest)))
    return _card(parts)


def claim(told: Told, lens: str = "") -> str:
    """The card of a claim: its standing, both sides, with document and place."""
    parts = [f"<b style='font-size:1.1em'>{safe(told.sentence)}</b> <code>{safe(told.id)}</code>"]
    parts.append(_line(told.standing.words))
    parts += [_small(seen_through(lens))] if lens else []
    parts.append(_passages(told.spoken))
    return _card(parts)


def quarrels(entries: Sequence[Entry]) -> str:
    """Quarrels as cards, the first ones: the question, each side, why, what would settle it."""
    cards = []
    for entry in entries[:FEW]:
        parts = [f"<b>{safe(entry.question)}</b> <code>{safe(entry.id)}</code>"]
        for side in entry.sides:
            said = side.short or " ".join(side.said)
            parts.append(_line(f"{side.label}: {said}" if side.label else said, "for"))
        parts.append(_small(f"{entry.hard}, {entry.kind}: {entry.reason}"))
        parts += [_small(f"What would settle it: {entry.settles}")] if entry.settles else []
        parts += [_small(entry.judged)] if entry.judged else []
        cards.append(_card(parts))
    if len(entries) > FEW:
        cards.append(_small(f"… and {len(entries) - FEW:,} more"))
    return "".join(cards)


def matrix(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Disputed claims as rows: the first three cells are the claim's, then a stance for each column."""
    head = "".join(
        f"<th style='max-width:9em;font-weight:normal;vertical-align:bottom'>{safe(str(c))}</th>"
        for c in columns[3:]
    )
    lines = []
    for _, sentence, standing, *cells in rows:
        held = "".join(map(_cell, map(str, cells)))
        told = (
            f"<td style='text-align:left' title='{safe(str(standing))}'>{safe(str(sentence))}</td>"
        )
        lines.append(f"<tr>{told}{held}</tr>")
    table = f"<thead><tr><th></th>{head}</tr></thead><tbody>{''.join(lines)}</tbody>"
    return f"<div style='overflow-x:auto'><table>{table}</table></div>"


def table(columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]], more: int) -> str:
    """Rows with these columns, by their names, each under its title; several values one below the other."""
    head = "".join(f"<th style='text-align:left'>{safe(title)}</th>" for title in columns.values())
    lines = []
    for row in rows:
        cells = "".join(
            f"<td style='text-align:left;vertical-align:top'>{_value(row[c])}</td>" for c in columns
        )
        lines.append(f"<tr>{cells}</tr>")
    made = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    return made + (_small(f"… and {more:,} more rows") if more else "")


def notes(told: Iterable[str]) -> str:
    """What a person should know beside an answer."""
    return "".join(_small(note) for note in told)


def _value(value: object) -> str:
    several = value if isinstance(value, tuple) and not hasattr(value, "_fields") else (value,)
    return "<br>".join(safe("" if v is None else str(v)) for v in several)


def _cell(stance: str) -> str:
    first = stance.split()[0].strip(",") if stance.strip() else ""
    if first not in _STANCE:
        return f"<td>{safe(stance)}</td>"
    ink, ground = _STANCE[first]
    return f"<td style='color:{ink};background:{ground};text-align:center'>{safe(stance)}</td>"


def _claims(claims: Sequence[Told]) -> str:
    lines = []
    for told in claims[:_MOST]:
        side = "against" if told.standing.status in DISPUTED else "for"
        standing = f"<small style='opacity:.75'>{safe(told.standing.words)}</small>"
        lines.append(
            f"<li style='margin:.25em 0'><span style='border-left:3px solid {_INK[side]};"
            f"padding-left:.4em'>{safe(told.sentence)}</span><br>{standing}</li>"
        )
    if (more := len(claims) - _MOST) > 0:
        lines.append(f"<li>… and {more:,} more</li>")
    return f"<ul style='margin:.2em 0;padding-left:1.2em;list-style:none'>{''.join(lines)}</ul>"


def _passages(spoken: Sequence[Spoken]) -> str:
    return "".join(_passage(s) for s in spoken[:_MOST]) + (
        _small(f"… and {len(spoken) - _MOST:,} more") if len(spoken) > _MOST else ""
    )


def _passage(s: Spoken) -> str:
    return _line(f"{MARK[s.side]} {whole(s)}", s.side)


def _card(parts: Iterable[str]) -> str:
    return f"<div style='{_CARD}'>{''.join(parts)}</div>"


def _folded(title: str, inside: str) -> str:
    return f"<details style='margin:.3em 0'><summary>{safe(title)}</summary>{inside}</details>"


def _line(text: str, side: str = "") -> str:
    edge = f"border-left:3px solid {_INK[side]};padding-left:.5em;" if side else ""
    return f"<p style='{edge}margin:.35em 0'>{safe(text)}</p>"


def _small(text: str) -> str:
    return f"<p style='margin:.2em 0;opacity:.8'><small>{safe(text)}</small></p>"
