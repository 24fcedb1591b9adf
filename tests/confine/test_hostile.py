"""Hostile and broken archives from one end to the other, in a confined worker: every unit accounted for, nothing on disk."""

from __future__ import annotations

import dataclasses
import io
import random
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.confine import Balance, Pool, Serial, background, job
from holdfast.errors import Damaged
from holdfast.intake import Budget, BytesHeld
from holdfast.model import Furniture, Gap, Message, PartHead
from holdfast.readers import Look, Options, Part, Reader

OPTIONS = Options()


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def read(pool: Any, content: bytes) -> tuple[dict[tuple[str, ...], PartHead], list[Any]]:
    lines = list(pool.read(BytesHeld(content), "f", OPTIONS))
    balance = Balance()
    balance.add(lines)
    for count in balance.summary().parts:
        assert count.units == count.in_messages + count.in_furniture + count.in_gaps
    return {line.part: line for line in lines if isinstance(line, PartHead)}, lines


def gaps(lines: list[Any]) -> dict[tuple[str, ...], str]:
    return {line.place.part: line.why for line in lines if isinstance(line, Gap)}


def test_a_cut_off_export_gives_every_message_before_the_cut(toy: Any, toy_pool: Pool) -> None:
    chance = random.Random(1)
    chat = toy.MARK + b"".join(b"ann: %d\n" % chance.getrandbits(64) for _ in range(2000))
    content = zipped({"_chat.txt": chat, "photo.jpg": b"\xff\xd8\xff" + chance.randbytes(9000)})
    heads, lines = read(toy_pool, content[:-5000])
    assert heads[("_chat.txt",)].units == 2001
    assert sum(isinstance(line, Message) for line in lines) == 2000
    assert "end of this zip is missing" in gaps(lines)[()]
    heads, lines = read(toy_pool, content[:9000])
    said = sum(isinstance(line, Message) for line in lines)
    assert 300 < said < 2000
    assert heads[("_chat.txt",)].size < len(chat)
    assert "cut off" in gaps(lines)[("_chat.txt",)]


def test_a_wrong_checksum_is_a_gap_behind_the_messages(toy: Any, toy_pool: Pool) -> None:
    chat = toy.MARK + b"ann: hi\n" * 3
    content = zipped({"chat": chat})
    wrong = content.replace(struct.pack("<I", zlib.crc32(chat)), b"\1\2\3\4")
    _, lines = read(toy_pool, wrong)
    assert [type(line) for line in lines[2:]] == [PartHead, Furniture, Message, Message, Message, Gap]
    assert (lines[-1].place.first, lines[-1].place.last) == (0, 0)
    assert "checksum" in lines[-1].why


def test_quines_and_nests_end(toy: Any, toy_pool: Pool) -> None:
    nest = toy.MARK + b"\n" * 100
    for _ in range(3):
        nest = zipped({str(number): nest for number in range(8)})
    heads, lines = read(toy_pool, nest)
    assert len(heads) == 1 + 8 + 64 + 512
    deeper = zipped({str(number): nest for number in range(4)})
    heads, lines = read(toy_pool, deeper)
    assert max(len(part) for part in heads) == 3
    assert sum("too deep" in why for why in gaps(lines).values()) == 4 * 8 * 8


def test_a_zip_of_zips_shares_one_budget(toy: Any, toy_serial: Serial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "Budget", lambda: Budget(members=1000))
    wide = zipped({str(number): b"" for number in range(300)})
    heads, lines = read(toy_serial, zipped(dict.fromkeys("abcd", wide)))
    assert len(heads) == 1 + 1000
    assert [line.place.part for line in lines if isinstance(line, Gap) and "100,000" in line.why] == [("d",)]


def test_names_from_outside_are_shown_escaped_in_sentences(toy: Any, toy_serial: Serial) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("\x1b[31m\u202egnp" + "x" * 300)
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    _, lines = read(toy_serial, held.getvalue())
    why = gaps(lines)[()]
    assert "\\x1b[31m\\u202egnp" in why
    assert len(why) < 400
    assert why.isprintable()


