"""The verbs that read, asked over HTTP: which they are, what they take, and the processes they run in.

What a verb is, it says itself (`kg.verbs`); here stands only what HTTP leaves out: names of files.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING

from kg import verbs
from kg.model.errors import Ambiguous, KgError, NotFound, UsageError, parameter, spoken
from kg.store import freshness
from kg.verbs.description import OUTPUT, Param, Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from kg.sparql.child import Limits
    from kg.sparql.prepared import Prepare
    from kg.store.graph import Graph

_GROUPS = ("questions", "sources", "pages")
# Reads too, though it stands among the tables; is asked by the protocol of SPARQL, within its limits.
_BESIDE, _ELSEWHERE = ("duplicates",), ("query",)
_WIDTH = 100
# A value may be the name of a file on a command line, and is none here.
_FILE = "FILE"
_HTML = "html"


@cache
def reading() -> dict[str, Verb]:
    """The verbs that can be asked, by name: they read one graph and answer in a form of their own."""
    found = [v for v in verbs.every() if v.group in _GROUPS or v.name in _BESIDE]
    return {v.name: v for v in found if v.formats and v.name not in _ELSEWHERE}


def params(verb: Verb) -> list[Param]:
    """What of a verb's parameters can be given: neither files nor what only a command line needs."""
    known = [p for p in verb.params if not p.shell and p.group != OUTPUT and _plain(p)]
    names = {p.name for p in known}
    return [p for p in known if not p.beside or p.beside in names]


def _plain(param: Param) -> bool:
    return _FILE not in param.metavar or "|" in param.metavar


def forms(verb: Verb) -> tuple[str, ...]:
    """The forms that a verb's answer can have, the first if nobody says."""
    return (
        ("json", *(f for f in verb.formats if f != "json")) if "json" in verb.formats else (_HTML,)
    )


def given(verb: Verb, fields: Sequence[tuple[str, str]]) -> tuple[dict[str, Any], str]:
    """The parameters of a verb by name, and the form, from the fields of a query string.

    Raises UsageError for a field that is none of them, and for a value that is not of its kind.
    """
    known = {p.name: p for p in params(verb)}
    values: dict[str, list[str]] = {}
    for name, value in fields:
        if name not in known and name != "format":
            from kg.text.spelling import did_you_mean

            told = did_you_mean(name, [*known, "format"])
            raise UsageError(
                f"{verb.name} takes no {name}{f' ({told})' if told else ''}; it takes {', '.join(known)}"
            )
        values.setdefault(name, []).append(value)
    form = values.pop("format", [forms(verb)[0]])[-1]
    if form not in forms(verb):
        raise UsageError(f"{parameter('format')} {form}: expected {', '.join(forms(verb))}")
    found = {name: _value(known[name], texts) for name, texts in values.items()}
    for param in known.values():
        if param.needed and param.name not in found:
            raise UsageError(f"{verb.name} needs {parameter(param.name)}")
    return found, form


def _value(param: Param, texts: list[str]) -> Any:
    if _FILE in param.metavar and (file := next(filter(os.path.isfile, texts), "")):
        raise UsageError(f"{parameter(param.name)} {file}: files are not read over HTTP")
    if param.many or param.words > 1:
        if param.words > 1 and len(texts) != param.words:
            raise UsageError(f"{parameter(param.name)}: expected {param.words}, found {len(texts)}")
        return tuple(_one(param, text) for text in texts)
    if len(texts) > 1:
        raise UsageError(f"{parameter(param.name)}: expected one, found {len(texts)}")
    return _one(param, texts[0])


