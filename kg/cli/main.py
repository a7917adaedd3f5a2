"""Where `kg` begins and ends: run a command line, turn what comes of it into an exit code."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # the module signal loads as long as a query takes
import gc
import os
import sys

from kg.model.errors import (
    Ambiguous,
    BadTables,
    KgError,
    NotFound,
    OutOfBounds,
    Stopped,
    UsageError,
)
from kg.model.systems import refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from sys import UnraisableHookArgs
    from typing import Any, NoReturn, TextIO

# A short command leaves nothing to collect, and each look for it costs as much as an import.
gc.set_threshold(100_000)

_TERMINATED = 128 + _signal.SIGTERM
_ended = Stopped.exit_code


def main() -> NoReturn:
    """Run the words of the command line and leave with the exit code of `kg.model.errors`."""
    sys.unraisablehook = _lost
    _fill_gaps()
    if told := refusal(os.name):
        _say(f"kg: {told}")
        sys.exit(UsageError.exit_code)
    try:
        try:
            # Until here Ctrl-C ended the process at once (kg.__main__); now there is somebody to hear.
            if _signal.getsignal(_signal.SIGINT) is not _signal.SIG_IGN:
                _signal.signal(_signal.SIGINT, _signal.default_int_handler)
            _signal.signal(_signal.SIGTERM, _terminated)
            # Whoever started us may have theirs forgotten; ours are waited for.
            _signal.signal(_signal.SIGCHLD, _signal.SIG_DFL)
            for stream in (sys.stdout, sys.stderr):
                # A terminal that cannot encode a name gets an escape, never a crash.
                if hasattr(stream, "reconfigure"):
                    stream.reconfigure(errors="backslashreplace")
            if not isinstance(sys.stderr, _Talk):
                sys.stderr = _Talk(sys.stderr)
            code = _run(sys.argv[1:])
            code = _flushed() or code
        except KgError as error:
            code = _complain(error)
        except BrokenPipeError:
            # Whoever read us has gone; nothing more can be said to them.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        except OSError as error:
            _say(f"kg: {error}")
            code = OutOfBounds.exit_code
        except Exception as error:
            code = -1 if _interrupted(error) else _other(error)
        _deaf()
    except KeyboardInterrupt:
        _deaf()
        code = -1
    if code == -1:
        # What was running is ended by now, with the frames that held it. Not sys.exit: if it was
        # exec or eval that was interrupted, as in a namedtuple, Python would die of SIGINT.
        _say("stopped")
        sys.stderr.flush()
        _settle()
        if scratch := sys.modules.get("kg.store.scratch"):
            scratch.clear()
        os._exit(_ended)
    _settle()
    sys.exit(code)


def _interrupted(error: BaseException | None) -> bool:
    """Whether Ctrl-C lies behind an error: where a class is being made, Python wraps it in one."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _fill_gaps() -> None:
    """A stream that was closed, as by `>&-`, leads nowhere: what we open must not take its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # Opened in order, each takes the lowest free number, which is the one that is missing.
            os.open(os.devnull, os.O_RDWR)
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


class _Talk:
    """stderr, until it takes no more: what is done goes on when nobody hears of it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError:
            self._stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return len(text)


