"""What a reader is. A reader turns one part into items; it never skips, never raises, never asks.

Every unit of the part belongs to exactly one item it yields, in file order. `tests/readers/` holds every reader to this,
present and future, with the samples it brings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from holdfast.model import ByteSource, Item, Place

HEAD = 64 * 1024
TAIL = 4 * 1024
CHUNK = 1 << 20

DateOrder = Literal["dmy", "mdy", "ymd"]


@dataclass(frozen=True, slots=True)
class Options:
    """Answers a reader may need and must not ask for.

    `me`: names, numbers or addresses of the person themselves. `date_order`: how days and months are written, if a person
    said so. `zone`: IANA name, if a person said so.
    """

    me: frozenset[str] = frozenset()
    date_order: DateOrder | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of one file: its bytes, its place, and the way to the parts beside it.

    `sibling(name)` gives a part of the same container by path ("data/account.js") or by suffix of its own name ("-wal"),
    or None.
    """

    file: str
    part: tuple[str, ...]
    source: ByteSource
    media_type: str = "application/octet-stream"
    sibling: Callable[[str], Part | None] = field(default=lambda _name: None, repr=False)

    @property
    def size(self) -> int:
        return self.source.size

    @property
    def untrusted_name(self) -> str:
        """Last name on the way in. From outside: may be shown escaped, never trusted."""
        return self.part[-1] if self.part else self.file

    def read_at(self, offset: int, count: int) -> bytes:
        return self.source.read_at(offset, count)

    def place(self, unit: str, first: int, last: int) -> Place:
        return Place(file=self.file, part=self.part, unit=unit, first=first, last=last)

    def chunks(self) -> Iterator[bytes]:
        """All bytes in order, at most 1 MiB at a time."""
        offset = 0
        while chunk := self.source.read_at(offset, CHUNK):
            yield chunk
            offset += len(chunk)

    def lines(self) -> Iterator[bytes]:
        """Lines cut at LF only, each with its LF (the last one perhaps without). No empty line after a final LF.

        A line longer than the file's chunk is kept whole: memory is the longest line.
        """
        rest: list[bytes] = []
        for chunk in self.chunks():
            pieces = chunk.split(b"\n")
            if len(pieces) == 1:
                rest.append(chunk)
                continue
            rest.append(pieces[0])
            yield b"".join(rest) + b"\n"
            for piece in pieces[1:-1]:
                yield piece + b"\n"
            rest = [pieces[-1]] if pieces[-1] else []
        if rest:
            yield b"".join(rest)


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader may look at to recognise its format: content decides, the name may only support."""

    head: bytes
    tail: bytes
    size: int
    untrusted_name: str
    media_type: str
    json_keys: frozenset[str] = frozenset()
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    siblings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented export in the format, with how many messages it holds. Used by the property tests."""

    content: bytes
    messages: int


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. `read` yields the items of a part; `units` counts its units (lines, records, mails), cheaply, as `read`
    numbers them. `unit` is the word for one. `recognise`, `units`, `read` and `children` never raise on any bytes.

    `children` gives the parts inside this one (attachments of a mail), or none. `general` readers are tried when no other
    claims the part. `version` changes whenever the same bytes could give other items.
    """

    id: str
    title: str
    platform: str
    unit: str
    recognise: Callable[[Look], bool]
    units: Callable[[Part], int]
    read: Callable[[Part, Options], Iterable[Item]]
    samples: tuple[Sample, ...]
    children: Callable[[Part], Iterable[Part]] | None = None
    general: bool = False
    version: str = "1"
