"""A table as a notebook takes it: it shows itself short, and goes on to Arrow whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from kg.analysis import cards
from kg.model.errors import UsageError
from kg.text.untrusted import shown

if TYPE_CHECKING:
    import pyarrow

# What is shown of a table that has these columns, each under its title.
_SHOWN = {
    "period": "when",
    "day": "day",
    "sentence": "claim",
    "standing": "how it stands",
    "by": "put forward by",
    "against": "opposed by",
    "sources": "in",
}
# A statement has its own standing, and that of its claim.
_STATEMENT = {"statement": "statement", "standing": "how its claim stands"}
_ROWS = 10


class Table(pd.DataFrame):
    """A DataFrame that shows itself short in a notebook: its main columns, its first rows.

    ``attrs["notes"]`` say what a person should know of it, ``attrs["lens"]`` through which lens it
    was seen, ``attrs["verb"]`` what was asked.
    """

    @property
    def _constructor(self) -> type[Table]:
        return Table

    def _repr_html_(self) -> str:
        said = [*self.attrs.get("notes", ())]
        lens = f"seen through: {self.attrs.get('lens', '')}"
        # What is empty has it among its notes.
        if self.attrs.get("lens") and lens not in said:
            said.insert(0, lens)
        return cards.notes(said) + self._shown()

    def _shown(self) -> str:
        held = {str(c) for c in self.columns}
        verb = self.attrs.get("verb", "")
        if verb == "matrix" and list(self.columns[:3]) == ["claim", "sentence", "standing"]:
            few = self.head(2 * _ROWS)
            return cards.matrix(list(map(str, few.columns)), list(few.itertuples(index=False)))
        if verb == "conflicts" and held >= {"id", "question", "hard", "kind", "reason", "sides"}:
            rows = (
                dict(zip(self.columns, row, strict=True)) for row in self.itertuples(index=False)
            )
            quarrels: list[Any] = [_Quarrel(row) for row in rows]
            return cards.quarrels(quarrels)
        titles = _STATEMENT if held >= {*_STATEMENT} else _SHOWN
        if held >= {"sentence", "standing"}:
            columns = {name: title for name, title in titles.items() if name in held}
            few = self[list(columns)].head(_ROWS)
            named = [dict(zip(columns, row, strict=True)) for row in few.itertuples(index=False)]
            return cards.table(columns, named, max(0, len(self) - _ROWS))
        return shown(pd.DataFrame(self).to_html(max_rows=2 * _ROWS, max_cols=12, border=0))

    def arrow(self) -> pyarrow.Table:
        """The same as an Arrow table, for polars and DuckDB: several values are a list of texts.

        Raises UsageError where pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ImportError as error:
            told = "pyarrow is not installed; pip install 'actors-kg[parquet]'"
            raise UsageError(told) from error
        arrays = [_array(pa, self.iloc[:, i].tolist()) for i in range(self.shape[1])]
        return pa.Table.from_arrays(arrays, names=list(map(str, self.columns)))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.arrow().__arrow_c_stream__(requested_schema)


class _Quarrel:
    """A row of conflicts, by the names of its columns; a column that is gone is empty."""

    def __init__(self, row: dict[str, Any]) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return self._row.get(name, "")


def _array(pa: Any, values: Sequence[Any]) -> Any:
    """A column of one type: whole numbers, numbers, truths, lists of texts, texts."""
    held = [None if _nothing(v) else v for v in values]
    kinds = {type(v) for v in held if v is not None}
    if any(isinstance(v, (tuple, list)) and not hasattr(v, "_fields") for v in held):
        lists = [None if v is None else [_text(one) for one in _several(v)] for v in held]
        return pa.array(lists, pa.list_(pa.string()))
    if kinds <= {bool} and kinds:
        return pa.array(held, pa.bool_())
    if kinds <= {int} and kinds:
        try:
            return pa.array(held, pa.int64())
        except OverflowError:
            # A number longer than a column has room for stays as it is written.
            return pa.array([_text(v) for v in held], pa.string())
    if kinds <= {int, float} and kinds:
        return pa.array([None if v is None else float(v) for v in held], pa.float64())
    return pa.array([None if v is None else _text(v) for v in held], pa.string())


def _nothing(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (tuple, list)) and not hasattr(value, "_fields") else (value,)


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def table(rows: Sequence[Sequence[object]], columns: Sequence[str]) -> Table:
    """Rows as a table; a column of numbers is one of numbers."""
    made = pd.DataFrame(list(rows), columns=list(columns), dtype=object).infer_objects()
    return Table(made)
