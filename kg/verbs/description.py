"""What a verb is, said once: its name, help and parameters.

From a description are made the command line (both parsers), help, `docs/commands.md`,
completion in a shell, and the keywords of a notebook.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from kg.verbs.answer import Answer

# The groups of verbs, in the order in which `kg --help` shows them.
GROUPS = {
    "tables": "Tables",
    "graph": "Graph",
    "questions": "Questions",
    "sources": "Sources and disagreements",
    "pages": "Pages and files",
    "kg": "kg itself",
}
# The groups of parameters, each under a heading of its own in the help of a verb.
OPTIONS, LENS, OUTPUT = "options", "lens", "output"


class Param:
    """A parameter of a verb: an option, or an argument if it stands by its place.

    `kind` is str, int, float or bool (a flag); `many` says that it can be given several
    times, `words` how many words one value has. Numbers have bounds, `low` and `high`.
    `choices` are the words that it knows, or a function that gives them when they are asked
    for. `of` says what of the graph a value names (``entity``, ``document``, ``relation``,
    ``measure``, ``class``, ``question``), for a shell to complete. `metavar` is what help calls the value.
    `beside` names a parameter without which it means nothing. `group` is one of `OPTIONS`, `LENS`, `OUTPUT`. `shell` marks what only a command line needs: a notebook has values instead of
    files and exit codes.
    """

    def __init__(
        self,
        name: str,
        help: str,
        *,
        kind: type[str] | type[int] | type[float] | type[bool] = str,
        default: str | float | tuple[str, ...] | None = None,
        argument: bool = False,
        needed: bool = False,
        many: bool = False,
        words: int = 1,
        low: float | None = None,
        high: float | None = None,
        choices: Sequence[str] | Callable[[], Sequence[str]] = (),
        of: str = "",
        metavar: str = "",
        short: str = "",
        group: str = OPTIONS,
        shell: bool = False,
        beside: str = "",
    ) -> None:
        if default is None:
            default = () if many or words > 1 else "" if kind is str else kind()
        self.name, self.help, self.kind, self.default = name, help, kind, default
        self.argument, self.needed, self.many, self.words = argument, needed, many, words
        self.low, self.high, self.metavar = low, high, metavar
        self.choices, self.of = choices, of
        self.short, self.group, self.shell, self.beside = short, group, shell, beside

    @property
    def flags(self) -> tuple[str, ...]:
        """How a command line says it: ``--known-by``, ``-k``, ``-o`` and ``--out``; an argument has none."""
        if self.argument:
            return ()
        return (flag(self.name), self.short) if self.short else (flag(self.name),)

    @property
    def known(self) -> tuple[str, ...]:
        """The words that it knows; empty if any will do."""
        return tuple(self.choices() if callable(self.choices) else self.choices)

    def but(self, **changes: object) -> Param:
        """The same parameter with something else about it."""
        made = Param(self.name, self.help)
        made.__dict__ |= vars(self) | changes
        return made


class Verb:
    """A verb. `help` is a sentence of some ten words, `more` what else its help says.

    `formats` are those that its answer can be written in, the first by default. A notebook
    calls it `method`; empty if it has none. `answer` takes a `Place`, a `LensRequest` if
    the verb has a lens, and the other parameters by name, but for those of the output
    that are not in `told`. `engine` says of what is given whether the graph's engine will be asked
    first thing, so that its process can be begun at once.
    """

    answer: Callable[..., Answer]

    def __init__(
        self,
        name: str,
        group: str,
        help: str,
        *,
        params: Sequence[Param] = (),
        more: str = "",
        examples: Sequence[str] = (),
        formats: Sequence[str] = ("text",),
        default: str | None = None,
        method: str | None = None,
        told: Sequence[str] = (),
        after: str = "",
        engine: Callable[[Mapping[str, Any]], bool] | None = None,
    ) -> None:
        self.name, self.group, self.help, self.more = name, group, help, more
        self.params, self.examples = tuple(params), tuple(examples)
        self.formats = tuple(formats)
        self.default = self.formats[0] if default is None else default
        self.method = name if method is None else method
        self.told, self.after, self.engine = tuple(told), after, engine

    @property
    def lens(self) -> bool:
        """Whether it can be asked through a lens."""
        return any(p.group == LENS for p in self.params)


def flag(name: str) -> str:
    """A parameter's name as an option of the command line.

    A word that Python keeps to itself has an underscore at its end there.

    >>> flag("known_by"), flag("k"), flag("as_")
    ('--known-by', '-k', '--as')
    """
    return "-" + name if len(name) == 1 else "--" + name.rstrip("_").replace("_", "-")
