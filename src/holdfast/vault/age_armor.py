"""ASCII armor: an age file wrapped in lines of text, as it travels in a mail. Read only, and strictly.

Format: C2SP age specification, "ASCII armor"; a subset of RFC 7468 with one spelling of base64.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator

from holdfast.vault.age_errors import ArmorFailure
from holdfast.vault.age_input import Inflow

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64
_WHITESPACE = b" \t\r\n"
_AROUND = 1024
"""Bytes of whitespace allowed before and after, as the age tool allows."""


def is_armored(head: bytes) -> bool:
    """Whether a file that starts with `head` is armored. 1,100 bytes of it decide."""
    return head.lstrip(_WHITESPACE).startswith(BEGIN)


def dearmored(read: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """A `read` for the bytes inside the armor. It raises ArmorFailure where the armor is not as it must be."""
    pieces = _content(Inflow(read))

    def read_inside(_count: int) -> bytes:
        return next(pieces, b"")

    return read_inside


def _content(inflow: Inflow) -> Iterator[bytes]:
    """The decoded bytes, line by line; ends after the armor was found whole and nothing but whitespace after it."""
    line = _line(inflow)
    around = 0
    while not line.strip(_WHITESPACE) and inflow.consumed <= _AROUND and inflow.consumed > around:
        around = inflow.consumed
        line = _line(inflow)
    if line.lstrip(_WHITESPACE) != BEGIN:
        raise ArmorFailure("the first line is not the one armor begins with")
    short = False
    while (line := _line(inflow)) != END:
        if short or not line:
            raise ArmorFailure("a line inside the armor is too short")
        content = _decoded(line)
        short = len(line) < _COLUMNS
        yield content
    rest = bytes(inflow.take(_AROUND + 1))
    if rest.strip(_WHITESPACE) or len(rest) > _AROUND:
        raise ArmorFailure("there is something after the armor")


def _line(inflow: Inflow) -> bytes:
    """A line without its LF or CR LF."""
    line = inflow.line(_AROUND + len(BEGIN) + 2)
    return line[:-1].removesuffix(b"\r") if line.endswith(b"\n") else line


def _decoded(line: bytes) -> bytes:
    if len(line) > _COLUMNS:
        raise ArmorFailure("a line inside the armor is too long")
    try:
        content = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        raise ArmorFailure("a line inside the armor is not base64") from None
    if base64.b64encode(content) != line:
        raise ArmorFailure("base64 in the armor is not in its one allowed spelling")
    return content
