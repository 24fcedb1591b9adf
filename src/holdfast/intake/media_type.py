"""What bytes are, told from the bytes and never from the name. Signatures: the formats' own specifications, and RFC 9399
and the IANA register for the names."""

from __future__ import annotations

import re
from collections.abc import Callable

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"wxgf", "image/x-wxgf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR-WB\n", "audio/amr-wb"),
    (b"#!AMR\n", "audio/amr"),
    (b"#!SILK_V3", "audio/silk"),
    (b"\x02#!SILK_V3", "audio/silk"),
    (b"caff", "audio/x-caf"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"FLV\x01", "video/x-flv"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"PK\x07\x08", "application/zip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"{\\rtf", "application/rtf"),
    (b"bplist00", "application/x-bplist"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"age-encryption.org/v1", "application/age"),
)

# ISO base media files: major brand after `ftyp` (register at mp4ra.org).
BRANDS: tuple[tuple[bytes, str], ...] = (
    (b"heic", "image/heic"),
    (b"heix", "image/heic"),
    (b"hevc", "image/heic"),
    (b"heim", "image/heic"),
    (b"heis", "image/heic"),
    (b"mif1", "image/heif"),
    (b"msf1", "image/heif"),
    (b"avif", "image/avif"),
    (b"qt  ", "video/quicktime"),
    (b"3gp", "video/3gpp"),
    (b"3g2", "video/3gpp2"),
    (b"M4A", "audio/mp4"),
    (b"M4B", "audio/mp4"),
)

OFFICE: tuple[tuple[bytes, str], ...] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

MAIL_HEADER = re.compile(
    rb"(?:From|To|Cc|Bcc|Date|Subject|Message-ID|Received|Return-Path|Reply-To|Sender|Delivered-To|MIME-Version|Content-Type"
    rb"|Authentication-Results|DKIM-Signature|Envelope-To|X-[A-Za-z0-9-]+|ARC-[A-Za-z-]+):",
    re.IGNORECASE,
)
MAIL_SIGNS = re.compile(rb"^(?:From|Date|Subject|Message-ID|Received|Return-Path):", re.IGNORECASE | re.MULTILINE)
# `From ` and a sender, then anything holding a clock: the line before each mail of an mbox (RFC 4155).
MBOX_LINE = re.compile(rb"From \S+ .*\d\d:\d\d")
JSON_START = re.compile(rb'\{\s*(?:"|\}|$)|\[\s*(?:["{\[\]]|$|(?:true|false|null|-?[0-9]+(?:\.[0-9]+)?)\s*[,\]])')
HTML_START = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|br|span|style|script)[\s>/]", re.IGNORECASE
)


def media_type(head: bytes, tail: bytes = b"", size: int | None = None) -> str:
    """The media type of bytes that begin with `head` (up to 64 KiB) and end with `tail`. Never raises."""
    if not head or size == 0:
        return "application/x-empty"
    for signature, name in SIGNATURES:
        if head.startswith(signature):
            refine = REFINE.get(name)
            return refine(head) if refine else name
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return next((name for start, name in BRANDS if brand.startswith(start)), "video/mp4")
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "video/quicktime"
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(head[8:12], "application/x-riff")
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if head[257:262] == b"ustar":
        return "application/x-tar"
    if head[0] == 0xFF and len(head) > 1 and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 and head[1] != 0xFE:
        return "audio/mpeg" if head[1] & 0x06 != 0 and head[1] & 0x18 != 0x08 else "application/octet-stream"
    if head[0] == 0xFF and len(head) > 1 and head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    if tail[-22:-18] == b"PK\x05\x06":
        return "application/zip"  # something stands before the zip: a program, or a few stray bytes
    return _text(head)


