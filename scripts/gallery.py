"""The gallery of docs/gallery.ipynb: its cells run one after the other, what they show kept beside them.

A cell shows what it prints, and its last value as HTML where that has any, else as text. With --check
it says which cells show something else now.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs" / "gallery.ipynb"
# A cell with this mark keeps the text of its value alone: the whole of it would fill the page.
BRIEF = "brief"


def cells() -> list[dict[str, Any]]:
    """The cells as they stand in the file."""
    found: list[dict[str, Any]] = json.loads(PAGE.read_text("utf-8"))["cells"]
    return found


def run(held: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """What each cell shows, run in order in the folder that one stands in."""
    names: dict[str, Any] = {"__name__": "gallery"}
    return [_run(cell, names) if cell["cell_type"] == "code" else [] for cell in held]


def _run(cell: dict[str, Any], names: dict[str, Any]) -> list[dict[str, Any]]:
    tree = ast.parse("".join(cell["source"]))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    out, value = io.StringIO(), None
    with contextlib.redirect_stdout(out), warnings.catch_warnings(action="ignore"):
        exec(compile(tree, "gallery", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "gallery", "eval"), names)
    made: list[dict[str, Any]] = []
    if text := out.getvalue():
        made.append({"name": "stdout", "output_type": "stream", "text": _lines(text)})
    if value is not None:
        data = {"text/plain": _lines(repr(value))}
        brief = BRIEF in cell["metadata"].get("tags", ())
        if hasattr(value, "_repr_html_") and not brief:
            data = {"text/html": _lines(value._repr_html_()), **data}
        made.append({"data": data, "metadata": {}, "output_type": "execute_result"})
    return made


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def shown(outputs: list[dict[str, Any]]) -> list[str]:
    """What a person sees of a cell's outputs: what it prints, the HTML of its value, else its text."""
    found = []
    for output in outputs:
        data = output.get("data", {})
        kept = output.get("text") or data.get("text/html") or data.get("text/plain") or []
        found.append("".join(kept).strip())
    return found


def written(held: list[dict[str, Any]]) -> str:
    """The file, with what its cells show now."""
    made = []
    number = 0
    for cell, outputs in zip(held, run(held), strict=True):
        if cell["cell_type"] == "code":
            number += 1
            for output in outputs:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = number
            cell = cell | {"execution_count": number, "outputs": outputs}
        made.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": made,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        made = written(cells())
    if "--check" in sys.argv:
        if made != PAGE.read_text("utf-8"):
            sys.exit("docs/gallery.ipynb is out of date, run make docs")
    else:
        PAGE.write_text(made, "utf-8")
