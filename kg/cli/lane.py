"""The short way for common command lines.

Loading the full parser costs several times what a query costs. Its commands and
options are therefore also written down in `kg.cli.lane_table`, made from it by
``make docs`` and compared with it by a test; a command line that follows the
table to the letter is run at once. Anything else (an error, a request for help
of a command, an abbreviation) goes the full way, which says what is wrong.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_CONVERT = {"str": str, "int": int, "float": float}


def parse(arguments: list[str], table: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """(command, its values) of a plain command line, else None."""
    rest = list(arguments)
    values: dict[str, Any] = {"case": "."}
    while rest and rest[0] == "--case" and len(rest) > 1:
        values["case"] = rest[1]
        del rest[:2]
    if not rest or not rest[0] or rest[0] not in table:
        return None
    command = rest.pop(0)
    options, names = table[command]["options"], table[command]["arguments"]
    words: list[str] = []
    while rest:
        word = rest.pop(0)
        if word == "-" or not word.startswith("-"):
            words.append(word)
            continue
        option = options.get(word)
        if option is None:
            return None
        if option["kind"] == "flag":
            values[option["name"]] = True
            continue
        if not rest or (rest[0].startswith("-") and rest[0] != "-"):
            return None
        try:
            value = _CONVERT[option["kind"]](rest.pop(0))
        except ValueError:
            return None
        low, high = option["min"], option["max"]
        if (low is not None and value < low) or (high is not None and value > high):
            return None
        if option["many"]:
            values.setdefault(option["name"], []).append(value)
        else:
            values[option["name"]] = value
    if any(option["needed"] and option["name"] not in values for option in options.values()):
        return None
    for name, needed, many in names:
        if many:
            values[name] = words
            words = []
        elif words:
            values[name] = words.pop(0)
        elif needed:
            return None
    return None if words else (command, values)


def describe(app: Any) -> dict[str, Any]:
    """Make the table from the full parser (a typer app)."""
    import typer

    group: Any = typer.main.get_command(app)
    context = group.context_class(group, info_name="kg", terminal_width=80, max_content_width=80)
    table: dict[str, Any] = {"": group.get_help(context) + "\n"}
    for name, command in sorted(group.commands.items()):
        options, arguments = {}, []
        for param in command.params:
            if param.param_type_name == "argument":
                arguments.append([param.name, param.required, param.nargs != 1])
                continue
            if param.nargs != 1:
                # An option of two words goes the full way.
                continue
            kind = "flag" if param.is_flag else param.type.name.split()[0]
            known = {
                "name": param.name,
                "kind": kind,
                "many": param.multiple,
                "needed": param.required,
                "min": getattr(param.type, "min", None),
                "max": getattr(param.type, "max", None),
            }
            options.update(dict.fromkeys(param.opts, known))
        table[name] = {"options": options, "arguments": arguments}
    return table
