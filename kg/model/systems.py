"""The systems that kg works on: a query runs in a forked process under a clock, as Unix has it."""

from __future__ import annotations

import os

_TOLD = (
    "on Windows kg works inside WSL, Microsoft's Linux for Windows: install that, and in its shell "
    "pip install actors-kg; folders of Windows are under /mnt/c there"
)


def refusal(name: str = os.name) -> str:
    """What to say where kg cannot work, in one sentence; empty where it can.

    >>> refusal("posix"), refusal("nt").startswith("on Windows kg works inside WSL")
    ('', True)
    """
    return _TOLD if name == "nt" else ""
