"""Memory that is given back to the system less often: answers come and go, and each needs as much again.

What a program frees glibc gives back at once where it is large, and has to be given anew, page by page, for
the next answer: one part in eight of the time of an answer of a thousand rows.
"""

from __future__ import annotations

# The numbers of glibc's malloc.h: from how much on free memory is given back, what is asked for beside what is
# needed, and from how much on a piece is a mapping of its own.
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3
_KEPT = {_MMAP_THRESHOLD: 16 << 20, _TRIM_THRESHOLD: 32 << 20, _TOP_PAD: 1 << 20}


def keep() -> None:
    """Keep what is freed, up to 32 MiB, in this process and in those that it forks; only glibc can do that."""
    import ctypes

    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        for parameter, value in _KEPT.items():
            library.mallopt(parameter, value)
