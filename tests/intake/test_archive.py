"""Zips: honest ones read whole, hostile ones refused with a reason, broken ones read as far as they go."""

from __future__ import annotations

import hashlib
import io
import random
import struct
import tracemalloc
import zipfile
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.intake import Archive, Budget, BytesHeld, Member, Refused, archive
from holdfast.intake.zip_member import Inflated, Unpacked

TEXT = b"See you at noon.\n" * 40


def opened(content: bytes, budget: Budget | None = None) -> Archive:
    return archive(BytesHeld(content), budget or Budget())


def all_bytes(unpacked: Unpacked) -> bytes:
    return unpacked.source.read_at(0, unpacked.source.size)


def refusals(inside: Archive) -> dict[str, str]:
    return {member.name: member.why for member in inside.members if isinstance(member, Refused)}


def contents(inside: Archive) -> dict[str, bytes]:
    return {member.name: all_bytes(member.unpack()) for member in inside.members if isinstance(member, Member)}


def standard(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return held.getvalue()


def test_an_honest_zip(raw: Any, write_zip: Any) -> None:
    inside = opened(write_zip([raw(b"a.txt", TEXT), raw(b"b.txt", TEXT, method=0), raw(b"c.txt", TEXT, described=True)]))
    assert contents(inside) == {"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT}
    assert (inside.why, inside.more, inside.lost) == (None, 0, None)
    for member in inside.members:
        unpacked = member.unpack()
        assert unpacked.sha256 == hashlib.sha256(TEXT).hexdigest()
        assert (unpacked.trouble, unpacked.missing) == (None, None)


@given(st.dictionaries(st.text(max_size=8), st.binary(max_size=200), max_size=6))
def test_what_the_standard_library_writes_is_read(members: dict[str, bytes]) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for number, (name, content) in enumerate(members.items()):
            made.writestr(zipfile.ZipInfo(f"{number}{name.encode('utf-8', 'replace').decode()}".replace("\0", "")), content)
    found = opened(held.getvalue())
    bodies = [all_bytes(member.unpack()) if isinstance(member, Member) else b"" for member in found.members]
    assert bodies == list(members.values())
    assert found.why is None


def test_names_are_data_and_never_paths(raw: Any, write_zip: Any) -> None:
    names = ["../../etc/passwd", "/etc/passwd", "C:\\Windows\\x", "a/../../b", "con", "a\x00b", "\u202egnp.exe", "a:stream", ""]
    inside = opened(write_zip([raw(name.encode(), TEXT, flags=0x800) for name in names]))
    assert list(contents(inside)) == names


@pytest.mark.parametrize(
    ("spelt", "flags", "name"),
    [
        ("聊天记录/消息.txt".encode(), 0x800, "聊天记录/消息.txt"),
        ("聊天记录/消息.txt".encode(), 0, "聊天记录/消息.txt"),
        ("聊天记录/消息.txt".encode("gbk"), 0, "聊天记录/消息.txt"),
        ("Grüße/Übung é.txt".encode("cp437"), 0, "Grüße/Übung é.txt"),
        (b"\xff\xfe", 0x800, "\ufffd\ufffd"),
    ],
)
def test_names_in_the_codes_zips_are_made_with(raw: Any, write_zip: Any, spelt: bytes, flags: int, name: str) -> None:
    assert list(contents(opened(write_zip([raw(spelt, TEXT, flags=flags)])))) == [name]


def test_the_unicode_path_field_is_used_only_while_it_fits_the_name(raw: Any, write_zip: Any) -> None:
    field = b"\x01" + struct.pack("<I", zlib.crc32(b"chat?.txt")) + "chat名.txt".encode()
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    inside = opened(write_zip([raw(b"chat?.txt", TEXT, extra=extra), raw(b"renamed.txt", TEXT, extra=extra)]))
    assert list(contents(inside)) == ["chat名.txt", "renamed.txt"]


def test_two_members_of_one_name_are_both_read(raw: Any, write_zip: Any) -> None:
    inside = opened(write_zip([raw(b"a", b"one"), raw(b"a", b"two"), raw(b"a (member 2)", b"three")]))
    assert contents(inside) == {"a": b"one", "a (member 2)'": b"two", "a (member 2)": b"three"}


@pytest.mark.parametrize(
    ("claims", "word"),
    [
        ({"mode": 0o120777}, "link"),
        ({"mode": 0o020666}, "device"),
        ({"flags": 1}, "password"),
        ({"flags": 0x41}, "password"),
        ({"method": 9}, "deflate64"),
        ({"method": 14}, "LZMA"),
        ({"method": 77}, "method 77"),
    ],
)
def test_what_stays_closed_says_why(raw: Any, write_zip: Any, claims: dict[str, int], word: str) -> None:
    inside = opened(write_zip([raw(b"bad", TEXT, **claims), raw(b"good", TEXT)]))
    assert word in refusals(inside)["bad"]
    assert contents(inside) == {"good": TEXT}


def test_folders_and_what_a_mac_adds_are_furniture(raw: Any, write_zip: Any) -> None:
    inside = opened(write_zip([raw(b"a/", b""), raw(b"__MACOSX/a/._chat.txt", b"x"), raw(b"a/chat.txt", TEXT)]))
    assert [isinstance(member, Refused) and member.furniture for member in inside.members] == [True, True, False]


def test_a_bomb_by_overlap_opens_once(raw: Any, write_zip: Any) -> None:
    kernel = raw(b"0", b"\0" * 900_000)
    members = [kernel, *(raw(b"%d" % number, b"\0" * 900_000, header=0, body=b"") for number in range(1, 500))]
    for member in members[1:]:
        member.crc, member.packed, member.size = kernel.claims()
    inside = opened(write_zip(members))
    assert list(contents(inside)) == ["0"]
    assert len(refusals(inside)) == 499


def test_a_bomb_by_ratio_stays_closed(raw: Any, write_zip: Any) -> None:
    zeros = b"\0" * 11_000_000
    assert "200 times" in refusals(opened(write_zip([raw(b"zeros", zeros)])))["zeros"]


def test_small_members_may_be_packed_as_tight_as_they_like(raw: Any, write_zip: Any) -> None:
    assert contents(opened(write_zip([raw(b"zeros", b"\0" * 9_000_000)]))) == {"zeros": b"\0" * 9_000_000}


def test_four_gigabytes_of_zeros_that_claim_to_be_few_give_few(raw: Any, write_zip: Any) -> None:
    inside = opened(write_zip([raw(b"lying", b"\0" * 30_000_000, size=1000)]))
    (member,) = inside.members
    tracemalloc.start()
    unpacked = member.unpack()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert all_bytes(unpacked) == b"\0" * 1000
    assert "more than the 1,000 bytes" in unpacked.trouble
    assert peak < 8_000_000


@pytest.mark.parametrize("method", [0, 8])
def test_a_member_that_gives_less_than_it_says(raw: Any, write_zip: Any, method: int) -> None:
    inside = opened(write_zip([raw(b"short", TEXT, method=method, size=len(TEXT) + 5)]))
    unpacked = inside.members[0].unpack()
    assert all_bytes(unpacked) == TEXT
    assert unpacked.missing == 5
    assert "680 bytes" in unpacked.trouble


def test_a_wrong_checksum_is_said_and_the_bytes_are_read(raw: Any, write_zip: Any) -> None:
    unpacked = opened(write_zip([raw(b"a", TEXT, crc=1)])).members[0].unpack()
    assert all_bytes(unpacked) == TEXT
    assert "checksum" in unpacked.trouble


def test_damaged_deflate_is_read_up_to_the_damage(raw: Any, write_zip: Any) -> None:
    content = random.Random(1).randbytes(300_000)
    body = bytearray(raw(b"a", content).data())
    body[150_000:150_100] = b"\xff" * 100
    unpacked = opened(write_zip([raw(b"a", content, body=bytes(body))])).members[0].unpack()
    assert unpacked.trouble is not None
    got = all_bytes(unpacked)
    assert len(got) + (unpacked.missing or 0) == len(content)


def test_a_list_that_points_nowhere(raw: Any, write_zip: Any) -> None:
    inside = opened(write_zip([raw(b"a", TEXT, header=5)]))
    unpacked = inside.members[0].unpack()
    assert (all_bytes(unpacked), unpacked.missing) == (b"", len(TEXT))
    assert "points to a place" in unpacked.trouble


def test_the_budget_counts_members_and_bytes_over_everything(raw: Any, write_zip: Any) -> None:
    budget = Budget(bytes=1500, members=3)
    inside = opened(write_zip([raw(b"%d" % number, TEXT) for number in range(5)]), budget)
    assert (len(inside.members), inside.more) == (3, 2)
    assert [type(member) for member in inside.members] == [Member, Member, Refused]
    assert (budget.bytes, budget.members) == (1500 - 2 * len(TEXT), 0)


def test_a_hundred_thousand_members_and_more(raw: Any, write_zip: Any) -> None:
    inside = opened(write_zip([raw(b"%d" % number, b"", method=0) for number in range(100_002)]))
    assert (len(inside.members), inside.more, inside.why) == (100_000, 2, None)


def test_zip64(raw: Any, write_zip: Any) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made, made.open("big", "w", force_zip64=True) as member:
        member.write(TEXT)
    assert contents(opened(held.getvalue())) == {"big": TEXT}
    wide = struct.pack("<HHQQQ", 1, 24, len(TEXT), len(raw(b"a", TEXT).data()), 0)
    member = raw(b"a", TEXT, extra=wide, packed=0xFFFFFFFF, size=0xFFFFFFFF, header=0xFFFFFFFF)
    assert contents(opened(write_zip([member]))) == {"a": TEXT}
    content = write_zip([raw(b"a", TEXT)])
    at = content.rindex(b"PK\x05\x06")
    _, _, _, _, count, size, start, _ = struct.unpack("<4s4H2IH", content[at:])
    end64 = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    for before in (b"", b"stray bytes"):
        assert contents(opened(before + content[:at] + end64 + locator + end)) == {"a": TEXT}


def test_stray_bytes_before_and_a_comment_behind(raw: Any, write_zip: Any) -> None:
    inside = opened(write_zip([raw(b"a", TEXT)], before=b"MZ stray", comment=b"PK\x05\x06 a comment"))
    assert contents(inside) == {"a": TEXT}


def test_one_piece_of_a_split_zip(raw: Any, write_zip: Any) -> None:
    inside = opened(write_zip([raw(b"a", TEXT)], split=True))
    assert inside.members == ()
    assert "several" in inside.why


@pytest.mark.parametrize("described", [False, True])
@pytest.mark.parametrize("method", [0, 8])
def test_a_zip_cut_off_gives_the_members_before_the_cut(raw: Any, write_zip: Any, described: bool, method: int) -> None:
    noise = random.Random(2).randbytes(5000)
    members = [raw(b"a", TEXT, described=described, method=method), raw(b"b", TEXT), raw(b"c", noise, described=described)]
    content = write_zip(members, ending=False)
    inside = opened(content[:-1000])
    assert "end of this zip is missing" in inside.why
    found = contents(inside)
    assert (found["a"], found["b"]) == (TEXT, TEXT)
    assert noise.startswith(found["c"])
    assert len(found["c"]) > 3000
    assert "cut off" in inside.members[2].unpack().trouble


def test_bytes_between_members_are_counted_as_lost(raw: Any, write_zip: Any) -> None:
    one = write_zip([raw(b"a", TEXT)], ending=False)
    inside = opened(one + b"?" * 77 + one + b"?" * 5)
    assert len(contents(inside)) == 2
    assert inside.lost == 82


def test_headers_that_lead_nowhere_do_not_keep_us_busy(raw: Any, write_zip: Any) -> None:
    fake = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 8, 8, 0, 0, 0, 0, 0, 0, 0) + b"\xff\xff"
    inside = opened(fake * 20_000)
    assert inside.lost


@given(st.binary(max_size=400), st.integers(0, 500), st.integers(0, 500))
def test_no_bytes_raise(content: bytes, cut: int, flip: int) -> None:
    for damaged in (content, b"PK\x03\x04" + content, changed(standard(a=TEXT, b=content), cut, flip)):
        for member in opened(damaged).members:
            if isinstance(member, Member):
                unpacked = member.unpack()
                assert len(all_bytes(unpacked)) == unpacked.source.size


def changed(content: bytes, cut: int, flip: int) -> bytes:
    held = bytearray(content)
    if flip < len(held):
        held[flip] ^= 0xFF
    return bytes(held[: len(held) - cut // 4] if cut % 2 else held)


def test_a_large_member_can_be_read_anywhere_and_is_never_held_whole(raw: Any, write_zip: Any) -> None:
    chance = random.Random(3)
    content = b"".join(chance.randbytes(64) * 16 for _ in range(60_000))  # 61 MB
    zipped = BytesHeld(write_zip([raw(b"big", content)]))
    tracemalloc.start()
    unpacked = archive(zipped, Budget()).members[0].unpack()
    assert isinstance(unpacked.source, Inflated)
    for _ in range(6):
        at = chance.randrange(len(content))
        assert unpacked.source.read_at(at, 3000) == content[at : at + 3000]
    assert unpacked.source.read_at(len(content) - 5, 99) == content[-5:]
    assert unpacked.source.read_at(len(content) + 5, 99) == b""
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000
    assert unpacked.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(("method", "described"), [(0, False), (8, True), (0, True)])
def test_finding_members_one_by_one_reads_little_more_than_there_is(
    raw: Any, write_zip: Any, method: int, described: bool
) -> None:
    class Counting(BytesHeld):
        given = 0

        def read_at(self, offset: int, count: int) -> bytes:
            piece = super().read_at(offset, count)
            Counting.given += len(piece)
            return piece

    content = write_zip([raw(b"%d" % n, b"abc" * 200, method=method, described=described) for n in range(3000)], ending=False)
    inside = archive(Counting(content), Budget())
    assert len(inside.members) == 3000
    assert Counting.given < 30 * len(content) + 3000 * 5000
