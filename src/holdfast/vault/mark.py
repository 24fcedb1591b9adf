"""The file VAULT: it says that this is a case, in which format, and its random id. Nothing personal."""

from __future__ import annotations

import re

import msgspec
import rfc8785

from holdfast.errors import CannotOpen

FORMAT = "holdfast-vault"
VERSION = 1
NEWEST = "Open it with the newest Holdfast you can get."


class _Mark(msgspec.Struct):
    format: str
    version: int
    id: str


def mark_bytes(vault_id: str) -> bytes:
    """`vault_id` is 32 hex digits."""
    return rfc8785.dumps({"format": FORMAT, "version": VERSION, "id": vault_id}) + b"\n"


def read_mark(content: bytes) -> str | None:
    """The id, or None if these are not the bytes of such a file. CannotOpen for a format newer than this."""
    try:
        mark = msgspec.json.decode(content, type=_Mark)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if mark.format != FORMAT or not re.fullmatch(r"[0-9a-f]{32}", mark.id):
        return None
    if mark.version > VERSION:
        raise CannotOpen("This case was written by a newer Holdfast.", next_step=NEWEST)
    return mark.id
