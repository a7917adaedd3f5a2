"""What can go wrong, one class each.

    KgError                     every error that is not our own bug
    ├── UsageError         2    wrong words on the command line, or a refused request
    ├── NotFound           1    no such name; carries the near ones
    ├── Ambiguous          1    several things have that name; carries them
    ├── NothingThere       1    what was asked for selects nothing
    ├── BadTables          3    the case's tables hold errors; carries every one of them
    ├── BadCase            3    the case as a whole can't be read
    ├── BadData            3    an RDF file of somebody else's can't be read, or is refused
    ├── NoGraph            3    nothing has been built yet
    ├── BadGraph           3    the graph is damaged or of another version
    ├── OutOfBounds        4    stopped for time, size or space; or locked
    └── Stopped          130    the user pressed Ctrl-C

The number is the exit code; `kg.cli.main` is the only place that uses it.

A message names a parameter by `parameter`, and each face says it in its own form: ``as_of`` in
Python, ``--as-of`` on the command line.
"""

from __future__ import annotations

# The flag by its name and not from typing: loading typing takes longer than most commands.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.model.problems import Problem

# Two characters that Unicode keeps free for a program's own use, around a parameter's name.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"


def parameter(name: str) -> str:
    """The name of a parameter as a message holds it, until `spoken` gives it the face's form."""
    return f"{_OPEN}{name}{_CLOSE}"


def spoken(message: str, form: Callable[[str], str] = str) -> str:
    """A message with each parameter's name in the form of a face; as it is in Python by default.

    >>> spoken(f"raise {parameter('timeout')}", lambda name: f"--{name}")
    'raise --timeout'
    """
    if _OPEN not in message:
        return message
    first, *rest = message.split(_OPEN)
    parts = (part.partition(_CLOSE) for part in rest)
    return first + "".join((form(name) if sign else name) + after for name, sign, after in parts)


class KgError(Exception):
    """Base of every error that tells the user something about their input."""

    exit_code = 3

    def __str__(self) -> str:
        return self.said()

    def said(self, form: Callable[[str], str] = str) -> str:
        """The message with the names of parameters in the form of a face."""
        return spoken(super().__str__(), form)


class UsageError(KgError):
    """The request itself is wrong or refused."""

    exit_code = 2


def bounded(name: str, value: float, most: int) -> float:
    """A parameter's number, if it is above 0 and at most so much. Raises UsageError, for nan too."""
    if not 0 < value <= most:
        raise UsageError(
            f"{parameter(name)} {value:g}: expected a number above 0 and at most {most:,}"
        )
    return value


def _listed(several: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"“{name}” ({id_})" for id_, name in several)


class NotFound(KgError):
    """Nothing has that name; `near` holds (id, name) of what is spelt alike.

    >>> str(NotFound("Bobb", [("bob", "Bob")]))
    'nothing is called “Bobb”; did you mean “Bob” (bob)?'
    """

    exit_code = 1

    def __init__(self, wanted: str, near: Sequence[tuple[str, str]] = ()) -> None:
        self.wanted, self.near = wanted, tuple(near)
        super().__init__(f"nothing is called “{wanted}”")

    def __str__(self) -> str:
        return f"{self.said()}; did you mean {_listed(self.near)}?" if self.near else self.said()


class Ambiguous(KgError):
    """Several things have that name; `matches` holds (id, name) of each."""

    exit_code = 1

    def __init__(self, wanted: str, matches: Sequence[tuple[str, str]]) -> None:
        self.wanted, self.matches = wanted, tuple(matches)
        super().__init__(f"“{wanted}” names {len(self.matches)} things; give the id of one")

    def __str__(self) -> str:
        return f"{self.said()}: {_listed(self.matches)}"


class NothingThere(KgError):
    """What was asked for selects nothing; the message says why."""

    exit_code = 1


# So many problems are told with the error itself.
_TOLD = 20


class BadTables(KgError):
    """The tables hold errors; `problems` has them, warnings included, but for `dropped` more.

    `told` says so in other words where it is not the tables that are at fault.
    """

    def __init__(
        self, problems: Sequence[Problem], errors: int, dropped: int = 0, told: str = ""
    ) -> None:
        self.problems, self.dropped = tuple(problems), dropped
        counted = f"{errors} {'error' if errors == 1 else 'errors'}"
        super().__init__(told or f"{counted} in the tables")
        # For whoever sees only a traceback.
        for problem in self.problems[:_TOLD]:
            self.add_note(str(problem))


class BadCase(KgError):
    """The folder is no case, or its case.toml or ontology can't be read."""


class BadData(KgError):
    """An RDF file that was given to be asked cannot be read, or is refused."""


class NoGraph(KgError):
    """Nothing has been built from the case yet."""


class BadGraph(KgError):
    """The built graph is damaged, or made by another version."""


class OutOfBounds(KgError):
    """Stopped for time, size or space, or because somebody else is building."""

    exit_code = 4


class Stopped(KgError):
    """The user pressed Ctrl-C."""

    exit_code = 130
