"""What `kg --help` says: every verb in its group, with ten words on each."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = (
    "Who says what about whom, where, and who disputes it: tables to an RDF graph, SPARQL, paths "
    "and offline network pages. Every edge carries its evidence."
)
CASE = "The case's folder, or “example” for the shipped case; by default where you stand."
STORE = "A SPARQL store that holds the graph, or KG_STORE; kg help stores."
GRAPH = "The IRI of the graph in that store, or KG_GRAPH."
COMPLETION = "Print what a shell needs to complete words: bash, zsh or fish."
WIDTH = 80
# Written by make docs: to load every verb takes longer than to read one file.
WRITTEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "overview.txt")


def written() -> str:
    """The overview in 80 columns, as it was written down."""
    with open(WRITTEN, encoding="utf-8") as file:
        return file.read()


def overview(width: int = WIDTH) -> str:
    """The overview in some columns, from the descriptions of all verbs."""
    return "\n".join(_lines(width)) + "\n"


def _lines(width: int) -> Iterator[str]:
    from kg.text.terminal import wrap
    from kg.verbs import every
    from kg.verbs.description import GROUPS

    known = every()
    room = max(len(name) for name in ("--completion", *(verb.name for verb in known))) + 2

    def line(head: str, text: str) -> str:
        return wrap(text, width, f"  {head:{room}}", " " * (room + 2))

    yield from ("Usage: kg [--case DIR] VERB ...", "", wrap(TITLE, width, "  "))
    for group, title in GROUPS.items():
        held = [line(verb.name, verb.help) for verb in known if verb.group == group]
        if held:
            yield from ("", f"{title}:", *held)
    yield from ("", "Options:", line("--case", CASE), line("--store", STORE))
    yield from (line("--graph", GRAPH), line("--completion", COMPLETION))
    yield from ("", wrap("kg help VERB, or kg VERB --help, explains a verb, with examples.", width))
