"""Names of zip members: bytes in whatever code the maker used. APPNOTE.TXT 4.4.4 (bit 11), 4.6.9 (Unicode path), appendix D."""

from __future__ import annotations

import re
import struct
import zlib

UTF8_FLAG = 0x800
UNICODE_PATH = 0x7075
# Two-byte characters of GB 2312 as Chinese Windows writes them: rows 1-9 (signs) and 16-87 (Hanzi).
GB2312 = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xa9\xb0-\xf7][\xa1-\xfe])*")


def member_name(raw: bytes, flags: int, extra: bytes) -> str:
    """The name as text: what the zip says it is, else UTF-8, else GB 2312 where every pair fits, else cp437 (the standard's
    own, which can spell any byte)."""
    said = _unicode_path(raw, extra)
    if said is not None:
        return said
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if flags & UTF8_FLAG:
            return raw.decode("utf-8", "replace")
    if GB2312.fullmatch(raw):
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return raw.decode("cp437")


def _unicode_path(raw: bytes, extra: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + size]
        if tag == UNICODE_PATH and len(body) > 5 and body[0] == 1 and struct.unpack_from("<I", body, 1)[0] == zlib.crc32(raw):
            try:
                return body[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + size
    return None
