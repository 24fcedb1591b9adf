"""Files and folders as they lie on this computer. Outer ring: the only place in intake that knows paths.

Nothing is skipped silently: what cannot be read is found too, with the reason, and becomes a gap.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from holdfast.errors import WrongUse


class Found(msgspec.Struct, frozen=True):
    """One thing that was found. `name` is relative to what was given and differs from every other name of the same search.

    `gap` is a sentence saying why it cannot be read; None for an ordinary file. `size` is bytes, 0 where unknown.
    """

    name: str
    path: Path
    size: int
    gap: str | None = None


def found(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Found]:
    """Everything in the given files and folders, folders whole and sorted by name, links not followed.

    A link that was given by name is followed: the person asked for it. Raises WrongUse, before anything is found, for a
    path that is not there.
    """
    given = [Path(path) for path in paths]
    for path in given:
        if not os.path.lexists(path):
            raise WrongUse(f"There is no file or folder named {str(path)!r}.")
    return _numbered(one for path in given for one in _under(path))


def _under(path: Path) -> Iterator[Found]:
    try:
        status = os.stat(path)
    except OSError as error:
        yield Found(path.name, path, 0, _refusal(error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path)
    else:
        yield _one(path.name, path, status)


def _folder(folder: Path) -> Iterator[Found]:
    # A stack, not recursion: folders may be nested deeper than Python's stack.
    waiting = [(folder, "", True)]
    while waiting:
        path, name, is_folder = waiting.pop()
        try:
            if is_folder:
                with os.scandir(path) as scan:
                    entries = sorted(scan, key=lambda entry: entry.name, reverse=True)
                start = f"{name}/" if name else ""
                waiting += [(Path(entry.path), start + entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
            else:
                yield _one(name, path, os.lstat(path))
        except OSError as error:
            yield Found(name or folder.name, path, 0, _refusal(error))


def _one(name: str, path: Path, status: os.stat_result) -> Found:
    mode = status.st_mode
    if stat.S_ISREG(mode):
        return Found(name, path, status.st_size)
    if stat.S_ISLNK(mode):
        return Found(name, path, 0, "This is a link to another place. Links inside a folder are not followed.")
    return Found(name, path, 0, "This is not a file but a device, a pipe or a socket. It is not opened.")


def _refusal(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "This computer does not allow Holdfast to open it."
    if isinstance(error, FileNotFoundError):
        return "It was gone when Holdfast came to open it."
    return f"It could not be opened ({error.strerror or type(error).__name__})."


def _numbered(things: Iterable[Found]) -> Iterator[Found]:
    """The same, with a number behind a name that came before: two folders may both hold a chat.txt."""
    seen: dict[str, int] = {}
    for thing in things:
        name = thing.name.encode("utf-8", "replace").decode("utf-8")  # file names may hold bytes that are no text
        count = seen[name] = seen.get(name, 0) + 1
        while count > 1 and f"{name} ({count})" in seen:
            count += 1
        if count > 1:
            seen[name], name = count, f"{name} ({count})"
            seen[name] = 1
        yield Found(name, thing.path, thing.size, thing.gap)


class FileBytes:
    """A ByteSource over one ordinary file, open until `close`. `size` is what it was when opened.

    Raises CannotRead (a sentence) when the file cannot be opened or is not an ordinary file.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            self._file = os.open(path, flags)  # non-blocking: a pipe put in the file's place must not hold us up
        except OSError as error:
            raise CannotRead(_refusal(error)) from None
        status = os.fstat(self._file)
        if not stat.S_ISREG(status.st_mode):
            os.close(self._file)
            raise CannotRead("This is not a file but a device, a pipe or a socket. It is not opened.")
        self._size = status.st_size

    @property
    def size(self) -> int:
        return self._size

    def read_at(self, offset: int, count: int) -> bytes:
        """At most `count` bytes. Raises OSError when the disk cannot give them."""
        wanted = min(count, self._size - offset)
        pieces = []
        while wanted > 0 and (piece := self._read(offset, wanted)):
            pieces.append(piece)
            offset += len(piece)
            wanted -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _read(self, offset: int, count: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._file, count, offset)
        os.lseek(self._file, offset, os.SEEK_SET)  # Windows: one reader at a time, which is how sources are used
        return os.read(self._file, count)

    def close(self) -> None:
        os.close(self._file)

    def __enter__(self) -> FileBytes:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class CannotRead(Exception):
    """A file that was there cannot be read; the text is the reason, as a sentence."""
