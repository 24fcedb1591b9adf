"""Readings by confined workers: the same lines as without, and nothing lost when a worker dies, hangs or lies."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from holdfast.confine import Balance, Pool, Serial
from holdfast.confine import worker as worker_module
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


def test_a_worker_that_hangs_is_stopped_and_replaced(toy: Any, toy_pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "PATIENCE", 0.5)
    source = BytesHeld(zipped(bad=toy.MARK + b"!hang\n", after=toy.MARK + b"ann: hi\n"))
    lines = list(toy_pool.read(source, "f", OPTIONS))
    heads = balanced(lines)
    assert heads[("after",)].reader == "toy"
    (gap,) = [each for each in lines if isinstance(each, Gap)]
    assert gap.place.part == ("bad",)
    assert "no progress" in gap.why
