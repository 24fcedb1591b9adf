"""Sealing and opening as streams: any cut of the plaintext, nothing released unchecked, no half file that looks whole."""

from __future__ import annotations

import hashlib
import random
import time
import tracemalloc
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.vault import age_hash, primitives
from holdfast.vault.age import (
    HeaderFailure,
    Identity,
    NoMatch,
    Passphrase,
    PayloadFailure,
    Sealed,
    Sealer,
    hash_opened,
    open_stream,
    seal,
)

Reading = Callable[..., Callable[[int], bytes]]
ME = Identity.generate()
edges = st.sampled_from([0, 1, 16, 4096, 65535, 65536, 65537, 131072, 200_000]) | st.integers(0, 300_000)


def sealed_with_sealer(pieces: list[bytes]) -> tuple[bytes, Sealed]:
    out = bytearray()
    sealer = Sealer([ME.recipient], out.extend)
    for piece in pieces:
        sealer.write(piece)
    said = sealer.finish()
    return bytes(out), said


def collect(chunks: Iterable[bytes], into: bytearray) -> None:
    for chunk in chunks:
        into += chunk


@settings(max_examples=60, deadline=None)
@given(sizes=st.lists(edges, max_size=6), most=st.integers(1, 1 << 17), seed=st.integers(0, 9))
def test_round_trip_however_it_is_cut(sizes: list[int], most: int, seed: int, reading: Reading) -> None:
    chance = random.Random(seed)
    pieces = [chance.randbytes(size) for size in sizes]
    whole = b"".join(pieces)
    written, said = sealed_with_sealer(pieces)
    assert said == Sealed(len(whole), hashlib.sha256(whole).hexdigest(), len(written))
    assert b"".join(open_stream(reading(written, most + 500), [ME])) == whole
    assert hash_opened(reading(written), [ME]) == (said.sha256, said.size)
    assert b"".join(open_stream(reading(b"".join(seal(pieces, [ME.recipient]))), [ME])) == whole


def test_the_cut_of_the_plaintext_does_not_show_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(primitives, "random_bytes", lambda count: b"\x05" * count)
    content = random.Random(1).randbytes(3_500_000)
    cuts = (len(content), 1 << 20, 1_000_003, 65536, 50_000, 999)
    made = {sealed_with_sealer([content[at : at + cut] for at in range(0, len(content), cut)])[0] for cut in cuts}
    assert len(made) == 1


