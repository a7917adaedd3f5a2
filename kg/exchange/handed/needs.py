"""Libraries that some forms need and kg does not bring."""

from __future__ import annotations

from kg.model.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def needed(library: str, extra: str) -> Any:
    """A library of an extra. Raises UsageError that names what to install."""
    import importlib

    try:
        return importlib.import_module(library)
    except ImportError as error:
        raise UsageError(
            f"this form needs {library}, which is not installed; pip install 'actors-kg[{extra}]'"
        ) from error
