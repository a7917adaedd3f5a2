"""A TOML file of a case, whatever it is about."""

from __future__ import annotations

import tomllib

from kg.model.errors import BadCase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


def read(path: Path) -> dict[str, Any]:
    """What a TOML file says. Raises BadCase for one that is none."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadCase(f"{path}: not UTF-8 at byte {error.start:,}; save it as UTF-8") from error
    except RecursionError as error:
        raise BadCase(f'{path}: nested too deeply; expected lines as title = "A case"') from error
    except ValueError as error:
        # Beside what is no TOML: a number of thousands of digits.
        raise BadCase(f'{path}: {error}; expected lines as title = "A case"') from error
    except OSError as error:
        raise BadCase(f"{path}: {error.strerror}") from error
