"""Content-transfer-encodings of a mail to bytes: what is whole is decoded, what is damaged is said.

Each decoder gives bytes and causes: short codes for what mail programs read differently (see `_mail_why.py`).
RFC 2045 section 6; uuencode as in POSIX.
"""

from __future__ import annotations

import binascii
import re

_B64_JUNK = re.compile(rb"[^A-Za-z0-9+/=\s]+")
_B64_FOOTER = re.compile(
    rb"(?:=|[A-Za-z0-9+/]{4})\r?\n\s{0,20}([-_*=]{3,100}\r?\n[^\r\n]{0,500}[A-Za-z]{2} [A-Za-z]{2}(?s:.*))"
)
_QP_BAD = re.compile(rb"=(?![0-9A-Fa-f]{2}|\r?\n)")
_QP_LOWER = re.compile(rb"=(?:[0-9a-f][a-f]|[a-f][0-9A-Fa-f])")
_QP_NEEDLESS = re.compile(rb"=(?:4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A]|3[0-9])")
_KNOWN = {"7bit", "8bit", "binary", "", "base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue", "uue", "x-uu"}
MAX_PIECES = 10_000  # of base64 between paddings; what follows is read as one
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 1 << 20  # line lengths are looked at in the first MiB
IDENTITY = {"7bit", "8bit", "binary", ""}


def decode_transfer(data: bytes, encoding: str) -> tuple[bytes, frozenset[str]]:
    """Bytes behind a transfer encoding and what was odd about them. An unknown encoding leaves the bytes as they are."""
    if encoding == "base64":
        return decode_base64(data)
    if encoding == "quoted-printable":
        return decode_qp(data)
    if encoding in _KNOWN and encoding not in IDENTITY:
        return decode_uu(data)
    if encoding in IDENTITY:
        return data, frozenset()
    return data, frozenset({"unknown_encoding"})


def decode_base64(data: bytes) -> tuple[bytes, frozenset[str]]:
    causes = _line_shape(data[:_SAMPLE].splitlines()[: -1 if len(data) > _SAMPLE else None])
    packed = data.translate(None, b"\r\n")
    if len(packed) % 4 == 0:
        try:
            return binascii.a2b_base64(packed, strict_mode=True), frozenset(causes)
        except (binascii.Error, ValueError):
            pass
    if packed.translate(None, b" \t\x0b\x0c") != packed:
        causes.add("base64_spaces")
    if _B64_JUNK.search(packed):
        causes.add("base64_junk")
    # Some servers write a footer under the coded text: what reads as words after the end is words.
    footer = b""
    if ended := _B64_FOOTER.search(data):
        footer = b"\n" + ended[1]
        packed = data[: ended.start(1)].translate(None, b"\r\n")
    packed = _B64_JUNK.sub(b"", b"".join(packed.split()))
    pieces = [piece for piece in re.split(rb"=+", packed, maxsplit=MAX_PIECES) if piece]
    if pieces and b"=" in pieces[-1]:
        pieces[-1] = pieces[-1].replace(b"=", b"")
    if len(pieces) > 1:
        causes.add("base64_pieces")
    if packed.startswith(b"=") or len(packed) % 4 or packed.endswith(b"==="):
        causes.add("base64_padding")
    out = []
    for piece in pieces:
        whole = len(piece) - len(piece) % 4
        rest = piece[whole:]
        out.append(binascii.a2b_base64(piece[:whole]))
        if len(rest) >= 2:
            out.append(binascii.a2b_base64(rest + b"=" * (4 - len(rest))))
    return b"".join(out) + footer, frozenset(causes)


def never_encoded(data: bytes, decoded: bytes) -> bool:
    """Whether a text said to be base64 is plain words: they have blanks, or a length no base64 has, and decode to no text."""
    sample = data[:_SAMPLE]
    words = sample.split()
    if not words or not _CONTROL.search(decoded[:_SAMPLE]) or _CONTROL.search(sample):
        return False
    lines = len(sample.split(b"\n"))
    return len(words) > 2 * lines or (len(words) <= 2 and len(b"".join(words).rstrip(b"=")) % 4 == 1)


def _line_shape(lines: list[bytes]) -> set[str]:
    """Encoders write lines of one length, a multiple of four, the last perhaps shorter, with nothing after an empty line."""
    causes = set()
    lengths = [len(line) for line in lines]
    while lengths and not lengths[-1]:
        lengths.pop()
    while lengths and not lengths[0]:
        lengths.pop(0)
    if not all(lengths):
        causes.add("base64_blank_line")
    filled = [length for length in lengths if length]
    if len(filled) > 2 and len(set(filled[:-1])) > 1:
        causes.add("base64_uneven_lines")
    if len(filled) > 1 and (filled[0] % 4 or filled[0] < 16):
        causes.add("base64_odd_lines")
    return causes


def decode_qp(data: bytes) -> tuple[bytes, frozenset[str]]:
    causes = set()
    lines = []
    for line in data.split(b"\n"):
        end = b"\r" if line.endswith(b"\r") else b""
        bare = line[: len(line) - len(end)]
        cut = bare.rstrip(b" \t")
        if cut.endswith(b"=") and cut != bare:
            causes.add("qp_space_after_equals")
        lines.append(cut + end)
    packed = b"\n".join(lines)
    # A soft break on the very last line has no line end left to join.
    ends_soft = packed.endswith(b"=")
    if _QP_BAD.search(packed[:-1] if ends_soft else packed):
        causes.add("qp_bad_code")
    if _QP_LOWER.search(packed):
        causes.add("qp_lower_case")
    codes = packed.count(b"=")
    if codes >= 8 and len(_QP_NEEDLESS.findall(packed)) * 2 > codes:
        causes.add("qp_needless")
    return binascii.a2b_qp(packed), frozenset(causes)


def decode_uu(data: bytes) -> tuple[bytes, frozenset[str]]:
    causes = {"rare_encoding"}
    lines = data.splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith(b"begin ")), None)
    if start is None:
        causes.add("uu_without_begin")
        start = -1
    out = []
    for line in lines[start + 1 :]:
        bare = line.rstrip(b"\r")
        if not bare:
            continue
        if bare == b"end":
            break
        try:
            out.append(binascii.a2b_uu(bare))
        except (binascii.Error, ValueError):
            # Some encoders pad a line with more than its count says: read as many as it says.
            count = (((bare[0] - 32) & 63) * 4 + 5) // 3
            try:
                out.append(binascii.a2b_uu(bare[:count]))
            except (binascii.Error, ValueError):
                causes.add("uu_bad_line")
    return b"".join(out), frozenset(causes)
