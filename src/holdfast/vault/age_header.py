"""The header of an age v1 file: a version line, one stanza for each recipient, a MAC. Text, LF only, one spelling each.

Format: C2SP age specification, "Header" (https://age-encryption.org/v1).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.vault.age_errors import HeaderFailure, HmacFailure
from holdfast.vault.age_input import Inflow
from holdfast.vault.primitives import hkdf_sha256, hmac_sha256, same_bytes

VERSION = b"age-encryption.org/v1\n"
FILE_KEY = 16
COLUMNS = 64
LIMIT = 1 << 20
"""Longest header we read, in bytes; the format sets none. Room for about 8,000 X25519 recipients."""


@dataclass(frozen=True, slots=True)
class Stanza:
    """One way to the file key: `args` starts with the recipient type."""

    args: tuple[bytes, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """A well-formed header. `signed` is what the MAC covers. Whether the MAC fits is known only with the file key."""

    stanzas: tuple[Stanza, ...]
    signed: bytes
    mac: bytes

    def check(self, file_key: bytes) -> None:
        """HmacFailure unless the header is the one this file key was written with."""
        if not same_bytes(_mac(file_key, self.signed), self.mac):
            raise HmacFailure("the header was changed after it was written")


def written(stanzas: Sequence[Stanza], file_key: bytes) -> bytes:
    """The header's bytes, MAC and last LF included."""
    out = [VERSION]
    for stanza in stanzas:
        out.append(b"-> " + b" ".join(stanza.args) + b"\n")
        text = unpadded(stanza.body)
        # A body whose last line is full gets one empty line more, so a short line always ends it.
        out.extend(text[at : at + COLUMNS] + b"\n" for at in range(0, len(text) + 1, COLUMNS))
    signed = b"".join(out) + b"---"
    return signed + b" " + unpadded(_mac(file_key, signed)) + b"\n"


def read_header(inflow: Inflow) -> Header:
    """Reads up to the payload's first byte. HeaderFailure for anything the format does not allow."""
    if bytes(inflow.take(len(VERSION))) != VERSION:
        raise HeaderFailure("this is not an age v1 file")
    signed, stanzas = bytearray(VERSION), []
    while (line := _line(inflow)).startswith(b"-> "):
        signed += line + b"\n"
        args = tuple(line[3:].split(b" "))
        if not all(arg and all(33 <= byte <= 126 for byte in arg) for arg in args):
            raise HeaderFailure("a stanza has an empty argument or a character that is not allowed")
        text = bytearray()
        while True:
            line = _line(inflow)
            signed += line + b"\n"
            text += line
            if len(line) > COLUMNS:
                raise HeaderFailure("a line of a stanza is too long")
            if len(line) < COLUMNS:
                break
        stanzas.append(Stanza(args, decoded(bytes(text))))
    if not line.startswith(b"--- "):
        raise HeaderFailure("a line of the header starts with neither a stanza nor the MAC")
    mac = decoded(line[4:])
    if len(mac) != 32:
        raise HeaderFailure("the header's MAC has the wrong length")
    if len(stanzas) > 1 and any(stanza.args[0] == b"scrypt" for stanza in stanzas):
        raise HeaderFailure("a passphrase must be the only way into a file")
    return Header(tuple(stanzas), bytes(signed) + b"---", mac)


def unpadded(content: bytes) -> bytes:
    """Base64 (RFC 4648, section 4) without padding."""
    return base64.b64encode(content).rstrip(b"=")


def decoded(text: bytes) -> bytes:
    """Content of unpadded base64. HeaderFailure for every spelling but the one `unpadded` gives."""
    try:
        content = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise HeaderFailure("base64 in the header is not well formed") from None
    if unpadded(content) != text:
        raise HeaderFailure("base64 in the header is not in its one allowed spelling")
    return content


def _line(inflow: Inflow) -> bytes:
    """The next line without its LF."""
    line = inflow.line(LIMIT - inflow.consumed) if inflow.consumed < LIMIT else b""
    if not line.endswith(b"\n"):
        raise HeaderFailure("the header is cut off, or longer than any we read")
    return line[:-1]


def _mac(file_key: bytes, signed: bytes) -> bytes:
    return hmac_sha256(hkdf_sha256(file_key, b"", b"header"), signed)
