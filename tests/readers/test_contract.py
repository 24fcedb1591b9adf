"""What every reader promises, present and future. A reader is held to all of this by being there and bringing samples."""

from __future__ import annotations

import json
import random
import tracemalloc
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.model import SCHEMA, Furniture, Gap, Item, Message
from holdfast.readers import Look, Options, Part, Reader, Sample, claimants, readers

SLOTH = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
OPTIONS = (Options(), Options(me=frozenset({"Maya", "+44 7700 900123"}), date_order="mdy", zone="Europe/Berlin"))
NAMES = ("_chat.txt", "message_1.json", "inbox.mbox", "mail.eml", "result.json", "photo.jpg", "", "../../x\u202etxt.exe")

every_reader = pytest.mark.parametrize("reader", readers(), ids=lambda reader: reader.id)
every_sample = pytest.mark.parametrize(
    ("reader", "sample"),
    [pytest.param(reader, sample, id=f"{reader.id}-{n}") for reader in readers() for n, sample in enumerate(reader.samples)],
)


class Held:
    """Bytes in memory, as a source."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    @property
    def size(self) -> int:
        return len(self.content)

    def read_at(self, offset: int, count: int) -> bytes:
        return self.content[offset : offset + count]


def part_of(content: bytes, *way: str) -> Part:
    return Part("export", way, Held(content))


def look_at(content: bytes, name: str = "untitled", media_type: str = "application/octet-stream") -> Look:
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError):
        parsed = None
    keys = frozenset(parsed) if isinstance(parsed, dict) else frozenset[str]()
    return Look(content[: 64 * 1024], content[-4 * 1024 :], len(content), name, media_type, keys)


def read_all(reader: Reader, content: bytes, options: Options = OPTIONS[0]) -> list[Item]:
    return list(reader.read(part_of(content), options))


def assert_balanced(reader: Reader, content: bytes, items: list[Item]) -> None:
    """Every unit in exactly one item, in file order, without a hole; furniture about the whole part may stand at 0."""
    units = reader.units(part_of(content))
    following = 1
    for item in items:
        place = item.place
        assert (place.file, place.part, place.unit) == ("export", (), reader.unit)
        if place.first == place.last == 0:
            assert isinstance(item, Furniture | Gap)
            continue
        assert place.first == following <= place.last
        following = place.last + 1
    assert following == units + 1


def assert_sound(items: list[Item]) -> None:
    """What is said of each item holds whatever the bytes were."""
    for item in items:
        again = msgspec.json.decode(msgspec.json.encode(item), type=Item)
        assert again == item
        if isinstance(item, Gap):
            assert item.why.strip()
        if isinstance(item, Message):
            item.text.encode()
            for attachment in item.attachments:
                assert attachment.missing or attachment.part is not None
        sent = getattr(item, "sent", None)
        if sent is not None:
            assert (sent.local is None) == (sent.how_known == "undecided")
            assert sent.utc is None or sent.zone is not None


@every_reader
def test_a_reader_says_what_it_is(reader: Reader) -> None:
    assert reader.id.isidentifier()
    assert all((reader.title, reader.platform, reader.unit, reader.version))
    assert reader.samples, "a reader brings samples, or nothing here holds it"
    assert SCHEMA == 1


@every_sample
@pytest.mark.parametrize("options", OPTIONS, ids=("alone", "answered"))
def test_samples_are_read_whole(reader: Reader, sample: Sample, options: Options) -> None:
    items = read_all(reader, sample.content, options)
    assert sum(isinstance(item, Message) for item in items) == sample.messages
    assert_balanced(reader, sample.content, items)
    assert_sound(items)


@every_sample
def test_samples_are_recognised_by_content_whatever_the_name(reader: Reader, sample: Sample) -> None:
    for name in NAMES:
        assert claimants(look_at(sample.content, name)) == (reader,), name


@every_reader
@pytest.mark.parametrize("content", [b"", b"\n", b"\x00" * 64, b"Dear diary,\nnothing happened today.\n", bytes(range(256))])
def test_a_name_alone_is_never_enough(reader: Reader, content: bytes) -> None:
    if not reader.general:
        assert not any(reader.recognise(look_at(content, name)) for name in NAMES)


@every_sample
def test_the_same_bytes_give_the_same_items(reader: Reader, sample: Sample) -> None:
    assert read_all(reader, sample.content) == read_all(reader, sample.content)


@every_sample
def test_a_part_says_where_it_lies(reader: Reader, sample: Sample) -> None:
    way = ("folder/chat.txt", "2.1")
    for item in reader.read(part_of(sample.content, *way), Options()):
        assert item.place.part == way


@every_sample
def test_a_sample_cut_anywhere_is_still_read(reader: Reader, sample: Sample) -> None:
    size = len(sample.content)
    for end in sorted({*range(0, size, max(1, size // 60)), size - 1}):
        cut = sample.content[:end]
        items = read_all(reader, cut)
        assert_balanced(reader, cut, items)
        assert_sound(items)


@every_reader
def test_mutated_samples_are_still_read(reader: Reader) -> None:
    """Bytes changed, left out, doubled, swapped: nothing is lost and nothing raises."""
    chance = random.Random(20261120)
    for sample in reader.samples:
        for _ in range(60):
            content = bytearray(sample.content)
            for _ in range(chance.randint(1, 6)):
                if not content:
                    break
                at, length = chance.randrange(len(content)), chance.randint(1, 12)
                match chance.randrange(5):
                    case 0:
                        content[at : at + 1] = bytes([chance.randrange(256)])
                    case 1:
                        del content[at : at + length]
                    case 2:
                        content[at:at] = content[at : at + length * 10]
                    case 3:
                        content[at:at] = chance.choice(
                            [b"\n", b"\r", b"\r\n", b"\x00", b"\xff", b"\xed\xa0\x80", "\u202e".encode()]
                        )
                    case _:
                        content[at : at + length] = content[-length:]
            mutated = bytes(content)
            reader.recognise(look_at(mutated))
            items = read_all(reader, mutated, chance.choice(OPTIONS))
            assert_balanced(reader, mutated, items)
            assert_sound(items)


@every_reader
@SLOTH
@given(content=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_any_bytes_are_read(reader: Reader, content: bytes) -> None:
    reader.recognise(look_at(content))
    items = read_all(reader, content)
    assert_balanced(reader, content, items)
    assert_sound(items)


@every_reader
@SLOTH
@given(data=st.data())
def test_a_sample_shuffled_with_noise_is_read(reader: Reader, data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(reader.samples))
    lines = sample.content.split(b"\n")
    pieces = data.draw(st.lists(st.sampled_from(lines) | st.binary(max_size=20), max_size=20))
    content = b"\n".join(pieces)
    items = read_all(reader, content)
    assert_balanced(reader, content, items)
    assert_sound(items)


@every_reader
def test_items_come_one_by_one(reader: Reader) -> None:
    items = reader.read(part_of(reader.samples[0].content), Options())
    assert isinstance(items, Iterator)


@pytest.mark.parametrize("reader", [reader for reader in readers() if reader.unit == "line"], ids=lambda reader: reader.id)
def test_memory_does_not_grow_with_the_file(reader: Reader) -> None:
    """Formats of lines can be repeated: three times the file takes no more memory."""
    sample = reader.samples[0].content.rstrip(b"\n") + b"\n"

    def peak(megabytes: int) -> int:
        content = sample * (megabytes * 1_000_000 // len(sample))
        tracemalloc.start()
        try:
            for _ in reader.read(part_of(content), Options()):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    small, large = peak(1), peak(3)
    assert large < small * 1.3 + 1_000_000
