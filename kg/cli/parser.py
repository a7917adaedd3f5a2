"""Words to a verb and its values, by the descriptions of the verbs.

Loading typer costs several times what a query costs. A command line that follows the
description of its verb to the letter is therefore read here at once, by `plain`; any other (an
error, a request for help, options written together) goes to typer, whose commands are made
from the same descriptions, and which says what is wrong.
"""

from __future__ import annotations

from kg import verbs
from kg.model.errors import Stopped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from kg.verbs.description import Param, Verb

# (verb, the case's folder, what was given by name)
Parsed = tuple["Verb", str, dict[str, "Any"]]


def plain(arguments: Sequence[str]) -> Parsed | None:
    """What a plain command line says, else None."""
    rest = list(arguments)
    case = "."
    while len(rest) > 1 and rest[0] == "--case":
        case = rest[1]
        del rest[:2]
    verb = verbs.named(rest.pop(0)) if rest else None
    if verb is None:
        return None
    options = {form: p for p in verb.params for form in p.flags}
    values: dict[str, Any] = {}
    words: list[str] = []
    while rest:
        word = rest.pop(0)
        if word == "-" or not word.startswith("-"):
            words.append(word)
            continue
        option = options.get(word)
        if option is None:
            return None
        if option.kind is bool:
            values[option.name] = True
            continue
        taken, rest = rest[: option.words], rest[option.words :]
        if len(taken) < option.words or any(t.startswith("-") and t != "-" for t in taken):
            return None
        value = tuple(taken) if option.words > 1 else _value(option, taken[0])
        if value is None:
            return None
        if option.many:
            values.setdefault(option.name, []).append(value)
        else:
            values[option.name] = value
    if not _by_place(verb, words, values):
        return None
    if any(p.needed and p.name not in values for p in verb.params):
        return None
    return verb, case, values


def _by_place(verb: Verb, words: list[str], values: dict[str, Any]) -> bool:
    """Give words to the arguments in their order; False if there are too many."""
    for p in verb.params:
        if p.argument and words:
            values[p.name] = words if p.many else words[0]
            words = [] if p.many else words[1:]
    return not words


def _value(option: Param, word: str) -> object:
    """A word as the kind that the option takes, None if it is none or out of bounds."""
    if option.kind is str:
        return word
    try:
        value = float(word) if option.kind is float else int(word)
    except ValueError:
        return None
    low, high = option.low, option.high
    return (
        None if (low is not None and value < low) or (high is not None and value > high) else value
    )


def full(arguments: Sequence[str]) -> Parsed | int:
    """What a command line says to typer, or the exit code where that was all, as for help.

    Its errors and exits are the caller's to handle.
    """
    found: list[Parsed] = []
    code = int(app(found.append)(args=arguments, prog_name="kg", standalone_mode=False) or 0)
    if code == Stopped.exit_code:
        # typer makes a quiet exit of Ctrl-C: what to say and to leave with is decided in one place.
        raise KeyboardInterrupt
    return found[0] if found else code


def app(take: Callable[[Parsed], None]) -> Any:
    """The typer app of all verbs; `take` is given what a command line says."""
    import typer
    from typer.core import TyperGroup

    from kg.cli.overview import CASE, WIDTH, overview
    from kg.text.terminal import width

    class Group(TyperGroup):
        def format_help(self, ctx: Any, formatter: Any) -> None:
            formatter.write(overview(min(WIDTH, width())))

    made = typer.Typer(
        name="kg",
        cls=Group,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    case = ["."]

    @made.callback()
    def top(where: str = typer.Option(".", "--case", help=CASE)) -> None:
        case[0] = where

    for verb in verbs.every():
        made.command(
            verb.name,
            cls=_command_class(),
            help="\n\n".join(filter(None, (verb.help, verb.more))),
            epilog=_examples(verb),
        )(_command(verb, case, take))
    return made


def _command(verb: Verb, case: list[str], take: Callable[[Parsed], None]) -> Callable[..., None]:
    """A function with a parameter for each of the verb's, as typer reads them."""
    from inspect import Parameter, Signature

    def command(**values: Any) -> None:
        given = {n: v for n, v in values.items() if v is not None and v is not False and v != []}
        take((verb, case[0], given))

    found = [
        Parameter(p.name, Parameter.KEYWORD_ONLY, annotation=_annotation(p), default=_default(p))
        for p in verb.params
    ]
    command.__signature__ = Signature(found)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in found}
    return command


def _default(p: Param) -> object:
    if p.needed:
        return ...
    return False if p.kind is bool else None


def _annotation(p: Param) -> Any:
    """The type of a parameter's value, with what typer needs to know of it."""
    from typing import Annotated

    import typer

    value: Any = tuple[str, str] if p.words > 1 else list[p.kind] if p.many else p.kind  # type: ignore[name-defined]
    kept: Any = value if p.needed or p.kind is bool else value | None
    told: dict[str, Any] = {"help": _told(p), "show_default": False}
    if p.kind is not bool:
        told["metavar"] = p.metavar or None
    if p.argument:
        return Annotated[kept, typer.Argument(**told)]
    if p.kind not in (bool, str):
        told |= {"min": p.low, "max": p.high}
    return Annotated[kept, typer.Option(*p.flags, **told)]


def _told(p: Param) -> str:
    """What help says of a parameter: what it is for, what it is otherwise, the words it knows."""
    number = isinstance(p.default, (int, float)) and not isinstance(p.default, bool)
    text = (
        p.help.removesuffix(".") + f"; by default {p.default:,g}."
        if number and p.default
        else p.help
    )
    return f"{text} One of: {', '.join(p.known)}." if 0 < len(p.known) < 10 else text


def _examples(verb: Verb) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  kg {line}" for line in verb.examples)


def _command_class() -> Any:
    from typer.core import TyperCommand

    class Command(TyperCommand):
        """A command whose help has a heading for each group of parameters."""

        def format_options(self, ctx: Any, formatter: Any) -> None:
            headings: dict[str, list[tuple[str, str]]] = {}
            groups = {
                p.name: p.group for v in [verbs.named(self.name or "")] if v for p in v.params
            }
            for param in self.get_params(ctx):
                if record := param.get_help_record(ctx):
                    by_place = param.param_type_name == "argument"
                    group = "arguments" if by_place else groups.get(param.name or "", "output")
                    headings.setdefault(HEADINGS[group], []).append(record)
            for title in dict.fromkeys(HEADINGS.values()):
                if title in headings:
                    with formatter.section(title):
                        formatter.write_dl(headings[title])

    return Command


HEADINGS = {
    "arguments": "Arguments",
    "options": "Options",
    "lens": "Which sources, times and standing",
    "output": "Output",
}
