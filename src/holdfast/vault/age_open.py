"""Reading age v1 files: from front to back, or anywhere in them without opening the rest."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence

from holdfast.model import ByteSource
from holdfast.vault.age_errors import HeaderFailure, NoMatch, PayloadFailure
from holdfast.vault.age_header import read_header
from holdfast.vault.age_input import Inflow
from holdfast.vault.age_stanzas import Opener
from holdfast.vault.age_stream import CHUNK, NONCE, SEALED_CHUNK, chunk_nonce, opened_chunks, payload_cipher, plain_size
from holdfast.vault.primitives import ChunkCipher, TagMismatch

CACHED_CHUNKS = 32
"""Opened chunks kept by `SealedBytes`: 2 MiB."""
_HEAD = 4096


def open_stream(read: Callable[[int], bytes], identities: Sequence[Opener]) -> Iterator[bytes]:
    """Plaintext in chunks of at most 64 KiB; none leaves before its tag was checked.

    `read(count)` gives up to `count` bytes, b"" at the end (it may give more). The header is opened here and now:
    HeaderFailure, HmacFailure or NoMatch come from this call, PayloadFailure from the iterator. Only when the iterator has
    ended without an error was the file whole. For armored text wrap `read` with `dearmored` first.
    """
    inflow = Inflow(read)
    cipher = _unlocked(inflow, identities)
    return opened_chunks(inflow, cipher)


class SealedBytes:
    """The plaintext of a sealed file as a `ByteSource`: only the chunks asked for are opened, each after its tag is checked.

    Opening checks the header and the last chunk, so a file cut off or added to is noticed at once (PayloadFailure); other
    chunks are checked when they are read. Memory stays flat whatever the size. Not for two threads at once.
    """

    def __init__(self, source: ByteSource, identities: Sequence[Opener]) -> None:
        self._source = source
        at = 0

        def read(count: int) -> bytes:
            nonlocal at
            piece = source.read_at(at, count)
            at += len(piece)
            return piece

        inflow = Inflow(read, _HEAD)
        self._cipher = _unlocked(inflow, identities)
        self._start = inflow.consumed
        self._size = plain_size(source.size - self._start)
        self._last = max(0, self._size - 1) // CHUNK
        self._opened: OrderedDict[int, bytes] = OrderedDict()
        self._chunk(self._last)

    @property
    def size(self) -> int:
        """Bytes of plaintext."""
        return self._size

    def read_at(self, offset: int, count: int) -> bytes:
        """At most `count` bytes from `offset`, fewer only at the end. PayloadFailure if a chunk they lie in was changed."""
        if offset < 0 or count < 0:
            raise ValueError("offset and count are not negative")
        end = min(offset + count, self._size)
        if offset >= end:
            return b""
        first = offset // CHUNK
        pieces = [self._chunk(number) for number in range(first, (end - 1) // CHUNK + 1)]
        if len(pieces) == 1:
            return pieces[0][offset - first * CHUNK : end - first * CHUNK]
        pieces[0] = pieces[0][offset - first * CHUNK :]
        pieces[-1] = pieces[-1][: (end - 1) % CHUNK + 1]
        return b"".join(pieces)

    def _chunk(self, number: int) -> bytes:
        if (plain := self._opened.get(number)) is not None:
            self._opened.move_to_end(number)
            return plain
        sealed = self._source.read_at(self._start + number * SEALED_CHUNK, SEALED_CHUNK)
        try:
            plain = self._cipher.open(chunk_nonce(number, number == self._last), sealed)
        except TagMismatch:
            raise PayloadFailure(f"chunk {number} of {self._last + 1} was changed or cut off") from None
        self._opened[number] = plain
        if len(self._opened) > CACHED_CHUNKS:
            self._opened.popitem(last=False)
        return plain


def _unlocked(inflow: Inflow, identities: Sequence[Opener]) -> ChunkCipher:
    """Reads header and payload nonce; the cipher of the payload that follows."""
    header = read_header(inflow)
    for identity in identities:
        if (file_key := identity.file_key(header.stanzas)) is not None:
            break
    else:
        raise NoMatch("none of the given keys or passphrases opens this file")
    header.check(file_key)
    nonce = bytes(inflow.take(NONCE))
    if len(nonce) != NONCE:
        raise HeaderFailure("the file ends right after its header")
    return payload_cipher(file_key, nonce)