def test_members_know_the_ones_beside_them(toy: Any) -> None:
    asked: dict[str, Any] = {}

    def units(part: Part) -> int:
        for name in ("photo.jpg", "sub/photo.jpg", "-wal", "nowhere", "chat"):
            beside = part.sibling(name)
            asked[name] = beside and (beside.part, beside.read_at(0, 9))
        return int(toy.units(part))

    def claimants(look: Look) -> tuple[Reader, ...]:
        asked["siblings"] = look.siblings
        return (reader,) if toy.recognise(look) else ()

    reader = dataclasses.replace(toy.READER, units=units)
    members = {"sub/chat": toy.MARK, "sub/photo.jpg": b"in", "photo.jpg": b"out", "sub/chat-wal": b"wal"}
    heads, _ = read(Serial(claimants), zipped({"inner": zipped(members)}))
    assert asked == {
        "photo.jpg": (("inner", "sub/photo.jpg"), b"in"),
        "sub/photo.jpg": (("inner", "sub/photo.jpg"), b"in"),
        "-wal": (("inner", "sub/chat-wal"), b"wal"),
        "nowhere": None,
        "chat": None,
        "siblings": frozenset(members),
    }
    assert len(heads) == 6


def test_a_file_that_kills_every_worker_is_given_up(toy: Any, toy_command: tuple[str, ...]) -> None:
    members = {"first": toy.MARK + b"ann: hi\n"} | {str(number): toy.MARK + b"!die\n" for number in range(12)}
    with Pool(1, command=toy_command) as pool:
        heads, lines = read(pool, zipped(members))
        assert heads[("first",)].reader == "toy"
        assert len(heads) == 2 + background.FAILURES
        assert str(background.FAILURES) in lines[-1].why
        assert lines[-1].place.part == ()
        assert read(pool, toy.MARK)[0][()].reader == "toy"


def test_what_a_source_raises_reaches_whoever_reads(toy: Any, toy_pool: Pool, toy_serial: Serial) -> None:
    class Sealed(BytesHeld):
        def read_at(self, offset: int, count: int) -> bytes:
            raise Damaged("objects/ab/x.age", "its seal does not fit")

    for pool in (toy_pool, toy_serial):
        with pytest.raises(Damaged, match="its seal"):
            list(pool.read(Sealed(toy.MARK), "f", OPTIONS))
    assert read(toy_pool, toy.MARK)[0][()].reader == "toy"


@pytest.fixture
def empty_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.rglob("*")) == []


def test_nothing_is_ever_put_on_disk(toy: Any, toy_command: tuple[str, ...], empty_temp: Path, monkeypatch: Any) -> None:
    import builtins
    import os

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a reading opened a file")

    with Pool(1, command=toy_command) as pool:
        pool.hello()
        monkeypatch.setattr(builtins, "open", refuse)
        monkeypatch.setattr(os, "open", refuse)
        chat = toy.MARK + b"ann: CANARY-7f3a\n" * 30_000
        heads, lines = read(pool, zipped({"chat": chat, "inner": zipped({"chat": chat})}))
        monkeypatch.undo()
    assert len(lines) == len(heads) + 2 * 30_001 + 2


damage = st.tuples(st.integers(0, 10**6), st.integers(0, 255))


def mutated(content: bytes, changes: list[tuple[int, int]], cut: int | None) -> bytes:
    held = bytearray(content)
    for at, value in changes:
        held[at % len(held)] = value
    return bytes(held[:cut])


BASE = zipped(
    {"chat": b"#toy\n" + b"ann: hi\n" * 50, "inner": zipped({"a": b"#toy\nbob: x\n", "b": b"%PDF-1"}), "p": b"GIF89a"}
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(damage, max_size=6), st.one_of(st.none(), st.integers(0, len(BASE))))
def test_damaged_zips(toy_serial: Serial, changes: list[tuple[int, int]], cut: int | None) -> None:
    read(toy_serial, mutated(BASE, changes, cut))


@pytest.mark.proof
@settings(max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(damage, max_size=12), st.one_of(st.none(), st.integers(0, len(BASE))))
def test_damaged_zips_at_length(toy_pool: Pool, changes: list[tuple[int, int]], cut: int | None) -> None:
    read(toy_pool, mutated(BASE, changes, cut))
