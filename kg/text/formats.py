"""The formats of answers: their names, the endings of their files, and how rows are written in each.

A format of lists is registered here alone: a line in `FORMATS`, a writer in `WRITERS`.
"""

from __future__ import annotations

from itertools import islice

from kg.model.errors import UsageError, parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

# The ending of a file in each format.
FORMATS = {
    "text": ".txt",
    "table": ".txt",
    "csv": ".csv",
    "tsv": ".tsv",
    "json": ".json",
    "markdown": ".md",
    "html": ".html",
    "xml": ".xml",
    "ttl": ".ttl",
    "nt": ".nt",
    "docx": ".docx",
    "pdf": ".pdf",
}
STARTS = "=+-@\t\r＝＋－＠"
"""What a cell begins with that a spreadsheet takes for a formula."""
_FIRST = frozenset(STARTS)
# A spreadsheet may be told to split at another mark than the comma: no cell begins so either way.
_FORMULA = '^(?=[=+\\-@\t\r＝＋－＠])|(?<=[;\t\r\n])(?="*[=+\\-@\t\r＝＋－＠])'
# A cell of a written table that begins so, whatever quotation marks stand before it.
_BEGUN = ',"*[=+\\-@＝＋－＠]'


def chosen(format: str, out: str | None, known: Sequence[str], default: str = "") -> str:
    """The format that is wanted: the one that is named, else that of the file's ending.

    Raises UsageError for a format that is not among the `known` ones, for an ending of
    another format than the one that is named, and for an ending of no known format where
    none is named.
    """
    if format and format not in known:
        raise UsageError(f"{parameter('format')} {format}: expected {', '.join(known)}")
    ending = _ending(out or "")
    if not ending:
        return format or default
    fitting = [name for name in known if FORMATS[name] == ending]
    if format:
        if format not in fitting and ending in FORMATS.values():
            raise UsageError(
                f"{parameter('out')} {out}: a file of this ending is not {format}; "
                f"expected {FORMATS[format]}"
            )
        return format
    if not fitting:
        endings = dict.fromkeys(FORMATS[name] for name in known)
        raise UsageError(
            f"{parameter('out')} {out}: expected a file that ends in {', '.join(endings)}, "
            f"or {parameter('format')}"
        )
    return default if default in fitting else fitting[0]


def _ending(path: str) -> str:
    """The ending of a file's name, in small letters; empty if it has none."""
    name = path.replace("\\", "/").rpartition("/")[2].lstrip(".")
    _, dot, ending = name.rpartition(".")
    return dot + ending.lower() if dot else ""


class Guard:
    """Writes texts as cells that no spreadsheet calculates, and counts those it had to change.

    A changed cell has an apostrophe before what would be calculated; plain numbers
    stay. With `raw` every cell stays as it is, and those are counted that a
    spreadsheet may calculate.

    >>> guard = Guard()
    >>> guard("=1+1"), guard("plain"), guard("-0.5"), guard("a;=b"), guard.cells
    ("'=1+1", 'plain', '-0.5', "a;'=b", 2)
    """

    def __init__(self, raw: bool = False) -> None:
        self.raw, self.cells = raw, 0

    def __call__(self, text: str) -> str:
        """The text as a cell."""
        if not text or (text.isprintable() and text[0] not in STARTS and ";" not in text):
            return text
        if text[:1] == "-" and text.isascii() and text[1:].replace(".", "", 1).isdigit():
            return text
        import re

        safe = re.sub(_FORMULA, "'", text)
        self.cells += safe != text
        return text if self.raw else safe

    def row(self, texts: list[str]) -> list[str]:
        """The same of the cells of a row. Cost: one look at most rows."""
        whole = " ".join(texts)
        plain = whole.isprintable() and ";" not in whole
        if plain and _FIRST.isdisjoint([text[:1] for text in texts]):
            return texts
        return [self(text) for text in texts]

    def plain(self, written: str) -> bool:
        """Whether no cell of some lines of CSV is one that a guard would change; false where in doubt."""
        import re

        cells = written.replace("\r\n", ",")
        return cells.isprintable() and ";" not in cells and not re.search(_BEGUN, f",{cells}")

    def note(self) -> str:
        """What a person should know of the cells; empty if there is nothing."""
        if not self.cells:
            return ""
        from kg.text.terminal import count

        cells = count(self.cells, "cell")
        if self.raw:
            return f"{cells} may be calculated by a spreadsheet: open this file as text only"
        told = f"{cells} could be read as a formula: an apostrophe stands before it"
        return f"{told}; {parameter('raw')} leaves it out"


