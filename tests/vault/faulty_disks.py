"""Disks that fail on purpose: a model of what a power cut leaves, a real disk that kills its process, a disk that is full."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from holdfast.vault.disk import Disk


class PowerCut(BaseException):
    """The machine is off. Not an Exception: nothing may catch it and carry on."""


class File:
    """One file of the model: what programs see, and what has reached the device (None: nothing yet)."""

    def __init__(self, content: bytes = b"") -> None:
        self.seen = bytearray(content)
        self.kept: bytes | None = None


class ModelDisk(Disk):
    """A disk in memory that knows what has reached the device. It counts its steps; step `last` is the one before dark.

    `lies` makes syncing do nothing, as broken disks and careless programs do: the control that the harness has teeth.
    """

    FATES = ("nothing", "half", "zeros", "all")

    def __init__(self, last: int | None = None, *, lies: bool = False) -> None:
        self.steps = 0
        self._last = last
        self._lies = lies
        self._files: dict[Path, File] = {}
        self._folders: set[Path] = set()
        self._kept_files: dict[Path, File] = {}
        self._kept_folders: set[Path] = set()
        self._open: dict[int, File] = {}

    def after(self, fate: str) -> ModelDisk:
        """The disk when the power is back. `fate` is what became of content and names that had not reached the device."""
        back = ModelDisk()
        names = dict(self._kept_files) if fate == "nothing" else {**self._kept_files, **self._files}
        folders = self._kept_folders if fate == "nothing" else self._kept_folders | self._folders
        back._folders, back._kept_folders = set(folders), set(folders)
        for path, file in names.items():
            content = file.kept if file.kept is not None else _left(bytes(file.seen), fate)
            back._files[path] = back._kept_files[path] = fresh = File(content)
            fresh.kept = content
        return back

    def everything(self) -> bytes:
        """All bytes that were ever visible on this disk now."""
        return b"".join(bytes(file.seen) + (file.kept or b"") for file in self._files.values())

    def _step(self) -> None:
        if self._last is not None and self.steps >= self._last:
            raise PowerCut
        self.steps += 1

    def create(self, path: Path) -> int:
        self._step()
        if path in self._files:
            raise FileExistsError
        handle = len(self._open)
        self._open[handle] = self._files[path] = File()
        return handle

    def write(self, handle: int, content: bytes | memoryview) -> int:
        file = self._open[handle]
        try:
            self._step()
        except PowerCut:
            file.seen += content[: len(content) // 2]  # the lights go out in the middle of the write
            raise
        file.seen += content
        return len(content)

    def sync(self, handle: int) -> None:
        self._step()
        if not self._lies:
            self._open[handle].kept = bytes(self._open[handle].seen)

    def close(self, handle: int) -> None:
        pass

    def sync_folder(self, path: Path) -> None:
        self._step()
        if self._lies:
            return
        self._kept_folders |= {folder for folder in self._folders if folder.parent == path}
        self._kept_files = {name: file for name, file in self._kept_files.items() if name.parent != path}
        self._kept_files |= {name: file for name, file in self._files.items() if name.parent == path}

    def make_folder(self, path: Path) -> bool:
        self._step()
        if path in self._folders:
            return False
        self._folders.add(path)
        return True

    def remove(self, path: Path) -> None:
        self._step()
        if path not in self._files:
            raise FileNotFoundError
        del self._files[path]

    def read(self, path: Path, offset: int, count: int) -> bytes:
        return bytes(self._file(path).seen[offset : offset + count])

    def size(self, path: Path) -> int:
        return len(self._file(path).seen)

    def names(self, folder: Path) -> Iterator[tuple[str, bool]]:
        yield from [(path.name, False) for path in self._files if path.parent == folder]
        yield from [(path.name, True) for path in self._folders if path.parent == folder]

    def _file(self, path: Path) -> File:
        if path not in self._files:
            raise FileNotFoundError
        return self._files[path]


def _left(content: bytes, fate: str) -> bytes:
    return {"nothing": b"", "half": content[: len(content) // 2], "zeros": bytes(len(content)), "all": content}[fate]


class CountedDisk(Disk):
    """The real disk, calling `before` ahead of each step that changes it."""

    def __init__(self) -> None:
        self.steps = 0

    def before(self, what: str) -> None:
        self.steps += 1

    def create(self, path: Path) -> int:
        self.before("create")
        return super().create(path)

    def write(self, handle: int, content: bytes | memoryview) -> int:
        self.before("write")
        return super().write(handle, content)

    def sync(self, handle: int) -> None:
        self.before("sync")
        super().sync(handle)

    def sync_folder(self, path: Path) -> None:
        self.before("sync_folder")
        super().sync_folder(path)

    def make_folder(self, path: Path) -> bool:
        self.before("make_folder")
        return super().make_folder(path)

    def remove(self, path: Path) -> None:
        self.before("remove")
        super().remove(path)

    @contextmanager
    def lock(self, path: Path, who: str) -> Iterator[None]:
        self.before("lock")
        with super().lock(path, who):
            yield


class KillingDisk(CountedDisk):
    """Kills its own process, with no time for goodbyes, at step `at`; a write is cut in half first."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._at = at

    def before(self, what: str) -> None:
        if self.steps == self._at and what != "write":
            os.kill(os.getpid(), signal.SIGKILL)
        super().before(what)

    def write(self, handle: int, content: bytes | memoryview) -> int:
        if self.steps == self._at:
            os.write(handle, content[: len(content) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return super().write(handle, content)


class FailingDisk(CountedDisk):
    """Step `at`, and with `for_good` every later one, fails with an error of the system."""

    def __init__(self, at: int, code: int = errno.ENOSPC, *, for_good: bool = True) -> None:
        super().__init__()
        self._at, self._code, self._for_good = at, code, for_good

    def before(self, what: str) -> None:
        super().before(what)
        broken = self.steps > self._at if self._for_good else self.steps == self._at + 1
        if broken and what != "remove":
            raise OSError(self._code, os.strerror(self._code))


class ShortDisk(CountedDisk):
    """Takes at most seven bytes at a time, as the system may."""

    def write(self, handle: int, content: bytes | memoryview) -> int:
        return super().write(handle, content[:7])
