"""Where `kg` begins and ends: run a command line, turn what comes of it into an exit code."""

from __future__ import annotations

import os
import sys

from kg.errors import Ambiguous, BadTables, KgError, NotFound, Stopped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from typing import NoReturn


def main() -> NoReturn:
    """Run the words of the command line and leave with the exit code of `kg.errors`."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot encode a name gets an escape, never a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.unraisablehook = _lost
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except KgError as error:
        code = _complain(error)
    except KeyboardInterrupt:
        _say("stopped")
        code = Stopped.exit_code
    except BrokenPipeError:
        # Whoever read us has gone; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        code = _other(error)
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    from kg import lane
    from kg.lane_table import TABLE

    wide = os.environ.get("COLUMNS", "80").isdigit() and int(os.environ.get("COLUMNS", "80")) >= 80
    if arguments in (["--help"], ["-h"]) and wide:
        sys.stdout.write(TABLE[""])
        return 0
    if plain := lane.parse(arguments, TABLE):
        from kg import commands

        run = getattr(commands, plain[0], None)
        if run is None:
            from kg import analyses

            run = getattr(analyses, plain[0], None)
        if run:
            return int(run(**plain[1]))
    from kg import cli

    return cli.run(arguments)


def _complain(error: KgError) -> int:
    from kg.commands import print_problems
    from kg.text import one_line, shown

    if isinstance(error, BadTables):
        print_problems(error.problems, error.dropped)
    _say(f"kg: {shown(str(error))}")
    matches: tuple[tuple[str, str], ...] = ()
    if isinstance(error, NotFound) and error.near:
        matches = error.near
        _say("did you mean:")
    elif isinstance(error, Ambiguous):
        matches = error.matches
        _say("it may be:")
    for name, label in matches:
        _say(f"  {name}  {one_line(label)}")
    return error.exit_code


def _other(error: Exception) -> int:
    """The parser's own complaints and exits; everything else is a fault of ours."""
    if type(error).__name__ == "Abort":
        _say("stopped")
        return Stopped.exit_code
    if hasattr(error, "show") and hasattr(error, "exit_code"):
        error.show()
        return int(error.exit_code)
    import tempfile
    import traceback

    from kg import __version__

    with tempfile.NamedTemporaryFile(
        "w", prefix="kg-report-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"kg {__version__}, Python {sys.version}\n{sys.platform}\n\n")
        file.writelines(traceback.format_exception(error))
    _say(f"kg: a fault of our own ({type(error).__name__}: {error}); please report {file.name}")
    return 70


def _lost(fault: UnraisableHookArgs) -> None:
    """Ctrl-C that lands in a finaliser or callback is thrown away by Python: ring again, soon."""
    if fault.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(fault)
        return
    import signal

    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.01)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
