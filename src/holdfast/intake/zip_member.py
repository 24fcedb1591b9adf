"""The bytes of one zip member, never more than it says it holds, never on disk."""

from __future__ import annotations

import hashlib
import struct
import zlib

import msgspec

from holdfast.intake.bytes_held import BytesHeld
from holdfast.intake.zip_directory import BLOCK, LOCAL, STORED, Entry
from holdfast.model import ByteSource

HELD = 8 << 20  # members up to this size are unpacked once and kept in memory while they are read
STRIDE = 16 << 20  # bytes, at least, between the places unpacking can resume at
STATES = 128  # such places a member, at most; each costs up to 300 kB


class Unpacked(msgspec.Struct, frozen=True):
    """A member's bytes as far as they could be had. `trouble` says what was wrong with it, as a sentence; `missing` how many
    bytes it said it holds and does not give."""

    source: ByteSource
    sha256: str
    trouble: str | None = None
    missing: int | None = None


def unpacked(zipped: ByteSource, entry: Entry) -> Unpacked:
    """Read a stored or deflated member once through: hash, length and checksum are known afterwards. Never raises on bytes."""
    start, trouble = _data(zipped, entry)
    if trouble is not None:
        return Unpacked(BytesHeld(b""), hashlib.sha256().hexdigest(), trouble, entry.size)
    if entry.method == STORED:
        body: Stored | Inflated = Stored(zipped, start, min(entry.packed, entry.size))
        surplus = entry.packed > entry.size
    else:
        body = Inflated(zipped, start, entry.packed, entry.size)
        surplus = False
    digest, crc, got, held = hashlib.sha256(), 0, 0, []
    while piece := body.read_at(got, BLOCK):
        digest.update(piece)
        crc = zlib.crc32(piece, crc)
        got += len(piece)
        if entry.size <= HELD:
            held.append(piece)
    if isinstance(body, Inflated):
        surplus = body.surplus(got)
    trouble = _trouble(entry, got, crc, surplus)
    source: ByteSource = BytesHeld(b"".join(held)) if entry.size <= HELD else body
    if source is body:
        body.size = got
    return Unpacked(source, digest.hexdigest(), trouble, entry.size - got if got < entry.size else None)


def _data(zipped: ByteSource, entry: Entry) -> tuple[int, str | None]:
    """Where the member's bytes begin, or why that is not known."""
    header = zipped.read_at(entry.header, 30)
    if len(header) < 30 or header[:4] != LOCAL:
        return 0, "The zip's list points to a place where this member is not."
    name_size, extra_size = struct.unpack_from("<HH", header, 26)
    return entry.header + 30 + name_size + extra_size, None


def _trouble(entry: Entry, got: int, crc: int, surplus: bool) -> str | None:
    if got < entry.size or entry.cut:
        return f"The zip is cut off or damaged here: {got:,} bytes of this member could be unpacked; they are read above."
    if surplus:
        return f"This member holds more than the {entry.size:,} bytes the zip says. Only these were read."
    if crc != entry.crc:
        return "The checksum the zip keeps for this member does not fit: its bytes were damaged or changed after zipping."
    return None


class Stored:
    """A member kept as it is: a window on the zip's own bytes."""

    def __init__(self, zipped: ByteSource, start: int, size: int) -> None:
        self._zipped, self._start, self.size = zipped, start, size

    def read_at(self, offset: int, count: int) -> bytes:
        count = min(count, self.size - offset)
        return self._zipped.read_at(self._start + offset, count) if count > 0 else b""


class Inflated:
    """A deflated member, unpacked while it is read. Forward reads cost what they read; a step back resumes at most one
    stride earlier. Memory is two blocks and the states."""

    def __init__(self, zipped: ByteSource, start: int, packed: int, size: int) -> None:
        self._zipped, self._start, self._packed = zipped, start, packed
        self.size = size
        self._states = [(0, 0, zlib.decompressobj(-15))]  # unpacked offset, packed offset, unpacker at rest there
        self._resume(0)

    def read_at(self, offset: int, count: int) -> bytes:
        count = min(count, self.size - offset)
        if count <= 0:
            return b""
        if offset < self._block_at:
            self._resume(offset)
        pieces: list[bytes] = []
        while count > 0:
            skip = offset - self._block_at
            if skip < len(self._block):
                piece = self._block[skip : skip + count]
                pieces.append(piece)
                offset += len(piece)
                count -= len(piece)
            elif not self._next():
                break
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def surplus(self, got: int) -> bool:
        """Whether there is more than `got` bytes; asked once, after reading them all."""
        return self._block_at + len(self._block) > got or (self._next() and self._block_at + len(self._block) > got)

    def _resume(self, offset: int) -> None:
        place = max((state for state in self._states if state[0] <= offset), key=lambda state: state[0])
        self._block_at, self._block, self._taken = place[0], b"", place[1]
        self._inflater = place[2].copy()

    def _next(self) -> bool:
        """Unpack the block after this one; False at the end of what can be unpacked."""
        at = self._block_at + len(self._block)
        if at - self._states[-1][0] >= max(STRIDE, self.size // STATES) and not self._inflater.eof:
            self._states.append((at, self._taken, self._inflater.copy()))
        block = b""
        while not block and not self._inflater.eof:
            piece = self._inflater.unconsumed_tail
            if not piece:
                piece = self._zipped.read_at(self._start + self._taken, min(BLOCK // 4, self._packed - self._taken))
                self._taken += len(piece)
            try:
                block = self._inflater.decompress(piece, BLOCK) if piece else self._inflater.flush()
            except zlib.error:
                break
            if not piece:
                break
        if not block:
            return False
        self._block_at, self._block = at, block
        return True
