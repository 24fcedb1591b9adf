"""The format's public test vectors: each names the one way it must end, and we end exactly that way."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from holdfast.model import ByteSource
from holdfast.vault.age import (
    AgeError,
    ArmorFailure,
    HeaderFailure,
    HmacFailure,
    NoMatch,
    Opener,
    Passphrase,
    PayloadFailure,
    SealedBytes,
    dearmored,
    open_stream,
    parse_identities,
)

Reading = Callable[..., Callable[[int], bytes]]

EXPECT = {
    HeaderFailure: "header failure",
    HmacFailure: "HMAC failure",
    NoMatch: "no match",
    PayloadFailure: "payload failure",
    ArmorFailure: "armor failure",
}
"""Exactly these classes: a subclass or their base would not be found here."""

HOW_MANY = 143


@dataclass(frozen=True)
class Vector:
    name: str
    expect: str
    payload: str | None
    openers: tuple[Opener, ...]
    armored: bool
    body: bytes

    @classmethod
    def load(cls, path: Path) -> Vector:
        head, _, body = path.read_bytes().partition(b"\n\n")
        fields = [line.partition(": ")[::2] for line in head.decode().split("\n")]
        one = dict(fields)
        keys = [value for key, value in fields if key == "identity"]
        words = [Passphrase(value.encode()) for key, value in fields if key == "passphrase"]
        return cls(
            name=path.name,
            expect=one["expect"],
            payload=one.get("payload"),
            openers=(*(parse_identities("\n".join(keys)) if keys else ()), *words),
            armored=one.get("armored") == "yes",
            body=zlib.decompress(body) if one.get("compressed") == "zlib" else body,
        )


def outcome(vector: Vector, read: Callable[[int], bytes]) -> tuple[str, bytes]:
    """How reading it ended, in the vectors' words, and what was released before."""
    released = bytearray()
    try:
        for chunk in open_stream(dearmored(read) if vector.armored else read, vector.openers):
            released += chunk
    except AgeError as error:
        return EXPECT[type(error)], bytes(released)
    return "success", bytes(released)


def outcome_from_the_end(vector: Vector, body: ByteSource) -> tuple[str, bytes]:
    """The same through the seekable reader, which looks at the last chunk first."""
    try:
        source = SealedBytes(body, vector.openers)
        return "success", b"".join(source.read_at(at, 100_000) for at in range(0, source.size, 100_000))
    except AgeError as error:
        return EXPECT[type(error)], b""


@pytest.fixture(scope="module")
def vectors(corpora: Path) -> list[Vector]:
    return [Vector.load(path) for path in sorted((corpora / "age-vectors").iterdir())]


@pytest.mark.parametrize("most", [1 << 20, 7], ids=["whole reads", "seven bytes a read"])
def test_every_vector_ends_as_it_says(vectors: list[Vector], reading: Reading, most: int) -> None:
    assert len(vectors) == HOW_MANY
    # Seven bytes a read over sixteen megabytes would only cost time; the large ones differ in chunks, not in reads.
    for vector in (v for v in vectors if most > 7 or len(v.body) < 200_000):
        ended, released = outcome(vector, reading(vector.body, most))
        assert (vector.name, ended) == (vector.name, vector.expect)
        if vector.payload is not None:
            assert (vector.name, hashlib.sha256(released).hexdigest()) == (vector.name, vector.payload)


def test_every_vector_ends_the_same_way_from_the_last_chunk(
    vectors: list[Vector], in_memory: Callable[[bytes], ByteSource]
) -> None:
    for vector in (v for v in vectors if not v.armored):
        ended, whole = outcome_from_the_end(vector, in_memory(vector.body))
        assert (vector.name, ended) == (vector.name, vector.expect)
        if ended == "success":
            assert hashlib.sha256(whole).hexdigest() == vector.payload


def test_the_vectors_can_tell_a_wrong_ending(vectors: list[Vector], reading: Reading) -> None:
    """A control: with the last byte of a good file changed, the outcome is no longer what the vector says."""
    good = next(v for v in vectors if v.name == "x25519")
    spoiled = good.body[:-1] + bytes([good.body[-1] ^ 1])
    assert outcome(good, reading(spoiled))[0] == "payload failure"
