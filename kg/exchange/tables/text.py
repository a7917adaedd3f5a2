"""A table as the text of a CSV file, piece by piece, each cell as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

Row = Mapping[str, str]
"""The cells of a row, by column."""
_AT_ONCE = 1 << 16


def csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    r"""The table with these columns; what a row has in no column of them is left out.

    >>> "".join(csv(("a", "b"), [{"a": "1", "c": "x"}]))
    'a,b\n1,\n'
    """
    import csv as written
    import io

    out = io.StringIO()
    write = written.writer(out, lineterminator="\n").writerow
    write(columns)
    for row in rows:
        write([row.get(column, "") for column in columns])
        if out.tell() > _AT_ONCE:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()
