"""Where a case lies: named, write-once files with the verbs of an object store, and nothing more.

Names are relative, with `/`: `log/00000042.age`. A folder, a bucket and a page's private storage can all offer these verbs.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

from holdfast.errors import CannotOpen, HoldfastError, NotKept
from holdfast.vault.disk import Disk

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_WHY = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the space you may use is full",
    errno.EACCES: "there is no permission to write there",
    errno.EPERM: "there is no permission to write there",
    errno.EROFS: "that disk can only be read",
    errno.EIO: "the disk reported a fault",
    errno.EFBIG: "the file is too big for that disk",
    errno.ENAMETOOLONG: "the folder's path is too long",
    errno.ENOENT: "the folder is not there any more",
}


class AlreadyThere(Exception):
    """A file of that name exists. Nothing was written."""


class NotThere(Exception):
    """No file of that name."""


class Store(Protocol):
    """The verbs. A name is written once and never changes; `put_if_absent` is the only way in.

    `put_if_absent` returns when the bytes are safe, or raises AlreadyThere (nothing written) or NotKept (nothing left
    behind, if the disk allows). `read_at` gives at most `count` bytes, b"" past the end. `read_at`, `size` and `delete`
    raise NotThere. `list` gives the names under a prefix, sorted. `lock` holds the one writer's turn.
    """

    def put_if_absent(self, name: str, chunks: Iterable[bytes]) -> None: ...
    def read_at(self, name: str, offset: int, count: int) -> bytes: ...
    def list(self, prefix: str = "") -> list[str]: ...
    def size(self, name: str) -> int: ...
    def delete(self, name: str) -> None: ...
    def lock(self, who: str) -> AbstractContextManager[None]: ...


class FolderStore:
    """A store in a folder. Each file is created exclusively under its final name, then file and folder are synced.

    No links, no renames: sticks and shared folders lack them. The folder itself must exist, or its parent.
    """

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.folder = folder
        self._disk = disk or Disk()

    def __repr__(self) -> str:
        return "<FolderStore>"

    def put_if_absent(self, name: str, chunks: Iterable[bytes]) -> None:
        _must_be_ours(name)
        path = self._path(name)
        try:
            self._make_folders(path.parent)
            handle = self._disk.create(path)
        except FileExistsError:
            raise AlreadyThere(name) from None
        except OSError as error:
            raise _not_kept(error) from None
        try:
            try:
                for chunk in chunks:
                    self._write_all(handle, chunk)
                self._disk.sync(handle)  # a failed sync is final: asking again may lie
            finally:
                self._disk.close(handle)
            self._disk.sync_folder(path.parent)
        except BaseException as error:
            self._take_back(path)
            if isinstance(error, OSError):
                raise _not_kept(error) from None
            raise

    def read_at(self, name: str, offset: int, count: int) -> bytes:
        with _reading(name):
            return self._disk.read(self._path(name), offset, count)

    def size(self, name: str) -> int:
        with _reading(name):
            return self._disk.size(self._path(name))

    def list(self, prefix: str = "") -> list[str]:
        folder, _, _ = prefix.rpartition("/")
        with _reading(prefix):
            return sorted(name for name in self._walk(self.folder / folder, folder) if name.startswith(prefix))

    def delete(self, name: str) -> None:
        path = self._path(name)
        try:
            self._disk.remove(path)
            self._disk.sync_folder(path.parent)
        except FileNotFoundError:
            raise NotThere(name) from None
        except OSError as error:
            raise _not_kept(error) from None

    def remove_empty_folders(self) -> None:
        """Take away folders nothing lies in any more, this one included."""
        with suppress(OSError):
            for path in sorted(self.folder.rglob("*/"), reverse=True):
                with suppress(OSError):
                    path.rmdir()
            self.folder.rmdir()

    def lock(self, who: str) -> AbstractContextManager[None]:
        if not self.folder.is_dir():
            return nullcontext()
        return self._lock(who)

    @contextmanager
    def _lock(self, who: str) -> Iterator[None]:
        held = self._disk.lock(self.folder / "lock", who)
        try:
            held.__enter__()
        except OSError as error:
            raise _not_kept(error) from None
        try:
            yield
        finally:
            held.__exit__(None, None, None)

    def _path(self, name: str) -> Path:
        if not _leads_inside(name):
            raise ValueError("not a name this store can hold")
        return self.folder / name

    def _make_folders(self, folder: Path) -> None:
        missing = [folder]
        while missing[-1] != self.folder:
            missing.append(missing[-1].parent)
        for path in reversed(missing):
            if self._disk.make_folder(path):
                self._disk.sync_folder(path.parent)

    def _write_all(self, handle: int, chunk: bytes) -> None:
        rest = memoryview(chunk)
        while rest:
            taken = self._disk.write(handle, rest)
            if taken <= 0:
                raise OSError(errno.EIO, "nothing was written")
            rest = rest[taken:]

    def _take_back(self, path: Path) -> None:
        """Remove what this call began. If even that fails it stays as an orphan, and verify names it."""
        try:
            self._disk.remove(path)
        except OSError:
            return

    def _walk(self, folder: Path, prefix: str) -> Iterator[str]:
        try:
            found = list(self._disk.names(folder))
        except (FileNotFoundError, NotADirectoryError):
            return
        for name, is_folder in found:
            whole = f"{prefix}/{name}" if prefix else name
            if not is_folder:
                yield whole
            else:
                yield from self._walk(folder / name, whole)


class MemoryStore:
    """The same verbs in memory: for tests, and for a page that keeps nothing."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self.files: dict[str, bytes] = dict(files or {})
        self._turn = Lock()

    def __repr__(self) -> str:
        return f"<MemoryStore of {len(self.files)} files>"

    def put_if_absent(self, name: str, chunks: Iterable[bytes]) -> None:
        _must_be_ours(name)
        if name in self.files:
            raise AlreadyThere(name)
        whole = b"".join(chunks)
        if self.files.setdefault(name, whole) is not whole:
            raise AlreadyThere(name)

    def read_at(self, name: str, offset: int, count: int) -> bytes:
        return self._get(name)[offset : offset + count]

    def size(self, name: str) -> int:
        return len(self._get(name))

    def list(self, prefix: str = "") -> list[str]:
        return sorted(name for name in self.files if name.startswith(prefix))

    def delete(self, name: str) -> None:
        if self.files.pop(name, None) is None:
            raise NotThere(name)

    def lock(self, who: str) -> AbstractContextManager[object]:
        return self._turn

    def _get(self, name: str) -> bytes:
        try:
            return self.files[name]
        except KeyError:
            raise NotThere(name) from None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of a store as a ByteSource."""

    store: Store
    name: str
    size: int

    @classmethod
    def of(cls, store: Store, name: str) -> StoredFile:
        """NotThere if there is no such file."""
        return cls(store, name, store.size(name))

    def read_at(self, offset: int, count: int) -> bytes:
        return self.store.read_at(self.name, offset, count)


def read_whole(store: Store, name: str) -> bytes:
    """All bytes of a small file. NotThere if there is none."""
    pieces: list[bytes] = []
    offset = 0
    while piece := store.read_at(name, offset, 1 << 20):
        pieces.append(piece)
        offset += len(piece)
    return b"".join(pieces)


def read_or_nothing(store: Store, name: str) -> bytes:
    """All bytes of a small file; b"" if there is none."""
    try:
        return read_whole(store, name)
    except NotThere:
        return b""


def remove(store: Store, name: str) -> None:
    """Delete a file if it is there."""
    try:
        store.delete(name)
    except NotThere:
        return


def put_small(store: Store, name: str, content: bytes) -> None:
    """Put a small file, read it again and compare. AlreadyThere, or NotKept if the store gives back something else."""
    store.put_if_absent(name, [content])
    if read_whole(store, name) != content:
        raise NotKept("The disk gave back something else than was written to it.")


def _must_be_ours(name: str) -> None:
    """What is written has plain names, so that every file system can hold them."""
    if not _NAME.fullmatch(name):
        raise ValueError("not a name this store can hold")


def _leads_inside(name: str) -> bool:
    """Others may leave files with any name in the folder (`kit-1 (copy).age`): they can be listed, read and deleted."""
    return not any(step in ("", ".", "..") or "\0" in step or "\\" in step for step in name.split("/"))


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise NotThere(name) from None
    except OSError as error:
        why = _WHY.get(error.errno or 0, "the disk could not be read").replace("write", "read")
        raise CannotOpen(
            f"A file of the case cannot be read: {why}.",
            next_step="Check that the disk or stick is connected and that you may read the folder, then try again.",
        ) from None


def _not_kept(error: OSError) -> HoldfastError:
    return NotKept(f"This could not be stored: {_WHY.get(error.errno or 0, 'the disk refused')}.")
