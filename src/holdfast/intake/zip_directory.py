"""What a zip says it holds. Layout: PKWARE's APPNOTE.TXT 6.3 (sections 4.3 to 4.6); the names are data, never paths.

When the list at the end is gone (a download cut off), members are found by walking from one local header to the next.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import msgspec

from holdfast.intake.zip_names import member_name
from holdfast.model import ByteSource

LOCAL, CENTRAL, END, DESCRIPTOR = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x07\x08"
END64, LOCATOR64 = b"PK\x06\x06", b"PK\x06\x07"
STORED, DEFLATED = 0, 8
BLOCK = 1 << 20
FIRST_STEP = 4096  # bytes looked at first where an end is searched: most members are small
LONGEST_COMMENT = 65_535
DESCRIBED = 8  # flag: CRC and sizes stand behind the data
BROKEN = 10  # so many headers that lead nowhere, and the search ends: made to keep us busy

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")


class Entry(msgspec.Struct, frozen=True):
    """One member as listed. `packed` and `size` are bytes in the zip and unpacked, as claimed; `header` is the offset of
    its local header. `mode` is the Unix file mode, 0 where none was kept. `cut`: the zip ends inside it."""

    name: str
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    header: int
    mode: int = 0
    cut: bool = False

    @property
    def encrypted(self) -> bool:
        return bool(self.flags & 0x41)


class Directory(msgspec.Struct, frozen=True):
    """The members of a zip in the order they lie in the list. `more`: members beyond `limit`, counted but not listed.

    `why` says, as a sentence, what is wrong with the list itself; `lost` how many bytes of the zip nothing accounts for.
    """

    entries: tuple[Entry, ...]
    more: int = 0
    why: str | None = None
    lost: int | None = None


def directory(source: ByteSource, limit: int) -> Directory:
    """The list of members, at most `limit` of them. Never raises on any bytes."""
    end = _end(source)
    if end is None:
        return _recovered(source, limit)
    offset, size, count, split, shift = end
    if split:
        return Directory((), why="This is one piece of a zip that was split into several; all pieces are needed to open it.")
    entries, more, whole = _listed(source, offset, size, shift, limit)
    if not entries and count and not whole:
        return _recovered(source, limit)
    if whole and len(entries) + more >= min(count, 0xFFFF):
        return Directory(entries, more)
    return Directory(entries, more, why="The list of what this zip holds is damaged: some members may be missing from it.")


def _end(source: ByteSource) -> tuple[int, int, int, bool, int] | None:
    """Where the list begins, its length, how many members, whether the zip is split, and how far everything is shifted."""
    start = max(0, source.size - _END.size - LONGEST_COMMENT)
    tail = source.read_at(start, source.size - start)
    at = len(tail)
    while (at := tail.rfind(END, 0, at)) >= 0:
        if len(tail) - at >= _END.size:
            _, disk, list_disk, _, count, size, offset, _comment = _END.unpack_from(tail, at)
            here = start + at
            split = (disk, list_disk) != (0, 0) and disk != 0xFFFF
            if 0xFFFF in (count, disk) or 0xFFFFFFFF in (size, offset):
                wide = _end64(source, here)
                if wide is not None:
                    here, size, offset, count, split = wide
            shift = here - size - offset  # stray bytes before the zip move everything by as much
            if shift >= 0 or split:
                return offset + shift, size, count, split, shift
    return None


def _end64(source: ByteSource, end: int) -> tuple[int, int, int, int, bool] | None:
    locator = source.read_at(end - 20, 20) if end >= 20 else b""
    if locator[:4] != LOCATOR64:
        return None
    (offset,) = struct.unpack_from("<Q", locator, 8)
    for here in (offset, end - 20 - _END64.size):  # the second: stray bytes stand before the zip
        record = source.read_at(here, _END64.size) if here >= 0 else b""
        if len(record) == _END64.size and record[:4] == END64:
            _, _, _, _, disk, list_disk, _, count, size, start = _END64.unpack(record)
            return here, size, start, count, (disk, list_disk) != (0, 0)
    return None


def _listed(source: ByteSource, offset: int, size: int, shift: int, limit: int) -> tuple[tuple[Entry, ...], int, bool]:
    """Entries, how many more, and whether the list was whole to its end."""
    entries: list[Entry] = []
    more = 0
    held, at, left = b"", 0, size
    while True:
        if len(held) - at < BLOCK and left > 0:
            piece = source.read_at(offset + size - left, min(BLOCK, left))
            left = left - len(piece) if piece else 0
            held, at = held[at:] + piece, 0
        if len(held) - at < _CENTRAL.size or held[at : at + 4] != CENTRAL:
            return tuple(entries), more, len(held) - at == 0 or held[at : at + 4] in (END, END64, b"PK\x05\x05")
        (_, made_by, _, flags, method, _, _, crc, packed, unpacked, name_size, extra_size, comment_size, _, _, mode, header) = (
            _CENTRAL.unpack_from(held, at)
        )
        name_at = at + _CENTRAL.size
        end = name_at + name_size + extra_size + comment_size
        if end > len(held):
            return tuple(entries), more, False
        if len(entries) >= limit:
            more += 1
        else:
            extra = held[name_at + name_size : end - comment_size]
            if 0xFFFFFFFF in (packed, unpacked, header):
                unpacked, packed, header = _wide(extra, unpacked, packed, header)
            entries.append(
                Entry(
                    name=member_name(held[name_at : name_at + name_size], flags, extra),
                    method=method,
                    flags=flags,
                    crc=crc,
                    packed=packed,
                    size=unpacked,
                    header=header + shift,
                    mode=mode >> 16 if made_by >> 8 in (3, 19) else 0,
                )
            )
        at = end


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, at)
        yield tag, extra[at + 4 : at + 4 + size]
        at += 4 + size


def _wide(extra: bytes, *values: int) -> tuple[int, ...]:
    """Sizes and offset of zip64 (extra field 1): present only for the values that say 0xFFFFFFFF, in this order."""
    body = next((body for tag, body in _fields(extra) if tag == 1), b"")
    found, at = [], 0
    for value in values:
        if value == 0xFFFFFFFF and at + 8 <= len(body):
            (value,) = struct.unpack_from("<Q", body, at)
            at += 8
        found.append(value)
    return tuple(found)


# --- when the list is gone --------------------------------------------------------------------------------------------


def _recovered(source: ByteSource, limit: int) -> Directory:
    """Members by their local headers, one after the other; bytes between them that are no member are counted as lost."""
    entries: list[Entry] = []
    at, lost, broken = 0, 0, 0
    while len(entries) < limit and broken < BROKEN:
        signature = source.read_at(at, 4)
        here = (
            at if signature == LOCAL else None if signature in (CENTRAL, END) else next(_occurrences(source, at, LOCAL), None)
        )
        if here is None:
            break
        entry, end = _member_at(source, here)
        broken += entry is None or end is None
        if entry is not None:
            entries.append(entry)
        lost += here - at
        at = end if end is not None else here + _LOCAL.size
    if source.read_at(at, 4) not in (CENTRAL, END):
        lost += max(0, source.size - at)
    why = "The end of this zip is missing, and with it the list of what it holds. Its members were looked for one by one."
    if not entries:
        why = "This zip is damaged: it has no list of what it holds, and no member could be found in it."
    return Directory(tuple(entries), why=why, lost=lost or None)


def _member_at(source: ByteSource, at: int) -> tuple[Entry | None, int | None]:
    """The member whose local header stands here, and where it ends; None where that cannot be told."""
    header = source.read_at(at, _LOCAL.size)
    if len(header) < _LOCAL.size:
        return None, None
    _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = _LOCAL.unpack(header)
    names = source.read_at(at + _LOCAL.size, name_size + extra_size)
    data = at + _LOCAL.size + name_size + extra_size
    if data > source.size:
        return None, None
    if 0xFFFFFFFF in (packed, size):
        size, packed = _wide(names[name_size:], size, packed)
    end: int | None = data + packed
    cut = data + packed > source.size
    if flags & DESCRIBED and not packed:
        crc, packed, size, end = _described(source, data, method)
        cut = end is None
    packed = min(packed, source.size - data)
    entry = Entry(member_name(names[:name_size], flags, names[name_size:]), method, flags, crc, packed, size, at, cut=cut)
    return entry, end


def _described(source: ByteSource, data: int, method: int) -> tuple[int, int, int, int | None]:
    """CRC, packed size, size and end of a member whose sizes stand behind its data; end None when they were not found."""
    if method == DEFLATED:
        inflater, at, size, step = zlib.decompressobj(-15), data, 0, FIRST_STEP
        while not inflater.eof:
            piece = inflater.unconsumed_tail
            if not piece:
                piece = source.read_at(at, step)
                at += len(piece)
                step = min(step * 2, BLOCK)
            try:
                size += len(inflater.decompress(piece, BLOCK))
            except zlib.error:
                return 0, at - data, size, None
            if not piece:
                return 0, at - data, size, None
        end = at - len(inflater.unused_data)
        return _descriptor(source, end, end - data, size) or (0, end - data, size, None)
    if method == STORED:
        for at in _occurrences(source, data, DESCRIPTOR):
            found = _descriptor(source, at, at - data, at - data)
            if found is not None:
                return found
    return 0, source.size - data, source.size - data, None


def _descriptor(source: ByteSource, at: int, packed: int, size: int) -> tuple[int, int, int, int | None] | None:
    """The record behind the data, with or without signature, with 4-byte or 8-byte sizes; None if it says otherwise."""
    record = source.read_at(at, 24)
    skip = 4 if record[:4] == DESCRIPTOR else 0
    for layout in ("<III", "<IQQ"):
        need = skip + struct.calcsize(layout)
        if len(record) >= need:
            crc, says_packed, says_size = struct.unpack_from(layout, record, skip)
            if says_packed == packed and says_size == size:
                return crc, packed, size, at + need
    return None


def _occurrences(source: ByteSource, start: int, what: bytes) -> Iterator[int]:
    at, held, step = start, b"", FIRST_STEP
    while piece := source.read_at(at, step):
        held += piece
        step = min(step * 2, BLOCK)
        found = held.find(what)
        while found >= 0:
            yield at + len(piece) - len(held) + found
            found = held.find(what, found + 1)
        at += len(piece)
        held = held[-len(what) + 1 :]
