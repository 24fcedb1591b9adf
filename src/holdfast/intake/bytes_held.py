"""Bytes in memory, read like any other source."""

from __future__ import annotations


class BytesHeld:
    """A ByteSource over bytes already held."""

    __slots__ = ("_content",)

    def __init__(self, content: bytes) -> None:
        self._content = content

    @property
    def size(self) -> int:
        return len(self._content)

    def read_at(self, offset: int, count: int) -> bytes:
        return self._content[offset : offset + count]
