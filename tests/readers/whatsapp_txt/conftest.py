"""Reading a text as a WhatsApp export, as every test here does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from holdfast.model import Item
from holdfast.readers import Options, Part
from holdfast.readers.whatsapp_txt import READER

Reading = Callable[..., list[Item]]


class Held:
    def __init__(self, content: bytes) -> None:
        self.content = content

    @property
    def size(self) -> int:
        return len(self.content)

    def read_at(self, offset: int, count: int) -> bytes:
        return self.content[offset : offset + count]


@pytest.fixture(scope="session")
def reading() -> Reading:
    """`reading(text or bytes, me=..., date_order=..., zone=...)`: the items."""

    def read(
        content: str | bytes, beside: frozenset[str] = frozenset(), part: tuple[str, ...] = (), **answers: object
    ) -> list[Item]:
        data = content.encode() if isinstance(content, str) else content

        def sibling(name: str) -> Part | None:
            return Part("export", (name,), Held(b"x")) if name in beside else None

        made = Part("export", part, Held(data), sibling=sibling)
        items = list(READER.read(made, Options(**answers)))  # type: ignore[arg-type]
        ends = [0, *(item.place.last for item in items)]
        assert [item.place.first for item in items] == [end + 1 for end in ends[:-1]]
        assert ends[-1] == READER.units(made)
        return items

    return read
