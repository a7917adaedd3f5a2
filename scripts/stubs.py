"""What type checkers and editors see of the methods of an open graph: made from the descriptions of the verbs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import verbs
from kg.notebook.making import doc
from kg.verbs.description import Param, Verb

# What a verb gives where that is no table.
_GIVES = {
    "show": "Dossier | Evidence | Table",
    "path": "Paths",
    "view": "Page",
    "export": "Export",
    "report": "Export",
    "query": "Table | bool | str",
    "version": "str",
    "help": "str",
    "import": "Table | str",
}
_HEAD = """\
# Written by `make docs` from the descriptions of the verbs.
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from kg.analysis.claim_evidence import Evidence
from kg.analysis.dossier import Dossier
from kg.analysis.path_text import Paths
from kg.notebook.frames import Table
from kg.verbs.answer import Export, Page
from kg.verbs.description import Verb

class Methods:
    def _ask(self, verb: Verb, given: Mapping[str, Any]) -> Any: ...
"""


def methods() -> str:
    """The text of kg/notebook/methods.pyi."""
    # Questions have a method of their own, which takes their values by name.
    made = (_method(verb) for verb in verbs.every() if verb.method and verb.name != "ask")
    return "".join([_HEAD, *made])


def _method(verb: Verb) -> str:
    params = [p for p in verb.params if not p.shell]
    placed = [p for p in params if p.argument]
    options = [p for p in params if not p.argument]
    starred = bool(placed) and placed[-1].many
    words = ["self", *_placed(placed)]
    words += [*([] if starred or not options else ["*"]), *map(_named, options)]
    gives = _GIVES.get(verb.name, "Table")
    body = "".join(f"        {word},\n" for word in words)
    lines = _told(verb)
    return f"    def {verb.method}(\n{body}    ) -> {gives}:\n{lines}\n"


def _placed(params: Iterable[Param]) -> Iterator[str]:
    """Arguments; of several the last may be given one by one."""
    params = list(params)
    for p in params:
        if p is params[-1] and p.many:
            yield f"*{p.name}: {_kind(p, one=True)}"
        else:
            yield f"{p.name}: {_kind(p)}{'' if p.needed else ' = ...'}"


def _named(p: Param) -> str:
    return f"{p.name}: {_kind(p)} = ..."


def _kind(p: Param, one: bool = False) -> str:
    kind = p.kind.__name__
    if p.kind is str and p.choices and not callable(p.choices):
        kind = f"Literal[{', '.join(map(_quoted, p.choices))}]"
    if one or not (p.many or p.words > 1):
        return kind if one else f"{kind} | None"
    if p.words > 1:
        return f"Sequence[{kind}] | None"
    mapped = " | Mapping[str, str]" if p.name in ("set", "values") else ""
    return f"{kind} | Sequence[{kind}]{mapped} | None"


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _told(verb: Verb) -> str:
    first, *lines = doc(verb).splitlines()
    text = "\n".join([first, *(f"        {line}".rstrip() for line in lines)])
    text = text.replace("\\", "\\\\").replace('"""', "'''")
    return f'        """{text}\n        """'
