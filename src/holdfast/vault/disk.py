"""The few things a folder store asks of the operating system, one call each, so that tests can stand in for the disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

from holdfast.errors import CannotOpen

_LOCK_TRIES = 50
_LOCK_PAUSE = 0.1
"""A second writer waits 50 times 0.1 s, then is told who holds the lock."""
_LOCK_BYTE = 1 << 30  # Windows locks byte ranges and hides what is locked: stay clear of the text that names the holder
_NO_LOCKS_HERE = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS, errno.EINVAL}


class Disk:
    """A folder on this machine. Every method is one step that can fail or be the last one before the power goes."""

    def create(self, path: Path) -> int:
        """Open a file that must not exist yet. FileExistsError if it does."""
        return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)

    def write(self, handle: int, content: bytes | memoryview) -> int:
        """How many bytes were taken: fewer than given is allowed."""
        return os.write(handle, content)

    def sync(self, handle: int) -> None:
        """Return when the content has reached the device, and forget the copy in memory, so that reading reads the device."""
        os.fsync(handle)
        if hasattr(os, "posix_fadvise"):
            with suppress(OSError):  # only a hint
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)

    def close(self, handle: int) -> None:
        os.close(handle)

    def sync_folder(self, path: Path) -> None:
        """Return when the names in a folder have reached the device. Windows has no such call: its names are journalled."""
        if os.name == "nt":
            return
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def make_folder(self, path: Path) -> bool:
        """Whether it had to be made. Its parent must exist."""
        try:
            os.mkdir(path, 0o700)
        except FileExistsError:
            return False
        return True

    def remove(self, path: Path) -> None:
        os.unlink(path)

    def read(self, path: Path, offset: int, count: int) -> bytes:
        with open(path, "rb", buffering=0) as file:
            file.seek(offset)
            pieces = []
            while count > 0 and (piece := file.read(count)):
                pieces.append(piece)
                count -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def size(self, path: Path) -> int:
        return os.stat(path).st_size

    def names(self, folder: Path) -> Iterator[tuple[str, bool]]:
        """Names in a folder, each with whether it is a folder itself. Links are shown as files, never followed."""
        with os.scandir(folder) as entries:
            for entry in entries:
                yield entry.name, entry.is_dir(follow_symlinks=False)

    @contextmanager
    def lock(self, path: Path, who: str) -> Iterator[None]:
        """Hold the only writer's turn. CannotOpen, naming the holder, after 5 s of waiting.

        Where the file system knows no locks, writing goes on: log entries are created exclusively, so two writers cannot
        take one number.
        """
        handle = os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600)
        try:
            for attempt in range(_LOCK_TRIES + 1):
                if _try_lock(handle):
                    break
                if attempt == _LOCK_TRIES:
                    raise CannotOpen(
                        f"Another program is writing to this case: {_holder(handle)}.",
                        next_step="Wait until it is done, or close it, then try again.",
                    )
                sleep(_LOCK_PAUSE)
            with suppress(OSError):  # a full disk must not keep anyone from their turn
                os.ftruncate(handle, 0)
                os.write(handle, f"{who}, process {os.getpid()}".encode())
            yield
        finally:
            os.close(handle)  # gives the lock back


def _holder(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    found = os.read(handle, 200).decode("utf-8", errors="replace")
    return "".join(letter for letter in found if letter.isprintable()) or "it did not say which"


def _try_lock(handle: int) -> bool:
    if os.name == "nt":
        import msvcrt

        os.lseek(handle, _LOCK_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in _NO_LOCKS_HERE:
            return True
        raise
    return True
