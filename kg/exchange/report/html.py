"""A report as one HTML page to read or print: text only, nothing fetched, nothing that runs."""

from __future__ import annotations

from kg.exchange.report.words import SIDES, WORDS, by_side

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.report.document import Numbered, Report

_STYLE = (
    "body{font:16px/1.5 Georgia,'Noto Serif',serif;max-width:46em;margin:2em auto;padding:0 1em;"
    "color:#1a1a1a;background:#fff}h1,h2,h3{line-height:1.25;break-after:avoid}h3{font-size:1em;margin:1.2em 0 .2em}"
    "h2{margin-top:2em;border-top:1px solid #bbb;padding-top:.6em}"
    ".claim{margin:1.2em 0;break-inside:avoid-page}.standing,.about{color:#444}"
    ".against{border-left:3px solid #a3312a;padding-left:.6em}"
    ".for{border-left:3px solid #2c5f8a;padding-left:.6em}"
    "blockquote{margin:.2em 0 .2em 1.2em;font-style:italic}code{font-size:.8em;color:#555}"
    "ul{padding-left:1.2em}.side{font-weight:bold;margin:.4em 0 0}"
    "@page{size:A4;margin:2cm}@media print{body{font-size:10.5pt;margin:0;max-width:none}}"
)


def pieces(report: Report) -> Iterator[str]:
    """The text, a section a piece."""
    title = _safe(report.title)
    yield (
        f'<!DOCTYPE html>\n<html lang="{_safe(report.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="generator" content="kg">\n'
        '<meta name="viewport" content="width=device-width">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    )
    yield f"<p>{_safe(report.subtitle)}</p>\n" if report.subtitle else ""
    yield f'<p class="about">{"<br>".join(map(_safe, report.about))}</p>\n'
    yield f"<p><em>{_safe(report.caveat)}</em></p>\n"
    for section in report.sections:
        head = f"h{section.level + 1}"
        yield f"<section>\n<{head}>{_safe(section.heading)}</{head}>\n"
        if section.points:
            points = (f"<li>{_safe(p.text)}{_named(p.claims)}</li>" for p in section.points)
            yield f"<ul>\n{chr(10).join(points)}\n</ul>\n"
        yield from map(_claim, section.claims)
        yield "</section>\n"
    yield f"<section>\n<h2>{WORDS['sources']}</h2>\n"
    for s in report.sources:
        address = _safe(s.address)
        link = f' <a href="{address}">{address}</a>' if _is_web(s.address) else f" {address}"
        details = f". {_safe(s.details)}." if s.details else "."
        yield f'<p id="source-{s.number}">S{s.number}. {_safe(s.title)}{details}{link} <code>{s.id}</code></p>\n'
    yield "</section>\n</main>\n</body>\n</html>\n"


def _named(claims: tuple[int, ...]) -> str:
    links = ", ".join(f'<a href="#claim-{n}">{n}</a>' for n in claims)
    return f" ({links})" if links else ""


def _claim(claim: Numbered) -> str:
    n = claim.number
    parts = [
        f'<div class="claim" id="claim-{n}"><strong>{n}. {_safe(claim.sentence)}</strong><br>',
        f'<span class="standing">{_safe(claim.standing)}</span> <code>{claim.id}</code>\n',
    ]
    for side, passages in by_side(claim):
        parts.append(f'<div class="{side}"><p class="side">{SIDES[side]}</p><ul>\n')
        for p in passages:
            spot = f", {WORDS['characters']} {_safe(p.passage)}" if p.passage else ""
            where = f' (<a href="#source-{p.source}">S{p.source}</a>{spot})'
            gloss = f". {_safe(p.gloss)}" if p.gloss else ""
            quote = f"<blockquote>{_safe(p.quote)}</blockquote>" if p.quote else ""
            parts.append(f"<li>{_safe(p.said)}{where}{gloss}{quote}</li>\n")
        parts.append("</ul></div>\n")
    return "".join([*parts, "</div>\n"])


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def _safe(text: str) -> str:
    from html import escape

    from kg.text.untrusted import shown

    return escape(shown(text))
