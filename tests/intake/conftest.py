"""Zips written byte by byte, so that they can lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest


@dataclass
class Raw:
    """A member as it is written; each claim can be made false."""

    name: bytes
    content: bytes
    method: int = 8
    flags: int = 0
    crc: int | None = None
    packed: int | None = None
    size: int | None = None
    mode: int = 0
    header: int | None = None
    extra: bytes = b""
    body: bytes | None = None
    described: bool = False

    def data(self) -> bytes:
        if self.body is not None:
            return self.body
        if self.method == 8:
            deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
            return deflater.compress(self.content) + deflater.flush()
        return self.content

    def claims(self) -> tuple[int, int, int]:
        data = self.data()
        crc = zlib.crc32(self.content) if self.crc is None else self.crc
        return crc, len(data) if self.packed is None else self.packed, len(self.content) if self.size is None else self.size


def raw_zip(
    members: Iterable[Raw], *, before: bytes = b"", comment: bytes = b"", split: bool = False, ending: bool = True
) -> bytes:
    out = bytearray(before)
    listed = bytearray()
    count = 0
    for member in members:
        crc, packed, size = member.claims()
        header = len(out) - len(before)
        flags = member.flags | (8 if member.described else 0)
        local = (0, 0, 0) if member.described else (crc, packed, size)
        out += struct.pack(
            "<4s5H3I2H", b"PK\x03\x04", 20, flags, member.method, 0, 0x21, *local, len(member.name), len(member.extra)
        )
        out += member.name + member.extra + member.data()
        if member.described:
            out += struct.pack("<4sIII", b"PK\x07\x08", crc, packed, size)
        where = header if member.header is None else member.header
        listed += struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 0x314, 20, flags, member.method, 0, 0x21, crc, packed, size,
            len(member.name), len(member.extra), 0, 0, 0, member.mode << 16, where,
        )  # fmt: skip
        listed += member.name + member.extra
        count += 1
    if not ending:
        return bytes(out)
    at = len(out) - len(before)
    out += listed
    disk = 1 if split else 0
    out += struct.pack("<4s4H2IH", b"PK\x05\x06", disk, disk, count & 0xFFFF, count & 0xFFFF, len(listed), at, len(comment))
    return bytes(out + comment)


@pytest.fixture(scope="session")
def raw() -> type[Raw]:
    return Raw


@pytest.fixture(scope="session")
def write_zip() -> Callable[..., bytes]:
    return raw_zip
