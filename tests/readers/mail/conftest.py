"""Mails from bytes, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from holdfast.model import Item, Message
from holdfast.readers import Look, Options, Part
from holdfast.readers._contract import HEAD, TAIL
from holdfast.readers.mail import READER


@dataclass(frozen=True)
class Held:
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read_at(self, offset: int, count: int) -> bytes:
        return self.data[offset : offset + count]


@dataclass(frozen=True)
class Mails:
    """What the tests do with bytes: take them as a part, read them, show the head to `recognise`."""

    def part(self, data: bytes, file: str = "a.eml") -> Part:
        return Part(file=file, part=(), source=Held(data))

    def items(self, data: bytes, **options: object) -> list[Item]:
        part = self.part(data)
        found = list(READER.read(part, Options(**options)))  # type: ignore[arg-type]
        assert len(found) == READER.units(part)
        assert [item.place.first for item in found] == list(range(1, len(found) + 1))
        return found

    def one(self, data: bytes, **options: object) -> Message:
        (item,) = self.items(data, **options)
        assert isinstance(item, Message)
        return item

    def children(self, data: bytes) -> list[Part]:
        assert READER.children is not None
        return list(READER.children(self.part(data)))

    def claims(self, data: bytes, name: str = "file") -> bool:
        return READER.recognise(
            Look(
                head=data[:HEAD], tail=data[-TAIL:], size=len(data), untrusted_name=name, media_type="application/octet-stream"
            )
        )


@pytest.fixture(scope="session")
def mails() -> Mails:
    return Mails()


@pytest.fixture(scope="session")
def bytes_of() -> Callable[[Part], bytes]:
    return lambda part: part.read_at(0, part.size)
