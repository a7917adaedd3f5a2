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

The number is the exit code; `kg.cli.parser` is the only place that uses it.
"""

from __future__ import annotations

# The flag by its name and not from typing: loading typing takes longer than most commands.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model.problems import Problem


class KgError(Exception):
    """Base of every error that tells the user something about their input."""

    exit_code = 3


class UsageError(KgError):
    """The request itself is wrong or refused."""

    exit_code = 2


def bounded(option: str, value: float, most: int) -> float:
    """A number as given, if it is above 0 and at most so much. Raises UsageError, for nan too."""
    if not 0 < value <= most:
        raise UsageError(f"{option} {value:g}: expected a number above 0 and at most {most:,}")
    return value


class NotFound(KgError):
    """Nothing has that name; `near` holds (id, name) of what is spelt alike."""

    exit_code = 1

    def __init__(self, wanted: str, near: Sequence[tuple[str, str]] = ()) -> None:
        self.wanted, self.near = wanted, tuple(near)
        super().__init__(f"nothing is called “{wanted}”")


class Ambiguous(KgError):
    """Several things have that name; `matches` holds (id, name) of each."""

    exit_code = 1

    def __init__(self, wanted: str, matches: Sequence[tuple[str, str]]) -> None:
        self.wanted, self.matches = wanted, tuple(matches)
        super().__init__(f"“{wanted}” names {len(self.matches)} things; give the id of one")


class NothingThere(KgError):
    """What was asked for selects nothing; the message says why."""

    exit_code = 1


class BadTables(KgError):
    """The tables hold errors; `problems` has them, warnings included, but for `dropped` more."""

    def __init__(self, problems: Sequence[Problem], errors: int, dropped: int = 0) -> None:
        self.problems, self.dropped = tuple(problems), dropped
        super().__init__(f"{errors} {'error' if errors == 1 else 'errors'} in the tables")


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
