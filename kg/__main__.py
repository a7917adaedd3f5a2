"""The command `kg`, and `python -m kg`: Ctrl-C is quiet from the first instruction on."""

import _signal  # type: ignore[import-not-found]  # the module signal loads as long as a query takes
import atexit
import os
import sys


def _stopped(*_: object) -> None:
    """Nothing is begun yet, so there is nothing to undo."""
    os.write(2, b"stopped\n")
    os._exit(130)


# Whoever had it ignored, as a shell does for what runs in the background, wants it so.
if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _stopped)

from kg.cli import main as cli  # noqa: E402  # what is loaded here must not be stopped aloud


def main() -> None:
    """Run the command line, and end the process.

    Where nothing waits to be done at the end, Python is not taken down piece by piece: of a
    query that would be a tenth.
    """
    try:
        cli.main()
    except SystemExit as end:
        loose = {"threading", "pyoxigraph", "coverage"}.isdisjoint(sys.modules)
        if loose and isinstance(end.code, int) and not atexit._ncallbacks():
            sys.stderr.flush()
            os._exit(end.code)
        raise


if __name__ == "__main__":
    main()
