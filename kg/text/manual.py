"""The pages of the manual, by topic: they come with the package."""

from __future__ import annotations

import difflib
from pathlib import Path

from kg.model.errors import NotFound

# What a reader needs first comes first; other pages follow by name.
_FIRST = ("tutorial", "tables", "model", "questions", "commands")


def _folder() -> Path:
    """Where the pages lie: inside an installed package, or in the checkout's own docs/."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "docs"
    return inside if inside.is_dir() else package.parent / "docs"


def topics() -> dict[str, str]:
    """The title of each page by its topic."""
    names = sorted(path.stem for path in _folder().glob("*.md"))
    found = [*(n for n in _FIRST if n in names), *(n for n in names if n not in _FIRST)]
    return {name: _title(read(name)) for name in found}


def has(topic: str) -> bool:
    """Whether there is a page on a topic."""
    return topic.isidentifier() and (_folder() / f"{topic}.md").is_file()


def read(topic: str) -> str:
    """The page on a topic. Raises NotFound, with the nearest topic, if there is none."""
    known = {path.stem: path for path in _folder().glob("*.md")}
    if topic not in known:
        near = difflib.get_close_matches(topic.casefold(), known, n=3)
        raise NotFound(topic, [(name, _title(read(name))) for name in near])
    return known[topic].read_text("utf-8")


def section(topic: str, heading: str) -> str:
    """What stands under a heading of the second rank; empty if the page has none such."""
    _, _, rest = read(topic).partition(f"\n## {heading}\n")
    return rest.partition("\n## ")[0].strip() + "\n" if rest else ""


def _title(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ").strip()
