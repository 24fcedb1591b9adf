"""The walk through one exhibit: parts, zips, and a balance that holds whatever a reader does."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.confine import Balance, Serial, read_exhibit
from holdfast.intake import BytesHeld
from holdfast.model import Furniture, Gap, Message, PartHead, Place, Summary
from holdfast.readers import Options, Part, Reader

OPTIONS = Options()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def read(toy: Any, content: bytes) -> list[Any]:
    lines = list(read_exhibit(BytesHeld(content), "f", OPTIONS, toy.claimants))
    check_balance(lines)
    return lines


def check_balance(lines: Iterable[Any]) -> Summary:
    """Every unit of every part is in exactly one item, in order; the summary says the same."""
    lines = list(lines)
    following: dict[tuple[str, ...], int] = {}
    units = {}
    for line in lines:
        if isinstance(line, PartHead):
            assert line.part not in units
            units[line.part] = line.units
            following[line.part] = 1
        elif line.place.first:
            assert line.place.first == following[line.place.part]
            following[line.place.part] = line.place.last + 1
    assert {part: unit + 1 for part, unit in units.items()} == following
    balance = Balance()
    balance.add(lines)
    summary = balance.summary()
    for count in summary.parts:
        assert count.units == count.in_messages + count.in_furniture + count.in_gaps
    return summary


def heads(lines: Iterable[Any]) -> dict[tuple[str, ...], PartHead]:
    return {line.part: line for line in lines if isinstance(line, PartHead)}


def test_a_part_somebody_reads(toy: Any) -> None:
    content = toy.MARK + b"ann: one\nbob: two\nnothing\n"
    lines = read(toy, content)
    assert lines[0] == PartHead(
        schema=1,
        file="f",
        part=(),
        reader="toy",
        reader_version="1",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        units=4,
        media_type="text/plain",
    )
    assert [type(line) for line in lines[1:]] == [Furniture, Message, Message, Furniture]
    summary = check_balance(lines)
    assert (summary.files, summary.messages, summary.people, summary.gaps) == (1, 2, ("ann", "bob"), 0)
    assert (summary.first, summary.last) == ("2024-01-01T00:00:02", "2024-01-01T00:00:03")
    assert (summary.parts[0].units, summary.parts[0].in_messages, summary.parts[0].in_furniture) == (4, 2, 2)


def test_a_part_nobody_reads_is_one_gap_that_says_what_it_is(toy: Any) -> None:
    head, gap = read(toy, b"\xff\xd8\xff\xe0 picture")
    assert (head.reader, head.reader_version, head.units, head.media_type) == (None, None, 1, "image/jpeg")
    assert gap == Gap(
        place=Place(file="f", unit="file", first=1, last=1),
        why="A picture (image/jpeg). This version does not read text in pictures.",
    )


def test_nothing_at_all_is_a_part_too(toy: Any) -> None:
    head, gap = read(toy, b"")
    assert (head.size, head.units, head.reader) == (0, 1, None)
    assert "no bytes" in gap.why


def test_two_readers_that_claim_a_part_are_both_named_and_neither_reads(toy: Any) -> None:
    other = Reader("rival", "Rival chat", "x", "line", toy.recognise, toy.units, toy.read, ())
    head, gap = read_exhibit(BytesHeld(toy.MARK), "f", OPTIONS, lambda look: (toy.READER, other))
    assert head.reader is None
    assert "Toy chat (toy)" in gap.why
    assert "Rival chat (rival)" in gap.why


def test_members_of_a_zip_follow_it(toy: Any) -> None:
    lines = read(toy, zipped({"b.txt": toy.MARK + b"ann: hi\n", "a.jpg": b"\xff\xd8\xff"}))
    assert list(heads(lines)) == [(), ("b.txt",), ("a.jpg",)]
    assert (lines[0].reader, lines[0].units) == ("zip", 2)
    assert lines[1].place == Place(file="f", unit="member", first=1, last=2)
    assert isinstance(lines[1], Furniture)
    assert heads(lines)[("b.txt",)].reader == "toy"


def test_zips_in_zips_open_three_deep_and_no_deeper(toy: Any) -> None:
    content = toy.MARK + b"ann: hi\n"
    for number in range(5):
        content = zipped({f"{number}": content})
    lines = read(toy, content)
    assert [len(part) for part in heads(lines)] == [0, 1, 2, 3]
    assert heads(lines)[("4", "3", "2")].reader is None
    assert "too deep" in lines[-1].why


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (b"!raise", "RuntimeError"),
        (b"!recurse", "RecursionError"),
        (b"!wrong place", "places"),
        (b"!other part", "places"),
        (b"!stop", "early"),
    ],
)
def test_a_reader_that_breaks_its_promise_leaves_one_gap_over_the_rest(toy: Any, line: bytes, word: str) -> None:
    lines = read(toy, toy.MARK + b"ann: one\n" + line + b"\nann: two\nann: three\n")
    assert lines[2].text == "one"
    assert isinstance(lines[-1], Gap)
    assert (lines[-1].place.first, lines[-1].place.last) == (3, 5)
    assert word in lines[-1].why
    assert "CANARY" not in lines[-1].why


def raising(*_: Any) -> Any:
    raise ValueError("CANARY-7f3a")


@pytest.mark.parametrize("fault", ["recognise", "units", "read", "children"])
def test_a_reader_that_raises_anywhere_loses_nothing(toy: Any, fault: str) -> None:
    import dataclasses

    reader = dataclasses.replace(toy.READER, **{fault: raising})

    def claimants(look: Any) -> tuple[Reader, ...]:
        return (reader,) if reader.recognise(look) else ()

    lines = list(read_exhibit(BytesHeld(zipped({"a": toy.MARK, "b": toy.MARK})), "f", OPTIONS, claimants))
    check_balance(lines)
    gaps = [line for line in lines if isinstance(line, Gap)]
    assert {gap.place.part for gap in gaps} == {("a",), ("b",)}
    assert all("ValueError" in gap.why and "CANARY" not in gap.why for gap in gaps)


def test_parts_inside_parts_follow_them(toy: Any) -> None:
    import dataclasses

    def children(part: Part) -> Iterator[Part]:
        if len(part.part) < 4:
            yield Part(part.file, (*part.part, "1", "2"), BytesHeld(toy.MARK + b"eve: inner\n"))
        yield Part(part.file, (*part.part, "picture"), BytesHeld(b"GIF89a"))

    reader = dataclasses.replace(toy.READER, children=children)
    lines = list(read_exhibit(BytesHeld(toy.MARK), "f", OPTIONS, lambda look: (reader,) if toy.recognise(look) else ()))
    check_balance(lines)
    assert list(heads(lines)) == [
        (),
        ("1", "2"),
        ("1", "2", "1", "2"),
        ("1", "2", "1", "2", "picture"),
        ("1", "2", "picture"),
        ("picture",),
    ]


def test_a_disk_that_fails_leaves_what_could_be_read(toy: Any) -> None:
    class Failing(BytesHeld):
        def read_at(self, offset: int, count: int) -> bytes:
            if offset + count > 40:
                count = 40 - offset
            if count <= 0:
                raise OSError(5, "Input/output error")
            return super().read_at(offset, count)

    lines = list(read_exhibit(Failing(toy.MARK + b"ann: hello\n" * 20), "f", OPTIONS, toy.claimants))
    check_balance(lines)
    assert lines[0].size == 40
    assert lines[-1].place.first == lines[-1].place.last == 0
    assert lines[-1].bytes == len(toy.MARK) + 11 * 20 - 40


lines_of_toys = st.lists(
    st.one_of(
        st.binary(max_size=12),
        st.sampled_from(
            [b"ann: hi", b"!raise", b"!wrong place", b"!other part", b"!stop", "名: 字".encode(), b"\xed\xa0\x80: x"]
        ),
    ),
    max_size=12,
)


@given(lines_of_toys, st.integers(0, 2))
def test_the_balance_always_holds(toy: Any, toy_serial: Serial, lines: list[bytes], zips: int) -> None:
    content = toy.MARK + b"\n".join(lines)
    for _ in range(zips):
        content = zipped({"x": content, "y": b"\n".join(lines)})
    check_balance(read_exhibit(BytesHeld(content), "f", OPTIONS, toy.claimants))
    check_balance(toy_serial.read(BytesHeld(content), "f", OPTIONS))


@given(st.binary(max_size=300))
def test_any_bytes_at_all(toy: Any, content: bytes) -> None:
    check_balance(read_exhibit(BytesHeld(content), "f", OPTIONS, toy.claimants))
    check_balance(read_exhibit(BytesHeld(b"PK\x03\x04" + content), "f", OPTIONS, toy.claimants))


@pytest.mark.parametrize(
    ("content", "start"),
    [
        (b"%PDF-1.7", "A PDF document."),
        (b"7z\xbc\xaf\x27\x1c", "A 7z archive; not opened by this version."),
        (b"OggS" + b"\0" * 24 + b"OpusHead", "A sound recording (audio/opus)."),
        (b"\0\0\0\x18ftypmp42", "A video (video/mp4)."),
        (b"SQLite format 3\0", "A database (SQLite)."),
        (b'{"a": 1}', "JSON in a layout"),
        (b"\0\1\2", "Bytes of a kind"),
        (b"\x7fELF\2\1", "A program."),
        (b"II*\0", "A picture (image/tiff)."),
        (b"\x30\x80 text/x", "Text in a layout"),
    ],
)
def test_what_nobody_reads_is_named_in_plain_words(toy: Any, content: bytes, start: str) -> None:
    head, gap = read(toy, content)
    assert head.reader is None
    assert gap.why.startswith(start)
    assert gap.why.endswith((".", "!"))
