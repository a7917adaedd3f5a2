"""The page on the library: its code runs, one block after the other."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "library.md"


def test_every_block_runs(built_case, capsys):
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 7
    names: dict[str, object] = {}
    for block in blocks:
        exec(block.replace('kg.open("example")', f"kg.open({str(built_case)!r})"), names)
        assert capsys.readouterr().out.strip()