def records(
    rows: Iterable[Any],
    names: Sequence[str],
    form: str,
    width: int,
    guard: Guard | None = None,
    lens: str = "",
    columns: Sequence[str] = (),
) -> str:
    """Rows of named tuples in a format of `WRITERS`; `names` are those of all their fields, in order.

    A table for people has some `columns` of them; all else has them all, without rows too.

    Where `lens` says through which lens they were seen, each has it in a field of its own.

    The texts of csv and tsv go through the `guard`; in tsv, tab, line ends and backslash are
    written ``\\t``, ``\\n``, ``\\r`` and ``\\\\``.
    """
    return "".join(pieces(rows, names, form, width, guard, lens, columns))


def pieces(
    rows: Iterable[Any],
    names: Sequence[str],
    form: str,
    width: int,
    guard: Guard | None = None,
    lens: str = "",
    columns: Sequence[str] = (),
) -> Iterator[str]:
    """The same piece by piece, with no more than some rows in hand, but for a table.

    What has rows is never read twice, so that they may come one after the other.
    """
    return WRITERS[form](_Fields(rows, names, lens), columns or names, width, guard or Guard())


class _Fields:
    """Rows by their fields."""

    def __init__(self, rows: Iterable[Any], names: Sequence[str], lens: str) -> None:
        self._rows, self._names, self._more = rows, names, {"lens": lens} if lens else {}

    def _named(self, row: Any) -> dict[str, Any]:
        from kg.model.claims import flat

        return flat(row) | self._more

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self._named, self._rows)

    def lines(self) -> Iterator[list[str]]:
        """The names of all fields, then each row's values, as texts."""
        ready = None if self._more else getattr(self._rows, "texts", None)
        return ready() if ready else self._lines()

    def _lines(self) -> Iterator[list[str]]:
        yield [*self._names, *self._more]
        more = [*self._more.values()]
        for row in self._rows:
            yield texts_of(row) + more


def texts_of(row: Any) -> list[str]:
    """The values of a record as the texts of cells."""
    from kg.model.claims import flat_values

    return [
        v if type(v) is str else str(v) if type(v) is int else _text(v) for v in flat_values(row)
    ]


def _table(rows: _Fields, columns: Sequence[str], width: int, guard: Guard) -> Iterator[str]:
    from kg.text.terminal import table

    cells = [[_text(r[c]) for c in columns] for r in rows]
    yield table(list(columns), cells, width) if cells else ""


def _json(rows: _Fields, columns: Sequence[str], width: int, guard: Guard) -> Iterator[str]:
    from kg.model.claims import plain

    mark = "[\n"
    for row in rows:
        # As a list that is written whole: one step further in.
        yield mark + " " + json(plain(row)).rstrip("\n").replace("\n", "\n ")
        mark = ",\n"
    yield "\n]\n" if mark == ",\n" else "[]\n"


def _csv(rows: _Fields, columns: Sequence[str], width: int, guard: Guard) -> Iterator[str]:
    import csv
    import io

    lines, out = rows.lines(), io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    while some := [*islice(lines, _PIECE)]:
        writer.writerows(some)
        if not guard.plain(out.getvalue()):
            out.seek(0)
            out.truncate()
            writer.writerows(map(guard.row, some))
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _tsv(rows: _Fields, columns: Sequence[str], width: int, guard: Guard) -> Iterator[str]:
    for line in rows.lines():
        yield "\t".join(guard.row([escaped(c) for c in line])) + "\n"


def _markdown(rows: _Fields, columns: Sequence[str], width: int, guard: Guard) -> Iterator[str]:
    from kg.text.untrusted import markdown

    for number, line in enumerate(rows.lines()):
        yield f"| {' | '.join(map(markdown, line))} |\n"
        if not number:
            yield f"| {' | '.join(['---'] * len(line))} |\n"


# So many rows are written at once.
_PIECE = 200
WRITERS: dict[str, Callable[[_Fields, Sequence[str], int, Guard], Iterator[str]]] = {
    "table": _table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "markdown": _markdown,
}
# The formats of everything that lists; text is each list's own prose, else its table.
LISTS = ("text", *WRITERS)


def json(value: object) -> str:
    """A value as JSON that may stand anywhere, a script of a page included."""
    from json import dumps

    from kg.text.untrusted import in_json

    return in_json(dumps(value, ensure_ascii=False, indent=1)) + "\n"


def escaped(text: str) -> str:
    """A text on one line and in one cell."""
    for mark, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(mark, written)
    return text


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        if not value:
            return ""
        return str(value[0]) if len(value) == 1 else " | ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
