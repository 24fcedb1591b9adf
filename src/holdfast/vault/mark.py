"""The file VAULT: it says that this is a case, in which format, and its random id. Nothing personal."""

from __future__ import annotations

import re

import msgspec
import rfc8785

from holdfast.errors import CannotOpen

FORMAT = "holdfast-vault"
VERSION = 1


class Mark(msgspec.Struct, frozen=True):
    """What the file says. `id` is 32 hex digits."""

    format: str
    version: int
    id: str

    @property
    def is_newer(self) -> bool:
        return self.version > VERSION


def mark_bytes(vault_id: str) -> bytes:
    """`vault_id` is 32 hex digits."""
    return rfc8785.dumps({"format": FORMAT, "version": VERSION, "id": vault_id}) + b"\n"


def read_mark(content: bytes) -> Mark | None:
    """What these bytes say, or None if they are not such a file's."""
    try:
        mark = msgspec.json.decode(content, type=Mark)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if mark.format != FORMAT or mark.version < 1 or not re.fullmatch(r"[0-9a-f]{32}", mark.id):
        return None
    return mark


def written_by_newer() -> CannotOpen:
    """The refusal of what this version cannot know."""
    return CannotOpen("This case was written by a newer Holdfast.", next_step="Open it with the newest Holdfast you can get.")