def test_a_large_file_is_hashed_on_a_second_core(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    class Noticed(ThreadPoolExecutor):
        def __init__(self, workers: int, name: str) -> None:
            started.append(name)
            super().__init__(workers, name)

    monkeypatch.setattr(age_hash, "ThreadPoolExecutor", Noticed)
    for size, threads in ((1 << 20, 0), (5 << 20, 2)):
        content = random.Random(size).randbytes(size)
        sealed, said = sealed_with_sealer([content[at : at + (1 << 20)] for at in range(0, size, 1 << 20)])
        assert said.sha256 == hashlib.sha256(content).hexdigest()
        assert hash_opened(reading(sealed), [ME]) == (said.sha256, size)
        assert len(started) == threads


def test_views_and_reused_buffers_are_used_before_write_returns(reading: Reading) -> None:
    out, buffer = bytearray(), bytearray(3 << 20)
    sealer = Sealer([ME.recipient], out.extend)
    for fill in (1, 2, 3):
        buffer[:] = bytes([fill]) * len(buffer)
        sealer.write(memoryview(buffer))
    buffer[:] = bytes(len(buffer))
    said = sealer.finish()
    whole = b"".join(bytes([fill]) * len(buffer) for fill in (1, 2, 3))
    assert said.sha256 == hashlib.sha256(whole).hexdigest()
    assert b"".join(open_stream(reading(bytes(out)), [ME])) == whole


def test_pieces_are_hashed_in_order_even_when_the_second_core_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(ThreadPoolExecutor):
        def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
            def late() -> Any:
                time.sleep(0.02)
                return work(*given, **named)

            return super().submit(late)

    monkeypatch.setattr(age_hash, "ThreadPoolExecutor", Late)
    pieces = [bytes([n]) * size for n, size in enumerate((3 << 20, 5, 1 << 20, 2 << 20, 7))]
    hashed = age_hash.BesideHash()
    for piece in pieces:
        hashed.update(piece)
    assert hashed.finish() == hashlib.sha256(b"".join(pieces)).hexdigest()


def test_two_files_of_the_same_content_share_nothing_but_the_first_line() -> None:
    one, other = (b"".join(seal([bytes(1000)], [ME.recipient])) for _ in range(2))
    first, second = one.split(b"\n"), other.split(b"\n")
    assert first[0] == second[0] == b"age-encryption.org/v1"
    assert not {*first[1:4]} & {*second[1:4]}
    nonce = len(one) - 1016 - 16
    assert one[nonce : nonce + 16] != other[nonce : nonce + 16]
    assert one[-1016:] != other[-1016:]


def test_two_slots_of_the_same_passphrase_have_different_salts() -> None:
    slots = [b"".join(seal([b"x"], Passphrase(b"same", work_factor=1))) for _ in range(2)]
    assert len({slot.split(b"\n")[1] for slot in slots}) == 2


def test_a_file_for_nobody_is_not_written() -> None:
    with pytest.raises(ValueError, match="nobody"):
        Sealer([], bytearray().extend)


def test_a_finished_file_takes_nothing_more() -> None:
    sealer = Sealer([ME.recipient], bytearray().extend)
    sealer.finish()
    for more in (lambda: sealer.write(b"x"), sealer.finish):
        with pytest.raises(ValueError, match="finished"):
            more()


@pytest.mark.parametrize("size", [100_000, 8 << 20])
def test_after_the_disk_refused_the_file_cannot_be_finished(size: int) -> None:
    """Otherwise a file with a hole in its middle could look whole."""
    accepted: list[int] = []

    def full_disk(piece: bytes | memoryview) -> None:
        if accepted:
            raise OSError("no space left")
        accepted.append(len(piece))

    sealer = Sealer([ME.recipient], full_disk)
    with pytest.raises(OSError, match="no space"):
        sealer.write(bytes(size))
    with pytest.raises(ValueError, match="broke off"):
        sealer.finish()


def test_a_sink_that_takes_only_a_part_is_noticed() -> None:
    """A raw file near the end of its disk does that without any error."""
    sealer = Sealer([ME.recipient], lambda piece: min(len(piece), 60_000))
    with pytest.raises(OSError, match="60000 of 65552 bytes"):
        sealer.write(bytes(70_000))
    with pytest.raises(ValueError, match="broke off"):
        sealer.finish()


def test_no_chunk_leaves_before_its_tag_was_checked(reading: Reading) -> None:
    content = random.Random(3).randbytes(5 * 65536 + 10)
    written = bytearray(sealed_with_sealer([content])[0])
    written[-2 * 65552] ^= 1  # in chunk 3
    chunks, released = open_stream(reading(bytes(written)), [ME]), bytearray()
    with pytest.raises(PayloadFailure, match="chunk 3"):
        collect(chunks, released)
    assert bytes(released) == content[: 3 * 65536]


def test_a_wrong_key_is_said_at_once_and_not_with_the_first_chunk(reading: Reading) -> None:
    written, _ = sealed_with_sealer([b"content"])
    with pytest.raises(NoMatch):
        open_stream(reading(written), [Identity.generate(), Passphrase(b"anything")])
    with pytest.raises(NoMatch):
        open_stream(reading(written), [])


@pytest.mark.parametrize("endless", [b"A", b"-> A\n", b"-> " + b"A" * 60 + b"\n", b"\n", b"A" * 64 + b"\n"])
def test_an_endless_header_is_refused_after_a_megabyte(endless: bytes) -> None:
    asked = 0
    head = b"age-encryption.org/v1\n-> X25519 "

    def read(count: int) -> bytes:
        nonlocal asked
        asked += count
        return head if asked == count else (endless * (count // len(endless) + 1))[:count]

    with pytest.raises(HeaderFailure):
        open_stream(read, [ME])
    assert asked < 4 << 20


def test_memory_stays_flat() -> None:
    """128 MiB through sealing and opening, never held."""
    block = random.Random(4).randbytes(1 << 20)
    head = bytearray()
    sealer = Sealer([ME.recipient], lambda piece: head.extend(piece[: max(0, 300 - len(head))]))
    tracemalloc.start()
    for _ in range(128):
        sealer.write(block)
    sealer.finish()
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.reset_peak()
    pieces = seal((block for _ in range(128)), [ME.recipient])
    total = sum(map(len, open_stream(lambda _count: next(pieces, b""), [ME])))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == 128 << 20
    assert peak < 12 << 20
