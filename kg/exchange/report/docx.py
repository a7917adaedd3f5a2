"""A report as a Word document, with headings, links between sentences, claims and sources."""

from __future__ import annotations

from kg.exchange.handed.needs import needed
from kg.exchange.report.words import SIDES, WORDS, by_side

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kg.exchange.report.document import Numbered, Report

# In the format's own unit.
_MILLIMETRE = 36_000


def pieces(report: Report) -> Iterator[bytes]:
    """The content of the file. Cost: linear, held whole."""
    import datetime
    import io

    word = needed("docx", "office")
    made = word.Document()
    day = datetime.datetime(1980, 1, 1)
    about = made.core_properties
    about.title, about.author, about.comments = _plain(report.title), "", report.caveat
    about.created = about.modified = day
    about.language = report.language
    _Writer(made).write(report)
    out = io.BytesIO()
    made.save(out)
    yield timeless(out.getvalue())


def timeless(content: bytes) -> bytes:
    """The same archive with no day in it, so that the same report is the same file."""
    import io
    import zipfile

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as held,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in held.namelist():
            made.writestr(zipfile.ZipInfo(name), held.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Writer:
    def __init__(self, made: Any) -> None:
        self._made = made
        self._marks = 0

    def write(self, report: Report) -> None:
        made = self._made
        # A4, in millimetres: the library knows the unit, and begins with American letter.
        page = made.sections[0]
        page.page_width, page.page_height = 210 * _MILLIMETRE, 297 * _MILLIMETRE
        made.add_heading(_plain(report.title), 0)
        if report.subtitle:
            made.add_paragraph(_plain(report.subtitle), style="Subtitle")
        for line in report.about:
            made.add_paragraph(_plain(line), style="List Bullet")
        made.add_paragraph().add_run(_plain(report.caveat)).italic = True
        for section in report.sections:
            made.add_heading(_plain(section.heading), section.level)
            for point in section.points:
                line = made.add_paragraph(style="List Bullet")
                line.add_run(_plain(point.text))
                self._links(line, "claim", point.claims, "", " (", ")")
            for claim in section.claims:
                self._claim(claim)
        made.add_heading(WORDS["sources"], 1)
        for s in report.sources:
            line = made.add_paragraph()
            self._mark(line, f"source_{s.number}")
            line.add_run(f"S{s.number}. ").bold = True
            details = f". {s.details}" if s.details else ""
            line.add_run(_plain(f"{s.title}{details}. {s.address}".rstrip(". ")))

    def _claim(self, claim: Numbered) -> None:
        line = self._made.add_paragraph()
        line.paragraph_format.keep_with_next = True
        self._mark(line, f"claim_{claim.number}")
        line.add_run(_plain(f"{claim.number}. {claim.sentence}")).bold = True
        line.add_run(f"\n{_plain(claim.standing)} [{claim.id}]").italic = True
        for side, passages in by_side(claim):
            for p in passages:
                row = self._made.add_paragraph(style="List Bullet 2")
                row.add_run(f"{SIDES[side]}: ").bold = True
                row.add_run(_plain(p.said))
                spot = f", {WORDS['characters']} {p.passage}" if p.passage else ""
                self._links(row, "source", (p.source,), "S", " (", f"{spot})")
                if p.gloss:
                    row.add_run(". " + _plain(p.gloss))
                if p.quote:
                    row.add_run("\n" + _plain(p.quote)).italic = True

    def _mark(self, line: Any, name: str) -> None:
        """A place that links lead to."""
        self._marks += 1
        for kind in ("Start", "End"):
            mark = _element(f"w:bookmark{kind}")
            mark.set(_name("w:id"), str(self._marks))
            if kind == "Start":
                mark.set(_name("w:name"), name)
            line._p.append(mark)

    def _links(
        self, line: Any, kind: str, numbers: tuple[int, ...], letter: str, before: str, after: str
    ) -> None:
        if not numbers:
            return
        line.add_run(before)
        for i, number in enumerate(numbers):
            if i:
                line.add_run(", ")
            link = _element("w:hyperlink")
            link.set(_name("w:anchor"), f"{kind}_{number}")
            run = line.add_run(f"{letter}{number}")
            run.font.underline = True
            link.append(run._r)
            line._p.append(link)
        line.add_run(after)


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _name(name: str) -> Any:
    from docx.oxml.ns import qn

    return qn(name)


def _plain(text: str) -> str:
    """A text that XML can hold, on one line, its invisible characters shown."""
    from kg.text.untrusted import one_line

    return one_line(text)
