"""A report as Markdown."""

from __future__ import annotations

from kg.exchange.report.words import SIDES, WORDS, by_side
from kg.text.untrusted import markdown as safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.report.document import Numbered, Report


def pieces(report: Report) -> Iterator[str]:
    """The text, a section a piece."""
    yield f"# {safe(report.title)}\n\n"
    if report.subtitle:
        yield f"{safe(report.subtitle)}\n\n"
    yield "".join(f"- {safe(line)}\n" for line in report.about)
    yield f"\n*{safe(report.caveat)}*\n"
    for section in report.sections:
        yield f"\n{'#' * (section.level + 1)} {safe(section.heading)}\n\n"
        for point in section.points:
            named = ", ".join(f"[{n}](#claim-{n})" for n in point.claims)
            yield f"- {safe(point.text)}{f' ({named})' if named else ''}\n"
        for claim in section.claims:
            yield _claim(claim)
    yield f"\n## {WORDS['sources']}\n\n"
    for s in report.sources:
        rest = "".join(f". {safe(part)}" for part in (s.details, s.address) if part)
        yield f'<a id="source-{s.number}"></a>S{s.number}. {safe(s.title)}{rest} (`{s.id}`)\n\n'


def _claim(claim: Numbered) -> str:
    lines = [
        f'\n<a id="claim-{claim.number}"></a>**{claim.number}. {safe(claim.sentence)}**  \n',
        f"*{safe(claim.standing)}* (`{claim.id}`)\n\n",
    ]
    for side, passages in by_side(claim):
        lines.append(f"{SIDES[side]}:\n\n")
        for p in passages:
            where = f"[S{p.source}](#source-{p.source})"
            quote = f"  \n  {safe(p.quote)}" if p.quote else ""
            gloss = f". {safe(p.gloss)}" if p.gloss else ""
            spot = f", {WORDS['characters']} {p.passage}" if p.passage else ""
            lines.append(f"- {safe(p.said)} ({where}{spot}){gloss}{quote}\n")
        lines.append("\n")
    return "".join(lines)
