"""Parts of a container as bytes of their own, without a file in between."""

from __future__ import annotations

import dataclasses
import io
import random
import zipfile
from typing import Any

import pytest

from holdfast.confine import Pool, Serial
from holdfast.errors import HoldfastError
from holdfast.intake import BytesHeld
from holdfast.readers import Options, Part

NOISE = random.Random(5).randbytes(12_000_000)


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


SOURCE = BytesHeld(zipped(a=b"one", inner=zipped(b=b"two"), noise=NOISE))


@pytest.fixture(params=["pool", "serial"])
def reads(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(f"toy_{request.param}")


def test_a_part_is_found_by_its_way_in(reads: Any) -> None:
    assert reads.part(SOURCE, "f", ("a",)).read_at(0, 99) == b"one"
    inner = reads.part(SOURCE, "f", ("inner", "b"))
    assert (inner.size, inner.read_at(1, 1), inner.read_at(3, 1)) == (3, b"w", b"")
    assert reads.part(SOURCE, "f", ()).read_at(0, 2) == b"PK"


def test_a_large_part_comes_in_pieces(reads: Any) -> None:
    part = reads.part(SOURCE, "f", ("noise",))
    assert part.size == len(NOISE)
    assert part.read_at(0, len(NOISE)) == NOISE
    assert part.read_at(7_000_000, 10) == NOISE[7_000_000:7_000_010]


def test_no_such_part(reads: Any) -> None:
    for way in (("b",), ("a", "b"), ("inner", "x"), ("",)):
        with pytest.raises(HoldfastError, match="could not be found"):
            reads.part(SOURCE, "f", way)


def test_two_parts_and_a_reading_side_by_side(toy: Any, toy_pool: Pool) -> None:
    one, other = toy_pool.part(SOURCE, "f", ("a",)), toy_pool.part(SOURCE, "f", ("inner", "b"))
    reading = toy_pool.read(BytesHeld(toy.MARK + b"ann: hi\n"), "g", Options())
    assert (one.read_at(0, 9), other.read_at(0, 9), len(list(reading)), one.read_at(1, 1)) == (b"one", b"two", 3, b"n")


def test_attachments_are_found_too(toy: Any) -> None:
    def children(part: Part) -> Any:
        yield Part(part.file, (*part.part, "12", "2.1"), BytesHeld(b"attached"))

    reader = dataclasses.replace(toy.READER, children=children)
    reads = Serial(lambda look: (reader,) if toy.recognise(look) else ())
    source = BytesHeld(zipped(mail=toy.MARK))
    assert reads.part(source, "f", ("mail", "12", "2.1")).read_at(0, 99) == b"attached"


def test_a_worker_that_fails_says_so(toy: Any, toy_command: tuple[str, ...]) -> None:
    class Gone(BytesHeld):
        def read_at(self, offset: int, count: int) -> bytes:
            raise OSError(5, "Input/output error")

    with Pool(1, command=toy_command) as pool:
        with pytest.raises(HoldfastError):
            pool.part(Gone(SOURCE.read_at(0, 1000)), "f", ("a",))
        assert pool.part(SOURCE, "f", ("a",)).size == 3
