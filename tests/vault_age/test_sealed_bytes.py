"""Reading anywhere in a sealed file: the same bytes as the plaintext's slices, and no more work than they need."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.model import ByteSource
from holdfast.vault.age import HeaderFailure, Identity, NoMatch, Passphrase, PayloadFailure, SealedBytes, seal
from holdfast.vault.age_header import written
from holdfast.vault.age_open import CACHED_CHUNKS
from holdfast.vault.age_stream import CHUNK, SEALED_CHUNK, chunk_nonce, payload_cipher


class Watched(ByteSource, Protocol):
    asked: list[tuple[int, int]]


Source = Callable[[bytes], Watched]
ME = Identity.generate()
CHANCE = random.Random(11)
PLAIN = {size: CHANCE.randbytes(size) for size in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 5 * CHUNK + 77)}
SEALED = {size: b"".join(seal([plain], [ME.recipient])) for size, plain in PLAIN.items()}


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_reads_equal_slices_of_the_plaintext(in_memory: Source, data: st.DataObject) -> None:
    size = data.draw(st.sampled_from(sorted(PLAIN)))
    sealed = SealedBytes(in_memory(SEALED[size]), [ME])
    assert sealed.size == size
    edge = st.integers(0, 6).map(lambda chunk: chunk * CHUNK)
    for _ in range(5):
        offset = data.draw(st.integers(0, size + 10) | edge)
        count = data.draw(st.integers(0, 3 * CHUNK) | edge | st.just(1 << 40))
        assert sealed.read_at(offset, count) == PLAIN[size][offset : offset + count]


def test_only_the_chunks_that_are_needed_are_read(in_memory: Source) -> None:
    size = 5 * CHUNK + 77
    source = in_memory(SEALED[size])
    sealed = SealedBytes(source, [ME])
    assert sum(count for _, count in source.asked) < SEALED_CHUNK + 5000  # the header and the last chunk
    source.asked.clear()
    sealed.read_at(2 * CHUNK + 5, CHUNK)
    assert len(source.asked) == 2
    sealed.read_at(2 * CHUNK, 2 * CHUNK)
    assert len(source.asked) == 2, "chunks just opened are kept"


def test_a_negative_place_is_a_mistake_of_the_caller(in_memory: Source) -> None:
    sealed = SealedBytes(in_memory(SEALED[1]), [ME])
    for place in ((-1, 1), (0, -1)):
        with pytest.raises(ValueError, match="negative"):
            sealed.read_at(*place)


def test_truncation_is_noticed_on_opening(in_memory: Source) -> None:
    whole = SEALED[5 * CHUNK + 77]
    for gone in (1, 77, 77 + 16, 77 + 17, SEALED_CHUNK, 4 * SEALED_CHUNK):
        with pytest.raises(PayloadFailure):
            SealedBytes(in_memory(whole[:-gone]), [ME])
    with pytest.raises(HeaderFailure):
        SealedBytes(in_memory(b""), [ME])


def test_it_opens_with_whichever_key_fits(in_memory: Source) -> None:
    slot = b"".join(seal([b"small"], Passphrase(b"correct horse", work_factor=5)))
    assert SealedBytes(in_memory(slot), [ME, Passphrase(b"correct horse")]).read_at(0, 99) == b"small"
    with pytest.raises(NoMatch):
        SealedBytes(in_memory(slot), [ME, Passphrase(b"wrong")])


@dataclass
class Virtual:
    """A sealed file of any size that exists nowhere: each chunk is sealed when it is read. Chunk n is n, over and over."""

    size_of_plain: int
    head: bytes = field(default_factory=lambda: written([ME.recipient.wrap(bytes(16))], bytes(16)) + bytes(16))

    @property
    def size(self) -> int:
        return len(self.head) + self.size_of_plain + 16 * (self.last + 1)

    @property
    def last(self) -> int:
        return (self.size_of_plain - 1) // CHUNK

    def plain(self, number: int) -> bytes:
        length = CHUNK if number < self.last else self.size_of_plain - number * CHUNK
        return (number.to_bytes(8, "big") * (CHUNK // 8))[:length]

    def read_at(self, offset: int, count: int) -> bytes:
        if offset < len(self.head):
            return self.head[offset : offset + count]
        number, rest = divmod(offset - len(self.head), SEALED_CHUNK)
        assert (rest, count) == (0, SEALED_CHUNK)
        cipher = payload_cipher(bytes(16), bytes(16))
        return cipher.seal(chunk_nonce(number, number == self.last), self.plain(number))


def test_twenty_gigabytes_are_read_anywhere_in_flat_memory() -> None:
    source = Virtual(20_000_000_001)
    tracemalloc.start()
    sealed = SealedBytes(source, [ME])
    assert sealed.size == source.size_of_plain
    chance = random.Random(5)
    for offset in (0, 20_000_000_000, *(chance.randrange(20_000_000_000) for _ in range(500))):
        first = offset // CHUNK
        around = source.plain(first) + (source.plain(first + 1) if first < source.last else b"")
        assert sealed.read_at(offset, 1000) == around[offset % CHUNK :][:1000]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < CACHED_CHUNKS * CHUNK + (2 << 20)
