"""How long a worker may go without progress: five seconds of its own time, so that a busy computer costs no evidence.

Only Linux tells how much of the processor another process had; elsewhere it is five seconds on the clock.
"""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path

PATIENCE = 5.0  # seconds without progress, after which a worker is stopped
LONGEST = 60.0  # seconds on the clock, however little of them the worker had


class Patience:
    """Watches the process that does a worker's work: the last in a row of children, or the process itself."""

    def __init__(self, pid: int) -> None:
        self._pid = _last_of(pid)
        self.progress()

    def progress(self) -> None:
        """The worker was heard of."""
        self._heard, self._had = time.monotonic(), self._used()

    def is_over(self) -> bool:
        """After a silence of PATIENCE: whether the worker had its time. False while it wants to run and was not let."""
        if self._had is None or time.monotonic() - self._heard >= LONGEST:
            return True
        used = self._used()
        return used is None or used - self._had >= PATIENCE or not self._wants_to_run()

    def _used(self) -> float | None:
        """Seconds of processor time, by the clock every Linux process has: clock_getcpuclockid(3)."""
        if sys.platform != "linux":
            return None
        with contextlib.suppress(OSError):
            return time.clock_gettime((~self._pid << 3) | 2)
        return None

    def _wants_to_run(self) -> bool:
        with contextlib.suppress(OSError, IndexError):
            state = Path(f"/proc/{self._pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
            return state in ("R", "D")
        return False


def _last_of(pid: int) -> int:
    """A worker goes on in a child of the process that was started; /proc says which, where there is one."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        while children := Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split():
            pid = int(children[-1])
    return pid
