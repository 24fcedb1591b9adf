"""The header block of a mail or MIME part: fields in file order, encoded words decoded, nothing refused.

RFC 5322 section 2.2 and 3.6, RFC 2047 (encoded words, also broken ones), RFC 6532 (raw UTF-8).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from holdfast.readers._mail_charset import codec_for, to_text, whole

MAX_VALUE = 64 * 1024
MAX_FIELDS = 20_000
MAX_LINES = 100_000

_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e\x80-\xff]{1,100})([ \t]{0,20}):")
_KNOWN = re.compile(
    rb"(?i)(?:content-[a-z-]{1,40}|mime-version|from|to|cc|subject|date|received|return-path|message-id|reply-to|sender)"
    rb"[ \t]{0,20}:"
)
_WORD = re.compile(r"=\?([^?\s]{1,64})\?([bBqQ])\?([^?]*)\?=")
_BROKEN_WORD = re.compile(r"=\?[^?\s]{1,64}\?[bBqQ]?")
_NOT_PRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), 0xFFFD) | {9: 32, 10: 32, 13: 32}


@dataclass(frozen=True, slots=True)
class Field:
    """One header line with its continuations: `raw` is the value as in the file, line ends and all."""

    name: str
    raw: bytes

    @property
    def key(self) -> str:
        return self.name.lower()

    def unfolded(self) -> bytes:
        if b"\n" not in self.raw and b"\r" not in self.raw:
            return self.raw[:MAX_VALUE].strip()
        return b"".join(self.raw[:MAX_VALUE].splitlines()).strip()


@dataclass(frozen=True, slots=True)
class Block:
    """Fields, where the body starts, and what mail programs read differently in it (causes)."""

    fields: tuple[Field, ...]
    body: int
    causes: frozenset[str] = field(default_factory=frozenset)

    def all(self, name: str) -> list[Field]:
        return [one for one in self.fields if one.key == name]

    def first(self, name: str) -> Field | None:
        return next((one for one in self.fields if one.key == name), None)

    def text(self, name: str) -> str:
        one = self.first(name)
        return shown(one.unfolded()) if one else ""


def _lines(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each line, its line end included; cut at LF, or at CR where there is no LF at all."""
    mark = b"\n" if data.find(b"\n", start, min(end, start + 65536)) >= 0 or b"\r" not in data[start : start + 65536] else b"\r"
    at = start
    while at < end:
        stop = data.find(mark, at, end)
        stop = end if stop < 0 else stop + 1
        yield at, stop
        at = stop


def read_block(data: bytes, start: int, end: int) -> Block:
    """The header block that starts at `start`. Blank lines and a byte order mark before it are passed over at offset 0 only."""
    causes: set[str] = set()
    fields: list[Field] = []
    pending: tuple[str, int, int] | None = None
    body = end
    at = start
    if start == 0:
        at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        while at < end and data[at : at + 1] in (b"\r", b"\n", b" ", b"\t"):
            at += 1
    for number, (first, last) in enumerate(_lines(data, at, end)):
        line = data[first : min(last, first + MAX_VALUE)]
        bare = line.rstrip(b"\r\n")
        if not bare:
            body = last
            break
        if len(fields) >= MAX_FIELDS or number > MAX_LINES:
            causes.add("too_many_headers")
            body = first
            break
        if b"\r" in bare:
            causes.add("lone_cr_in_header")
        if b"\0" in bare:
            causes.add("nul_in_header")
        if bare[:1] in (b" ", b"\t"):
            if not bare.strip():
                causes.add("blank_fold")
                if not bare.strip(b" \t") and not _goes_on(data, last, end):
                    body = last
                    break
            if _KNOWN.match(bare.strip()):
                causes.add("header_in_fold")
            if pending is None:
                causes.add("fold_without_header")
                continue
            pending = (pending[0], pending[1], last)
            continue
        match = _FIELD.match(line)
        if match:
            if pending is not None:
                fields.append(Field(pending[0], data[pending[1] : pending[2]]))
            if match[2]:
                causes.add("space_before_colon")
            if match[1].startswith(b"--"):
                causes.add("boundary_in_header")
            pending = (whole(match[1].decode("utf-8", "replace")), first + match.end(), last)
            continue
        if first == at and re.match(rb">?From ", line):
            continue
        causes.add("line_without_colon")
        if _header_follows(data, last, end):
            continue
        body = first
        break
    if pending is not None:
        fields.append(Field(pending[0], data[pending[1] : pending[2]]))
    return Block(tuple(fields), body, frozenset(causes))


def _header_follows(data: bytes, at: int, end: int) -> bool:
    """Whether a line that is no field stands inside the block: after it, perhaps after its folds, comes a known field."""
    for line in data[at : min(end, at + 2000)].split(b"\n")[:6]:
        if _KNOWN.match(line):
            return True
        if line[:1] not in (b" ", b"\t") or not line.strip():
            return False
    return False


def _goes_on(data: bytes, at: int, end: int) -> bool:
    """Whether a line of spaces inside a header is followed by more of the header."""
    following = data[at : min(end, at + 200)]
    return following[:1] in (b" ", b"\t") or bool(_FIELD.match(following))


def shown(raw: bytes, fallback: str | None = None) -> str:
    """A header value as decoded printable text; control characters become U+FFFD."""
    text, _ = decoded(raw, fallback)
    return text


def decoded(raw: bytes, fallback: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Value as text, with doubts. Raw 8-bit values are UTF-8, else the charset of the body, else guessed."""
    raw = raw[:MAX_VALUE]
    doubts: tuple[str, ...] = ()
    if raw.isascii():
        text = raw.decode("ascii")
    else:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text, found, _ = to_text(raw, fallback)
            doubts = found or ("charset_guessed",)
    if "=?" in text:
        text, more = decode_words(text)
        doubts = (*doubts, *(code for code in more if code not in doubts))
    return printable(text).strip(), doubts


def printable(text: str) -> str:
    """Text on one line: line ends and tabs as spaces, other control characters as U+FFFD."""
    return whole(text.translate(_NOT_PRINTABLE))


def decode_words(text: str) -> tuple[str, tuple[str, ...]]:
    """Encoded words replaced by what they say; blanks between neighbours dropped; a character may span two words."""
    out: list[str] = []
    doubts: set[str] = set()
    held: list[bytes] = []
    charset = ""
    at = 0

    def flush() -> None:
        if held:
            if codec_for(charset) is None:
                doubts.add("charset_guessed")
            decoded_text, found, _ = to_text(b"".join(held), charset)
            out.append(decoded_text)
            doubts.update(found)
            held.clear()

    for match in _WORD.finditer(text):
        between = text[at : match.start()]
        if between.strip() or not held:
            flush()
            out.append(between)
        if held and match[1].lower() != charset:
            flush()
        charset = match[1].lower()
        held.append(_word_bytes(match[2], match[3], doubts))
        at = match.end()
    flush()
    out.append(text[at:])
    result = "".join(out)
    if _BROKEN_WORD.search(text[at:]):
        doubts.add("damaged_encoding")
    return result, tuple(sorted(doubts))


def _word_bytes(kind: str, body: str, doubts: set[str]) -> bytes:
    if kind in "bB":
        packed = re.sub(r"[^A-Za-z0-9+/]", "", body)
        if len(packed) % 4 == 1:
            doubts.add("damaged_encoding")
            packed = packed[:-1]
        return binascii.a2b_base64(packed + "=" * (-len(packed) % 4))
    return binascii.a2b_qp(body.encode("utf-8"), header=True)
