"""Writing age v1 files: hash and seal in one pass, on both cores where a piece is worth it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from holdfast.vault import primitives
from holdfast.vault.age_hash import BesideHash
from holdfast.vault.age_header import FILE_KEY, written
from holdfast.vault.age_stanzas import Passphrase, Recipient
from holdfast.vault.age_stream import CHUNK, NONCE, SEALED_CHUNK, chunk_nonce, payload_cipher

Buffer = bytes | bytearray | memoryview
GROUP = 16
"""Chunks handed to the sink at once (1 MiB)."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed: `size` and `sha256` (hex) of the plaintext, `sealed_size` of the age file, all in bytes."""

    size: int
    sha256: str
    sealed_size: int


class Sealer:
    """One age file being written. The header goes to `sink` at once, the rest as `write` brings it; `finish` ends the file.

    `sink` gets bytes it must use before it returns: the buffer is written again afterwards. If it returns a number, as a
    file's `write` does, that must be how many bytes it took: OSError if it did not take all. `write` has used its buffer
    when it returns, so the caller may fill it again; 2 to 4 MiB at a time is fastest. After an error from `sink` the file is
    worthless and the sealer refuses to go on. ValueError for no recipient, or a write after the end.
    """

    def __init__(self, to: Sequence[Recipient] | Passphrase, sink: Callable[[bytes | memoryview], object]) -> None:
        ways = [to] if isinstance(to, Passphrase) else list(to)
        if not ways:
            raise ValueError("nobody could open this: no recipient was given")
        file_key, nonce = primitives.random_bytes(FILE_KEY), primitives.random_bytes(NONCE)
        self._cipher = payload_cipher(file_key, nonce)
        self._sink = sink
        self._waiting = bytearray(CHUNK)  # a chunk is sealed only when it is known whether it is the last
        self._held = 0
        self._number = 0
        self._hash = BesideHash()
        self._out = memoryview(bytearray(SEALED_CHUNK))
        self._going = True
        head = written([way.wrap(file_key) for way in ways], file_key) + nonce
        self._sealed_size = 0
        self._give(head)

    def write(self, buffer: Buffer) -> None:
        """Hash and seal some more of the plaintext."""
        self._claim()
        view = memoryview(buffer).cast("B")
        self._hash.update(view)
        try:
            self._seal(view)
        finally:
            self._hash.settle()
        self._going = True

    def finish(self) -> Sealed:
        """Seal the last chunk. Nothing may be written after this."""
        self._claim()
        self._put((memoryview(self._waiting)[: self._held],), last=True)
        return Sealed(self._hash.size, self._hash.finish(), self._sealed_size)

    def _claim(self) -> None:
        if not self._going:
            raise ValueError("this file is finished, or broke off")
        self._going = False

    def _seal(self, view: memoryview) -> None:
        take = min(CHUNK - self._held, len(view))
        self._waiting[self._held : self._held + take] = view[:take]
        self._held += take
        rest = view[take:]
        if not rest:
            return
        keep = (len(rest) - 1) % CHUNK + 1
        chunks = [memoryview(self._waiting), *(rest[at : at + CHUNK] for at in range(0, len(rest) - keep, CHUNK))]
        for at in range(0, len(chunks), GROUP):
            self._put(chunks[at : at + GROUP])
        self._waiting[:keep] = rest[-keep:]
        self._held = keep

    def _put(self, chunks: Sequence[memoryview], *, last: bool = False) -> None:
        if len(self._out) < len(chunks) * SEALED_CHUNK:
            self._out = memoryview(bytearray(GROUP * SEALED_CHUNK))
        at = 0
        for chunk in chunks:
            end = at + len(chunk) + primitives.TAG
            self._cipher.seal_into(chunk_nonce(self._number, last), chunk, self._out[at:end])
            self._number += 1
            at = end
        self._give(self._out[:at])

    def _give(self, sealed: bytes | memoryview) -> None:
        self._sealed_size += len(sealed)
        taken = self._sink(sealed)
        if isinstance(taken, int) and taken != len(sealed):
            raise OSError(f"only {taken} of {len(sealed)} bytes were taken")


def seal(chunks: Iterable[Buffer], to: Sequence[Recipient] | Passphrase) -> Iterator[bytes]:
    """The age file of all `chunks` together, piece by piece."""
    pieces: list[bytes] = []
    sealer = Sealer(to, lambda piece: pieces.append(bytes(piece)))
    for chunk in chunks:
        yield from pieces
        pieces.clear()
        sealer.write(chunk)
    sealer.finish()
    yield from pieces
