"""A person at a terminal: what appears is waited for, then answered."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .conftest import environment

CONTROL_C = "\x03"
A_MOMENT = 0.3  # seconds before typing: what comes before a hidden prompt is ready is thrown away by the terminal
Typed = str | Callable[[str], str]


@dataclass(frozen=True)
class Sat:
    """How a sitting ended, and everything that was to be seen on the screen."""

    code: int
    screen: str


def at_keyboard(folder: Path, arguments: Sequence[object], typing: Sequence[tuple[str, Typed]], patience: float = 60) -> Sat:
    """Runs a verb in a terminal of its own. `typing`: a pattern to wait for, and what is then typed."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    environ = {**environment(home), "TERM": "xterm"}
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests may have switched it off
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "holdfast", *map(str, arguments)], environ)
    screen, seen, until = b"", 0, time.monotonic() + patience
    try:
        for pattern, keys in typing:
            while (found := re.compile(pattern.encode()).search(screen, seen)) is None:
                piece = _next(terminal, until)
                assert piece, f"{pattern!r} did not appear: {screen.decode(errors='replace')}"
                screen += piece
            seen = found.end()
            time.sleep(A_MOMENT)
            os.write(terminal, (keys if isinstance(keys, str) else keys(screen.decode())).encode())
        while piece := _next(terminal, until):
            screen += piece
    finally:
        os.close(terminal)
        _, status = os.waitpid(child, 0)
    return Sat(os.waitstatus_to_exitcode(status), screen.decode().replace("\r\n", "\n"))


def _next(terminal: int, until: float) -> bytes:
    ready, _, _ = select.select([terminal], [], [], max(0, until - time.monotonic()))
    try:
        return os.read(terminal, 1 << 16) if ready else b""
    except OSError:  # Linux says so when the other side has gone
        return b""


def no_terminal() -> bool:
    """Whether this system has no pseudo-terminal to sit at."""
    try:
        for end in os.openpty():
            os.close(end)
    except OSError:
        return True
    return False