def _text(head: bytes) -> str:
    text = _as_text(head)
    if text is None:
        return "application/octet-stream"
    body = text.lstrip()
    if body[:1] in (b"{", b"["):
        return "application/json" if _looks_like_json(body) else "text/plain"
    if body.startswith((b"<?xml", b"<smses", b"<svg")):
        return (
            "image/svg+xml" if b"<svg" in body[:1024] else "text/html" if HTML_START.search(body[:512]) else "application/xml"
        )
    if HTML_START.match(body) or (body.startswith(b"<!--") and HTML_START.search(body[:4096])):
        return "text/html"
    if MBOX_LINE.match(text.split(b"\n", 1)[0]):
        return "application/mbox"
    if MAIL_HEADER.match(text) and len(MAIL_SIGNS.findall(text.replace(b"\r", b"").split(b"\n\n", 1)[0])) >= 2:
        return "message/rfc822"
    if body.startswith(b"BEGIN:VCARD"):
        return "text/vcard"
    if body.startswith(b"BEGIN:VCALENDAR"):
        return "text/calendar"
    return "text/csv" if _looks_like_csv(body) else "text/plain"


def _as_text(head: bytes) -> bytes | None:
    """The head as UTF-8 or a superset of ASCII, or None when it is no text."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace").encode("utf-8", "replace")
    if b"\0" in head:
        for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
            # Saved again as UTF-16 without a mark: nearly every second byte of Latin text is zero.
            if len(head) >= 4 and zeros.count(0) * 10 > len(zeros) * 4 and head.count(0) == zeros.count(0):
                return head.decode(encoding, "replace").encode("utf-8", "replace")
        return None
    controls = sum(head.count(byte) for byte in range(32) if byte not in (7, 8, 9, 10, 11, 12, 13, 26, 27))
    return None if controls * 50 > len(head) else head


def _looks_like_json(body: bytes) -> bool:
    """A chat line may begin with a bracket too: `[12/03/24, 21:14]` is no array."""
    return JSON_START.match(body) is not None


def _looks_like_csv(body: bytes) -> bool:
    """Three or more lines with the same number, at least two, of one separator outside quotes."""
    lines = [line for line in re.sub(rb'"[^"]*"', b"", body[:8192]).splitlines()[:6] if line]
    if len(lines) < 3:
        return False
    lines = lines[: 5 if len(lines) > 5 else None]
    for separator in (b",", b";", b"\t"):
        counts = {line.count(separator) for line in lines}
        if len(counts) == 1 and counts.pop() >= 2:
            return True
    return False


def _zip(head: bytes) -> str:
    """Office and book formats are zips whose first members say so."""
    first = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    if first == b"mimetype" and head[8:10] == b"\0\0":
        said = head[38 : 38 + int.from_bytes(head[18:22], "little")]
        if re.fullmatch(rb"application/[a-z0-9.+-]{1,80}", said):
            return said.decode("ascii")
    if first in (b"[Content_Types].xml", b"_rels/.rels"):
        for folder, name in OFFICE:
            if folder in head:
                return name
    return "application/zip"


def _ogg(head: bytes) -> str:
    return "audio/opus" if b"OpusHead" in head[:64] else "video/ogg" if b"\x80theora" in head[:64] else "audio/ogg"


def _matroska(head: bytes) -> str:
    return "video/x-matroska" if b"matroska" in head[:64] else "video/webm"


def _program(head: bytes) -> str:
    """Two letters are little to go by: a program also points to its second header."""
    at = int.from_bytes(head[60:64], "little")
    return "application/vnd.microsoft.portable-executable" if head[at : at + 2] == b"PE" else _text(head)


def _bzip2(head: bytes) -> str:
    return "application/x-bzip2" if head[4:10] in (b"1AY&SY", b"\x17rE8P\x90") else _text(head)


REFINE: dict[str, Callable[[bytes], str]] = {
    "application/zip": _zip,
    "audio/ogg": _ogg,
    "video/webm": _matroska,
    "application/vnd.microsoft.portable-executable": _program,
    "application/x-bzip2": _bzip2,
}
