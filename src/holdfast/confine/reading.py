"""What whoever reads exhibits has to offer: confined workers (`Pool`) or this process itself (`Serial`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from holdfast.model import ByteSource, Item, PartHead
from holdfast.readers import Options

Lines = list[PartHead | Item]


class Reading(Protocol):
    """A reading under way: batches of lines, in order. `close` ends it early."""

    def __iter__(self) -> Iterator[Lines]: ...

    def close(self) -> None: ...


class Reads(Protocol):
    """Whoever reads exhibits, `at_once` of them: confined workers, or this process itself."""

    @property
    def at_once(self) -> int: ...

    def start(self, source: ByteSource, file: str, options: Options) -> Reading: ...

    def read(self, source: ByteSource, file: str, options: Options) -> Iterator[PartHead | Item]: ...
