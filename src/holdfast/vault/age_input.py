"""Reading in order from a `read(count)` function that may give less than asked, as files, pipes and sockets do."""

from __future__ import annotations

from collections.abc import Callable

BLOCK = 1 << 18


class Inflow:
    """Bytes in order, by line or by count. `consumed` counts what was handed out; memory is one block and one request."""

    def __init__(self, read: Callable[[int], bytes], block: int = BLOCK) -> None:
        self._read = read
        self._block = block
        self._held = b""
        self._at = 0
        self.consumed = 0

    def take(self, count: int) -> memoryview:
        """The next `count` bytes, fewer only at the end."""
        if len(self._held) - self._at < count:
            self._fill(count)
        found = memoryview(self._held)[self._at : self._at + count]
        self._at += len(found)
        self.consumed += len(found)
        return found

    def line(self, limit: int) -> bytes:
        """The next line with its LF; without LF if it ends, or grows to `limit` bytes, before one."""
        while (end := self._held.find(b"\n", self._at, self._at + limit)) < 0:
            wanted = min(limit, max(256, 2 * (len(self._held) - self._at)))
            if len(self._held) - self._at >= limit or not self._fill(wanted):
                return bytes(self.take(limit))
        return bytes(self.take(end + 1 - self._at))

    def _fill(self, count: int) -> bool:
        """Hold at least `count` bytes if there are that many; says whether anything came."""
        pieces = [self._held[self._at :]]
        have = before = len(pieces[0])
        while have < count and (piece := self._read(max(self._block, count - have))):
            pieces.append(piece)
            have += len(piece)
        self._held = b"".join(pieces)
        self._at = 0
        return have > before
