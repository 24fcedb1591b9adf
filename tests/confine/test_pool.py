"""Readings by confined workers: the same lines as without, and nothing lost when a worker dies, hangs or lies."""

from __future__ import annotations

import io
import os
import zipfile
from typing import Any

import pytest

from holdfast.confine import Balance, Pool, Serial, is_zone, patience
from holdfast.intake import BytesHeld
from holdfast.model import Gap, PartHead
from holdfast.readers import Options

OPTIONS = Options()


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def balanced(lines: list[Any]) -> dict[tuple[str, ...], Any]:
    balance = Balance()
    balance.add(lines)
    for count in balance.summary().parts:
        assert count.units == count.in_messages + count.in_furniture + count.in_gaps
    return {line.part: line for line in lines if isinstance(line, PartHead)}


def test_a_confined_worker_reads_what_this_process_reads(toy: Any, toy_pool: Pool, toy_serial: Serial) -> None:
    chat = toy.MARK + b"".join(b"ann: message number %d\nbob: \xe4\xbd\xa0\n\n" % number for number in range(5000))
    source = BytesHeld(zipped(chat=chat, picture=b"GIF89a", broken=toy.MARK + b"!raise\nann: x\n", odd=toy.MARK + b"\xff: y\n"))
    confined = list(toy_pool.read(source, "f", OPTIONS))
    assert confined == list(toy_serial.read(source, "f", OPTIONS))
    assert len(balanced(confined)) == 5


@pytest.mark.parametrize("line", [b"!die", b"!segfault", b"!memory"])
def test_a_worker_that_dies_costs_one_gap(toy: Any, toy_pool: Pool, line: bytes) -> None:
    chat = toy.MARK + b"ann: hi\n"
    source = BytesHeld(zipped(before=chat, bad=toy.MARK + b"ann: one\n" + line + b"\nann: two\n", after=chat))
    lines = list(toy_pool.read(source, "f", OPTIONS))
    heads = balanced(lines)
    assert list(heads) == [(), ("before",), ("bad",), ("after",)]
    gaps = [each for each in lines if isinstance(each, Gap)]
    assert {gap.place.part for gap in gaps} == {("bad",)}
    assert heads[("after",)].reader == "toy"


@pytest.mark.parametrize("line", [b"!hang", b"!sleep"])
def test_a_worker_that_hangs_is_stopped_and_replaced(
    toy: Any, toy_pool: Pool, line: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.5)
    source = BytesHeld(zipped(bad=toy.MARK + line + b"\n", after=toy.MARK + b"ann: hi\n"))
    lines = list(toy_pool.read(source, "f", OPTIONS))
    heads = balanced(lines)
    assert heads[("after",)].reader == "toy"
    (gap,) = [each for each in lines if isinstance(each, Gap)]
    assert gap.place.part == ("bad",)
    assert "no progress" in gap.why


def test_a_busy_computer_costs_no_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    waiting = patience.Patience(os.getpid())
    monkeypatch.setattr(patience.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(waiting, "_wants_to_run", lambda: True)
    monkeypatch.setattr(waiting, "_used", lambda: clock[0] / 10)  # one tenth of the processor
    waiting.progress()
    clock[0] = 20.0
    assert not waiting.is_over()
    clock[0] = 51.0
    assert waiting.is_over()
    waiting.progress()
    monkeypatch.setattr(waiting, "_used", lambda: 5.1)
    assert not waiting.is_over()
    clock[0] += 61.0
    assert waiting.is_over()
    waiting.progress()
    monkeypatch.setattr(waiting, "_wants_to_run", lambda: False)
    assert waiting.is_over()


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("Asia/Karachi", True),
        ("UTC", True),
        ("nowhere", False),
        ("", False),
        ("Asia", False),
        ("../x", False),
        ("+05:00", False),
    ],
)
def test_zones_there_are_and_are_not(name: str, there: bool) -> None:
    assert is_zone(name) is there


def test_a_zone_nobody_knows_reads_as_none(toy: Any, toy_pool: Pool) -> None:
    lines = list(toy_pool.read(BytesHeld(toy.MARK + b"ann: hi\n"), "f", Options(zone="nowhere")))
    assert len(balanced(lines)) == 1


def test_more_readings_than_workers_wait_for_their_turn(toy: Any, toy_command: tuple[str, ...]) -> None:
    source = BytesHeld(toy.MARK + b"ann: hi\n" * 20_000)
    with Pool(1, command=toy_command) as pool:
        readings = [pool.start(source, str(number), OPTIONS) for number in range(4)]
        readings[1].close()  # one that may not have begun
        counts = [sum(map(len, reading)) for number, reading in enumerate(readings) if number != 1]
        assert counts == [20_002] * 3


def test_a_pool_that_is_left_ends_its_workers(toy: Any, toy_command: tuple[str, ...]) -> None:
    with Pool(2, command=toy_command) as pool:
        pool.hello()
        reading = pool.read(BytesHeld(toy.MARK + b"ann: hi\n" * 50_000), "f", OPTIONS)
        next(reading)
        workers = list(pool._all)
    for worker in workers:
        assert worker._process.returncode is not None
