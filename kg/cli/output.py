"""An answer on stdout or in a file, what is to be said of it on stderr, the exit code."""

from __future__ import annotations

import sys

from kg.model.errors import UsageError, spoken
from kg.text.untrusted import shown
from kg.verbs.description import OPTIONS, flag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kg.store.remote.address import Named
    from kg.verbs.answer import Export
    from kg.verbs.description import Verb


def run(verb: Verb, where: str, given: Mapping[str, Any], store: Named | None = None) -> int:
    """Answer a verb on the case in a folder, or a store, with its parameters by name; the exit code."""
    from kg.text.formats import Guard, chosen
    from kg.verbs import answer_of
    from kg.verbs.place import Place

    out, force = given.get("out", ""), given.get("force", False)
    if "out" in given and not out:
        raise UsageError(f"{flag('out')}: nothing; expected the name of a file")
    if out and any(p.name == "out" and p.group == OPTIONS for p in verb.params):
        # The verb itself writes there, and its answer goes to stdout.
        out = ""
    # A verb of no format of its own looks at the file's ending itself.
    form = chosen(given.get("format", ""), out, verb.formats, verb.default) if verb.formats else ""
    place = Place(
        where,
        say=say,
        watch=say if sys.stderr.isatty() else None,
        read=read,
        ask=ask,
        build=given.get("build", False),
        data=given.get("data", ()),
        memory=given.get("memory", 1.0),
        seconds=given.get("timeout", 0),
        store=store,
    )
    answer = answer_of(verb, place, {**given, "format": form})
    from kg.verbs.answer import Export, Service

    guard = Guard(given.get("raw", False))
    place.settled()
    if answer.page:
        answer.page.path = out or answer.page.path
        _to_file(answer.page.html, answer.page.path, force, where)
        print(answer.page.line())
    elif isinstance(answer.value, Export):
        _exported(answer.value, out, force, where)
    elif isinstance(answer.value, Service):
        from kg.server.run import run as served

        served(answer.value, _told, say)
    elif answer.write:
        # Loaded while a query is at work in its own process.
        from kg.text.terminal import coloured, width

        asked = form, width(), guard
        pieces = answer.pieces(*asked) if answer.pieces else iter([answer.write(*asked)])
        if place.address:
            # A store elsewhere may change while it is read: what was read stands if it has not.
            pieces = iter([*pieces])
            place.settled()
        if form == "text":
            pieces = (spoken(piece, flag) for piece in pieces)
        if out:
            from kg.text.files import write_pieces

            write_pieces(pieces, out, force=force, case=where)
            if place.tells_withheld:
                say(
                    f"{out} may hold what data/withhold.csv withholds: keep it to yourself; what kg export, "
                    "kg report and kg view write is without"
                )
        elif not sys.stdout.isatty():
            # A terminal obeys some characters; a file or a program gets the text as it is.
            for piece in pieces:
                sys.stdout.write(piece)
        else:
            said = shown("".join(pieces).replace("\r\n", "\n"))
            if form == "text":
                said = coloured(said)
            if answer.long and sys.stdin.isatty():
                import os
                import pydoc

                # As git does: leave what fits on one screen, pass colours on.
                os.environ.setdefault("LESS", "FRX")
                pydoc.pager(said)
            else:
                sys.stdout.write(said)
    for note in [guard.note(), *answer.notes] if guard.cells else answer.notes:
        say(note)
    return answer.code


def _told(line: str) -> None:
    """A line of an answer that goes on: whoever reads it has it at once."""
    sys.stdout.write(shown(line) + "\n")
    sys.stdout.flush()


def _exported(export: Export, out: str, force: bool, where: str) -> None:
    """An export to where it is wanted: a folder, a file, or stdout."""
    if out:
        export.write(out, force=force, case=where)
        return
    from kg.text.files import encoded

    if export.folder:
        raise UsageError(f"{export.form} is a folder of files; name one with {flag('out')} DIR")
    for _, pieces in export.files():
        for piece in pieces:
            if sys.stdout.isatty():
                if isinstance(piece, bytes) and b"\0" in piece:
                    told = f"{export.form} is no text; name a file with {flag('out')}, or use “>”"
                    raise UsageError(told)
                sys.stdout.write(shown(encoded(piece).decode("utf-8")))
            else:
                sys.stdout.buffer.write(encoded(piece))
    sys.stdout.flush()


def _to_file(text: str, path: str, force: bool, where: str) -> None:
    from kg.text.files import write

    write(text, path, force=force, case=where)


def read() -> str:
    """What stands on stdin. Raises UsageError where a person would have to type it."""
    if sys.stdin.isatty():
        raise UsageError(f"give a query as text, with {flag('file')} FILE, or on stdin")
    return sys.stdin.read()


def ask(question: str) -> str:
    """A line that a person types in answer to a question on stderr; “q” at the end of the input.

    Raises UsageError where nobody sits at a terminal.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("there is nobody to ask: this needs a terminal for input and messages")
    sys.stderr.write(shown(spoken(question, flag)))
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip() if line else "q"


def say(text: str) -> None:
    """Talk, on stderr."""
    # A line is written whole: Ctrl-C may come between two writes.
    sys.stderr.write(shown(spoken(text, flag)) + "\n")
    sys.stderr.flush()
