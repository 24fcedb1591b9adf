"""What a worker that was taken over could send, and what becomes of it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from holdfast.confine.checked import Checked
from holdfast.confine.frames import Broken, Want, piece_of, unpacked
from holdfast.confine.job import InHand
from holdfast.model import Furniture, Gap, Message, PartHead, Place

HEAD = PartHead(schema=1, file="f", part=(), reader="toy", reader_version="1", sha256="00", size=100, units=3)


def head(**other: Any) -> PartHead:
    return msgspec.structs.replace(HEAD, **other)


def message(first: int, last: int, file: str = "f", part: tuple[str, ...] = (), unit: str = "line") -> Message:
    return Message(place=Place(file=file, part=part, unit=unit, first=first, last=last), text="x")


IN_HAND = InHand((), "00", 100, None, "line")
HONEST = [InHand(()), IN_HAND, HEAD, message(1, 1), message(2, 3)]


def test_an_honest_reading_passes() -> None:
    checked = Checked("f", 100)
    assert checked.lines(HONEST) == HONEST[2:]
    assert checked.ended()
    assert not checked.lied


@pytest.mark.parametrize(
    "lie",
    [
        [HEAD],
        [IN_HAND, head(file="other")],
        [IN_HAND, head(part=("x",))],
        [IN_HAND, head(sha256="11")],
        [IN_HAND, head(size=99)],
        [IN_HAND, head(schema=2)],
        [IN_HAND, head(units=-1)],
        [IN_HAND, head(units=10**12)],
        [InHand((), "00", 101, None, "line"), head(size=101)],
        [IN_HAND, HEAD, HEAD],
        [IN_HAND, HEAD, IN_HAND],
        [IN_HAND, HEAD, message(2, 2)],
        [IN_HAND, HEAD, message(1, 4)],
        [IN_HAND, HEAD, message(0, 1)],
        [IN_HAND, HEAD, message(1, 0)],
        [IN_HAND, HEAD, message(1, 1, file="other")],
        [IN_HAND, HEAD, message(1, 1, part=("x",))],
        [IN_HAND, HEAD, message(1, 1, unit="page")],
        [IN_HAND, HEAD, message(1, 3), message(4, 4)],
        [IN_HAND, HEAD, message(1, 3), IN_HAND, HEAD],
        [message(1, 1)],
    ],
)
def test_a_line_that_may_not_stand_there_ends_the_reading(lie: list[Any]) -> None:
    checked = Checked("f", 100)
    kept = checked.lines(lie)
    assert checked.lied
    assert kept == [line for line in lie[:-1] if not isinstance(line, InHand)]


def test_items_about_the_whole_do_not_come_without_end() -> None:
    checked = Checked("f", 100)
    checked.lines([IN_HAND, HEAD])
    flood = Furniture(place=Place(file="f", unit="line", first=0, last=0))
    assert len(checked.lines([flood] * 20_000)) < 20_000
    assert checked.lied


def test_afterthoughts_do_not_come_without_end() -> None:
    checked = Checked("f", 100)
    inner = InHand(("a",), "00", 10, None, "line")
    checked.lines([*HONEST, inner, head(part=("a",), size=10, units=0)])
    late = Gap(place=Place(file="f", unit="line", first=0, last=0), why="late")
    assert len(checked.lines([late] * 50)) == 2
    assert checked.lied


def test_a_reading_that_stops_in_the_middle_has_not_ended() -> None:
    for upto in range(len(HONEST)):
        checked = Checked("f", 100)
        checked.lines(HONEST[:upto])
        assert not checked.ended()


def test_what_stands_in_for_a_part_in_hand() -> None:
    checked = Checked("f", 100)
    checked.lines(HONEST[:4])
    (gap,) = checked.broken_off("why")
    assert (gap.place.first, gap.place.last, gap.place.unit) == (2, 3, "line")
    assert checked.given_up == {()}
    checked = Checked("f", 100)
    checked.lines([InHand(()), InHand((), "ab", 70, "text/plain")])
    unread, gap = checked.broken_off("why")
    assert (unread.sha256, unread.size, unread.reader, unread.units) == ("ab", 70, None, 1)
    assert (gap.place.first, gap.place.last) == (1, 1)


def test_the_same_trouble_again_gives_up_what_it_lies_in() -> None:
    checked = Checked("f", 100)
    mail = InHand(("m",), "00", 10, None, "line")
    checked.lines([*HONEST, mail, head(part=("m",), size=10, units=0)])
    assert [gap.place.part for gap in checked.broken_off("why")] == [("m",)]
    assert checked.given_up == {("m",)}
    checked.lines([InHand(())])
    list(checked.broken_off("again"))
    assert checked.given_up == {("m",), ()}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        msgspec.msgpack.encode([{"kind": "message", "text": 5}]),
        msgspec.msgpack.encode([{"kind": "unheard of"}]),
        msgspec.msgpack.encode([{"kind": "message", "text": "x", "place": {"file": "f"}}]),
        b"\x91" * 3000,
        b"\x91\x81\xa4kind\xa2\xff\xff",
    ],
)
def test_what_is_not_a_reading_is_refused(body: bytes) -> None:
    with pytest.raises(Broken):
        unpacked(body)


@pytest.mark.parametrize("piece", [(5, b"123456"), (-1, b""), (100, b"x" * 11)])
def test_a_piece_that_cannot_be_is_refused(piece: tuple[int, bytes]) -> None:
    want = Want(1, "f", 100, ("a",), 0, 10)
    with pytest.raises(Broken):
        piece_of(msgspec.msgpack.encode({"size": piece[0], "content": piece[1]}), want)
    assert piece_of(msgspec.msgpack.encode({"size": 3, "content": b"123"}), want).content == b"123"
