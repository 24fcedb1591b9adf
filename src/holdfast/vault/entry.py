"""One entry of the custody log: canonical JSON (RFC 8785), as it is hashed, linked and sealed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import msgspec
import rfc8785

from holdfast.model import ObjectRef, Value
from holdfast.vault.mark import written_by_newer

VERSION = 1
NOTHING_BEFORE = "0" * 64
"""`prev` of the first entry."""


class SealedObject(Value, frozen=True, kw_only=True):
    """An object as its entry lists it: `size` and `sha256` (hex) of the plaintext, `stored` bytes of the age file.

    `source` is the exhibit it belongs to; `parents` are ids of objects it was made from; `about` says how (reader, version).
    """

    id: str
    size: int
    sha256: str
    stored: int
    media_type: str = ""
    role: str = ""
    source: str = ""
    parents: tuple[str, ...] = ()
    about: dict[str, str] = msgspec.field(default_factory=dict)

    def ref(self) -> ObjectRef:
        return ObjectRef(id=self.id, sha256=self.sha256, size=self.size, media_type=self.media_type, role=self.role)


class ExhibitNote(Value, frozen=True, kw_only=True):
    """What an `acquire` or `observe` entry says of the exhibit. `object` and `parts` are object ids; no object, not kept."""

    number: str
    name: str
    media_type: str
    size: int
    sha256: str
    origin: str
    object: str = ""
    parts: str = ""


class PlainFile(Value, frozen=True, kw_only=True):
    """A file of the case that is no object and no entry (VAULT, keys, tokens), as its bytes lie in the store."""

    file: str
    size: int
    sha256: str


class Entry(Value, frozen=True, kw_only=True):
    """What happened. `prev` is SHA-256 of the entry before, as bytes; `checkpoint` the newest checkpoint's size by then.

    `files` came, `gone` went. `vault` is the case's id, in the first entry only.
    """

    v: int
    seq: int
    prev: str
    time: str
    clock: str
    actor: str
    tool: str
    kind: Literal["custody", "private"]
    action: str
    checkpoint: int
    salt: str
    objects: tuple[SealedObject, ...] = ()
    exhibit: ExhibitNote | None = None
    files: tuple[PlainFile, ...] = ()
    gone: tuple[str, ...] = ()
    note: str = ""
    vault: str = ""


class NotAnEntry(Exception):
    """Opened, but not an entry of this format."""


def entry_bytes(entry: Entry) -> bytes:
    """The canonical bytes: the same entry always gives the same."""
    return rfc8785.dumps(msgspec.to_builtins(entry))


def read_entry(content: bytes) -> Entry:
    """The entry in these bytes; keys it does not know are passed over. NotAnEntry, or CannotOpen from a newer Holdfast."""
    try:
        version = msgspec.json.decode(content, type=_Versioned).v
        if version > VERSION:
            raise written_by_newer()
        return msgspec.json.decode(content, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NotAnEntry from None


def utc_text(moment: datetime) -> str:
    """`2026-11-20T09:15:00Z`. ValueError for a time without zone: the caller's clock is broken."""
    if moment.tzinfo is None:
        raise ValueError("a time without zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def whole_text(untrusted: str) -> str:
    """Text that can be written as UTF-8: what file systems put in place of undecodable bytes becomes U+FFFD."""
    return untrusted.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Versioned(msgspec.Struct):
    v: int
