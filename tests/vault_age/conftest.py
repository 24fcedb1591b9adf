"""What the tests of this room share: bytes as a source, and as a stream that gives less than it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest


@dataclass
class InMemory:
    """Bytes as a `ByteSource`. `asked` lists the reads, (offset, count)."""

    content: bytes
    asked: list[tuple[int, int]] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.content)

    def read_at(self, offset: int, count: int) -> bytes:
        self.asked.append((offset, count))
        return self.content[offset : offset + count]


@pytest.fixture(scope="session")
def in_memory() -> type[InMemory]:
    return InMemory


@pytest.fixture(scope="session")
def reading() -> Callable[..., Callable[[int], bytes]]:
    """`reading(content, most)` is a `read(count)` over `content` that never gives more than `most` bytes at once."""

    def over(content: bytes, most: int = 1 << 20) -> Callable[[int], bytes]:
        at = 0

        def read(count: int) -> bytes:
            nonlocal at
            piece = content[at : at + min(count, most)]
            at += len(piece)
            return piece

        return read

    return over
