"""Parquet: a folder of tables, for DuckDB, pandas, polars and Spark."""

from __future__ import annotations

from kg.exchange.handed.needs import needed
from kg.exchange.handed.sheets import sheets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exchange.handed.content import Content
    from kg.exchange.handed.sheets import Sheet

ENDING = ""
LOSES = ""
_AT_ONCE = 50_000


def files(content: Content) -> Iterator[tuple[str, Iterator[str | bytes]]]:
    """A file a table, its head in the file's metadata. Cost: linear, some rows at a time."""
    needed("pyarrow", "parquet")
    yield "README.txt", iter(f"{line}\n" for line in content.head(LOSES))
    for sheet in sheets(content):
        yield f"{sheet.name}.parquet", _written(sheet, content)


def _written(sheet: Sheet, content: Content) -> Iterator[bytes]:
    import tempfile
    from itertools import islice

    arrow = needed("pyarrow", "parquet")
    from pyarrow import parquet

    kinds = [arrow.int64() if c in sheet.numbers else arrow.string() for c in sheet.columns]
    about = {f"kg.{name}": value for name, value in content.about.items()}
    fields = list(zip(sheet.columns, kinds, strict=True))
    schema = arrow.schema(fields, metadata=about)
    rows = iter(sheet.rows)
    with tempfile.TemporaryFile() as file:
        with parquet.ParquetWriter(file, schema) as writer:
            while some := list(islice(rows, _AT_ONCE)):
                columns = zip(*some, strict=True)
                arrays = [arrow.array(c, k) for c, k in zip(columns, kinds, strict=True)]
                writer.write_batch(arrow.record_batch(arrays, schema=schema))
        file.seek(0)
        while part := file.read(1 << 20):
            yield part
