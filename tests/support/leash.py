"""Servers that tests start end with the tests, also when those are killed and can tidy up nothing."""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def ends_with_us(sign: signal.Signals) -> Callable[[], None] | None:
    """For Popen(preexec_fn=…): the kernel sends `sign` to the child when we are gone. Only Linux can."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, int(sign))