def _flushed() -> int:
    """Have what was printed written; 4 if it cannot be, though what was asked is done."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _say(f"kg: the answer cannot be written: {error.strerror}")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OutOfBounds.exit_code
    return 0


def _deaf() -> None:
    """What was asked is answered: Ctrl-C now has nothing left to stop."""
    for number in (_signal.SIGINT, _signal.SIGTERM, _signal.SIGALRM):
        _signal.signal(number, _signal.SIG_IGN)


def _terminated(*_: object) -> None:
    """End as Ctrl-C does, so that nothing of ours goes on alone."""
    global _ended
    _ended = _TERMINATED
    raise KeyboardInterrupt


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["help"] and len(arguments) == 2:
        from kg import verbs
        from kg.text import manual

        # Of a verb that has a page too, the verb of help tells how to reach it.
        if verbs.named(arguments[1]) and not manual.has(arguments[1]):
            arguments = [arguments[1], "--help"]
    columns = os.environ.get("COLUMNS", "80")[:9]
    if arguments in (["--help"], ["-h"]) and columns.isdecimal() and int(columns) >= 80:
        from kg.cli.overview import written

        sys.stdout.write(written())
        return 0
    if arguments[:1] in (["--complete"], ["--completion"]):
        from kg.cli import completion

        return completion.run(arguments[0], arguments[1:])
    address = None
    if os.environ.get("KG_STORE", "").strip() or any(
        word.startswith("--store") for word in arguments
    ):
        from kg.cli import stores

        arguments, address = stores.taken(arguments)
    for before, word in zip(["", *arguments], arguments, strict=False):
        # What a script's unset variable leaves must not mean “everything”.
        if not word or (word.startswith("--") and word.endswith("=")):
            place = f" after {before}" if before.startswith("-") else ""
            told = f"{word.rstrip('=') or f'a value{place}'} is empty"
            raise UsageError(f"{told}; give one, or leave the option out")
    if _engine_first(arguments) and not address:
        from kg.sparql import ahead

        ahead.begin()
    from kg.cli import output, parser

    found = parser.plain(arguments) or parser.full(arguments)
    return found if isinstance(found, int) else output.run(*found, address)


def _engine_first(arguments: list[str]) -> bool:
    """Whether the engine seems to be asked about the graph on this disk first thing.

    Where it is not after all, its process ends unasked.
    """
    verb, *words = arguments[2 if arguments[:1] == ["--case"] else 0 :] or [""]
    others = ("--data", "--graph", "--help", "-h")
    return verb in ("query", "ask") and bool(words) and not any(w.startswith(others) for w in words)


def _settle() -> None:
    """Have no process of ours left behind."""
    if ahead := sys.modules.get("kg.sparql.ahead"):
        ahead.settle()


def _complain(error: KgError) -> int:
    from kg.text.untrusted import one_line, shown
    from kg.verbs.check import lines
    from kg.verbs.description import flag

    if isinstance(error, BadTables):
        for line in lines(error.problems, error.dropped):
            _say(shown(line))
    _say(f"kg: {shown(error.said(flag))}")
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
    if type(error).__name__ == "DatabaseError":
        _say(f"kg: damaged: ledger.sqlite ({error}); run kg build")
        return 3
    from kg.text.untrusted import one_line

    _say(
        f"kg: a fault of our own ({one_line(f'{type(error).__name__}: {error}')}); {_report(error)}"
    )
    return 70


def _report(error: Exception) -> str:
    """Write where in the code it happened to a file; say what to do with it."""
    import tempfile

    from kg import __version__

    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="kg-report-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(
                "This holds versions and places in the code, and no text of your case: what the "
                "error says, which may quote it, stands on your screen alone.\n\n"
                f"kg {__version__}, Python {sys.version}\n{sys.platform}\n\n"
            )
            file.writelines(_places(error))
    except OSError as fault:
        return f"its report could not be written ({fault.strerror}); please report this line"
    return f"please report {file.name}"


def _places(error: BaseException | None) -> Iterator[str]:
    """An error and those behind it, innermost call last, with neither messages nor folders."""
    import traceback

    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}\n"
        for frame in traceback.extract_tb(error.__traceback__):
            place = "/".join(frame.filename.replace(os.sep, "/").split("/")[-2:])
            yield f"  {place}, line {frame.lineno}, in {frame.name}: {frame.line}\n"
        error = error.__cause__ or error.__context__


def _lost(fault: UnraisableHookArgs) -> None:
    """Ctrl-C that lands in a finaliser or callback is thrown away by Python: ring again, soon."""
    if fault.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(fault)
        return
    _signal.signal(_signal.SIGALRM, _signal.default_int_handler)
    _signal.setitimer(_signal.ITIMER_REAL, 0.01)


def _say(text: str) -> None:
    try:
        print(text, file=sys.stderr)
    except (OSError, ValueError):
        # Nobody listens, or the pipe is broken: the exit code has to tell it alone.
        return
