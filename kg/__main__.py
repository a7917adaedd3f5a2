"""The command `kg`, and `python -m kg`: Ctrl-C is quiet from the first instruction on."""

import _signal  # type: ignore[import-not-found]  # the module signal loads as long as a query takes
import os


def _stopped(*_: object) -> None:
    """Nothing is begun yet, so there is nothing to undo."""
    os.write(2, b"stopped\n")
    os._exit(130)


# Whoever had it ignored, as a shell does for what runs in the background, wants it so.
if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _stopped)

from kg.cli.main import main  # noqa: E402  # what is loaded here must not be stopped aloud

if __name__ == "__main__":
    main()
