"""A window on a large file: a mailbox is read in pieces of a MiB, each once, however small its mails are."""

from __future__ import annotations

from holdfast.model import ByteSource
from holdfast.readers._contract import CHUNK


class Window:
    """Bytes of a source through the piece read last. `read_at` and `size` as of any ByteSource."""

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._start = 0
        self._piece = b""
        self.size = source.size

    def read_at(self, offset: int, count: int) -> bytes:
        at = offset - self._start
        if at < 0 or at + count > len(self._piece):
            if count > CHUNK:
                return self._source.read_at(offset, count)
            if at < 0 or min(offset + count, self.size) > self._start + len(self._piece):
                self._load(offset)
                at = 0
        return self._piece[at : at + count]

    def peek(self, offset: int, count: int) -> bytes:
        """As `read_at`, without moving the window."""
        at = offset - self._start
        if at >= 0 and at + count <= len(self._piece):
            return self._piece[at : at + count]
        return self._source.read_at(offset, count)

    def piece_at(self, offset: int) -> tuple[bytes, int]:
        """A piece that holds `offset`, and where in the file it starts; b"" past the end."""
        if not self._start <= offset < self._start + len(self._piece):
            self._load(offset)
        return self._piece, self._start

    def find(self, wanted: bytes, start: int, end: int) -> int:
        """Offset of the next `wanted` that begins at or after `start` and ends by `end`, or -1."""
        at = start
        while at + len(wanted) <= end:
            piece, base = self.piece_at(at)
            if not piece:
                return -1
            found = piece.find(wanted, at - base, end - base)
            if found >= 0:
                return base + found
            following = base + len(piece) - len(wanted) + 1
            if following > at:
                at = following
            elif base < at:
                self._load(at)
            else:
                return -1
        return -1

    def _load(self, offset: int) -> None:
        self._piece = self._source.read_at(offset, CHUNK)
        self._start = offset
