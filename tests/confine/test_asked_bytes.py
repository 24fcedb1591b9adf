"""Bytes asked for over the wire are the source's bytes, wherever they are read."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from holdfast.confine import frames
from holdfast.confine.child import LEAST, MOST, AskedBytes
from holdfast.intake import BytesHeld

CONTENT = random.Random(4).randbytes(5 * MOST + 17)


class Answering:
    """A wire whose other side answers at once."""

    def __init__(self) -> None:
        self.source = BytesHeld(CONTENT)
        self.asked: list[int] = []

    def send(self, kind: int, body: bytes) -> None:
        assert kind == frames.ASK
        self.range = frames.RANGE.unpack(body)

    def receive(self, *_: int) -> tuple[int, bytes]:
        self.asked.append(self.range[1])
        return frames.BYTES, self.source.read_at(*self.range)


reads = st.lists(
    st.tuples(st.integers(0, len(CONTENT) + 10), st.one_of(st.integers(0, 300), st.integers(0, 3 * MOST))), max_size=12
)


@given(reads)
def test_anywhere(reads: list[tuple[int, int]]) -> None:
    asked = AskedBytes(Answering(), len(CONTENT))  # type: ignore[arg-type]
    for offset, count in reads:
        assert asked.read_at(offset, count) == CONTENT[offset : offset + count]


def test_reading_on_asks_seldom() -> None:
    wire = Answering()
    asked = AskedBytes(wire, len(CONTENT))  # type: ignore[arg-type]
    assert b"".join(asked.read_at(at, 1000) for at in range(0, len(CONTENT), 1000)) == CONTENT
    assert len(wire.asked) < 12


def test_jumping_about_asks_for_little() -> None:
    wire = Answering()
    asked = AskedBytes(wire, len(CONTENT))  # type: ignore[arg-type]
    for at in range(len(CONTENT) - 100, 0, -MOST):
        asked.read_at(at, 10)
    assert max(wire.asked) <= LEAST