def _one(param: Param, text: str) -> Any:
    name = parameter(param.name)
    if param.kind is bool:
        if text.lower() not in ("", "1", "true", "yes", "0", "false", "no"):
            raise UsageError(f"{name} {text}: expected true or false")
        return text.lower() in ("", "1", "true", "yes")
    if param.kind is str:
        if param.known and text not in param.known:
            raise UsageError(f"{name} {text}: expected {', '.join(param.known)}")
        return text
    try:
        number = param.kind(text)
    except ValueError:
        kind = "a whole number" if param.kind is int else "a number"
        raise UsageError(f"{name} {text}: expected {kind}") from None
    low = -float("inf") if param.low is None else param.low
    high = float("inf") if param.high is None else param.high
    if not low <= float(number) <= high:
        most = "" if param.high is None else f" and at most {param.high:g}"
        raise UsageError(f"{name} {text}: expected at least {low:g}{most}")
    return number


class Verbs:
    """Prepares processes that answer verbs about the graph of a case; `where` is its folder."""

    def __init__(self, where: str, limits: Limits) -> None:
        from kg.case.example import root

        self._where = where if where == "example" else os.path.abspath(where)
        self.root = os.path.abspath(root() if where == "example" else where)
        self._limits = limits
        for verb in reading().values():
            _ = verb.answer

    def __call__(self, graph: Graph) -> Prepare:
        """What prepares a process for one generation."""

        def prepare() -> Callable[[Any], Iterator[tuple[str, Any]]]:
            from kg.verbs.place import Place

            place = Place(self._where, graph)
            # What most verbs need is opened once.
            graph.ledger, graph.adjacency, graph.terms  # noqa: B018
            _confine((graph.folder, self.root))

            def answer(request: Any) -> Iterator[tuple[str, Any]]:
                name, values, form = request
                graph.forget()
                heard = [told] if (told := old(graph, self.root)) else []
                graph.say = heard.append
                yield from _answered(reading()[name], place, values, form, heard)

            return answer

        return prepare


def _answered(
    verb: Verb, place: Any, values: Mapping[str, Any], form: str, heard: list[str]
) -> Iterator[tuple[str, Any]]:
    """The messages of one answer: ``body``, ``notes`` and ``code``; or ``problem``, as JSON has it."""
    from kg.text.formats import Guard

    try:
        answer = verbs.answer_of(verb, place, {**values, "format": form})
        guard = Guard(raw=False)
        if answer.page:
            body = answer.page.html
        else:
            assert answer.write
            body = spoken(answer.write(form, _WIDTH, guard))
    except KgError as error:
        near = error.near if isinstance(error, NotFound) else ()
        near = error.matches if isinstance(error, Ambiguous) else near
        told = {"error": error.said(), "near": [{"id": i, "name": n} for i, n in near]}
        yield "problem", (type(error).__name__, told)
        yield "end", False
        return
    notes = [*heard, *([guard.note()] if guard.cells else []), *answer.notes]
    yield "notes", [spoken(note) for note in notes]
    yield "code", answer.code
    yield "body", body.encode("utf-8")


def old(graph: Graph, root: str) -> str:
    """What to tell of a graph that is older than the tables of its case; empty if it is not."""
    return spoken(freshness.told(graph, root)).removesuffix(", or build")


def _confine(folders: Sequence[str]) -> None:
    """From here on this process opens files of Python, of the graph and its case alone, and no socket."""
    import tempfile

    allowed = tuple(
        os.path.realpath(folder) + os.sep
        for folder in (
            *folders,
            *(sys.prefix, sys.base_prefix, os.path.dirname(os.path.dirname(verbs.__file__))),
            *("/dev/null", "/dev/urandom", "/usr/share/zoneinfo"),
            os.path.join(tempfile.gettempdir()),
            *filter(None, sys.path),
        )
    )

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.bind", "subprocess.Popen", "os.exec", "os.system"):
            raise PermissionError(f"{event} is not allowed here")
        if event in ("open", "sqlite3.connect"):
            path = arguments[0]
            if isinstance(path, bytes):
                path = os.fsdecode(path)
            # A process that a query runs in looks at itself.
            if isinstance(path, str) and path and not path.startswith((":", "/proc/self/")):
                path = path.removeprefix("file:").partition("?")[0]
                real = os.path.realpath(path)
                if not (real + os.sep).startswith(allowed):
                    raise PermissionError("this file is not open to the server")

    sys.addaudithook(hook)
