"""The tutorial as steps: commands with what they print, lines that go to the end of a table, texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(console|csv|text)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What stands in the place of what differs from day to day.
ANYTHING = "[...]"


def steps(text: str) -> Iterator[tuple[str, str, str]]:
    """Each block in its order: (``run``, command, what it prints), or (``csv`` or ``text``, file, lines)."""
    for match in BLOCK.finditer(text):
        kind, file, body = match.groups()
        if kind != "console":
            yield kind, file, body
            continue
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield "run", command, printed


def put(folder: Path, kind: str, file: str, body: str) -> None:
    """Do what a person does: lines to the end of a table, in place of an earlier try; a text as a file."""
    path = folder / file
    if kind == "text":
        path.write_text(body, encoding="utf-8")
        return
    before = path.read_text("utf-8").splitlines(keepends=True)
    # The line that was wrong is the one that is mended.
    kept = [line for line in before if "works-for" not in line]
    path.write_text("".join(kept) + body, encoding="utf-8")
