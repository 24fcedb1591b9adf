"""Whatever is changed, cut, added, moved or put back in a sealed file is noticed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.model import ByteSource
from holdfast.vault.age import AgeError, Identity, PayloadFailure, SealedBytes, dearmored, open_stream, seal

Reading = Callable[..., Callable[[int], bytes]]
Source = Callable[[bytes], ByteSource]

ME = Identity.generate()
THEIRS = pyrage.x25519.Identity.from_str(ME.encode())
PLAIN = random.Random(7).randbytes(3 * 65536 + 1000)
SEALED = b"".join(seal([PLAIN], [Identity.generate().recipient, ME.recipient]))
ARMORED = pyrage.encrypt(b"short", [THEIRS.to_public()], armored=True)
START = SEALED.index(b"\n", SEALED.index(b"\n---") + 1) + 1
"""Where the payload starts: 16 bytes of nonce, then the chunks."""


@pytest.fixture(scope="module")
def refused(reading: Reading, in_memory: Source) -> Callable[[bytes], bool]:
    """Whether both our readers refuse a file. One that comes out changed is a failure, not an answer."""

    def ends(read: Callable[[], bytes]) -> bool:
        try:
            plain = read()
        except AgeError:
            return True
        assert plain == PLAIN, "a changed file was opened, with other content"
        return False

    def both(sealed: bytes) -> bool:
        answers = {
            ends(lambda: b"".join(open_stream(reading(sealed), [ME]))),
            ends(lambda: (source := SealedBytes(in_memory(sealed), [ME])).read_at(0, source.size)),
        }
        assert len(answers) == 1, "front to back and seeking do not agree"
        return answers.pop()

    return both


def flipped(bit: int) -> bytes:
    changed = bytearray(SEALED)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def pyrage_refuses(sealed: bytes) -> bool:
    try:
        return bool(pyrage.decrypt(sealed, [THEIRS]) != PLAIN)
    except pyrage.DecryptError:
        return True


def test_the_file_as_written_opens(refused: Callable[[bytes], bool]) -> None:
    """The control for everything below: the same question, asked of the untouched file, by us and by others."""
    assert not refused(SEALED)
    assert not pyrage_refuses(SEALED)


def test_every_bit_of_the_header_matters(refused: Callable[[bytes], bool]) -> None:
    bits = range(8 * (START + 16))
    assert [bit for bit in bits if not refused(flipped(bit))] == []
    assert [bit for bit in random.Random(1).sample(bits, 100) if not pyrage_refuses(flipped(bit))] == []


def payload_bits(count: int) -> Iterator[int]:
    """Each chunk's first and last bit, and others by chance."""
    for chunk in range(START + 16, len(SEALED), 65552):
        yield 8 * chunk
        yield 8 * min(chunk + 65552, len(SEALED)) - 1
    yield from random.Random(2).choices(range(8 * START, 8 * len(SEALED)), k=count)


@pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=pytest.mark.proof)])
def test_bits_of_the_payload_matter(refused: Callable[[bytes], bool], count: int) -> None:
    assert [bit for bit in payload_bits(count) if not refused(flipped(bit))] == []


def test_a_file_cut_off_anywhere_is_noticed(refused: Callable[[bytes], bool]) -> None:
    lengths = {*range(START + 60), *random.Random(3).sample(range(len(SEALED)), 100)}
    for chunk in range(START + 16, len(SEALED), 65552):
        lengths |= {chunk, chunk + 1, chunk + 15, chunk + 16, chunk + 17, chunk - 1}
    lengths |= {len(SEALED) - 1}
    assert [length for length in lengths if not refused(SEALED[:length])] == []


@pytest.mark.parametrize("more", [b"\0", b"\n", bytes(16), bytes(65552), SEALED[-1016:], SEALED])
def test_something_added_at_the_end_is_noticed(refused: Callable[[bytes], bool], more: bytes) -> None:
    assert refused(SEALED + more)


def test_chunks_moved_dropped_or_doubled_are_noticed(refused: Callable[[bytes], bool]) -> None:
    head, body = SEALED[: START + 16], SEALED[START + 16 :]
    chunks = [body[at : at + 65552] for at in range(0, len(body), 65552)]
    assert len(chunks) == 4
    orders = [(1, 0, 2, 3), (0, 2, 1, 3), (0, 1, 3), (1, 2, 3), (0, 1, 1, 2, 3), (0, 1, 2, 3, 3), (0, 1, 2), (3,), (0, 3)]
    assert [order for order in orders if not refused(head + b"".join(chunks[n] for n in order))] == []
    assert not refused(head + b"".join(chunks))


def test_a_payload_under_another_files_header_is_noticed(refused: Callable[[bytes], bool]) -> None:
    other = b"".join(seal([PLAIN], [Identity.generate().recipient, ME.recipient]))
    assert len(other) == len(SEALED)
    assert refused(other[:START] + SEALED[START:])


@settings(max_examples=100, deadline=None)
@given(noise=st.binary(max_size=300), at=st.integers(0, 700), keep=st.booleans())
def test_noise_ends_in_one_of_our_errors(reading: Reading, noise: bytes, at: int, keep: bool) -> None:
    """Never in another exception: a vault may be handed anything."""
    changed = SEALED[:at] + noise + (SEALED[at:] if keep else b"")
    for read in (reading(changed), dearmored(reading(changed))):
        try:
            plain = b"".join(open_stream(read, [ME]))
        except AgeError:
            continue
        assert plain == PLAIN
        assert changed == SEALED


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_noise_in_armor_ends_in_one_of_our_errors(reading: Reading, data: st.DataObject) -> None:
    at, gone = data.draw(st.integers(0, len(ARMORED))), data.draw(st.integers(0, 5))
    noise = data.draw(st.binary(max_size=5) | st.sampled_from([b"\n", b"\r\n", b" ", b"=", b"\n\n", b"-"]))
    changed = ARMORED[:at] + noise + ARMORED[at + gone :]
    try:
        plain = b"".join(open_stream(dearmored(reading(changed)), [ME]))
    except AgeError:
        return
    assert plain == b"short"


def test_endless_space_around_armor_is_refused(reading: Reading) -> None:
    assert b"".join(open_stream(dearmored(reading(b"\n" * 900 + ARMORED + b" \n" * 400)), [ME])) == b"short"
    for changed in (b"\n" * 5000 + ARMORED, b" " * 5000 + ARMORED, ARMORED + b"\n" * 5000):
        with pytest.raises(AgeError):
            b"".join(open_stream(dearmored(reading(changed)), [ME]))


def test_a_source_that_shrinks_while_it_is_read_is_noticed(in_memory: Source) -> None:
    source = in_memory(SEALED)
    sealed = SealedBytes(source, [ME])
    source.content = SEALED[: START + 70_000]  # type: ignore[attr-defined]
    assert sealed.read_at(0, 100) == PLAIN[:100]
    with pytest.raises(PayloadFailure, match="chunk 1 of 4"):
        sealed.read_at(65536, 1)
