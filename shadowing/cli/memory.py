"""What a process need not hold."""

from __future__ import annotations

import contextlib
import ctypes
import gc

#: mallopt's numbers (malloc.h of glibc).
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
#: From here on what is freed goes back to the system at once: a photo, a decoded picture, a batch.
LARGE_BYTES = 128 * 1024


def hold_little() -> None:
    """Of what is freed: otherwise each thread keeps a heap of its own, as large as the largest body that it ever had.

    Only glibc does that; elsewhere nothing is to be done.
    """
    with contextlib.suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        library.mallopt(M_ARENA_MAX, 2)
        library.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        library.mallopt(M_TRIM_THRESHOLD, LARGE_BYTES)


def share_what_is_here() -> None:
    """Before forking: what is in memory now stays there, so nobody looks through it for garbage again and again.

    That would hold somebody up, and each page that is looked at is a page that is no longer shared.
    """
    gc.collect()
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
    gc.freeze()
