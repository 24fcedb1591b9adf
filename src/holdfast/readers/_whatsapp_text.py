"""The text of an export, chunk by chunk: decoded, cut at line ends, with what could not be decoded still visible.

UTF-8 with or without a byte-order mark; UTF-16 only with one; Windows-1252 where no byte beyond ASCII is part of UTF-8 and few
are beyond ASCII at all (files saved again by an editor). Bytes that are no UTF-8 come as lone surrogates (U+DC80 to U+DCFF)
until `mended` writes them for people.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from holdfast.readers._contract import Part

BLOCK = 128 * 1024  # bytes at a time: what is made of it stays in the processor's cache (measured: a fifth faster than 1 MiB)
_ASCII = bytes(range(128))
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_LONE = re.compile(r"[\ud800-\udfff]")
_BYTE = re.compile(r"[\udc80-\udcff]+")
_UTF8_PAIR = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
FEW = 6  # of so many bytes at most one is beyond ASCII in a text of Latin letters
_CUT_CHARACTER = "\udfff"  # stands for half a UTF-16 unit at the end of a file


def encoding_of(head: bytes) -> str:
    return _UTF16.get(head[:2], "utf-8")


def is_windows(chunks: Iterable[bytes]) -> bool:
    """Whether the bytes are Latin text of one byte a letter. A file with a single letter in UTF-8 is not."""
    total = high = 0
    rest = b""
    for chunk in chunks:
        total += len(chunk)
        if not chunk.isascii() or rest:
            if _UTF8_PAIR.search(rest + chunk):
                return False
            high += len(chunk.translate(None, _ASCII))
        rest = b"" if chunk[-1:].isascii() else chunk[-1:]
    return 0 < high * FEW < total


def chunks_of(part: Part) -> Iterator[str]:
    """The text in order. Chunks end anywhere; together they are the whole text without its byte-order mark."""
    encoding = encoding_of(part.read_at(0, 2))
    if encoding == "utf-8" and is_windows(part.chunks()):
        encoding = "cp1252"
    errors = "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    first = True
    for chunk in part.chunks():
        for start in range(0, len(chunk), BLOCK):
            text = decoder.decode(chunk[start : start + BLOCK])
            if first and text:
                text, first = text.removeprefix("\ufeff"), False
            yield text
    try:
        rest = decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        rest = _CUT_CHARACTER
    yield rest


def blocks_of(part: Part) -> Iterator[str]:
    """Whole lines, each *preceded* by LF: "\\nfirst\\nsecond". Only the last block of a file may be "\\n", LF, nothing.

    A file's last LF ends its last line and begins none.
    """
    rest: list[str] = []
    nothing = part.size > 0
    for text in chunks_of(part):
        end = text.rfind("\n")
        if end < 0:
            rest.append(text)
            continue
        yield "\n" + "".join(rest) + text[:end]
        rest, nothing = [text[end + 1 :]], False
    last = "".join(rest)
    if last or nothing:  # a file of nothing but a byte-order mark is one empty line
        yield "\n" + last


def count_lines(part: Part) -> int:
    """Lines as `blocks_of` gives them; counted without decoding where the encoding allows."""
    if encoding_of(part.read_at(0, 2)) != "utf-8":
        return sum(block.count("\n") for block in blocks_of(part))
    feeds = sum(chunk.count(b"\n") for chunk in part.chunks())
    return feeds + (1 if part.size and part.read_at(part.size - 1, 1) != b"\n" else 0)


def is_clean(text: str) -> bool:
    """Whether nothing in it failed to decode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def mended(text: str) -> str:
    """For reading: what could not be decoded as U+FFFD, as any text viewer would show it."""
    return _LONE.sub("\ufffd", _BYTE.sub(_replaced, text))


def as_written(text: str) -> str:
    """For keeping: the same, with the bytes spelled out (`\\xff`)."""
    return _LONE.sub(lambda lone: f"\\u{ord(lone[0]):04x}", _BYTE.sub(_spelled, text))


def as_windows(text: str) -> str:
    """For keeping, of a text read as Windows-1252: every byte beyond ASCII spelled out."""
    return text.encode("cp1252", "surrogateescape").decode("ascii", "backslashreplace")


def _bytes(run: re.Match[str]) -> bytes:
    return run[0].encode("utf-8", "surrogateescape")


def _replaced(run: re.Match[str]) -> str:
    return _bytes(run).decode("utf-8", "replace")


def _spelled(run: re.Match[str]) -> str:
    return _bytes(run).decode("utf-8", "backslashreplace")
